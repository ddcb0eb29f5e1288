"""A small record made by hand, so that what reads it is tested without the stages."""

from datetime import date
from pathlib import Path
from typing import TypeVar

from onrecord.ids import make_id
from onrecord.parsing import evidence
from onrecord.store import Store
from onrecord.types import (
    Actor,
    Block,
    Claim,
    Copy,
    Corpus,
    Dating,
    Dispute,
    Entity,
    Event,
    Evidence,
    Figure,
    Hop,
    Mention,
    Origin,
    Passage,
    Reading,
    Relation,
    Report,
    Role,
    Speaker,
    Statement,
    Story,
    When,
)

DAY = date(2022, 3, 4)
TEXTS = {
    "guild.txt": "Ferry guild accuses harbour master\n\n"
    "The Ferry Guild of Osmar accused Ilke Dorn, the harbour master, of pocketing [dues]. "
    "“She has taken what was ours,” said its speaker. At least 40 captains signed a letter.",
    "daily.txt": "Dorn answers\n\nDorn denied it. "
    "“I have never touched a coin of the dues,” she told the Harbour Daily. "
    "“She has taken what was ours,” the guild had said.",
}


def _report(name: str, published: Dating) -> Report:
    text = TEXTS[name]
    head = text.index("\n")
    return Report(
        id=make_id("report", name),
        path=name,
        sha256=make_id("sha", text),
        text=text,
        title=text[:head],
        source="Coast Wire" if name == "guild.txt" else None,
        published=published,
        blocks=(
            Block(0, head, "title", "first line"),
            Block(head + 2, len(text), "body", "running text"),
        ),
    )


GUILD = _report("guild.txt", Dating(DAY, DAY))
DAILY = _report("daily.txt", Dating(earliest=DAY))
BROKEN = Report(
    id="report-broken",
    path="broken.txt",
    sha256="",
    problem="empty. Fetch the report again",
)


def at(report: Report, words: str) -> Evidence:
    """Return the first place of the words in a report."""
    start = report.text.index(words)
    return evidence(report, start, start + len(words))


def _statement(
    name: str, report: Report, words: tuple[str, str, str], speaker: Speaker, **more: object
) -> Statement:
    source, cue, content = (at(report, part) for part in words)
    fields: dict[str, object] = {
        "act": "say",
        "mode": "direct",
        "hedge": None,
        "said": When(),
        "voiced": True,
    } | more
    return Statement(
        id=f"statement-{name}",
        report=report.id,
        source=(source,),
        cue=(cue,),
        content=(content,),
        speaker=speaker,
        **fields,  # type: ignore[arg-type]
    )


ACCUSED = _statement(
    "accused",
    GUILD,
    ("The Ferry Guild of Osmar", "accused", "pocketing [dues]"),
    Speaker("Ferry Guild", actor="entity-guild"),
    act="accuse",
    mode="indirect",
    said=When(DAY, DAY),
    about=("entity-dorn-1",),
)
DENIED = _statement(
    "denied",
    DAILY,
    ("she", "told", "I have never touched a coin of the dues"),
    Speaker("Ilke Dorn", actor="entity-dorn-2", role="harbour master"),
    act="deny",
    said=When(earliest=DAY),
    chain=(Hop("Harbour Daily", None, (at(DAILY, "Harbour Daily"),)),),
)
UNNAMED = _statement(
    "unnamed",
    GUILD,
    ("its speaker", "said", "She has taken what was ours"),
    Speaker("its speaker", unnamed=True),
    about=("entity-dorn-1",),
)
SIGNED = Event(
    id="event-signed",
    report=GUILD.id,
    event="REQUEST",
    mode=None,
    trigger=at(GUILD, "signed"),
    actor=("entity-guild",),
    recipient=("entity-dorn-1",),
    place=None,
    when=When(latest=DAY),
    standing="told",
    statement=None,
    evidence=(at(GUILD, "At least 40 captains signed a letter."),),
)
CAPTAINS = Figure(
    id="figure-captains",
    report=GUILD.id,
    span=at(GUILD, "At least 40"),
    value=None,
    low=40,
    high=None,
    unit="captains",
    of="captains who signed against Ilke Dorn",
    when=When(),
    statement=None,
)


def _entity(name: str, report: Report, words: str, kind: str) -> tuple[Entity, Mention]:
    entity = Entity(f"entity-{name}", report.id, words, kind, (words,))  # type: ignore[arg-type]
    span = at(report, words)
    return entity, Mention(f"mention-{name}", report.id, span, entity.id, "name")


def _corpus() -> Corpus:
    words = "She has taken what was ours"
    role = Role("harbour master", "Osmar", When(DAY, DAY), (at(GUILD, "the harbour master"),))
    return Corpus(
        copies=(
            Copy(
                "copy-1",
                GUILD.id,
                DAILY.id,
                "quotation",
                directed=True,
                passages=(Passage(at(GUILD, words), at(DAILY, words)),),
            ),
        ),
        origins=(Origin("origin-1", "Ferry Guild", "report", (GUILD.id,), (at(GUILD, "Ferry"),)),),
        actors=(
            Actor(
                "actor-dorn",
                "Ilke Dorn",
                "person",
                ("Ilke Dorn", "Dorn"),
                roles=(role,),
                entities=("entity-dorn-1", "entity-dorn-2"),
            ),
            Actor(
                "actor-guild",
                "Ferry Guild",
                "organisation",
                ("Ferry Guild",),
                entities=("entity-guild",),
            ),
        ),
        stories=(Story("story-1", "The dues of Osmar", (DAILY.id, GUILD.id), When(DAY, None)),),
        claims=(
            Claim(
                "claim-1",
                "pocketing [dues]",
                ("actor-dorn",),
                (ACCUSED.id,),
                (DENIED.id,),
                (),
                ("origin-1",),
                (at(GUILD, "pocketing [dues]"),),
            ),
        ),
        disputes=(
            Dispute(
                "dispute-1", "denial", "claim-1", (ACCUSED.id, DENIED.id), (), "pocketing [dues]"
            ),
        ),
        relations=(
            Relation(
                "relation-1",
                "actor-guild",
                "accuses",
                "actor-dorn",
                When(DAY, DAY),
                When(DAY, None),
                "disputed",
                ("claim-1",),
                (),
                (at(GUILD, "accused"),),
            ),
        ),
        identity={
            "entity-dorn-1": "actor-dorn",
            "entity-dorn-2": "actor-dorn",
            "entity-guild": "actor-guild",
        },
    )


Place = TypeVar("Place", Path, str)


def ferry_record(path: Place) -> Place:
    """Write the record of the ferry guild, in a file or on a server, and return where it lies."""
    store = Store(path, create=True)
    dorn, dorn_named = _entity("dorn-1", GUILD, "Ilke Dorn", "person")
    guild, guild_named = _entity("guild", GUILD, "Ferry Guild", "organisation")
    other, other_named = _entity("dorn-2", DAILY, "Dorn", "person")
    readings = (
        Reading(
            GUILD,
            entities=(dorn, guild),
            mentions=(dorn_named, guild_named),
            statements=(ACCUSED, UNNAMED),
            events=(SIGNED,),
            figures=(CAPTAINS,),
        ),
        Reading(DAILY, entities=(other,), mentions=(other_named,), statements=(DENIED,)),
        Reading(BROKEN),
    )
    for reading in readings:
        store.add(reading, lambda _: "test 1")
    store.replace_corpus(_corpus(), "key", lambda _: "test 1")
    store.close()
    return path
