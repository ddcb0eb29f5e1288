"""Nothing without evidence: what is not the exact words at its place is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import report_of
from onrecord.errors import EvidenceError
from onrecord.evidence import check, evidence_in
from onrecord.parsing import evidence
from onrecord.store import Store
from onrecord.types import Event, Evidence, Reading, Speaker, Statement, Time, When

REPORT = report_of("The river guard said the bridge was open. Nobody crossed it.")


def made_by(_: object) -> str:
    return "test 1"


def statement(*, content: Evidence) -> Statement:
    return Statement(
        id="statement-1",
        report=REPORT.id,
        source=(evidence(REPORT, 0, 15),),
        cue=(evidence(REPORT, 16, 20),),
        content=(content,),
        speaker=Speaker("The river guard"),
        voiced=True,
        act="say",
        mode="indirect",
        hedge=None,
        said=When(),
    )


WRONG = [
    Evidence(REPORT.id, 21, 40, "the bridge was shut"),
    Evidence(REPORT.id, 21, 4000, "the bridge was open"),
    Evidence(REPORT.id, -1, 3, "The"),
    Evidence(REPORT.id, 5, 5, ""),
    Evidence("report-elsewhere", 21, 40, "the bridge was open"),
]


def test_evidence_is_found_at_any_depth() -> None:
    found = list(evidence_in(Reading(REPORT, statements=(statement(content=WRONG[0]),))))
    assert [span.start for span in found] == [0, 16, 21]


@pytest.mark.parametrize("content", WRONG)
def test_the_store_refuses_words_that_are_not_there(content: Evidence, tmp_path: Path) -> None:
    store = Store(tmp_path / "x.db", create=True)
    with pytest.raises(EvidenceError):
        store.add(Reading(REPORT, statements=(statement(content=content),)), made_by)
    # Refused whole: neither the row nor its report is there.
    assert store.count(Statement) == 0
    assert store.known() == {}


def test_the_store_takes_the_exact_words(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.db", create=True)
    good = statement(content=evidence(REPORT, 21, 40))
    store.add(Reading(REPORT, statements=(good,)), made_by)
    assert list(store.rows(Statement)) == [good]


def test_a_row_without_evidence_is_refused() -> None:
    good = evidence(REPORT, 29, 35)
    event = Event(
        "event-1", REPORT.id, "ASSAULT", None, good, (), (), None, When(), "told", None, ()
    )
    check(event, lambda _: REPORT.text)
    bare = replace(statement(content=good), source=(), cue=(), content=())
    with pytest.raises(EvidenceError, match="no evidence"):
        check(bare, lambda _: REPORT.text)


def test_a_time_expression_is_checked_too() -> None:
    time = Time("time-1", REPORT.id, Evidence(REPORT.id, 0, 3, "May"), "date", "XXXX-05", When())
    with pytest.raises(EvidenceError, match="not 'May'"):
        check(time, lambda _: REPORT.text)
