"""Candidate names: runs cut where titles, possessives, time words and neighbours end them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.geography import country_named, country_of_demonym, fold
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.runs import HYPHENS, OFFICES, runs
from onrecord.stages.actors.words import around, heads, is_title, titles

# A rank or an age before a name at a sentence's beginning.
NEVER_FIRST = frozenset("senior former top acting deputy late ex other".split())
NO_NAME = frozenset("the a an and of for this that these those".split())
PLACING = frozenset("near in at outside inside around across toward towards from".split())
FUNCTION = frozenset(
    {"DET", "ADP", "PRON", "SCONJ", "CCONJ", "ADV", "VERB", "AUX", "INTJ", "NUM", "PART", "PUNCT"}
)


@dataclass(slots=True)
class Name:
    """A name at tokens [first, last); `title` are the tokens of the title before it.

    `sure` is false where only a capital after a full stop or in a headline speaks for it; `kinds`
    has the shares that the encoder gives it, where it sees a name there.
    """

    first: int
    last: int
    title: tuple[int, int] | None = None
    sure: bool = True
    kinds: dict[str, float] = field(default_factory=dict)


def names_in(page: Page, sentence: int) -> Iterator[Name]:
    """Yield the candidate names of a sentence in their order."""
    first, last = page.bounds[sentence]
    for start, end in runs(page, first, last):
        for piece in _pieces(page, start, end):
            yield from _trimmed(page, *piece)


def _pieces(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run between time words and between two states' names."""
    first = start
    for i in range(start, end):
        if (page.capital(i) and page.lower[i].rstrip(".") in around("capital letter noise")) or (
            page.text[i] in HYPHENS and _two_states(page, i)
        ):
            if first < i:
                yield first, i
            first = i + 1
    if first < end:
        yield first, end


def _two_states(page: Page, hyphen: int) -> bool:
    if hyphen + 1 >= len(page):
        return False
    return all(
        country_named(page.text[i]) or country_of_demonym(page.text[i])
        for i in (hyphen - 1, hyphen + 1)
    )


def _trimmed(page: Page, first: int, last: int) -> Iterator[Name]:
    first, last = _trim(page, first, last)
    if first >= last:
        return
    cut = _title(page, first, last)
    if cut is None:
        yield from _untitled(page, first, last)
        return
    begin, end = cut
    if first < begin:
        yield from _untitled(page, *_trim(page, first, begin))
    if end < last:
        start, last = _trim(page, end, last)
        if start < last:
            kept = _style_start(page, begin, end, last)
            plain = page.style[page.sentence[start]] == "plain"
            yield Name(kept if kept is not None else start, last, (begin, end), plain)


def _style_start(page: Page, begin: int, end: int, last: int) -> int | None:
    """Return where a lone name begins that is known with its style ("Mullah Foo")."""
    if last - end == 1 and page.lower[end - 1] in titles("style") and end - 1 >= begin:
        return end - 1
    return None


def _trim(page: Page, first: int, last: int) -> tuple[int, int]:
    """Drop words that no name begins or ends with."""
    while first < last and _no_start(page, first, last):
        first += 1
    while last > first and not page.text[last - 1][0].isalnum():
        last -= 1
    if last - first > 1 and page.lower[last - 1] in around("joining"):
        last -= 1
    return first, last


def _no_start(page: Page, i: int, last: int) -> bool:
    word = page.lower[i]
    if not word[0].isalnum() or word in NO_NAME:
        return True
    if word in around("particle") and i + 1 < last and page.text[i + 1] in HYPHENS:
        return False
    if word in around("particle") and i + 1 < last and not page.first_of_sentence(i):
        return False
    token = page.parse.doc[i]
    if (word in NEVER_FIRST or word in PLACING) and page.first_of_sentence(i):
        return True
    if page.entity[i] >= 0 and page.label[i] in ("PERSON", "ORG", "GPE", "NORP"):
        return bool(token.is_stop) and not page.text[i].isupper() and page.pos[i] != "PROPN"
    if token.is_stop and not page.text[i].isupper():
        return True
    return page.first_of_sentence(i) and page.pos[i] in FUNCTION


def _title(page: Page, first: int, last: int) -> tuple[int, int] | None:
    """Return the tokens of a title in front of a person's name, or alone, inside a run."""
    found = _title_end(page, first, last)
    if found is None:
        return None
    begin, end = found
    if any(
        heads().get(page.lower[i], "event") != "event" and page.label[i] != "PERSON"
        for i in range(end, last - 1)
    ) or (end < last and _organisation(page, end, last)):
        return None
    while begin > first and _belongs_to_title(page, begin - 1, end):
        begin -= 1
    return begin, end


def _organisation(page: Page, first: int, last: int) -> bool:
    """Tell whether what follows a title word ends in a head of bodies, not in a family name."""
    word = page.lower[last - 1]
    return word in heads() and not (last - first > 1 and page.label[first] == "PERSON")


def _title_end(page: Page, first: int, last: int) -> tuple[int, int] | None:
    """Return the last title word of a run that a name may follow, and the token after it."""
    for i in range(last - 1, first - 1, -1):
        if not is_title(page.lower[i].rstrip(".")) and not is_title(page.lower[i]):
            continue
        if i + 1 < last and page.text[i + 1] in HYPHENS:
            continue
        if i + 1 == last and i > first and _family_name(page, first, i):
            continue
        if _of_a_body(page, first, i) or _first_name(page, i, last):
            continue
        return i, _office_end(page, i + 1, last)
    return None


