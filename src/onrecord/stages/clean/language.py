"""Tells the language of a paragraph: by script, then by function words, then by a model."""

import functools
import re
from collections.abc import Sequence

from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
WORD = re.compile(r"[a-z]+")
FUNCTION_WORDS = re.compile(
    r"\b(?:the|of|and|to|in|a|that|is|was|for|on|with|as|by|it|at|from|his|he|be|are|were|has|have|"
    r"had|this|an|not|they|their|its|but|said|or|who|which|will|would|been|we|i|you|her|she|after)\b"
)
ENGLISH_SHARE = 0.18  # share of function words above which nothing else need be asked
MODEL_LETTERS = 40  # fewer letters than this tell the model too little
FOREIGN_SHARE = 0.05  # share of English function words that other languages have by chance
SHORT_LETTERS = 12  # fewer letters of a line tell nothing even beside others
SHORT_SURE = 0.3  # enough for a line on a page that has that language elsewhere
MODEL_SURE = 0.9


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_DIR / MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """Return an ISO 639-1 code, "und" for a script that is not Latin, or None: cannot be told."""
    letters = len(LETTER.findall(text))
    if letters < 3:
        return None
    if len(LATIN.findall(text)) * 2 < letters:
        return (_model(text, 0.0) if letters >= MODEL_LETTERS else None) or "und"
    lowered = text.lower()
    known = len(FUNCTION_WORDS.findall(lowered))
    if known >= 2 and known >= ENGLISH_SHARE * len(WORD.findall(lowered)):
        return "en"
    if (
        letters < MODEL_LETTERS
        or text.isupper()
        or known > FOREIGN_SHARE * len(WORD.findall(lowered))
    ):
        return None
    return _model(text, MODEL_SURE)


def languages_of(texts: Sequence[str]) -> list[str | None]:
    """Return the language of each paragraph of a page.

    Lines too short to tell alone are told together: where they are one other language as a whole,
    those that look like it are in it.
    """
    found = [language_of(text) for text in texts]
    short = [
        n for n, language in enumerate(found) if language is None and _foreign_looking(texts[n])
    ]
    together = _model(" ".join(texts[n] for n in short), MODEL_SURE) if short else None
    told = {language for language in (*found, together) if language not in (None, "en", "und")}
    for number in short:
        likely = _model(texts[number], SHORT_SURE)
        if likely in told:
            found[number] = likely
    return found


def likely_language(text: str) -> str | None:
    """Return the language that a line looks most like, however unsure."""
    return _model(text, 0.0)


def _foreign_looking(text: str) -> bool:
    lowered = text.lower()
    words = len(WORD.findall(lowered))
    known = len(FUNCTION_WORDS.findall(lowered))
    return len(LETTER.findall(text)) >= SHORT_LETTERS and known <= FOREIGN_SHARE * words


def _model(text: str, least: float) -> str | None:
    code, sure = _identifier().classify(text[:2000])
    return str(code) if sure >= least else None
