"""How words are written, for an encoder that does not see it."""

from onrecord.models.windows import Window, Words

LOWER, TITLE, UPPER, LETTER, MIXED, FIGURE, NONE = range(7)
CASES = 7


def case_of(word: str) -> int:
    """Return how a word is written: small, Title, UPPER, one letter, mIxed, figures, no letters."""
    if not any(character.isalpha() for character in word):
        return FIGURE if any(character.isdigit() for character in word) else NONE
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else LETTER
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


def case_by_piece(window: Window, words: Words, text: str) -> list[int]:
    """Return how the word of each piece of a window is written; marks between words are none."""
    cases = [NONE] * len(window.pieces)
    places = [*window.places, len(window.pieces) - 1]
    for number, word in enumerate(range(window.first, window.last)):
        case = case_of(text[words.starts[word] : words.ends[word]])
        for piece in range(places[number], min(places[number + 1], len(cases))):
            cases[piece] = case
    return cases
