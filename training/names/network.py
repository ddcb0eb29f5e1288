"""The branch: layers of its own on the attribution encoder's middle, and heads for names and nouns.

The encoder's lower layers are those of the attribution network and are not touched, so that one
pass serves both and attribution stays as it is. The encoder knows no case; the branch is told it.
"""

import torch
from torch import Tensor, nn
from transformers import BertModel

from attribution.network import MIDDLE
from onrecord.models.case import CASES
from onrecord.models.names import NOUNS, TAGS


class Branch(nn.Module):
    """Layers and heads; `forward` gives, by piece, what names and nouns may be."""

    def __init__(self, encoder: BertModel, middle: int = MIDDLE) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.case = nn.Embedding(CASES, width)
        nn.init.zeros_(self.case.weight)
        self.layers = encoder.encoder.layer[middle:]
        self.dropout = nn.Dropout(0.2)
        self.names = nn.Linear(width, TAGS)
        self.nouns = nn.Linear(width, 1 + len(NOUNS))

    def forward(self, middle: Tensor, mask: Tensor, case: Tensor) -> dict[str, Tensor]:
        """Return logits (window, piece, tag) from the middle (window, piece, width)."""
        away = (1.0 - mask[:, None, None, :].to(middle.dtype)) * -1e4
        hidden = middle + self.case(case)
        for layer in self.layers:
            given = layer(hidden, attention_mask=away)
            hidden = given[0] if isinstance(given, tuple) else given
        hidden = self.dropout(hidden)
        return {"names": self.names(hidden), "nouns": self.nouns(hidden)}


def allowed_loss(logits: Tensor, allowed: Tensor) -> Tensor:
    """Return for each word the loss of not being one of the tags that it may be."""
    every = torch.logsumexp(logits, -1)
    right = torch.logsumexp(logits.masked_fill(~allowed, -1e4), -1)
    return every - right
