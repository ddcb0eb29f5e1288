"""A process that is killed: it has the models loaded, and does each thing in a copy of itself.

Reads a line of JSON for each thing from standard input; says which process does it, and how that
ended. Run by `killing.py`.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any


def _build(asked: dict[str, Any]) -> None:
    from onrecord.run import build

    build([Path(path) for path in asked["reports"]], asked["record"])


def _migrate(asked: dict[str, Any]) -> None:
    from onrecord.store import Store

    Store(asked["record"], create=True).close()


def _decide(asked: dict[str, Any]) -> None:
    from onrecord.deciding import decide

    decide(asked["record"], "rename", [asked["actor"], asked["name"]], by="Ada")


def _copy(asked: dict[str, Any]) -> None:
    from onrecord.store.copying import copy

    copy(asked["of"], asked["record"], progress=lambda *_: None)


def _join(asked: dict[str, Any]) -> None:
    from onrecord.run import join
    from onrecord.store import Store

    with closing(Store(asked["record"], create=True)) as store:
        join(store)


WHAT: dict[str, Callable[[dict[str, Any]], None]] = {
    "build": _build,
    "migrate": _migrate,
    "decide": _decide,
    "copy": _copy,
    "join": _join,
}


def main() -> None:
    """Load what all things need, then do one after the other."""
    from onrecord.parsing import load
    from onrecord.run import read_reports
    from onrecord.settings import Settings
    from onrecord.types import Report

    load(Settings().model)
    words = Report("report-0", "0.txt", "0" * 64, "Nobody sails, the guild said on Monday.")
    list(read_reports([words], Settings()))
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                WHAT[asked["do"]](asked)
                code = 0
            finally:
                os._exit(code)
        print(child, flush=True)  # noqa: T201
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
