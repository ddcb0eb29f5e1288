"""Takes reports through STAGES, in this process, and keeps what they give."""

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.decisions import Judgement, honoured, judged, standing
from onrecord.errors import EvidenceError, ItemError, RunError
from onrecord.ids import make_id
from onrecord.keeping import pack, unpack
from onrecord.parsing import Parse, parse
from onrecord.pool import read_on
from onrecord.settings import Settings
from onrecord.spread import uncollected
from onrecord.stages import CORPUS_STAGES, READING_STAGES, STAGES
from onrecord.stages.clean import clean
from onrecord.stages.read import read
from onrecord.store import Address, MadeBy, Store
from onrecord.store.schema import table_name
from onrecord.types import Built, Candidate, Corpus, Decision, Reading, Report

# Told after each step: what is being done, how much of it is done, and of how many (None: unknown).
Progress = Callable[[str, int, int | None], None]
MADE_BY = {
    "time": "date",
    "entity": "actors",
    "mention": "actors",
    "statement": "statements",
    "event": "events",
    "figure": "events",
    "tie": "ties",
    "copy": "copies",
    "origin": "copies",
    "narrowing": "copies",
    "actor": "resolve",
    "story": "stories",
    "happening": "happenings",
    "sequel": "happenings",
    "claim": "claims",
    "dispute": "claims",
    "relation": "relations",
}


def _silent(_what: str, _done: int, _of: int | None) -> None:
    """Show nothing."""


def version(scope: str) -> str:
    """Return the stages of a scope with their versions."""
    return ", ".join(f"{stage.name} {stage.version}" for stage in STAGES if stage.scope == scope)


def made_by(noun: type[Any], model: str = "") -> str:
    """Return which stage, and which version of it, makes the rows of a noun.

    A report's row names all report stages and the `model` that it was parsed with: where either
    is another, the report is read again.
    """
    name = MADE_BY.get(table_name(noun))
    if name is None:
        return f"{version('report')}, {model}"
    return next(f"{stage.name} {stage.version}" for stage in STAGES if stage.name == name)


def read_reports(reports: Iterable[Report], settings: Settings) -> Iterator[Reading]:
    """Yield the reading of each report, taken through all report stages in order.

    A report that a stage fails on is yielded with its problem, and the others go on.
    """
    kept = (report if report.problem else cleaned(report) for report in reports)
    for parsed in parse(kept, model=settings.model):
        yield _through(parsed)


def readings_of(reports: Iterable[Report], settings: Settings) -> Iterator[Reading]:
    """Yield the reading of each report, in this process or on several, in any order."""
    jobs = settings.jobs or os.cpu_count() or 1
    return read_reports(reports, settings) if jobs == 1 else read_on(reports, settings, jobs)


def cleaned(report: Report) -> Report:
    """Return the report with its blocks marked, or with the problem that kept it from that."""
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
        except (ItemError, EvidenceError) as error:
            return _failed(parsed.report, f"{error.message}. {error.remedy}")
        except RunError:
            raise  # what all reports need is not there
        except Exception as error:  # noqa: BLE001 - the outer edge: one report never stops the rest
            what = f"stage {stage.name} failed: {type(error).__name__}: {error}"
            return _failed(parsed.report, what[:300])
    return reading


def _failed(report: Report, problem: str) -> Reading:
    return Reading(report=replace(report, problem=problem))


@dataclass(slots=True)
class Tally:
    """What happened to the reports of one build."""

    read: int = 0
    already: int = 0
    paths: dict[str, str] = field(default_factory=dict)
    placed: dict[str, str] = field(default_factory=dict)  # where those lie that were there before
    twice: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def built(self, *, joined: bool) -> Built:
        """Return it as what a build tells."""
        return Built(
            read=self.read,
            already=self.already,
            twice=tuple(self.twice),
            failed=tuple(self.failed),
            passed_over=(),
            corpus=joined,
        )

    def met(self, key: str, path: str) -> bool:
        """Note that a report lies at a path; tell whether it was met before."""
        if key not in self.paths:
            self.paths[key] = min(path, self.placed.get(key, path))
            return False
        self.twice.append((path, self.paths[key]))
        self.paths[key] = min(path, self.paths[key])
        return True


def build(
    paths: Iterable[str | Path],
    into: Address,
    *,
    settings: Settings | None = None,
    progress: Progress = _silent,
    on: str | None = None,
    shards: str | None = None,
) -> Built:
    """Read the reports at the paths into a record, new or there already, and return what was done.

    Reports that are there are not read again; a build that was stopped goes on where it was. `on`
    is the address of a Ray cluster, and `shards` the folder or address where its workers write what
    they read; without one that is a folder beside the record. Raises `RunError` when the record or
    a path cannot be used.
    """
    settings = settings or Settings()
    if on is not None:
        from onrecord.clustered import build_on

        return build_on(on, paths, into, shards, settings=settings, progress=progress)
    passed_over: list[str] = []
    given = read(paths, settings, passed_over=passed_over)
    built = take_in(given, into, settings=settings, progress=progress)
    return replace(built, passed_over=tuple(passed_over))


