"""A server of PostgreSQL that tests start, use and throw away."""

import importlib.util
import itertools
import os
import shutil
import socket
import subprocess
from contextlib import closing
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "onrecord"
# What tests write has to outlive the server, and not a power cut.
FAST = "-c fsync=off -c full_page_writes=off -c max_connections=60"


def why_not() -> str:
    """Return why there can be no server, "" where there can."""
    if not _programs():
        return "PostgreSQL is not installed: Debian's package postgresql"
    if importlib.util.find_spec("psycopg") is None:
        return "PostgreSQL's driver is not installed: pip install 'psycopg[binary]'"
    return ""


def _programs() -> Path | None:
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class PostgreSQLServer:
    """A server with data of its own in a folder, at a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        programs = _programs()
        assert programs is not None
        self._programs, self._data = programs, folder / "data"
        self._numbers = itertools.count(1)
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # The server refuses to run as root, so that another user must get to its folder then.
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)

    def __enter__(self) -> "PostgreSQLServer":
        """Make the data and start."""
        locale = ("--locale=C.UTF-8", "--encoding=UTF8")
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", OWNER, "--no-sync", *locale)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop at once."""
        self.stop()

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-p {self.port} -k '' -h 127.0.0.1 {FAST}"
        log = self._data.parent / "log"
        self._run("pg_ctl", "-D", self._data, "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stop at once, as when the power is cut."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def database(self) -> str:
        """Make a database and return its address."""
        name = f"record_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name: str, user: str = OWNER) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def run(self, command: str, address: str = "") -> list[tuple[object, ...]]:
        """Return what the server answers to a command."""
        import psycopg

        with psycopg.connect(address or self.address("postgres"), autocommit=True) as connection:
            cursor = connection.execute(command.encode())
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *given: object) -> None:
        command = [str(self._programs / program), *map(str, given)]
        subprocess.run(
            command, check=True, user=self.user, stdout=subprocess.DEVNULL, cwd=self._data.parent
        )
