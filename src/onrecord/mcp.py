"""The record as read-only tools for an assistant, by the Model Context Protocol.

Each tool asks one thing of `Record`. Every line of an answer carries its words as they stand in the
report, where they stand, and the id to open it by, so that what an assistant then writes can be
checked. Nothing here can change a record.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from onrecord import __version__
from onrecord.brief import brief as brief_of
from onrecord.errors import OnRecordError
from onrecord.evidence import evidence_in
from onrecord.record import Record
from onrecord.store import Address
from onrecord.store.schema import table_name
from onrecord.types import Evidence, Relation, Report, Statement, When
from onrecord.wording import iso_words

MOST = 100  # lines of one answer
LONGEST = 600  # characters of one piece of words; what is longer is cut where it says so
SINGLE = ("act", "mode", "hedge", "standing", "status", "kind", "why", "text", "unit", "first")
SPANS = 6  # pieces of words of one line

INSTRUCTIONS = """\
This is a record of news reports: who said what about whom, who denies it, through whose hands it
came, and on how many separate origins it rests. It tells who says what and never what is true.
Say whose word each thing is, give the ids of the lines that you use, and quote only `words`. Dates
are intervals; an end that is null cannot be told. Two reports with one origin are one source.
"""

Name = Annotated[str | None, Field(description="An actor, by any of its names or its id.")]
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many lines to give.")]
Day = Annotated[date | None, Field(description="A day, YYYY-MM-DD.")]
Act = Literal["say", "accuse", "deny", "promise", "threaten", "demand", "support", "criticise"]
Answer = dict[str, Any]


class Tools:
    """The questions that can be asked of one record."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def overview(self) -> Answer:
        """Tell what the record holds: how much of each kind, its dates, who is most spoken of."""
        found = self._record.overview()
        return {
            "counts": found.counts,
            "earliest": found.earliest and found.earliest.isoformat(),
            "latest": found.latest and found.latest.isoformat(),
            "most_spoken_of": [
                {"name": a.name, "id": a.id, "lines": n} for a, n in found.spoken_of
            ],
            "most_speaking": [{"name": name, "statements": n} for name, n in found.speaking],
            "unreadable_reports": len(found.problems),
        }

    def search(self, words: str, limit: Limit = 20) -> Answer:
        """Find reports and statements that hold all the words."""
        hits = self._record.search(words, limit=limit)
        return self._lines([self._record.get(hit.id) for hit in hits], limit)

    def statements(
        self,
        by: Name = None,
        about: Name = None,
        act: Act | None = None,
        since: Day = None,
        until: Day = None,
        claim: Annotated[str | None, Field(description="Bearing on the claim of that id.")] = None,
        side: Annotated[
            Literal["for", "against"] | None, Field(description="With claim: on that side of it.")
        ] = None,
        after: Annotated[
            str | None, Field(description="May have been made after the statement of that id.")
        ] = None,
        limit: Limit = 20,
    ) -> Answer:
        """List who says what, in whose words, through whose hands.

        The conditions combine: what X said after Y denied a claim is `by` X with that `claim` and
        `after` the id of Y's denial.
        """
        found = self._record.statements(
            by=by,
            about=about,
            act=act,
            since=since,
            until=until,
            claim=claim,
            side=side,
            after=after,
            likely=True,
        )
        return self._lines(found, limit)

    def events(
        self,
        actor: Name = None,
        event: Annotated[str | None, Field(description="A PLOVER type, as ASSAULT.")] = None,
        since: Day = None,
        until: Day = None,
        limit: Limit = 20,
    ) -> Answer:
        """List what happened as reports tell it, with how each stands: told, alleged, denied."""
        found = self._record.events(actor=actor, event=event, since=since, until=until)
        return self._lines(found, limit)

    def figures(
        self,
        kind: Annotated[str | None, Field(description="As killed, wounded, money.")] = None,
        limit: Limit = 20,
    ) -> Answer:
        """List the numbers that reports and sources give, with what they count."""
        return self._lines(self._record.figures(kind=kind), limit)

    def claims(self, about: Name = None, known_by: Day = None, limit: Limit = 20) -> Answer:
        """List propositions with who puts each forward, who denies it, how, and its origins."""
        return self._lines(self._record.claims(about=about, known_by=known_by), limit)

    def disputes(
        self,
        about: Name = None,
        kind: Literal["denial", "figure", "speaker"] | None = None,
        known_by: Day = None,
        limit: Limit = 20,
    ) -> Answer:
        """List what is disputed: denials, figures that differ, one quotation of two speakers."""
        found = self._record.disputes(about=about, known_by=known_by)
        return self._lines([one for one in found if kind in (None, one.kind)], limit)

    def promises(self, by: Name = None, limit: Limit = 20) -> Answer:
        """List what is promised or threatened in words, and what later reports tell of it."""
        found = self._record.promises(by=by)
        nouns = [n for one in found[:limit] for n in (one.statement, *one.sequels)]
        return self._lines(nouns, len(nouns)) | {"total": len(found)}

    def relations(
        self,
        actor: Name = None,
        kind: Annotated[str | None, Field(description="As funds, harbours, fights.")] = None,
        as_of: Day = None,
        known_by: Day = None,
        limit: Limit = 20,
    ) -> Answer:
        """List what holds between two actors: what held on a day, as it was known by a day."""
        found = self._record.relations(actor=actor, kind=kind, as_of=as_of, known_by=known_by)
        return self._lines(found, limit)

    def actor(self, name: str) -> Answer:
        """Tell who an actor is: its names, roles and memberships with their words."""
        return self._lines([self._record.actor(name)], 1)

    def timeline(self, actor: str, limit: Limit = 50) -> Answer:
        """List what an actor did, said, and what was said of it, in the order of time."""
        lines = self._record.timeline(actor)
        shown = [
            {"when": _when(line.when), "what": line.what, "type": line.type, "id": line.id}
            for line in lines[:limit]
        ]
        return {"total": len(lines), "lines": shown}

    def show(self, id: str) -> Answer:  # noqa: A002 - the name that every answer gives it
        """Open one line by its id: all that the record has of it, with its words."""
        noun = self._record.get(id)
        return self._lines([noun], 1, spans=MOST)

    def brief(self, topic: str) -> Answer:
        """Write down what the record holds on an actor or on words, as Markdown with references."""
        return {"markdown": brief_of(self._record, topic)}

    def _lines(self, nouns: Sequence[Any], limit: int, *, spans: int = SPANS) -> Answer:
        shown = [self._line(noun, spans) for noun in nouns[:limit]]
        keys = {words["report"] for line in shown for words in line["words"]}
        return {"total": len(nouns), "lines": shown, "reports": self._reports(keys)}

    def _line(self, noun: Any, spans: int) -> Answer:
        """Return a noun as a line: what it says in short, its words, and what more is known."""
        if isinstance(noun, Report):
            return {"id": noun.id, "type": "report", "line": noun.title or noun.path} | {
                "words": [_words(Evidence(noun.id, 0, len(noun.text), noun.text))]
            }
        words = list(dict.fromkeys(evidence_in(noun)))
        line: Answer = {
            "id": noun.id,
            "type": table_name(type(noun)),
            "line": self._record.describe(noun),
            "words": [_words(span) for span in words[:spans]],
        }
        return line | self._more(noun)

    def _more(self, noun: Any) -> Answer:
        more: Answer = {}
        for field in SINGLE:
            if getattr(noun, field, None):
                more[field] = getattr(noun, field)
        for field in ("said", "when", "held", "reported"):
            if isinstance(getattr(noun, field, None), When):
                more[field] = _when(getattr(noun, field))
        for field in ("asserted", "denied", "told", "statements", "figures", "claims", "names"):
            if getattr(noun, field, None):
                more[field] = list(getattr(noun, field))
        if isinstance(noun, Statement):
            more["speaker"] = noun.speaker.name if noun.speaker.is_told else None
            more["through"] = [hop.name for hop in noun.chain]
        if isinstance(noun, Relation):
            more["reports_telling"] = len({telling.report for telling in noun.tellings})
        if hasattr(noun, "links"):
            more["links"] = [
                {"statement": one.statement, "side": one.side, "how": one.how, "why": one.why}
                for one in noun.links
            ]
            more["origins"] = self._record.origin_names(noun)
        return more

    def _reports(self, keys: Iterable[str]) -> Answer:
        found = (self._record.report(key) for key in sorted(keys))
        return {
            report.id: {
                "title": report.title,
                "source": report.source,
                "address": report.url or report.path,
                "published": iso_words(report.published),
            }
            for report in found
        }


