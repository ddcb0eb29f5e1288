"""Train the branch for names and nouns, in one command that goes on where it was.

    python -m names.train DATA --labelled labelled/names.tsv [--silver silver.jsonl] --out names/

`DATA` is the folder of the corpora. The encoder's lower layers run once; what they give is kept in
memory, so that an epoch costs little.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from attribution.train import rate, start_folder, tokenizer
from names.data import CORPORA, Text, agreed, labelled
from names.network import Branch, allowed_loss
from onrecord.models.case import LOWER, MIXED, TITLE, UPPER, case_by_piece
from onrecord.models.windows import windows

BATCH = 16
RATE = 3e-4
HEADS = 1e-3
SILVER = 0.3  # weight of a word that only rules and parser agree on
CAPITALS = 0.12  # share of windows shown as if printed in capitals
HEADLINES = 0.06  # and as if every word had one


@dataclass(frozen=True)
class Example:
    """A window: what the encoder's middle gave by piece, case, places of its words, labels."""

    middle: NDArray[np.float16]
    case: NDArray[np.int64]
    places: NDArray[np.int64]
    names: NDArray[np.bool_]
    nouns: NDArray[np.bool_]
    weight: float


def session() -> onnxruntime.InferenceSession:
    """Return the attribution network, of which only the middle is used."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    weights = (files("onrecord") / "models/attribution.onnx").read_bytes()
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def examples(texts: Sequence[Text], run: onnxruntime.InferenceSession) -> list[Example]:
    """Return the windows of texts with what the encoder's middle gives for them."""
    cut = [
        (text, window)
        for text in texts
        for window in windows(text.words, text.text)
        if not _untold(text, window.own, window.last)
    ]
    found = []
    for text, window in cut:
        (middle,) = run.run(["middle"], {"pieces": np.array([window.pieces], dtype=np.int64)})
        own = np.zeros(window.last - window.first, dtype=bool)
        own[window.own - window.first :] = True
        names, nouns = (
            labels[window.first : window.last] | ~own[:, None]
            for labels in (text.names, text.nouns)
        )
        found.append(
            Example(
                middle[0].astype(np.float16),
                np.array(case_by_piece(window, text.words, text.text)),
                np.array(window.places),
                names,
                nouns,
                SILVER if text.silver else 1.0,
            )
        )
    return found


def _untold(text: Text, first: int, last: int) -> bool:
    """Tell whether nothing is known of the words [first, last) of a text."""
    return bool(text.names[first:last].all() and text.nouns[first:last].all())


def blurred(case: NDArray[np.int64], chance: random.Random) -> NDArray[np.int64]:
    """Return how words are written as it is, or as in a text in capitals or in a headline."""
    drawn = chance.random()
    letters = (case >= LOWER) & (case <= MIXED)
    if drawn < CAPITALS:
        return np.where(letters, UPPER, case)
    if drawn < CAPITALS + HEADLINES:
        return np.where(case == LOWER, TITLE, case)
    return case


def loss_of(branch: Branch, rows: Sequence[Example], chance: random.Random) -> Tensor:
    """Return the loss of a batch, each word with the weight of its text."""
    width = max(len(row.middle) for row in rows)
    middle = torch.zeros(len(rows), width, rows[0].middle.shape[1])
    mask = torch.zeros(len(rows), width)
    case = torch.zeros(len(rows), width, dtype=torch.long)
    for number, row in enumerate(rows):
        middle[number, : len(row.middle)] = torch.from_numpy(row.middle.astype(np.float32))
        mask[number, : len(row.middle)] = 1
        case[number, : len(row.case)] = torch.from_numpy(blurred(row.case, chance))
    given = branch(middle, mask, case)
    losses, weights = [], []
    for number, row in enumerate(rows):
        places = torch.from_numpy(row.places)
        for head, allowed in (("names", row.names), ("nouns", row.nouns)):
            labels = torch.from_numpy(allowed)
            told = ~labels.all(-1)
            if told.any():
                logits = given[head][number, places].float()[told]
                losses.append(allowed_loss(logits, labels[told]) * row.weight)
                weights.append(torch.full((int(told.sum()),), row.weight))
    return torch.cat(losses).sum() / torch.cat(weights).sum().clamp(min=1)


def train(branch: Branch, found: list[Example], epochs: int, out: Path) -> None:
    """Train, and write `branch.pt` after each epoch."""
    out.mkdir(parents=True, exist_ok=True)
    layers = [value for name, value in branch.named_parameters() if name.startswith("layers")]
    heads = [value for name, value in branch.named_parameters() if not name.startswith("layers")]
    optimizer = torch.optim.AdamW(
        [{"params": layers, "lr": RATE, "top": RATE}, {"params": heads, "lr": HEADS, "top": HEADS}],
        weight_decay=0.01,
    )
    each = (len(found) + BATCH - 1) // BATCH
    step, running, began = 0, 0.0, time.time()
    branch.train()
    for epoch in range(epochs):
        chance = random.Random(epoch)
        torch.manual_seed(epoch)
        order = sorted(found, key=lambda row: (len(row.middle) // 32, chance.random()))
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        for rows in batches:
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * rate(step, each * epochs)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(branch, rows, chance)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            running = 0.98 * running + 0.02 * float(loss.detach()) if running else float(loss)
            if step % 20 == 0:
                seconds = round((time.time() - began) / step, 2)
                line = {"step": step, "of": each * epochs, "loss": round(running, 4)}
                print(json.dumps(line | {"seconds a step": seconds}), flush=True)
        torch.save(branch.state_dict(), out / "branch.pt")


def fresh() -> Branch:
    """Return the branch with the published encoder's upper layers and heads that know nothing."""
    torch.manual_seed(1)
    encoder = BertModel.from_pretrained(start_folder(), add_pooling_layer=False)
    encoder.set_attn_implementation("eager")
    return Branch(encoder)


def texts(data: Path, table: Path | None, silver: Path | None, cutter: Tokenizer) -> list[Text]:
    """Return all that is trained on."""
    found = [text for source in CORPORA for text in source(data, cutter)]
    if table is not None:
        found += labelled(table, data, cutter)
    if silver is not None:
        found += agreed(silver, cutter)
    return found


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--labelled", type=Path)
    parser.add_argument("--silver", type=Path)
    parser.add_argument("--out", type=Path, default=Path("names-weights"))
    parser.add_argument("--epochs", type=int, default=10)
    asked = parser.parse_args()
    cutter = tokenizer()
    found = examples(texts(asked.data, asked.labelled, asked.silver, cutter), session())
    print(json.dumps({"windows": len(found)}), flush=True)
    train(fresh(), found, asked.epochs, asked.out)


if __name__ == "__main__":
    main()
