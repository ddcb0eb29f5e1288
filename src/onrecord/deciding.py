"""Taking a reviewer's decision into a record: checked, added, and honoured at once."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from onrecord.decisions import ACT, ACTS, OF_STATEMENTS, What, make
from onrecord.errors import RunError
from onrecord.record import Record
from onrecord.run import Progress, join
from onrecord.store import Address, Store
from onrecord.types import Decision, Statement

NEEDED: dict[str, str] = {
    "same": "two actors, or an actor and a candidate",
    "different": "two actors, or an actor and a candidate",
    "rename": "an actor, and its new name",
    "right": "a statement",
    "wrong": "a statement",
    "edit": "a statement, and its act as act:deny or the entity that speaks",
    "unsure": "a statement, or two actors",
    "undo": "the id of a decision",
}


def decide(
    path: Address,
    what: What,
    on: list[str],
    *,
    by: str,
    note: str = "",
    progress: Progress | None = None,
    later: bool = False,
) -> Decision:
    """Add a decision to the record in a file, join its reports anew, and return it.

    `on` has two actors by name or id, the second also by the key of a candidate; for "rename" an
    actor and its name; a statement by id, for "edit" with what it should be; for "undo" the id of
    a decision. With `later` the reports are not joined, and the next build honours it. Raises
    `RunError` for what can't be decided and `UnknownError` for an actor that is not there.
    """
    with Record(path) as opened:
        told, words = _told(opened, what, on, note)
        at = _later_than(max((one.at for one in opened.decisions()), default=""))
    made = make(what, told, by=by, at=at, note=words)
    with closing(Store(path)) as store:
        store.decide(made)
        if later:
            return made
        if progress is None:
            join(store)
        else:
            join(store, progress=progress)
    return made


def _later_than(last: str) -> str:
    """Return the time, or what comes just after the last decision where the clock was put back."""
    now = datetime.now(UTC)
    try:
        before = datetime.fromisoformat(last)
        now = max(now, before + timedelta(microseconds=1))
    except (ValueError, TypeError):  # none yet, or a time that says too little
        pass
    return now.isoformat(timespec="microseconds")


def _told(record: Record, what: What, on: list[str], note: str) -> tuple[tuple[str, ...], str]:
    """Return what a decision is on, and its note."""
    if what in OF_STATEMENTS or (what == "unsure" and len(on) == 1):
        return _of_statement(record, what, on, note)
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


def _of_statement(
    record: Record, what: What, on: list[str], note: str
) -> tuple[tuple[str, ...], str]:
    """Return what a decision on a statement is on, and its note."""
    if len(on) != (2 if what == "edit" else 1):
        raise RunError(f"`{what}` needs {NEEDED[what]}", remedy="`onrecord decide --help` tells")
    found = record.many(Statement, on[:1])
    if not found:
        remedy = "`onrecord statements` lists them"
        raise RunError(f"no statement {on[0]!r} in this record", remedy=remedy)
    if what != "edit":
        return tuple(on), note
    if on[1].startswith(ACT):
        if on[1].removeprefix(ACT) not in ACTS:
            raise RunError(f"{on[1]!r} is no act", remedy="Acts are " + ", ".join(ACTS))
        return tuple(on), note
    names = {one.id: one.name for one in record.entities(found[0].report)}
    if on[1] not in names:
        remedy = "Give one that its report names"
        raise RunError(f"{on[1]!r} is nobody of that report", remedy=remedy)
    return tuple(on), names[on[1]]