def _words(span: Evidence) -> Answer:
    cut = len(span.text) > LONGEST
    text = span.text[:LONGEST] + " […]" if cut else span.text
    return {"report": span.report, "start": span.start, "end": span.end, "text": text}


def _when(when: Any) -> Answer:
    return {
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
    }


def server(record: Record) -> MCPServer[Any]:
    """Return a server with the tools over a record."""
    tools = Tools(record)
    made: MCPServer[Any] = MCPServer("onrecord", instructions=INSTRUCTIONS, version=__version__)
    asked: tuple[Callable[..., Answer], ...] = (
        tools.overview,
        tools.search,
        tools.statements,
        tools.events,
        tools.figures,
        tools.claims,
        tools.disputes,
        tools.promises,
        tools.relations,
        tools.actor,
        tools.timeline,
        tools.show,
        tools.brief,
    )
    for tool in asked:
        made.add_tool(
            _telling(tool), annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False)
        )
    return made


def _telling(tool: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a tool that tells an assistant what it asked wrongly and what would do."""

    @functools.wraps(tool)
    def told(*args: Any, **given: Any) -> Answer:
        try:
            return tool(*args, **given)
        except OnRecordError as error:
            raise ToolError(str(error)) from error

    return told


def serve(path: Address, *, http: bool = False, port: int = 8766) -> None:
    """Answer an assistant over a record: on standard input and output, or on a loopback address.

    Raises `RunError` when the file is no record.
    """
    with Record(path) as record:
        made = server(record)
        if http:
            made.run("streamable-http", host="127.0.0.1", port=port, json_response=True)
        else:
            made.run("stdio")
