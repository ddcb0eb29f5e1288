"""Single persons as figures, what befell whom, kinds and standings of figures, and the toll."""

import pytest

from onrecord.ids import make_id
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.toll import Toll, toll
from onrecord.types import Figure, Reading, Report


def read(text: str) -> Reading:
    report = Report(make_id("report", text), "a.txt", "", text)
    return next(iter(read_reports([report], Settings())))


def told(text: str) -> list[tuple[str, str, str]]:
    return [(f.span.text, f.unit, f.standing) for f in read(text).figures]


def toll_of(text: str) -> Toll:
    return toll(read(text).figures, text)


@pytest.mark.parametrize(
    ("text", "person", "state"),
    [
        ("Gunmen shot dead a ferry pilot in Ostrava Bay on Monday.", "a ferry pilot", "killed"),
        ("A fisherman was shot and killed near the pier.", "A fisherman", "killed"),
        ("A fisherman was shot in the leg near the pier.", "A fisherman", "shot"),
        ("The blast left a guard dead on Tuesday.", "a guard", "killed"),
        ("A fisherman was shot dead near the pier.", "A fisherman", "killed"),
        ("The case left a 14-year-old dead.", "a 14-year-old dead", "killed"),
        ("The general was wounded in the raid and later died.", "The general", "killed"),
        ("The police chief was found dead in his office.", "The police chief", "killed"),
        ("The storm claimed the life of a farmer.", "a farmer", "killed"),
        ("The driver suffered a head injury in the raid.", "The driver", "wounded"),
        ("A nurse was taken to hospital after the raid.", "A nurse", "hospitalized"),
    ],
)
def test_a_single_person_counts_as_one(text: str, person: str, state: str) -> None:
    found = [f for f in read(text).figures if f.how == "person"]
    assert [(f.span.text, f.unit, f.value) for f in found] == [(person, f"people {state}", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "The council killed the bill on Monday.",
        "The death of the treaty was near.",
        "The body of the report is short.",
        "Anyone may be killed there.",
        "They buried the dead on Monday.",
        "Two men were shot dead on Monday.",
        "A man shot at the police and missed.",
        "None of the two men was shot.",
    ],
)
def test_what_is_no_person_is_not_counted(text: str) -> None:
    assert [f for f in read(text).figures if f.how == "person"] == []


def test_who_killed_another_and_himself_are_two() -> None:
    text = "A Corvale man killed his brother and then himself on Sunday."
    assert toll_of(text) == Toll(2, None)


def test_one_person_told_of_in_three_ways_is_one() -> None:
    text = (
        "A teenager was killed in Corvale on Monday. The boy was shot in a yard. "
        "Police said Anton Brezic was pronounced dead at the scene."
    )
    assert toll_of(text).killed == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells killed 12 people and wounded 30.", Toll(12, 30)),
        ("Four women and a man were killed in the raid.", Toll(5, None)),
        ("Seven people were shot on the bridge. Two of them were killed.", Toll(2, 5)),
        ("A woman was killed and four others were injured.", Toll(1, 4)),
        ("The raid left one soldier dead and six injured.", Toll(1, 6)),
        ("A family of five was found dead in the house.", Toll(5, None)),
        ("No one was killed in the raid.", Toll(None, None)),
        ("The raid could kill hundreds of people.", Toll(None, None)),
        ("Nothing happened on the bridge.", Toll(None, None)),
        ("Not one of the 12 passengers was killed.", Toll(None, None)),
        ("Only 1 of the 12 hostages was killed.", Toll(1, None)),
        ("Two out of 12 hostages were killed.", Toll(2, None)),
        ("Not a single soldier was killed.", Toll(None, None)),
        ("Did the rebels kill 12 civilians?", Toll(None, None)),
        ("Did the rebels kill the mayor of Corvale?", Toll(None, None)),
        ("12 people were almost killed.", Toll(None, None)),
        ("Neither the driver nor the guard was killed.", Toll(None, None)),
        ("A woman was killed. Her husband was wounded.", Toll(1, 1)),
        ("A woman was shot and killed on Monday.", Toll(1, None)),
        ("The storm killed 300 sheep and injured 20 horses.", Toll(None, None)),
        ("He shot 30 photographs.", Toll(None, None)),
        ("The bodies of three men were found.", Toll(3, None)),
        ("In 2015, 141 children were killed by guns.", Toll(None, None)),
    ],
)
def test_the_toll_is_read_from_numbers_and_persons(text: str, expected: Toll) -> None:
    assert toll_of(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "standing"),
    [
        ("The ministry sent 4,000 troops to the border.", "troops", "told"),
        ("The fund gave $15 million in aid to the islands.", "aid", "told"),
        ("The rebels seized 12 villages on Monday.", "territory", "told"),
        ("More than 40,000 people were displaced by the fighting.", "displaced", "told"),
        ("Police arrested 12 men on Monday.", "arrested", "told"),
        ("The army denied that 20 civilians had been killed.", "killed", "denied"),
        ("The raid could kill hundreds of people.", "killed", "conditional"),
        ("The tax brought in $3 million.", "money", "told"),
        ("A charity gave 12 blankets to the province.", "other", "told"),
        ("Police shot 12 dogs on Monday.", "other", "told"),
    ],
)
def test_figures_have_a_kind_and_a_standing(text: str, kind: str, standing: str) -> None:
    (figure,) = [f for f in read(text).figures if f.how == "number"]
    assert (figure.kind, figure.standing) == (kind, standing)


def test_a_figure_names_the_event_it_is_told_in() -> None:
    reading = read("A bomb in Corvale killed 12 people on Monday.")
    (figure,) = reading.figures
    (event,) = [e for e in reading.events if e.id == figure.event]
    assert event.event == "ASSAULT"


def test_an_event_has_the_contexts_that_its_sentence_shows() -> None:
    reading = read("The army of Corvale bombed a polling station before the election.")
    assert set(reading.events[0].context) >= {"military", "election"}


def test_a_figure_stands_as_its_event_does() -> None:
    reading = read("Corvale said that rebels killed 12 people on Monday.")
    (figure,) = reading.figures
    standings = {event.standing for event in reading.events if event.id == figure.event}
    assert standings == {figure.standing} == {"alleged"}


def test_a_number_too_long_to_be_one_is_no_figure() -> None:
    reading = read(f"{'9' * 400} people were killed.")
    assert reading.figures == ()


def figure_of(value: float, unit: str, start: int, **more: object) -> Figure:
    from dataclasses import replace

    base = read("Shells killed 12 people.").figures[0]
    span = replace(base.span, start=start, end=start + 5)
    return replace(base, id=f"figure-{start}", span=span, value=value, unit=unit, **more)


def test_what_is_denied_or_only_possible_counts_for_no_toll() -> None:
    figures = [
        figure_of(9, "people killed", 0, standing="denied"),
        figure_of(2, "people killed", 90),
    ]
    assert toll(figures, " " * 200) == Toll(2, None)
