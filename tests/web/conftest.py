"""A small record of fictional reports, made by hand, and a client that asks its pages."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.ids import make_id
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.types import (
    Actor,
    Block,
    Claim,
    Copy,
    Corpus,
    Dating,
    Decision,
    Dispute,
    Entity,
    Event,
    Evidence,
    Figure,
    Happening,
    Hop,
    Mention,
    Origin,
    Part,
    Passage,
    Reading,
    Relation,
    Report,
    Role,
    Sequel,
    Speaker,
    Statement,
    Story,
    Time,
    When,
)
from onrecord.web import create_app

with warnings.catch_warnings():
    # The test client warns about the library that it asks with.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

HOSTILE = "<script>alert(\"x\")</script> & 'quoted'"
FIRST = (
    "Skip to our newsletter\n\n"
    "Miners deny blocking the Ostra road\n\n"
    "The Ostra Guard said on 3 May 2021 that miners had blocked the road. "
    f'"We blocked nothing," union leader Mara Vell told Radio Ostra. {HOSTILE}\n\n'
    "At least 40 lorries were held up, the Guard said."
)
SECOND = (
    "Road blocked near Ostra\n\n"
    'The Ostra Guard said that miners had blocked the road. "We blocked nothing," a woman said. '
    "Some 25 lorries were held up."
)


class _Maker:
    """Makes the rows of one report, each with the exact words as evidence."""

    def __init__(self, text: str, **fields: Any) -> None:
        key = make_id("report", fields["path"])
        self.report = Report(id=key, sha256="0" * 64, text=text, **fields)

    def words(self, words: str) -> Evidence:
        start = self.report.text.index(words)
        return Evidence(self.report.id, start, start + len(words), words)

    def id(self, kind: str, words: str) -> str:
        return make_id(kind, self.report.id, words)

    def block(self, kind: Any, words: str, why: str) -> Block:
        span = self.words(words)
        return Block(span.start, span.end, kind, why)

    def statement(self, content: str, source: str, act: Any, **fields: Any) -> Statement:
        given: dict[str, Any] = {
            "cue": (),
            "speaker": Speaker(source),
            "voiced": True,
            "mode": "indirect",
            "hedge": None,
            "said": When(),
            "why": "a verb of speech",
        }
        return Statement(
            id=self.id("statement", content),
            report=self.report.id,
            source=(self.words(source),),
            content=(self.words(content),),
            act=act,
            **(given | fields),
        )


def _first() -> Reading:
    make = _Maker(
        FIRST,
        path="first.txt",
        source="The Ostra Mirror",
        title=f"Miners deny {HOSTILE}",
        url="javascript:alert(1)",
        published=Dating(date(2021, 5, 3), None, (), ("a day in the text",)),
    )
    body = FIRST[FIRST.index("The Ostra Guard") : FIRST.index("\n\nAt least")]
    report = Report(
        **{name: getattr(make.report, name) for name in Report.__slots__ if name != "blocks"},
        blocks=(
            make.block("boilerplate", "Skip to our newsletter", "a stock phrase"),
            make.block("title", "Miners deny blocking the Ostra road", "the first line"),
            make.block("body", body, "running text"),
            make.block("body", "At least 40 lorries were held up, the Guard said.", "running text"),
        ),
    )
    guard, vell, radio = (make.id("entity", name) for name in ("guard", "vell", "radio"))
    accuse = make.statement(
        "miners had blocked the road",
        "The Ostra Guard",
        "accuse",
        cue=(make.words("said"),),
        speaker=Speaker("Ostra Guard", guard),
        said=When(date(2021, 5, 3), date(2021, 5, 3)),
        about=(vell,),
    )
    deny = make.statement(
        "We blocked nothing,",
        "Mara Vell",
        "deny",
        mode="direct",
        hedge="reportedly",
        speaker=Speaker("Mara Vell", vell, role="union leader", represents="the union"),
        said=When(None, date(2021, 5, 4)),
        chain=(Hop("Radio Ostra", radio, (make.words("Radio Ostra"),)),),
    )
    event = Event(
        id=make.id("event", "blocked"),
        report=report.id,
        event="COERCE",
        mode="block",
        trigger=make.words("blocked the road"),
        actor=(vell,),
        recipient=(guard,),
        place="Ostra",
        when=When(date(2021, 5, 1), date(2021, 5, 3)),
        standing="alleged",
        statement=accuse.id,
        evidence=(make.words("miners had blocked the road"),),
    )
    planned = replace(
        event,
        id=make.id("event", "planned"),
        trigger=make.words("blocked"),
        standing="planned",
    )
    figure = Figure(
        id=make.id("figure", "40"),
        report=report.id,
        span=make.words("At least 40 lorries"),
        value=None,
        low=40,
        high=None,
        unit="lorries",
        of="lorries held up",
        when=When(),
        statement=None,
    )
    return Reading(
        report=report,
        times=(
            Time(
                make.id("time", "3 May 2021"),
                report.id,
                make.words("3 May 2021"),
                "date",
                "2021-05-03",
                When(date(2021, 5, 3), date(2021, 5, 3)),
            ),
        ),
        entities=(
            Entity(guard, report.id, "Ostra Guard", "armed group", ("Ostra Guard",)),
            Entity(vell, report.id, "Mara Vell", "person", ("Mara Vell",)),
            Entity(radio, report.id, "Radio Ostra", "outlet", ("Radio Ostra",)),
        ),
        mentions=(
            Mention(
                make.id("mention", "guard"), report.id, make.words("The Ostra Guard"), guard, "name"
            ),
            Mention(make.id("mention", "vell"), report.id, make.words("Mara Vell"), vell, "name"),
        ),
        statements=(accuse, deny),
        events=(event, planned),
        figures=(figure,),
    )


def _second() -> Reading:
    make = _Maker(SECOND, path="second.txt", title="Road blocked near Ostra")
    body = SECOND[SECOND.index("The Ostra") :]
    report = Report(
        **{name: getattr(make.report, name) for name in Report.__slots__ if name != "blocks"},
        blocks=(
            make.block("title", "Road blocked near Ostra", "the first line"),
            make.block("body", body, "running text"),
        ),
    )
    unnamed = make.statement(
        "We blocked nothing,",
        "a woman",
        "deny",
        mode="direct",
        speaker=Speaker("a woman", unnamed=True),
    )
    figure = Figure(
        id=make.id("figure", "25"),
        report=report.id,
        span=make.words("25 lorries"),
        value=25,
        low=None,
        high=None,
        unit="lorries",
        of="lorries held up",
        when=When(),
        statement=None,
    )
    return Reading(report=report, statements=(unnamed,), figures=(figure,))


def _corpus(first: Reading, second: Reading) -> Corpus:
    accuse, deny = first.statements
    event, figure = first.events[0], first.figures[0]
    names = ("Ostra Guard", "Mara Vell", "Radio Ostra")
    guard, vell, radio = (make_id("actor", name) for name in names)
    span = first.mentions[1].span
    role = Role("leader", "the union", When(date(2020, 1, 1), None), (span,))
    shared = Passage(deny.content[0], second.statements[0].content[0])
    claim = Claim(
        id=make_id("claim", 1),
        text="miners had blocked the road",
        about=(vell,),
        asserted=(accuse.id,),
        denied=(deny.id, second.statements[0].id),
        told=(),
        origins=(make_id("origin", 1),),
        evidence=accuse.content,
    )
    dispute_of = {"kind": "denial", "claim": claim.id, "figures": (), "text": claim.text}
    return Corpus(
        readings=(first, second),
        copies=(
            Copy(
                make_id("copy", 1),
                first.report.id,
                second.report.id,
                "quotation",
                True,
                (shared,),
                "the same words",
            ),
        ),
        origins=(
            Origin(
                make_id("origin", 1),
                "Radio Ostra",
                "outlet",
                (first.report.id, second.report.id),
                (deny.chain[0].evidence[0],),
                (deny.id,),
            ),
        ),
        actors=_sorted(
            Actor(guard, names[0], "armed group", names[:1], entities=(first.entities[0].id,)),
            Actor(
                vell,
                names[1],
                "person",
                (*names[1:2], f"M. {HOSTILE}"),
                part_of=(Part(guard, When(), (span,)),),
                roles=(role,),
                entities=(first.entities[1].id,),
                maybe=(radio,),
                why=("the same name",),
            ),
            Actor(radio, names[2], "outlet", names[2:], entities=(first.entities[2].id,)),
        ),
        stories=(
            Story(
                make_id("story", 1),
                "The Ostra road",
                (first.report.id, second.report.id),
                When(date(2021, 5, 1), date(2021, 5, 3)),
            ),
        ),
        claims=(claim,),
        disputes=_sorted(
            Dispute(make_id("dispute", 1), statements=(accuse.id, deny.id), **dispute_of),  # type: ignore[arg-type]
            Dispute(
                make_id("dispute", 2),
                "figure",
                None,
                (),
                (figure.id, second.figures[0].id),
                "lorries held up",
            ),
            Dispute(
                make_id("dispute", 3),
                "speaker",
                None,
                (deny.id, second.statements[0].id),
                (),
                "We blocked nothing,",
                likely=0.46,
            ),
        ),
        happenings=(
            Happening(
                id=make_id("happening", 1),
                event="COERCE",
                mode="block",
                events=tuple(event.id for event in first.events),
                reports=(first.report.id,),
                actor=(vell,),
                recipient=(guard,),
                place="Ostra",
                when=When(date(2021, 5, 1), date(2021, 5, 3)),
                standings=("alleged", "planned"),
                why=("reports of one story", "the same actor"),
            ),
        ),
        sequels=(
            Sequel(
                make_id("sequel", 1),
                "carried out",
                first.events[1].id,
                first.events[0].id,
                (first.events[1].evidence[0], first.events[0].evidence[0]),
                "the same actor, told later",
            ),
            Sequel(
                make_id("sequel", 2),
                "broken",
                accuse.id,
                None,
                (accuse.content[0], second.figures[0].span),
                "told later in words that both have",
                0.45,
            ),
        ),
        relations=(
            Relation(
                make_id("relation", 1),
                vell,
                "fights",
                guard,
                When(date(2021, 1, 1), date(2021, 12, 31)),
                When(date(2021, 5, 3), None),
                "disputed",
                (claim.id,),
                (event.id,),
                (span,),
                (accuse.id,),
            ),
        ),
        identity={
            entity.id: actor
            for entity, actor in zip(first.entities, (guard, vell, radio), strict=True)
        },
    )


def _sorted(*nouns: Any) -> tuple[Any, ...]:
    return tuple(sorted(nouns, key=lambda noun: noun.id))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small record: two reports, a dispute of each kind, and one that failed."""
    path = tmp_path_factory.mktemp("web") / "small.db"
    store = Store(path, create=True)
    first, second = _first(), _second()
    for reading in (first, second):
        store.add(reading, lambda _: "by hand")
    failed = Report(id="report-failed", path="scan.pdf", sha256="", problem="pictures of pages")
    store.add(Reading(report=failed), lambda _: "by hand")
    store.replace_corpus(_corpus(first, second), "by hand", lambda _: "by hand")
    store.decide(Decision("decision-1", "2024-01-01", "R. Viewer", "wrong", (), "no"))
    store.close()
    return path


Asking = Callable[..., TestClient]


@pytest.fixture
def asking(small: Path) -> Asking:
    """Return a function that gives a client of the small record, with the settings in question."""

    def client(base: str = "http://localhost", **settings: Any) -> TestClient:
        app = create_app(small, Settings(**settings))
        return TestClient(app, base_url=base, raise_server_exceptions=False)

    return client


@pytest.fixture
def client(asking: Asking) -> Iterator[TestClient]:
    """Return a client of the small record as it is served to its own machine."""
    with asking() as found:
        yield found
