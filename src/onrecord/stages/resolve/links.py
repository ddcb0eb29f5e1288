"""Reasons to take two bundles for one actor, each in words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from onrecord.geography import country_named, country_of_demonym, fold
from onrecord.intervals import overlaps
from onrecord.stages.actors.cast import core
from onrecord.stages.actors.joining import body_words, is_company
from onrecord.stages.actors.states import adjective_bases, looks_adjectival
from onrecord.stages.actors.words import heads
from onrecord.stages.resolve.bundles import Bundle, qualifier, squashed

# Strength only orders the joins: the surest first, so that a doubtful one meets their evidence.
CERTAIN, STRONG, FAIR = 3, 2, 1
# Two spellings of one name: so alike as a whole (percent), and hardly an edit in each word. Of
# pairs judged by the names 50 of 54 from here on were one, 2 of 7 below (docs/decisions/011)
ALIKE = 90.0
ALIKE_WITH_ROLE = 80.0
MOST_EDITS = 2
SHORTEST_SPELLED = 5  # letters of a word in which an edit is a spelling and not another word
OFTEN = 3  # reports that give a name its abbreviation, for it to be no slip
MOST = 5  # times as many reports as all others together: a few slips make no second actor
FEWEST_WORDS = 3  # of a name that may be told by like words in another order
SMALL = frozenset("of the and for on in al el de la".split())
BASES = frozenset({"state", "place"})
LARGEST_BLOCK = 64  # names compared each with each; larger blocks are cut by their first letters

Bundles = dict[str, Bundle]


@dataclass(frozen=True, slots=True)
class Link:
    """Two bundles that are one actor for the reason `why`, or perhaps one when not `same`.

    `despite` holds though a report names both: a short form and the long one are no two actors.
    """

    one: str
    other: str
    why: str
    strength: int = STRONG
    same: bool = True
    despite: bool = False


def links(bundles: Bundles) -> list[Link]:
    """Return the links that names and offices give, in any order."""
    rules: tuple[Callable[[Bundles], Iterator[Link]], ...] = (
        spaced_alike,
        abbreviated,
        qualified,
        owned,
        middle_names,
        first_initials,
        adjectival,
        spelled_alike,
        transliterated,
        shortened,
        first_words,
        family_names,
    )
    return [_weighed(bundles, link) for rule in rules for link in rule(bundles)]


def _weighed(bundles: Bundles, link: Link) -> Link:
    """Return a link between persons as a doubt where their offices speak against it."""
    one, other = bundles[link.one], bundles[link.other]
    if not link.same or one.broad != "person" or other.broad != "person":
        return link
    against = _of_two(one, other)
    return replace(link, same=False, why=f"{link.why}, but {against}") if against else link


def _of_two(one: Bundle, other: Bundle) -> str:
    """Return in words an office that two hold at one time for two states, or nothing."""
    for mine in (role for entity in one.entities for role in entity.roles):
        for theirs in (role for entity in other.entities for role in entity.roles):
            states = {country_named(role.of) for role in (mine, theirs) if role.of} - {None}
            together = overlaps(mine.when, theirs.when.earliest, theirs.when.latest)
            if fold(mine.role) == fold(theirs.role) and len(states) > 1 and together:
                return f"one is {mine.role} of {mine.of} and the other of {theirs.of}"
    return ""


def ordered(found: Iterable[Link]) -> list[Link]:
    """Return links once each, surest first, in an order that content alone fixes."""
    two = {link for link in found if link.one != link.other}
    return sorted(two, key=lambda link: (-link.strength, link.one, link.other, link.why))


def _groups(bundles: Bundles) -> Iterator[Bundle]:
    return (b for b in bundles.values() if b.broad == "group" and b.key.count("|") == 1)


def _chain(found: list[Bundle], why: str, strength: int = STRONG) -> Iterator[Link]:
    for one, other in pairwise(found):
        yield Link(one.key, other.key, why.format(one.name, other.name), strength)


def spaced_alike(bundles: Bundles) -> Iterator[Link]:
    """Link names that differ by hyphens, blanks, "al" or a head word such as "network"."""
    blocks: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in _groups(bundles):
        blocks[squashed(bundle)].append(bundle)
    for alike in blocks.values():
        tails: dict[tuple[str, ...], list[Bundle]] = defaultdict(list)
        for bundle in alike:
            bare = core(bundle.tokens)
            tails[bundle.tokens[len(bundle.tokens) - _tail(bundle, bare) :]].append(bundle)
        for found in tails.values():
            yield from _chain(found, "{!r} and {!r} differ by hyphens or blanks alone", CERTAIN)
        headed = [tail for tail in tails if tail]
        if () in tails and len(headed) == 1:
            pair = [tails[()][0], tails[headed[0]][0]]
            yield from _chain(pair, "{!r} is {!r} without its head word, and no other has it")


def _tail(bundle: Bundle, bare: tuple[str, ...]) -> int:
    """Return how many head words end a name."""
    article = 1 if bundle.tokens[0] in ("al", "el") and bundle.tokens != bare else 0
    return max(0, len(bundle.tokens) - len(bare) - article)


def abbreviated(bundles: Bundles) -> Iterator[Link]:
    """Link an abbreviation that is introduced for one name only in all reports, or nearly so."""
    long: dict[str, dict[str, Bundle]] = defaultdict(dict)
    short: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in _groups(bundles):
        for acronym in bundle.acronyms:
            if fold(acronym) == bundle.name:
                short[acronym].append(bundle)
            else:
                long[acronym][bundle.name] = bundle
    for acronym, bare in short.items():
        meant = list(long.get(acronym, {}).values())
        main = _mostly(meant)
        for bundle in bare:
            for other in meant:
                why = f"{acronym!r} is introduced for {other.name!r}"
                if len(meant) > 1 and other is main:
                    why += f", and seldom for another of {len(meant)} names"
                told = len(other.reports) >= OFTEN
                yield Link(bundle.key, other.key, why, same=other is main, despite=told)


def _mostly(meant: list[Bundle]) -> Bundle | None:
    """Return the only one of some bundles, or the one that has most of their reports by far."""
    counts = sorted(meant, key=lambda bundle: (-len(bundle.reports), bundle.key))
    if not counts:
        return None
    others = sum(len(bundle.reports) for bundle in counts[1:])
    return counts[0] if len(counts[0].reports) >= MOST * others else None


def qualified(bundles: Bundles) -> Iterator[Link]:
    """Link a bare name and the only one with a people's adjective before it."""
    by_name = {bundle.name: bundle for bundle in _groups(bundles)}
    rivals: dict[str, dict[str, list[Bundle]]] = defaultdict(lambda: defaultdict(list))
    for bundle in _groups(bundles):
        found = qualifier(bundle)
        if found is not None:
            rivals[found[1]][found[0]].append(bundle)
    for rest, codes in sorted(rivals.items()):
        for same in codes.values():
            yield from _chain(same, "{!r} and {!r} name one people's group")
        bare = by_name.get(rest)
        if bare is None:
            continue
        for same in codes.values():
            why = f"no other people's {rest!r} than {same[0].name!r} is in the reports"
            if len(codes) > 1:
                why = f"{rest!r} may be any of {len(codes)} peoples'"
            yield Link(bare.key, same[0].key, why, same=len(codes) == 1)


