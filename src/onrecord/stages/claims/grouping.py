"""Joins propositions and statements into claims: who puts each forward, and who denies it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.ids import make_id
from onrecord.stages.claims.propositions import Proposition
from onrecord.stages.claims.words import SameWords
from onrecord.stages.ties.lexicon import kinds
from onrecord.types import Claim, Evidence, Link, LinkHow, LinkSide, Statement, When

# Days within which two undated-to-the-day tellings of one kind of event can be one event.
NEAR_DAYS = 45
MOST_SHOWN = 300  # characters; a longer sentence is printed only where there is no shorter one


@dataclass(slots=True)
class Group:
    """Statements and events about one proposition, gathered in the order of ids."""

    predicate: str
    about: tuple[str, ...]
    asserted: dict[str, Evidence] = field(default_factory=dict)
    denied: dict[str, Evidence] = field(default_factory=dict)
    told: dict[str, Evidence] = field(default_factory=dict)
    told_here: list[Evidence] = field(default_factory=list)
    denied_here: list[Evidence] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    links: dict[str, tuple[LinkHow, str, float]] = field(default_factory=dict)

    def add(self, proposition: Proposition) -> None:
        """Put a proposition on the side that it stands on."""
        words = proposition.evidence
        if proposition.statement:
            side = self.denied if proposition.denied else self.asserted
            side.setdefault(proposition.statement, words)
        elif proposition.denied:
            self.denied_here.append(words)
        elif proposition.event:
            self.told.setdefault(proposition.event, words)
        else:
            self.told_here.append(words)


Key = tuple[str, str, str | None, str | None]


def grouped(found: Iterable[Proposition]) -> list[Group]:
    """Return the groups of propositions, each with a subject and object or a subject alone.

    A proposition about the subject alone ("it does not shelter terrorists") also bears on every
    group of that predicate and subject: what is denied of all is denied of each.
    """
    ordered = sorted(found, key=_order)
    groups: dict[Key, Group] = {}
    events: dict[tuple[str, str, str | None], list[tuple[Proposition, Key]]] = defaultdict(list)
    for proposition in ordered:
        key = _key(proposition, events)
        group = groups.get(key)
        if group is None:
            about = tuple(part for part in (proposition.subject, proposition.object) if part)
            group = groups[key] = Group(proposition.predicate, about)
        elif proposition.object and proposition.object not in group.about:
            group.about = (*group.about, proposition.object)
        group.add(proposition)
    _spread_denials(groups)
    return [groups[key] for key in sorted(groups, key=repr)]


def _order(proposition: Proposition) -> tuple[str, str, int, str]:
    return (
        proposition.report,
        proposition.predicate,
        proposition.evidence.start,
        proposition.statement or proposition.event or "",
    )


def _key(
    new: Proposition, events: dict[tuple[str, str, str | None], list[tuple[Proposition, Key]]]
) -> Key:
    """Return the key of the group that a proposition belongs to."""
    if new.event is None:
        return new.predicate, new.subject, new.object, None
    kept = events[new.predicate, new.subject, new.story]
    for other, key in kept:
        if _one_event(new, other):
            return key
    key = (new.predicate, new.subject, new.object, new.event)
    kept.append((new, key))
    return key


def _one_event(one: Proposition, other: Proposition) -> bool:
    """Tell whether two tellings within a story can be of one event."""
    apart = one.object and other.object and one.object != other.object
    if apart and not (one.at_place or other.at_place):
        return False
    # A denial says of which event it is by its word, or by whom it was done to.
    same = one.word == other.word or (one.object is not None and one.object == other.object)
    if one.denied != other.denied and not same:
        return False
    return _near(one.when, other.when)


def _near(one: When, other: When) -> bool:
    first, last = one.earliest, other.latest
    if first and last and (first - last).days > NEAR_DAYS:
        return False
    first, last = other.earliest, one.latest
    return not (first and last and (first - last).days > NEAR_DAYS)


def _spread_denials(groups: Mapping[Key, Group]) -> None:
    """Let what is denied of a subject alone bear on what is said of it and somebody.

    What runs one way ("we shelter nobody") is denied of everybody; what runs both ways ("there is
    no such link") only of the one that most reports near it speak of.
    """
    by_subject: dict[tuple[str, str], list[Group]] = defaultdict(list)
    alone: list[Group] = []
    for key in sorted(groups, key=repr):
        group = groups[key]
        predicate, _, other, event = key
        if event is not None:
            continue
        if other is None:
            alone += [group] if group.denied else []
            continue
        for actor in group.about[: 2 if predicate in BOTH else 1]:
            by_subject[predicate, actor].append(group)
    for general in alone:
        chosen = by_subject[general.predicate, general.about[0]]
        if general.predicate in BOTH:
            near = [group for group in chosen if _meet(group, general)]
            chosen = sorted(near, key=lambda group: -len(group.asserted))[:1]
        for group in chosen:
            new = {key: general.denied[key] for key in general.denied if key not in group.asserted}
            if new:
                group.denied = new | group.denied
                group.why.append("denied in general, naming nobody")


def _meet(group: Group, general: Group) -> bool:
    """Tell whether a report that holds the denial also puts forward what the group says."""
    here = {words.report for words in general.denied.values()}
    return any(words.report in here for words in group.asserted.values())


BOTH = frozenset(kind.name for kind in kinds().values() if kind.both)


def whole(statement: Statement, text: str) -> Evidence:
    """Return a statement with who says it and how, where that stands in the words before it.

    `text` is the report's; a long way from source to content, or a paragraph between, is left out.
    """
    content = statement.content[0]
    parts = (*statement.source, *statement.cue, content)
    start, end = min(part.start for part in parts), content.end
    words = text[start:end]
    if len(words) > MOST_SHOWN or "\n\n" in words:
        return content
    return Evidence(content.report, start, end, words)


def by_words(
    same: Sequence[SameWords], statements: Mapping[str, Statement], texts: Mapping[str, str]
) -> list[Group]:
    """Return a group for each set of statements that are the same words, whoever spoke them."""
    groups = []
    for words in same:
        group = Group("the same words", ())
        for key in words.statements:
            statement = statements[key]
            side = group.denied if statement.act == "deny" else group.asserted
            quoted = statement.mode == "direct"
            words_there = whole(statement, texts[statement.report])
            side[key] = statement.content[0] if quoted else words_there
        group.why.append(words.why)
        groups.append(group)
    return groups


def distinct(groups: Sequence[Group]) -> list[Group]:
    """Return the groups that are no part of a larger one with the same sides and actors.

    Of the subject alone, or by words alone, a proposition says less than one of two actors; where
    the same statements stand on the same sides of both it is told once.
    """
    ranked = sorted(groups, key=lambda g: (-len(g.about), -len(g.asserted) - len(g.denied)))
    kept: list[Group] = []
    holding: dict[str, list[Group]] = defaultdict(list)
    for group in ranked:
        first = next(iter((*group.asserted, *group.denied)), None)
        if not any(_within(group, other) for other in holding.get(first or "", ())):
            kept.append(group)
            for key in (*group.asserted, *group.denied):
                holding[key].append(group)
    return kept


def _within(group: Group, other: Group) -> bool:
    return (
        group.asserted.keys() <= other.asserted.keys()
        and group.denied.keys() <= other.denied.keys()
        and group.told.keys() <= other.told.keys()
        and set(group.about) <= set(other.about)
    )


def claim_of(group: Group, origins: Mapping[str, str]) -> Claim | None:
    """Return the claim of a group, printed in words of the record; None when nobody said it.

    `origins` gives the origin of each statement; those of the statements that assert it are kept.
    """
    if not group.asserted and not group.denied:
        return None
    # Of a subject alone, talk is too general to be a claim unless somebody contests it.
    contested = group.asserted and group.denied and group.predicate not in BOTH
    if len(group.about) == 1 and not group.told and not contested:
        return None
    words = _printed(group)
    told = sorted(group.told)
    asserted, denied = sorted(group.asserted), sorted(set(group.denied) - set(group.asserted))
    return Claim(
        id=make_id("claim", group.predicate, group.about[:2], words.report, words.start, words.end),
        text=" ".join(words.text.split()),
        about=group.about,
        asserted=tuple(asserted),
        denied=tuple(denied),
        told=tuple(told),
        origins=tuple(sorted({origins[key] for key in asserted if key in origins})),
        evidence=(words,),
        predicate=group.predicate,
        why="; ".join(dict.fromkeys(group.why)),
        links=(
            *(_link(group, key, "for") for key in asserted),
            *(_link(group, key, "against") for key in denied),
        ),
    )


def _link(group: Group, key: str, side: LinkSide) -> Link:
    """Return how a statement bears on a claim: as an answer tells it, else by what it says."""
    if key in group.links:
        how, why, likely = group.links[key]
        return Link(key, side, how, why, likely)
    if side == "for":
        return Link(key, side, "assertion", "puts it forward")
    return Link(key, side, "denial", "denies it")


def _printed(group: Group) -> Evidence:
    """Return the words that a claim is printed in: short, and from those who put it forward."""
    for side in (group.asserted.values(), group.told.values(), group.denied.values()):
        found = sorted(side, key=lambda words: (len(words.text) > MOST_SHOWN, words))
        if found:
            return found[0]
    return sorted(group.told_here + group.denied_here)[0]
