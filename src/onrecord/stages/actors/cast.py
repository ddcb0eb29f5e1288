"""Drafts of a report's entities: the names that look alike, with their votes and forms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.geography import (
    country_named,
    country_of_capital,
    country_of_demonym,
    country_of_seat,
    fold,
    is_place,
)
from onrecord.models.attribution import Tags
from onrecord.stages.actors.kinds import decide, head_of, votes
from onrecord.stages.actors.learned import learned
from onrecord.stages.actors.names import Name, names_in
from onrecord.stages.actors.naming import naming
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.runs import HYPHENS
from onrecord.stages.actors.words import around, descriptions, heads, person_nouns, titles
from onrecord.types import ActorKind

SHORTEST_NAME = 2
LONGEST_TITLED = 3  # words of a name after a title in a line of capitals
AFTER_NAME = frozenset("said says told added denied announced reported met ordered visited".split())
# What names do and common nouns without an article do not.
STANDS = frozenset(
    "condemn deny reject accuse blame denounce criticise criticize summon recall expel vow insist "
    "threaten welcome protest retaliate".split()
)
SHORTEST_CAPITAL = 5  # letters of a capital printed in capitals; shorter ones are acronyms
OWNED = " @"  # before the code of the state in the key of a body that is named with its owner
SURE_PERSON = 0.1  # share from which a title before a name is its own
WITHIN_BODY = frozenset({"of", "for", "and", "&", "-", "the"})
LONGEST_KNOWN = 7  # tokens of a name looked for in a headline


@dataclass(slots=True)
class Draft:
    """An entity in the making: its names in the report's order and what they tell of it."""

    key: str
    names: list[Name] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    tally: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    kind: ActorKind | None = "unknown"
    country: str | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the folded name."""
        return tuple(self.key.partition(OWNED)[0].split())

    @property
    def named(self) -> ActorKind:
        """The kind, where a draft that is no actor has been left out already."""
        return self.kind or "unknown"


Drafts = dict[str, Draft]


def find_names(page: Page, tags: Tags) -> list[Name]:
    """Return the names of a report, in order, without overlaps.

    The encoder tells where names are; rules tell titles, put pieces of one name together, and add
    what is called a name or was seen as one elsewhere in the report.
    """
    by_rule = ruled(page)
    in_titles = {i for name in by_rule if name.title for i in range(*name.title)}
    seen = [
        name
        for name in learned(page, tags)
        if not in_titles.issuperset(range(name.first, name.last))
    ]
    ends = {name.last: name for name in by_rule}
    for name in seen:
        _take_particle(page, name, ends.get(name.last))
        _take_title(name, ends.get(name.last))
    whole = [name for name in by_rule if _holds(page, name, seen)]
    apart = _outside(seen, whole)
    known = {fold(page.words(name.first, name.last)) for name in (*apart, *whole)}
    known |= {
        fold(page.words(name.first, name.last))
        for name in by_rule
        if naming(page, name.first) is not None
    }
    more = [
        name
        for name in _outside(by_rule, [*apart, *whole])
        if fold(page.words(name.first, name.last)) in known or _agreed(page, name)
    ]
    return sorted([*apart, *whole, *more], key=lambda name: name.first)


def _agreed(page: Page, name: Name) -> bool:
    """Tell whether the parser sees just that name of several words, which the encoder does not."""
    first, last = name.first, name.last
    whole = page.entity[first] >= 0 and page.entity[first] == page.entity[last - 1]
    ends = last == len(page) or page.entity[last] != page.entity[first]
    opened = first == 0 or page.entity[first - 1] != page.entity[first]
    begins = opened or page.lower[first - 1] == "the"
    named = page.label[first] in ("PERSON", "ORG", "GPE")
    return name.sure and last - first > 1 and whole and ends and begins and named


def _outside(names: Iterable[Name], others: Iterable[Name]) -> list[Name]:
    """Return the names that overlap none of the others."""
    taken = {i for other in others for i in range(other.first, other.last)}
    return [name for name in names if not taken.intersection(range(name.first, name.last))]


def _take_particle(page: Page, name: Name, other: Name | None) -> None:
    """Give a name the particle and hyphen before it that a rule sees ("al-Foo")."""
    if other is not None and other.first < name.first:
        between = page.lower[other.first : name.first]
        if all(word in around("particle") or word in HYPHENS for word in between):
            name.first = other.first


def _take_title(name: Name, other: Name | None) -> None:
    """Give a name the title that a rule sees before the same person's name."""
    if other is None or other.title is None or name.kinds["person"] < SURE_PERSON:
        return
    if other.title[0] <= name.first <= max(other.first, other.title[1]):
        name.first, name.title = other.first, other.title