def owned(bundles: Bundles) -> Iterator[Link]:
    """Link bodies of one state that are called the same but for the order and the state's name."""
    bodies: dict[tuple[str, tuple[str, ...]], list[Bundle]] = defaultdict(list)
    for bundle in bundles.values():
        if bundle.broad == "group" and bundle.country is not None:
            words = body_words(bundle.tokens)
            if words:
                bodies[bundle.country, words].append(bundle)
    for (country, _), found in bodies.items():
        yield from _chain(found, f"{{!r}} and {{!r}} are one body of {country}", CERTAIN)


def _persons(bundles: Bundles) -> Iterator[Bundle]:
    return (b for b in bundles.values() if b.broad == "person" and len(b.tokens) > 1)


def middle_names(bundles: Bundles) -> Iterator[Link]:
    """Link the same first and family name, one with names in between."""
    ends: dict[tuple[str, str], list[Bundle]] = defaultdict(list)
    for bundle in _persons(bundles):
        ends[bundle.tokens[0], bundle.tokens[-1]].append(bundle)
    for found in ends.values():
        found.sort(key=lambda bundle: (len(bundle.tokens), bundle.name))
        short = found[0]
        longer = [other for other in found[1:] if set(short.tokens) <= set(other.tokens)]
        several = any(not _nested(one, longer[0]) for one in longer[1:])
        for other in longer:
            why = f"{other.name!r} is {short.name!r} with a middle name"
            yield Link(short.key, other.key, why, same=not several)


