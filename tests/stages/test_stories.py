"""Stories over small corpora of invented happenings."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.stages.clean import clean
from onrecord.stages.copies import copies
from onrecord.stages.stories import Shared, Stories, components, shared, stories
from onrecord.types import Block, Corpus, Dating, Entity, Reading, Report, Story, When

FIRE = [
    "Four dockers died when eleven grain silos burned down in the harbour of Sell on Monday, the "
    "port office said. Ilo Marn, who runs the tug Petrel, pumped water until noon.",
    "The silo fire in Sell that killed four dockers began in a conveyor belt, officials said. "
    "Ilo Marn of the tug Petrel had seen smoke above the silos at dawn.",
    "Sell buries its four dockers on Friday. The silos were never inspected, said Ilo Marn, who "
    "fought the fire from the tug Petrel.",
]
TALKS = [
    "Envoys of Tarrin and Ovelia met in the monastery of Hask and agreed to exchange ninety "
    "prisoners, said the abbot, Dom Perrin, who hosted the talks.",
    "Ninety prisoners will go home after the talks in the monastery of Hask, the abbot Dom Perrin "
    "announced. Tarrin and Ovelia sent envoys.",
]
PERSONS = ("Ilo Marn", "Dom Perrin", "Wera Lund")
ALONE = "The chess champion Wera Lund lost her title in Brugg after a game of nine hours."


def reading(name: str, text: str, day: date | None = None, title: str | None = None) -> Reading:
    blocks = (Block(0, len(text), "body", "a paragraph"),) if text else ()
    published = Dating(day, day)
    return Reading(
        report=Report(
            id=name,
            path=name,
            sha256="0",
            text=text,
            title=title,
            blocks=blocks,
            published=published,
        ),
        entities=tuple(
            Entity(id=f"{name}-{person}", report=name, name=person, kind="person", names=(person,))
            for person in PERSONS
            if person in text
        ),
    )


def run(*readings: Reading) -> tuple[Story, ...]:
    ordered = tuple(sorted(readings, key=lambda r: r.report.id))
    return stories(copies(Corpus(readings=ordered))).stories


def groups(found: Sequence[Story]) -> list[tuple[str, ...]]:
    return sorted(story.reports for story in found)


def corpus(day: date | None = None) -> list[Reading]:
    return [
        *(reading(f"fire{i}", text, day) for i, text in enumerate(FIRE)),
        *(reading(f"talks{i}", text, day) for i, text in enumerate(TALKS)),
        reading("alone", ALONE, day),
    ]


def test_reports_of_one_happening_are_one_story() -> None:
    found = run(*corpus())
    assert groups(found) == [("alone",), ("fire0", "fire1", "fire2"), ("talks0", "talks1")]


def test_the_same_words_years_apart_are_not_one_happening() -> None:
    early = "Rebels shelled the market of Sell on Monday and wounded six traders, officials said."
    late = "Rebels shelled the station of Sell on Sunday; officials counted two wounded porters."
    days = [date(2030, 5, 6), date(2036, 5, 6)]
    together = run(*corpus(), reading("x", early, days[0]), reading("y", late, days[0]))
    apart = run(*corpus(), reading("x", early, days[0]), reading("y", late, days[1]))
    assert ("x", "y") in groups(together)
    assert ("x", "y") not in groups(apart)


def test_a_topic_that_all_reports_share_makes_no_story() -> None:
    topic = "In the war between Tarrin and Ovelia over the Hask valley, "
    readings = [
        reading(
            "a", f"{topic}a barge with flour sank near Brugg, and the crew swam ashore at night."
        ),
        reading("b", f"{topic}the singer Wera Lund gave a concert for wounded soldiers in a barn."),
        reading(
            "c", f"{topic}teachers asked for chalk, stoves and window glass before the winter."
        ),
        reading("d", f"{topic}a court fined two bakers who had sold bread above the fixed price."),
    ]
    assert groups(run(*readings)) == [("a",), ("b",), ("c",), ("d",)]


def test_every_readable_report_is_in_exactly_one_story() -> None:
    broken = Reading(report=Report(id="broken", path="b", sha256="0", problem="no text"))
    signs = reading("signs", "… — !")
    found = run(*corpus(), broken, signs)
    assert sorted(r for story in found for r in story.reports) == sorted(
        [r.report.id for r in corpus()] + ["signs"]
    )


def test_a_story_keeps_its_id_when_a_later_report_joins_it() -> None:
    days = [date(2030, 5, 6), date(2030, 5, 7), date(2030, 5, 8)]
    readings = [reading(f"fire{9 - i}", FIRE[i], days[i]) for i in range(3)]
    others = corpus()[3:]
    before = next(s for s in run(*readings[:2], *others) if "fire9" in s.reports)
    after = next(s for s in run(*readings, *others) if "fire9" in s.reports)
    assert len(before.reports) == 2
    assert len(after.reports) == 3
    assert before.id == after.id


def test_title_is_the_title_of_one_of_its_reports_or_its_first_words() -> None:
    titled = [reading("t", FIRE[0], title="  Silos of Sell\nburn "), *corpus()[3:]]
    assert "Silos of Sell burn" in {story.title for story in run(*titled)}
    (alone,) = [story for story in run(*corpus()) if story.reports == ("alone",)]
    assert alone.title == ALONE


def test_when_spans_the_reports_and_is_open_where_one_has_no_date() -> None:
    days = [date(2030, 5, 6), date(2030, 5, 9)]
    both = run(*(reading(f"t{i}", TALKS[i], days[i]) for i in range(2)), *corpus()[:3])
    assert When(*days) in {story.when for story in both}
    one = run(reading("t0", TALKS[0], days[0]), reading("t1", TALKS[1]), *corpus()[:3])
    (found,) = [story for story in one if story.reports == ("t0", "t1")]
    assert found.when == When(None, None)


def test_why_names_words_that_the_reports_share() -> None:
    (fire,) = [story for story in run(*corpus()) if "fire0" in story.reports]
    assert "petrel" in fire.why


def test_odd_reports_do_no_harm() -> None:
    texts = ["x" * 50_000, "ALL CAPITALS HERE", "пожар в порту", "1 2 3", "word", "word"]
    found = run(*(reading(f"r{i}", text) for i, text in enumerate(texts)))
    assert sum(len(story.reports) for story in found) == len(texts)


def test_no_reports_make_no_stories() -> None:
    assert run() == ()


PLACES = ("quay", "depot", "ferry", "tower", "garden", "school", "bakery", "tunnel")


def reprint(i: int) -> str:
    """Return one of many reports of one happening, nearly alike, each with words of its own."""
    return (
        f"From our reporter {i} at the {PLACES[i % len(PLACES)]}. A grain barge sank below the "
        f"lock of Hask on Monday night after it had struck a pier of the old bridge, and its crew "
        f"of seven swam ashore, the river police said. Divers found {20 + i} sacks of flour in the "
        f"mud at dawn. The lock stays shut until the wreck is lifted, said the keeper, Ilo Marn. "
        f"Number {1000 + 37 * i} rang for hours."
    )


@pytest.mark.parametrize("count", [2, 40])
def test_reprints_are_one_story_even_where_a_record_holds_little_else(count: int) -> None:
    day = date(2030, 5, 6)
    made = [reading(f"barge{i:02}", reprint(i), day) for i in range(count)]
    found = groups(run(*made, reading("alone", ALONE, day)))
    assert found == [("alone",), tuple(one.report.id for one in made)]


def test_a_copied_passage_short_of_half_the_shorter_report_is_no_reprint() -> None:
    passage = reprint(1)
    others = [" ".join(f"{word}{i}" for i in range(90)) for word in ("mill", "dyke")]
    made = [reading(name, f"{passage} {text}") for name, text in zip("ab", others, strict=True)]
    corpus = copies(Corpus(readings=tuple(made)))
    assert [copy.kind for copy in corpus.copies] == ["text"]
    (with_others,) = shared(dict(enumerate(one.report for one in made)), corpus.copies)
    assert with_others.share < 0.5
    brief = reading("c", passage)
    with_brief = copies(Corpus(readings=(*made, brief)))
    reports = dict(enumerate(one.report for one in (*made, brief)))
    found = {(one, other): share for one, other, share in shared(reports, with_brief.copies)}
    assert [pair for pair, share in sorted(found.items()) if share >= 0.5] == [(0, 2), (1, 2)]


@settings(max_examples=15, deadline=None)
@given(st.permutations(corpus(date(2030, 5, 6))))
def test_the_order_of_the_reports_changes_nothing(readings: list[Reading]) -> None:
    assert run(*readings) == run(*corpus(date(2030, 5, 6)))


SHIPS = ("Petrel", "Gannet", "Auk", "Tern", "Skua", "Heron", "Ibis", "Crane", "Dunlin", "Plover")
HARBOURS = ("Sell", "Brugg", "Hask", "Orm", "Tarrin", "Ovelia")


def many(count: int) -> list[Reading]:
    """Return reports of two or three to a happening, some undated, over words that come again."""
    made = []
    for i in range(count):
        about = i // 3 + i % 2
        ship, harbour = SHIPS[about % len(SHIPS)], HARBOURS[about % len(HARBOURS)]
        text = (
            f"The ship {ship} with {10 + about} sailors ran aground off {harbour}, said port "
            f"officer number {i % 7}. Tugs {'towed it' if about % 2 else 'waited'} until dawn."
        )
        day = None if i % 11 == 5 else date(2030, 1, 1) + timedelta(days=about * 3 % 50)
        made.append(reading(f"r{i * 7919 % 1000:03}-{i}", text, day))
    return made


def put_in_place(kept: dict[str, Story], made: Stories) -> int:
    """Bring what is kept of stories up to date; return how many were told anew."""
    gone, stories = made.renewed()
    for key in gone:
        del kept[key]
    told = {story.id: story for story in stories}
    assert not told.keys() & kept.keys()
    kept |= told
    return len(told)


@settings(max_examples=25, deadline=None)
@given(
    order=st.permutations(range(90)),
    cuts=st.lists(st.integers(0, 90), max_size=5),
    pairs=st.lists(st.tuples(st.integers(0, 89), st.integers(0, 89)), max_size=8),
)
def test_batches_in_any_order_give_what_one_build_gives(
    order: list[int], cuts: list[int], pairs: list[tuple[int, int]]
) -> None:
    readings, joined = many(90), {(min(p), max(p)) for p in pairs if p[0] != p[1]}
    whole = Stories()
    whole.add(readings, [Shared(i, j, 0.6) for i, j in sorted(joined)])
    place = {number: at for at, number in enumerate(order)}
    parts, kept = Stories(), dict[str, Story]()
    edges = [0, *sorted(cuts), 90]
    for start, end in pairwise(edges):
        come = [
            Shared(place[i], place[j], 0.6)
            for i, j in joined
            if start <= max(place[i], place[j]) < end
        ]
        parts.add([readings[i] for i in order[start:end]], come)
        put_in_place(kept, parts)
    assert list(parts.stories()) == list(whole.stories()) == [kept[key] for key in sorted(kept)]


def told_again(count: int) -> list[Reading]:
    """Return reports of happenings of many sizes, told in words drawn from those of a town."""
    chance = random.Random(count)
    town = [f"word{i}" for i in range(900)]
    made: list[Reading] = []
    while len(made) < count:
        about, day = chance.choices(town, k=14), date(2030, 1, 1) + timedelta(chance.randrange(300))
        for _ in range(chance.choice((1, 1, 2, 3, 4, 15))):
            words = [*chance.sample(about, 9), *chance.choices(town, k=9)]
            text = " ".join(word.title() if word in about[:3] else word for word in words)
            later = day + timedelta(chance.choice((0, 0, 1, 4)))
            made.append(reading(f"t{chance.randrange(10**9)}", text, later))
    return made[:count]


@pytest.fixture(params=[components.WHOLE, 3])
def whole_cell(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Set up to how many connected reports are compared whole: as it is, and few."""
    components.within.cache_clear()
    monkeypatch.setattr(components, "WHOLE", request.param)
    yield request.param
    components.within.cache_clear()


