"""Kills what is at work on a record, at random moments."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Victim:
    """A process that does things for a record, and is killed while it does."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("victim.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        self.killed = 0
        assert self._said() == "ready"

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def does(self, what: str, *, killed_after: float | None = None, **asked: Any) -> float:
        """Let it do something, and kill it after so many seconds; return how long it took."""
        assert self._process.stdin is not None
        given = json.dumps({"do": what} | asked, default=str)
        self._process.stdin.write(given + "\n")
        self._process.stdin.flush()
        process = int(self._said())
        begun = time.monotonic()
        if killed_after is not None:
            time.sleep(killed_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        code = int(self._said())
        self.killed += code == -signal.SIGKILL
        assert code == 0 or (killed_after is not None and code == -signal.SIGKILL), code
        return time.monotonic() - begun

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@contextlib.contextmanager
def victim() -> Iterator[Victim]:
    """Start such a process."""
    made = Victim()
    try:
        yield made
    finally:
        made.close()
