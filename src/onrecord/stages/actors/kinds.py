"""What kind a name is of, by votes from its head word, its neighbours and spaCy's label."""

from collections.abc import Iterator, Mapping

from onrecord.geography import country_named, country_of_demonym, is_place
from onrecord.stages.actors.names import Name
from onrecord.stages.actors.naming import naming
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.words import around, context, heads, titles
from onrecord.types import ActorKind

# Votes, in steps that were set by hand: a head word or title outweighs a few labels of the
# parser, a description outweighs one label, and a bare label decides where nothing else speaks.
LEARNED = 2.0
LEAST_SHARE = 0.1
TITLE = 5.0
HEAD = 4.0
LONE_HEAD = 1.5
DESCRIBED = 3.0
FOLLOWED = 3.0
GAZETTEER = 2.0
PERSON_LABEL = 2.5
SHORT_PERSON_LABEL = 1.5
LABEL = 1.0
LOCATED = 1.5
INSIDE = 2.0
TOLD_PLACE = 3.0
VIOLENT = 1.0
# After these stands a place; persons may stand after the rest of the locatives.
INSIDE_WORDS = frozenset("in near outside throughout across".split())
LOCATIVES = frozenset("in at near inside outside around throughout across toward towards".split())
COMPASS = frozenset(
    "north south east west northern southern eastern western central new upper lower".split()
)
LABELS = {"ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
NO_ACTOR = frozenset({"EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE"})
KINDS: tuple[ActorKind, ...] = (
    "person",
    "armed group",
    "party",
    "government",
    "outlet",
    "organisation",
    "place",
    "state",
    "people",
    "document",
)
NO_ACTOR_KIND = "event"
# "Operation Foo", "Hurricane Bar"
NAMED_AFTER_HEAD = frozenset("operation exercise hurricane typhoon cyclone resolution".split())
HEAD_FIRST = frozenset({"party", "organisation", "armed group"})
BROADCASTERS = frozenset({"radio", "tv", "televisión", "télévision"})
AGENCIES = frozenset({"agency", "service", "association"})
# Whoever has these is more than one person.
LED = frozenset(
    "leader leaders leadership chief spokesman spokeswoman spokesperson members".split()
)
# Bodies of any kind, whose adjective tells which.
MILITANT = frozenset(
    "terrorist militant jihadist insurgent rebel armed extremist guerrilla paramilitary".split()
)
UMBRELLAS = frozenset({"umbrella", "coalition", "alliance"})  # "an umbrella of rebel groups"
BODIES = frozenset("group organisation organization movement faction network outfit force".split())
DATELINE = 16  # tokens before the agency of a dateline
REACH = 9  # tokens after a name within which its apposition's noun is looked for

Vote = tuple[str, float]


def votes(page: Page, name: Name) -> Iterator[Vote]:
    """Yield the kinds that speak for a name at its place, each with its weight.

    The kind "event" stands for what is no actor. A negative weight speaks against.
    """
    yield from _by_encoder(page, name)
    if name.title is not None:
        yield "person", TITLE
    yield from _by_head(page, name)
    yield from _by_label(page, name)
    yield from _by_form(page, name)
    yield from _by_word_after(page, name)
    yield from _by_word_before(page, name)
    yield from _by_verb(page, name)
    yield from _by_description(page, name)
    if name.title is None:
        yield from _by_territory(page, name)
    yield from _by_opening(page, name)
    if naming(page, name.first) is not None:
        yield NO_ACTOR_KIND, -HEAD


def _by_encoder(page: Page, name: Name) -> Iterator[Vote]:
    """Yield what the encoder sees; "the Foos" is hardly ever one person."""
    plural = name.last - name.first == 1 and page.lower[name.first].endswith("s")
    several = plural and page.lower[name.first - 1 : name.first] == ["the"]
    for kind, share in name.kinds.items():
        if share >= LEAST_SHARE and not (several and kind == "person"):
            # "Emirate of Fooland", which no atlas knows, is or calls itself a government.
            named = kind == "state" and name.last - name.first > 2
            yield ("government" if named and _of_a_state(page, name) else kind), LEARNED * share


def head_of(page: Page, name: Name) -> str:
    """Return the head word of a name, in small letters: the last, or the first before "of"."""
    words = page.lower[name.first : name.last]
    for i, word in enumerate(words[1:], start=1):
        if word in ("of", "for") and words[i - 1] in heads():
            return words[i - 1]
    return words[-1]


def _of_a_state(page: Page, name: Name) -> bool:
    """Tell whether a name that no atlas knows ends in a state's."""
    known = country_named(page.words(name.first, name.last))
    return known is None and country_named(page.text[name.last - 1]) is not None


def _by_head(page: Page, name: Name) -> Iterator[Vote]:
    kind = heads().get(head_of(page, name))
    several = name.last - name.first > 1
    if several and _branch(page, name):
        yield "organisation", FOLLOWED
        return
    if several and _news(page, name):
        yield "outlet", HEAD
        return
    if kind is not None:
        yield kind, HEAD if several else LONE_HEAD
        return
    if page.lower[name.first] in NAMED_AFTER_HEAD and several:
        yield NO_ACTOR_KIND, HEAD
    first = heads().get(page.lower[name.first])
    if several and first in HEAD_FIRST:
        # "Front Foo Bar", "Partido Foo": in many languages the head comes first.
        yield first, LONE_HEAD


def _news(page: Page, name: Name) -> bool:
    """Tell whether a name is that of a broadcaster ("Radio Foo") or a news agency."""
    last = page.lower[name.last - 2 : name.last]
    agency = last[0] in ("press", "news") and last[1] in AGENCIES
    return page.lower[name.first] in BROADCASTERS or agency


def _branch(page: Page, name: Name) -> bool:
    """Tell whether a name ends in a state's ("Movement Foo Fooland") or is "the Fooic State"."""
    last = page.text[name.last - 1]
    if last == "State" and page.lower[name.first - 1 : name.first] == ["the"]:
        return True
    first = page.lower[name.first]
    bearing = first in COMPASS or page.lower[name.last - 2] in ("of", "and", "-", "in")
    return (
        not bearing
        and bool(country_named(last))
        and not is_place(page.words(name.first, name.last))
    )


def _by_label(page: Page, name: Name) -> Iterator[Vote]:
    label = page.label[name.last - 1] or page.label[name.first]
    if label == "PERSON":
        yield "person", PERSON_LABEL if name.last - name.first > 1 else SHORT_PERSON_LABEL
    elif label == "NORP":
        yield "people", LABEL / 2
        yield "party", LABEL / 2
    elif label in NO_ACTOR:
        yield NO_ACTOR_KIND, LABEL
    elif label in LABELS:
        yield LABELS[label], LABEL


def _by_form(page: Page, name: Name) -> Iterator[Vote]:
    words = page.words(name.first, name.last)
    if is_place(words):
        yield "place", GAZETTEER
    if name.last - name.first > 1 and country_of_demonym(page.text[name.last - 1]):
        yield "people", HEAD
    elif _like_a_person(page, name):
        yield "person", LABEL
    if name.last - name.first == 1:
        if words.isupper() and 1 < len(words) < 7:
            yield "organisation", LABEL
            yield "person", -LABEL * 2
        if page.lower[name.first] in around("people"):
            yield "people", HEAD
    if name.first > 0 and page.lower[name.first - 1] == "the" and name.title is None:
        yield "person", -LABEL * 2
        yield "organisation", LABEL / 4


def _by_opening(page: Page, name: Name) -> Iterator[Vote]:
    """Yield what a block's opening tells: a turn of speech, a dateline's town and agency."""
    if _turn(page, name):
        yield "person", HEAD
    elif page.words(name.first, name.last).isupper() and _dateline(page, name):
        yield "place", HEAD
    if credited(page, name):
        yield "outlet", HEAD


def _dateline(page: Page, name: Name) -> bool:
    """Tell whether a block opens with that place in capitals ("TOWN, State (AGENCY) —")."""
    following = page.text[name.last] if name.last < len(page) else ""
    first = page.parse.firsts[page.parse.block_of(name.first)]
    return first == name.first and following in (",", "(", "-", "–", "—", "--", ":")


def _turn(page: Page, name: Name) -> bool:
    """Tell whether a block opens with a name of two words and a colon, as turns of speech do."""
    i, block = name.last, page.parse.block_of(name.first)
    if page.parse.firsts[block] != name.first or not 2 <= name.last - name.first <= 4:
        return False
    bracket = page.text[i : i + 1] == ["("]
    if bracket:
        i = next((j for j in range(i, min(i + 5, len(page))) if page.text[j][0] == ")"), i)
    closing = "".join(page.text[i : i + 2])
    if not closing.startswith("):" if bracket else ":"):
        return False
    opener = page.text[name.first]
    several = sum(page.text[first] == opener for first in page.parse.firsts)
    return several > 1 or i > name.last


def credited(page: Page, name: Name) -> bool:
    """Tell whether a name is the agency of a dateline: "TOWN, Day (FOO) -", "/FOO/."."""
    first = page.parse.firsts[page.parse.block_of(name.first)]
    near = page.text[name.last : name.last + 2]
    before = page.text[name.first - 1] if name.first else ""
    if not 0 < name.first - first <= DATELINE:
        return False
    if before == "(" and near[:1] == [")"]:
        return near[1:] in (["-"], ["–"], ["—"], ["--"])
    return before.endswith("/") and page.text[name.last : name.last + 1] in (["/"], ["/."])


def _like_a_person(page: Page, name: Name) -> bool:
    """Tell whether a name has the form of a first and a family name, without any head word."""
    if name.last - name.first not in (2, 3):
        return False
    if page.lower[name.first - 1 : name.first] == ["the"] or page.lower[name.first] in ("al", "el"):
        return False
    return all(
        page.pos[i] == "PROPN"
        and page.text[i][0].isupper()
        and not (page.text[i].isupper() and len(page.text[i]) > 2)
        and page.lower[i] not in heads()
        for i in range(name.first, name.last)
    )


def _by_word_after(page: Page, name: Name) -> Iterator[Vote]:
    if name.last >= len(page):
        return
    following = page.lower[name.last]
    kind = context("follows ").get(following)
    if kind is not None:
        yield kind, FOLLOWED
    if following in LED:
        yield "person", -LABEL * 2
        yield "organisation", LABEL / 2
    if following == "and" and _other_groups(page, name.last + 1):
        yield "armed group", DESCRIBED
    if following in ("as", ",") and _militant_body(page.lower[name.last + 1 : name.last + 4]):
        yield "armed group", DESCRIBED
    if following == "who":
        yield "person", LABEL
    if following == "," and _age(page, name.last + 1):
        yield "person", DESCRIBED


def _militant_body(words: list[str]) -> bool:
    """Tell whether words are "the rebel group": "talks with Foo as the rebel group gains"."""
    if len(words) < 3:
        return False
    return words[0] in ("the", "a", "an") and words[1] in MILITANT and words[2] in BODIES


def _other_groups(page: Page, i: int) -> bool:
    """Tell whether "other militant groups" or the like stands there."""
    near = page.lower[i : i + 4]
    return near[:1] == ["other"] and any(
        _armed(page, i + n) == "armed group"
        or (context("described ").get(word) == "armed group" and word.endswith("s"))
        for n, word in enumerate(near)
    )


def _by_word_before(page: Page, name: Name) -> Iterator[Vote]:
    i = name.first - 1
    if i < 0 or page.sentence[i] != page.sentence[name.first]:
        return
    before = page.lower[i]
    described = context("described ").get(before)
    if (before in titles("office") or before in titles("honorific")) and page.text[i].islower():
        yield "person", DESCRIBED
    elif described is not None:
        yield described, DESCRIBED
    elif page.lower[i - 1 : i + 1] in (["such", "as"], ["groups", "like"], ["groups", "including"]):
        noun = i - 2 if before == "as" else i - 1
        kind = _armed(page, noun) if noun > 0 else None
        if kind is not None:
            yield kind, DESCRIBED
    elif before in LOCATIVES and _phrase_ends(page, name.last):
        yield "place", INSIDE if before in INSIDE_WORDS else LOCATED


def _by_territory(page: Page, name: Name) -> Iterator[Vote]:
    """Yield what tells a state or a place: "the town of X", "the capital of X", "X's army"."""
    i, end = name.first, name.last
    before = page.lower[max(0, i - 2) : i]
    if before[-1:] in (["neighboring"], ["neighbouring"]):
        yield "state", DESCRIBED / 2
    if before[-1:] == ["of"] and len(before) == 2:
        if before[0] in around("of a place"):
            yield "place", TOLD_PLACE
        elif before[0] in around("of a state"):
            yield "state", TOLD_PLACE
    elif before in (["ambassador", "to"], ["embassy", "in"], ["border", "with"]):
        yield "state", TOLD_PLACE
    following = page.lower[end : end + 4]
    if following[:1] in (["'s"], ["’s"]):
        own = following[1:]
        ministry = (
            own[:1]
            and own[0] in around("minister")
            and own[1:2]
            in (
                ["minister"],
                ["ministry"],
            )
        )
        if ministry or any(word in around("state's own") for word in own[:2]):
            yield "state", FOLLOWED
    if following[:4] in ([",", "the", "capital", "of"], [",", "capital", "of", "the"]):
        yield "place", TOLD_PLACE


def _by_verb(page: Page, name: Name) -> Iterator[Vote]:
    last = name.last - 1
    if page.dep[last] == "nsubj":
        lemma = page.lemma[page.head[last]]
        if lemma == "report":
            yield "outlet", LABEL
        if lemma == "claim" and "responsibility" in page.lower[name.last : name.last + 4]:
            yield "armed group", DESCRIBED
        if lemma in around("violence"):
            yield "armed group", VIOLENT
        if lemma in around("speech"):
            yield "place", -LABEL


def _age(page: Page, i: int) -> bool:
    return i + 1 < len(page) and page.text[i].isdigit() and page.text[i + 1] in (",", ".")


def _phrase_ends(page: Page, i: int) -> bool:
    return i >= len(page) or page.pos[i] not in ("NOUN", "PROPN", "PART")


def _by_description(page: Page, name: Name) -> Iterator[Vote]:
    """Yield what an apposition or a predicate after a name calls it."""
    last = min(name.last + REACH, page.bounds[page.sentence[name.first]][1])
    for i in range(name.last, last):
        if page.dep[i] in ("appos", "attr") and page.pos[i] == "NOUN":
            head = page.head[i]
            apposed = name.first <= head < name.last
            predicated = page.dep[i] == "attr" and page.head[name.last - 1] == head
            kind = context("described ").get(page.lower[i]) or _armed(page, i)
            if (apposed or predicated) and kind is not None:
                yield kind, DESCRIBED
                return


def _armed(page: Page, noun: int) -> str | None:
    """Return what "a militant group" and its like call a name."""
    if page.lower[noun].rstrip("s") not in BODIES | UMBRELLAS:
        return None
    before = page.lower[max(0, noun - 3) : noun]
    if page.lower[noun] in UMBRELLAS:
        before = page.lower[noun + 1 : noun + 5]
    armed = any(context("described ").get(word) == "armed group" for word in before)
    return "armed group" if armed or "armed" in before else "organisation"


def decide(tally: Mapping[str, float]) -> ActorKind | None:
    """Return the kind with most votes, "unknown" without any, None for what is no actor."""
    votes_ = dict(tally)
    if votes_.get("state", 0.0) > 0:
        # Whatever tells a place tells a state too, once something tells the state.
        votes_["state"] += max(0.0, votes_.pop("place", 0.0))
    best = max(KINDS, key=lambda kind: votes_.get(kind, 0.0))
    tally = votes_
    if tally.get(NO_ACTOR_KIND, 0.0) > max(tally.get(best, 0.0), 0):
        return None
    if tally.get(best, 0.0) <= 0:
        return "unknown"
    # A body that fights is told by how it is described, more than by a head like "movement".
    if best == "organisation" and tally.get("armed group", 0.0) >= DESCRIBED:
        return "armed group"
    return best