def _holds(page: Page, name: Name, seen: list[Name]) -> bool:
    """Tell whether the encoder sees only pieces of a name by rule, and give it their kinds."""
    pieces = [n for n in seen if n.first < name.last and name.first < n.last]
    if not pieces or pieces[0].first < name.first or pieces[-1].last > name.last:
        return False
    whole = (pieces[0].first, pieces[0].last) == (name.first, name.last)
    if whole or not _one_name(page, name, pieces):
        return False
    for piece in pieces:
        for kind, share in piece.kinds.items():
            name.kinds[kind] = max(share, name.kinds.get(kind, 0.0))
    return True


def _one_name(page: Page, name: Name, pieces: list[Name]) -> bool:
    """Tell whether pieces are of one name: "Council for Foo and Bar", "Foo Bar", "Foo Network"."""
    words = page.lower[name.first : name.last]
    headed = heads().get(head_of(page, name), "event") != "event"
    if len(pieces) > 1:
        return headed or "and" not in words
    (piece,) = pieces
    cut = piece.first == name.first and not country_named(page.words(name.first, piece.last))
    return headed and (cut or not WITHIN_BODY.isdisjoint(words))


def ruled(page: Page) -> list[Name]:
    """Return the names of a report by rule, in order, without overlaps."""
    found = [name for number in range(len(page.bounds)) for name in names_in(page, number)]
    lower = {word for word in page.text if word.islower()}
    sure = [name for name in found if name.sure and not _common_noun(page, name, lower)]
    known = {fold(page.words(name.first, name.last)) for name in sure}
    known |= {word for name in sure for word in _last_words(page, name)}
    kept = []
    for name in found:
        if name.sure:
            if not _common_noun(page, name, lower):
                kept.append(name)
        elif page.style[page.sentence[name.first]] == "plain":
            if _opens_sentence(page, name, known, lower):
                kept.append(name)
        else:
            kept.extend(_in_headline(page, name, known))
    common = {
        word[:-1] for word in page.text if len(word) > 2 and word[:-1].isupper() and word[-1] == "s"
    }
    # What has a plural ("ABCs") is a common noun.
    kept = _recut(page, kept)
    return [name for name in kept if page.text[name.last - 1].removesuffix("s") not in common]


def _common_noun(page: Page, name: Name, lower: set[str]) -> bool:
    """Tell whether a sentence's first word is a noun that the report prints small elsewhere."""
    if name.last - name.first > 1 or name.title is not None:
        return False
    if not page.first_of_sentence(name.first) or page.text[name.first].isupper():
        return False
    word = page.text[name.first]
    known = country_named(word) or country_of_demonym(word) or country_of_capital(word)
    return word.lower() in lower and not known


def _recut(page: Page, names: list[Name]) -> list[Name]:
    """Cut what stands before a person's name that the report gives more often without it."""
    counts = Counter(fold(page.words(name.first, name.last)) for name in names)
    for name in names:
        whole = counts[fold(page.words(name.first, name.last))]
        if name.last - name.first > 2 and page.label[name.last - 1] == "PERSON":
            rest = fold(page.words(name.first + 1, name.last))
            plain = page.lower[name.first + 1] not in around("particle")
            if plain and " " in rest and counts[rest] > max(1, whole):
                name.first += 1
    return names


