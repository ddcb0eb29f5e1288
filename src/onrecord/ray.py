"""Report stages and work on many items on a Ray cluster: the only file that imports Ray.

Reports are read where the cluster reads them, by actors that hold the models, and go as rows of
Parquet into a folder, from which the record is assembled. What is lost with a worker is read again
by another; what no worker lives to give is left to the caller.
"""

import collections
import contextlib
import logging
import os
import pickle
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import RunError
from onrecord.keeping import pack, unpack
from onrecord.settings import Settings
from onrecord.spread import Item, Result
from onrecord.stages.copies.engine import Copies
from onrecord.stages.read import Place, reports_at
from onrecord.types import Reading, Report

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what it says of itself helps nobody here
try:
    import pyarrow.fs
    import pyarrow.parquet
    import ray as loaded
    import ray.data as _  # noqa: F401 - which `ray.data` needs
except ImportError as error:
    remedy = "Install it with: pip install 'onrecord[ray]'"
    raise RunError("Ray is not installed", remedy=remedy) from error

ray: Any = loaded  # half of it has no types
ADDRESS = "ray"  # a cluster as RAY_ADDRESS tells, or one that is started on this machine
BATCH = 8  # reports that an actor is given at once
PLACES = 16  # files that are opened by one task
BLOCK = 1 << 17  # bytes of reports or readings that are sent on at once: some thirty
SHARD = 256  # rows that are written into one file at the least, as long as there are more
AGAIN = 2  # times that what was lost with a worker is tried again
READER = 0.8  # of a core, which leaves some for those that open files and write shards
OPENER = 0.1
LONGEST = 600.0  # seconds that a batch may take before its worker is given up
MEMORY = 512 << 20  # bytes for what tasks hand on, on a machine where the cluster is started here
READINGS = 128  # readings that are sent at once
LOOK = 2.0  # seconds from one look at what has been written to the next


@dataclass(frozen=True, slots=True)
class Row:
    """What a shard says of a report: the number of its place, itself, and its reading.

    There is no reading where the record has it; a row without an id says how many a place holds,
    or why no report can be read at all.
    """

    place: int
    id: str
    path: str
    made_by: str
    count: int
    stopped: str
    reading: Reading | None


