"""A record built on a real Ray cluster of two workers: as on one core, whatever befalls them."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import deadly
from onrecord.cli.building import examples
from onrecord.errors import RunError
from onrecord.export.jsonl import write
from onrecord.pool import read_on
from onrecord.record import Record
from onrecord.run import build
from onrecord.settings import Settings
from onrecord.types import Built, Reading, Report

pytest.importorskip("ray", reason="Ray is not installed: pip install 'onrecord[ray]'")
# Ray opens files and sockets that it leaves to the end of the process.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
READER = b"MapBatches(_Reader)"


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Start a cluster of a head and two workers, and return its address."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patched:
        # Where workers find the model that they do not survive.
        patched.setenv("PYTHONPATH", str(Path(__file__).parent))
        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
        for _ in range(2):
            made.add_node(num_cpus=1, object_store_memory=128 << 20)
        yield made.address
        made.shutdown()


@pytest.fixture
def on(cluster: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("RAY_ADDRESS", cluster)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return "ray"


def exported(path: Path) -> str:
    into = path.with_suffix(".jsonl")
    with Record(path) as record, into.open("w", encoding="utf-8", newline="\n") as file:
        write(record, file)
    return into.read_text(encoding="utf-8")


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of the reports that no worker gave, and that were read here."""
    found: list[str] = []

    def watched(reports: Iterable[Report], *given: Any) -> Iterator[Reading]:
        def told() -> Iterator[Report]:
            for report in reports:
                found.append(report.path)
                yield report

        return read_on(told(), *given)

    monkeypatch.setattr("onrecord.clustered.read_on", watched)
    return found


def readers() -> list[int]:
    """Return the processes that read reports for a cluster."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with contextlib.suppress(OSError):
                if READER in (process / "cmdline").read_bytes():
                    found.append(int(process.name))
    return found


def test_a_record_is_the_same_though_a_worker_is_killed_on_the_way(
    on: str, tmp_path: Path, left: list[str]
) -> None:
    killed: list[int] = []

    def kill() -> None:
        end = time.monotonic() + 120
        while time.monotonic() < end and not killed:
            time.sleep(0.2)
            if found := readers():
                time.sleep(3)  # it has begun by then
                with contextlib.suppress(ProcessLookupError):
                    os.kill(found[0], signal.SIGKILL)
                    killed.append(found[0])

    killer = threading.Thread(target=kill)
    killer.start()
    built = build([examples()], tmp_path / "many.db", on=on)
    killer.join()
    assert killed
    assert left == []  # another worker gave what that one had
    assert not (tmp_path / "many.db.shards").exists()
    alone = build([examples()], tmp_path / "one.db")
    assert built == alone
    assert exported(tmp_path / "many.db") == exported(tmp_path / "one.db")
    again = build([examples()], tmp_path / "many.db", on=on)
    assert (again.read, again.already, again.corpus) == (0, alone.read, False)


def test_a_report_that_no_worker_survives_is_kept_with_that_problem(
    on: str, tmp_path: Path, left: list[str]
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(3):
        (reports / f"{number}.txt").write_text(f"The guild said that {number} boats had sailed.")
    (reports / "deadly.txt").write_text(f"He spoke {deadly.WORDS}, she said.")
    (reports / "empty.txt").write_text("")
    built = build([reports], tmp_path / "x.db", on=on, settings=Settings(model="deadly"))
    assert built.read == 3
    assert "deadly.txt" in left
    problems = dict(built.failed)
    assert set(problems) == {"deadly.txt", "empty.txt"}
    assert "ended without a word" in problems["deadly.txt"]
    with Record(tmp_path / "x.db") as record:
        assert len(record.reports()) == 5


def test_what_was_written_before_a_run_was_stopped_is_taken_in_by_the_next(
    on: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"text": "The guild said no."}\n{"text": "The board said yes."}\n{broken\n')
    taken: list[str] = []

    def stop(*_: object, **__: object) -> None:
        taken.append("")
        if len(taken) == 2:
            raise KeyboardInterrupt

    def built() -> Built:
        return build([f"file://{lines}"], tmp_path / "x.db", on=on, shards=str(tmp_path / "s"))

    with monkeypatch.context() as patched:
        patched.setattr("onrecord.clustered._Assembly.take", stop)
        with pytest.raises(KeyboardInterrupt):
            built()
    found = built()
    assert (found.read, found.already) == (0, 2)
    assert [path for path, _ in found.failed] == ["lines.jsonl:3"]


def test_a_folder_for_shards_keeps_what_else_is_in_it_and_serves_several_records(
    on: str, tmp_path: Path
) -> None:
    shards = tmp_path / "a #1 %20 é"
    (shards / "mine").mkdir(parents=True)
    (shards / "mine.parquet").write_bytes(b"PAR1")
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"The guild said that {name} boats had sailed.")
        build([tmp_path / f"{name}.txt"], tmp_path / f"{name}#.db", on=on, shards=str(shards))
        with Record(tmp_path / f"{name}#.db") as record:
            assert [report.path for report in record.reports()] == [f"{name}.txt"]
    assert sorted(path.name for path in shards.iterdir()) == ["mine", "mine.parquet"]


def test_what_all_reports_need_and_no_worker_has_stops_the_run(on: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The guild said no.")
    with pytest.raises(RunError, match=r"'no_such_model' is not installed"):
        build(
            [tmp_path / "a.txt"], tmp_path / "x.db", on=on, settings=Settings(model="no_such_model")
        )


def test_no_cluster_and_no_place_for_shards_are_told(on: str, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="needs --shards"):
        build([tmp_path], "postgresql://nobody@127.0.0.1:1/none", on=on)
    with pytest.raises(RunError, match="standard input"):
        build(["-"], tmp_path / "x.db", on=on)