def _last_words(page: Page, name: Name) -> Iterator[str]:
    if name.title is not None or page.label[name.last - 1] == "PERSON":
        yield fold(page.text[name.last - 1])


def _opens_sentence(page: Page, name: Name, known: set[str], lower: set[str]) -> bool:
    """Tell whether a sentence's first word is a name, by the rest of the report."""
    word = page.text[name.first]
    if fold(word) in known or is_place(word) or country_of_capital(word):
        return True
    if word.lower() in lower or not word.isalpha():
        return False
    if _acts_alone(page, name.first):
        return True
    if page.pos[name.first] != "PROPN":
        return False
    return page.label[name.first] in ("PERSON", "ORG", "GPE")


def _acts_alone(page: Page, i: int) -> bool:
    """Tell whether a lone word speaks or takes a stand, and is no word for people or bodies."""
    word, lemma = page.lower[i], page.lemma[i]
    if page.dep[i] != "nsubj" or page.pos[i] not in ("NOUN", "PROPN", "ADJ"):
        return False
    if page.lemma[page.head[i]] not in STANDS or page.head[i] != i + 1:
        return False
    common = word in heads() or lemma in person_nouns() or word in titles("modifier")
    plural = page.parse.doc[i].tag_ == "NNS"
    return not (common or plural or word in descriptions() or word in around("people"))


def _in_headline(page: Page, name: Name, known: set[str]) -> Iterator[Name]:
    """Yield the names inside a headline's run that the report or an atlas knows."""
    i = name.first
    if name.title is not None and name.title[1] == i:
        end = _titled_end(page, name)
        if i < end:
            yield Name(i, end, name.title)
            i = end
    while i < name.last:
        lasts = range(min(name.last, i + LONGEST_KNOWN), i, -1)
        last = next((last for last in lasts if _known(page, i, last, known)), None)
        if last is None:
            last = next((last for last in lasts if _seen_by_parser(page, i, last)), None)
        if last is not None:
            yield Name(i, last, name.title if i == name.first else None)
        i = last or i + 1


def _titled_end(page: Page, name: Name) -> int:
    """Return where the name after a title ends in a line whose capitals tell nothing."""
    last = name.first
    while last < min(name.last, name.first + LONGEST_TITLED):
        if page.parse.doc[last].is_stop or page.lower[last] in AFTER_NAME:
            break
        last += 1
    return last


def _known(page: Page, first: int, last: int, known: set[str]) -> bool:
    words = page.words(first, last)
    if not words or page.lower[first] in ("the", "a", "an"):
        return False
    if not words[0].isalnum() or not words[-1].isalnum():
        return False
    folded = fold(words)
    if folded in known and folded not in heads():
        return True
    if country_named(words) or country_of_demonym(words) or country_of_capital(words):
        return True
    return last - first > 1 and is_place(words)


def _seen_by_parser(page: Page, first: int, last: int) -> bool:
    """Tell whether the parser's entity is a person's full name or a body with a head word."""
    if page.parse.doc[first].is_stop:
        return False
    whole = page.entity[first] >= 0 and page.entity[first] == page.entity[last - 1]
    ends = (first == 0 or page.entity[first - 1] != page.entity[first]) and (
        last == len(page) or page.entity[last] != page.entity[first]
    )
    if not (whole and ends) or last - first < 2:
        return False
    if page.label[first] == "PERSON":
        return all(
            page.pos[i] == "PROPN" and page.lower[i] not in heads() for i in range(first, last)
        )
    return page.label[first] == "ORG" and page.lower[last - 1] in heads()


