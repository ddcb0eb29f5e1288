"""Entities of all reports bundled by name: what is compared, instead of all pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.geography import country_named, country_of_capital, country_of_demonym, fold, is_place
from onrecord.stages.actors.cast import core
from onrecord.stages.actors.joining import body_words, is_acronym
from onrecord.stages.actors.words import heads, is_title, titles
from onrecord.types import Entity, Reading

BROAD = {
    "person": "person",
    "state": "state",
    "place": "place",
    "document": "document",
}
# What names a body of any state or organisation as long as nothing says whose.
GENERIC = frozenset(
    "of the and for on joint national general armed security defense defence military air ground "
    "naval special public federal city town district state county provincial regional municipal "
    "local village party parliament government border coast court police council committee army "
    "ministry intelligence people peoples people's workers workers' election presidential".split()
)


@dataclass(slots=True)
class Bundle:
    """Entities of one broad kind that have the same folded name."""

    key: str
    broad: str
    name: str
    entities: list[Entity] = field(default_factory=list)
    acronyms: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    country: str | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the folded name."""
        return tuple(self.name.split())

    @property
    def reports(self) -> set[str]:
        """The reports whose entities these are."""
        return {entity.report for entity in self.entities}


def broad_kind(entity: Entity) -> str:
    """Return person, state, place, document or group: kinds that are never one actor."""
    return BROAD.get(entity.kind, "group")


def bundle(readings: Iterable[Reading]) -> dict[str, Bundle]:
    """Return the bundles by key, in the order of their keys."""
    entities = sorted(
        (entity for reading in readings for entity in reading.entities),
        key=lambda entity: entity.id,
    )
    misplaced = _misplaced(entities)
    bundles: dict[str, Bundle] = {}
    for entity in entities:
        broad = broad_kind(entity)
        name = fold(entity.name)
        if not entity.named:
            broad = "unnamed"  # no rule compares descriptions
        elif name in misplaced and broad in ("place", "group"):
            broad = "group"
        key = _key(entity, broad, name)
        found = bundles.setdefault(key, Bundle(key, broad, name))
        found.entities.append(entity)
        _describe(found, entity)
    return {key: bundles[key] for key in sorted(bundles)}


def _describe(found: Bundle, entity: Entity) -> None:
    for form in (entity.name, *entity.names):
        if is_acronym(form):
            found.acronyms.add(form.replace(".", ""))
        found.forms.add(fold(form))
    if entity.kind == "government" or entity.kind == "state":
        found.country = found.country or entity.country


def _misplaced(entities: Iterable[Entity]) -> set[str]:
    """Return names read as a place here and as a body there, that no atlas knows as a place."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        seen[fold(entity.name)][broad_kind(entity)] += 1
    return {
        name
        for name, kinds in seen.items()
        if kinds["place"]
        and kinds["group"] >= kinds["place"]
        and not is_place(name)
        and not country_of_capital(name)
    }


def _key(entity: Entity, broad: str, name: str) -> str:
    """Return the key of an entity's bundle; what no name tells apart stays by itself."""
    if not entity.named or not name:
        return f"{broad}|{entity.id}"
    if broad == "state" and entity.country:
        return f"state|{entity.country}"
    if entity.kind in ("government", "organisation") and is_generic(name):
        # "the Foreign Ministry" is of one state or another: without the state, of this report.
        owner = entity.country or entity.id
        return f"group|{' '.join(body_words(tuple(name.split()))) or name}|{owner}"
    if broad == "person" and len(name.split()) == 1:
        return f"person|{name}|{entity.id}"
    return f"{broad}|{name}"


def is_generic(name: str) -> bool:
    """Tell whether a body's name holds no word of its own ("Supreme Court", "Army").

    Two heads are a name of its own ("Army Council", "Valley Watch"), where the first is not one
    that every state has bodies of.
    """
    *words, last = name.split() or [""]
    common = all(word in GENERIC or word in titles("modifier") or is_title(word) for word in words)
    return common and (
        last in heads() or last in titles("modifier") or last in GENERIC or is_title(last)
    )


def squashed(found: Bundle) -> str:
    """Return a group's core without blanks, so that hyphens and blanks make no difference."""
    return "".join(core(found.tokens))


def qualifier(found: Bundle) -> tuple[str, str] | None:
    """Return (country, rest) of "<Demonym> Foo", or None."""
    tokens = found.tokens
    if found.broad != "group" or len(tokens) < 2:
        return None
    code = country_of_demonym(tokens[0]) or country_named(tokens[0].upper())
    if code is None or is_generic(" ".join(tokens[1:])):
        return None
    return code, " ".join(tokens[1:])
