"""Every command has help and stands in docs/commands.md, which is made from the commands."""

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from onrecord.cli import COMMANDS, app
from onrecord.cli.app import Code
from onrecord.cli.reference import reference

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
GROUP: Any = typer.main.get_command(app)
NAMES = [function.__name__ for functions in COMMANDS.values() for function in functions]


def test_the_page_is_made_from_the_commands() -> None:
    remedy = "python -m onrecord.cli.reference > docs/commands.md"
    assert PAGE.read_text(encoding="utf-8") == reference(), remedy


def test_every_command_of_the_app_is_in_the_list() -> None:
    assert sorted(GROUP.commands) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_command_and_each_of_its_parameters_has_help(name: str) -> None:
    command = GROUP.commands[name]
    assert (command.help or "").strip(), name
    for parameter in command.params:
        if parameter.name != "help":
            assert (getattr(parameter, "help", None) or "").strip(), f"{name} {parameter.name}"
    assert f"### onrecord {name}\n" in reference()
    assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0


SERVING = ("serve", "mcp", "watch")  # commands that answer nothing by themselves


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("export", *SERVING)])
def test_every_answer_can_be_had_as_json(name: str) -> None:
    assert "--json" in {option for p in GROUP.commands[name].params for option in p.opts}


def test_the_exit_codes_are_in_the_help_and_the_page() -> None:
    shown = " ".join(CliRunner().invoke(app, ["--help"]).output.split())
    for code in Code:
        assert f"{code.value} " in shown
        assert f"| {code.value} | " in reference()
