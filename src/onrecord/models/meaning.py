"""What words mean in their place: a vector for each stretch of a text, from the encoder's middle.

Two stretches that say the same thing in other words have vectors with a cosine near 1. How the
weights were made: `meaning.md` beside it.
"""

import base64
import functools
import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.models.attribution import Span, Tags
from onrecord.models.decoding import Floats
from onrecord.models.weights import weights

SIZE = 96  # numbers of a vector
SCALE = 127  # of a number from -1 to 1, kept as one byte


def meaning(tags: Tags, spans: Sequence[Span]) -> Floats:
    """Return a vector of length 1 for the words that stretches of a text touch together.

    `spans` are of characters; without a word between them the vector is 0.
    """
    words = tags.words_in(spans)
    if not words:
        return np.zeros(SIZE, np.float32)
    middle = tags.middle[words]
    weights, bias = _weights()
    found = np.concatenate([middle.mean(axis=0), middle.max(axis=0)]) @ weights + bias
    unit: Floats = (found / max(1e-9, float(np.linalg.norm(found)))).astype(np.float32)
    return unit


def packed(vector: Floats) -> str:
    """Return a vector as text, a byte for each number."""
    rounded = np.clip(np.rint(vector * SCALE), -SCALE, SCALE).astype(np.int8)
    return base64.b64encode(rounded.tobytes()).decode()


def unpacked(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the vectors that were kept as text, a row for each, of length 1; "" is 0."""
    rows = np.zeros((len(texts), SIZE), np.float32)
    for number, text in enumerate(texts):
        if text:
            rows[number] = np.frombuffer(base64.b64decode(text), np.int8)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: npt.NDArray[np.float32] = rows / np.maximum(lengths, 1e-9)
    return found


@functools.cache
def _weights() -> tuple[Floats, Floats]:
    with io.BytesIO(weights("meaning.npz")) as file:
        kept = np.load(file, allow_pickle=False)
        return kept["weights"].astype(np.float32) * kept["scale"], kept["bias"]
