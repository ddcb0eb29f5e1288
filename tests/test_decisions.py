"""Reviewers' decisions: added, honoured in every build, taken back, never overwritten."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from ferry import ACCUSED, GUILD, ferry_record
from onrecord.cli import app
from onrecord.decisions import make, standing
from onrecord.record import Record
from onrecord.run import build
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.types import Corpus, Reading

REPORT = """Harbour master Ilke Dorn denied the charge on Friday. “I have taken nothing,” Dorn said.

Tam Orrel, the speaker of the Ferry Guild, accused her of pocketing dues. Orrel has left Osmar."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decisions")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    build([folder / "report.txt"], folder / "record.db", settings=Settings())
    return folder / "record.db"


@pytest.fixture
def record(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "record.db"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments], prog_name="onrecord")


def two_persons(record: Path) -> tuple[str, str]:
    with Record(record) as opened:
        one, other = [actor.name for actor in opened.actors(kind="person")][:2]
    return one, other


def test_what_takes_back_can_be_taken_back() -> None:
    first = make("same", ("a", "b"), by="me", at="2024-01-01")
    back = make("undo", (first.id,), by="me", at="2024-01-02")
    again = make("undo", (back.id,), by="me", at="2024-01-03")
    assert standing([first]) == (first,)
    assert standing([back, first]) == ()
    assert standing([again, back, first]) == (first,)


def test_two_are_joined_and_parted_again(record: Path) -> None:
    one, other = two_persons(record)
    made = run("decide", record, "same", one, other, "--by", "Ada", "--json")
    assert made.exit_code == 0, made.output
    decision = json.loads(made.stdout)
    with Record(record) as opened:
        assert opened.actor(one).id == opened.actor(other).id
    taken = run("decide", record, "undo", decision["id"], "--by", "Ada")
    assert taken.exit_code == 0, taken.output
    with Record(record) as opened:
        assert opened.actor(one).id != opened.actor(other).id
        assert [d.what for d in opened.decisions()] == ["same", "undo"]
    listed = run("decisions", record).stdout
    assert "taken back" in listed
    assert "Ada" in listed


def test_an_actor_is_renamed(record: Path) -> None:
    one, _ = two_persons(record)
    assert run("decide", record, "rename", one, "The Master").exit_code == 0
    with Record(record) as opened:
        assert opened.actor(one).name == "The Master"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("same", "Nobody Known", "Ilke Dorn"), "no actor 'Nobody Known'"),
        (("same", "Ilke Dorn"), "needs two actors"),
        (("same", "Ilke Dorn", "Dorn"), "are one already"),
        (("undo", "decision-1"), "no decision 'decision-1'"),
        (("rename", "Ilke Dorn", " "), "can't be named with nothing"),
        (("mix", "Ilke Dorn", "Dorn"), "none of same, different, rename"),
    ],
)
def test_what_cannot_be_decided_is_told(
    record: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = run("decide", record, *arguments)
    assert result.exit_code != 0
    shown = str(result.exception) + result.output
    assert told in " ".join(shown.split())
    with Record(record) as opened:
        assert opened.decisions() == []


def test_doubtful_pairs_come_by_what_a_decision_would_change(tmp_path: Path) -> None:
    with Record(ferry_record(tmp_path / "ferry.db")) as opened:
        plain = opened.actors()[0]
    maybe = {"a": ("b", "c"), "b": ("a",), "c": ("a", "b"), "d": ("x",)}
    lines = {"a": 9, "b": 2, "c": 5, "d": 1}
    actors = tuple(
        replace(plain, id=key, name=key, entities=(key,), maybe=others, doubts=("alike",) * 2)
        for key, others in maybe.items()
    )
    said = [
        replace(ACCUSED, id=f"statement-{i}", about=tuple(k for k, n in lines.items() if i < n))
        for i in range(9)
    ]
    settled = make("different", ("c", "a"), by="me", at="2024-01-01")
    corpus = Corpus(actors=actors, identity={key: key for key in maybe})
    store = Store(tmp_path / "doubts.db", create=True)
    store.add(Reading(GUILD, statements=tuple(said)), lambda _: "test 1")
    for decisions, wanted in (
        ((), [("a", "c", 5), ("a", "b", 2), ("c", "b", 2)]),
        ((settled,), [("a", "b", 2), ("c", "b", 2)]),
    ):
        given, before = replace(corpus, decisions=decisions), store.known_as("corpus")
        assert store.replace_corpus(given, "key", lambda _: "test 1", before=before)
        with Record(tmp_path / "doubts.db") as opened:
            found = opened.doubtful()
            assert [(d.one.id, d.other.id, d.lines) for d in found] == wanted
            assert {d.why for d in found} == {"alike"}
            assert len(found) == len(wanted)
    store.close()
