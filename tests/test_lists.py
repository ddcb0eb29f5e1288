"""Lists in their order: made at a cost that grows with the record, and of its lines alone."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from ferry import ferry_record
from onrecord.record import Record
from onrecord.store import Store, lists
from onrecord.store.lists import Part
from onrecord.types import Event, Statement

MAKERS: tuple[Callable[[Any], None], ...] = (
    lists._list_statements,
    lists._list_events,
    lists._list_figures,
    lists._list_mentions,
    lists._list_disputes,
)


class Caught:
    """A connection that keeps what it is asked."""

    def __init__(self) -> None:
        self.queries: list[Any] = []

    def execute(self, query: Any) -> None:
        self.queries.append(query)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_no_list_is_gone_through_for_each_line_of_another(
    make: Callable[[Any], None], tmp_path: Path
) -> None:
    caught = Caught()
    make(caught)
    assert caught.queries
    with sqlite3.connect(ferry_record(tmp_path / "x.db")) as record:
        for query in caught.queries:
            words = str(
                query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
            )
            steps = [row[3] for row in record.execute(f"EXPLAIN QUERY PLAN {words}")]
            loops = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
            # The first loop goes through a list; every other must find its lines by their ids.
            assert not [s for s in loops[1:] if s.endswith("(list=? AND whom=?)")], steps
            assert not [s for s in loops[1:] if s.startswith("SCAN listed")], steps
    record.close()


def test_parts_are_what_the_rows_themselves_would_give(tmp_path: Path) -> None:
    path = ferry_record(tmp_path / "x.db")
    store = Store(path)
    said = sorted(store.rows(Statement), key=lambda s: (s.report, s.source[0].start, s.id))
    assert store.listed(Part(("said",))) == [s.id for s in said]
    assert store.listed(Part(("act",), ("deny",))) == [s.id for s in said if s.act == "deny"]
    assert store.count_listed(Part(("said",), what="deny")) == sum(s.act == "deny" for s in said)
    day = date(2022, 3, 5)
    with Record(path) as record:
        for since, until in ((day, None), (None, day), (day, day)):
            wanted = [
                s.id
                for s in said
                if (s.said.earliest or s.said.latest)
                and (not since or not s.said.latest or s.said.latest >= since)
                and (not until or not s.said.earliest or s.said.earliest <= until)
            ]
            assert [s.id for s in record.statements(since=since, until=until)] == wanted
        events = {e.id for e in store.rows(Event)}
        dorn = record.actor("Ilke Dorn")
        lines = record.timeline(dorn.id)
        assert len(lines) == len(list(lines))
        assert {line.type for line in lines} <= {"event", "statement", "role"}
        assert {line.id for line in lines if line.type == "event"} <= events
    store.close()
