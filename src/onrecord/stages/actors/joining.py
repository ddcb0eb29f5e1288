"""Which drafts of one report mean the same actor, each join with its rule."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, pairwise

from onrecord.geography import country_named, country_of_demonym
from onrecord.stages.actors.aliases import aliases
from onrecord.stages.actors.cast import Draft, Drafts, core
from onrecord.stages.actors.kinds import credited
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.words import around, heads

GROUPS = frozenset(
    {"armed group", "party", "organisation", "outlet", "government", "people", "unknown"}
)
# The two spellings of a department's subject, and words that say only that it is a body.
BODY_WORDS = frozenset("department ministry of the office for and".split())
SPELLINGS = {"defence": "defense", "labour": "labor", "centre": "center"}
SHORTEST_ACRONYM = 2
LONGEST_ACRONYM = 8

Pair = tuple[str, str]


class Joins:
    """Union-find over the keys of drafts."""

    def __init__(self, drafts: Drafts) -> None:
        self.parent = {key: key for key in drafts}

    def find(self, key: str) -> str:
        """Return the key that stands for the set of a key."""
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make two sets one; the smaller key stands for it, whatever the order."""
        first, second = sorted((self.find(one), self.find(other)))
        self.parent[second] = first


def join(page: Page, drafts: Drafts) -> dict[str, str]:
    """Return for each key the key of the draft that it is one with."""
    joins = Joins(drafts)
    pairs = chain(
        by_bracket(page, drafts),
        by_initials(page, drafts),
        by_slip(page, drafts),
        by_core(drafts),
        by_demonym(drafts),
        by_body(drafts),
        by_shortening(drafts),
        by_first_word(drafts),
        by_middle_name(drafts),
        by_initial(drafts),
        aliases(page, drafts),
    )
    for one, other in pairs:
        joins.join(one, other)
    return {key: joins.find(key) for key in sorted(drafts)}


def initials(words: str) -> set[str]:
    """Return the acronyms that a name may have, with and without its small words."""
    parts = [
        part for part in words.replace("-", " ").replace("’", " ").split() if part[0].isalnum()
    ]
    return {
        "".join(part[0] for part in parts).upper(),
        "".join(part[0] for part in parts if part[0].isupper() or part[0].isdigit()).upper(),
    }


def is_acronym(form: str) -> bool:
    """Tell whether a name is an abbreviation in capitals."""
    letters = form.replace(".", "").replace("-", "")
    capitals = sum(letter.isupper() for letter in letters)
    return (
        SHORTEST_ACRONYM <= len(letters) <= LONGEST_ACRONYM
        and " " not in form
        and capitals >= max(2, len(letters) - 2)
    )