def key_of(page: Page, name: Name) -> str:
    """Return the folded name, which for the names of a state is its code with a colon."""
    words = page.words(name.first, name.last)
    if name.title is None:
        code = country_named(words)
        if code is not None:
            return f"state:{code}"
        code = country_of_demonym(words)
        if code is not None:
            return f"demonym:{code}"
        code = country_of_capital(words)
        if code is not None and not (words.isupper() and len(words) < SHORTEST_CAPITAL):
            return f"capital:{code}:{fold(words)}"
    owner = owner_of(page, name) if heads().get(head_of(page, name)) == "government" else None
    return fold(words) + (f"{OWNED}{owner}" if owner else "")


def owner_of(page: Page, name: Name) -> str | None:
    """Return the state that a body belongs to: "Fooland's Ministry", "Ministry (M) of Fooland"."""
    i = name.first
    if i > 1 and page.lower[i - 1] in ("'s", "’s"):
        return country_named(page.text[i - 2]) or country_named(page.words(max(0, i - 3), i - 1))
    i = name.last
    if i + 2 < len(page) and page.text[i] == "(" and page.text[i + 2] == ")":
        i += 3
    if i + 1 < len(page) and page.lower[i] == "of":
        i += 2 if page.lower[i + 1] == "the" else 1
        return country_named(page.text[i]) if i < len(page) else None
    return None


def gather(page: Page, names: Iterable[Name]) -> Drafts:
    """Return the names by key, each with its kind; what is no actor is left out."""
    drafts: Drafts = {}
    for name in names:
        key = key_of(page, name)
        if len(key) < SHORTEST_NAME or _faith_or_people(page, name):
            continue
        draft = drafts.setdefault(key, Draft(key))
        draft.names.append(name)
        draft.forms[page.words(name.first, name.last)] += 1
        for kind, weight in votes(page, name):
            draft.tally[kind] += weight
    for key, draft in drafts.items():
        _settle(key, draft)
    return {key: draft for key, draft in drafts.items() if draft.kind is not None}


def _faith_or_people(page: Page, name: Name) -> bool:
    """Tell whether a name is only a faith or an adjective of one, or of a people."""
    if name.last - name.first > 1 or page.lower[name.first] not in around("people"):
        return False
    followed = name.last < len(page) and page.pos[name.last] in ("NOUN", "PROPN", "ADJ", "PUNCT")
    return not page.lower[name.first].endswith("s") or (followed and page.text[name.last] == "-")


def _settle(key: str, draft: Draft) -> None:
    """Give a draft its kind and country."""
    prefix, _, rest = key.partition(":")
    if rest:
        draft.country = rest[:2]
        draft.kind = "place" if prefix == "capital" else "state"
        return
    owner = key.partition(OWNED)[2]
    draft.country = owner or country_of_seat(key)
    draft.kind = "government" if country_of_seat(key) else decide(draft.tally)
    if draft.kind in ("government", "organisation") and draft.country is None:
        draft.country = _country_within(draft.tokens)


def _country_within(tokens: tuple[str, ...]) -> str | None:
    """Return the country that a body's name begins or ends with ("Foolandic Army")."""
    for words in (tokens[:1], tokens[:2], tokens[-1:], tokens[-2:]):
        code = country_of_demonym(" ".join(words)) or country_named(" ".join(words).upper())
        if code is not None and len(words) < len(tokens):
            return code
    return None


TAILS = around("tail") | around("rule")


def core(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return a group's name without its head words at the end and an article at the start."""
    last = len(tokens)
    while last > 1 and (tokens[last - 1] in heads() or tokens[last - 1] in TAILS):
        last -= 1
    first = 1 if last > 1 and tokens[0] in ("al", "el") else 0
    bare = " ".join(tokens[first:last])
    # "Fooish Army", "Foo Ministry" of a state: what is left would be the state or its people.
    if country_of_demonym(bare) or country_named(bare.upper()) or is_place(bare):
        return tokens
    return tokens[first:last]