def take_in(
    given: Iterable[Report],
    into: Address,
    *,
    settings: Settings,
    progress: Progress = _silent,
) -> Built:
    """Read reports, as they were received, into a record, and return what was done.

    Raises `RunError` when the record cannot be used.
    """
    with closing(Store(into, create=True)) as store:
        tally = Tally()
        maker = functools.partial(made_by, model=settings.model)
        for reading in readings_of(_fresh(given, store, tally, maker), settings):
            keep(reading, store, tally, maker)
            progress("reading reports", tally.read, None)
        store.move(tally.paths)
        return tally.built(joined=join(store, progress=progress))


def _fresh(
    reports: Iterable[Report], store: Store, tally: Tally, maker: MadeBy
) -> Iterator[Report]:
    """Yield the reports that have still to be read; count the others.

    A report that failed before is tried again. One that lies at several paths is there once, at
    the first of them by name.
    """
    known = store.known()
    tally.placed = {key: path for key, (_, path) in known.items()}
    for report in reports:
        made, _ = known.get(report.id, ("", ""))
        if tally.met(report.id, report.path):
            continue
        if report.problem:
            keep(Reading(report=report), store, tally, maker)
        elif made == maker(Report):
            tally.already += 1
        else:
            yield report


def keep(reading: Reading, store: Store, tally: Tally, maker: MadeBy) -> None:
    """Write a reading; one whose evidence is not there is kept as failed."""
    try:
        store.add(reading, maker)
    except EvidenceError as error:
        reading = _failed(reading.report, f"a stage gave evidence that is not there: {error}")
        store.add(reading, maker)
    if reading.report.problem:
        tally.failed.append((reading.report.path, reading.report.problem))
    else:
        tally.read += 1


def _settled(reading: Reading, settled: Mapping[str, Judgement]) -> Reading:
    """Return a reading with its statements as reviewers settled them."""
    if settled.keys().isdisjoint(statement.id for statement in reading.statements):
        return reading
    told = (
        honoured(statement, settled[statement.id]) if statement.id in settled else statement
        for statement in reading.statements
    )
    return replace(reading, statements=tuple(told))


def join(store: Store, *, progress: Progress = _silent) -> bool:
    """Make what all reports hold together, unless nothing changed; return whether it was made."""
    decisions = standing(store.rows(Decision))
    candidates = tuple(store.rows(Candidate))
    before, read = store.known_as("corpus"), store.made()
    key = make_id(
        "corpus",
        sorted((key, made) for key, (made, _) in store.known().items()),
        version("corpus"),
        [decision.id for decision in decisions],
        *([[astuple(one) for one in candidates]] if candidates else []),
    )
    if before == key:
        return False
    settled = judged(decisions)
    readings = tuple(_settled(reading, settled) for reading in store.readings())
    corpus = Corpus(readings=readings, decisions=decisions, candidates=candidates)
    # What was kept knows the statements as they were read, or as they were settled then.
    maker = f"{version('report')}, {version('corpus')}"
    maker += f", {make_id('judged', sorted(map(str, settled.items())))}" if settled else ""
    corpus, kept = _joined(corpus, store, maker, progress)
    if not store.replace_corpus(corpus, key, made_by, kept, before=before, read=read):
        return join(store, progress=progress)  # another process did so meanwhile
    progress("joining", len(CORPUS_STAGES), len(CORPUS_STAGES))
    return True


def _joined(
    corpus: Corpus, store: Store, maker: str, progress: Progress
) -> tuple[Corpus, dict[str, tuple[str, list[bytes]]]]:
    """Return a corpus taken through the corpus stages, and what they keep for the next time."""
    kept: dict[str, tuple[str, list[bytes]]] = {}
    for number, stage in enumerate(CORPUS_STAGES):
        progress(f"joining: {stage.name}", number, len(CORPUS_STAGES))
        before = unpack(store.kept(stage.name, maker))
        try:
            with uncollected():
                corpus = stage.run(replace(corpus, kept=before))
        except Exception as error:
            what = f"stage {stage.name} failed: {type(error).__name__}: {error}"
            remedy = "The reports are kept; report this with the file, and read on with the record"
            raise RunError(what[:300], file=store.name, remedy=remedy) from error
        if corpus.kept is not None:
            kept[stage.name] = maker, pack(corpus.kept)
    return corpus, kept
