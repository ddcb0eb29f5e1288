"""Offices that persons are said to hold, and bodies that are said to be part of others."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.stages.actors.assign import Assigned
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.runs import APOSTROPHES, HYPHENS, OFFICES
from onrecord.stages.actors.words import is_title, titles

REACH = 16  # tokens that a description beside a name may have
LINKS = frozenset({"of", "for", "at", "with", "in"})
LEADING = {"lead": "leader", "head": "head", "found": "founder", "command": "commander"}
FACTIONS = frozenset("faction wing branch arm offshoot affiliate splinter subsidiary unit".split())
DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our"})
PAUSES = frozenset({",", "-", "–", "—", "("})


@dataclass(frozen=True, slots=True)
class Office:
    """An office held by the person of `mention`: tokens of the role and of whom it is."""

    key: str
    role: str
    of: str | None
    of_key: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Belonging:
    """The entity `key` is part of the entity `whole`, told by the tokens [first, last)."""

    key: str
    whole: str
    first: int
    last: int


class Places:
    """Mentions by their first and last token."""

    def __init__(self, mentions: list[Assigned]) -> None:
        self.starting = {mention.first: mention for mention in mentions}
        self.ending = {mention.last: mention for mention in mentions}


def offices(page: Page, mentions: list[Assigned], persons: set[str]) -> Iterator[Office]:
    """Yield the offices told before and behind the names of persons, in the report's order."""
    places = Places(mentions)
    for mention in mentions:
        if mention.key not in persons or mention.name is None:
            continue
        begin = mention.name.title[0] if mention.name.title else mention.first
        found = list(_before(page, mention, begin, places))
        yield from found or _apposed_before(page, mention, begin, places)
        yield from _behind(page, mention, places)
        yield from _leading(page, mention, places)


def _before(page: Page, mention: Assigned, begin: int, places: Places) -> Iterator[Office]:
    """Yield the title right before a name, capitalised or small, and whose it is."""
    first = begin
    floor = page.bounds[page.sentence[mention.first]][0]
    while first > floor and _title_word(page, first - 1, places):
        first -= 1
    words = [page.lower[i] for i in range(first, mention.first)]
    if not any(word in titles("office") or word.rstrip(".") in titles("office") for word in words):
        return
    while first < mention.first and page.lower[first] in titles("honorific"):
        first += 1
    last = mention.first
    while last > first and (
        page.text[last - 1] == "." or page.lower[last - 1] in titles("honorific")
    ):
        last -= 1
    if last > first:
        yield _office(page, mention, (first, last), _owner(page, first, places))


def _title_word(page: Page, i: int, places: Places) -> bool:
    word = page.lower[i]
    if i + 1 in places.ending:
        return False
    if word in titles("office") or word in titles("modifier") or word in titles("style"):
        return True
    if word in OFFICES and page.lower[i + 1] in ("secretary", "minister"):
        return True
    return (word in OFFICES and i > 0 and page.lower[i - 1] == "of") or (
        word == "of" and page.lower[i + 1] in OFFICES
    )


def _owner(page: Page, first: int, places: Places) -> Assigned | None:
    """Return the mention right before an office: "Fooish", "Fooland 's", "Foo Office (FO)"."""
    apart = first > 1 and (page.text[first - 1] in APOSTROPHES or page.text[first - 1] == ")")
    owner = places.ending.get(first - 1 if apart else first)
    # A line above without a full stop is no owner of the line below.
    near = owner is not None and page.sentence[owner.first] == page.sentence[first]
    return owner if near else None


def _office(page: Page, mention: Assigned, role: tuple[int, int], owner: Assigned | None) -> Office:
    first = min(role[0], owner.first) if owner else role[0]
    last = max(mention.last, role[1], owner.last if owner else 0)
    return Office(
        mention.key,
        page.words(*role),
        page.words(owner.first, owner.last) if owner else None,
        owner.key if owner else None,
        min(first, mention.first),
        last,
    )


def _apposed_before(page: Page, mention: Assigned, begin: int, places: Places) -> Iterator[Office]:
    """Yield the office in "the Minister of Foo of Fooland, NAME"."""
    comma = begin - 1
    floor = max(page.bounds[page.sentence[mention.first]][0], comma - REACH)
    if comma <= floor or page.text[comma] != ",":
        return
    first = comma
    while (
        first > floor
        and page.text[first - 1] != ","
        and page.pos[first - 1]
        not in (
            "VERB",
            "AUX",
            "SCONJ",
            "CCONJ",
        )
    ):
        first -= 1
    # The description's own determiner or owner begins it, not an earlier phrase of the sentence.
    for start in range(first, comma):
        if page.lower[start] in DETERMINERS or start in places.starting:
            found = _described(page, mention, start, comma, places)
            if found is not None:
                yield found
                return


def _behind(page: Page, mention: Assigned, places: Places) -> Iterator[Office]:
    """Yield the office in "NAME, the Fooish ambassador to the Bar" and its like."""
    i = mention.last
    ceiling = page.bounds[page.sentence[mention.first]][1]
    if i >= ceiling or page.text[i] not in PAUSES:
        return
    last = i + 1
    while last < min(ceiling, i + REACH) and page.text[last] not in (",", ")", ";", "–", "—"):
        if page.lower[last] in ("who", "whose"):
            break
        if page.pos[last] in ("VERB", "AUX") and last not in places.starting:
            break
        last += 1
    closed = last < ceiling and (
        page.lower[last] in ("who", "whose", ",", ")", "–", "—", ".") or last == ceiling - 1
    )
    if closed or last == ceiling:
        found = _described(page, mention, i + 1, last, places)
        if found is not None:
            yield found


