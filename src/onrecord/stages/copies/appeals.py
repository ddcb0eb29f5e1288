"""Appeals to the public, such as a police tip line: reports share them without any copying."""

import re

SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S))+")
# One of these stands in every appeal; most sentences are none by this cheap look.
HINTS = (
    *("info", "know", "saw", "seen", "witnessed", "crime", "tip", "anonymous", "caller", "reward"),
    *("call police", "call detectives", "call investigators", "to call", "to contact", "to phone"),
    *("to text", "to email", "to e-mail", "to please"),
)
APPEAL = re.compile(
    r"\b(?:any(?:one|body)|witness(?:es)?|people|those|residents|if you)\b[^.]{0,60}"
    r"\b(?:information|info|knows?|saw|seen|witnessed)\b"
    r"|\b(?:asked|urged|encouraged|requested) to (?:please )?(?:call|contact|phone|text|e-?mail)\b"
    r"|\bcrime ?(?:stoppers|watch|line|alert)\b|\btip ?-?lines?\b"
    r"|\banonymous(?:ly)? (?:tips?|text|call)\b"
    r"|\b(?:tips?|callers?|tipsters?)\b[^.]{0,60}\b(?:anonymous(?:ly)?|identify themselves"
    r"|reward)\b"
    r"|\breward\b[^.]{0,60}\binformation\b|\binformation\b[^.]{0,40}\breward\b"
    r"|\bcall (?:police|detectives|investigators)\b[^.]{0,40}\d{3}",
    re.IGNORECASE,
)


def appeals(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of [start, end) that ask the public for what it knows, as stretches."""
    if not _may_be(text[start:end]):
        return []
    return [
        sentence.span()
        for sentence in SENTENCE.finditer(text, start, end)
        if _may_be(sentence.group()) and APPEAL.search(sentence.group())
    ]


def _may_be(sentence: str) -> bool:
    return any(map(sentence.casefold().__contains__, HINTS))
