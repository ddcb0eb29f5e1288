"""The encoder with its heads: the only file that runs trained weights.

One pass over a text serves attribution and, through a branch on the encoder's middle, names and
nouns. What the weights are and how they were made: `attribution.md` and `names.md` beside it.
"""

import bisect
import functools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.models.case import case_by_piece
from onrecord.models.decoding import (
    Floats,
    Governed,
    cue_spans,
    govern,
    hand_spans,
    pair_logits,
    softmax,
)
from onrecord.models.names import NOUNS, TAGS, Named, named
from onrecord.models.weights import weights
from onrecord.models.windows import Window, Words, split, windows
from onrecord.types import Act

# Least share of a cue's first word: whoever asks sees how sure each is and leaves out more.
CUE_LEAST = 0.2
HAND_LEAST = 0.6  # least share of the surest hand's first word
HAND_MORE = 0.3  # and of a further one
ACTS: tuple[Act, ...] = (
    "say",
    "accuse",
    "deny",
    "promise",
    "threaten",
    "demand",
    "support",
    "criticise",
)

VOTES = 3 * (len(ACTS) + 1) + 1  # of cue, source and content, and a word's weight in the content
MIDDLE = "middle"  # the output on which the branch stands
WIDTH = 384  # numbers that it gives for a piece

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


@dataclass(frozen=True, slots=True)
class Part:
    """What the network gave for one window, by word: what hands are asked from."""

    window: Window
    query: Floats
    key: Floats
    plain: Floats


@dataclass(frozen=True, slots=True)
class Tags:
    """What the network says of a text: attributions, and on asking the hands and act of a cue.

    And its names, by word what it means as the head of a noun phrase (none, then NOUNS), and what
    the encoder's middle gives for it.
    """

    words: Words
    tagged: list[Tagged]
    votes: Floats
    parts: list[Part]
    distance: Floats
    names: list[Named]
    nouns: Floats
    middle: Floats

    def hands(self, cue: Span) -> list[Span]:
        """Return who handed on what a cue governs, nearest to the speaker first.

        `cue` and the hands are spans of characters.
        """
        first, last = self._range(cue)
        place = bisect.bisect_right(self.parts, first, key=lambda part: part.window.own) - 1
        if first == last or place < 0:
            return []
        part = self.parts[place]
        begin, size = part.window.first, part.window.last - part.window.first
        cues = [(first - begin, min(last - begin, size))]
        logits = pair_logits(part.query, part.key, part.plain, self.distance, cues)
        return [
            _offsets(self.words, begin, hand.words)
            for hand in hand_spans(logits[0], HAND_LEAST, HAND_MORE)
        ]

    def act(
        self, cue: Sequence[Span], source: Sequence[Span], content: Sequence[Span]
    ) -> tuple[Act, float]:
        """Return the likeliest act of an attribution, given as spans of characters, and its share.

        The words of cue and source vote in the mean, those of the content by a weight of their own.
        """
        size = len(ACTS) + 1
        total = np.zeros(size, dtype=np.float32)
        for number, spans in enumerate((cue, source)):
            words = self.words_in(spans)
            if words:
                total += self.votes[words, number * size : (number + 1) * size].mean(axis=0)
        words = self.words_in(content)
        if words:
            weights = softmax(self.votes[words, -1])
            total += weights @ self.votes[words, 2 * size : 3 * size]
        shares = softmax(total[: len(ACTS)])
        best = int(shares.argmax())
        return ACTS[best], float(shares[best])

    def words_in(self, spans: Sequence[Span]) -> list[int]:
        """Return the words that spans of characters touch."""
        return [word for span in spans for word in range(*self._range(span))]

    def _range(self, span: Span) -> Span:
        """Return the words that a span of characters touches."""
        return (
            bisect.bisect_right(self.words.ends, span[0]),
            bisect.bisect_left(self.words.starts, span[1]),
        )


