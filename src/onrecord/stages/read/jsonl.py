"""Reports as JSON lines: `text`, and where known `id, url, source, title, author, date`."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from onrecord.errors import ItemError
from onrecord.settings import Settings
from onrecord.stages.read.plain import decode, failed, report_id, with_text
from onrecord.types import DateHint, Report

# An escape such as \ud83d without its second half: no text has it, and no database takes it.
HALF = re.compile(r"[\ud800-\udfff]")
DATE_FIELDS = ("date", "published", "date_published")
FETCHED_FIELDS = ("crawled", "fetched", "retrieved")  # on that day at the latest it was published


def read_lines(lines: Iterable[bytes], shown: str, settings: Settings) -> Iterator[Report]:
    """Yield the report of every line that is not blank; a broken line is a failed report."""
    empty = True
    for number, line in enumerate(lines, start=1):
        if line.strip():
            empty = False
            yield _line(line.strip(), shown, number, settings)
    if empty:
        yield failed(shown, ItemError("empty", remedy="Fetch the reports again"))


def _line(line: bytes, shown: str, number: int, settings: Settings) -> Report:
    place = f"{shown}:{number}"
    try:
        row = _row(decode(line, settings))
    except ItemError as error:
        return failed(place, error, line)
    name = _text(row, "url") or _text(row, "id") or shown
    try:
        hints = _hints(row)
    except ItemError as error:
        return failed(place, error, line, text=str(row["text"]))
    report = with_text(line, str(row["text"]), place, settings)
    return replace(
        report,
        id=report_id(line, name),
        path=f"{shown}#{row['id']}" if _text(row, "id") else place,
        url=_text(row, "url"),
        source=_text(row, "source"),
        title=_text(row, "title"),
        byline=_text(row, "author") or _text(row, "byline"),
        way="failed" if report.problem else "json lines",
        hints=hints,
    )


def _row(line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        place = f"column {error.colno}" if isinstance(error, json.JSONDecodeError) else "nesting"
        raise ItemError(f"broken JSON ({place})", remedy="Mend or remove the line") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ItemError("no `text`", remedy='Each line must be {"text": "…", …}')
    for name, value in row.items():
        if isinstance(value, str) and HALF.search(value):
            remedy = "Write the line again with whole characters"
            raise ItemError(f"half a character in `{name}`", remedy=remedy)
    return row


def _text(row: dict[str, object], name: str) -> str | None:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _hints(row: dict[str, object]) -> tuple[DateHint, ...]:
    """Return the day of publication, and the day that it was fetched on, as far as given."""
    given = ((DATE_FIELDS, False), (FETCHED_FIELDS, True))
    found = (_hint(row, names, by) for names, by in given)
    return tuple(hint for hint in found if hint)


def _hint(row: dict[str, object], names: tuple[str, ...], by: bool) -> DateHint | None:
    name = next((name for name in names if _text(row, name)), None)
    if name is None:
        return None
    value = _text(row, name) or ""
    try:
        return DateHint(date.fromisoformat(value[:10]), f"the field `{name}`", by)
    except ValueError as error:
        remedy = "Write it as YYYY-MM-DD, or leave it out"
        raise ItemError(f"`{name}` is {value[:40]!r}, not a date", remedy=remedy) from error
