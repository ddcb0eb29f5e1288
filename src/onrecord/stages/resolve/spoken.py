"""Two bodies that one person speaks for or leads may be one: a movement and what it governs as."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from onrecord.geography import fold
from onrecord.stages.resolve.bundles import Bundle
from onrecord.stages.resolve.links import FAIR, Link

SPEAKING = ("spokes",)  # how the offices begin of those who speak for a body
MOST = 3  # bodies; who speaks for more than so many is hired to speak


def spoken_for(bundles: dict[str, Bundle]) -> Iterator[Link]:
    """Yield a doubt for each two bodies with one spokesman, who has a name of two words or more."""
    bodies: dict[str, set[str]] = defaultdict(set)
    for bundle in bundles.values():
        if bundle.broad == "group":
            for form in bundle.forms:
                bodies[form].add(bundle.key)
    for person in bundles.values():
        if person.broad != "person" or len(person.tokens) < 2:
            continue
        offices = {
            fold(role.of): role.role
            for entity in person.entities
            for role in entity.roles
            if role.of and role.role.lower().startswith(SPEAKING)
        }
        keys = {key for of in offices for key in bodies[of] if len(bodies[of]) == 1}
        if len(keys) <= MOST:
            for one, other in combinations(sorted(keys), 2):
                why = f"{person.entities[0].name!r} speaks for both"
                yield Link(one, other, why, FAIR, same=False)
