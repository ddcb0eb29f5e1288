"""The commands that list what the reports say, and who acts in them."""

from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from onrecord.cli.arguments import (
    About,
    ActOption,
    After,
    AsJson,
    Bearing,
    By,
    InReport,
    Limit,
    RecordFile,
    SideOption,
    Since,
    StandingOption,
    Until,
)
from onrecord.cli.printing import console, json_of, print_table, say, show_list, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.counting import Tally
    from onrecord.record import Record
    from onrecord.types import (
        Actor,
        Doubt,
        Event,
        Figure,
        Happening,
        Report,
        Statement,
        TimelineLine,
    )

Name = Annotated[str, typer.Argument(metavar="NAME", help="Any name of the actor, or its id.")]


def reports(
    record: RecordFile,
    failed: Annotated[
        bool | None,
        typer.Option("--failed/--read", help="Only those that failed, or only those that did not."),
    ] = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List the reports: when each was published, by whom, and what was wrong with it, if anything.

    As JSON a report comes without its text and blocks; `onrecord export jsonl` has them.
    """
    from onrecord.record import Record
    from onrecord.wording import iso_words

    def row(report: "Report") -> tuple[str, ...]:
        title = report.problem or report.title or ""
        return iso_words(report.published), report.source or "", title, report.path, report.id

    with Record(record) as opened:
        headers = ("published", "outlet", "title or problem", "file", "id")
        show_list(opened.reports(problem=failed), headers, row, as_json=as_json, limit=limit)


def statements(
    record: RecordFile,
    by: By = None,
    about: About = None,
    act: ActOption = None,
    since: Since = None,
    until: Until = None,
    unnamed: Annotated[
        bool | None,
        typer.Option("--unnamed/--named", help="Only by unnamed speakers, or only by named ones."),
    ] = None,
    report: InReport = None,
    claim: Bearing = None,
    side: SideOption = None,
    after: After = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="Also those that are doubtfully read.")
    ] = False,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List who says what, in whose words, and through whose hands it came."""
    from onrecord.brief import NOBODY
    from onrecord.record import Record
    from onrecord.wording import iso_words

    with Record(record) as opened:

        def row(item: "Statement") -> tuple[str, ...]:
            hands = " ← ".join(hop.name for hop in item.chain)
            words = " … ".join(span.text for span in item.content)
            name = item.speaker.name if item.speaker.is_told else NOBODY
            who = f"{name} ← {hands}" if hands else name
            return (
                iso_words(item.said),
                who,
                item.act,
                words,
                opened.report(item.report).path,
                item.id,
            )

        every = opened.statements(
            by=by,
            about=about,
            act=act,
            since=since,
            until=until,
            unnamed=unnamed,
            report=report,
            claim=claim,
            side=cast("Literal['for', 'against'] | None", side),
            after=after,
        )
        found = [item for item in every if doubtful or item.is_likely]
        if len(found) < len(every):
            say(f"{len(every) - len(found):,} doubtful ones are left out; --doubtful shows them")
        headers = ("when", "speaker", "act", "words", "report", "id")
        show_list(found, headers, row, as_json=as_json, limit=limit)


def events(
    record: RecordFile,
    actor: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="Done or suffered by that actor.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type, as ASSAULT.")
    ] = None,
    standing: StandingOption = None,
    since: Since = None,
    until: Until = None,
    report: InReport = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="With A on one side and B on the other."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="month", help="Count happenings by month, once each.")
    ] = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List who did what to whom, and if it is told, alleged, denied, planned or conditional.

    With --between or --by what several reports tell as one is there once.
    """
    from onrecord.record import Record
    from onrecord.wording import iso_words

    if by not in (None, "month"):
        raise typer.BadParameter(f"no counts by {by!r}; there are counts by month")
    with Record(record) as opened:
        if by or between:
            if report:
                raise typer.BadParameter("--report lists one report's events, not happenings")
            found_ = opened.happenings(
                actor=actor,
                between=between,
                event=event,
                standing=standing,
                since=since,
                until=until,
            )
            show = _months if by else _happenings
            show(opened, found_, limit, as_json=as_json)
            return

        def row(item: "Event") -> tuple[str, ...]:
            who = ", ".join(map(opened.name_of, item.actor))
            whom = ", ".join(map(opened.name_of, item.recipient))
            what = f"{item.event} {item.mode}" if item.mode else item.event
            words = item.evidence[0].text if item.evidence else item.trigger.text
            return iso_words(item.when), what, who, whom, item.standing, words, item.id

        found = opened.events(
            actor=actor, event=event, standing=standing, since=since, until=until, report=report
        )
        headers = ("when", "type", "who", "to whom", "standing", "words", "id")
        show_list(found, headers, row, as_json=as_json, limit=limit)


def _months(
    opened: "Record", found: "Sequence[Happening]", limit: int | None, *, as_json: bool
) -> None:
    def row(item: "Tally") -> tuple[str, ...]:
        counts = (item.happenings, item.reports, item.origins)
        return item.month or "not told", item.event, item.standing, *map(str, counts)

    headers = ("month", "type", "standing", "happenings", "reports", "origins")
    show_list(opened.by_month(found), headers, row, as_json=as_json, limit=limit)


def _happenings(
    opened: "Record", found: "Sequence[Happening]", limit: int | None, *, as_json: bool
) -> None:
    from onrecord.wording import iso_words

    def row(item: "Happening") -> tuple[str, ...]:
        who = ", ".join(map(opened.name_of, item.actor))
        whom = ", ".join(map(opened.name_of, item.recipient))
        what = f"{item.event} {item.mode}" if item.mode else item.event
        standings = ", ".join(item.standings)
        return iso_words(item.when), what, who, whom, standings, f"{len(item.reports)}", item.id

    headers = ("when", "type", "who", "to whom", "standing", "reports", "id")
    show_list(found, headers, row, as_json=as_json, limit=limit)


def figures(
    record: RecordFile,
    unit: Annotated[
        str | None, typer.Option(metavar="UNIT", help="Only in that unit, as printed in the list.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Only of that kind: killed, wounded, troops, aid …"),
    ] = None,
    persons: Annotated[
        bool, typer.Option("--persons", help="Single persons killed or wounded, too.")
    ] = False,
    report: InReport = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List the numbers that are given, what each counts, how it stands, and on whose word."""
    from onrecord.record import Record
    from onrecord.types import Statement
    from onrecord.wording import amount, iso_words

    with Record(record) as opened:
        found = opened.figures(unit=unit, kind=kind, report=report)
        found = [item for item in found if persons or item.how == "number"]
        said = [item.statement for item in found if item.statement]
        speakers = {item.id: item.speaker.name for item in opened.many(Statement, said)}

        def row(item: "Figure") -> tuple[str, ...]:
            word = speakers.get(item.statement or "", "the report")
            when = iso_words(item.when)
            return amount(item), item.unit, item.of, when, item.standing, word, item.id

        headers = ("value", "unit", "of", "as of", "standing", "on the word of", "id")
        show_list(found, headers, row, as_json=as_json, limit=limit)


