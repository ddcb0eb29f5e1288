"""The app that the commands hang on, and what a user reads when one of them fails."""

import os
import sys
from enum import IntEnum
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord import __version__
from onrecord.errors import ItemError, OnRecordError, RunError


class Code(IntEnum):
    """Exit codes; they are part of what scripts may rely on."""

    WELL = 0
    NONE = 1
    USAGE = 2
    SOME_FAILED = 3
    STOPPED = 4
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANING = {
    Code.WELL: "all well",
    Code.NONE: "nothing of that name or kind in the record; or verify or --floors found faults",
    Code.USAGE: "the command was not understood",
    Code.SOME_FAILED: "some reports failed; the others were read",
    Code.STOPPED: "the run could not go on",
    Code.INTERRUPTED: "stopped from the keyboard",
    Code.PIPE_CLOSED: "whoever read the output closed it",
}
CODES = "Exit codes: " + "; ".join(f"{code.value} {words}" for code, words in MEANING.items()) + "."
# What these commands have written by the time that they are stopped is kept.
RESUMED = frozenset({"build", "add", "demo", "copy"})


class Commands(TyperGroup):
    """The commands, with every error told in one line: what, where, and what to do."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for; raises `typer.Exit` with the code of its end."""
        _fit_terminal()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (OnRecordError, OSError, KeyboardInterrupt) as error:
            raise typer.Exit(_tell(error, ctx.invoked_subcommand)) from error
        return result


def _fit_terminal() -> None:
    """Let words that the terminal cannot write come out as "?" and not as an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _tell(error: BaseException, command: str | None) -> Code:
    if isinstance(error, BrokenPipeError):
        _drop_output()
        return Code.PIPE_CLOSED
    if isinstance(error, KeyboardInterrupt):
        kept = "what was read is kept, and the same command goes on where it was"
        _say(f"stopped: {kept}" if command in RESUMED else "stopped")
        return Code.INTERRUPTED
    if isinstance(error, OSError):
        error = RunError(error.strerror or str(error), file=str(error.filename or ""))
    _say(f"error: {error}")
    if isinstance(error, RunError):
        return Code.STOPPED
    return Code.SOME_FAILED if isinstance(error, ItemError) else Code.NONE


def _say(words: str) -> None:
    try:
        sys.stderr.write(" ".join(words.split()) + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        _drop_output()


def _drop_output() -> None:
    """Send what is still to be flushed nowhere, so that Python's own farewell is quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="onrecord",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=CODES,
)


@app.callback()
def onrecord(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Read news reports and keep the record of who said and did what, on whose word."""
