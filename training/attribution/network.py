"""The network: one encoder, a tagger of cues, and for each cue the source and content it governs.

A cue is found by BIO tags. Given a cue, every word gets a label of its own (outside, source,
content): the product of a query made from the cue's words with a key made from the word, one pair
for each label, as in biaffine semantic role labelling (Cai et al. 2018, "A Full End-to-End Semantic
Role Labeler"), with a bias learned for each distance. Words can so belong to several cues.
"""

import torch
from torch import Tensor, nn
from transformers import BertModel

CUE = 3  # O, B, I
ROLES = 5  # O, B-source, I-source, B-content, I-content
SIZE = 64  # of a query and a key
REACH = 40  # words, on either side, that have a distance of their own
KINDS = 7  # O and B, I of source, cue, content over all attributions: an auxiliary task


class Network(nn.Module):
    """Encoder and heads; `forward` gives what reading needs, by piece."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.cue = nn.Linear(width, CUE)
        self.kinds = nn.Linear(width, KINDS)
        self.query = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.Linear(width, ROLES * SIZE)
        )
        self.key = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, ROLES * SIZE))
        self.plain = nn.Linear(width, ROLES)
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1, ROLES))

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Return hidden states, cue logits, kinds, queries, keys, and words' own role logits."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        return (
            hidden,
            self.cue(hidden),
            self.kinds(hidden),
            self.query(hidden),
            self.key(hidden),
            self.plain(hidden),
        )

    def roles(self, query: Tensor, key: Tensor, plain: Tensor, apart: Tensor) -> Tensor:
        """Return role logits (cue, word, role) from queries (cue, R*S) and keys (cue, word, R*S).

        `apart` (cue, word) is how many words a word stands after the cue, negative before it.
        """
        q = query.view(*query.shape[:-1], ROLES, SIZE)
        k = key.view(*key.shape[:-1], ROLES, SIZE)
        product = torch.einsum("crs,cwrs->cwr", q, k) / SIZE**0.5
        return product + plain + self.distance[apart.clamp(-REACH, REACH) + REACH]
