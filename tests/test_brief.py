"""A brief holds words of the record alone, and every line of it leads to its place."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import ferry
from onrecord.brief import brief
from onrecord.record import Record, UnknownError
from onrecord.types import Figure, When
from onrecord.wording import amount, iso_words


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = ferry.ferry_record(tmp_path_factory.mktemp("brief") / "ferry.db")
    with Record(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def on_dorn(record: Record) -> str:
    return brief(record, "Dorn")


def section(text: str, heading: str) -> list[str]:
    body = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in body.splitlines() if line.strip()]


def test_it_tells_who_says_what_through_whose_hands(on_dorn: str) -> None:
    said = section(on_dorn, "Who says what")
    assert any(
        line.startswith(
            "- **Ilke Dorn** (deny, 2022-03-04 or later), by way of Harbour Daily: "
            "“I have never touched a coin of the dues” ["
        )
        for line in said
    )
    assert any("**Ferry Guild** (accuse, 2022-03-04): “pocketing \\[dues\\]”" in s for s in said)
    assert any("**its speaker**" in line for line in said)


def test_it_sets_both_sides_of_a_claim_side_by_side_with_its_origins(on_dorn: str) -> None:
    lines = section(on_dorn, "Claims: who asserts and who denies them")
    assert lines[0].startswith("- pocketing \\[dues\\] — 1 report, 1 origin: Ferry Guild [")
    assert lines[1].startswith("  - asserted: **Ferry Guild**")
    assert lines[2].startswith("  - denied: **Ilke Dorn**")


def test_it_tells_figures_roles_and_relations(on_dorn: str) -> None:
    assert section(on_dorn, "Figures side by side")[2].startswith(
        "| 40 or more | captains | captains who signed against Ilke Dorn | undated | the report |"
    )
    assert section(on_dorn, "Roles")[0].startswith(
        "- Ilke Dorn: harbour master of Osmar, 2022-03-04 ["
    )
    assert section(on_dorn, "Relations")[0].startswith(
        "- Ferry Guild accuses Ilke Dorn: disputed; held 2022-03-04; reported 2022-03-04 or later ["
    )


def test_the_time_line_is_in_order_and_prints_intervals(on_dorn: str) -> None:
    days = [line[2:].split(": ")[0] for line in section(on_dorn, "Time line")]
    assert days == ["2022-03-04 or earlier", "2022-03-04", "2022-03-04 or later"]


def test_every_line_has_a_reference_to_the_exact_words(on_dorn: str, record: Record) -> None:
    listed = section(on_dorn, "References")
    numbers = [int(line.split(".")[0]) for line in listed]
    assert numbers == list(range(1, len(listed) + 1))
    body = on_dorn.split("## References")[0]
    used = [int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", body)]
    assert sorted(set(used)) == numbers
    for line in body.splitlines():
        if line.startswith(("- ", "  - ", "| at")) and "actor-" not in line:
            assert re.search(r"\[\d+\]( \|)?$", line), line
    quoted = next(line for line in listed if "statement-denied" in line)
    start, end, key = re.search(r"characters (\d+)–(\d+) of `(.+?)`", quoted).groups()  # type: ignore[union-attr]
    words = record.report(key).text[int(start) : int(end)]
    assert words == "I have never touched a coin of the dues"
    assert "published 2022-03-04 or later" in quoted


def test_words_are_found_where_no_actor_has_that_name(record: Record) -> None:
    text = brief(record, "coin dues")
    assert "I have never touched a coin of the dues" in text
    assert "Ferry Guild accuses" not in text


def test_nothing_is_an_error_that_says_what_to_do(record: Record) -> None:
    with pytest.raises(UnknownError, match=r"nothing on 'zeppelin'.*onrecord search"):
        brief(record, "zeppelin")


def test_the_same_record_gives_the_same_brief(tmp_path: Path, on_dorn: str) -> None:
    with Record(ferry.ferry_record(tmp_path / "again.db")) as again:
        assert brief(again, "Dorn") == on_dorn


def test_every_word_of_it_stands_in_the_record_or_is_fixed(on_dorn: str, record: Record) -> None:
    held = " ".join(report.text for report in record.reports()).casefold()
    for quotation in re.findall("“(.+?)”", on_dorn):
        assert quotation.replace("\\", "").casefold() in held


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(date(2021, 5, 1), date(2021, 5, 1)), "2021-05-01"),
        (When(date(2021, 5, 1), date(2021, 5, 31)), "2021-05-01 to 2021-05-31"),
        (When(earliest=date(2021, 5, 1)), "2021-05-01 or later"),
        (When(latest=date(2021, 5, 1)), "2021-05-01 or earlier"),
        (When(), "undated"),
    ],
)
def test_an_uncertain_date_is_an_interval(when: When, words: str) -> None:
    assert iso_words(when) == words


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (1500.0, None, None, "1,500"),
        (2.5, None, None, "2.5"),
        (None, 40.0, None, "40 or more"),
        (None, None, 9.0, "9 or fewer"),
        (None, 10.0, 20.0, "between 10 and 20"),
        (None, None, None, "a number of"),
    ],
)
def test_a_figure_is_its_value_or_its_bounds(
    value: float | None, low: float | None, high: float | None, words: str
) -> None:
    span = ferry.at(ferry.GUILD, "40")
    figure = Figure("f", "r", span, value, low, high, "people", "people", When(), None)
    assert amount(figure) == words
