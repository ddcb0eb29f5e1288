"""Disputes and claims: the sides beside each other, with the origins that they rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.evidence import evidence_in
from onrecord.record import Record, UnknownError
from onrecord.types import Claim, Dispute, Event, Figure, Origin, Relation, Statement
from onrecord.web.dots import dot_plot
from onrecord.web.marking import Passage, passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import ahead, day_of, the
from onrecord.web.rendering import outlet, page, part, verbatim
from onrecord.wording import amount_words

Line = Statement | Event | Figure
router = APIRouter(include_in_schema=False)
UNSAID = "no speaker given"
KINDS = {"denial": "asserted and denied", "figure": "figures differ", "speaker": "speakers differ"}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it is called, and the lines of the record that make it."""

    name: str
    look: str
    lines: tuple[Line, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute in short: its sides, and how many reports and origins it rests on."""

    dispute: Dispute
    sides: tuple[Side, ...]
    reports: int
    origins: tuple[Origin, ...]
    verbatim: bool


@router.get("/disputes")
def disputes(
    request: Request,
    record: Asked,
    kind: str = "",
    about: str = "",
    known_by: str = "",
    number: int = 1,
) -> HTMLResponse:
    """List the disputes, of one kind or about one actor if asked, as known by a day."""
    problem = ""
    found: Sequence[Dispute] = ()
    try:
        chosen = kind if kind in KINDS else None
        found = record.disputes(about=about or None, kind=chosen, known_by=day_of(known_by))
    except (UnknownError, ValueError) as error:
        problem = str(error)
    shown = part(found, number, size=40)
    asked = {"kind": kind, "about": about, "known_by": known_by}
    given = {"kinds": KINDS, "shown": shown, "problem": problem, **asked}
    lines = lines_of(record, shown.items)
    return page(request, "disputes.html", record, lines=lines, **given)


@router.get("/dispute/{key}")
def dispute(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show the sides of a dispute beside each other, each in its own words."""
    found = the(record, Dispute, key)
    line = line_of(record, found)
    claim = the(record, Claim, found.claim) if found.claim else None
    figures = [item for side in line.sides for item in side.lines if isinstance(item, Figure)]
    whose = [(whose_figure(record, figure), figure) for figure in figures]
    links = {link.statement: link for link in claim.links} if claim else {}
    given = {"kinds": KINDS, "claim": claim, "plot": dot_plot(whose), "links": links}
    opened = [(side, opened_lines(record, side.lines)) for side in line.sides]
    return page(request, "dispute.html", record, line=line, opened=opened, **given)


@router.get("/claims")
def claims(request: Request, record: Asked, about: str = "", number: int = 1) -> HTMLResponse:
    """List the claims, about one actor if asked."""
    shown = part(record.claims(about=about or None), number)
    record.many(Statement, [k for c in shown.items for k in (*c.asserted, *c.denied)])
    record.many(Event, [key for claim in shown.items for key in claim.told])
    reports = {claim.id: len(_reports(_bearing(record, claim))) for claim in shown.items}
    return page(request, "claims.html", record, shown=shown, about=about, reports=reports)


@router.get("/claim/{key}")
def claim(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show who asserts a claim, who denies it, and where they have it from."""
    found = the(record, Claim, key)
    sides = sides_of_claim(record, found)
    return page(
        request,
        "claim.html",
        record,
        claim=found,
        links={link.statement: link for link in found.links},
        opened=[(side, opened_lines(record, side.lines)) for side in sides],
        origins=record.many(Origin, found.origins),
        reports=len(_reports(_bearing(record, found))),
        disputes=record.naming(Dispute, found.id),
        relations=record.naming(Relation, found.id),
    )


def opened_lines(record: Record, lines: Iterable[Line]) -> list[tuple[Line, list[Passage], str]]:
    """Return lines of the record, each with its words in their paragraphs and whose they are."""
    return [(line, passages(record, line), _whose(record, line)) for line in lines]


def lines_of(record: Record, disputes: Iterable[Dispute]) -> list[DisputeLine]:
    """Return disputes in short."""
    disputes = list(disputes)
    claims = record.many(Claim, [one.claim for one in disputes if one.claim])
    said = [key for one in (*disputes,) for key in one.statements]
    said += [key for claim in claims for key in (*claim.asserted, *claim.denied)]
    lines: list[Line] = [
        *record.many(Statement, list(dict.fromkeys(said))),
        *record.many(Event, [key for claim in claims for key in claim.told]),
        *record.many(Figure, [key for one in disputes for key in one.figures]),
    ]
    ahead(record, lines)
    record.many(Origin, list(dict.fromkeys(key for claim in claims for key in claim.origins)))
    return [line_of(record, dispute) for dispute in disputes]


def line_of(record: Record, dispute: Dispute) -> DisputeLine:
    """Return a dispute in short: its sides with who is on them, its reports, its origins."""
    sides = tuple(side for side in _sides(record, dispute) if side.lines)
    lines = [line for side in sides for line in side.lines]
    origins = _origins(record, dispute, lines)
    claim = the(record, Claim, dispute.claim) if dispute.claim else None
    words = verbatim(claim) if claim else _is_said(dispute.text, lines)
    return DisputeLine(dispute, sides, len(_reports(lines)), origins, words)


def _is_said(text: str, lines: Iterable[Line]) -> bool:
    """Tell whether a text is the very words of one of the lines."""
    return any(span.text == text for line in lines for span in evidence_in(line))


def _sides(record: Record, dispute: Dispute) -> list[Side]:
    if dispute.kind == "figure":
        return _figure_sides(record, dispute)
    statements = record.many(Statement, dispute.statements)
    if dispute.kind == "speaker":
        names = dict.fromkeys(_whose(record, s) for s in statements)
        return [
            _side(record, name, "neutral", [s for s in statements if _whose(record, s) == name])
            for name in names
        ]
    if dispute.claim:
        return sides_of_claim(record, the(record, Claim, dispute.claim))
    denying = [s for s in statements if s.act == "deny"]
    others = [s for s in statements if s.act != "deny"]
    return [
        _side(record, "Asserted", "asserted", others),
        _side(record, "Denied", "denied", denying),
    ]


def sides_of_claim(record: Record, claim: Claim) -> list[Side]:
    """Return who asserts a claim, which reports tell it as fact, and who denies it."""
    return [
        _side(record, "Asserted", "asserted", record.many(Statement, claim.asserted)),
        _side(record, "Told as fact", "asserted", record.many(Event, claim.told)),
        _side(record, "Denied", "denied", record.many(Statement, claim.denied)),
    ]


def _figure_sides(record: Record, dispute: Dispute) -> list[Side]:
    figures = record.many(Figure, dispute.figures)
    figures.sort(key=lambda f: (_size(f), f.report, f.span.start))
    amounts = dict.fromkeys(amount_words(figure) for figure in figures)
    return [
        _side(record, amount, "neutral", [f for f in figures if amount_words(f) == amount])
        for amount in amounts
    ]


def _size(figure: Figure) -> float:
    given = (figure.value, figure.low, figure.high)
    return next((value for value in given if value is not None), 0)


def _side(record: Record, name: str, look: str, lines: Sequence[Line]) -> Side:
    return Side(name, look, tuple(lines), tuple(dict.fromkeys(_whose(record, x) for x in lines)))


def _whose(record: Record, line: Line) -> str:
    if isinstance(line, Statement):
        return line.speaker.name if line.speaker.is_told else UNSAID
    if isinstance(line, Figure):
        return whose_figure(record, line)
    return outlet(record.report(line.report))


def whose_figure(record: Record, figure: Figure) -> str:
    """Return on whose word a figure is: its speaker, or the report that gives it."""
    spoken = record.many(Statement, [figure.statement]) if figure.statement else []
    return spoken[0].speaker.name or UNSAID if spoken else outlet(record.report(figure.report))


def _bearing(record: Record, claim: Claim) -> list[Line]:
    return [line for side in sides_of_claim(record, claim) for line in side.lines]


def _reports(lines: Iterable[Line]) -> set[str]:
    return {line.report for line in lines}


def _origins(record: Record, dispute: Dispute, lines: Sequence[Line]) -> tuple[Origin, ...]:
    """Return the origins of a dispute's claim, or of its statements where it has no claim."""
    if dispute.claim:
        return tuple(record.many(Origin, the(record, Claim, dispute.claim).origins))
    statements = {x.id if isinstance(x, Statement) else x.statement for x in lines}
    return tuple(record.naming(Origin, *(key for key in sorted(filter(None, statements)))))