def by_bracket(page: Page, drafts: Drafts) -> Iterator[Pair]:
    """Pair a name and the abbreviation in brackets behind it, or the other way round."""
    at = {name.first: draft for draft in drafts.values() for name in draft.names}
    for draft in drafts.values():
        for name in draft.names:
            i = name.last
            if i + 2 < len(page) and page.text[i] in "([" and page.text[i] and i + 1 in at:
                inner = at[i + 1]
                closing = next((n.last for n in inner.names if n.first == i + 1), i + 1)
                if (
                    closing < len(page)
                    and page.text[closing] in ")]"
                    and _abbreviates(page.words(name.first, name.last), page.words(i + 1, closing))
                ):
                    yield draft.key, inner.key


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether one of two names shortens the other: first letters, in their order."""
    short, long = sorted((one, other), key=len)
    if not is_acronym(short):
        return False
    letters = iter(letter for word in long.replace("-", " ").split() for letter in word.lower())
    return short[0].lower() == long[0].lower() and all(
        letter in letters for letter in short.replace(".", "").replace("-", "").lower()
    )


def by_initials(page: Page, drafts: Drafts) -> Iterator[Pair]:
    """Pair an acronym and the only body in the report with those initials.

    The agency of a dateline or a credit is none of the report's bodies.
    """
    long: dict[str, set[str]] = defaultdict(set)
    for draft in drafts.values():
        if draft.kind in GROUPS and len(draft.tokens) > 1:
            for form in draft.forms:
                for letters in initials(form):
                    long[letters].add(draft.key)
    for draft in drafts.values():
        if all(credited(page, name) for name in draft.names):
            continue
        for form in draft.forms:
            keys = long.get(form.replace(".", ""), set()) - {draft.key}
            if len(form) > SHORTEST_ACRONYM and form.isupper() and len(keys) == 1:
                yield draft.key, next(iter(keys))


def by_slip(page: Page, drafts: Drafts) -> Iterator[Pair]:
    """Pair an acronym printed once with the one often used whose letters it swaps.

    Only where the right one was introduced in the report and the wrong one nowhere else stands.
    """
    introduced = {
        form: draft.key
        for pair in by_bracket(page, drafts)
        for key in pair
        for draft in (drafts[key],)
        for form in draft.forms
        if form.isupper() and len(form) > SHORTEST_ACRONYM
    }
    for draft in drafts.values():
        if sum(draft.forms.values()) != 1 or draft.kind not in GROUPS:
            continue
        form = next(iter(draft.forms))
        if form not in introduced and form.isupper() and len(form) > SHORTEST_ACRONYM:
            meant = [introduced[swap] for swap in swaps(form) if swap in introduced]
            if len(meant) == 1:
                yield draft.key, meant[0]


def swaps(form: str) -> Iterator[str]:
    """Yield the abbreviations that differ from one by two letters in the other order."""
    # The first letter is hardly ever the one that slips.
    for i in range(1, len(form) - 1):
        if form[i] != form[i + 1]:
            yield form[:i] + form[i + 1] + form[i] + form[i + 2 :]


def by_core(drafts: Drafts) -> Iterator[Pair]:
    """Pair "Foo Network", "the Foo network", "the Foos" and a bare "Foo" that is no person."""
    cores: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    surnames = {
        draft.tokens[-1]
        for draft in drafts.values()
        if draft.kind == "person" and len(draft.tokens) > 1
    }
    for draft in drafts.values():
        if draft.kind in GROUPS and draft.kind != "outlet" and ":" not in draft.key:
            cores[core(draft.tokens)].append(draft)
    for shared, alike in cores.items():
        headed = [draft for draft in alike if len(draft.tokens) > len(shared)]
        bare = [
            draft
            for draft in alike
            if draft.tokens == shared
            and not (len(shared) == 1 and (shared[0] in surnames or shared[0] in around("people")))
        ]
        # "Foo Party" and "Foo Army" are two: a bare name joins only one head.
        if len({draft.tokens[-1] for draft in headed}) == 1:
            for draft in headed[1:]:
                yield headed[0].key, draft.key
            for draft in bare:
                yield headed[0].key, draft.key
        elif bare and headed:
            yield from ((bare[0].key, d.key) for d in headed if _only_tail(d))
        plural = (*shared[:-1], shared[-1] + "s")
        for draft in cores.get(plural, ()):
            if headed and draft.kind != "person":
                yield headed[0].key, draft.key


def _only_tail(draft: Draft) -> bool:
    """Tell whether a name's head is printed small, so that it describes and does not name."""
    return all(form.split()[-1:] and form.split()[-1].islower() for form in draft.forms)


def by_demonym(drafts: Drafts) -> Iterator[Pair]:
    """Pair "<Demonym> Foo" and a bare "Foo", unless two peoples' Foo are in the report."""
    qualified: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for draft in drafts.values():
        tokens = draft.tokens
        if draft.kind in GROUPS and len(tokens) > 1 and ":" not in draft.key:
            code = country_of_demonym(tokens[0]) or country_named(tokens[0].upper())
            if code is not None and tokens[1] not in heads():
                qualified[" ".join(tokens[1:])][code].append(draft.key)
    for rest, codes in qualified.items():
        for keys in codes.values():
            for key in keys[1:]:
                yield keys[0], key
        if len(codes) == 1 and rest in drafts and drafts[rest].kind in GROUPS:
            yield rest, next(iter(codes.values()))[0]


