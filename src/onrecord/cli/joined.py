"""The commands that list what the reports hold together: copies, stories, claims, disputes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.arguments import About, AsJson, AsOf, By, KnownBy, Limit, RecordFile
from onrecord.cli.printing import show_list

if TYPE_CHECKING:
    from onrecord.record import Record
    from onrecord.types import Claim, Copy, Dispute, Promised, Relation, Story


def copies(record: RecordFile, limit: Limit = None, as_json: AsJson = False) -> None:
    """List which report took which passages from which; "–" where the direction cannot be told."""
    from onrecord.record import Record

    with Record(record) as opened:

        def row(item: "Copy") -> tuple[str, ...]:
            words = item.passages[0].to.text if item.passages else ""
            arrow = "→" if item.directed else "–"
            ends = (opened.report(item.from_report).path, arrow, opened.report(item.to_report).path)
            return (*ends, item.kind, f"{len(item.passages)}", words, item.id)

        headers = ("words of", "", "are also in", "as", "passages", "the first", "id")
        show_list(opened.copies(), headers, row, as_json=as_json, limit=limit)


def stories(record: RecordFile, limit: Limit = None, as_json: AsJson = False) -> None:
    """List the happenings, those in most reports first."""
    from onrecord.record import Record
    from onrecord.wording import iso_words

    with Record(record) as opened:

        def row(item: "Story") -> tuple[str, ...]:
            names = ", ".join(opened.report(key).path for key in item.reports)
            return iso_words(item.when), item.title, f"{len(item.reports)}", names, item.id

        headers = ("when", "story", "reports", "in", "id")
        show_list(opened.stories(), headers, row, as_json=as_json, limit=limit)


def claims(
    record: RecordFile,
    about: About = None,
    known_by: KnownBy = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List the propositions: who asserts and who denies each, and on how many origins it rests.

    With --known-by: as they stood in what was published by then.
    """
    from onrecord.record import Record

    with Record(record) as opened:

        def row(item: "Claim") -> tuple[str, ...]:
            asserting, denying = speakers(opened, item.asserted), speakers(opened, item.denied)
            told = f"{len(item.told)}" if item.told else ""
            return item.text, asserting, denying, told, f"{len(item.origins)}", item.id

        headers = ("claim", "asserted by", "denied by", "told", "origins", "id")
        found = opened.claims(about=about, known_by=known_by.last if known_by else None)
        show_list(found, headers, row, as_json=as_json, limit=limit)


def disputes(
    record: RecordFile,
    about: About = None,
    known_by: KnownBy = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List what is disputed: both sides, and the origins that they rest on.

    With --known-by: what had two sides in what was published by then.
    """
    from onrecord.record import Record

    with Record(record) as opened:

        def row(item: "Dispute") -> tuple[str, ...]:
            ours = sides(opened, item)
            return item.kind, item.text, ours.asserting, ours.denying, ours.origins, item.id

        headers = ("kind", "disputed", "asserted by", "denied by, or other", "origins", "id")
        found = opened.disputes(about=about, known_by=known_by.last if known_by else None)
        show_list(found, headers, row, as_json=as_json, limit=limit)


def promises(
    record: RecordFile,
    by: By = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List what is promised or threatened in words, and what a later report tells of it."""
    from onrecord.record import Record

    with Record(record) as opened:

        def row(item: "Promised") -> tuple[str, ...]:
            said = item.statement
            told = "; ".join(one.evidence[-1].text for one in item.sequels)
            outcome = ", ".join(sorted(item.outcomes))
            words = said.content[0].text
            return said.speaker.name, said.act, words, outcome, told, said.id

        headers = ("who", "act", "words", "outcome", "as told later", "id")
        show_list(opened.promises(by=by), headers, row, as_json=as_json, limit=limit)


def relations(
    record: RecordFile,
    actor: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="Of that actor, on either side.")
    ] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only of that kind.")] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List what holds between two actors, when it held, when it was reported, and how it stands.

    With --as-of and --known-by: what held then, as it was known by then.
    """
    from onrecord.record import Record
    from onrecord.types import When
    from onrecord.wording import iso_words

    with Record(record) as opened:

        def row(item: "Relation") -> tuple[str, ...]:
            ends = (opened.name_of(item.subject), item.kind, opened.name_of(item.object))
            return (*ends, item.status, iso_words(item.held), iso_words(item.reported), item.id)

        found = opened.relations(
            actor=actor,
            kind=kind,
            as_of=When(as_of.first, as_of.last) if as_of else None,
            known_by=known_by.last if known_by else None,
        )
        headers = ("who", "relation", "to whom", "status", "held", "reported", "id")
        show_list(found, headers, row, as_json=as_json, limit=limit)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands on which side of a dispute, and the origins, as words for one row."""

    asserting: str
    denying: str
    origins: str


def sides(record: "Record", dispute: "Dispute") -> Sides:
    """Return both sides of a dispute: speakers, or figures with whose they are."""
    from onrecord.types import Claim

    for claim in record.many(Claim, [dispute.claim] if dispute.claim else []):
        origins = record.origin_names(claim)
        return Sides(
            speakers(record, claim.asserted) or ("told by reports" if claim.told else ""),
            speakers(record, claim.denied),
            f"{len(origins)}: {'; '.join(origins)}" if origins else "",
        )
    if dispute.figures:
        return _figures(record, dispute)
    first, *others = [speakers(record, [key]) for key in dispute.statements] or [""]
    return Sides(first, "; ".join(dict.fromkeys(others)), "")


def _figures(record: "Record", dispute: "Dispute") -> Sides:
    from onrecord.types import Figure, Report

    reports = {report.id: report.path for report in record.all(Report)}
    told = []
    for figure in record.many(Figure, dispute.figures):
        who = speakers(record, [figure.statement]) if figure.statement else ""
        told.append(f"{figure.span.text} ({who or reports[figure.report]})")
    return Sides(told[0], "; ".join(told[1:]), "")


def speakers(record: "Record", statements: Iterable[str]) -> str:
    """Return the names of those who make the statements, each once."""
    from onrecord.types import Statement

    names = (item.speaker.name for item in record.many(Statement, list(statements)))
    return "; ".join(dict.fromkeys(names))
