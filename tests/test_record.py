"""Everything that a reader can ask, answered with actors and with evidence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from ferry import ACCUSED, GUILD
from hand_made import Page, tied
from onrecord.record import Record, UnknownError
from onrecord.run import join, made_by
from onrecord.store import Store
from onrecord.store.database import database_at
from onrecord.types import Corpus, Dispute, Reading, Relation, Statement, When

DAY = date(2022, 3, 5)


def wire() -> Page:
    page = Page(
        "wire.txt",
        "Vellin accused Osmar of sheltering the Reed Army.\nOsmar denied sheltering the Reed Army.",
        published=DAY,
    )
    page.actor("Vellin", kind="organisation")
    page.actor("Osmar", kind="organisation")
    page.actor("Reed Army", kind="armed group")
    page.statement("Osmar of sheltering the Reed Army", by="Vellin", act="accuse")
    page.statement("sheltering the Reed Army", by="Osmar", act="deny")
    # The second statement is the second time that these words stand there.
    span = page.words("sheltering the Reed Army", 2)
    page.statements[1] = replace(
        page.statements[1], id="statement-second", content=(span,), said=When(DAY, DAY)
    )
    return page


def daily() -> Page:
    page = Page("daily.txt", "A guild source said that the Reed Army had 40 boats.")
    page.actor("Reed Army", kind="armed group")
    page.statement("the Reed Army had 40 boats", by="A guild source", unnamed=True)
    page.figure("40 boats", "boats", "boats", value=40)
    return page


@pytest.fixture
def record(address: Path | str) -> Iterator[Record]:
    store = Store(address, create=True)
    for page in (wire(), daily()):
        store.add(tied(page), made_by)
    assert join(store)
    assert not join(store)
    store.close()
    with Record(address) as opened:
        yield opened


def test_a_report_by_id_path_or_stem(record: Record) -> None:
    found = record.report("wire.txt")
    assert record.report(found.id) == record.report("wire") == found
    with pytest.raises(UnknownError, match="no report"):
        record.report("nowhere")


def test_an_actor_by_any_name_in_any_case(record: Record) -> None:
    assert record.actor("reed army").name == "Reed Army"
    assert len(record.actor("Reed Army").entities) == 2


def test_an_unknown_name_offers_what_is_close(record: Record) -> None:
    with pytest.raises(UnknownError, match=r"Did you mean: Reed Army\?"):
        record.actor("Reed Armie")


def test_statements_by_and_about(record: Record) -> None:
    assert [s.act for s in record.statements(by="Osmar")] == ["deny"]
    assert len(record.statements(about="Reed Army")) == 3
    assert [s.act for s in record.statements(about="Osmar")] == ["accuse"]
    assert [s.speaker.name for s in record.statements(unnamed=True)] == ["A guild source"]
    assert [s.act for s in record.statements(by="a guild source")] == ["say"]
    assert len(record.statements(report="wire")) == 2


def test_statements_in_a_time_leave_out_what_cannot_be_told(record: Record) -> None:
    assert [s.id for s in record.statements(since=DAY, until=DAY)] == ["statement-second"]
    assert record.statements(since=date(2023, 1, 1)) == []


def test_readers_see_actors_and_never_entities(record: Record) -> None:
    actors = {actor.id for actor in record.actors()}
    for statement in record.statements():
        assert set(statement.about) <= actors
        assert statement.speaker.actor in {*actors, None}
    for mention in record.mentions("Reed Army"):
        assert mention.actor == record.actor("Reed Army").id


def test_a_dispute_has_its_sides_and_their_words(record: Record) -> None:
    (dispute,) = (d for d in record.disputes() if d.kind == "denial")
    assert {s.speaker.name for s in record.many(Statement, dispute.statements)} == {
        "Vellin",
        "Osmar",
    }
    assert record.disputes(about="Reed Army") == [dispute]
    shown = record.show(dispute.id)
    assert shown.type == "dispute"
    marked = [p.text[a - p.start : b - p.start] for p in shown.paragraphs for a, b in p.marked]
    assert "sheltering the Reed Army" in marked


def test_every_line_opens_to_its_exact_words(record: Record) -> None:
    for noun in (*record.statements(), *record.figures(), *record.claims(), *record.relations()):
        shown = record.show(noun.id)
        assert shown.paragraphs, noun
        for paragraph in shown.paragraphs:
            text = record.report(paragraph.report).text
            assert text[paragraph.start : paragraph.end] == paragraph.text


def test_relations_on_a_day(record: Record) -> None:
    (relation,) = record.relations(kind="harbours")
    assert relation.status == "disputed"
    assert record.relations(kind="harbours", as_of=DAY) == [relation]
    assert isinstance(record.get(relation.id), Relation)


def test_search_marks_the_words(record: Record) -> None:
    hits = record.search("boats")
    assert {hit.type for hit in hits} == {"report", "statement"}
    assert all("\x02boats\x03" in hit.snippet for hit in hits)


def test_the_overview_counts_what_is_there(record: Record) -> None:
    found = record.overview()
    assert (found.counts["report"], found.counts["statement"], found.counts["figure"]) == (2, 3, 1)
    assert (found.earliest, found.latest) == (DAY, DAY)
    assert found.spoken_of[0][0].name == "Reed Army"


def test_verify_finds_words_that_were_changed(record: Record, address: Path | str) -> None:
    assert list(record.verify()) == []
    engine = database_at(address).engine(create=True)
    with engine.begin() as connection:
        connection.execute(text("UPDATE report SET text = replace(text, '40 boats', '50 boats')"))
    engine.dispose()
    assert any("not '40 boats'" in fault for fault in record.verify())


def test_nothing_of_that_id(record: Record) -> None:
    with pytest.raises(UnknownError):
        record.get("statement-0")
    assert record.many(Dispute, ["dispute-0"]) == []


def test_doubtful_statements_are_kept_apart(tmp_path: Path) -> None:
    said = tuple(replace(ACCUSED, id=f"statement-{i}", confidence=0.3 + i / 10) for i in range(4))
    store = Store(tmp_path / "x.db", create=True)
    store.add(Reading(GUILD, statements=said), lambda _: "test 1")
    store.replace_corpus(Corpus(), "key", lambda _: "test 1")
    store.close()
    with Record(tmp_path / "x.db") as opened:
        assert [s.id for s in opened.statements(likely=False)] == ["statement-0", "statement-1"]
        assert [s.id for s in opened.statements(likely=True)] == ["statement-2", "statement-3"]
        assert len(opened.statements()) == 4
