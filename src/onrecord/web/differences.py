"""Two versions of the same words, with what differs marked in each."""

import difflib
import re

from onrecord.web.marking import Mark, Segment, segments

PIECES = re.compile(r"\w+|[^\w\s]")
MOST = 2000  # words in a passage that are compared; a longer one is shown without marks


def differences(one: str, other: str) -> tuple[list[Segment], list[Segment]]:
    """Return both texts cut into segments, those words marked that the other has otherwise."""
    first, second = list(PIECES.finditer(one)), list(PIECES.finditer(other))
    if max(len(first), len(second)) > MOST:
        return segments(one, ()), segments(other, ())
    matcher = difflib.SequenceMatcher(
        None, [m.group() for m in first], [m.group() for m in second], autojunk=False
    )
    left, right = [], []
    for sign, a1, a2, b1, b2 in matcher.get_opcodes():
        if sign != "equal":
            left += _mark(first, a1, a2)
            right += _mark(second, b1, b2)
    return segments(one, left), segments(other, right)


def _mark(words: list[re.Match[str]], first: int, last: int) -> list[Mark]:
    if first == last:
        return []
    return [Mark(words[first].start(), words[last - 1].end(), "differs")]
