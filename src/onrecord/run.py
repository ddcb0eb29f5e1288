"""Takes reports through STAGES, in this process, and keeps what they give."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.errors import EvidenceError, ItemError
from onrecord.ids import make_id
from onrecord.parsing import Parse, parse
from onrecord.settings import Settings
from onrecord.stages import CORPUS_STAGES, READING_STAGES, STAGES
from onrecord.stages.clean import clean
from onrecord.stages.read import read
from onrecord.store import Store
from onrecord.store.schema import table_name
from onrecord.types import Built, Corpus, Decision, Reading, Report

# Told after each step: what is being done, how much of it is done, and of how many (None: unknown).
Progress = Callable[[str, int, int | None], None]
MADE_BY = {
    "time": "date",
    "entity": "actors",
    "mention": "actors",
    "statement": "statements",
    "event": "events",
    "figure": "events",
    "copy": "copies",
    "origin": "copies",
    "narrowing": "copies",
    "actor": "resolve",
    "story": "stories",
    "claim": "claims",
    "dispute": "claims",
    "relation": "relations",
}


def _silent(_what: str, _done: int, _of: int | None) -> None:
    """Show nothing."""


def version(scope: str) -> str:
    """Return the stages of a scope with their versions, which say what made a report's rows."""
    return ", ".join(f"{stage.name} {stage.version}" for stage in STAGES if stage.scope == scope)


def made_by(noun: type[Any]) -> str:
    """Return which stage, and which version of it, makes the rows of a noun."""
    name = MADE_BY.get(table_name(noun))
    if name is None:
        return version("report")
    return next(f"{stage.name} {stage.version}" for stage in STAGES if stage.name == name)


def read_reports(reports: Iterable[Report], settings: Settings) -> Iterator[Reading]:
    """Yield the reading of each report, taken through all report stages in order.

    A report that a stage fails on is yielded with its problem, and the others go on.
    """
    cleaned = (report if report.problem else _clean(report) for report in reports)
    for parsed in parse(cleaned, model=settings.model):
        yield _through(parsed)


def _clean(report: Report) -> Report:
    try:
        return clean(report)
    except Exception as error:  # noqa: BLE001 - the outer edge: one report never stops the rest
        what = f"stage clean failed: {type(error).__name__}: {error}"
        return _failed(report, what[:300]).report


def _through(parsed: Parse) -> Reading:
    reading = Reading(report=parsed.report)
    if parsed.report.problem:
        return reading
    for stage in READING_STAGES:
        try:
            reading = stage.run(reading, parsed)
        except ItemError as error:
            return _failed(parsed.report, f"{error.message}. {error.remedy}")
        except Exception as error:  # noqa: BLE001 - the outer edge: one report never stops the rest
            what = f"stage {stage.name} failed: {type(error).__name__}: {error}"
            return _failed(parsed.report, what[:300])
    return reading


def _failed(report: Report, problem: str) -> Reading:
    return Reading(report=replace(report, problem=problem))


@dataclass(slots=True)
class _Tally:
    """What happened to the reports of one build."""

    read: int = 0
    already: int = 0
    twice: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def build(
    paths: Iterable[str | Path],
    into: str | Path,
    *,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> Built:
    """Read the reports at the paths into a record, new or there already, and return what was done.

    Reports that are there are not read again; a build that was stopped goes on where it was.
    Raises `RunError` when the record or a path cannot be used.
    """
    settings = settings or Settings()
    store = Store(into, create=True)
    try:
        tally = _Tally()
        fresh = _fresh(read(paths, settings, passed_over=tally.passed_over), store, tally)
        for reading in read_reports(fresh, settings):
            _keep(reading, store, tally)
            progress("reading reports", tally.read, None)
        renewed = join(store, progress=progress)
    finally:
        store.close()
    return Built(
        read=tally.read,
        already=tally.already,
        twice=tuple(tally.twice),
        failed=tuple(tally.failed),
        passed_over=tuple(tally.passed_over),
        corpus=renewed,
    )


def _fresh(reports: Iterable[Report], store: Store, tally: _Tally) -> Iterator[Report]:
    """Yield the reports that have still to be read; count the others."""
    known = store.versions()
    seen: dict[str, str] = {}
    for report in reports:
        if report.id in seen:
            tally.twice.append((report.path, seen[report.id]))
            store.move(report.id, min(report.path, seen[report.id]))
            seen[report.id] = min(report.path, seen[report.id])
            continue
        seen[report.id] = report.path
        if report.problem:
            _keep(Reading(report=report), store, tally)
        elif known.get(report.id) == version("report"):
            tally.already += 1
        else:
            yield report


def _keep(reading: Reading, store: Store, tally: _Tally) -> None:
    try:
        store.add(reading, made_by)
    except EvidenceError as error:
        reading = _failed(reading.report, f"a stage gave evidence that is not there: {error}")
        store.add(reading, made_by)
    if reading.report.problem:
        tally.failed.append((reading.report.path, reading.report.problem))
    else:
        tally.read += 1


def join(store: Store, *, progress: Progress = _silent) -> bool:
    """Make what all reports hold together, unless nothing changed; return whether it was made."""
    decisions = tuple(store.rows(Decision))
    key = make_id(
        "corpus",
        sorted(store.versions().items()),
        version("corpus"),
        [decision.id for decision in decisions],
    )
    if store.corpus_key() == key:
        return False
    corpus = Corpus(readings=tuple(store.readings()), decisions=decisions)
    for number, stage in enumerate(CORPUS_STAGES):
        progress(f"joining: {stage.name}", number, len(CORPUS_STAGES))
        corpus = stage.run(corpus)
    store.replace_corpus(corpus, key, made_by)
    progress("joining", len(CORPUS_STAGES), len(CORPUS_STAGES))
    return True