def _office_end(page: Page, end: int, last: int) -> int:
    """Return where a title ends: "Minister", "Minister of the Interior", "Secretary of State"."""
    if end < last and page.text[end] == ".":
        end += 1
    if end < last and page.lower[end] == "of":
        after = end + 2 if page.lower[end + 1 : end + 2] == ["the"] else end + 1
        if after < last and page.lower[after] in OFFICES:
            end = after
            while end < last and (page.lower[end] in OFFICES or _and_office(page, end, last)):
                end += 1
        else:
            end += 1
    return end


def _and_office(page: Page, i: int, last: int) -> bool:
    return page.lower[i] in ("and", "&") and i + 1 < last and page.lower[i + 1] in OFFICES


def _of_a_body(page: Page, first: int, i: int) -> bool:
    """Tell whether officers are what a body is of: "Council of Ministers"."""
    return (
        i - 2 >= first
        and page.lower[i].endswith("s")
        and page.lower[i - 1] == "of"
        and page.lower[i - 2] in heads()
    )


def _first_name(page: Page, i: int, last: int) -> bool:
    """Tell whether a word like "Duke" is a first name: after an office printed small."""
    if page.lower[i] not in around("also a first name") or i + 2 != last or i == 0:
        return False
    before = page.text[i - 1]
    return before.islower() and before in titles("office")


def _family_name(page: Page, first: int, last: int) -> bool:
    """Tell whether a title word at the end of a run is a family name ("John King")."""
    if is_title(page.lower[last - 1]) or page.lower[last - 1] in titles("modifier"):
        return False
    if page.text[last - 1] in HYPHENS:
        return False  # "Director-General"
    return (page.label[last] == "PERSON" and page.entity[last] == page.entity[last - 1]) or any(
        is_title(page.lower[i]) for i in range(first, last - 1)
    )


def _belongs_to_title(page: Page, i: int, end: int) -> bool:
    word = page.lower[i]
    if word in (".", "-", "of", "for", "&", "and"):
        return i + 1 < end
    # "Foreign Office Spokesperson": the office is a body, not a part of the title.
    if word in OFFICES and page.lower[i + 1] in ("secretary", "minister"):
        return True
    return is_title(word) or word in titles("modifier")


def _untitled(page: Page, first: int, last: int) -> Iterator[Name]:
    if first >= last or not may_be_name(page, first, last):
        return
    if (
        last - first > 2
        and page.lower[first] in titles("modifier")
        and page.label[last - 1] == "PERSON"
    ):
        first += 1  # "Republican Foo Bar"
    split = _acronym_after(page, first, last) or _person_after(page, first, last)
    if split is not None:
        yield from _untitled(page, first, split)
        yield from _untitled(page, split, last)
        return
    yield Name(first, _with_tail(page, first, last), sure=_sure(page, first, last))


def _acronym_after(page: Page, first: int, last: int) -> int | None:
    """Return where an acronym stands right after the body that it abbreviates."""
    word = page.text[last - 1]
    apart = last - first > 2 and word.isupper() and word.isalpha() and 2 < len(word) < 7
    return last - 1 if apart and page.lower[last - 2] in heads() else None


def _person_after(page: Page, first: int, last: int) -> int | None:
    """Return where a person's name begins after a state's or its people's name."""
    for i in range(first + 1, last - 1):
        if page.label[i] == "PERSON" and page.entity[i] != page.entity[i - 1]:
            before = page.words(first, i)
            if country_named(before) or country_of_demonym(before):
                return i
    return None


def may_be_name(page: Page, first: int, last: int) -> bool:
    """Tell whether tokens may be a name: no lone title, letter, furniture or head word."""
    if last - first == 1:
        word = page.lower[first]
        if len(word) == 1 or is_title(word) or word in titles("modifier"):
            return False
        if "-" in word and word.rpartition("-")[2] in around("compound"):
            return False
        if word in around("furniture") or (word in heads() and page.pos[first] != "PROPN"):
            return False
    words = [page.lower[i].rstrip(".") for i in range(first, last)]
    if any(is_title(word) for word in words) and all(
        is_title(word) or word in titles("modifier") for word in words
    ):
        return False  # "Surgeon General"
    return any(character.isalpha() for character in page.words(first, last))


def _with_tail(page: Page, first: int, last: int) -> int:
    """Return the end of a name with a small-letter head after it ("Foo network")."""
    if last < len(page) and page.sentence[last] == page.sentence[first]:
        name = page.words(first, last)
        known = country_named(name) or country_of_demonym(name) or fold(name) in around("people")
        tail = page.lower[last] in around("tail") or page.lower[last] in around("rule")
        if tail and not known and page.spaced[last - 1]:
            return last + 1
    return last


def _sure(page: Page, first: int, last: int) -> bool:
    """Tell whether more than a sentence's first capital says that this is a name."""
    if page.style[page.sentence[first]] != "plain":
        return False
    if last - first > 1 or not page.first_of_sentence(first):
        return True
    known = country_named(page.text[first]) or country_of_demonym(page.text[first])
    named = page.pos[first] == "PROPN" and page.label[first] not in ("", "DATE", "CARDINAL")
    return bool(known) or named or (page.text[first].isupper() and len(page.text[first]) > 1)