@pytest.mark.parametrize("seed", range(6))
def test_a_few_more_reports_change_no_more_than_one_build_would(seed: int, whole_cell: int) -> None:
    readings = told_again(420)
    whole = Stories()
    whole.add(readings)
    random.Random(seed).shuffle(readings)
    parts, kept = Stories(), dict[str, Story]()
    for start, end in pairwise((0, 290, 340, 380, 384, 420)):
        parts.add(readings[start:end])
        told = put_in_place(kept, parts)
    found = list(parts.stories())
    assert found == list(whole.stories()) == [kept[key] for key in sorted(kept)]
    assert 0 < told < len(found)
    assert {1, 2, 3, 4} <= {len(story.reports) for story in found}


def test_a_happening_of_more_reports_than_are_compared_whole_is_still_one_story(
    whole_cell: int,
) -> None:
    day = date(2030, 5, 6)
    made = [reading(f"barge{i:02}", reprint(i), day) for i in range(8)]
    others = [reading(f"z{i}", " ".join(f"mill{i}x{k}" for k in range(40)), day) for i in range(20)]
    found = groups(run(*made, *others))
    assert tuple(one.report.id for one in made) in found
    assert len(found) == 21


def test_of_the_reports_made_for_batches_some_are_together_and_some_apart() -> None:
    sizes = [len(story.reports) for story in run(*many(90))]
    assert max(sizes) > 1
    assert len(sizes) > 10


