"""The commands for what outside registers know: import, candidates."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.app import Code
from onrecord.cli.arguments import AsJson, Limit, RecordFile
from onrecord.cli.printing import Steps, console, say, show_list, write_json

if TYPE_CHECKING:
    from onrecord.types import Candidate

FORMATS = ("ftm", "wikidata", "stix", "csv")


def _format(words: str) -> str:
    if words not in FORMATS:
        raise typer.BadParameter(f"{words!r} is none of {', '.join(FORMATS)}")
    return words


def import_(
    record: RecordFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Actors, as a register gives them.")],
    kind: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORMAT",
            parser=_format,
            help="ftm, wikidata, stix or csv; without it the file tells.",
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What the register is called; else the file's name."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Keep also those whose names the record does not hold.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import actors and their other names from an outside register, as candidates.

    FollowTheMoney JSON lines, lines of a Wikidata JSON dump, STIX 2.1 bundles and CSV are read. No
    actor is joined with another on a name alone: what may be one is for a reviewer to decide, as in
    `onrecord decide RECORD same "Foo Front" wikidata:Q1`. What was imported from the same source
    before is replaced. Import again when reports with new names were added.
    """
    from onrecord.geography import fold
    from onrecord.outside import take
    from onrecord.record import Record
    from onrecord.run import join
    from onrecord.store import Store

    with Record(record) as opened:
        held = {fold(name) for actor in opened.actors() for name in actor.names}
    with closing(Store(record)) as store, Steps() as steps:
        taken = take(
            file,
            kind,
            source,
            lambda entry: everything or any(fold(name) in held for name in entry.names),
            steps,
        )
        store.know(source or file.name, taken.candidates)
        join(store, progress=steps)
    for problem in taken.problems:
        say(f"error: {problem}")
    told = {
        "read": taken.read,
        "kept": len(taken.candidates),
        "problems": taken.problems,
    }
    if as_json:
        write_json(told)
    else:
        console().print(f"{taken.read} actors read, {len(taken.candidates)} kept as candidates")
    if taken.problems:
        raise typer.Exit(Code.SOME_FAILED)


import_.__name__ = "import"  # the name of the command, which Python keeps for itself


def candidates(
    record: RecordFile,
    actor: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="Only those with a name of this actor.")
    ] = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List what outside registers know of names in the record, each with the file that says so."""
    from onrecord.record import Record

    with Record(record) as opened:
        found = opened.candidates(actor=actor)

        def row(one: "Candidate") -> tuple[str, ...]:
            others = ", ".join(name for name in one.names if name != one.name)
            country = one.country or ""
            return one.key, one.name, one.kind, country, others, f"{one.source}:{one.line}"

        headers = ("key", "name", "kind", "state", "other names", "source")
        show_list(found, headers, row, as_json=as_json, limit=limit)
