"""What became of what was promised, planned or threatened, as later reports tell it."""

import bisect
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.ids import make_id
from onrecord.stages.happenings.likeness import Telling, against
from onrecord.types import Sequel

LONGEST = timedelta(days=400)  # after which another act of the kind is no fulfilment
MOST = 3  # later tellings that a promise is linked to
HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})


def sequels(tellings: tuple[Telling, ...]) -> Iterator[Sequel]:
    """Yield for each announced act the first later tellings that it was done, or was not."""
    done: dict[tuple[str, str, bool], list[Telling]] = defaultdict(list)
    for one in tellings:
        broken = one.event.standing == "denied" and not one.act
        if one.event.standing == "told" or broken:
            for actor in one.actor:
                done[one.event.event, actor, broken].append(one)
    for several in done.values():
        several.sort(key=_order)
    for first in tellings:
        said = first.published.latest
        if first.event.standing != "planned" or said is None:
            continue
        for broken in (False, True):
            lists = [done[first.event.event, actor, broken] for actor in sorted(first.actor)]
            later = {one.event.id: one for found in lists for one in _after(first, said, found)}
            for then in sorted(later.values(), key=_order)[:MOST]:
                yield _sequel(first, then)
            if later:
                break  # what was done was not left undone


def _order(telling: Telling) -> tuple[date, date, str]:
    return (*telling.sort_key, telling.event.id)


def _after(first: Telling, said: date, found: list[Telling]) -> Iterator[Telling]:
    """Yield the first tellings, of those in order, that may be of what another announced."""
    start = bisect.bisect_left(found, (said, date.min, ""), key=_order)
    given = 0
    for then in found[start:]:
        if given == MOST or then.sort_key[0] > said + LONGEST:
            return
        if _follows(first, said, then):
            given += 1
            yield then


def _follows(first: Telling, said: date, then: Telling) -> bool:
    """Tell whether a telling may be of what another announced: of the same thing, and later."""
    same_place = first.place is not None and first.place == then.place
    if first.event.report == then.event.report or not (
        same_place or first.recipient & then.recipient
    ):
        return False
    if against(first, then):
        return False
    told = then.event.when
    if told.latest is not None and told.latest < said:
        return False
    if told.earliest is None and then.published.earliest is None:
        return False
    broken = then.event.standing == "denied"
    until = first.event.when.latest
    # Before its day is over nothing has been broken.
    return not (broken and until is not None and (then.published.latest or until) < until)


def _sequel(first: Telling, then: Telling) -> Sequel:
    kind = "broken" if then.event.standing == "denied" else "carried out"
    if kind == "carried out" and first.act == "promise" and first.event.event not in HARMFUL:
        kind = "kept"
    shared = "to the same recipient" if first.recipient & then.recipient else "in the same place"
    return Sequel(
        id=make_id("sequel", first.event.id, then.event.id),
        kind=kind,  # type: ignore[arg-type]
        first=first.event.id,
        then=then.event.id,
        evidence=(*first.event.evidence[:1], *then.event.evidence[:1]),
        why=f"the same actor, the same type, {shared}, told later",
    )