def test_a_copy_given_again_takes_the_place_of_the_first() -> None:
    texts = [" ".join(f"{word}{i}" for i in range(60)) for word in ("mill", "dyke")]
    made = Stories()
    made.add([reading(name, text) for name, text in zip("ab", texts, strict=True)])
    assert groups(list(made.stories())) == [("a",), ("b",)]
    made.add((), [Shared(0, 1, 0.9)])
    assert groups(list(made.stories())) == [("a", "b")]
    made.add((), [Shared(1, 0, 0.1)])
    assert groups(list(made.stories())) == [("a",), ("b",)]
    made.add((), [Shared(0, 1, 0.9)])
    assert groups(list(made.stories())) == [("a", "b")]
    made.add((), [Shared(0, 1, -1)])
    assert groups(list(made.stories())) == [("a",), ("b",)]


def test_what_a_furniture_page_shares_with_one_of_another_month_joins_no_stories() -> None:
    text = " ".join(f"mill{i}" for i in range(60))
    days = [date(2030, 5, 6), date(2030, 6, 20)]
    made = Stories()
    made.add([reading(n, text, d) for n, d in zip("ab", days, strict=True)], [Shared(0, 1, 1.0)])
    near = Stories()
    near.add([reading(n, text, days[0]) for n in "ab"], [Shared(0, 1, 1.0)])
    assert groups(list(near.stories())) == [("a", "b")]
    assert groups(list(made.stories())) == [("a",), ("b",)]


@pytest.mark.shared
def test_seeds_are_four_stories(shared: Path) -> None:
    readings = [
        Reading(
            report=clean(Report(id=f.stem[:3], path=f.name, sha256="0", text=f.read_text("utf-8")))
        )
        for f in (shared / "data/seeds").glob("*.txt")
    ]
    assert groups(run(*readings)) == [("000",), ("001",), ("002", "004"), ("003",)]
