"""The attribution model: the only file that runs trained weights.

What the weights are and how they were made: `attribution.md` beside this file.
"""

import functools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import RunError
from onrecord.models.decoding import Floats, Governed, cue_spans, govern
from onrecord.models.windows import Window, Words, batch, split, windows

ROLES = 5
TOGETHER = 8  # windows run together; more cost memory and gain nothing
# Least share of a cue's first word. On PolNeAR dev full match is flat from 0.4 to 0.6, and the
# lower end keeps more of the attributions without a source.
CUE_LEAST = 0.4

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tagged:
    """An attribution as spans of characters, and how sure its cue, source and content are."""

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    cue_sure: float
    source_sure: float
    content_sure: float


def tag(text: str, paragraphs: Sequence[Span]) -> list[Tagged]:
    """Return the attributions in the paragraphs [start, end) of a text, in the order of their cues.

    Raises `RunError` when the weights are not there.
    """
    model = _model()
    words = split(model.tokenizer, text, paragraphs)
    found = list(windows(words, text))
    ordered = sorted(found, key=lambda window: len(window.pieces))
    tagged: list[Tagged] = []
    for start in range(0, len(ordered), TOGETHER):
        tagged += model.read(words, ordered[start : start + TOGETHER])
    return sorted(tagged, key=lambda item: item.cue)


@dataclass(frozen=True, slots=True)
class _Model:
    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    distance: Floats

    def read(self, words: Words, found: Sequence[Window]) -> Iterator[Tagged]:
        """Yield the attributions whose cues the windows own."""
        pieces, mask = batch(found)
        outputs = self.session.run(None, {"pieces": pieces, "mask": mask})
        for number, window in enumerate(found):
            yield from self._window(words, window, [part[number] for part in outputs])

    def _window(self, words: Words, window: Window, parts: list[Floats]) -> Iterator[Tagged]:
        cue, query, key, plain = (part[window.places] for part in parts)
        cues = [one for one in cue_spans(cue, CUE_LEAST) if one[0][0] >= window.own - window.first]
        if not cues:
            return
        spans = [span for span, _ in cues]
        asked = np.stack([query[start:end].mean(axis=0) for start, end in spans])
        logits = self._roles(asked, key, plain, spans)
        for (span, sure), governed in zip(cues, govern(logits), strict=True):
            if governed.content:
                yield _tagged(words, window.first, span, sure, governed)

    def _roles(self, query: Floats, key: Floats, plain: Floats, spans: list[Span]) -> Floats:
        """Return role logits (cue, word, role); a cue's own words are in no role."""
        size = query.shape[1] // ROLES
        q = query.reshape(len(query), ROLES, size).transpose(1, 0, 2)
        k = key.reshape(len(key), ROLES, size).transpose(1, 2, 0)
        logits = (q @ k).transpose(1, 2, 0) / np.sqrt(size)
        place = np.arange(len(key))
        starts, ends = (np.array(part)[:, None] for part in zip(*spans, strict=True))
        apart = np.where(place < starts, place - starts, np.maximum(place - ends + 1, 0))
        reach = len(self.distance) // 2
        logits = logits + plain + self.distance[np.clip(apart, -reach, reach) + reach]
        logits[(place >= starts) & (place < ends), 1:] = -30
        return np.asarray(logits, dtype=np.float32)


def _tagged(words: Words, first: int, cue: Span, sure: float, governed: Governed) -> Tagged:
    def offsets(span: Span) -> Span:
        return words.starts[first + span[0]], words.ends[first + span[1] - 1]

    return Tagged(
        source=(offsets(governed.source),) if governed.source else (),
        cue=offsets(cue),
        content=tuple(offsets(span) for span in governed.content),
        cue_sure=sure,
        source_sure=governed.source_sure,
        content_sure=governed.content_sure,
    )


@functools.cache
def _model() -> _Model:
    folder = files("onrecord") / "models"
    try:
        weights = (folder / "attribution.onnx").read_bytes()
        tokens = (folder / "attribution.tokens.json").read_text(encoding="utf-8")
    except OSError as error:
        remedy = "Install the package anew: its weights are part of it"
        raise RunError("the attribution model is not there", remedy=remedy) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_str(tokens)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    distance = json.loads(session.get_modelmeta().custom_metadata_map["distance"])
    return _Model(session, tokenizer, np.array(distance, dtype=np.float32))
