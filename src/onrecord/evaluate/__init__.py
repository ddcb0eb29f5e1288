"""Measures one task on labelled data, and holds the figures against their floors.

A task's module has two functions: `predict(rows, settings)` gives predictions, and
`score(rows, predictions)` gives figures by name, shares and F1 in percent. A task whose data are
not JSON lines has a third, `read(file, texts)`, that gives the rows.
"""

import hashlib
import importlib
import json
import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from onrecord.errors import RunError
from onrecord.settings import Settings

Row = dict[str, Any]
Told = Callable[[str, int, int | None], None]

# Each task and the module that holds its two functions, imported when it is asked for.
TASKS: dict[str, str] = {
    "attribution": "onrecord.evaluate.attribution",
    "statements": "onrecord.evaluate.statements",
    "times": "onrecord.evaluate.times",
    "dating": "onrecord.evaluate.dating",
    "names": "onrecord.evaluate.names",
    "coref": "onrecord.evaluate.coref",
    "actors": "onrecord.evaluate.actors",
    "events": "onrecord.evaluate.events",
    "standing": "onrecord.evaluate.standing",
    "cameo": "onrecord.evaluate.cameo",
    "templates": "onrecord.evaluate.templates",
    "toll": "onrecord.evaluate.toll",
    "copies": "onrecord.evaluate.copies",
    "credits": "onrecord.evaluate.credits",
    "stories": "onrecord.evaluate.stories",
    "dossier": "onrecord.evaluate.dossier",
    "timeline": "onrecord.evaluate.timeline",
    "answers": "onrecord.evaluate.answers",
    "stance": "onrecord.evaluate.stance",
    "seeds": "onrecord.evaluate.seeds",
}
FLOORS = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a task by name, rounded, and the number of rows; None: not finite."""

    n: int
    figures: dict[str, float | None]


def _silent(_what: str, _done: int, _of: int | None) -> None:
    """Show nothing."""


def evaluate(
    task: str,
    file: Path,
    settings: Settings,
    *,
    limit: int | None = None,
    predictions: Path | None = None,
    texts: Path | None = None,
    progress: Told = _silent,
) -> Measured:
    """Return the figures of a task on a data file, having written the predictions if asked.

    Raises `RunError` for an unknown task or a file that does not hold the task's rows.
    """
    module = _module(task)
    read = getattr(module, "read", None)
    rows = read(file, texts) if read else list(read_rows(file))[:limit]
    if not rows:
        raise RunError("no rows", file=str(file), remedy="Give the labelled data of the task")
    try:
        predicted = list(_counted(module.predict(rows, settings), task, len(rows), progress))
        figures = module.score(rows, predicted)
    except (KeyError, TypeError) as error:
        what = f"the rows are not those of the task {task!r}: {type(error).__name__} {error}"
        raise RunError(what, file=str(file), remedy="Give the data that this task reads") from error
    if predictions:
        with predictions.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in predicted)
    n = len(rows[0]["gold"]["reports"]) if task == "seeds" else len(rows)
    return Measured(n, {name: _rounded(value) for name, value in figures.items()})


def _module(task: str) -> Any:
    if task not in TASKS:
        raise RunError(f"no task {task!r}", remedy=f"There are {', '.join(TASKS)}")
    return importlib.import_module(TASKS[task])


def _counted(found: Iterable[Row], task: str, of: int, progress: Told) -> Iterator[Row]:
    known = None if task == "seeds" else of
    for number, row in enumerate(found, start=1):
        progress(f"evaluating {task}", number, known)
        yield row


def _rounded(value: float) -> float | None:
    return round(value, 1) if math.isfinite(value) else None


def read_rows(file: Path) -> Iterator[Row]:
    """Yield the objects of a file of JSON lines; raises `RunError` that names the bad line."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(line, file, number)
    except OSError as error:
        raise RunError(error.strerror or "cannot be read", file=str(file)) from error
    except UnicodeDecodeError as error:
        raise RunError("not UTF-8", file=str(file), remedy="Give JSON lines in UTF-8") from error


def read_yaml(file: Path) -> Any:
    """Return what a YAML file holds; raises `RunError` that names the place of a fault."""
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(error.strerror or "cannot be read", file=str(file)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        raise RunError("not YAML", file=str(file), place=place, remedy="Mend it") from error


def _row(line: str, file: Path, number: int) -> Row:
    place = f"line {number}"
    try:
        row = json.loads(line)
    except ValueError as error:
        remedy = "Mend or remove the line"
        raise RunError("broken JSON", file=str(file), place=place, remedy=remedy) from error
    if not isinstance(row, dict):
        remedy = "Each line must be one JSON object"
        raise RunError("not an object", file=str(file), place=place, remedy=remedy)
    return row


def check_floors(task: str, file: Path, figures: Mapping[str, float | None]) -> list[str]:
    """Return what is wrong with figures against the floors that are set for a data file.

    A floor is the least that a figure may be; `{most = x}` is the most, for counts of faults. A
    file whose bytes are not those that the floors were set on is wrong too.
    """
    name = f"{file.resolve().parent.name}/{file.name}"
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get(task, {}).get(name)
    if floors is None:
        return [f"no floors are set for {task} on {name}"]
    faults = []
    if floors["sha256"] != hashlib.sha256(file.read_bytes()).hexdigest():
        faults.append(f"{name} is not the file that the floors were set on")
    limits = {figure: limit for figure, limit in floors.items() if figure != "sha256"}
    for figure, limit in limits.items():
        faults += _against(figure, figures.get(figure), limit)
    return faults


def _against(figure: str, value: float | None, limit: float | Mapping[str, float]) -> Sequence[str]:
    if value is None:
        return [f"{figure}: no figure, and a floor of {limit}"]
    if isinstance(limit, Mapping):
        most = limit["most"]
        return [f"{figure}: {value} is more than {most}"] if value > most else []
    return [f"{figure}: {value} is below its floor of {limit}"] if value < limit else []
