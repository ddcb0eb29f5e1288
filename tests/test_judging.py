"""Decisions on statements: honoured by a build whenever they are made, taken back, agreed on."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from onrecord.deciding import decide
from onrecord.decisions import agreements, judged, make
from onrecord.errors import RunError
from onrecord.export.jsonl import rows
from onrecord.record import Record
from onrecord.run import build, join
from onrecord.store import Store
from onrecord.types import Statement

FIRST = """Tarrin, 4 March 2031. The Ferry Guild accused harbour master Ilke Dorn of pocketing dues.

Dorn denied pocketing dues. “I have taken nothing,” she said on Tuesday."""
SECOND = "Our own report.\n\nThe Ferry Guild demanded new moorings, its speaker Tam Orrel said."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(FIRST, encoding="utf-8")
    build([tmp_path / "reports"], tmp_path / "x.db")
    return tmp_path / "x.db"


def exported(path: Path) -> list[dict[str, object]]:
    with Record(path) as record:
        return [row for row in rows(record) if row["type"] != "decision"]


def denial(path: Path) -> Statement:
    with Record(path) as record:
        return record.statements(act="deny", likely=True)[0]


def test_what_is_wrong_stands_in_no_list_and_no_dispute(path: Path) -> None:
    before = exported(path)
    said = denial(path)
    with Record(path) as record:
        assert record.disputes()
        assert said.id in {s.id for s in record.statements(by="Ilke Dorn", likely=True)}
    made = decide(path, "wrong", [said.id], by="Ada")
    with Record(path) as record:
        assert said.id not in {s.id for s in record.statements(likely=True)}
        assert said.id in {s.id for s in record.statements(likely=False)}
        assert said.id not in {s.id for s in record.statements(by="Ilke Dorn", likely=True)}
        assert all(said.id not in dispute.statements for dispute in record.disputes())
        assert not list(record.verify())
    decide(path, "undo", [made.id], by="Ada")
    assert exported(path) == before


def test_an_edit_puts_another_act_or_speaker(path: Path) -> None:
    said = denial(path)
    decide(path, "edit", [said.id, "act:criticise"], by="Ada")
    with Record(path) as record:
        assert record.many(Statement, [said.id])[0].act == "criticise"
        assert said.id in {s.id for s in record.statements(act="criticise", likely=True)}
        assert said.id not in {s.id for s in record.statements(act="deny")}
        guild = next(one for one in record.entities(said.report) if "Guild" in one.name)
    decide(path, "edit", [said.id, guild.id], by="Ada")
    with Record(path) as record:
        (now,) = record.many(Statement, [said.id])
        assert (now.speaker.name, now.act, now.is_likely) == (guild.name, "criticise", True)
        assert said.id in {s.id for s in record.statements(by=guild.name)}
        assert said.id not in {s.id for s in record.statements(by="Ilke Dorn")}
        assert "as a reviewer decided" in now.why


def test_a_build_of_all_and_one_by_one_honour_it_alike(path: Path, tmp_path: Path) -> None:
    said = denial(path)
    decide(path, "wrong", [said.id], by="Ada", later=True)
    with Record(path) as record:
        assert [one.what for one in record.waiting()] == ["wrong"]
        (settled,) = record.decisions()
        assert said.id in {s.id for s in record.statements(likely=True)}
    reports = tmp_path / "reports"
    (reports / "b.txt").write_text(SECOND, encoding="utf-8")
    build([reports], path)
    with Record(path) as record:
        assert record.waiting() == []
    build([reports / "b.txt"], tmp_path / "y.db")
    build([reports], tmp_path / "y.db")
    store = Store(tmp_path / "y.db")
    store.decide(settled)
    join(store)
    store.close()
    assert exported(tmp_path / "y.db") == exported(path)


@pytest.mark.parametrize(
    ("what", "on", "told"),
    [
        ("right", ["statement-none"], "no statement"),
        ("wrong", [], "needs a statement"),
        ("edit", ["SAID"], "needs a statement"),
        ("edit", ["SAID", "act:shout"], "is no act"),
        ("edit", ["SAID", "entity-none"], "nobody of that report"),
    ],
)
def test_what_makes_no_sense_is_refused(path: Path, what: str, on: list[str], told: str) -> None:
    given = [denial(path).id if one == "SAID" else one for one in on]
    with pytest.raises(RunError, match=told):
        decide(path, what, given, by="Ada")  # type: ignore[arg-type]
    with Record(path) as record:
        assert record.decisions() == []


def test_the_last_word_on_a_statement_counts() -> None:
    made = [
        make("wrong", ("s",), by="a", at="1"),
        make("edit", ("s", "act:deny"), by="b", at="2"),
        make("right", ("s",), by="a", at="3"),
    ]
    assert (judged(made)["s"].right, judged(made)["s"].act) == (True, "deny")
    assert not judged(made[:1])["s"].right
    assert judged([]) == {}


def test_agreement_of_two_reviewers() -> None:
    answers = {"a": "rrwwr", "b": "rwwwr"}
    made = [
        make("right" if word == "r" else "wrong", (f"s{n}",), by=by, at=f"{n}")
        for by, words in answers.items()
        for n, word in enumerate(words)
    ]
    (found,) = agreements([*made, make("same", ("x", "y"), by="a", at="9")])
    assert (found.one, found.other, found.both, found.alike) == ("a", "b", 5, 4)
    # By hand: 0.8 alike; by chance 3/5 * 2/5 + 2/5 * 3/5 = 0.48; (0.8 - 0.48) / 0.52.
    assert found.kappa == pytest.approx(0.32 / 0.52)
    alike = [make("right", ("s",), by=by, at="1") for by in "ab"]
    assert agreements(alike)[0].kappa is None
    assert agreements(made[:5]) == []


def test_a_clock_that_goes_back_leaves_the_later_decision_standing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter((datetime(2031, 5, 2, tzinfo=UTC), datetime(2031, 5, 1, tzinfo=UTC)))

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromisoformat(next(times).astimezone(tz).isoformat())

    monkeypatch.setattr("onrecord.deciding.datetime", Clock)
    with Record(path) as record:
        said = record.statements()[0].id
    decide(path, "wrong", [said], by="Ada", later=True)
    decide(path, "right", [said], by="Ada", later=True)
    with Record(path) as record:
        assert [one.what for one in record.decisions()] == ["wrong", "right"]
        assert judged(record.decisions())[said].right
