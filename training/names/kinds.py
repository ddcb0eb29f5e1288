"""The kinds of names, and which of them each corpus's types can mean.

Training counts every kind that a label allows, so that corpora with coarse types teach boundaries
and what they do tell, and nothing that they don't.
"""

from onrecord.models.names import KINDS

BODIES = frozenset({"armed group", "party", "government", "organisation", "outlet"})
PLACES = frozenset({"state", "place"})
OTHER = frozenset({"people", "event"})

CROSSNER = {
    "politician": frozenset({"person"}),
    "person": frozenset({"person"}),
    "politicalparty": frozenset({"party"}),
    "organisation": BODIES - {"party"},
    "country": frozenset({"state"}),
    "location": frozenset({"place"}),
    "election": frozenset({"event"}),
    "event": frozenset({"event"}),
    "misc": OTHER,
}
MEANTIME = {"PER": frozenset({"person"}), "ORG": BODIES, "LOC": PLACES}
OURS = {
    "person": frozenset({"person"}),
    "armed": frozenset({"armed group"}),
    "party": frozenset({"party"}),
    "government": frozenset({"government"}),
    "outlet": frozenset({"outlet"}),
    "organisation": frozenset({"organisation"}),
    "state": frozenset({"state"}),
    "place": frozenset({"place"}),
    "people": frozenset({"people"}),
    "event": frozenset({"event"}),
}


def tag(kind: str, *, begins: bool) -> int:
    """Return the number of the tag B or I of a kind; 0 is O."""
    return 1 + 2 * KINDS.index(kind) + (not begins)
