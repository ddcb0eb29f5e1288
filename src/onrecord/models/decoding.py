"""Decoding: from the logits of a window to cues, and for each what it governs and through whom.

All decoders can give whole spans only, and at most one source for a cue.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Span = tuple[int, int]

# The states of a reading from left to right: outside, source, content; the second set is for when
# the source is behind, so that no second one can begin. Each state is seen as one role label.
OUTSIDE, SOURCE, SOURCE_ON, CONTENT, CONTENT_ON, OUTSIDE_2, CONTENT_2, CONTENT_ON_2 = range(8)
LABEL = np.array([0, 1, 2, 3, 4, 0, 3, 4])
NEXT = {
    OUTSIDE: (OUTSIDE, SOURCE, CONTENT),
    SOURCE: (SOURCE_ON, OUTSIDE_2, CONTENT_2),
    SOURCE_ON: (SOURCE_ON, OUTSIDE_2, CONTENT_2),
    CONTENT: (CONTENT_ON, OUTSIDE, SOURCE, CONTENT),
    CONTENT_ON: (CONTENT_ON, OUTSIDE, SOURCE, CONTENT),
    OUTSIDE_2: (OUTSIDE_2, CONTENT_2),
    CONTENT_2: (CONTENT_ON_2, OUTSIDE_2, CONTENT_2),
    CONTENT_ON_2: (CONTENT_ON_2, OUTSIDE_2, CONTENT_2),
}
BEGINNINGS = (OUTSIDE, SOURCE, CONTENT)
NEVER = -1e9


def _moves() -> Floats:
    allowed = np.full((8, 8), NEVER, dtype=np.float32)
    for before, afters in NEXT.items():
        allowed[before, list(afters)] = 0
    return allowed


MOVES = _moves()


@dataclass(frozen=True, slots=True)
class Governed:
    """The words [start, end) of a source and of the contents, and how sure they are (0 to 1)."""

    source: Span | None
    content: tuple[Span, ...]
    source_sure: float
    content_sure: float


@dataclass(frozen=True, slots=True)
class Handing:
    """The words [start, end) of a hand, how far it is from the speaker (1 is next), how sure."""

    words: Span
    level: float
    sure: float


def softmax(logits: Floats) -> Floats:
    """Return the shares of the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def cue_spans(logits: Floats, least: float) -> list[tuple[Span, float]]:
    """Return the cues of a window from the BIO logits of its words, each with its share.

    A cue begins where the share of B is at least `least` and not below that of I inside another.
    """
    shares = softmax(logits)
    found: list[tuple[Span, float]] = []
    word, size = 0, len(shares)
    while word < size:
        if shares[word, 1] < least:
            word += 1
            continue
        end = word + 1
        while end < size and shares[end, 2] > max(shares[end, 0], shares[end, 1]):
            end += 1
        found.append(((word, end), float(shares[word, 1])))
        word = end
    return found


def pair_logits(
    query: Floats, key: Floats, plain: Floats, distance: Floats, cues: list[Span]
) -> Floats:
    """Return logits (cue, word, label) from queries (word, L*S) and keys (word, L*S) of a window.

    `plain` are the words' own logits, `distance` (2 * reach + 1, L) the bias of how far a word
    stands from the cue. A cue's own words have the first label.
    """
    labels = plain.shape[1]
    asked = np.stack([query[start:end].mean(axis=0) for start, end in cues])
    size = query.shape[1] // labels
    q = asked.reshape(len(asked), labels, size).transpose(1, 0, 2)
    k = key.reshape(len(key), labels, size).transpose(1, 2, 0)
    logits = (q @ k).transpose(1, 2, 0) / np.sqrt(size)
    place = np.arange(len(key))
    starts, ends = (np.array(part)[:, None] for part in zip(*cues, strict=True))
    apart = np.where(place < starts, place - starts, np.maximum(place - ends + 1, 0))
    reach = len(distance) // 2
    logits = logits + plain + distance[np.clip(apart, -reach, reach) + reach]
    logits[(place >= starts) & (place < ends), 1:] = NEVER
    return np.asarray(logits, dtype=np.float32)


def hand_spans(logits: Floats, least: float, more: float) -> list[Handing]:
    """Return the hands of one cue from its logits (word, 5), nearest to the speaker first.

    A hand begins where the shares of the three beginnings together are at least `more`, once they
    are at least `least` somewhere: whether there is any hand is surer known than how many.
    """
    shares = softmax(logits)
    begins = shares[:, 2:].sum(axis=1)
    if begins.max() < least:
        return []
    found: list[Handing] = []
    word, size = 0, len(shares)
    while word < size:
        if begins[word] < more:
            word += 1
            continue
        end = word + 1
        while end < size and shares[end, 1] > max(shares[end, 0], begins[end]):
            end += 1
        level = float(shares[word, 2:] @ np.arange(1, shares.shape[1] - 1) / begins[word])
        found.append(Handing((word, end), level, float(begins[word])))
        word = end
    return sorted(found, key=lambda hand: hand.level)


def govern(logits: Floats) -> list[Governed]:
    """Return what each cue governs: the best path through role logits (cue, word, 5)."""
    log_shares = np.log(np.maximum(softmax(logits), 1e-9))
    paths = _best_paths(log_shares[:, :, LABEL])
    return [_spans(path, log_shares[number]) for number, path in enumerate(paths)]


def _best_paths(scores: Floats) -> NDArray[np.int64]:
    """Return the best states (cue, word) under MOVES (Viterbi 1967) from scores (cue, word, 8)."""
    cues, size, states = scores.shape
    best = np.full((cues, states), NEVER, dtype=np.float32)
    best[:, list(BEGINNINGS)] = scores[:, 0, list(BEGINNINGS)]
    came = np.zeros((size, cues, states), dtype=np.int8)
    for word in range(1, size):
        ways = best[:, :, None] + MOVES
        came[word] = ways.argmax(axis=1)
        best = ways.max(axis=1) + scores[:, word]
    paths = np.zeros((cues, size), dtype=np.int64)
    paths[:, -1] = best.argmax(axis=1)
    rows = np.arange(cues)
    for word in range(size - 1, 0, -1):
        paths[:, word - 1] = came[word, rows, paths[:, word]]
    return paths


def _spans(path: NDArray[np.int64], log_shares: Floats) -> Governed:
    """Return the spans of a path, each as sure as its words are in the mean (geometric)."""
    labels = LABEL[path]
    sure = log_shares[np.arange(len(labels)), labels]
    sources = _runs(labels, 1)
    contents = _runs(labels, 3)
    return Governed(
        source=sources[0] if sources else None,
        content=tuple(contents),
        source_sure=_mean(sure, sources) if sources else 1 - _likeliest_source(log_shares),
        content_sure=_mean(sure, contents),
    )


def _likeliest_source(log_shares: Floats) -> float:
    """Return the greatest share of any word to be of a source."""
    return float(np.exp(log_shares[:, 1:3]).sum(axis=1).max())


def _mean(sure: Floats, spans: list[Span]) -> float:
    parts = [sure[start:end] for start, end in spans]
    return float(np.exp(np.concatenate(parts).mean())) if parts else 0.0


def _runs(labels: NDArray[np.int64], begin: int) -> list[Span]:
    """Return the spans that begin with a label and go on with the one after it."""
    runs: list[Span] = []
    for word, label in enumerate(labels):
        if label == begin:
            runs.append((word, word + 1))
        elif label == begin + 1:
            runs[-1] = (runs[-1][0], word + 1)
    return runs
