"""Whole reports against a careful reader's account: each measure, and the ways it is fooled."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import ferry
from onrecord.cli import app
from onrecord.errors import RunError
from onrecord.evaluate import TASKS, evaluate, read_rows
from onrecord.evaluate.seeds import across, read, score, within
from onrecord.evaluate.seeds.account import Account, likeness, name_words, pair
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.types import Speaker, When

GOLD: dict[str, Any] = {
    "reports": [
        {
            "id": "guild",
            "published": [ferry.DAY, ferry.DAY],
            "published_truth": [ferry.DAY, ferry.DAY],
            "boilerplate": ["a letter."],
            "statements": [
                {
                    "speaker": "Ferry Guild",
                    "text": "pocketing dues",
                    "act": "accuse",
                    "mode": "direct",
                },
                {"speaker": "Tam Orrel", "text": "nothing of it", "act": "say", "mode": "direct"},
            ],
            "events": [
                {
                    "type": "REQUEST",
                    "what": "letter signed by captains",
                    "actor": "Ferry Guild",
                    "date": [ferry.DAY, ferry.DAY],
                }
            ],
            "figures": [
                {"value": 40, "unit": "captains", "text": "At least 40", "lower_bound": True}
            ],
        },
        {
            "id": "daily",
            "published": [ferry.DAY, None],
            "published_truth": [date(2022, 3, 6), date(2022, 3, 7)],
            "statements": [
                {
                    "speaker": "Ilke Dorn",
                    "role": "harbour master",
                    "text": "I have never touched a coin of the dues",
                    "act": "say",
                    "mode": "direct",
                    "chain": ["The Harbour Daily"],
                }
            ],
        },
    ],
    "actors": [
        {"name": "Ilke Dorn", "kind": "person", "also": ["Dorn", "the Eel"], "not": "Ferry Guild"},
        {"name": "Ferry Guild", "kind": "armed group"},
        {"name": "Sel Andry", "kind": "person"},
    ],
    "lineage": [{"reports": ["guild", "daily"], "relation": "one origin"}],
    "disputes": [
        {
            "claim": "Dorn took the dues",
            "asserted_by": ["Ferry Guild"],
            "denied_by": ["Dorn"],
            "reports": ["guild", "daily"],
        },
        {
            "claim": "the other way round",
            "asserted_by": ["Dorn"],
            "denied_by": ["Ferry Guild"],
            "reports": ["guild", "daily"],
        },
    ],
}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    path = ferry.ferry_record(tmp_path_factory.mktemp("seeds") / "ferry.db")
    with Record(path) as record:
        yield Account(GOLD, record)


@pytest.fixture(scope="module")
def figures(account: Account) -> dict[str, float]:
    findings = (*within.findings(account), *across.findings(account))
    return score([], (dataclasses.asdict(finding) for finding in findings))


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("dates_inside", 100),
        ("furniture_marked", 0),
        ("read_from_furniture", 1),
        ("statements_found", 200 / 3),
        ("speakers_right", 100),
        ("acts_right", 50),
        ("modes_right", 50),
        ("chains_right", 100),
        ("events_found", 100),
        ("figures_found", 100),
        ("lineage_found", 100),
        ("lineage_wrong", 0),
        ("disputes_found", 50),
        ("actors_found", 200 / 3),
        ("actor_names", 50),
        ("actor_kinds", 50),
        ("wrong_merges", 0),
    ],
)
def test_each_figure(figures: dict[str, float], figure: str, value: float) -> None:
    assert figures[figure] == pytest.approx(value)


def test_independent_reports_that_are_linked_are_counted(account: Account) -> None:
    apart = [{"reports": [key], "relation": "independent"} for key in ("guild", "daily")]
    found = list(across.findings(Account({**GOLD, "lineage": apart}, account.record)))
    assert [f.right for f in found if f.figure == "lineage_wrong"] == [False]


def test_actors_that_are_two_and_became_one_are_counted(account: Account) -> None:
    entries = [{"name": "Dorn", "kind": "person", "not": "Ilke Dorn"}]
    found = list(across.findings(Account({**GOLD, "actors": entries}, account.record)))
    assert [f.gold for f in found if f.figure == "wrong_merges"] == ["Dorn is not Ilke Dorn"]


@pytest.mark.parametrize(
    ("gold", "ours", "right"),
    [
        ({"speaker": "Ilke Dorn"}, Speaker("Dorn"), True),
        ({"speaker": "Ilke Dorn"}, Speaker("the Eel"), True),
        ({"speaker": "Ilke Dorn"}, Speaker("she", actor="actor-dorn"), True),
        ({"speaker": "Ilke Dorn"}, Speaker("Ferry Guild"), False),
        ({"speaker": "Ilke Dorn", "role": "harbour master"}, Speaker("harbour master"), False),
        ({"speaker": "Osmar", "represents": "Vellin Council"}, Speaker("Vellin Council"), True),
        ({"speaker": "Tam Orrel"}, Speaker("Orrel"), True),
        ({"speaker": "Ferry Guild"}, Speaker("Guild"), False),
        ({"speaker": "Ferry Guild"}, Speaker("The Ferry Guild of Osmar"), True),
        ({"speaker": "a rebel source", "unnamed": True}, Speaker("rebel source"), True),
        ({"speaker": "a rebel source", "unnamed": True}, Speaker("a rebel commander"), False),
        ({"speaker": "Ilke Dorn"}, Speaker(""), False),
    ],
)
def test_who_speaks(account: Account, gold: dict[str, Any], ours: Speaker, right: bool) -> None:
    assert account.speaks(gold, ours) is right


def test_an_event_on_another_day_or_of_another_type_is_another(account: Account) -> None:
    (event,) = account.record.events()
    gold = GOLD["reports"][0]["events"][0]
    assert within.event_fit(account, gold, event) == 1.0
    assert within.event_fit(account, {**gold, "type": "ASSAULT"}, event) == 0
    later = {**gold, "date": [date(2023, 1, 1), date(2023, 1, 2)]}
    assert within.event_fit(account, later, event) == 0
    elsewhere = {"type": "REQUEST", "what": "siege", "place": "Vellin"}
    assert within.event_fit(account, elsewhere, event) == 0


def test_no_date_is_right_only_where_none_can_be_told(account: Account) -> None:
    undated = dataclasses.replace(
        ferry.DAILY, published=dataclasses.replace(ferry.DAILY.published, earliest=None)
    )
    entry: dict[str, Any] = {"id": "daily", "published_truth": [ferry.DAY, ferry.DAY]}
    told = {**entry, "published": [ferry.DAY, None]}
    untold = {**entry, "published": [None, None]}
    assert [f.right for f in within._dating(told, undated)] == [False, False]
    assert [f.right for f in within._dating(untold, undated)] == [True]
    assert When() == When(None, None)


def test_a_line_is_found_whatever_its_white_space() -> None:
    assert within.places_of("Most read", "x Most\n read y") == [(2, 12)]


def test_pairs_are_one_to_one_and_as_many_as_can_be() -> None:
    fits = {("a", 1): 0.9, ("a", 2): 0.6, ("b", 1): 0.5}
    assert pair(["a", "b", "c"], [1, 2], lambda g, o: fits.get((g, o), 0.0)) == [2, 1, None]
    assert pair(["a"], [], lambda g, o: 1.0) == [None]


@given(st.text(), st.text())
def test_likeness_is_a_share_and_has_no_order(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


def test_names_are_compared_without_articles_and_case() -> None:
    assert name_words("The U.S. Senate") == name_words("US senate")
    assert name_words("the") == {"the"}


def test_from_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "“The bridge is safe and will hold,” said the mayor of Vellin, Sel Andry.", encoding="utf-8"
    )
    row = {"id": "r1", "text": "The council of Osmar met.", "date": "2021-01-02"}
    (folder / "b.jsonl").write_text(json.dumps(row), encoding="utf-8")
    gold = tmp_path / "gold.yaml"
    gold.write_text(
        "reports:\n"
        "  - id: a\n"
        "    statements:\n"
        "      - {speaker: Sel Andry, act: say, mode: direct,\n"
        "         text: The bridge is safe and will hold}\n"
        "  - id: b#r1\n"
        "    published: [2021-01-02, 2021-01-02]\n"
        "    published_truth: [2021-01-02, 2021-01-02]\n",
        encoding="utf-8",
    )
    out = tmp_path / "out.jsonl"
    command = ["evaluate", "seeds", str(gold), "--json", "--predictions", str(out)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["task"], told["n"]) == ("seeds", 2)
    assert told["figures"]["statements_found"] == 100.0
    assert told["figures"]["dates_inside"] == 100.0
    findings = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {finding["report"] for finding in findings} == {"a", "b#r1"}


BAD = {
    "not YAML": ("reports: [", "line"),
    "no reports": ("actors: []", "no list `reports`"),
    "a report that is not there": ("reports: [{id: nowhere}]", "no report 'nowhere'"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_account_is_a_clear_error(tmp_path: Path, case: str) -> None:
    words, said = BAD[case]
    (tmp_path / "reports").mkdir()
    (tmp_path / "gold.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(RunError, match=said):
        evaluate("seeds", tmp_path / "gold.yaml", Settings())


def test_an_account_without_its_reports_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "gold.yaml").write_text("reports: []", encoding="utf-8")
    with pytest.raises(RunError, match="Say --texts DIR"):
        read(tmp_path / "gold.yaml")


def test_a_bad_file_of_any_task_is_a_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    for words, said in (
        ('{"id": 1}\n{"id"\n', "line 2: broken JSON"),
        ("[1]\n", "line 1: not an object"),
        ("", "no rows"),
        ('{"id": 1}\n', "the rows are not those of the task 'times'"),
    ):
        file.write_text(words, encoding="utf-8")
        result = CliRunner().invoke(app, ["evaluate", "times", str(file)])
        assert result.exit_code == 4
        assert said in " ".join(result.stderr.split())
    with pytest.raises(RunError, match="No such file"):
        list(read_rows(tmp_path / "nowhere.jsonl"))
    assert CliRunner().invoke(app, ["evaluate", "weather", str(file)]).exit_code == 4


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_its_two_functions(task: str) -> None:
    module = pytest.importorskip(TASKS[task])
    assert callable(module.predict)
    assert callable(module.score)
