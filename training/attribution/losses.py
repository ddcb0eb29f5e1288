"""The loss of a batch: cue tags, kinds, and for each labelled cue its roles, hands and act."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from attribution.data import UNKNOWN, Example, Governed
from attribution.network import ACTS, Network, act_logits, pair_logits
from onrecord.models.windows import Window

# What each part counts beside that of the cue tags.
KINDS, ROLES, HANDS, ACT, VOICED = 0.3, 6.0, 25.0, 2.0, 0.2


def loss_of(network: Network, rows: Sequence[Example]) -> Tensor:
    """Return the loss of a batch of windows."""
    pieces, mask = (torch.from_numpy(array) for array in batch([row.window for row in rows]))
    longest = max(len(row.cues) for row in rows)
    places = torch.zeros(len(rows), longest, dtype=torch.long)
    for number, row in enumerate(rows):
        places[number, : len(row.cues)] = torch.tensor(row.window.places)
    index = torch.arange(len(rows))[:, None]
    words = {name: part.float()[index, places] for name, part in network(pieces, mask).items()}
    total = _entropy(words["cue"], _padded([row.cues for row in rows], longest))
    total = total + KINDS * _entropy(words["kinds"], _padded([r.kinds for r in rows], longest))
    governed = [(number, one) for number, row in enumerate(rows) for one in row.governed]
    return total + _governed_loss(network, words, governed, longest) if governed else total


def _governed_loss(
    network: Network, words: dict[str, Tensor], governed: list[tuple[int, Governed]], longest: int
) -> Tensor:
    owner = torch.tensor([number for number, _ in governed])
    items = [item for _, item in governed]
    cue, apart = _cue_places(items, longest)
    labelled = _padded([item.roles for item in items], longest)

    def logits(prefix: str, distance: Tensor) -> Tensor:
        query, key, plain = (words[f"{prefix}{side}"][owner] for side in ("query", "key", "plain"))
        return pair_logits(_of_cues(query, cue), key, plain, distance, apart)

    hands = _padded([item.hands for item in items], longest)
    total = ROLES * _entropy(logits("", network.distance), labelled)
    total = total + HANDS * _entropy(logits("hand_", network.hand_distance), hands)
    source = (labelled == 1) | (labelled == 2)
    acts = act_logits(words["votes"][owner], cue, source, labelled >= 3)
    return total + _act_loss(acts, items)


def _act_loss(logits: Tensor, items: list[Governed]) -> Tensor:
    known = [number for number, item in enumerate(items) if item.act is not None]
    if not known:
        return torch.zeros(())
    labels = [item.act for item in items if item.act is not None]
    act = torch.tensor([ACTS.index(name) for name, _ in labels])
    voiced = torch.tensor([float(said) for _, said in labels])
    named = functional.cross_entropy(logits[known, : len(ACTS)], act, label_smoothing=0.05)
    told = functional.binary_cross_entropy_with_logits(logits[known, len(ACTS)], voiced)
    return ACT * named + VOICED * told


def _cue_places(items: Sequence[Governed], longest: int) -> tuple[Tensor, Tensor]:
    """Return the mask (cue, word) of the cues' words, and how far a word stands from them."""
    words = torch.arange(longest)
    starts = torch.tensor([item.cue[0] for item in items])[:, None]
    ends = torch.tensor([item.cue[1] - 1 for item in items])[:, None]
    apart = torch.where(words < starts, words - starts, (words - ends).clamp(min=0))
    return (words >= starts) & (words <= ends), apart


def _of_cues(query: Tensor, cue: Tensor) -> Tensor:
    """Return the mean (cue, size) of the queries (cue, word, size) of the cues' words."""
    return (query * cue[..., None]).sum(1) / cue.sum(1, keepdim=True)


def _padded(rows: Sequence[object], longest: int) -> Tensor:
    target = torch.full((len(rows), longest), UNKNOWN)
    for number, row in enumerate(rows):
        labels = torch.as_tensor(row)
        target[number, : len(labels)] = labels
    return target


def _entropy(logits: Tensor, target: Tensor) -> Tensor:
    if bool((target == UNKNOWN).all()):
        return torch.zeros(())
    return functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=UNKNOWN)


def batch(found: Sequence[Window]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pieces of windows, padded to the longest, and the mask of the real ones."""
    width = max(len(window.pieces) for window in found)
    pieces = np.zeros((len(found), width), dtype=np.int64)
    mask = np.zeros_like(pieces)
    for row, window in enumerate(found):
        pieces[row, : len(window.pieces)] = window.pieces
        mask[row, : len(window.pieces)] = 1
    return pieces, mask
