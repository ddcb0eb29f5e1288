"""Training rows from the reports labelled for this project, which know hands and acts."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from tokenizers import Tokenizer

from attribution.data import Attribution, Document, Example, Span, paragraphs, ranges
from onrecord.models.windows import split

MASK = 103  # the encoder's [MASK]; smaller numbers are its other signs
BLUR = 0.1  # share of the pieces that are masked, so that few reports are not learned by heart
TOGETHER = 3  # reports that stand in one document at the most: many outlets in one window


@dataclass(frozen=True)
class Labelled:
    """A report and its statements, in offsets: source, cue, content, hands; and the act."""

    text: str
    statements: list[tuple[dict[str, list[Span]], list[Span], tuple[str, bool]]]


def read(folder: Path) -> list[Labelled]:
    """Return the labelled reports of a folder, those of the held-out part excluded."""
    files = sorted(file for file in folder.rglob("*.yaml") if file.parent.name == "train")
    return [
        _located(report)
        for file in files
        for report in yaml.safe_load(file.read_text(encoding="utf-8"))
        if "statements" in report
    ]


def _located(report: dict[str, Any]) -> Labelled:
    text, taken = report["text"], set[Span]()
    found = []
    for item in report["statements"]:
        content = _in_order(text, item["content"])
        if item["cue"] is None:
            continue
        cue = _nearest(text, item["cue"], content, taken | set(content))
        taken.add(cue)
        source = [_nearest(text, item["source"], [cue], set(content))] if item["source"] else []
        hands = [_nearest(text, words, [cue], set()) for words in item["chain_evidence"]]
        spans = {"source": source, "cue": [cue], "content": content}
        found.append((spans, hands, (item["act"], item["voiced"])))
    return Labelled(text, found)


def _in_order(text: str, parts: Sequence[str]) -> list[Span]:
    found, place = [], 0
    for part in parts:
        start = text.index(part, place)
        place = start + len(part)
        found.append((start, place))
    return found


def _nearest(text: str, words: str, to: Sequence[Span], avoid: set[Span]) -> Span:
    """Return where words stand nearest to some spans, outside of others if they can."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    spots = [match.span() for match in whole.finditer(text)]
    spots = spots or [match.span() for match in re.finditer(re.escape(words), text)]
    free = [one for one in spots if not any(s < one[1] and one[0] < e for s, e in avoid)]

    def gap(one: Span) -> int:
        return min(max(one[0] - end, start - one[1], 0) for start, end in to)

    return min(free or spots, key=gap)


def documents(
    kept: Sequence[Labelled], tokenizer: Tokenizer, chance: random.Random
) -> Iterator[Document]:
    """Yield the reports as documents, some of them several in one, in any order."""
    order = list(kept)
    chance.shuffle(order)
    while order:
        size = chance.randint(1, TOGETHER)
        yield _document(order[:size], tokenizer)
        order = order[size:]


def _document(reports: Sequence[Labelled], tokenizer: Tokenizer) -> Document:
    text = "\n\n".join(report.text for report in reports)
    words = split(tokenizer, text, paragraphs(text))
    labels, begin = [], 0
    for report in reports:
        for spans, hands, act in report.statements:
            moved = {
                role: ranges([(begin + start, begin + end) for start, end in found], words)
                for role, found in spans.items()
            }
            by = [ranges([(begin + start, begin + end)], words) for start, end in hands]
            labels.append(Attribution(**moved, hands=by, act=act))
        begin += len(report.text) + 2
    return Document("labelled", text, words, [labels])


def blurred(example: Example, chance: random.Random) -> Example:
    """Return an example with some of its pieces masked."""
    pieces = [
        MASK if piece > MASK and chance.random() < BLUR else piece
        for piece in example.window.pieces
    ]
    return replace(example, window=replace(example.window, pieces=pieces))
