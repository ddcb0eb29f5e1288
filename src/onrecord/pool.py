"""Reports read on several processes: no more in hand than these work on, none lost with one.

Results come as they are ready, in any order. A process that dies or takes too long is ended and
another takes its place; the reports that it had are read again one by one, and the one that it
fails on is kept with that problem.
"""

import contextlib
import itertools
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import connection
from typing import Any

from onrecord.errors import RunError
from onrecord.settings import Settings
from onrecord.types import Reading, Report

BATCH = 8  # reports that a process is given at once: as many as the parser takes at once
RENEWED = 2_000  # reports after which a process gives way to a fresh one, so that none grows
LONGEST = 600.0  # seconds that a process may take for what it was given
STARTING = 120.0  # seconds more until a process must have begun
BEGUN = "begun"  # what a process says when it begins on what it was given
LOOK = 1.0  # seconds after which processes that take too long are looked for
ENDED = "the process that read it ended without a word: killed, or out of memory"
READ_ALONE = "Read it with --jobs 1 to see what it does, or leave it out"

Work = Callable[[Sequence[Report], Settings], list[Reading]]


@dataclass(slots=True)
class _Worker:
    """A process, the way to talk to it, what it works on, until when, and what it answered."""

    process: Any
    pipe: Any
    batch: tuple[Report, ...] = ()
    until: float = 0.0
    done: int = 0
    answer: list[Reading] | str = ""

    def end(self) -> None:
        """End the process, whatever it does."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def read_in_turn(reports: Sequence[Report], settings: Settings) -> list[Reading]:
    """Return the readings of some reports, made in this process."""
    from onrecord.run import read_reports

    return list(read_reports(reports, settings))


def read_on(
    reports: Iterable[Report],
    settings: Settings,
    jobs: int,
    *,
    work: Work = read_in_turn,
    longest: float = LONGEST,
) -> Iterator[Reading]:
    """Yield the reading of each report as it is ready, made in so many processes.

    Raises `RunError` where the run cannot go on. `work` must be a function that a fresh process can
    import. At most `jobs` times BATCH reports are taken from `reports` before one of them is
    yielded.
    """
    pool = _Pool(settings, work, longest)
    source = iter(reports)
    again: deque[tuple[Report, ...]] = deque()
    try:
        idle = [pool.start() for _ in range(max(1, jobs))]
        busy: list[_Worker] = []
        while True:
            while idle and (batch := again.popleft() if again else _taken(source)):
                busy.append(pool.give(idle.pop(), batch))
            if not busy:
                return
            for worker in pool.ready(busy):
                busy.remove(worker)
                found, left = pool.take(worker)
                idle.append(pool.fresh(worker))
                again += left
                yield from found
    finally:
        pool.close()


def _taken(source: Iterator[Report]) -> tuple[Report, ...]:
    return tuple(itertools.islice(source, BATCH))


class _Pool:
    """The processes there are."""

    def __init__(self, settings: Settings, work: Work, longest: float) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._settings, self._work, self._longest = settings, work, longest
        self._workers: list[_Worker] = []

    def start(self) -> _Worker:
        """Return a fresh process that waits for work."""
        pipe, theirs = self._context.Pipe()
        given = (theirs, self._settings, self._work)
        process = self._context.Process(target=_serve, args=given, daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, pipe)
        self._workers.append(worker)
        return worker

    def give(self, worker: _Worker, batch: tuple[Report, ...]) -> _Worker:
        """Give a process some reports."""
        worker.batch, worker.until = batch, time.monotonic() + STARTING + self._longest
        with contextlib.suppress(OSError):  # it has ended: that is seen when its answer is taken
            worker.pipe.send(batch)
        return worker

    def ready(self, busy: Sequence[_Worker]) -> list[_Worker]:
        """Return the processes that have answered, have ended, or take too long."""
        pipes = {worker.pipe: worker for worker in busy}
        found = [
            pipes[pipe]
            for pipe in connection.wait(list(pipes), timeout=LOOK)
            if self._has_answered(pipes[pipe])
        ]
        for worker in busy:
            if time.monotonic() > worker.until and worker not in found:
                worker.answer = f"reading it took longer than {self._longest:.0f} s"
                found.append(worker)
        return found

    def _has_answered(self, worker: _Worker) -> bool:
        """Take what a process says; it may only say that it has begun."""
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            said = ENDED
        if isinstance(said, tuple):  # what all reports need is not there
            message, file, remedy = said
            raise RunError(message, file=file, remedy=remedy)
        if said == BEGUN:
            worker.until = time.monotonic() + self._longest
            return False
        worker.answer = said
        return True

    def take(self, worker: _Worker) -> tuple[list[Reading], list[tuple[Report, ...]]]:
        """Return what a process has read, and what must be read again one by one."""
        if not isinstance(worker.answer, str):
            worker.done += len(worker.batch)
            return worker.answer, []
        worker.done = RENEWED  # how it stands cannot be told
        if len(worker.batch) > 1:
            return [], [(report,) for report in worker.batch]
        (report,) = worker.batch
        return [Reading(report=replace(report, problem=f"{worker.answer}. {READ_ALONE}"))], []

    def fresh(self, worker: _Worker) -> _Worker:
        """Return a process that can be given more: this one, or another in its place."""
        if worker.done < RENEWED:
            return worker
        worker.end()
        self._workers.remove(worker)
        return self.start()

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()


def _serve(pipe: Any, settings: Settings, work: Work) -> None:
    """Read what is given, until there is nobody who gives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    os.environ["OMP_NUM_THREADS"] = "1"  # there are as many processes as cores
    while True:
        try:
            batch = pipe.recv()
        except EOFError:
            return
        pipe.send(BEGUN)
        try:
            answer: list[Reading] | str = work(batch, settings)
        except RunError as error:
            pipe.send((error.message, error.file, error.remedy))
            return
        except Exception as error:  # noqa: BLE001 - told to whoever started this
            answer = f"reading it failed: {type(error).__name__}: {error}"[:300]
        pipe.send(answer)
