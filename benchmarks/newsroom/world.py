"""The invented world of a bank and a seed: countries, bodies, outlets, and what happens in it."""

import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from .grammar import Alternatives, Banks, banks, capital, written

Bank = Literal["tuning", "held_out"]
FIRST_DAY = date(2012, 1, 2).toordinal()
DAYS = 4_500
COUNTRIES = 14
OUTLETS = 420
AGENCIES = 7
STAFF = 1_500
TOWNS = 24
POOL = 30  # bodies of a kind, and persons of a kind, that a country's stories draw from
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()
HALVES = ("a.m.", "p.m.")
YEARS = range(1951, 2011)
COUNTS = {
    "money": [f"{n:,}" for n in range(1_100, 98_000, 173)],
    "pop": [f"{n:,}" for n in range(2_300, 240_000, 911)],
    "year": [str(n) for n in range(1948, 2012)],
    "weekday": WEEKDAYS,
    "month": MONTHS,
    "count": [str(n) for n in range(13, 99)],
    "clock": [
        f"{h}.{m:02} {half}" for h in range(1, 13) for m in range(0, 60, 5) for half in HALVES
    ],
    "date": [f"{d} {month} {y}" for d in (2, 9, 14, 23, 28) for month in MONTHS for y in YEARS],
    "date2": [f"{d} {month}" for d in range(1, 29) for month in MONTHS],
}


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet with its habits: how it spells, quotes and furnishes its pages."""

    name: str
    printed: str  # as a sentence names it
    source: str
    domain: str
    town: str
    american: bool
    quotes: int
    dated: bool
    furniture: tuple[str, ...]
    agency: bool
    sign: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in stories."""

    full: str
    family: str
    role: str
    his: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its places, bodies and well-known persons, the most spoken of first."""

    name: str
    people: str
    towns: tuple[str, ...]
    rulers: tuple[str, ...]
    movements: tuple[str, ...]
    officials: tuple[str, ...]
    critics: tuple[str, ...]


@dataclass(slots=True)
class World:
    """The banks of sentences and all that is fixed in them."""

    bank: Bank
    seed: int
    banks: Banks
    topics: tuple[str, ...]
    swaps: dict[str, str]
    disorder: dict[str, str]
    hedges: tuple[str, ...]
    countries: tuple[Country, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    agencies: tuple[Outlet, ...] = ()
    staff: tuple[str, ...] = ()


@dataclass(slots=True)
class Story:
    """A happening: who, where, when, how many, and what its sentences bind."""

    id: str
    topic: str
    day: int
    bound: dict[str, str]
    cast: dict[str, Person]
    paragraphs: int = 0  # numbered so far

    def number(self) -> int:
        """Return the number of a new paragraph."""
        self.paragraphs += 1
        return self.paragraphs


def skewed(chance: random.Random, count: int) -> int:
    """Return a position below count, the low ones oftener."""
    return int(count * chance.random() ** 1.7)


@lru_cache(maxsize=4)
def world(bank: Bank, seed: int) -> World:
    """Return the world of a bank and a seed."""
    chance = random.Random(f"newsroom/{bank}/{seed}")
    found = banks(Path(__file__).with_name(f"{bank}.txt"), COUNTS)
    made = World(
        bank=bank,
        seed=seed,
        banks=found,
        topics=_plain(found["topic"]),
        swaps=_swaps(found["swap.light"]),
        disorder=_swaps(found["swap.light"]) | _swaps(found["swap.disorder"]),
        hedges=tuple(one for key in ("hedge", "atleast") for one in _plain(found[key]) if one),
    )
    made.countries = tuple(_country(made, chance) for _ in range(COUNTRIES))
    taken: set[str] = set()
    made.agencies = tuple(_outlet(made, chance, taken, agency=True) for _ in range(AGENCIES))
    made.outlets = tuple(_outlet(made, chance, taken, agency=False) for _ in range(OUTLETS))
    made.staff = tuple(
        " ".join(written(found[part], chance.random, {}) for part in ("first", "family"))
        for _ in range(STAFF)
    )
    return made


def _plain(found: Alternatives) -> tuple[str, ...]:
    return tuple(one for one in found if isinstance(one, str))


def _swaps(found: Alternatives) -> dict[str, str]:
    pairs = (one.split(">") for one in _plain(found))
    return {before: after.replace("~", " ") for before, after in pairs}


def _country(made: World, chance: random.Random) -> Country:
    def one(name: str, bound: dict[str, str]) -> str:
        return written(made.banks[name], chance.random, bound)

    land = one("land", {})
    people = land + "n" if land.endswith("a") else land + "ian"
    bound = {"LANDISH": people, "LAND": land}
    towns = tuple(dict.fromkeys(one("town", {}) for _ in range(TOWNS)))
    rulers = tuple(dict.fromkeys(one("body_a", bound) for _ in range(POOL)))
    movements = tuple(dict.fromkeys(one("body_b", bound) for _ in range(POOL)))
    names = [f"{one('first', {})} {one('family', {})}" for _ in range(2 * POOL)]
    return Country(land, people, towns, rulers, movements, tuple(names[:POOL]), tuple(names[POOL:]))


def _outlet(made: World, chance: random.Random, taken: set[str], *, agency: bool) -> Outlet:
    """Return an outlet of a name that is not taken."""
    while True:
        name = written(made.banks["agency" if agency else "paper"], chance.random, {})
        key = name.replace(" ", "").replace("’", "").casefold()
        if key not in taken:
            taken.add(key)
            break
    articled = not agency and name.split()[-1] in _plain(made.banks["paper_kind"])
    printed = f"the {name}" if articled else name
    bound = {"OUTLET": printed, "NAME": name}
    furniture = tuple(
        capital(written(made.banks[kind], chance.random, bound))
        for kind in ("letter", "subscribe", "about")
        if chance.random() < 0.7
    )
    return Outlet(
        name=name,
        printed=printed,
        source=f"The {name}" if articled and chance.random() < 0.3 else name,
        domain=f"{key}.example",
        town=written(made.banks["town"], chance.random, {}),
        american=chance.random() < 0.4,
        quotes=chance.randrange(4),
        dated=chance.random() < 0.6,
        furniture=() if agency else furniture,
        agency=agency,
        sign=name.upper() if chance.random() < 0.5 else name,
    )


def story(made: World, chance: random.Random, number: int) -> Story:
    """Return the happening of a tree."""
    banks_, rnd = made.banks, chance.random
    country = made.countries[skewed(chance, COUNTRIES)]
    other = made.countries[skewed(chance, COUNTRIES)]
    topic = made.topics[int(rnd() * len(made.topics))]
    day = FIRST_DAY + int(rnd() * DAYS)
    towns = country.towns[1:]
    town, town2 = (towns[skewed(chance, len(towns))] for _ in range(2))
    few, many = int(rnd() * rnd() * 60) + 3, int(rnd() * 260) + 70
    bound = {
        "LAND": country.name,
        "LAND2": other.name,
        "LANDISH": country.people,
        "CITY": country.towns[0],
        "TOWN": town,
        "TOWN2": town2 if town2 != town else written(banks_["town"], rnd, {}),
        "AREA": written(banks_["town"], rnd, {}),
        "A_BODY": country.rulers[skewed(chance, len(country.rulers))],
        "B_BODY": country.movements[skewed(chance, len(country.movements))],
        "N1": str(few),
        "N2": str(few + int(rnd() * 40) + 2),
        "N3": str(few + many),
        "DAY": WEEKDAYS[(day - 1) % 7],
    }
    bound["X_EVENT"] = written(banks_[f"{topic}.event"], rnd, bound)
    bound["X"] = written(banks_[f"{topic}.x"], rnd, bound)
    names = (
        country.officials[skewed(chance, POOL)],
        country.critics[skewed(chance, POOL)],
        f"{written(banks_['first'], rnd, {})} {written(banks_['family'], rnd, {})}",
        country.critics[skewed(chance, POOL)],
    )
    made_story = Story(f"happening-{made.bank}-{made.seed}-{number}", topic, day, bound, {})
    for key, name, letter in zip("1234", names, "abcd", strict=True):
        made_story.cast[key] = person(made, chance, name, letter, bound)
    for letter, key in (("A", "1"), ("B", "2")):
        somebody = made_story.cast[key]
        bound[f"{letter}_FULL"], bound[f"{letter}_FAM"] = somebody.full, somebody.family
        bound[f"{letter}_HIS"] = somebody.his
    return made_story


def person(
    made: World, chance: random.Random, name: str, letter: str, bound: dict[str, str]
) -> Person:
    """Return somebody of that name in a role of that letter."""
    role = written(made.banks[f"role_{letter}"], chance.random, bound)
    body = bound["A_BODY"] if letter == "a" else bound["B_BODY"] if letter == "b" else None
    his = "his" if sum(map(ord, name)) % 2 else "her"
    return Person(name, name.rsplit(" ", 1)[-1], role, his, body)