def _nested(one: Bundle, other: Bundle) -> bool:
    first, second = sorted((one.tokens, other.tokens), key=len)
    return set(first) <= set(second)


def first_initials(bundles: Bundles) -> Iterator[Link]:
    """Link "F. Bar" and the only "Foo Bar" whose first name begins so."""
    bearers: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in _persons(bundles):
        if len(bundle.tokens[0]) > 1:
            bearers[bundle.tokens[-1]].append(bundle)
    for bundle in _persons(bundles):
        if len(bundle.tokens[0]) == 1:
            found = [b for b in bearers[bundle.tokens[-1]] if b.name[0] == bundle.name[0]]
            for other in found:
                why = f"{bundle.name!r} is {other.name!r} with the first name shortened"
                yield Link(bundle.key, other.key, why, same=len(found) == 1)


def adjectival(bundles: Bundles) -> Iterator[Link]:
    """Link a people's adjective and the only state or place whose name it is made of.

    What is not surely an adjective is linked to a state only.
    """
    places = {bundle.name: bundle for bundle in bundles.values() if bundle.broad in BASES}
    for bundle in bundles.values():
        body_or_place = bundle.broad in ("group", "place")
        if body_or_place and len(bundle.tokens) == 1 and looks_adjectival(bundle.name):
            bases = {base for base in adjective_bases(bundle.name) if base in places}
            bases.discard(bundle.name)
            if any(entity.kind != "people" for entity in bundle.entities):
                bases = {base for base in bases if places[base].broad == "state"}
            for base in sorted(bases):
                why = f"{bundle.name!r} is the adjective of {base!r}"
                yield Link(bundle.key, places[base].key, why, CERTAIN, same=len(bases) == 1)


def spelled_alike(bundles: Bundles) -> Iterator[Link]:
    """Link two spellings or transliterations of one name."""
    blocks: dict[tuple[str, ...], list[Bundle]] = defaultdict(list)
    for bundle in (*_persons(bundles), *_groups(bundles)):
        tokens = bundle.tokens
        if len(tokens) > 1:
            blocks[bundle.broad, "first", tokens[0], tokens[-1][:1]].append(bundle)
            blocks[bundle.broad, "last", tokens[-1], tokens[0][:1]].append(bundle)
    for block in blocks.values():
        block.sort(key=lambda bundle: bundle.name)
        for i, one in enumerate(block):
            # Sorted, so that spellings of one name stand near one another in a large block.
            for other in block[i + 1 : i + LARGEST_BLOCK]:
                if _spelled_alike(one, other):
                    why = f"{one.name!r} and {other.name!r} are two spellings of one name"
                    two = one.broad == "person" and _he_and_she(one.tokens[0], other.tokens[0])
                    why += ", but of a man and of a woman" if two else ""
                    yield Link(one.key, other.key, why, FAIR, same=not two)


def _he_and_she(one: str, other: str) -> bool:
    """Tell whether first names differ by the ending alone ("Mario", "Maria")."""
    return one[:-1] == other[:-1] and {one[-1:], other[-1:]} == {"a", "o"}


def _spelled_alike(one: Bundle, other: Bundle) -> bool:
    if len(one.tokens) != len(other.tokens):
        return False
    for left, right in zip(one.tokens, other.tokens, strict=True):
        if left != right and not _spelling(left, right):
            return False
    least = ALIKE_WITH_ROLE if _roles(one) & _roles(other) else ALIKE
    return fuzz.ratio(one.name, other.name) >= least


