"""Answers that are read from the record only as far as they are looked at."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

Noun = TypeVar("Noun")
AT_ONCE = 500  # nouns that are read at once where all are gone through

Ids = Callable[[int, int | None], Sequence[Any]]
Fetch = Callable[[Sequence[Any]], list[Noun]]


class Found(Sequence[Noun], Generic[Noun]):
    """A list of nouns in an order, of which a part is read when that part is asked for.

    `ids` gives the ids from one place on, at most so many (None: all); `fetch` the nouns of ids;
    `count` how many there are.
    """

    def __init__(self, ids: Ids, fetch: Fetch[Noun], count: Callable[[], int]) -> None:
        self._ids = ids
        self._fetch = fetch
        self._count = count
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = self._count()
        return self._length

    def __bool__(self) -> bool:
        return bool(self._length if self._length is not None else self._ids(0, 1))

    @overload
    def __getitem__(self, place: int) -> Noun: ...
    @overload
    def __getitem__(self, place: slice) -> list[Noun]: ...
    def __getitem__(self, place: int | slice) -> Noun | list[Noun]:
        if isinstance(place, slice):
            return self._part(place)
        at = place if place >= 0 else len(self) + place
        found = self._fetch(self._ids(at, 1)) if at >= 0 else []
        if not found:
            raise IndexError(place)
        return found[0]

    def _part(self, place: slice) -> list[Noun]:
        ends = (place.start or 0, place.stop or 0)
        if min(ends) < 0 or place.step not in (None, 1):
            return list(self)[place]
        start = place.start or 0
        limit = None if place.stop is None else max(0, place.stop - start)
        return self._fetch(self._ids(start, limit)) if limit != 0 else []

    def __iter__(self) -> Iterator[Noun]:
        ids = self._ids(0, None)
        for start in range(0, len(ids), AT_ONCE):
            yield from self._fetch(ids[start : start + AT_ONCE])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Found({list(self[:3])!r}{', …' if len(self) > 3 else ''})"
