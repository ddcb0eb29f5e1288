"""A disk that is full, for real: a small file system in memory. What was written is whole."""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import report_of
from one_report import made_by
from onrecord.errors import RunError
from onrecord.export.jsonl import rows
from onrecord.record import Record
from onrecord.run import build
from onrecord.store import Address, Store
from onrecord.types import Reading, Report
from servers import PostgreSQLServer

SMALL, LARGE = "3m", "64m"


def mount(place: Path, options: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if os.environ.get("ONRECORD_REQUIRE_SERVICES") == "1":
            pytest.fail(f"no small disk can be mounted: {done.stderr.strip()}")
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount(place, f"size={SMALL}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def write(store: Store, reports: list[Report]) -> None:
    for report in reports:
        store.add(Reading(report), made_by)


def filled(address: Address, disk: Path) -> list[str]:
    """Add reports until there is no room, make room, and add the rest; return what is there."""
    chance = random.Random(1)
    # Words that a server cannot keep in less room than they take.
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=30)) for _ in range(120_000)]
    reports = [report_of(" ".join(words[n::30]), f"{n}.txt") for n in range(30)]
    with closing(Store(address, create=True)) as store:
        with pytest.raises(RunError, match=r"goes on where it was") as told:
            write(store, reports)
        assert "full" in str(told.value).lower() or "space" in str(told.value).lower()
        kept = [report.id for report in store.rows(Report)]
        assert 0 < len(kept) < len(reports)
        for report in reports:
            if report.id in kept:
                assert store.get(Report, report.id) == report
        mount(disk, f"remount,size={LARGE}")
        write(store, reports)
        return [report.id for report in store.rows(Report)]


def test_a_file_on_a_full_disk(disk: Path) -> None:
    assert len(filled(disk / "x.db", disk)) == 30


def test_a_server_with_a_full_disk(disk: Path, postgresql: PostgreSQLServer) -> None:
    place = disk / "postgresql"
    place.mkdir()
    if postgresql.user:
        for parent in (disk.parent, *disk.parent.parents):
            if parent not in (Path("/tmp"), Path("/")):
                parent.chmod(parent.stat().st_mode | 0o711)
        mount(disk, f"remount,size={LARGE}")
        shutil.chown(place, postgresql.user)
    postgresql.run(f"CREATE TABLESPACE small LOCATION '{place}'")
    postgresql.run("CREATE DATABASE on_small TABLESPACE small")
    try:
        Store(postgresql.address("on_small"), create=True).close()
        used = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
        mount(disk, f"remount,size={used + (2 << 20)}")
        assert len(filled(postgresql.address("on_small"), disk)) == 30
    finally:
        postgresql.run("DROP DATABASE on_small WITH (FORCE)")
        postgresql.run("DROP TABLESPACE small")


def test_a_build_goes_on_when_there_is_room_again(disk: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(6):
        words = f"The guild said that {number} boats had sailed. Nobody was hurt.\n\n" * 80
        (reports / f"{number}.txt").write_text(words)
    mount(disk, "remount,size=1100k")
    with pytest.raises(RunError, match=r"goes on where it was"):
        build([reports], disk / "x.db")
    mount(disk, f"remount,size={LARGE}")
    build([reports], disk / "x.db")
    build([reports], tmp_path / "whole.db")
    with Record(disk / "x.db") as one, Record(tmp_path / "whole.db") as other:
        assert list(rows(one)) == list(rows(other))
