"""The commands that take a record to another place, or let others at it: copy, salvage, grant."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.app import Code
from onrecord.cli.arguments import AsJson, RecordFile
from onrecord.cli.printing import Steps, say, write_json


def copy(
    record: RecordFile,
    into: Annotated[
        str,
        typer.Argument(
            metavar="INTO",
            help="A new file, or an empty database: postgresql://USER@HOST/DATABASE.",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Copy a whole record: from a file to a server of PostgreSQL, back, or to another file.

    One that was stopped goes on where it was when the same command is given again.
    """
    from onrecord.store.copying import copy as copy_all

    with Steps() as steps:
        rows = copy_all(record, into, progress=steps)
    if as_json:
        write_json({"rows": rows})
    else:
        say(f"{rows:,} rows copied")


def grant(
    record: RecordFile,
    readers: Annotated[
        list[str] | None, typer.Option("--reader", metavar="ROLE", help="A role that may read.")
    ] = None,
    writers: Annotated[
        list[str] | None,
        typer.Option("--writer", metavar="ROLE", help="A role that may also add and decide."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let roles of a server of PostgreSQL read a record there, or also write to it.

    Whoever made the record gives these rights, and alone brings it up to date.
    """
    from contextlib import closing

    from onrecord.store import Store

    asked = [(role, False) for role in readers or ()] + [(role, True) for role in writers or ()]
    if not asked:
        raise typer.BadParameter("give --reader ROLE or --writer ROLE")
    with closing(Store(record)) as store:
        for role, write in asked:
            store.grant(role, write=write)
    if as_json:
        write_json({"readers": readers or [], "writers": writers or []})
    else:
        for role, write in asked:
            say(f"{role} may read" + (" and write" if write else ""))


def salvage(
    record: RecordFile,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="RECORD", help="Where the new record goes.")
    ],
    as_json: AsJson = False,
) -> None:
    """Take what is whole of a damaged record into a new one.

    A report is saved if all that was read of it can be read and proved. Exit code 3 when any is
    lost: read those again with `onrecord add`.
    """
    from dataclasses import asdict

    from onrecord.errors import RunError
    from onrecord.salvage import salvage as save
    from onrecord.store.database import database_at, is_server

    if is_server(record):
        remedy = "What pg_dump can read, it saves; a backup has the rest"
        raise RunError("only files are saved so", file=database_at(record).name, remedy=remedy)
    with Steps() as steps:
        found = save(Path(record), out, progress=steps)
    if as_json:
        write_json(asdict(found))
    else:
        say(f"{found.saved} reports and {found.decisions} decisions saved, {len(found.lost)} lost")
        for key in found.lost:
            say(f"lost: {key}")
    if found.lost:
        raise typer.Exit(Code.SOME_FAILED)
