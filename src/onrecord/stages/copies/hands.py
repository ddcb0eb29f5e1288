"""Who had words before the report that prints them: an agency, another report, a person."""

from dataclasses import dataclass

from onrecord.parsing import evidence
from onrecord.stages.copies.credits import Credit
from onrecord.stages.copies.outlets import outlet_key, source_key
from onrecord.types import READ_KINDS, Evidence, Report

HEAD = 200  # characters of a report's first words that stand for it where it has no title

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who had the words before the report: key, name, kind and the words naming him."""

    key: Key
    name: str
    kind: str
    named: tuple[Evidence, ...]


def credited(whole: Credit) -> Hand:
    """Return the story that a report is credited to; another of the same agency is another."""
    key = ("credited", whole.words.report, outlet_key(whole.name))
    return Hand(key, whole.name, whole.kind, (whole.words,))


def contributed(helped: Credit) -> Hand:
    """Return who added to a report: an origin of it, and of none of its statements for certain."""
    key = ("contribution", helped.words.report, outlet_key(helped.name))
    return Hand(key, helped.name, "contribution", (helped.words,))


def report_hand(report: Report) -> Hand:
    """Return a report as an origin of its own."""
    first = head(report)
    name = report.title or (first.text.splitlines()[0] if first else "") or report.path
    titled = f"{report.source}: {name}" if report.source else name
    return Hand(
        ("report", report.id, source_key(report)), titled, "report", (first,) if first else ()
    )


def head(report: Report) -> Evidence | None:
    """Return the first readable words of a report."""
    for block in report.blocks:
        if block.kind in READ_KINDS and block.end > block.start:
            end = min(block.end, block.start + HEAD)
            return evidence(report, block.start, end)
    return None
