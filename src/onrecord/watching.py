"""A folder whose reports are taken into a record as they arrive.

A file is read once it has not changed between two looks. What is in the record is known by its
content, so nothing is read twice, whenever this was stopped and started. One process at a time may
watch for a record: it holds a lease there, which it renews, and which ends by itself.
"""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

from onrecord.errors import OnRecordError, RunError
from onrecord.run import take_in
from onrecord.settings import Settings
from onrecord.stages.read import files_in, read_files
from onrecord.store import Address, Store

LEASE = 60.0  # seconds after which a watcher that says nothing more is taken for gone
LATE = 10  # looks after which a watcher that has not looked again is not well

Stamp = tuple[int, int]


class TakenError(RunError):
    """Another process watches for the record."""


@dataclass(slots=True)
class Health:
    """What a watcher has done so far."""

    read: int = 0
    already: int = 0
    failed: int = 0
    looks: int = 0
    errors: int = 0
    last_look: float = 0.0
    last_seconds: float = 0.0
    waiting: int = 0
    error: str = ""


@dataclass(slots=True)
class Watcher:
    """One folder, the record that its reports go into, and what was seen of it.

    `every` is how many seconds lie between two looks.
    """

    folder: Path
    record: Address
    settings: Settings
    every: float = 5.0
    health: Health = field(default_factory=Health)
    holder: str = field(default_factory=lambda: f"{socket.gethostname()} {os.getpid()} {uuid4()}")
    _seen: dict[Path, Stamp] = field(default_factory=dict)
    _done: dict[Path, Stamp] = field(default_factory=dict)

    def watch(self, stop: threading.Event, tell: Callable[[str], None]) -> None:
        """Take in what arrives until it is stopped.

        Raises `RunError` when the folder is not there or another watches for the record.
        """
        if not self.folder.is_dir():
            raise RunError("there is no such folder", file=str(self.folder))
        with self._leased():
            while not stop.is_set():
                self.look(tell)
                stop.wait(self.every)

    def look(self, tell: Callable[[str], None]) -> None:
        """Look once: read the files that have arrived whole since the last look."""
        started = time.monotonic()
        files = dict(_files(self.folder))
        ready = [
            file
            for file, stamp in files.items()
            if self._seen.get(file) == stamp and self._done.get(file) != stamp
        ]
        self.health.waiting = sum(self._done.get(file) != stamp for file, stamp in files.items())
        self._seen = files
        try:
            self._renew()
            if ready:
                self._take(ready, files, tell)
            self.health.error = ""
        except TakenError:
            raise
        except OnRecordError as error:
            # It is tried again at the next look: the disk may be full now, and not then.
            self.health.errors += 1
            self.health.error = str(error)
            tell(f"error: {error}")
        self.health.looks += 1
        self.health.last_look = time.time()
        self.health.last_seconds = time.monotonic() - started

    def _take(
        self, ready: list[Path], files: dict[Path, Stamp], tell: Callable[[str], None]
    ) -> None:
        given = read_files(self.folder, ready, self.settings)
        with _renewing(self._renew):
            built = take_in(given, self.record, settings=self.settings)
        self._done |= {file: files[file] for file in ready}
        self.health.read += built.read
        self.health.already += built.already
        self.health.failed += len(built.failed)
        self.health.waiting -= len(ready)
        if built.read or built.failed:
            tell(f"{built.read} read, {len(built.failed)} failed, {built.already} known already")
        for path, problem in built.failed:
            tell(f"{path}: {problem}")

    def _renew(self) -> None:
        store = Store(self.record, create=True)
        try:
            other = store.lease(self.holder, LEASE, time.time())
        finally:
            store.close()
        if other:
            raise TakenError(
                f"{other} watches for this record",
                file=str(self.record),
                remedy=f"Stop it; if it is gone, its lease ends within {LEASE:.0f} s",
            )

    @contextmanager
    def _leased(self) -> Iterator[None]:
        self._renew()
        try:
            yield
        finally:
            store = Store(self.record)
            store.end_lease(self.holder)
            store.close()


@contextmanager
def _renewing(renew: Callable[[], None]) -> Iterator[None]:
    """Renew a lease now and then while long work is done."""
    done = threading.Event()

    def keep() -> None:
        while not done.wait(LEASE / 4):
            try:
                renew()
            except OnRecordError:
                continue  # the record is busy, or lost: the next look says so

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _files(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """Yield the files below a folder, with what changes when they do."""
    for found in files_in(folder):
        if isinstance(found, Path):
            try:
                state = found.stat()
            except OSError:
                continue  # it has gone since
            yield found, (state.st_mtime_ns, state.st_size)


METRICS = (
    ("read", "counter", "Reports that were read"),
    ("already", "counter", "Reports that the record had already"),
    ("failed", "counter", "Reports that were kept with a problem"),
    ("looks", "counter", "Looks at the folder"),
    ("errors", "counter", "Looks that failed"),
    ("waiting", "gauge", "Files that have not been read yet"),
    ("last_look", "gauge", "When the folder was last looked at, in seconds of Unix time"),
    ("last_seconds", "gauge", "How long the last look took, in seconds"),
)


def metrics(health: Health) -> str:
    """Return what a watcher has done in the text format of Prometheus."""
    lines = []
    for name, kind, words in METRICS:
        full = f"onrecord_watch_{name}" + ("_total" if kind == "counter" else "")
        lines += [f"# HELP {full} {words}.", f"# TYPE {full} {kind}"]
        lines.append(f"{full} {getattr(health, name)}")
    return "\n".join(lines) + "\n"


def is_well(watcher: Watcher, now: float) -> bool:
    """Tell whether a watcher looks as often as it should, and its last look went well."""
    late = now - watcher.health.last_look > LATE * (watcher.every + watcher.health.last_seconds)
    return watcher.health.looks > 0 and not late and not watcher.health.error


@contextmanager
def told_at(watcher: Watcher, port: int) -> Iterator[int]:
    """Answer at /health and /metrics on this machine; yield the port (0: any that is free)."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._send(200, "text/plain; version=0.0.4", metrics(watcher.health))
            elif self.path == "/health":
                well = is_well(watcher, time.time())
                told = json.dumps({"well": well} | asdict(watcher.health))
                self._send(200 if well else 503, "application/json", told)
            else:
                self._send(404, "text/plain", "There are /health and /metrics.\n")

        def _send(self, status: int, kind: str, words: str) -> None:
            body = words.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing of each request."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
    except OSError as error:
        remedy = "Give another with --metrics"
        raise RunError(f"cannot listen on port {port}: {error.strerror}", remedy=remedy) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
