"""The commands by which a reviewer settles who is who: decide, decisions."""

import getpass
from typing import TYPE_CHECKING, Annotated, cast

import typer

from onrecord.cli.arguments import AsJson, Limit, RecordFile
from onrecord.cli.printing import Steps, console, json_of, say, show_list, write_json

if TYPE_CHECKING:
    from onrecord.decisions import What
    from onrecord.types import Decision

# Those of onrecord.decisions, whose import would slow down every `--help`.
WHATS = ("same", "different", "rename", "right", "wrong", "edit", "unsure", "undo")


def _what(words: str) -> str:
    if words not in WHATS:
        raise typer.BadParameter(f"{words!r} is none of {', '.join(WHATS)}")
    return words


def decide(
    record: RecordFile,
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", parser=_what, help=", ".join(WHATS) + "."),
    ],
    on: Annotated[
        list[str],
        typer.Argument(
            metavar="ON...",
            help="Two actors by name or id, the second also by the key of a candidate; "
            "for rename an actor and its name; for right, wrong and edit a statement, for edit "
            "also act:deny or the entity that speaks; for undo a decision.",
        ),
    ],
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; without it who is logged in.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Settle who is who, whether a statement is read right, or take a decision back.

    A decision is added to the record with its time and who made it, and honoured whenever the
    reports are joined again; nothing is overwritten.
    """
    from onrecord.deciding import decide as settle

    with Steps() as steps:
        by = by or getpass.getuser()
        made = settle(record, cast("What", what), on, by=by, note=note, progress=steps)
    if as_json:
        write_json(json_of(made))
    else:
        console().print(f"{made.id}: {_shown(made)}")
        say(f"to take it back: onrecord decide {record} undo {made.id}")


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
