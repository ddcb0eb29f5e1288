"""What stages keep for the next build: with it the record is the same, and it is safe to read."""

import pickle
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import keeping
from onrecord.keeping import pack, unpack
from onrecord.run import version
from onrecord.stages.copies import copies, engine
from onrecord.stages.stories import stories
from onrecord.store import Store
from onrecord.types import Corpus, Reading
from stages.test_copies_growing import corpus_of


def joined(readings: Sequence[Reading]) -> Corpus:
    return stories(replace(copies(Corpus(readings=tuple(readings))), kept=None))


def in_order(readings: Sequence[Reading]) -> list[Reading]:
    return sorted(readings, key=lambda reading: reading.report.id)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.randoms(use_true_random=False))
def test_what_was_kept_gives_what_one_build_gives(
    seed: int, cuts: int, chance: random.Random
) -> None:
    readings = corpus_of(seed, 40)
    whole = joined(readings)
    came = list(readings)
    chance.shuffle(came)
    edges = [0, *sorted(chance.sample(range(1, 40), cuts)), 40]
    of_copies, of_stories = pack(None), pack(None)
    for _, end in pairwise(edges):
        corpus = Corpus(readings=tuple(in_order(came[:end])), kept=unpack(of_copies))
        corpus = copies(corpus)
        of_copies = pack(corpus.kept)
        corpus = stories(replace(corpus, kept=unpack(of_stories)))
        of_stories = pack(corpus.kept)
    assert corpus == whole


def test_a_date_that_a_later_copy_narrows_is_taken_in() -> None:
    # Found by trying seeds: here a report without a date is narrowed when its copy comes.
    for seed in range(40):
        readings = corpus_of(seed, 40)
        first = copies(Corpus(readings=tuple(readings[:20])))
        both = copies(Corpus(readings=tuple(readings), kept=first.kept))
        known = {narrowing.report for narrowing in first.narrowings}
        later = {narrowing.report for narrowing in both.narrowings} - known
        if later & {reading.report.id for reading in readings[:20]}:
            break
    else:
        pytest.fail("no such report among those made")
    before = stories(replace(first, kept=None))
    assert stories(replace(both, kept=before.kept)).stories == joined(readings).stories


def test_only_what_is_new_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = corpus_of(3, 60)
    first = copies(Corpus(readings=tuple(readings[:59])))
    taken: list[int] = []
    rows_of = engine.rows_of

    def counted(texts: Sequence[engine.Words], of: Sequence[Reading]) -> engine.Rows:
        taken.append(len(texts))
        return rows_of(texts, of)

    monkeypatch.setattr(engine, "rows_of", counted)
    copies(Corpus(readings=tuple(readings), kept=unpack(pack(first.kept))))
    assert taken == [1]


class Evil:
    """What asks for a function when it is read back."""

    def __init__(self, function: object, *given: object) -> None:
        self.asked = function, given

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.asked


@pytest.mark.parametrize(
    "kept",
    [
        Evil(print, "taken in"),
        Evil(Path, "/"),
        Evil(pickle.loads, b""),
        Evil(engine.rows_of, (), ()),
        Evil(Store, "x.db"),
    ],
)
def test_no_function_and_no_foreign_class_can_be_named(kept: object) -> None:
    assert unpack(pack(kept)) is None


def test_parts_are_small_and_damage_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PART", 100)
    kept = {"days": [date(2031, 5, 6)], "words": "x" * 950}
    parts = pack(kept)
    assert len(parts) > 9
    assert unpack(parts) == kept
    assert unpack(parts[:-1]) is None
    assert unpack([parts[0].replace(b"x", b"y"), *parts[1:]]) is None
    assert unpack([]) is None


FIRST = (
    "The mill at Ovel burned on Monday, 3 March 2031, and nine men of Tarrin rebuilt it, "
    "a clerk of the guild said."
)


def test_a_build_goes_on_from_what_the_one_before_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(f"{FIRST}\n", encoding="utf-8")
    onrecord.build([reports], tmp_path / "x.db")
    # The columns of stories are millions; kept are those that a report has.
    assert (tmp_path / "x.db").stat().st_size < 2_000_000
    (reports / "b.txt").write_text(f"Our own report.\n\n{FIRST}\n", encoding="utf-8")
    seen: list[object] = []
    monkeypatch.setattr("onrecord.run.unpack", lambda parts: seen.append(unpack(parts)) or seen[-1])
    onrecord.build([tmp_path], tmp_path / "x.db")
    assert sum(one is not None for one in seen) == 2
    store = Store(tmp_path / "x.db")
    assert len(store.kept("copies", "another version")) == 0
    store.close()


def test_a_report_that_is_read_again_takes_what_was_kept_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{FIRST}\n", encoding="utf-8")
    onrecord.build([tmp_path], tmp_path / "x.db")
    store = Store(tmp_path / "x.db", create=True)
    (reading,) = store.readings()
    maker = f"{version('report')}, {version('corpus')}"
    assert store.kept("copies", maker)
    store.add(reading, lambda _: "a stage")
    assert not store.kept("copies", maker)
    store.close()
