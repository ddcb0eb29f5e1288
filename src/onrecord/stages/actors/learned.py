"""Names as the encoder sees them."""

from onrecord.geography import country_named, country_of_demonym
from onrecord.models.attribution import Tags
from onrecord.models.names import KINDS
from onrecord.stages.actors.names import NO_NAME, Name, may_be_name
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.words import around, heads, person_nouns

LEAST = 0.5  # share of all kinds together from which a name is one


def learned(page: Page, tags: Tags) -> list[Name]:
    """Return the names of a report by the encoder, in order, without overlaps."""
    found: list[Name] = []
    small = {word for word in page.text if word.islower()}
    for one in tags.names:
        if one.sure < LEAST:
            continue
        start, end = tags.words.starts[one.first], tags.words.ends[one.last - 1]
        tokens = page.parse.tokens_in(start, end)
        kinds = dict(zip(KINDS, (float(share) for share in one.kinds), strict=True))
        first, last = _trimmed(page, tokens.start, tokens.stop)
        if max(kinds, key=kinds.__getitem__) == "person":
            first = _after_nouns(page, first, last)
        if first >= last or (found and first < found[-1].last):
            continue
        if not may_be_name(page, first, last) or _adjective(page, first, last, kinds):
            continue
        if page.words(first, last).islower():
            continue
        if last - first > 1 or not _common(page, first, small):
            found.append(Name(first, last, kinds=kinds))
    return found


def _common(page: Page, i: int, small: set[str]) -> bool:
    """Tell whether a lone word is one of the language: a small word, or printed small elsewhere."""
    if page.text[i].isupper() and len(page.text[i]) > 1 and page.style[page.sentence[i]] == "plain":
        return False
    known = country_named(page.text[i]) or country_of_demonym(page.text[i])
    if known or not (page.first_of_sentence(i) or page.style[page.sentence[i]] != "plain"):
        return bool(page.parse.doc[i].is_stop) and not known
    return bool(page.parse.doc[i].is_stop) or page.lower[i] in small


def _trimmed(page: Page, first: int, last: int) -> tuple[int, int]:
    """Drop articles, marks and small words from both ends, but for particles and heads."""
    capitals = [i for i in range(first, last) if not page.text[i].islower()]
    while first < last and (
        page.lower[first] in NO_NAME
        or not page.text[first][0].isalnum()
        or (page.text[first].islower() and capitals and first < capitals[0])
    ):
        if page.lower[first] in around("particle"):
            break
        first += 1
    while capitals and last - 1 > capitals[-1] and _mere_word(page.lower[last - 1]):
        last -= 1
    while last > first and (
        not page.text[last - 1][-1].isalnum() or page.lower[last - 1] in ("'s", "’s")
    ):
        if page.text[last - 1] == "." or page.text[last - 1][-1] == ".":
            break
        last -= 1
    return first, last


def _mere_word(word: str) -> bool:
    """Tell whether a small word at a name's end is no part of it ("Foo network")."""
    return word.isalpha() and word not in heads() and word not in around("tail")


def _after_nouns(page: Page, first: int, last: int) -> int:
    """Return where a person's full name begins after a noun in capitals ("Comedian Foo Bar")."""
    while last - first > 2 and _calls_a_person(page.lower[first]):
        first += 1
    return first


def _calls_a_person(word: str) -> bool:
    people = word.removesuffix("woman").removesuffix("man")
    return word in person_nouns() or (people != word and country_of_demonym(people) is not None)


def _adjective(page: Page, first: int, last: int, kinds: dict[str, float]) -> bool:
    """Tell whether capitals make a name of a word like "DEMOCRATIC" in a line of capitals."""
    lone = last - first == 1 and page.pos[first] == "ADJ"
    return lone and page.style[page.sentence[first]] == "capitals" and kinds["party"] > LEAST
