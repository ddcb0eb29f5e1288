"""Who is one because reports of one happening speak of them: family names, descriptions.

"Foo" alone is the only "Bar Foo" of the same story, and "Barry Foo" is too; "Comedian Bar Foo",
which one report has, is "Bar Foo", whom several have; "the driver" of one report is that of
another, and is whoever alone is named and called the driver in the story.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from onrecord.geography import fold, is_place
from onrecord.stages.actors.words import heads, titles
from onrecord.stages.resolve.bundles import Bundle, is_generic
from onrecord.stages.resolve.links import FAIR, SMALL, Link
from onrecord.types import Entity, Reading

LARGEST_FAMILY = 40  # bearers of a family name in one story that are compared
LONGEST_RUN = 14  # words in which a name is looked for
UNNAMED = "unnamed"  # what bundles of descriptions are called


@dataclass(frozen=True, slots=True)
class Told:
    """An entity of a story's report, its bundle, and the nouns that the report calls it by."""

    bundle: Bundle
    entity: Entity
    nouns: frozenset[str]


def together(
    bundles: dict[str, Bundle],
    readings: Iterable[Reading],
    story_of: Mapping[str, str],
    *,
    nouns_too: bool,
) -> Iterator[Link]:
    """Yield the links that reports of one story give; `story_of` has the story by report.

    With `nouns_too` also those who are only called by one noun: a guess, which no record rests on.
    """
    nouns = _nouns(readings)
    stories: dict[str, list[Told]] = defaultdict(list)
    for bundle in bundles.values():
        for entity in bundle.entities:
            if entity.report in story_of:
                told = Told(bundle, entity, frozenset(nouns[entity.id]))
                stories[story_of[entity.report]].append(told)
    for told_ in stories.values():
        told_ = _here_alone(told_)
        yield from _family_names(told_)
        yield from _last_words(told_)
        yield from _run_together(told_)
        if nouns_too:
            yield from _described(told_)


def _here_alone(told: list[Told]) -> list[Told]:
    """Return those whose short name is in no other story, where it may mean somebody else."""
    reports = {one.entity.report for one in told}
    return [one for one in told if len(one.bundle.tokens) != 1 or one.bundle.reports <= reports]


def _nouns(readings: Iterable[Reading]) -> dict[str, set[str]]:
    """Return for each entity the last words of what describes it, and of its offices."""
    nouns: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for mention in reading.mentions:
            words = fold(mention.span.text).split()
            if mention.how == "description" and words:
                nouns[mention.actor].add(words[-1])
        for entity in reading.entities:
            nouns[entity.id].update(
                word for role in entity.roles for word in fold(role.role).split()[-1:]
            )
            words = fold(entity.name).split()
            headed = heads().get(words[-1], "event") != "event" if words else False
            if not entity.named or headed or (len(words) == 1 and entity.country is None):
                nouns[entity.id].update(words[-1:])
    return nouns


def _family_names(told: list[Told]) -> Iterator[Link]:
    bearers: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    alone: dict[str, set[str]] = defaultdict(set)
    for one in told:
        words = _unstyled(one.bundle.tokens)
        if one.bundle.broad == "person" and len(words) > 1:
            bearers[words[-1]][one.bundle.key] = words
        elif words and (one.bundle.broad == "person" or _untold(one.bundle)):
            alone[words[-1]].add(one.bundle.key)
    for name, found in sorted(bearers.items()):
        firsts = {words[0] for words in found.values()}
        for one_, other in combinations(sorted(found)[:LARGEST_FAMILY], 2):
            if found[one_][0][0] == found[other][0][0]:
                same = _short_for(found[one_], found[other], firsts)
                why = f"{name!r} and the first letter are the same in one story"
                yield Link(one_, other, why, FAIR, same=same)
        # An initial may be cut from the middle of a name, and makes nobody a second bearer.
        full = {key: words for key, words in found.items() if len(words[0]) > 1} or found
        shortest = min((words[0] for words in full.values()), key=len)
        if all(words[0].startswith(shortest) for words in full.values()):
            for key in sorted(alone[name]):
                why = f"{name!r} is the family name of one person alone in a story"
                yield Link(key, min(full), why, FAIR)


def _short_for(one: tuple[str, ...], other: tuple[str, ...], firsts: set[str]) -> bool:
    """Tell whether a first name is the beginning of one other alone ("B.", "Bar" for "Barry").

    `firsts` has the first names of all who bear the family name in the story.
    """
    short, long = sorted((one, other), key=lambda words: (len(words[0]), len(words)))
    if short[0] == long[0]:
        return set(short) <= set(long) or set(long) <= set(short)
    meant = {first for first in firsts if first.startswith(short[0]) and first != short[0]}
    return meant == {long[0]}


