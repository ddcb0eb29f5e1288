"""Writes docs/commands.md from the commands themselves: `python -m onrecord.cli.reference`."""

import inspect
import sys
from collections.abc import Iterator
from typing import Any

import typer

from onrecord.cli import COMMANDS, app
from onrecord.cli.app import MEANING


def reference() -> str:
    """Return the page of all commands, as Markdown."""
    group: Any = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        "<!-- Made by `python -m onrecord.cli.reference`; a test keeps it equal to the code. -->",
        "",
        "With `--json` a command writes JSON to standard output and nothing else there; its",
        "objects are those of the export. Progress and remarks go to standard error.",
        "",
        "| exit code | meaning |",
        "| --- | --- |",
        *(f"| {code.value} | {meaning} |" for code, meaning in MEANING.items()),
    ]
    for heading, functions in COMMANDS.items():
        lines += ["", f"## {heading}"]
        for function in functions:
            lines += _command(group.commands[function.__name__], inspect.getdoc(function) or "")
    return "\n".join(lines) + "\n"


def _command(command: Any, help_: str) -> Iterator[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["onrecord", command.name, *(_metavar(a) for a in arguments)])
    yield from ("", f"### onrecord {command.name}", "", "```", f"{usage} [OPTIONS]", "```", "")
    yield help_
    yield from ("", "| | |", "| --- | --- |")
    for parameter in (*arguments, *options):
        yield f"| {_label(parameter)} | {parameter.help or ''} |"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _label(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_metavar(parameter)}`"
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    value = "" if parameter.is_flag else " " + (parameter.metavar or "N").replace("|", ", ")
    return names + value + (" (required)" if parameter.required else "")


if __name__ == "__main__":
    sys.stdout.write(reference())
