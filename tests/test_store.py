"""What a record keeps, finds and refuses, in a file as on a server."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import report_of
from one_report import REPORT, made_by, statement
from onrecord.errors import RunError
from onrecord.parsing import evidence
from onrecord.store import Store
from onrecord.store.lists import Part
from onrecord.store.rows import from_row, plan, to_row
from onrecord.store.schema import NOUNS
from onrecord.types import (
    Corpus,
    Decision,
    Evidence,
    Figure,
    Reading,
    Report,
    Speaker,
    Statement,
    When,
)


@pytest.fixture
def store(address: Path | str) -> Iterator[Store]:
    made = Store(address, create=True)
    made.add(Reading(REPORT, statements=(statement(),)), made_by)
    yield made
    made.close()


def test_a_row_gives_back_the_noun() -> None:
    assert from_row(Statement, to_row(statement())) == statement()
    assert from_row(Report, to_row(REPORT)) == REPORT


def test_every_noun_has_an_id_and_columns_of_its_own() -> None:
    for noun in NOUNS:
        names = [column.name for column in plan(noun)]
        assert "id" in names, noun
        assert len(names) == len(set(names)), noun


def test_a_report_is_written_whole_or_not_at_all(address: Path | str) -> None:
    made = Store(address, create=True)
    twice = (statement(), statement())
    with pytest.raises(RunError):
        made.add(Reading(REPORT, statements=twice), made_by)
    assert made.count(Report) == 0
    made.close()


def test_writing_a_report_again_replaces_it(store: Store) -> None:
    store.add(Reading(REPORT), made_by)
    assert store.count(Statement) == 0
    assert store.owners("statement.about", ["entity-1"]) == []
    assert store.search(Statement, "sails", 5) == []


def test_search_finds_words_and_their_forms_without_accents(store: Store) -> None:
    assert store.search(Report, "cafe", 5) == [(REPORT.id, store.search(Report, "café", 5)[0][1])]
    assert [key for key, _ in store.search(Statement, "sailing", 5)] == [statement().id]
    assert store.search(Report, "harbour nowhere", 5) == []


@pytest.mark.parametrize("words", ['"', "AND", "NEAR(", "a*b ^c", "-", "col:umn", "'; DROP"])
def test_search_takes_any_words_as_words(store: Store, words: str) -> None:
    assert isinstance(store.search(Report, words, 5), list)


def test_who_names_an_entity(store: Store) -> None:
    assert store.owners("statement.about", ["entity-2", "entity-9"]) == [statement().id]


def test_a_list_of_more_values_than_a_query_takes(store: Store) -> None:
    many = [f"nobody-{number}" for number in range(40_000)]
    assert [s.id for s in store.rows(Statement, id=[*many, statement().id])] == [statement().id]


def test_a_decision_is_added_once_and_never_overwritten(store: Store) -> None:
    first = Decision("decision-1", "2022-03-05T10:00:00Z", "ann", "same", ("a", "b"))
    store.decide(first)
    store.decide(Decision("decision-1", "2022-03-06T10:00:00Z", "bob", "different", ("a", "b")))
    assert list(store.rows(Decision)) == [first]


def test_evidence_from_another_report_is_checked_there(store: Store) -> None:
    assert store.get(Report, REPORT.id) == REPORT
    assert Evidence(REPORT.id, 1, 13, REPORT.text[1:13]) in statement().content


def test_what_was_joined_meanwhile_is_not_written_over(store: Store) -> None:
    assert store.replace_corpus(Corpus(), "first", made_by)
    assert not store.replace_corpus(Corpus(), "second", made_by)
    assert store.known_as("corpus") == "first"
    assert store.replace_corpus(Corpus(), "second", made_by, before="first")
    assert store.known_as("corpus") == "second"


def test_what_a_stage_keeps_comes_back_in_its_parts(store: Store) -> None:
    parts = [bytes(range(256)) * 40, b"", b"\0"]
    store.replace_corpus(Corpus(), "key", made_by, {"copies": ("test 1", parts)})
    assert store.kept("copies", "test 1") == parts
    assert store.kept("copies", "test 2") == []


def test_a_lease_is_held_by_one_until_it_ends(store: Store) -> None:
    assert store.lease("one", 10, now=100) is None
    assert store.lease("two", 10, now=105) == "one"
    assert store.lease("one", 10, now=108) is None
    assert store.lease("two", 10, now=119) is None
    store.end_lease("one")  # which has it no more
    assert store.lease("one", 10, now=120) == "two"


@pytest.mark.parametrize("length", [300, 3_000, 200_000])
def test_words_of_any_length_can_be_asked_for(store: Store, length: int) -> None:
    # Letters in no order: a server would keep others in little room, and take them so.
    name = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz ", k=length - 2)) + "xy"
    report = report_of(f"“No,” said {name}.", "x/" * 400 + "long.txt")
    report = replace(report, url="https://example.org/" + "a" * length)
    said = replace(
        statement(),
        id="statement-long",
        report=report.id,
        source=(evidence(report, 11, 11 + length),),
        cue=(evidence(report, 6, 10),),
        content=(evidence(report, 1, 4),),
        speaker=Speaker(name),
        chain=(),
        about=(),
    )
    unit = Figure(
        id="figure-1",
        report=report.id,
        span=evidence(report, 1, 3),
        value=1,
        low=None,
        high=None,
        unit=name,
        of=name,
        when=When(),
        statement=None,
    )
    store.add(Reading(report, statements=(said,), figures=(unit,)), made_by)
    corpus = Corpus(readings=tuple(store.readings()))
    assert store.replace_corpus(corpus, "key", made_by)
    assert store.listed(Part(("printed",), (name.casefold(),))) == [said.id]
    assert store.listed(Part(("unit",), (name,))) == [unit.id]
    assert store.report_at(report.url or "") == report
    assert [s.id for s in store.rows(Statement, speaker_name=name)] == [said.id]


def test_a_report_at_two_paths_is_there_once_at_the_first(address: Path | str) -> None:
    words = report_of("Boats sank.", "b/a.txt")
    with closing(Store(address, create=True)) as store:
        with ThreadPoolExecutor(6) as pool:
            paths = [f"{place}/a.txt" for place in "dcbaef"]
            list(pool.map(lambda p: store.add(Reading(replace(words, path=p)), made_by), paths))
        assert store.count(Report) == 1
        store.move({words.id: "a/a.txt"})
        store.move({words.id: "c/a.txt"})
        (found,) = store.rows(Report)
        assert found.path == "a/a.txt"
        assert store.report_at("a/a.txt") == found


def test_a_character_that_is_none_can_be_asked_for(store: Store) -> None:
    assert store.search(Report, "a\0b", 5) == []
    assert store.report_at("a\0b") is None
    assert store.get(Statement, "\0") is None


def test_what_was_kept_is_left_out_where_a_report_was_read_again_meanwhile(store: Store) -> None:
    keep = {"copies": ("test 1", [b"old"])}
    made = store.made()
    store.add(Reading(REPORT), lambda _: "test 2")
    assert store.replace_corpus(Corpus(), "key", made_by, keep, read=made)
    assert store.kept("copies", "test 1") == []
    again = store.made()
    assert store.replace_corpus(Corpus(), "two", made_by, keep, before="key", read=again)
    assert store.kept("copies", "test 1") == [b"old"]


def test_many_writers_lose_and_double_nothing(address: Path | str) -> None:
    Store(address, create=True).close()
    reports = [report_of(f"“{n} boats,” the guild said.", f"{n}.txt") for n in range(12)]

    def write(given: Sequence[Report]) -> None:
        with closing(Store(address, create=True)) as store:
            for report in given:
                store.add(Reading(report), made_by)

    # Each report is written by two, in other orders.
    with ThreadPoolExecutor(4) as pool:
        orders = (reports, reports[::-1], reports[6:], reports[:6])
        list(pool.map(write, orders))
    with closing(Store(address)) as store:
        assert [r.id for r in store.rows(Report)] == sorted(r.id for r in reports)
        assert store.count(Report) == len(reports)
