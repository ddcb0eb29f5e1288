"""What the addresses of pages ask: one noun by its id, or conditions from a form."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from onrecord.record import Record, UnknownError
from onrecord.types import Report

Noun = TypeVar("Noun")


def the(record: Record, noun: type[Noun], key: str) -> Noun:
    """Return the noun of that type with that id; raises `UnknownError`."""
    found = record.many(noun, [key])
    if not found:
        raise UnknownError(f"no {noun.__name__.lower()} {key!r} in this record")
    return found[0]


def ahead(record: Record, nouns: Iterable[Any]) -> None:
    """Take the reports of lines that a page is about to show into memory, all at once."""
    record.many(Report, list(dict.fromkeys(noun.report for noun in nouns)))


def day_of(words: str) -> date | None:
    """Return the day that a form gave, or None for none.

    Raises `ValueError` with words for the reader when it is not a day.
    """
    if not words.strip():
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise ValueError(f"“{words}” is not a day; write it as 2023-01-31") from error
