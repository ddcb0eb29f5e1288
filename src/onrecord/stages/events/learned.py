"""How an event stands, by weights that were learned over what rules say of it.

Rules (`standing`) say what negates, plans or conditions an event and whose words it stands in.
Whether words that somebody says assert an event or take it as known is a matter of many small
signs: a regression over those that can be read (`stand_features`) and over what the encoder gives
for the trigger and the word over it (`models/standing.md`).
"""

import bisect
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from onrecord.models.attribution import Tags
from onrecord.models.decoding import Floats, softmax
from onrecord.models.weights import weights_json
from onrecord.stages.events.coding import Coder
from onrecord.stages.events.stand_features import features
from onrecord.stages.events.standing import Stand, is_firm, may_be_told
from onrecord.stages.events.triggers import Trigger
from onrecord.types import Event, Standing

STANDINGS: tuple[Standing, ...] = ("told", "alleged", "denied", "planned", "conditional")
OPEN = (STANDINGS.index("denied"), STANDINGS.index("conditional"))
# Told only where that is so many times likelier than denied or conditional: to tell what did not
# happen is worse than to call told what somebody says.
SURER = 5.0
VECTOR = "vector"  # in the file of the weights, a row for each number that the encoder gives


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows how an event stands: features by name, and what the encoder gives."""

    features: frozenset[str]
    vector: Floats


def show(trigger: Trigger, rule: Stand, coder: Coder, tags: Tags) -> Shown:
    """Return what shows how the event of a trigger stands, which stands so by rule."""
    starts, token = coder.parse.starts, trigger.token
    statement = coder.contents.at(starts[token.i])
    found = features(token, rule.standing, rule.why, statement, starts)
    places = (_word(tags, starts[token.i]), _word(tags, starts[token.head.i]))
    return Shown(frozenset(found), np.concatenate([tags.middle[place] for place in places]))


def _word(tags: Tags, offset: int) -> int:
    return max(0, bisect.bisect_right(tags.words.starts, offset) - 1)


@functools.cache
def _weights() -> tuple[Mapping[str, Floats], Floats]:
    loaded = weights_json("standing.json")
    vector = np.array(loaded.pop(VECTOR), np.float32)
    return {name: np.array(row, np.float32) for name, row in loaded.items()}, vector


def shares(shown: Shown) -> Floats:
    """Return the share of each of STANDINGS, from 0 to 1."""
    named, vector = _weights()
    sums = named[""] + shown.vector @ vector
    for feature in sorted(shown.features):
        if feature in named:
            sums = sums + named[feature]
    return softmax(sums)


def likeliest(found: Floats) -> int:
    """Return the place of the standing to give, which is told only where that is sure enough."""
    order = [int(place) for place in np.argsort(-found, kind="stable")]
    told = order[0] == 0 and found[0] < SURER * sum(found[place] for place in OPEN)
    return order[1] if told else order[0]


def stood(event: Event, coder: Coder, tags: Tags) -> Event:
    """Return an event as it stands by the weights, with the reason where rules say otherwise."""
    trigger = coder.triggers.get(event.id)
    if trigger is None:
        return event
    rule = coder.stand(trigger)
    if is_firm(trigger.token, rule):
        return event
    found = shares(show(trigger, rule, coder, tags))
    if not may_be_told(trigger.token, rule):
        found = np.array([0.0, *found[1:]], np.float32) / max(1e-9, 1 - found[0])
    place = likeliest(found)
    if STANDINGS[place] == event.standing:
        return event
    why = f"{event.why}; taken as {STANDINGS[place]} all in all ({found[place]:.2f})"
    return replace(event, standing=STANDINGS[place], why=why)