def actors(
    record: RecordFile,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only of that kind, as `armed group`.")
    ] = None,
    doubtful: Annotated[
        bool,
        typer.Option("--doubtful", help="Pairs that may be one; what would change most, first."),
    ] = False,
    described: Annotated[
        bool, typer.Option("--described", help="Those that have no name, by their descriptions.")
    ] = False,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List who acts and is spoken of, the most named first, with the names each goes by."""
    from onrecord.record import Record

    def row(item: "Actor") -> tuple[str, ...]:
        others = "; ".join(name for name in item.names if name != item.name)
        return item.name, item.kind, others, item.id

    with Record(record) as opened:
        if doubtful:
            _doubtful(opened, kind, limit, as_json=as_json)
            return
        headers = ("name", "kind", "also", "id")
        found = opened.actors(kind=kind, named=not described)
        show_list(found, headers, row, as_json=as_json, limit=limit)


def _doubtful(record: "Record", kind: str | None, limit: int | None, *, as_json: bool) -> None:
    """List the pairs that may be one actor, to be settled by `onrecord decide`."""

    def row(doubt: "Doubt") -> tuple[str, ...]:
        one, other = doubt.one, doubt.other
        return one.name, other.name, one.kind, str(doubt.lines), doubt.why, one.id, other.id

    def to_json(doubt: "Doubt") -> dict[str, Any]:
        one, other = doubt.one, doubt.other
        names = [one.name, other.name]
        return {
            "actors": [one.id, other.id],
            "names": names,
            "why": doubt.why,
            "lines": doubt.lines,
        }

    found = [d for d in record.doubtful() if kind in (None, d.one.kind, d.other.kind)]
    headers = ("name", "may be", "kind", "lines that would move", "why", "id", "id of the other")
    show_list(found, headers, row, as_json=as_json, limit=limit, to_json=to_json)
    if found and not as_json:
        say(f"to settle one: onrecord decide {record.name} same|different ID ID")


def actor(record: RecordFile, name: Name, as_json: AsJson = False) -> None:
    """Tell what the record holds on one actor: names, roles, what it is part of, and how much."""
    from onrecord.record import Record

    with Record(record) as opened:
        found = opened.actor(name)
        counts = {
            "statements_by": len(opened.statements(by=found.id, likely=True)),
            "statements_about": len(opened.statements(about=found.id, likely=True)),
            "events": len(opened.events(actor=found.id)),
            "mentions": len(opened.mentions(found.id)),
        }
        if as_json:
            write_json(json_of(found) | counts)
        else:
            print_table(("", found.name), _actor_rows(opened, found, counts))
        others = [other.id for other in opened.actors_named(name) if other.id != found.id]
        if others:
            say(f"others go by that name: {', '.join(others)}")


def _actor_rows(record: "Record", found: "Actor", counts: dict[str, Any]) -> list[tuple[str, str]]:
    from onrecord.wording import iso_words

    rows = [("id", found.id), ("kind", found.kind), ("names", "; ".join(found.names))]
    for role in found.roles:
        of = f" of {role.of}" if role.of else ""
        rows.append(("role", f"{role.role}{of}, {iso_words(role.when)}"))
    rows += [
        ("part of", f"{record.name_of(part.actor)}, {iso_words(part.when)}")
        for part in found.part_of
    ]
    rows += [("perhaps the same", f"{record.name_of(key)} ({key})") for key in found.maybe]
    rows += [("why one actor", why) for why in found.why]
    rows += [(name.replace("_", " "), f"{count:,}") for name, count in counts.items()]
    return rows


def timeline(
    record: RecordFile,
    name: Annotated[str, typer.Argument(metavar="ACTOR", help="Any name of the actor, or its id.")],
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Tell what an actor did, suffered, said and was, by date; what has no date comes last."""
    from onrecord.export.jsonl import plain
    from onrecord.record import Record
    from onrecord.store.rows import to_json
    from onrecord.wording import iso_words

    def row(line: "TimelineLine") -> tuple[str, ...]:
        return iso_words(line.when), line.type, line.what, line.id

    with Record(record) as opened:
        if not as_json:
            console().print(opened.actor(name).name, markup=False)
        show_list(
            opened.timeline(name),
            ("when", "what it is", "what", "id"),
            row,
            as_json=as_json,
            limit=limit,
            to_json=lambda line: plain(to_json(line)),
        )
