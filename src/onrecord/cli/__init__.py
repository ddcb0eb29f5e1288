"""The command line: one command for each thing that can be asked of a record.

Only Typer and Rich are imported here; a command imports the rest when it runs, so that
`onrecord --help` answers at once. Every command takes `--json`, which writes JSON to standard
output and nothing else there; what is said beside it goes to standard error.
"""

from collections.abc import Callable

from onrecord.cli.app import app
from onrecord.cli.building import add, build, demo
from onrecord.cli.deciding import decide, decisions
from onrecord.cli.joined import claims, copies, disputes, promises, relations, stories
from onrecord.cli.knowing import candidates, import_
from onrecord.cli.moving import copy, grant, salvage
from onrecord.cli.opening import brief, export, search, show, verify
from onrecord.cli.queries import actor, actors, events, figures, reports, statements, timeline
from onrecord.cli.running import evaluate, mcp, publish, serve, watch

__all__ = ["COMMANDS", "app"]

# Every command, under the heading that it stands below in the help, in the order of the help.
COMMANDS: dict[str, tuple[Callable[..., None], ...]] = {
    "Making a record": (build, add, watch, demo, import_),
    "What the reports say": (reports, statements, events, figures),
    "Who": (actors, actor, timeline, decide, decisions, candidates),
    "What the reports hold together": (copies, stories, claims, disputes, promises, relations),
    "Finding, opening and writing": (search, show, brief, export, verify),
    "Keeping a record": (copy, salvage, grant),
    "Other": (serve, publish, mcp, evaluate),
}

for heading, commands in COMMANDS.items():
    for command in commands:
        app.command(rich_help_panel=heading)(command)
