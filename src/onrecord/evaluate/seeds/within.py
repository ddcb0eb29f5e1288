"""What the account asks of each report by itself: date, furniture, statements, events, figures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from onrecord.evaluate.seeds.account import (
    Account,
    Finding,
    excerpt,
    likeness,
    pair,
    words,
)
from onrecord.evidence import evidence_in
from onrecord.types import HAPPENED, READ_KINDS, Event, Figure, Report, Statement, When

Entry = Mapping[str, Any]
ALIKE = 0.5  # Jaccard index of the words from which two contents are one
TOLD = 0.34  # share of the words of "what" that stand in an event's sentence
STEM, SHORT = 5, 3  # letters that forms of a word share; words no longer say little


def findings(account: Account) -> Iterator[Finding]:
    """Yield what was asked for in each report, and whether it is there."""
    for entry in account.gold["reports"]:
        report = account.by_key[entry["id"]]
        yield from _dating(entry, report)
        yield from _furniture(account, entry, report)
        yield from _statements(account, entry)
        yield from _events(account, entry)
        yield from _figures(account, entry, report)


def _dating(entry: Entry, report: Report) -> Iterator[Finding]:
    """Check that the true day is inside; no bound at all is right only where none can be had."""
    if "published_truth" not in entry:
        return
    ours = report.published
    true = _when(entry["published_truth"])
    untold = ours.earliest is None and ours.latest is None
    can_be_told = any(entry.get("published") or (None,))
    right = not can_be_told if untold else _inside(true, ours) or _inside(ours, true)
    shown = f"{ours.earliest} to {ours.latest}"
    yield Finding("dates_inside", entry["id"], str(entry["published_truth"]), right, shown)
    if can_be_told:
        yield Finding("dates_told", entry["id"], "any bound", not untold, shown)


def _when(bounds: list[date | None]) -> When:
    return When(*bounds)


def _inside(inner: Any, outer: Any) -> bool:
    after = outer.earliest is None or (inner.earliest and outer.earliest <= inner.earliest)
    return bool(after and (outer.latest is None or (inner.latest and inner.latest <= outer.latest)))


def _furniture(account: Account, entry: Entry, report: Report) -> Iterator[Finding]:
    """Check that no word of the furniture is read; what was never taken from a page is not."""
    places: list[tuple[int, int, str]] = []
    for line in (*entry.get("boilerplate", []), *entry.get("caption", [])):
        found = [(start, end, line) for start, end in places_of(line, report.text)]
        places += found
        right = not any(_read(report, start, end) for start, end, _ in found)
        yield Finding("furniture_marked", entry["id"], line, right)
    record = account.record
    for noun in (*record.statements(report=report.id), *record.events(report=report.id)):
        for span in evidence_in(noun):
            taken = [line for start, end, line in places if span.start < end and start < span.end]
            if taken:
                yield Finding("read_from_furniture", entry["id"], taken[0], False, span.text)
                break


def places_of(line: str, text: str) -> list[tuple[int, int]]:
    """Return where a line stands in a text, whatever the white space between its words."""
    pattern = r"\s+".join(map(re.escape, line.split()))
    return [match.span() for match in re.finditer(pattern, text)]


def _read(report: Report, start: int, end: int) -> bool:
    return any(
        block.kind in READ_KINDS and block.start < end and start < block.end
        for block in report.blocks
    )


def _statements(account: Account, entry: Entry) -> Iterator[Finding]:
    gold = entry.get("statements", [])
    ours = account.record.statements(report=account.by_key[entry["id"]].id)

    def fit(one: Entry, other: Statement) -> float:
        alike = likeness(one["text"], _content(other))
        if alike < ALIKE and not excerpt(one["text"], _content(other)):
            return 0.0
        act = 0.1 if one["act"] == other.act else 0.0
        return alike + account.speaks(one, other.speaker) + act

    paired = pair(gold, ours, fit)
    for one, found in zip(gold, paired, strict=True):
        shown = f"{one['speaker']} ({one['act']}): {one['text']}"
        line = f"{found.speaker.name} ({found.act}): {_content(found)}" if found else ""
        alike = found is not None and likeness(one["text"], _content(found)) >= ALIKE
        yield Finding("statements_found", entry["id"], shown, alike, line)
        yield Finding("statements_covered", entry["id"], shown, found is not None, line)
        if found is not None:
            yield from _details(account, entry["id"], one, found)


def _content(statement: Statement) -> str:
    return " … ".join(span.text for span in statement.content)


def _details(account: Account, report: str, gold: Entry, ours: Statement) -> Iterator[Finding]:
    right = account.speaks(gold, ours.speaker)
    yield Finding("speakers_right", report, gold["speaker"], right, ours.speaker.name)
    shown = f"{gold['act']}: {gold['text']}"
    yield Finding("acts_right", report, shown, gold["act"] == ours.act, ours.act)
    shown = f"{gold['mode']}: {gold['text']}"
    yield Finding("modes_right", report, shown, gold["mode"] == ours.mode, ours.mode)
    if "chain" in gold:
        same = len(gold["chain"]) == len(ours.chain) and all(
            account.same_name(name, hop.name, hop.actor)
            for name, hop in zip(gold["chain"], ours.chain, strict=True)
        )
        hands = " ← ".join(hop.name for hop in ours.chain)
        yield Finding("chains_right", report, " ← ".join(gold["chain"]), same, hands)


def _events(account: Account, entry: Entry) -> Iterator[Finding]:
    gold = entry.get("events", [])
    ours = account.record.events(report=account.by_key[entry["id"]].id)

    def fit(one: Entry, other: Event) -> float:
        return event_fit(account, one, other)

    paired = pair(gold, ours, fit)
    for one, found in zip(gold, paired, strict=True):
        shown = f"{one['type']}: {one['what']}"
        line = account.record.describe(found) if found else ""
        yield Finding("events_found", entry["id"], shown, found is not None, line)
        if found is not None:
            yield _stands("events_standing", entry, one, found)


def _stands(name: str, entry: Entry, gold: Entry, ours: Event | Figure) -> Finding:
    """Compare standings; where the account gives none, it happened: told, or said by somebody."""
    right = [gold["standing"]] if "standing" in gold else list(HAPPENED)
    return Finding(name, entry["id"], " or ".join(right), ours.standing in right, ours.standing)


def event_fit(account: Account, gold: Entry, ours: Event) -> float:
    """Return the share of what the account tells of an event that ours has too, or 0.

    The type must be the same, the day must not contradict, and half of the rest must agree: who,
    whom, where, and the words.
    """
    if gold["type"] != ours.event or not _may_be(gold.get("date"), ours.when):
        return 0.0
    sentence = stems(" ".join(span.text for span in ours.evidence) or ours.trigger.text)
    what = stems(gold["what"])
    agree = [len(what & sentence) >= TOLD * len(what)]
    if gold.get("actor"):
        agree.append(account.named(gold["actor"], ours.actor))
    if gold.get("recipient"):
        agree.append(account.named(gold["recipient"], ours.recipient))
    if gold.get("place"):
        place = ours.place or ""
        agree.append(bool(place) and account.same_name(gold["place"], place, ours.place_actor))
    share = sum(agree) / len(agree)
    return share if share >= ALIKE else 0.0


def stems(text: str) -> set[str]:
    """Return the beginnings of the longer words of a text, so that their forms are one."""
    return {word[:STEM] for word in words(text) if len(word) > SHORT}


def _may_be(bounds: list[date | None] | None, when: When) -> bool:
    if not bounds:
        return True
    gold = _when(bounds)
    after = gold.latest is None or when.earliest is None or when.earliest <= gold.latest
    return after and (gold.earliest is None or when.latest is None or gold.earliest <= when.latest)


def _figures(account: Account, entry: Entry, report: Report) -> Iterator[Finding]:
    gold = entry.get("figures", [])
    ours = account.record.figures(report=report.id)

    def fit(one: Entry, other: Figure) -> float:
        return float(same_value(one, other) and _over(other, places_of(one["text"], report.text)))

    paired = pair(gold, ours, fit)
    for one, found in zip(gold, paired, strict=True):
        shown = f"{one['value']} {one['unit']}: {one['text']}"
        line = account.record.describe(found) if found else ""
        yield Finding("figures_found", entry["id"], shown, found is not None, line)
        if found is not None:
            yield _stands("figures_standing", entry, one, found)


def same_value(gold: Entry, ours: Figure) -> bool:
    """Tell whether a figure has the gold's value, or its lower bound where it is one."""
    low = gold.get("low", gold["value"] if gold.get("lower_bound") else None)
    if low is not None:
        return low in (ours.low, ours.value)
    if gold.get("approximate") and ours.low is not None and ours.high is not None:
        return bool(ours.low <= gold["value"] <= ours.high)
    return bool(gold["value"] == ours.value)


def _over(figure: Figure, places: Iterable[tuple[int, int]]) -> bool:
    return any(figure.span.start < end and start < figure.span.end for start, end in places)
