"""The fingerprints by which texts are found again, and labels by which copies know each other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.stages.copies.words import SHINGLE, Flags, Hashes, Words, word_hash

WINDOW = 4  # shingles of which one at least is a fingerprint: eight words in a row are found
LABELS = 4  # MinHash values a text; copies that share half their fingerprints have one in common

Labels = npt.NDArray[np.uint64]
Owners = npt.NDArray[np.int32]

ODD: Labels = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Text `owners[i]` has fingerprint `keys[i]`, in quotation marks or not; sorted by both.

    `labels` has a row of LABELS values for each text.
    """

    keys: Hashes
    owners: Owners
    spoken: Flags
    labels: Labels


def fingerprints(texts: Sequence[Words]) -> Fingerprints:
    """Return the fingerprints of up to TEXTS texts, each text's once.

    Winnowing (Schleimer, Wilkerson and Aiken 2003): the least of every WINDOW shingles in a row,
    so that two texts with SHINGLE + WINDOW - 1 words in a row in common have one in common. All
    those that lie within quotation marks are kept, since a quotation is short; none that lies in
    an appeal to the public, which reports share without copying.
    """
    counts = np.array([len(text.shingles) for text in texts], dtype=np.int64)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
    shingles = np.concatenate([text.shingles for text in texts]) if texts else NO_KEYS
    spoken = _whole([text.quoted for text in texts], counts)
    asking = _whole([text.asking for text in texts], counts)
    at = np.flatnonzero((_least_of_windows(shingles, owners) | spoken) & ~asking)
    # By text and then by fingerprint, in one number, of which the last bits don't tell two apart.
    at = at[np.argsort((owners[at].astype(np.uint64) << _TEXT) | (shingles[at] >> _REST))]
    keys, mine = shingles[at], owners[at]
    once = np.ones(len(at), dtype=np.bool_)
    once[1:] = (keys[1:] != keys[:-1]) | (mine[1:] != mine[:-1])
    # What stands in a text twice, once in marks and once not, is quoted there.
    quoted = np.logical_or.reduceat(spoken[at], np.flatnonzero(once)) if len(at) else spoken[at]
    keys, mine = keys[once], mine[once]
    return Fingerprints(keys, mine, quoted, _labels(texts, keys, mine))


TEXTS = 4_096  # texts at once at most
_REST = np.uint64(TEXTS.bit_length() - 1)
_TEXT = np.uint64(64) - _REST
NO_KEYS: Hashes = np.empty(0, dtype=np.uint64)


def _least_of_windows(shingles: Hashes, owners: Owners) -> Flags:
    """Return which shingles are the least of a window; the windows at a text's end are shorter."""
    least, kept = shingles.copy(), np.zeros(len(shingles), dtype=np.bool_)
    reach = range(min(WINDOW, len(shingles)))  # of few words there is no further one
    same = [owners[offset:] == owners[: len(owners) - offset] for offset in reach]
    for offset in reach[1:]:
        head = least[: len(least) - offset]
        np.minimum(head, shingles[offset:], out=head, where=same[offset])
    for offset in reach:
        head = least[: len(least) - offset]
        kept[offset:] |= (shingles[offset:] == head) & same[offset]
    return kept


def _whole(marks: Sequence[Flags], counts: npt.NDArray[np.int64]) -> Flags:
    """Return for each shingle whether all its words are marked."""
    flat = np.concatenate([*marks, np.zeros(SHINGLE, dtype=np.bool_)])
    if not flat.any():
        return np.zeros(int(counts.sum()), dtype=np.bool_)
    whole: Flags = flat[: 1 - SHINGLE].copy()
    for offset in range(1, SHINGLE):
        whole &= flat[offset : len(whole) + offset]
    sizes = np.array([len(part) for part in marks], dtype=np.int64)
    skipped = np.cumsum(sizes - counts) - (sizes - counts)
    found: Flags = whole[np.arange(int(counts.sum())) + np.repeat(skipped, counts)]
    return found


def _labels(texts: Sequence[Words], keys: Hashes, owners: Owners) -> Labels:
    """Return MinHash values of each text; one without a fingerprint has labels of its own."""
    own = np.array([word_hash(text.report.id) for text in texts], dtype=np.uint64)
    found = np.repeat(own, LABELS).reshape(-1, LABELS)
    if len(keys):
        starts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
        for column in range(LABELS):
            found[owners[starts], column] = np.minimum.reduceat(keys * ODD[column], starts)
    return found
