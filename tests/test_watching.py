"""A watched folder: what arrives is read once and whole, by one watcher, through restarts."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.watching import LATE, LEASE, TakenError, Watcher, is_well, metrics, told_at

FIRST = "Harbour master Ilke Dorn denied the charge on Friday, a clerk of the guild said."
SECOND = "Ferries were late again. “Nobody told us,” said Tam Orrel on Monday."


def silent(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def watcher(tmp_path: Path) -> Watcher:
    (tmp_path / "in").mkdir()
    return Watcher(tmp_path / "in", tmp_path / "x.db", Settings(), every=0.05)


def reports(path: Path) -> list[str]:
    with Record(path) as record:
        return sorted(report.path for report in record.reports())


def test_a_file_is_read_once_it_is_whole_and_never_twice(watcher: Watcher) -> None:
    file = watcher.folder / "a.txt"
    file.write_text(FIRST[:20], encoding="utf-8")
    watcher.look(silent)
    file.write_text(FIRST, encoding="utf-8")
    os.utime(file, ns=(1, 1))
    watcher.look(silent)  # it has changed since the last look
    assert (watcher.health.read, watcher.health.waiting) == (0, 1)
    watcher.look(silent)
    assert (watcher.health.read, watcher.health.waiting) == (1, 0)
    watcher.look(silent)
    assert (watcher.health.read, watcher.health.already) == (1, 0)
    again = Watcher(watcher.folder, watcher.record, Settings())
    again.holder = watcher.holder
    again.look(silent)
    again.look(silent)
    assert (again.health.read, again.health.already) == (0, 1)
    assert reports(watcher.record) == ["a.txt"]


def test_one_that_fails_is_told_and_stops_no_other(watcher: Watcher) -> None:
    (watcher.folder / "sub").mkdir()
    (watcher.folder / "sub" / "b.txt").write_text(SECOND, encoding="utf-8")
    (watcher.folder / "bad.txt").write_bytes(b"\xff\xfe\x00\x01\x02" * 9)
    told: list[str] = []
    watcher.look(told.append)
    watcher.look(told.append)
    assert (watcher.health.read, watcher.health.failed) == (1, 1)
    assert any("bad.txt" in line for line in told)
    assert reports(watcher.record) == ["bad.txt", "sub/b.txt"]


def test_two_watchers_do_not_collide(watcher: Watcher) -> None:
    watcher.look(silent)
    other = Watcher(watcher.folder, watcher.record, Settings())
    with pytest.raises(TakenError, match="watches for this record"):
        other.look(silent)
    store = Store(watcher.record)
    store.end_lease(other.holder)  # what it has not, it cannot give up
    assert store.lease(other.holder, LEASE, time.time()) == watcher.holder
    store.end_lease(watcher.holder)
    assert store.lease(other.holder, LEASE, time.time()) is None
    with pytest.raises(TakenError):
        watcher.look(silent)
    assert store.lease(watcher.holder, LEASE, time.time() + LEASE + 1) is None  # it ran out
    store.close()


def test_a_lease_of_a_clock_that_was_put_back_holds_nobody_off(watcher: Watcher) -> None:
    store = Store(watcher.record, create=True)
    now = time.time()
    assert store.lease("of tomorrow", LEASE, now + 86_400) is None
    assert store.lease("ours", LEASE, now) is None
    assert store.lease("another", LEASE, now) == "ours"
    store.close()


def test_a_look_that_fails_is_tried_again(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watcher.folder / "a.txt").write_text(FIRST, encoding="utf-8")
    watcher.look(silent)

    def full(*_: object, **__: object) -> None:
        raise RunError("the disk is full")

    monkeypatch.setattr("onrecord.watching.take_in", full)
    watcher.look(silent)
    assert (watcher.health.errors, watcher.health.read) == (1, 0)
    assert not is_well(watcher, time.time())
    monkeypatch.undo()
    watcher.look(silent)
    assert (watcher.health.read, watcher.health.error) == (1, "")
    assert is_well(watcher, time.time())
    assert not is_well(watcher, time.time() + LATE * (watcher.every + 60))


def test_health_and_metrics_are_told(watcher: Watcher) -> None:
    with told_at(watcher, 0) as port:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health")
        with refused.value as answer:
            assert (answer.code, json.load(answer)["well"]) == (503, False)
        watcher.look(silent)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as answer:
            assert json.load(answer)["looks"] == 1
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            assert answer.read().decode() == metrics(watcher.health)
    lines = metrics(watcher.health).splitlines()
    assert "# TYPE onrecord_watch_read_total counter" in lines
    assert "onrecord_watch_looks_total 1" in lines


def until(met: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


def test_it_is_stopped_by_a_signal_and_goes_on_after_a_kill(tmp_path: Path) -> None:
    folder, record = tmp_path / "in", tmp_path / "x.db"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    start = "from onrecord.cli import app; app()"
    command = [sys.executable, "-c", start, "watch", str(folder), "-o", str(record)]
    command += ["--every", "0.1"]

    def holds(count: int) -> bool:
        return record.is_file() and _count(record) == count

    first = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until(lambda: holds(1))
    first.send_signal(signal.SIGKILL)
    first.wait()
    store = Store(record)
    store.lease("x", LEASE, time.time() + 2 * LEASE)  # as if its lease had run out
    store.end_lease("x")
    store.close()
    (folder / "b.txt").write_text(SECOND, encoding="utf-8")
    second = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until(lambda: holds(2))
    second.send_signal(signal.SIGTERM)
    assert second.wait(30) == 0
    assert reports(record) == ["a.txt", "b.txt"]


def _count(record: Path) -> int:
    try:
        return len(reports(record))
    except RunError:
        return -1  # it is being made
