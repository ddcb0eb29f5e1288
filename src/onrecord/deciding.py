"""Taking a reviewer's decision into a record: checked, added, and honoured at once."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from onrecord.decisions import What, make
from onrecord.errors import RunError
from onrecord.record import Record
from onrecord.run import Progress, join
from onrecord.store import Store
from onrecord.types import Decision

NEEDED: dict[str, str] = {
    "same": "two actors, or an actor and a candidate",
    "different": "two actors, or an actor and a candidate",
    "rename": "an actor, and its new name",
    "undo": "the id of a decision",
}


def decide(
    path: Path,
    what: What,
    on: list[str],
    *,
    by: str,
    note: str = "",
    progress: Progress | None = None,
) -> Decision:
    """Add a decision to the record in a file, join its reports anew, and return it.

    `on` has two actors by name or id, the second also by the key of a candidate; for "rename" an
    actor and its name; for "undo" the id of a decision. Raises `RunError` for what can't be
    decided and `UnknownError` for an actor that is not there.
    """
    with Record(path) as opened:
        told, words = _told(opened, what, on, note)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    made = make(what, told, by=by, at=at, note=words)
    with closing(Store(path)) as store:
        store.decide(made)
        if progress is None:
            join(store)
        else:
            join(store, progress=progress)
    return made


def _told(record: Record, what: What, on: list[str], note: str) -> tuple[tuple[str, ...], str]:
    """Return what a decision is on, and its note."""
    if len(on) != (1 if what == "undo" else 2):
        raise RunError(f"`{what}` needs {NEEDED[what]}", remedy="`onrecord decide --help` tells")
    if what == "undo":
        if on[0] not in {decision.id for decision in record.decisions()}:
            remedy = "`onrecord decisions` lists them"
            raise RunError(f"no decision {on[0]!r} in this record", remedy=remedy)
        return (on[0],), note
    one = record.actor(on[0])
    if what == "rename":
        if not on[1].strip():
            raise RunError("an actor can't be named with nothing", remedy="Give its name")
        return (one.id,), on[1].strip()
    known = {candidate.key: candidate.name for candidate in record.candidates()}
    if on[1] in known:
        return (one.id, on[1]), note or f"{one.name}, {known[on[1]]}"
    other = record.actor(on[1])
    if one.id != other.id:
        # Where the two are joined, only the note still says how both were called.
        return (one.id, other.id), note or f"{one.name}, {other.name}"
    if what == "same":
        raise RunError(f"{on[0]} and {on[1]} are one already", remedy="Nothing is to be decided")
    return tuple(on), note  # two names of what is now one
