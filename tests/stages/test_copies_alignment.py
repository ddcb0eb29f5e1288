"""Words as they are compared, and two reports laid side by side."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.stages.copies.alignment import LEAST_TEXT, Run, align, passages, shared_keys
from onrecord.stages.copies.fingerprints import fingerprints
from onrecord.stages.copies.outlets import outlet_key
from onrecord.stages.copies.words import Hashes, Words, fold, words_of
from onrecord.types import Block, Dating, Reading, Report

PIECES = st.sampled_from(["river", "bank", "“", "”", "mill", "ox", "-", "\n\n", "tower"])
NOTHING = np.empty(0, dtype=np.uint64)

FLOOD = (
    "The river Ovel broke its banks above Tarrin before dawn and carried off two bridges, a mill "
    "and the whole of the cattle market. Soldiers took the people of the lower town away in boats "
    "while the mayor counted those who had reached the school on the hill."
)


def words(text: str, *, name: str = "a", day: date | None = None) -> Words:
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            blocks.append(Block(start, start + len(paragraph), "body", "a paragraph"))
        start += len(paragraph) + 2
    report = Report(
        id=name,
        path=name,
        sha256="0",
        text=text,
        blocks=tuple(blocks),
        published=Dating(day, day),
    )
    return words_of(Reading(report=report))


def aligned(a: Words, b: Words) -> tuple[Run, ...]:
    return align(a, b, shared_keys(keys(a), keys(b), NOTHING))


def keys(text: Words) -> Hashes:
    return fingerprints([text]).keys


def test_british_and_american_spelling_fold_together() -> None:
    pairs = [
        ("capitalises", "capitalizes"),
        ("organisation", "Organization"),
        ("neighbours", "neighbors"),
        ("centre", "center"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("don’t", "don't"),
        ("U.S.", "US"),
    ]
    assert all(fold(british) == fold(american) for british, american in pairs)


def test_different_words_stay_different() -> None:
    for one, other in [("four", "for"), ("our", "or"), ("tour", "tor"), ("this", "thiz")]:
        assert fold(one) != fold(other)


def test_hyphen_makes_no_difference_to_the_words() -> None:
    assert (
        words("an on-ground force").hashes.tolist() == words("an on ground force").hashes.tolist()
    )


def test_words_in_marks_are_quoted_and_others_not() -> None:
    for text in (
        "She said “we will stay here” and left",
        'She said "we will stay here" and left',
        "She said «we will stay here» and left",
        "She said ‘we’ll not stay here’ and left",
    ):
        found = words(text)
        quoted = [
            found.report.text[start:end]
            for start, end, q in zip(found.starts, found.ends, found.quoted, strict=True)
            if q
        ]
        assert quoted[-1] == "here"
        assert "She" not in quoted
        assert "left" not in quoted


def test_a_quotation_that_runs_on_into_the_next_paragraph_is_quoted() -> None:
    found = words("“We waited for the boats all night\n\n“and then they came,” he said")
    assert found.quoted.tolist() == [True] * 11 + [False] * 2


def test_same_running_text_is_one_run_with_exact_offsets() -> None:
    a, b = words(f"Now hear this. {FLOOD}"), words(f"{FLOOD} More will follow.", name="b")
    (run,) = aligned(a, b)
    (passage,) = passages(a, b, run)
    assert run.kind == "text"
    assert passage.from_.text == passage.to.text == FLOOD.rstrip(".")
    assert a.report.text[passage.from_.start : passage.from_.end] == passage.from_.text
    assert b.report.text[passage.to.start : passage.to.end] == passage.to.text


def test_a_changed_word_does_not_break_a_passage() -> None:
    a, b = words(FLOOD), words(FLOOD.replace("two bridges", "three bridges"), name="b")
    (run,) = aligned(a, b)
    (passage,) = passages(a, b, run)
    assert passage.from_.text.startswith("The river")
    assert passage.to.text.endswith("on the hill")


def test_passages_end_where_a_block_ends() -> None:
    first, second = FLOOD.split(". ")
    a, b = words(f"{first}.\n\n{second}"), words(FLOOD, name="b")
    found = [p.from_.text for run in aligned(a, b) for p in passages(a, b, run)]
    assert found == [first, second.rstrip(".")]


def test_only_the_quotation_is_shared_and_not_the_words_around_it() -> None:
    said = "“The sluices capitalise on every neighbour of the valley and on the on-ground patrols,”"
    a = words(f"The envoy of the river board told us: {said} and left for home.")
    again = said.replace("ise", "ize").replace("our", "or").replace("on-ground", "on ground")
    b = words(f"The envoy of the river board told us: {again} but nobody agreed.", name="b")
    (run,) = aligned(a, b)
    (passage,) = passages(a, b, run)
    assert run.kind == "quotation"
    assert passage.from_.text == said.strip("“”").rstrip(",")
    assert passage.to.text == again.strip("“”").rstrip(",")


def test_a_short_phrase_is_no_copy() -> None:
    a = words("The talks between both sides will go on in the old town hall of Sell next week.")
    b = words("Bread is sold again in the old town hall of Sell, traders say.", name="b")
    assert aligned(a, b) == ()


def test_a_short_quotation_is_a_copy_within_days_and_not_after_years() -> None:
    said = "“No boat of ours ever left the northern harbour that night,”"
    early, late = date(2031, 3, 1), date(2033, 3, 1)
    a = words(f"{said} Captain Orrel said.", day=early)
    near = words(f"It was a calm evening. {said} he told the court.", name="b", day=early)
    far = words(f"It was a calm evening. {said} he told the court.", name="b", day=late)
    assert aligned(a, near)
    assert not aligned(a, far)


def test_a_name_within_a_quotation_on_one_side_is_no_copy() -> None:
    name = "the free union of harbour workers and ferry crews of Sell"
    a = words(f"“We were promised a wage by {name} and we waited,” he said.")
    b = words(f"The strike was called by {name} yesterday.", name="b")
    assert aligned(a, b) == ()


def test_a_turn_of_phrase_within_two_long_quotations_is_no_copy() -> None:
    turn = "the northern valley has to wait at least one more bitter winter"
    one = f"“My brothers told the council in spring that {turn}, and no clerk wrote it down then,”"
    two = f"“Since the mill burned nobody at the ford believes it, though {turn} if the ice holds,”"
    assert aligned(words(f"{one} Orrel said."), words(f"{two} she said.", name="b")) == ()
    short = words(f"“{turn.capitalize()},” Orrel said.", name="b")
    assert [run.kind for run in aligned(words(f"{one} Orrel said."), short)] == ["quotation"]


def test_words_that_are_the_same_again_after_a_changed_one_go_on() -> None:
    tail = "the mayor counted those who had reached the school on the hill"
    changed = tail.replace("who", "that").replace("school", "chapel")
    a, b = words(f"{FLOOD} So {tail}."), words(f"{FLOOD} So {changed}.", name="b")
    found = [p for run in aligned(a, b) for p in passages(a, b, run)]
    # Between the changed words no five in a row are the same.
    assert found[-1].to.text.endswith("on the hill")
    assert sum(run.words for run in aligned(a, b)) == len(a) - 2


def test_furniture_starts_no_run() -> None:
    a, b = words(FLOOD), words(FLOOD, name="b")
    assert align(a, b, shared_keys(keys(a), keys(b), np.unique(a.shingles))) == ()


def test_odd_texts_do_no_harm() -> None:
    for text in ("", "word", "… — !", "БОЛЬШОЙ ПОЖАР В ГОРОДЕ", '"' * 500, "x" * 100_000):
        found = words(text)
        assert len(found.shingles) == max(0, len(found) - 4)
        aligned(found, found)


def test_names_of_one_outlet_have_one_key() -> None:
    same = [
        "The Northern Star",
        "Northern Star newspaper",
        "the daily Northern Star",
        "northernstar.com",
    ]
    assert len({outlet_key(name) for name in same}) == 1


def test_names_of_different_outlets_stay_apart() -> None:
    names = ["Northern Star", "Star", "Northern Star News", "Northern Star of Tarrin"]
    assert len({outlet_key(name) for name in names}) == len(names)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=80), st.lists(PIECES, max_size=80))
def test_passages_are_the_exact_words_at_their_places(left: list[str], right: list[str]) -> None:
    # What both hold is a copy whatever stands around it, so that something is always found.
    common = " ".join(f"word{i}" for i in range(2 * LEAST_TEXT))
    a, b = (
        words(" ".join([*side, common]), name=name) for side, name in ((left, "a"), (right, "b"))
    )
    runs = aligned(a, b)
    assert any(passages(a, b, run) for run in runs)
    for run in runs:
        for passage in passages(a, b, run):
            for side, text in ((passage.from_, a), (passage.to, b)):
                assert text.report.text[side.start : side.end] == side.text
                assert side.text