def _described(
    page: Page, mention: Assigned, first: int, last: int, places: Places
) -> Office | None:
    """Return the office in a noun phrase at tokens [first, last), if its head is one."""
    head = _office_head(page, first, last)
    if head is None:
        return None
    start = head
    while (
        start > first
        and not _in_mention(start - 1, first, places)
        and page.pos[start - 1]
        in (
            "NOUN",
            "ADJ",
            "PROPN",
        )
    ):
        start -= 1
    owner = _owner(page, start, places) if start > first else None
    end = head + 1
    if end + 1 < last and page.text[end] in HYPHENS and is_title(page.lower[end + 1]):
        end += 2  # "director-general"
    if end + 1 < last and page.lower[end] == "of" and page.lower[end + 1] in OFFICES:
        end += 2
    target = _complement(page, end, last, places)
    if target is not None and page.lower[end] == "to":
        end = target.last
    elif target is not None and (owner is None or _topic(owner, start)):
        start = owner.first if owner is not None else start
        owner = target
    return _office(page, mention, (start, end), owner)


def _topic(owner: Assigned, start: int) -> bool:
    """Tell whether a state's name before an office is its subject: "Fooland researcher"."""
    return owner.how == "name" and owner.last == start


def _office_head(page: Page, first: int, last: int) -> int | None:
    """Return the office that a noun phrase is about: before any "of", and no further noun."""
    for i in range(first, last):
        if page.lower[i] in titles("office"):
            following = page.lower[i + 1] if i + 1 < last else ""
            if following not in titles("office") and (
                i + 1 >= last or page.pos[i + 1] not in ("NOUN", "PROPN", "PART")
            ):
                return i
        elif page.pos[i] in ("VERB", "AUX", "ADP", "PRON", "PUNCT"):
            return None
    return None


def _in_mention(i: int, first: int, places: Places) -> bool:
    """Tell whether a token ends a mention that begins within the phrase."""
    mention = places.ending.get(i + 1)
    return mention is not None and mention.first >= first


def _complement(page: Page, end: int, last: int, places: Places) -> Assigned | None:
    if end >= last or page.lower[end] not in (*LINKS, "to"):
        return None
    start = end + 2 if end + 1 < last and page.lower[end + 1] in ("the", "a") else end + 1
    for i in range(start, min(start + 2, last)):
        if i in places.starting:
            return places.starting[i]
    return None


def _leading(page: Page, mention: Assigned, places: Places) -> Iterator[Office]:
    """Yield the office in "Founded by NAME, the Foo" and "NAME, who leads the Foo"."""
    i = mention.last
    if mention.first > 1 and page.lower[mention.first - 2 : mention.first] == ["founded", "by"]:
        target = next((places.starting[j] for j in (i + 1, i + 2) if j in places.starting), None)
        verb = mention.first - 2
        if target is None:
            target = places.ending.get(verb - 1) or places.ending.get(verb)
        if target is not None:
            yield Office(
                mention.key,
                "founder",
                page.words(target.first, target.last),
                target.key,
                min(verb, target.first),
                max(target.last, mention.last),
            )
    i += page.text[i : i + 1] == [","]
    if page.lower[i : i + 1] == ["who"] and i + 3 < len(page):
        role = LEADING.get(page.lemma[i + 1])
        target = places.starting.get(i + 2) or places.starting.get(i + 3)
        if role is not None and target is not None:
            of = page.words(target.first, target.last)
            yield Office(mention.key, role, of, target.key, mention.first, target.last)


def belongings(page: Page, mentions: list[Assigned], groups: set[str]) -> Iterator[Belonging]:
    """Yield what is said to be a faction of what: "the Foo faction of the Bar", "Bar's Foo"."""
    places = Places(mentions)
    for mention in mentions:
        if mention.key not in groups:
            continue
        whole = _whole_after(page, mention, places) or _whole_before(page, mention, places)
        if whole is not None and whole.key in groups and whole.key != mention.key:
            first, last = min(mention.first, whole.first), max(mention.last, whole.last)
            yield Belonging(mention.key, whole.key, first, last)


def _whole_after(page: Page, mention: Assigned, places: Places) -> Assigned | None:
    i = mention.last
    named = page.lower[i - 1] in FACTIONS  # "faction" inside the name's own tail
    if page.text[i : i + 1] == [","]:
        i += 1 + (page.lower[i + 1 : i + 2] in (["a"], ["the"], ["an"]))
    if page.lower[i : i + 1] and page.lower[i] in FACTIONS:
        named, i = True, i + 1
    if not named or page.lower[i : i + 1] not in (["of"], ["within"]):
        return None
    i += 2 if page.lower[i + 1 : i + 2] == ["the"] else 1
    return places.starting.get(i)


def _whole_before(page: Page, mention: Assigned, places: Places) -> Assigned | None:
    """Return the whole in "The Bar's notorious Foo network faction"."""
    if page.lower[mention.last : mention.last + 1] and page.lower[mention.last] in FACTIONS:
        i = mention.first - 1
        while i > 0 and page.pos[i] == "ADJ":
            i -= 1
        if page.text[i] in APOSTROPHES:
            return places.ending.get(i)
    return None