def transliterated(bundles: Bundles) -> Iterator[Link]:
    """Link two bodies' names of three words or more that are alike word for word in any order."""
    blocks: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in _groups(bundles):
        words = _content(bundle)
        if len(words) >= FEWEST_WORDS:
            # One word at least is the same in both.
            for word in words:
                blocks[word].append(bundle)
    for word in sorted(blocks):
        block = blocks[word]
        for i, one in enumerate(block):
            for other in block[i + 1 : i + LARGEST_BLOCK]:
                if one.name != other.name and _matched(_content(one), _content(other)):
                    why = f"{one.name!r} and {other.name!r} have the same words, spelled otherwise"
                    yield Link(one.key, other.key, why, FAIR)


def _content(bundle: Bundle) -> tuple[str, ...]:
    return tuple(sorted(word for word in bundle.tokens if word not in SMALL))


def _matched(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether each word of one name has its own in the other, the same or nearly so."""
    if len(one) != len(other):
        return False
    left, waiting = [word for word in one if word not in other], [w for w in other if w not in one]
    for word in left:
        like = next((w for w in waiting if _transliteration(word, w)), None)
        if like is None:
            return False
        waiting.remove(like)
    return bool(left)


def _transliteration(left: str, right: str) -> bool:
    long = min(len(left), len(right)) >= SHORTEST_SPELLED and not (left + right).isdigit()
    return long and left[0] == right[0] and Levenshtein.distance(left, right) <= MOST_EDITS


def shortened(bundles: Bundles) -> Iterator[Link]:
    """Link "Foo Front" and the only "Foo Front of Bar" in all reports."""
    longer: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in _groups(bundles):
        tokens = bundle.tokens
        for i in range(2, len(tokens) - 1):
            if tokens[i] in ("of", "for") and tokens[i - 1] in heads():
                longer[" ".join(tokens[:i])].append(bundle)
    for bundle in _groups(bundles):
        found = longer.get(bundle.name, [])
        for other in found:
            why = f"{bundle.name!r} is the beginning of {other.name!r}"
            if len(found) == 1:
                why += ", and of no other name"
            yield Link(bundle.key, other.key, why, FAIR, same=len(found) == 1)


def first_words(bundles: Bundles) -> Iterator[Link]:
    """Link "Foo" and the only company "Foo Bar Corporation" in all reports."""
    longer: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in _groups(bundles):
        if is_company(bundle.tokens):
            longer[bundle.tokens[0]].append(bundle)
    for bundle in _groups(bundles):
        plain = bundle.name not in heads() and not bundle.acronyms
        found = longer.get(bundle.name, []) if plain else []
        for other in found:
            why = f"{bundle.name!r} is the first word of {other.name!r}"
            if len(found) == 1:
                why += ", and of no other company"
            yield Link(bundle.key, other.key, why, FAIR, same=len(found) == 1, despite=True)


def _spelling(left: str, right: str) -> bool:
    """Tell whether two words may be one, spelled in two ways."""
    if min(len(left), len(right)) < SHORTEST_SPELLED or left.isdigit() or right.isdigit():
        return False
    # Words of the language ("Democratic", "Democrats") and peoples are words of their own.
    if any(word in heads() or country_of_demonym(word) for word in (left, right)):
        return False
    return left[0] == right[0] and Levenshtein.distance(left, right) <= MOST_EDITS


def _roles(bundle: Bundle) -> set[tuple[str, str]]:
    return {(fold(role.role), fold(role.of or "")) for e in bundle.entities for role in e.roles}


def family_names(bundles: Bundles) -> Iterator[Link]:
    """Link a family name alone in a report, and the only bearer whose office it is given."""
    bearers: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in _persons(bundles):
        bearers[bundle.tokens[-1]].append(bundle)
    for bundle in bundles.values():
        if bundle.broad != "person" or len(bundle.tokens) != 1:
            continue
        found = bearers.get(bundle.tokens[0], [])
        told = [other for other in found if _offices(bundle) & _offices(other)]
        for other in found:
            why = f"{bundle.name!r} is the family name of {other.name!r}"
            if told == [other]:
                why += ", and the office told is the same"
            yield Link(bundle.key, other.key, why, FAIR, same=told == [other])


def _offices(bundle: Bundle) -> set[str]:
    return {fold(role.role) for entity in bundle.entities for role in entity.roles}
