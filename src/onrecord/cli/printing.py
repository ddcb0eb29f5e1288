"""How answers are printed: tables for people, JSON for programs, progress on standard error."""

import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.cli.app import Code

if TYPE_CHECKING:
    from rich.progress import Progress

Noun = TypeVar("Noun")
ROWS = 50  # rows of a table unless more are asked for: what a reader scrolls through
WORDS = 160  # characters of a quotation in a table: some two lines of a usual terminal
PROSE = frozenset({"words", "what", "title or problem", "claim", "disputed", "story"})
LEAST, ROOMY = 40, 120  # columns that prose keeps, on a terminal at least so wide
WIDTH = 140  # columns where standard output is no terminal, so that files and pipes are readable
QUIET_SECONDS = 5.0  # between two plain lines of progress


def console() -> Console:
    """Return what prints to standard output, as it stands now."""
    plain = not sys.stdout.isatty()
    return Console(width=WIDTH if plain else None, highlight=False, soft_wrap=False)


def say(words: str) -> None:
    """Print a line beside the answer, on standard error."""
    sys.stderr.write(clean(words) + "\n")


def clean(words: str) -> str:
    """Return words on one line, without the control characters that could steer a terminal."""
    shown = (" " if unicodedata.category(char) == "Cc" else char for char in words)
    return " ".join("".join(shown).split())


def short(words: str, most: int = WORDS) -> str:
    """Return words on one line, cut between two words when they are longer than `most`."""
    words = clean(words)
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + " …"


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """Print rows under their headers; a column headed "id" is never cut."""
    if title:
        console().print(title, markup=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    roomy = console().width >= ROOMY
    rows = list(rows)
    for header in headers:
        least = LEAST if roomy and header in PROSE else None
        least = max((len(row[-1]) for row in rows), default=2) if header == "id" else least
        table.add_column(header, no_wrap=header == "id", overflow="fold", min_width=least)
    for row in rows:
        table.add_row(*(Text(short(cell)) for cell in row))
    console().print(table)


def write_json(value: Any) -> None:
    """Write a value as JSON; what the terminal cannot write is escaped, so nothing is lost."""
    able = "utf" in (sys.stdout.encoding or "").lower()
    sys.stdout.write(json.dumps(value, ensure_ascii=not able, indent=2) + "\n")


def json_of(noun: Any) -> dict[str, Any]:
    """Return a noun as the export has it, a report without its text and blocks."""
    from onrecord.export.jsonl import plain
    from onrecord.store.rows import to_json
    from onrecord.store.schema import table_name

    kind = table_name(type(noun))
    own = noun.id if kind == "report" else getattr(noun, "report", None)
    row: dict[str, Any] = {"type": kind} | plain(to_json(noun), own)
    left_out = {"text", "blocks"} if kind == "report" else set()
    return {name: value for name, value in row.items() if name not in left_out}


def show_list(
    found: Sequence[Noun],
    headers: Sequence[str],
    row: Callable[[Noun], Sequence[str]],
    *,
    as_json: bool,
    limit: int | None = None,
    to_json: Callable[[Noun], Any] = json_of,
) -> None:
    """Print what was found, as a table or JSON; raises `typer.Exit` when it is nothing."""
    most = len(found) if limit == 0 or (limit is None and as_json) else limit or ROWS
    if as_json:
        write_json([to_json(noun) for noun in found[:most]])
    elif found:
        print_table(headers, map(row, found[:most]))
    if len(found) > most:
        say(f"{most:,} of {len(found):,}; --limit 0 shows all")
    if not found:
        say("none found")
        raise typer.Exit(Code.NONE)


class Steps:
    """Progress of long work: bars on a terminal, else a plain line every few seconds.

    Call it with what is being done, how much of it is done, and of how many (None: unknown).
    """

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._task: tuple[str, Any] | None = None
        self._told = time.monotonic()

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars:
            self._bars.stop()

    def __call__(self, what: str, done: int, of: int | None) -> None:
        """Show how far the work is."""
        if self._bars:
            if self._task is None or self._task[0] != what:
                self._task = (what, self._bars.add_task(what, total=of))
            self._bars.update(self._task[1], completed=done, total=of)
        elif time.monotonic() - self._told >= QUIET_SECONDS:
            self._told = time.monotonic()
            say(f"{what}: {done:,} of {of:,}" if of else f"{what}: {done:,}")


def _bars() -> "Progress":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn())
    return Progress(*columns, MofNCompleteColumn(), console=Console(stderr=True), transient=True)