@functools.lru_cache(maxsize=1)
def tag(text: str, paragraphs: tuple[Span, ...]) -> Tags:
    """Return what the network says of the paragraphs [start, end) of a text.

    The attributions stand in the order of their cues. The answer for the last text is kept, since
    several stages ask in turn. Raises `RunError` when the weights are not there.
    """
    model = _model()
    words = split(model.tokenizer, text, paragraphs)
    size = len(words)
    tags = Tags(
        words,
        [],
        np.zeros((size, VOTES), np.float32),
        [],
        model.hand_distance,
        [],
        np.zeros((size, 1 + len(NOUNS)), np.float32),
        np.zeros((size, WIDTH), np.float32),
    )
    logs = np.zeros((size, TAGS), np.float32)
    for window in windows(words, text):
        # One at a time: what a window gives stays near, and none is filled up to another's length.
        model.read(tags, logs, text, window)
    tags.tagged.sort(key=lambda item: item.cue)
    tags.names.extend(named(logs, words.opens))
    return tags


@dataclass(frozen=True, slots=True)
class _Model:
    session: onnxruntime.InferenceSession
    branch: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    distance: Floats
    hand_distance: Floats

    def read(self, tags: Tags, logs: Floats, text: str, window: Window) -> None:
        """Add what the network says of a window, to `logs` the log shares of name tags."""
        pieces = np.array([window.pieces], dtype=np.int64)
        names = [output.name for output in self.session.get_outputs() if output.name != MIDDLE]
        *outputs, middle = self.session.run([*names, MIDDLE], {"pieces": pieces})
        case = np.array([case_by_piece(window, tags.words, text)], dtype=np.int64)
        for_names, nouns = self.branch.run(["names", "nouns"], {"middle": middle, "case": case})
        own = window.own - window.first
        owned = window.places[own:]
        logs[window.own : window.last] = for_names[0][owned]
        tags.nouns[window.own : window.last] = nouns[0][owned]
        tags.middle[window.own : window.last] = middle[0][owned]
        given = dict(zip(names, (part[0][window.places] for part in outputs), strict=True))
        tags.votes[window.own : window.last] = given["votes"][own:]
        sides = (given["hand_query"], given["hand_key"], given["hand_plain"])
        tags.parts.append(Part(window, *sides))
        tags.tagged.extend(self._tagged(tags.words, window, given))

    def _tagged(self, words: Words, window: Window, given: dict[str, Floats]) -> Iterator[Tagged]:
        """Yield the attributions whose cues a window owns."""
        own = window.own - window.first
        cues = [one for one in cue_spans(given["cue"], CUE_LEAST) if one[0][0] >= own]
        if not cues:
            return
        spans = [span for span, _ in cues]
        logits = pair_logits(given["query"], given["key"], given["plain"], self.distance, spans)
        for (span, sure), governed in zip(cues, govern(logits), strict=True):
            if governed.content:
                yield _attribution(words, window.first, span, sure, governed)


def _attribution(words: Words, first: int, cue: Span, sure: float, governed: Governed) -> Tagged:
    return Tagged(
        source=(_offsets(words, first, governed.source),) if governed.source else (),
        cue=_offsets(words, first, cue),
        content=tuple(_offsets(words, first, span) for span in governed.content),
        cue_sure=sure,
        source_sure=governed.source_sure,
        content_sure=governed.content_sure,
    )


def _offsets(words: Words, first: int, span: Span) -> Span:
    """Return words of a window, which begins with the word `first`, as a span of characters."""
    return words.starts[first + span[0]], words.ends[first + span[1] - 1]


@functools.cache
def _model() -> _Model:
    tokens = weights("attribution.tokens.json").decode()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # which is slower here, and keeps what it once took
    session, branch = (
        onnxruntime.InferenceSession(one, options, providers=["CPUExecutionProvider"])
        for one in map(weights, ("attribution.onnx", "names.onnx"))
    )
    tokenizer = Tokenizer.from_str(tokens)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    meta = session.get_modelmeta().custom_metadata_map
    distances = (
        np.array(json.loads(meta[f"{name}distance"]), np.float32) for name in ("", "hand_")
    )
    return _Model(session, branch, tokenizer, *distances)