def by_body(drafts: Drafts) -> Iterator[Pair]:
    """Pair "Foo Department", "Department of Foo" and "<State> Foo" of one state."""
    bodies: dict[tuple[str, ...], dict[str | None, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for draft in drafts.values():
        if draft.kind == "government" and ":" not in draft.key:
            rest = body_words(draft.tokens)
            if rest:
                bodies[rest][draft.country].append(draft.key)
    for owners in bodies.values():
        for keys in owners.values():
            for key in keys[1:]:
                yield keys[0], key
        known = [country for country in owners if country is not None]
        if len(known) == 1 and None in owners:
            yield owners[None][0], owners[known[0]][0]


def body_words(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sorted words of a body's name that say which body of its state it is."""
    rest = [SPELLINGS.get(word, word) for word in tokens if word not in BODY_WORDS]
    own = [word for word in rest if not (country_of_demonym(word) or country_named(word.upper()))]
    return tuple(sorted(own))


def by_shortening(drafts: Drafts) -> Iterator[Pair]:
    """Pair "Foo Bar" for the only "Foo Bar of Baz", and a lone head for the only body with it."""
    by_start: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_head: dict[str, list[str]] = defaultdict(list)
    for draft in drafts.values():
        tokens = draft.tokens
        if draft.kind not in GROUPS or ":" in draft.key or len(tokens) < 2:
            continue
        by_head[tokens[-1]].append(draft.key)
        for i in range(1, len(tokens)):
            if tokens[i] in ("of", "for") and tokens[i - 1] in heads():
                by_start[tokens[:i]].append(draft.key)
    for draft in drafts.values():
        longer = by_start.get(draft.tokens, [])
        if len(draft.tokens) == 1 and draft.key in heads():
            longer = [*longer, *by_head.get(draft.key, [])]
        if len(longer) == 1 and draft.kind in GROUPS:
            yield draft.key, longer[0]


def is_company(tokens: tuple[str, ...]) -> bool:
    """Tell whether a name ends in a word for a company, "of Fooland" behind it left out."""
    end = tokens.index("of") if "of" in tokens else len(tokens)
    return end > 1 and tokens[end - 1] in around("company")


def by_first_word(drafts: Drafts) -> Iterator[Pair]:
    """Pair "Foo" and the only company "Foo Bar Corporation", though it is read as a person."""
    longer: dict[str, list[str]] = defaultdict(list)
    persons = set()
    for draft in drafts.values():
        tokens = draft.tokens
        if len(tokens) > 1 and draft.kind == "person":
            persons |= {tokens[0], tokens[-1]}
        elif draft.kind in GROUPS and ":" not in draft.key and is_company(tokens):
            longer[tokens[0]].append(draft.key)
    for draft in drafts.values():
        found = longer.get(draft.key, [])
        is_short = draft.kind in ("person", *GROUPS) and draft.key not in heads()
        titled = any(name.title for name in draft.names)
        short = any(is_acronym(form) for form in draft.forms)
        if len(found) == 1 and is_short and not (titled or short or draft.key in persons):
            yield draft.key, found[0]


def by_middle_name(drafts: Drafts) -> Iterator[Pair]:
    """Pair persons with the same first and last name, one with a name in between."""
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for draft in drafts.values():
        if draft.kind == "person" and len(draft.tokens) > 1:
            ends[draft.tokens[0], draft.tokens[-1]].append(draft.key)
    for keys in ends.values():
        keys.sort(key=lambda key: (len(key.split()), key))
        for shorter, longer in pairwise(keys):
            if set(shorter.split()) <= set(longer.split()):
                yield shorter, longer


def by_initial(drafts: Drafts) -> Iterator[Pair]:
    """Pair "F. Bar" and the only "Foo Bar" whose first name begins so."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for draft in drafts.values():
        if draft.kind == "person" and len(draft.tokens) > 1 and len(draft.tokens[0]) > 1:
            bearers[draft.tokens[-1]].append(draft.key)
    for draft in drafts.values():
        tokens = draft.tokens
        if len(tokens) > 1 and len(tokens[0]) == 1 and draft.kind in ("person", *GROUPS):
            meant = [key for key in bearers.get(tokens[-1], ()) if key[0] == tokens[0]]
            if len(meant) == 1:
                yield draft.key, meant[0]
