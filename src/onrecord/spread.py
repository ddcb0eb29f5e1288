"""Work on many items, one after the other in this process or several at once in forked ones."""

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

# Items after which a process gives way to a fresh one: whatever it writes to takes the place of a
# page that it shared, so that old processes come to hold a copy of everything.
RENEWED = 100

Item = TypeVar("Item")
Result = TypeVar("Result")


class Spread(Protocol):
    """A way to apply a function to items; results come in the order of the items."""

    def __call__(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[Result]:
        """Yield the result for each item."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the collector of cycles be while many objects are made that are in none.

    It would go through all of them again and again, for a seventh of the time of the work.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Part(Sequence[Item]):
    """Some items of a sequence, looked up where they are used; sent elsewhere, these alone go."""

    def __init__(self, items: Sequence[Item], numbers: range) -> None:
        self._items, self._numbers = items, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, number: Any) -> Any:
        """Return an item."""
        return self._items[self._numbers[number]]

    def __reduce__(self) -> tuple[Any, ...]:
        """Be a tuple of the items elsewhere."""
        return tuple, (tuple(self),)


def parts(items: Sequence[Item], size: int) -> list[Part[Item]]:
    """Return a sequence cut into parts of at most so many items."""
    starts = range(0, len(items), size)
    return [Part(items, range(at, min(at + size, len(items)))) for at in starts]


def here(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the result for each item, worked out in this process."""
    return map(function, items)


_way: ContextVar["Spread"] = ContextVar("way", default=here)


def chosen(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the result for each item, worked out in the way that was chosen: here, if none was."""
    return _way.get()(function, items)


@contextmanager
def spread_by(way: Spread) -> Iterator[None]:
    """Work on many items in that way."""
    before = _way.set(way)
    try:
        yield
    finally:
        _way.reset(before)


def forked(processes: int) -> Spread:
    """Return a way to work in forked processes, which see all that this one has in memory.

    Only results are sent between them. A process with threads must not be forked.
    """

    def spread(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        global _work
        _work = function, items
        gc.freeze()
        try:
            context = multiprocessing.get_context("fork")
            with context.Pool(processes, maxtasksperchild=RENEWED) as pool:
                yield from pool.imap(_one, range(len(items)))
        finally:
            gc.unfreeze()
            _work = None

    return spread


_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def _one(number: int) -> Any:
    assert _work is not None
    function, items = _work
    return function(items[number])
