"""Entities and mentions of a report, made from the drafts and what was assigned to them."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from onrecord.geography import country_name, fold
from onrecord.ids import make_id
from onrecord.parsing import evidence
from onrecord.stages.actors.assign import Assigned
from onrecord.stages.actors.cast import OWNED, TAILS, Drafts
from onrecord.stages.actors.joining import is_acronym
from onrecord.stages.actors.kinds import decide
from onrecord.stages.actors.page import DANGLING, Page
from onrecord.stages.actors.roles import Belonging, Office
from onrecord.stages.actors.words import around, heads
from onrecord.types import ActorKind, Entity, Mention, Part, Role, When

SHOUTED = 5  # letters up to which a name in capitals may be an abbreviation
COMMON = 3  # times a bare name is printed before a small head after it is a mere description
FORMER = frozenset({"former", "ex", "ex-", "late", "then", "ousted", "deposed"})


@dataclass(slots=True)
class Cast:
    """Entities by key: their kind, country and printed forms."""

    kinds: dict[str, ActorKind] = field(default_factory=dict)
    countries: dict[str, str | None] = field(default_factory=dict)
    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def cast(page: Page, drafts: Drafts, joined: dict[str, str], mentions: list[Assigned]) -> Cast:
    """Return kind, country and forms of every entity that is mentioned."""
    result = Cast()
    for mention in mentions:
        form = page.words(mention.first, mention.last)
        if mention.how != "description":
            result.forms[mention.key][form] += 1
        else:
            result.forms[mention.key][form] += 0
    members: dict[str, list[str]] = defaultdict(list)
    for key, target in joined.items():
        members[target].append(key)
    for key in result.forms:
        prefix, _, rest = key.partition(":")
        if rest:
            result.kinds[key] = "place" if prefix == "capital" else "state"
            result.countries[key] = rest[:2] if prefix == "state" else None
            continue
        tally: dict[str, float] = defaultdict(float)
        codes = set()
        telling = [m for m in members[key] if not _only_described(drafts[m].forms)]
        for member in telling or members[key]:
            for vote, weight in drafts[member].tally.items():
                # What speaks against a kind speaks of that name alone.
                tally[vote] += weight if len(telling or members[key]) == 1 else max(0.0, weight)
            if drafts[member].country is not None:
                codes.add(drafts[member].country)
        governs = any(drafts[m].kind == "government" for m in telling or members[key])
        kind: ActorKind = "government" if governs else decide(tally) or "unknown"
        result.kinds[key] = kind
        result.countries[key] = next(iter(codes)) if governs and len(codes) == 1 else None
    return result


def _only_described(forms: Counter[str]) -> bool:
    """Tell whether each form ends in a small head, as in "Foo government"."""
    return all(form.split()[-1:] and form.split()[-1] in TAILS for form in forms)


def best_name(key: str, forms: Counter[str], kind: ActorKind) -> str:
    """Return the fullest form: words in full before abbreviations, capitals before small heads."""
    prefix, _, rest = key.partition(":")
    if rest and prefix == "state":
        return country_name(rest)

    def rank(form: str) -> tuple[bool, bool, bool, int, int, str]:
        words = form.split()
        described = len(words) > 1 and words[-1] in TAILS
        # "the Foo network" is the name where a bare "Foo" is rare.
        described = described and (
            words[-1] in around("rule") or forms[" ".join(words[:-1])] >= COMMON
        )
        full = len(words) if kind != "place" else 0
        # Letters in capitals throughout come from headlines and datelines.
        shouted = form.isupper() and len(form) > 5
        short = len(words[:1]) == 1 and len(words[0].rstrip(".")) == 1
        return (is_acronym(form) or shouted, described, short, -full, -forms[form], form)

    # A state is called by its own name, not by its capital's or its people's.
    own = [form for form in forms if kind == "state" and fold(form) == key]
    best = min(own or forms, key=rank)
    plain = prefix == "capital" or (kind in ("place", "person", "state") and len(best) > SHOUTED)
    return best.title() if plain and best.isupper() else best


def build(
    page: Page,
    found: Cast,
    mentions: list[Assigned],
    offices: list[Office],
    parts: list[Belonging],
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Return the entities by id and the mentions by place."""
    report = page.parse.report
    names = {key: best_name(key, found.forms[key], found.kinds[key]) for key in found.forms}
    ids = {
        key: make_id("entity", report.id, name, found.kinds[key], key.partition(OWNED)[2])
        for key, name in names.items()
    }
    held, belonging = defaultdict(list), defaultdict(list)
    for office in offices:
        held[office.key].append(office)
    for part in parts:
        belonging[part.key].append(part)
    entities = {}
    for key, name in names.items():
        entities[ids[key]] = Entity(
            id=ids[key],
            report=report.id,
            name=name,
            kind=found.kinds[key],
            names=_forms(name, found.forms[key]),
            roles=_roles(page, held[key], names, found.kinds),
            part_of=_parts(page, belonging[key], ids),
            country=found.countries[key],
        )
    written = [_mention(page, mention, ids[mention.key]) for mention in mentions]
    ordered = sorted(written, key=lambda mention: (mention.span.start, mention.span.end))
    return tuple(entities[id_] for id_ in sorted(entities)), tuple(ordered)


def _forms(name: str, forms: Counter[str]) -> tuple[str, ...]:
    """Return the printed names, one for each way of writing that differs by more than case."""
    printed = {form for form, count in forms.items() if count}
    return tuple(sorted(printed)) or (name,)


def _mention(page: Page, mention: Assigned, actor: str) -> Mention:
    start, end = page.parse.starts[mention.first], page.parse.end(mention.last - 1)
    while end - start > 1 and page.parse.report.text[end - 1] in DANGLING:
        end -= 1
    span = evidence(page.parse.report, start, end)
    id_ = make_id("mention", span.report, span.start, span.end)
    how = mention.how
    if how == "name" and is_acronym(span.text) and len(span.text) > 2:
        how = "alias"
    return Mention(id_, span.report, span, actor, how)


def _roles(
    page: Page, offices: list[Office], names: dict[str, str], kinds: dict[str, ActorKind]
) -> tuple[Role, ...]:
    """Return the offices, each with the body or state that it is held for."""
    roles: dict[tuple[str, str], Role] = {}
    published = page.parse.report.published
    for office in offices:
        former = any(word in FORMER for word in office.role.lower().split())
        when = When(None if former else published.earliest, published.latest)
        told = (page.parse.evidence(office.first, office.last),)
        of = _held_for(office, names, kinds)
        key = (fold(office.role), fold(of or ""))
        roles.setdefault(key, Role(office.role, of, when, told))
    return tuple(roles[key] for key in sorted(roles))


def _held_for(office: Office, names: dict[str, str], kinds: dict[str, ActorKind]) -> str | None:
    """Return whom an office is held for: as printed, but in full for an adjective or short form."""
    if office.of is None or office.of_key is None:
        return office.of
    best = names.get(office.of_key, office.of)
    short = is_acronym(office.of) or office.of.lower() in heads()
    return best if short or kinds.get(office.of_key) == "state" else office.of


def _parts(page: Page, parts: list[Belonging], ids: dict[str, str]) -> tuple[Part, ...]:
    published = page.parse.report.published
    when = When(published.earliest, published.latest)
    whole: dict[str, Part] = {}
    for part in parts:
        told = (page.parse.evidence(part.first, part.last),)
        whole.setdefault(ids[part.whole], Part(ids[part.whole], when, told))
    return tuple(whole[id_] for id_ in sorted(whole))