class Cluster:
    """A cluster, connected to or started; use it in a `with` block.

    Raises `RunError` when there is none at the address.
    """

    def __init__(self, address: str, settings: Settings) -> None:
        given: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
        if address != ADDRESS:
            given["address"] = address
        elif "RAY_ADDRESS" not in os.environ:
            cores = settings.jobs if settings.jobs > 1 else os.cpu_count()
            given |= {"num_cpus": cores, "object_store_memory": MEMORY, "include_dashboard": False}
        try:
            ray.init(**given)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            remedy = "Check the address and that the cluster runs the same version of Ray"
            what = f"no cluster there: {error}"[:300]
            raise RunError(what, file=address, remedy=remedy) from error
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = -1  # what is missing is seen when the record is assembled
        context.target_max_block_size = BLOCK
        context.target_min_block_size = 1
        self._settings = settings

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        global _last
        _last = None
        ray.shutdown()

    @property
    def cores(self) -> int:
        """Return how many cores there are."""
        return max(1, int(ray.cluster_resources().get("CPU", 1)))

    def read(
        self,
        places: Sequence[Place | Report],
        known: Mapping[str, str],
        made_by: str,
        shards: str,
        told: Callable[[int], None],
    ) -> None:
        """Read the reports at the places into shards, but for those that are known by that maker.

        `told` hears how many are written, now and then. Raises `RunError` when the run cannot go
        on; a block that was given up is missing in the shards.
        """
        found = ray.data.from_items(
            [{"number": n, "place": pickle.dumps(place)} for n, place in enumerate(places)],
            override_num_blocks=self._blocks(len(places)),
        )
        opened = found.flat_map(
            _opened,
            fn_args=(self._settings, ray.put(dict(known)), made_by),
            num_cpus=OPENER,
        )
        rows = opened.map_batches(
            _Reader,
            batch_size=BATCH,
            compute=ray.data.ActorPoolStrategy(size=self.cores),
            fn_args=(self._settings, ray.remote(num_cpus=0)(_Attempts).remote()),
            num_cpus=READER,
        )
        with _told_of(shards, told), warnings.catch_warnings():
            # That there are fewer blocks than actors is nothing to be told of.
            warnings.filterwarnings("ignore", "The minimum number of concurrent actors")
            try:
                files, folder = _folder(shards)
                rows.write_parquet(
                    folder,
                    filesystem=files,
                    min_rows_per_file=SHARD,
                    ray_remote_args={"num_cpus": OPENER},
                )
            except ray.exceptions.RayError as error:
                what = f"the cluster failed: {str(error).strip().splitlines()[-1]}"
                remedy = "What was written is kept, and the same command goes on where it was"
                raise RunError(what, remedy=remedy) from error

    def _blocks(self, places: int) -> int:
        """Return into how many blocks places are cut, so that no core waits for the last."""
        return max(1, min(places, max(-(-places // PLACES), 4 * self.cores)))

    def spread(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield the result for each item, worked out on the cluster; a way for `spread_by`."""
        work = ray.put(_portable(function))
        ahead = 2 * self.cores
        waiting: collections.deque[Any] = collections.deque()
        for item in items:
            waiting.append(_applied.remote([work], item))
            if len(waiting) >= ahead:
                yield ray.get(waiting.popleft())
        while waiting:
            yield ray.get(waiting.popleft())


# On the workers


def _opened(
    row: dict[str, Any], settings: Settings, known: Any, made_by: str
) -> Iterator[dict[str, Any]]:
    """Yield the reports of a place that are to be read, the names of the others, their count."""
    there, count = ray.get(known), 0
    place = pickle.loads(row["place"])  # as `read` packed it
    for report in reports_at(place, settings):
        count += 1
        blank = {"place": row["number"], "id": report.id, "path": report.path, "made_by": made_by}
        fresh = there.get(report.id) != made_by
        yield blank | {"count": 0, "report": _packed(report) if fresh else b""}
    yield {"place": row["number"], "id": "", "path": "", "made_by": made_by} | {
        "count": count,
        "report": b"",
    }


class _Attempts:
    """How often batches were begun: the cluster itself would begin one again without end."""

    def __init__(self) -> None:
        self._begun: collections.Counter[str] = collections.Counter()

    def begun(self, batch: str) -> int:
        """Return how often a batch was begun before."""
        self._begun[batch] += 1
        return self._begun[batch] - 1


class _Reader:
    """An actor that holds the models and reads batches of reports."""

    def __init__(self) -> None:
        from onrecord.run import read_reports

        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._read = read_reports

    def __call__(self, rows: dict[str, Any], settings: Settings, attempts: Any) -> dict[str, Any]:
        """Return the rows with readings in the place of reports; none of those given up."""
        reports = [_unpacked(data) for data in rows.pop("report")]
        given = [report for report in reports if report is not None]
        first = "\n".join(str(rows[name][0]) for name in ("place", "id", "path"))
        nothing = {name: values[:0] for name, values in rows.items()} | {"reading": []}
        if given and ray.get(attempts.begun.remote(first)) > AGAIN:
            return nothing | {"stopped": []}
        stopped = [""] * len(reports)
        with _ended_after(LONGEST):
            try:
                read = {reading.report.id: reading for reading in self._read(given, settings)}
            except RunError as error:  # what all reports need is not there
                rows = {name: values[:1] for name, values in rows.items()} | {"id": [""]}
                return rows | {"stopped": [str(error)], "reading": [b""]}
        readings = [_packed(read[report.id]) if report else b"" for report in reports]
        return rows | {"stopped": stopped, "reading": readings}


@contextlib.contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process when what is done takes longer, since nothing else would."""
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _packed(noun: Report | Reading) -> bytes:
    return b"".join(pack(noun))


def _unpacked(data: bytes) -> Any:
    return unpack([bytes(data)]) if data else None


class _Readings:
    """The readings of a corpus, fetched in parts by those who ask for them."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        given = list(readings)
        starts = range(0, len(given), READINGS)
        self._parts = [ray.put(given[at : at + READINGS]) for at in starts]

    def __call__(self, number: int) -> Reading:
        """Return the reading of that number."""
        return _fetched(self._parts[number // READINGS])[number % READINGS]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Method:
    """A method of what finds copies, to be called elsewhere."""

    copies: Copies
    reading: _Readings
    name: str

    def function(self) -> Callable[[Any], Any]:
        """Return the method, where the readings can be had."""
        return getattr(self.copies.elsewhere(self.reading), self.name)  # type: ignore[no-any-return]


def _portable(function: Any) -> Any:
    """Return what can be sent to workers in the place of a function."""
    owner = getattr(function, "__self__", None)
    if not isinstance(owner, Copies):
        return function
    return _Method(owner, _sent(owner.reading), function.__name__)


_last: tuple[Any, _Readings] | None = None


def _sent(reading: Any) -> _Readings:
    """Return the readings of a list as they are sent; the last list is sent once."""
    global _last
    given = reading.__self__
    if _last is None or _last[0] is not given:
        _last = given, _Readings(given)
    return _last[1]


_had: collections.OrderedDict[Any, Any] = collections.OrderedDict()
HAD = 64  # things that a worker keeps of those it fetched


def _fetched(reference: Any) -> Any:
    """Return what was sent, kept for the next time."""
    if reference not in _had:
        found = ray.get(reference)
        _had[reference] = found.function() if isinstance(found, _Method) else found
        while len(_had) > HAD:
            _had.popitem(last=False)
    _had.move_to_end(reference)
    return _had[reference]


@ray.remote(num_cpus=1, max_retries=AGAIN)  # type: ignore[untyped-decorator]
def _applied(work: list[Any], item: Any) -> Any:
    return _fetched(work[0])(item)


# Shards


def rows_of(shards: str) -> Iterator[Row]:
    """Yield the rows of the shards in a folder; one that was not written to its end has none."""
    for file in _files(shards):
        try:
            table = pyarrow.parquet.ParquetFile(file)
        except (pyarrow.ArrowException, OSError):
            continue  # its worker was stopped
        for batch in table.iter_batches(batch_size=BATCH):
            for row in batch.to_pylist():
                reading = _unpacked(row.pop("reading"))
                yield Row(**row, reading=reading if isinstance(reading, Reading) else None)


def _files(shards: str) -> Iterator[Any]:
    """Yield the files of a folder, here or at an address."""
    files, folder = _folder(shards)
    for path in _paths(files, folder):
        yield files.open_input_file(path)


def _folder(shards: str) -> tuple[Any, str]:
    """Return what gives files at an address or on this machine, and the path there."""
    if "://" not in shards:
        return pyarrow.fs.LocalFileSystem(), os.path.abspath(shards)  # noqa: PTH100
    try:
        files, folder = pyarrow.fs.FileSystem.from_uri(shards)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        remedy = "Give a folder, or an address that pyarrow knows: s3://, gs://, hdfs://"
        raise RunError(f"no place for shards: {error}", file=shards, remedy=remedy) from error
    return files, folder


def _paths(files: Any, folder: str) -> list[str]:
    chosen = pyarrow.fs.FileSelector(folder, allow_not_found=True)
    found = (one.path for one in files.get_file_info(chosen))
    return sorted(path for path in found if path.endswith(".parquet"))


@contextlib.contextmanager
def _told_of(shards: str, told: Callable[[int], None]) -> Iterator[None]:
    """Tell now and then how many reports have been written."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK):
            count = 0
            for file in _files(shards):
                with contextlib.suppress(pyarrow.ArrowException, OSError):
                    count += pyarrow.parquet.ParquetFile(file).metadata.num_rows
            told(count)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def forget(shards: str) -> None:
    """Remove the shards of a folder, once their rows are in the record; nothing else in it."""
    files, folder = _folder(shards)
    for path in _paths(files, folder):
        files.delete_file(path)
    chosen = pyarrow.fs.FileSelector(folder, allow_not_found=True)
    with contextlib.suppress(OSError):
        if not files.get_file_info(chosen):
            files.delete_dir(folder)
