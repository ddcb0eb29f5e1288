"""The commands by which a reviewer settles who is who: decide, decisions."""

import getpass
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, cast

import typer

from onrecord.cli.arguments import AsJson, Limit, RecordFile
from onrecord.cli.printing import Steps, console, json_of, say, show_list, write_json
from onrecord.errors import RunError

if TYPE_CHECKING:
    from onrecord.decisions import What
    from onrecord.record import Record
    from onrecord.types import Decision

# Those of onrecord.decisions, whose import would slow down every `--help`, with what each is on.
NEEDED = {
    "same": "two actors",
    "different": "two actors",
    "rename": "an actor, and its new name",
    "undo": "the id of a decision",
}


def _what(words: str) -> str:
    if words not in NEEDED:
        raise typer.BadParameter(f"{words!r} is none of {', '.join(NEEDED)}")
    return words


def decide(
    record: RecordFile,
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", parser=_what, help="same, different, rename or undo."),
    ],
    on: Annotated[
        list[str],
        typer.Argument(
            metavar="ON...",
            help="Two actors by name or id; for rename an actor and its name; for undo a decision.",
        ),
    ],
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; without it who is logged in.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Settle that two actors are one or two, name one, or take a decision back.

    A decision is added to the record with its time and who made it, and honoured whenever the
    reports are joined again; nothing is overwritten.
    """
    from onrecord.decisions import make
    from onrecord.record import Record
    from onrecord.run import join
    from onrecord.store import Store

    with Record(record) as opened:
        told, words = _told(opened, what, on, note)
    made = make(
        cast("What", what),
        told,
        by=by or getpass.getuser(),
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        note=words,
    )
    with closing(Store(record)) as store, Steps() as steps:
        store.decide(made)
        join(store, progress=steps)
    if as_json:
        write_json(json_of(made))
    else:
        console().print(f"{made.id}: {_shown(made)}")
        say(f"to take it back: onrecord decide {record} undo {made.id}")


def _told(record: "Record", what: str, on: list[str], note: str) -> tuple[tuple[str, ...], str]:
    """Return what a decision is on, and its note; raises `RunError` for what is not there."""
    if len(on) != (1 if what == "undo" else 2):
        raise RunError(f"`{what}` needs {NEEDED[what]}", remedy="`onrecord decide --help` tells")
    if what == "undo":
        if on[0] not in {decision.id for decision in record.decisions()}:
            remedy = "`onrecord decisions` lists them"
            raise RunError(f"no decision {on[0]!r} in this record", remedy=remedy)
        return (on[0],), note
    one = record.actor(on[0])
    if what == "rename":
        if not on[1].strip():
            raise RunError("an actor can't be named with nothing", remedy="Give its name")
        return (one.id,), on[1].strip()
    other = record.actor(on[1])
    if one.id != other.id:
        # Where the two are joined, only the note still says how both were called.
        return (one.id, other.id), note or f"{one.name}, {other.name}"
    if what == "same":
        raise RunError(f"{on[0]} and {on[1]} are one already", remedy="Nothing is to be decided")
    return tuple(on), note  # two names of what is now one


def _shown(decision: "Decision") -> str:
    words = f"{decision.what} {', '.join(decision.on)}"
    return f"{words} ({decision.note})" if decision.note else words


def decisions(record: RecordFile, limit: Limit = None, as_json: AsJson = False) -> None:
    """List what reviewers decided, in the order of time, and what was taken back since."""
    from onrecord.decisions import standing
    from onrecord.record import Record

    with Record(record) as opened:
        found = opened.decisions()
        stands = {decision.id for decision in standing(found)}

        def row(item: "Decision") -> tuple[str, ...]:
            state = "" if item.id in stands or item.what == "undo" else "taken back"
            on = ", ".join(opened.name_of(key) for key in item.on)
            return item.at[:19], item.by, item.what, on, item.note, state, item.id

        headers = ("at", "by", "what", "on", "note", "", "id")
        show_list(found, headers, row, as_json=as_json, limit=limit)
