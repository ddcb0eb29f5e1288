"""Happenings counted once, and their coding in other ontologies."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

import onrecord
from onrecord.counting import by_month, month_of
from onrecord.export.plover import COLUMNS, write_plover
from onrecord.plover import coding, types_of_2018
from onrecord.stages.events.lexicon import patterns
from onrecord.types import Copy, Happening, When

MARCH = When(date(2022, 3, 1), date(2022, 3, 31))
WIRE = (
    "SELL, 5 March 2022 (Coast Wire) - Ruritania attacked Freedonia on Friday. Farmers along the "
    "river Olm saw smoke over the mills of Hentzau until the rain came in from the west at noon. "
    "Two ferries that carry grain to Sell turned back, and the market stayed shut all afternoon."
)
TELLINGS = {
    "a.txt": WIRE,
    "b.txt": f"{WIRE}\n\nMore soon.",
    "c.txt": (
        "Strelsau, 6 March 2022. Freedonia said that it was attacked by Ruritania on Friday. Over "
        "the mills of Hentzau on the Olm stood smoke, and two grain ferries for Sell turned back."
    ),
}


def happening(name: str, *reports: str, when: When = MARCH) -> Happening:
    return Happening(name, "ASSAULT", None, (name,), reports, (), (), None, when, ("told",))


def copy(one: str, other: str) -> Copy:
    return Copy(f"{one}-{other}", one, other, "text", False, ())


def test_reports_that_took_words_from_one_another_are_one_origin() -> None:
    found = [happening("x", "a", "b", "c"), happening("y", "d")]
    (row,) = by_month(found, [copy("a", "b")])
    assert (row.month, row.happenings, row.reports, row.origins) == ("2022-03", 2, 4, 3)
    (row,) = by_month(found, [copy("a", "z"), copy("z", "b")])
    assert row.origins == 3


def test_a_month_that_is_not_told_is_counted_last_and_never_guessed() -> None:
    assert month_of(When(date(2022, 3, 1), date(2022, 4, 1))) == ""
    assert month_of(When(None, date(2022, 3, 4))) == ""
    rows = by_month([happening("x", "a", when=When()), happening("y", "b")], [])
    assert [row.month for row in rows] == ["2022-03", ""]


def test_every_type_and_mode_that_is_coded_has_its_names() -> None:
    for found in patterns().values():
        for pattern in found:
            coded = coding(pattern.event, pattern.mode)
            assert coded.name_2018
            assert all(len(root) == 2 and root.isdigit() for root in coded.cameo)
            assert coded.quad in "1234"


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("DEMAND", {"REQUEST"}),
        ("DISAPPROVE", {"ACCUSE"}),
        ("INVESTIGATE", {"ACCUSE"}),
        ("FIGHT", {"ASSAULT"}),
        ("YIELD", {"CONCEDE", "RETREAT"}),
        ("AGREE", {"AGREE"}),
        ("SING", set()),
    ],
)
def test_names_of_2018(name: str, types: set[str]) -> None:
    assert types_of_2018(name) == types


def test_codings() -> None:
    assert coding("ACCUSE", "investigate").cameo == ("09",)
    assert coding("ACCUSE", "disapprove").cameo == ("11",)
    assert coding("ASSAULT", "aerial").name_2018 == "FIGHT"
    with pytest.raises(KeyError):
        coding("SING", None)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counted")
    for name, text in TELLINGS.items():
        (folder / name).write_text(text, encoding="utf-8")
    onrecord.build([folder], folder / "x.db")
    return folder / "x.db"


def test_the_export_has_each_happening_once(record: Path, tmp_path: Path) -> None:
    with onrecord.open(record) as opened:
        write_plover(opened, tmp_path / "x.csv")
        write_plover(opened, tmp_path / "x.json")
        everything = opened.happenings()
        between = opened.happenings(between=("Freedonia", "Ruritania"), event="ASSAULT")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(everything) == len(json.loads((tmp_path / "x.json").read_text("utf-8")))
    attacks = [row for row in rows if row["Event Type"] == "ASSAULT"]
    assert len(attacks) == len(between) == 1
    assert attacks[0]["Actor Name"] == "Ruritania"
    assert attacks[0]["Recipient Name"] == "Freedonia"
    assert (attacks[0]["Reports"], attacks[0]["Origins"]) == ("3", "2")
    assert attacks[0]["Event Date"] == "2022-03-04"
    assert attacks[0]["Standing"] == "told"


def test_a_record_without_events_has_the_same_columns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.", encoding="utf-8")
    onrecord.build([tmp_path / "a.txt"], tmp_path / "x.db")
    with onrecord.open(tmp_path / "x.db") as opened:
        write_plover(opened, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8").strip() == ",".join(COLUMNS)
