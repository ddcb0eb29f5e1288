"""Large invented records: every row has its words, and lists cost what they hold."""

from pathlib import Path

from large_record import make
from sqlalchemy import create_engine, delete

from onrecord.record import Record
from onrecord.store import listing
from onrecord.store.schema import listed

SMALL, TIMES = 60, 4
EVEN = 1.6  # over growth in proportion: sorting, and blocks that are not full


def steps(path: Path, reports: int) -> dict[str, int]:
    """Return how many steps of the database's machine each kind of list takes to make."""
    make(path, reports, 10)
    made: dict[str, int] = {}
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        counted = [0]

        def count() -> None:
            counted[0] += 1

        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_progress_handler(count, 100)
        corpus_lists = ("dispute",)  # what the lists of disputes are made from beside statements
        connection.execute(delete(listed).where(listed.c.list.not_in(corpus_lists)))
        for maker in (
            listing._list_statements,
            listing._list_events,
            listing._list_figures,
            listing._list_mentions,
            listing._list_times,
            listing._list_disputes,
        ):
            counted[0] = 0
            maker(connection)
            made[maker.__name__] = counted[0]
        raw.set_progress_handler(None, 0)
    engine.dispose()
    return made


def test_lists_are_made_at_a_cost_in_proportion(tmp_path: Path) -> None:
    small = steps(tmp_path / "small.db", SMALL)
    large = steps(tmp_path / "large.db", SMALL * TIMES)
    growth = {name: large[name] / small[name] / TIMES for name in small}
    assert all(value < EVEN for value in growth.values()), growth


def test_every_row_has_its_words(tmp_path: Path) -> None:
    make(tmp_path / "x.db", 20, 6)
    with Record(tmp_path / "x.db") as record:
        assert list(record.verify()) == []
        counts = record.overview().counts
        assert (counts["report"], counts["statement"]) == (20, 120)
        assert all(counts[name] for name in ("claim", "dispute", "story", "copy", "relation"))
        actor = record.actors()[0]
        assert len(record.statements(by=actor.id)) > 5
