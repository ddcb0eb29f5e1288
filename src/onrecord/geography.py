"""States and the words for them: names, demonyms, capitals, seats of power, known places.

The facts come from the libraries countryinfo and babel; `lexicon/geography.tsv` adds what they
lack. All look-ups fold case, accents and punctuation.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources

import countryinfo
from babel import Locale

FACTS = "geography.tsv"
NOT_WORD = re.compile(r"[^\w]+")
ARTICLE = re.compile(r"^the ")
# Former states in the library's list, whose names now belong to several.
FORMER = frozenset({"AN", "CS"})
# Subdivisions of these words alone say a direction or a common noun, not which place.
TOO_GENERAL = frozenset(
    "central north south east west northern southern eastern western capital upper lower "
    "centre center national federal union islands island coast delta bay may".split()
)
SHORTEST_PROVINCE = 4  # shorter names of subdivisions collide with words and acronyms
# Small territories have demonyms that other countries' people are known by.
SHARED_DEMONYMS = frozenset(
    "IO HK MO MP MQ RE YT TF GF PM SJ GI CX AX BL BQ BV CW HM MF SX UM TC VG VI GS".split()
)

# Territories under another state: from their seats nobody speaks for a state.
DEPENDENT = SHARED_DEMONYMS | frozenset(
    "AI AS AW BM CK FK FO GG GL GP GU IM JE KY MS NC NF NU PN PR SH TK WF".split()
)


@dataclass(slots=True)
class Gazetteer:
    """Folded names to ISO 3166 alpha-2 codes, and names of places that are no states."""

    names: dict[str, str] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    short: dict[str, str] = field(default_factory=dict)


@functools.lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name without case, accents, punctuation and a leading "the"."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(letter)
    )
    bare = bare.replace(".", "").replace("'", "").replace("’", "").replace("`", "")
    return ARTICLE.sub("", NOT_WORD.sub(" ", bare).strip())


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the tables, read once."""
    tables = Gazetteer()
    for country in countryinfo.all_countries():
        _add_country(tables, country.info())
    english = Locale("en").territories
    for code, name in english.items():
        if len(code) == 2 and code.isalpha() and code in set(tables.names.values()):
            tables.names.setdefault(fold(name), code)
    _add_facts(tables)
    for code in set(tables.names.values()):
        tables.short.setdefault(code, str(english.get(code, code)))
    for name in (*tables.names, *tables.capitals, *tables.demonyms):
        tables.places.discard(name)
    return tables


def _add_country(tables: Gazetteer, info: Mapping[str, object]) -> None:
    iso = info.get("ISO")
    code = iso.get("alpha2") if isinstance(iso, dict) else None
    if not isinstance(code, str) or len(code) != 2 or code in FORMER:
        return
    for name in (info.get("name"), *_texts(info.get("altSpellings"))):
        # Two and three letters are codes, which words and acronyms collide with.
        if isinstance(name, str) and (len(name) > 4 or name == info.get("name")):
            tables.names.setdefault(fold(name), code)
    if code not in DEPENDENT:
        for capital in _texts(info.get("capital")):
            tables.capitals.setdefault(fold(capital), code)
    if code not in SHARED_DEMONYMS:
        for form in _demonyms(str(info.get("demonym") or "")):
            tables.demonyms.setdefault(fold(form), code)
    for province in _texts(info.get("provinces")):
        folded = fold(province)
        if len(folded) >= SHORTEST_PROVINCE and folded not in TOO_GENERAL:
            tables.places.add(folded)


@functools.cache
def southern() -> frozenset[str]:
    """Return the folded names, and those of the people, of countries south of the equator."""
    codes = set()
    for country in countryinfo.all_countries():
        info = country.info()
        where = info.get("latlng")
        if where and float(where[0]) < 0:
            codes.add(info["ISO"]["alpha2"])
    tables = gazetteer()
    named = (*tables.names.items(), *tables.demonyms.items())
    return frozenset(name for name, code in named if code in codes)


def _demonyms(listed: str) -> Iterable[str]:
    """Yield the demonyms of a list, each with its plural where it has one of its own."""
    for demonym in filter(None, (word.strip() for word in re.split("[,/]", listed))):
        yield demonym
        if not demonym.endswith(("ese", "ish", "ch", "s", "x")):
            yield demonym + "s"


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        yield from (item for item in value if isinstance(item, str))


def _add_facts(tables: Gazetteer) -> None:
    for row in resources.files("onrecord.lexicon").joinpath(FACTS).read_text("utf-8").splitlines():
        if row.startswith("#") or not row.strip():
            continue
        kind, code, name = row.split("\t")
        folded = fold(name)
        if kind == "place":
            tables.places.add(folded)
        else:
            target = {
                "name": tables.names,
                "demonym": tables.demonyms,
                "capital": tables.capitals,
                "seat": tables.seats,
            }[kind]
            target[folded] = code


def country_named(name: str) -> str | None:
    """Return the code of the state that goes by that name ("U.S.", "Denmark"), or None."""
    if name in ("us", "Us"):  # the pronoun, not the state
        return None
    return gazetteer().names.get(fold(name))


def country_of_demonym(word: str) -> str | None:
    """Return the code of the state whose people or things are called so, or None."""
    return gazetteer().demonyms.get(fold(word))


def country_of_capital(name: str) -> str | None:
    """Return the code of the state whose capital that is, or None."""
    return gazetteer().capitals.get(fold(name))


def country_of_seat(name: str) -> str | None:
    """Return the code of the state that is ruled from there ("the Kremlin"), or None."""
    return gazetteer().seats.get(fold(name))


def is_place(name: str) -> bool:
    """Tell whether that is a known region, subdivision or city and no state or capital."""
    return fold(name) in gazetteer().places


def country_name(code: str) -> str:
    """Return the English name of a state by its code, or the code where none is known."""
    return gazetteer().short.get(code, code)
