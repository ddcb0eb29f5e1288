"""A build whose report stages run on a Ray cluster, and whose record is assembled here.

The shards that a run before left are taken in first, so that one that was stopped goes on where it
was. A place of which reports are missing at the end, since no worker lived to give them, is read
here, by processes that can be spared: the report that ends them is kept with that problem.
"""

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from onrecord.errors import RunError
from onrecord.ids import make_id
from onrecord.pool import read_on
from onrecord.run import Progress, Tally, join, keep, made_by
from onrecord.settings import Settings
from onrecord.spread import spread_by
from onrecord.stages.read import Place, places, reports_at
from onrecord.store import Address, MadeBy, Store
from onrecord.store.database import is_server
from onrecord.types import Built, Report


def build_on(
    on: str,
    paths: Iterable[str | Path],
    into: Address,
    shards: str | None,
    *,
    settings: Settings,
    progress: Progress,
) -> Built:
    """Read the reports at the paths on a cluster into a record, and return what was done.

    Raises `RunError` when the cluster, the record or a path cannot be used.
    """
    passed_over: list[str] = []
    if shards is None and is_server(into):
        remedy = "Give a folder or an address that all workers can write to"
        raise RunError("a record on a server needs --shards", remedy=remedy)
    given = [_here(path) for path in paths]
    found = list(places(given, passed_over))
    maker = functools.partial(made_by, model=settings.model)
    from onrecord.ray import Cluster, forget

    with closing(Store(into, create=True)) as store, Cluster(on, settings) as cluster:
        where = _own(shards, into, store.name)
        tally, assembled = Tally(placed=store.paths()), _Assembly(store, maker)
        assembled.take(where, tally=Tally(placed=tally.placed))
        forget(where)
        known = {key: made for key, (made, _) in store.known().items() if made}
        told: Callable[[int], None] = functools.partial(_tell, progress)
        cluster.read(found, known, maker(Report), where, told)
        assembled.take(where, tally)
        missing = assembled.missing(found)
        left = (report for place in missing for report in _unmet(place, settings, tally))
        fresh = (report for report in left if known.get(report.id) != maker(Report))
        for number, reading in enumerate(read_on(fresh, settings, settings.jobs or 1), start=1):
            keep(reading, store, tally, maker)
            progress("reading here what no worker gave", number, None)
        store.move(tally.paths)
        with spread_by(cluster.spread):
            joined = join(store, progress=progress)
        forget(where)
    return replace(tally.built(joined=joined), passed_over=tuple(passed_over))


def _tell(progress: Progress, rows: int) -> None:
    progress("reading reports on the cluster", rows, None)


def _here(path: str | Path) -> str | Path:
    """Return a path as workers on this machine find it, wherever they were started."""
    if str(path) == "-":
        raise RunError("standard input cannot be read by a cluster", remedy="Give files or folders")
    return path if "://" in str(path) else Path(path).absolute()


def _own(shards: str | None, into: Address, name: str) -> str:
    """Return the folder for the shards of this record alone."""
    if shards is not None:
        return f"{shards.rstrip('/')}/{make_id('shards', name)}"
    return str(Path(into).absolute()) + ".shards"


class _Assembly:
    """A record that is assembled from shards."""

    def __init__(self, store: Store, maker: MadeBy) -> None:
        self._store, self._maker = store, maker
        self._seen: Counter[int] = Counter()
        self._counts: dict[int, int] = {}

    def take(self, shards: str, tally: Tally) -> None:
        """Take what shards hold into the record, and note of which places all was there."""
        from onrecord.ray import rows_of

        self._seen.clear()
        self._counts.clear()
        met: set[tuple[int, str, str]] = set()
        for row in rows_of(shards):
            if row.made_by != self._maker(Report):
                continue  # of another version
            if row.stopped:
                raise RunError(row.stopped)
            if not row.id:
                self._counts[row.place] = row.count
                continue
            key = row.place, row.id, row.path
            if key in met:
                continue  # a shard that was written again
            met.add(key)
            self._seen[row.place] += 1
            if tally.met(row.id, row.path):
                continue
            if row.reading is None:
                tally.already += 1
            else:
                keep(row.reading, self._store, tally, self._maker)

    def missing(self, found: Sequence[Place | Report]) -> Iterable[Place | Report]:
        """Return the places of which a report is missing."""
        return [
            place
            for number, place in enumerate(found)
            if self._counts.get(number) != self._seen[number]
        ]


def _unmet(place: Place | Report, settings: Settings, tally: Tally) -> Iterable[Report]:
    """Yield the reports of a place that were not met yet."""
    for report in reports_at(place, settings):
        if report.id not in tally.paths:
            tally.met(report.id, report.path)
            yield report
