"""The network: one encoder, a tagger of cues, and for each cue what it governs and what it does.

A cue is found by BIO tags. Given a cue, every word gets a label of its own (outside, source,
content): the product of a query made from the cue's words with a key made from the word, one pair
for each label, as in biaffine semantic role labelling (Cai et al. 2018, "A Full End-to-End Semantic
Role Labeler"), with a bias learned for each distance. Words can so belong to several cues. The
hands through which the content came are labelled in the same way, by their distance from the
speaker. The act is voted on by the words of cue, source and content.
"""

import torch
from torch import Tensor, nn
from transformers import BertModel

CUE = 3  # O, B, I
ROLES = 5  # O, B-source, I-source, B-content, I-content
HANDS = 5  # O, I, and B of the hand next to the speaker, the second, any farther one
MIDDLE = 4  # layers below those that only attribution uses: the branch for names begins there
SIZE = 64  # of a query and a key for a role
HAND_SIZE = 32  # and for a hand
REACH = 40  # words, on either side, that have a distance of their own
KINDS = 7  # O and B, I of source, cue, content over all attributions: an auxiliary task
ACTS = ("say", "accuse", "deny", "promise", "threaten", "demand", "support", "criticise")
VOTES = len(ACTS) + 1  # and whether words were voiced
VOTERS = 3  # cue, source, content: one set of votes for each, and a weight within the content


class Network(nn.Module):
    """Encoder and heads; `forward` gives what reading needs, by piece."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.more = nn.Dropout(0.2)  # for the heads that few reports teach
        self.cue = nn.Linear(width, CUE)
        self.kinds = nn.Linear(width, KINDS)
        self.query = _pair_side(width, ROLES * SIZE)
        self.key = _pair_side(width, ROLES * SIZE)
        self.plain = nn.Linear(width, ROLES)
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1, ROLES))
        self.hand_query = _pair_side(width, HANDS * HAND_SIZE)
        self.hand_key = _pair_side(width, HANDS * HAND_SIZE)
        self.hand_plain = nn.Linear(width, HANDS)
        # Hardly a word is a hand, which need not be learned first.
        self.hand_plain.bias.data[0] = 5.0
        self.hand_distance = nn.Parameter(torch.zeros(2 * REACH + 1, HANDS))
        self.votes = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.Linear(width, VOTERS * VOTES + 1)
        )

    def forward(self, pieces: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Return, by piece, cue logits, kinds, and for roles and hands query, key and own logits.

        And the votes on the act.
        """
        return self.heads(self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state)

    def heads(self, hidden: Tensor) -> dict[str, Tensor]:
        """Return the same from what the encoder gave."""
        hidden = self.dropout(hidden)
        little = self.more(hidden)
        return {
            "cue": self.cue(hidden),
            "kinds": self.kinds(hidden),
            "query": self.query(hidden),
            "key": self.key(hidden),
            "plain": self.plain(hidden),
            "hand_query": self.hand_query(little),
            "hand_key": self.hand_key(little),
            "hand_plain": self.hand_plain(little),
            "votes": self.votes(little),
        }


def _pair_side(width: int, size: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, size))


def pair_logits(
    query: Tensor, key: Tensor, plain: Tensor, distance: Tensor, apart: Tensor
) -> Tensor:
    """Return logits (cue, word, label) from queries (cue, L*S), keys (cue, word, L*S).

    `apart` (cue, word) is how many words a word stands after the cue, negative before it;
    `distance` has a bias for each of those and each label.
    """
    labels = distance.shape[1]
    q = query.view(*query.shape[:-1], labels, -1)
    k = key.view(*key.shape[:-1], labels, -1)
    product = torch.einsum("crs,cwrs->cwr", q, k) / q.shape[-1] ** 0.5
    return product + plain + distance[apart.clamp(-REACH, REACH) + REACH]


def act_logits(votes: Tensor, cue: Tensor, source: Tensor, content: Tensor) -> Tensor:
    """Return act and voiced logits (cue, VOTES) from votes (cue, word, ...) and masks (cue, word).

    The votes of cue and source are averaged, those of the content by a weight of their own.
    """
    by_cue, by_source, by_content, weight = votes.split([VOTES, VOTES, VOTES, 1], dim=-1)
    weight = weight.squeeze(-1).masked_fill(~content, -1e4).softmax(-1)
    return (
        _mean(by_cue, cue)
        + _mean(by_source, source)
        + (by_content * (weight * content)[..., None]).sum(1)
    )


def _mean(votes: Tensor, mask: Tensor) -> Tensor:
    return (votes * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
