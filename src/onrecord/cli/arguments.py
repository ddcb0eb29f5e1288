"""The arguments and options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

# Those of onrecord.types, whose import would slow down every `--help`; a test holds them together.
ACTS = ("say", "accuse", "deny", "promise", "threaten", "demand", "support", "criticise")
STANDINGS = ("told", "alleged", "denied", "planned", "conditional")


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise typer.BadParameter(f"{words!r} is no day; write it as YYYY-MM-DD") from error


def _act(words: str) -> str:
    return _one_of(words, ACTS)


def _standing(words: str) -> str:
    return _one_of(words, STANDINGS)


def _one_of(words: str, known: tuple[str, ...]) -> str:
    if words not in known:
        raise typer.BadParameter(f"{words!r} is none of {', '.join(known)}")
    return words


RecordFile = Annotated[
    Path, typer.Argument(metavar="RECORD", help="The file that `onrecord build` wrote.")
]
Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS...",
        help="Reports: files, folders, JSON lines, web pages on disk; `-` is standard input.",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Write JSON to standard output, and nothing else there."),
]
Limit = Annotated[
    int | None,
    typer.Option(
        min=0, help="Show so many at most; 0 shows all. Without it 50 in a table, all as JSON."
    ),
]
Since = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="YYYY-MM-DD", help="On that day or later, as far as told."),
]
Until = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="YYYY-MM-DD", help="On that day or earlier, as far as told."),
]
AsOf = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Those that may have held on that day."),
]
ActOption = Annotated[
    str | None,
    typer.Option(parser=_act, metavar="|".join(ACTS), help="What the words do."),
]
StandingOption = Annotated[
    str | None,
    typer.Option(parser=_standing, metavar="|".join(STANDINGS), help="How the report gives it."),
]
InReport = Annotated[
    str | None,
    typer.Option("--report", metavar="REPORT", help="In that report: its id, path or file name."),
]
About = Annotated[
    str | None, typer.Option(metavar="ACTOR", help="About that actor, by any of its names or id.")
]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to write it.")]
