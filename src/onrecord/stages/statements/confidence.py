"""How likely an attribution is a statement rightly read: a logistic regression on its features.

The weights, in `models/confidence.json`, were fitted on statements of news reports that were read
and judged one by one (`training/attribution/confidence.py`).
"""

import functools
import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.models.weights import weights_json
from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution, Range
from onrecord.stages.statements.linking import Quotations

# How often the tagger is right by how sure it is of cue, content and source together, and the rules
# where it is silent: the feature that the others correct.
SURE = ((0.0, 0.02), (0.2, 0.25), (0.4, 0.41), (0.6, 0.58), (0.8, 0.78), (0.9, 0.86), (1.0, 0.98))
BY_MARKS = {"turn": 0.8, "answer": 0.6, "quotation without cue": 0.4, "headline": 0.5}
BY_FAMILY = (("according to", 0.9), ("say", 0.85))
BY_CLAUSE = 0.75  # other verbs of speech with a clause or a quotation
BY_PHRASE = 0.5  # other verbs with a noun phrase, and nouns
UNVOICED = 0.4
TAGGED = "tagged"  # ends the rule's name where no lexicon knows the cue
SUBJECTS = ("nsubj", "nsubjpass", "expl")


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight for each feature, and the bias."""

    weights: dict[str, float]
    bias: float


@functools.cache
def weights() -> Weights:
    """Return the fitted weights, read once."""
    told = weights_json("confidence.json")
    return Weights(told["weights"], told["bias"])


def confidence_of(parse: Parse, item: Attribution, quotes: Quotations) -> float:
    """Return how likely an attribution is right, 0 to 1, to two places.

    What marks alone tell (turns, answers, headlines), or has no cue, has the share of its kind.
    """
    for name, share in BY_MARKS.items():
        if item.rule.startswith(name):
            return share
    if not item.cue:
        return BY_PHRASE
    fitted = weights()
    found = features(parse, item, quotes)
    total = fitted.bias + sum(fitted.weights[name] * value for name, value in found.items())
    return round(1 / (1 + math.exp(-total)), 2)


def features(parse: Parse, item: Attribution, quotes: Quotations) -> dict[str, float]:
    """Return the features of an attribution that has a cue."""
    doc = parse.doc
    first_share = _prior(item)
    words = [doc[index] for start, end in item.content for index in range(start, end)]
    verbs = [word for word in words if word.pos_ in ("VERB", "AUX")]
    begin = item.content[0][0]
    head = doc[item.head] if item.head is not None else None
    source = doc[item.source[0][0] : item.source[0][1]] if item.source else None
    return {
        "prior": math.log(first_share / (1 - first_share)),
        "unknown_cue": float(item.rule.endswith(TAGGED)),
        "quoted": float(any(quotes.within(*span) for span in item.content)),
        "verb": float(bool(verbs)),
        "clause": float(any(child.dep_ in SUBJECTS for verb in verbs for child in verb.children)),
        "to": float(doc[begin].lower_ == "to"),
        "participle": float(head is not None and head.tag_ in ("VBG", "VBN")),
        "no_source": float(source is None),
        "subject": float(
            source is not None and head is not None
            and source.root.dep_ == "nsubj" and source.root.head.i == head.i
        ),
        "long_source": math.log(len(source)) if source is not None else 0.0,
        "source_apart": _apart(item.source[:1], item.cue[0]),
        "content_apart": _apart(item.content, item.cue[0]),
    }  # fmt: skip


def _prior(item: Attribution) -> float:
    """Return the share right of what is found in this way, before the other features."""
    if item.sure is not None:
        return _between(item.sure)
    for family, share in BY_FAMILY:
        if item.rule.startswith(family):
            return share
    if item.entry is not None and not item.entry.voiced:
        return UNVOICED
    return BY_CLAUSE if "clause" in item.rule or "beside" in item.rule else BY_PHRASE


def _between(sure: float) -> float:
    for (low, first), (high, last) in itertools.pairwise(SURE):
        if sure <= high:
            return first + (last - first) * (sure - low) / (high - low)
    return SURE[-1][1]


def _apart(spans: Iterable[Range], cue: tuple[int, int]) -> float:
    """Return the logarithm of how many tokens stand between spans and a cue; 0 for no spans."""
    gaps = [max(0, start - cue[1], cue[0] - end) for start, end in spans]
    return math.log1p(min(gaps, default=0))
