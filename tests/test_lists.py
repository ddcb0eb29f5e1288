"""Lists in their order: what the rows themselves would give."""

from datetime import date
from pathlib import Path

from ferry import ferry_record
from onrecord.record import Record
from onrecord.store import Store
from onrecord.store.lists import Part
from onrecord.types import Event, Statement


def test_parts_are_what_the_rows_themselves_would_give(address: Path | str) -> None:
    path = ferry_record(address)
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
