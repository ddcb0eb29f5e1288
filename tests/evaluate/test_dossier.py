"""Disputes and relations against an account of a whole dossier."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import ferry
from onrecord.errors import RunError
from onrecord.evaluate.dossier import findings, read, score
from onrecord.record import Record

GOLD: dict[str, Any] = {
    "disputes": [
        {
            "kind": "denial",
            "claim": "Dorn pocketed the dues",
            "origins": 1,
            "asserted": [{"report": "guild", "by": "Ferry Guild", "words": "pocketing [dues]"}],
            "denied": [
                {"report": "daily", "by": "Ilke Dorn", "words": "I have never touched a coin"}
            ],
        }
    ],
    "relations": [],
    "actors": [{"name": "Ilke Dorn", "kind": "person", "also": ["Dorn"]}],
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with Record(ferry.ferry_record(tmp_path_factory.mktemp("dossier") / "ferry.db")) as opened:
        yield opened


def figures(gold: dict[str, Any], record: Record) -> dict[str, float]:
    return score([], findings(gold, record))


def test_a_dispute_with_words_of_both_sides_is_found(record: Record) -> None:
    found = figures(GOLD, record)
    assert found["denial_recall"] == 100.0
    assert found["denial_precision"] == 100.0
    assert found["origins_right"] == 100.0


def test_sides_the_wrong_way_round_are_not_found(record: Record) -> None:
    (dispute,) = GOLD["disputes"]
    turned = {**dispute, "asserted": dispute["denied"], "denied": dispute["asserted"]}
    found = figures({**GOLD, "disputes": [turned]}, record)
    assert found["denial_recall"] == 0.0
    assert found["denial_precision"] == 0.0


def test_relations_are_found_by_ends_kind_and_time(record: Record) -> None:
    ours = record.relations()[0]
    names = record.name_of(ours.subject), record.name_of(ours.object)
    actors = [{"name": name, "kind": "person"} for name in names]
    asked = {"subject": names[0], "kind": ours.kind, "object": names[1], "status": ours.status}
    held = [ours.held.earliest, ours.held.latest]
    gold = {"disputes": [], "actors": actors, "relations": [{**asked, "held": held}]}
    found = figures(gold, record)
    assert (found["relations_recall"], found["relations_dated"]) == (100.0, 100.0)
    gold["relations"] = [{**asked, "held": ["1950", "1951"]}]
    assert figures(gold, record)["relations_dated"] == 0.0
    gold["relations"] = [{**asked, "kind": "harbours", "held": held}]
    assert figures(gold, record)["relations_recall"] == 0.0


def test_words_that_are_not_in_the_report_are_said(record: Record) -> None:
    (dispute,) = GOLD["disputes"]
    wrong = {**dispute, "asserted": [{"report": "guild", "words": "never printed"}]}
    with pytest.raises(KeyError, match="never printed"):
        list(findings({**GOLD, "disputes": [wrong]}, record))


def test_an_account_without_its_reports_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "expected.yaml"
    file.write_text(yaml.safe_dump(GOLD), encoding="utf-8")
    with pytest.raises(RunError, match="reports are not beside it"):
        read(file)
    file.write_text("- 1\n", encoding="utf-8")
    with pytest.raises(RunError, match="disputes"):
        read(file)
