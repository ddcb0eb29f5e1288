"""Appeals to the public, such as a police tip line: reports share them without any copying."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from onrecord.stages.copies.words import SHINGLE, Hashes, Words

SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S))+")
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


def appeal_shingles(texts: Sequence[Words]) -> Hashes:
    """Return the shingles of sentences that ask the public for what it knows."""
    found = [text.shingles[start:end] for text in texts for start, end in _appeals(text)]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)


def _appeals(text: Words) -> Iterator[tuple[int, int]]:
    """Yield the shingles, from and to, that lie wholly in such sentences."""
    starts = np.array(text.starts, dtype=np.int64)
    for sentence in SENTENCE.finditer(text.report.text):
        if APPEAL.search(sentence.group()):
            first, last = np.searchsorted(starts, sentence.span()).tolist()
            if last - first >= SHINGLE:
                yield first, last - SHINGLE + 1
