"""The arguments and options that several commands share."""

import calendar
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day of a year, a month or a day."""

    first: date
    last: date


def _days(words: str) -> Days:
    try:
        first = date.fromisoformat(f"{words}-01-01"[:10])
    except ValueError as error:
        what = f"{words!r} is no day, month or year; write it as YYYY-MM-DD, YYYY-MM or YYYY"
        raise typer.BadParameter(what) from error
    if len(words) == len("YYYY"):
        return Days(first, first.replace(month=12, day=31))
    if len(words) == len("YYYY-MM"):
        last = calendar.monthrange(first.year, first.month)[1]
        return Days(first, first.replace(day=last))
    return Days(first, first)


def _act(words: str) -> str:
    return _one_of(words, ACTS)


def _side(words: str) -> str:
    return _one_of(words, ("for", "against"))


def _standing(words: str) -> str:
    return _one_of(words, STANDINGS)


def _one_of(words: str, known: tuple[str, ...]) -> str:
    if words not in known:
        raise typer.BadParameter(f"{words!r} is none of {', '.join(known)}")
    return words


RecordFile = Annotated[
    str,
    typer.Argument(
        metavar="RECORD",
        help="The file that `onrecord build` wrote, or postgresql://USER@HOST/DATABASE.",
    ),
]
Into = Annotated[
    str,
    typer.Option(
        "--out",
        "-o",
        metavar="RECORD",
        help="The record, new or there already: a file, or postgresql://USER@HOST/DATABASE.",
    ),
]
Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS...",
        help="Reports: files, folders, JSON lines, Parquet, web pages on disk, or addresses as "
        "s3://BUCKET/FOLDER; `-` is standard input.",
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
    Days | None,
    typer.Option(parser=_days, metavar="YYYY[-MM[-DD]]", help="Those that may have held then."),
]
KnownBy = Annotated[
    Days | None,
    typer.Option(
        parser=_days,
        metavar="YYYY[-MM[-DD]]",
        help="As reports tell of them that may have been published by then.",
    ),
]
By = Annotated[
    str | None, typer.Option(metavar="SPEAKER", help="By that actor, or a speaker as printed.")
]
Bearing = Annotated[
    str | None, typer.Option("--claim", metavar="CLAIM", help="Bearing on that claim, by its id.")
]
SideOption = Annotated[
    str | None,
    typer.Option(parser=_side, metavar="for|against", help="With --claim: on that side of it."),
]
After = Annotated[
    str | None,
    typer.Option(
        metavar="ID", help="That may have been made after that statement or event, by its id."
    ),
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
