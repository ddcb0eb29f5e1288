"""What became of what was promised, planned or threatened, as later reports tell it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from onrecord.ids import make_id
from onrecord.stages.happenings.likeness import Telling
from onrecord.types import Sequel

LONGEST = timedelta(days=400)  # after which another act of the kind is no fulfilment
MOST = 3  # later tellings that a promise is linked to
HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})


def sequels(tellings: tuple[Telling, ...]) -> Iterator[Sequel]:
    """Yield for each announced act the first later tellings that it was done, or was not."""
    done: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for one in tellings:
        if one.event.standing == "told" or (one.event.standing == "denied" and not one.act):
            for actor in one.actor:
                done[one.event.event, actor].append(one)
    for several in done.values():
        several.sort(key=lambda one: (*one.sort_key, one.event.id))
    for first in tellings:
        if first.event.standing != "planned":
            continue
        later = {
            one.event.id: one
            for actor in first.actor
            for one in done[first.event.event, actor]
            if _follows(first, one)
        }
        for then in sorted(later.values(), key=lambda one: (*one.sort_key, one.event.id))[:MOST]:
            yield _sequel(first, then)


def _follows(first: Telling, then: Telling) -> bool:
    """Tell whether a telling may be of what another announced: by the same side, and later."""
    if first.event.report == then.event.report:
        return False
    for mine, theirs in ((first.recipient, then.recipient), ({first.place}, {then.place})):
        if mine - {None} and theirs - {None} and not mine & theirs:
            return False
    if not first.recipient & then.recipient and first.place != then.place:
        return False
    said, did = first.published.latest, then.event.when.earliest or then.published.earliest
    if said is None or did is None:
        return False
    return said <= did <= said + LONGEST


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