def _last_words(told: list[Told]) -> Iterator[Link]:
    """Yield links between a body's name and the only longer one of the story that ends in it."""
    longer: dict[tuple[str, ...], set[str]] = defaultdict(set)
    groups = {one.bundle.key: one.bundle for one in told if _may_be_body(one.bundle)}
    for bundle in groups.values():
        for i in range(1, len(bundle.tokens)):
            if bundle.tokens[i - 1] not in SMALL:
                longer[bundle.tokens[i:]].add(bundle.key)
    for key, bundle in sorted(groups.items()):
        found = sorted(longer[bundle.tokens], key=lambda one: (len(groups[one].tokens), one))
        if not found or is_generic(bundle.name):
            continue
        shortest = groups[found[0]].tokens
        if all(groups[one].tokens[-len(shortest) :] == shortest for one in found):
            why = f"{bundle.name!r} is the end of one name alone in a story"
            yield from (
                Link(key, one, why, FAIR) for one in found if groups[one].tokens == shortest
            )


def _may_be_body(bundle: Bundle) -> bool:
    """Tell whether a name is a body's, or called a place that no atlas knows."""
    placed = bundle.broad == "place" and not is_place(bundle.name)
    return bundle.broad == "group" or placed


def _run_together(told: list[Told]) -> Iterator[Link]:
    """Yield links from what one report prints around a person's name to the name alone."""
    reports: dict[str, set[str]] = defaultdict(set)
    people = {one.bundle.key: one.bundle for one in told if one.bundle.broad == "person"}
    for one in told:
        reports[one.bundle.key].add(one.entity.report)
    names = {
        bundle.tokens: key
        for key, bundle in people.items()
        if len(reports[key]) > 1 and len(bundle.tokens) > 1
    }
    for key, bundle in sorted(people.items()):
        size = len(bundle.tokens)
        if len(reports[key]) > 1 or size > LONGEST_RUN:
            continue
        runs = (bundle.tokens[i:j] for i in range(size) for j in range(i + 2, size + 1))
        parts = {names[run] for run in runs if run in names}
        if len(parts) == 1:
            (other,) = parts
            why = f"{bundle.name!r} is {people[other].name!r} with words of one report around it"
            yield Link(key, other, why, FAIR)


def _unstyled(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name's words without a style or honorific at its start ("Mullah Foo", "Dr Foo")."""
    while len(tokens) > 1 and (tokens[0] in titles("style") or tokens[0] in titles("honorific")):
        tokens = tokens[1:]
    return tokens


def _untold(bundle: Bundle) -> bool:
    """Tell whether nothing says what a name of one word is."""
    single = bundle.broad == "group" and len(bundle.tokens) == 1
    return single and all(entity.kind == "unknown" for entity in bundle.entities)


def _described(told: list[Told]) -> Iterator[Link]:
    """Yield links between those that are called by one noun, of whom at most one is named."""
    by_noun: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        for noun in one.nouns:
            by_noun[noun].append(one)
    for noun, found in sorted(by_noun.items()):
        if not any(one.bundle.broad == UNNAMED for one in found):
            continue
        # Of two drivers in one report nothing tells which one another report means.
        counts = Counter(one.entity.report for one in found if one.bundle.broad == UNNAMED)
        unnamed = [
            one.bundle.key
            for one in found
            if _only_called(one, noun) and counts[one.entity.report] < 2
        ]
        for one_, other in pairwise(unnamed):
            why = f"the reports of a story call them {noun!r}"
            yield Link(one_, other, why, FAIR)
        meant = _mostly_called(found, noun)
        if meant is not None:
            for key in unnamed:
                why = f"of those named, whom most reports of a story call {noun!r}"
                yield Link(key, meant, why, FAIR)


def _only_called(one: Told, noun: str) -> bool:
    """Tell whether an entity has no name, or the noun for one, in capitals.

    Of several people, or what is unclear, the noun is no name: others have other soldiers.
    """
    clear = one.bundle.broad == UNNAMED and one.entity.kind != "unknown"
    return clear or one.bundle.name == noun


def _mostly_called(found: list[Told], noun: str) -> str | None:
    """Return the bundle of the only one named, or of whom more reports mean than any other."""
    named = {(one.bundle.key, one.entity.report) for one in found if not _only_called(one, noun)}
    counts = Counter(key for key, _ in sorted(named)).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]
