"""What two reports of the same words have otherwise, and whose text a line of copies is."""

from datetime import date

import pytest

from onrecord.types import Corpus, Origin, Reading
from stages.test_copies import FIFTH, FOURTH, LEAD, SECOND, THIRD, only, report, run, said

EARLY, LATE = date(2030, 5, 6), date(2030, 5, 8)
QUOTE = "Nobody locked the gate because nobody had been given the key to the gate that night"


def told(corpus: Corpus) -> set[tuple[str, str, str]]:
    """Each difference of the only copy: its kind and the words on both sides."""
    return {
        (one.kind, one.from_.text if one.from_ else "", one.to.text if one.to else "")
        for one in only(corpus.copies).differences
    }


@pytest.mark.parametrize(
    ("words", "changed", "kind", "before", "after"),
    [
        ("eleven silos", "twelve silos", "number", "eleven", "twelve"),
        ("killed four", "reportedly killed four", "hedge", "", "reportedly"),
        ("was built.", "was not built.", "negation", "", "not"),
        ("harbour of Sell", "harbour of Tarrin", "name", "Sell", "Tarrin"),
    ],
)
def test_words_that_matter_are_told(
    words: str, changed: str, kind: str, before: str, after: str
) -> None:
    text = f"{LEAD} {SECOND}"
    assert words in text
    first, later = report("a", text, day=EARLY), report("b", text.replace(words, changed), day=LATE)
    assert (kind, before, after) in told(run(first, later))


def test_mere_wording_is_no_difference() -> None:
    later = report("b", LEAD.replace("worst accident", "gravest mishap"), SECOND, day=LATE)
    assert told(run(report("a", LEAD, SECOND, day=EARLY), later)) == set()


def test_the_later_report_is_told_second_whatever_its_id() -> None:
    first = report("z", LEAD, SECOND, day=EARLY)
    later = report("a", LEAD.replace("eleven", "twelve"), SECOND, day=LATE)
    assert told(run(first, later)) == {("number", "eleven", "twelve")}


def test_a_paragraph_of_one_report_alone_was_cut_or_added() -> None:
    first = report("a", LEAD, SECOND, THIRD, FOURTH, day=EARLY)
    later = report("b", LEAD, SECOND, THIRD, FIFTH, day=LATE)
    found = {kind: (before, after) for kind, before, after in told(run(first, later))}
    assert FOURTH.startswith(found["cut"][0])
    assert FIFTH.startswith(found["added"][1])


def test_one_quotation_of_two_speakers_is_told_with_both() -> None:
    first = said(report("a", f"“{QUOTE},” a docker said."), QUOTE, by="a docker", unnamed=True)
    other = said(
        report("b", f"“{QUOTE},” a harbour pilot said."), QUOTE, by="a harbour pilot", unnamed=True
    )
    (found,) = only(run(first, other).copies).differences
    assert (found.kind, found.names) == ("speaker", ("a docker", "a harbour pilot"))


def test_speakers_are_told_in_the_order_of_the_reports() -> None:
    first = said(
        report("z", f"“{QUOTE},” a docker said.", day=EARLY), QUOTE, by="a docker", unnamed=True
    )
    later = report("a", f"“{QUOTE},” a harbour pilot said.", day=LATE)
    later = said(later, QUOTE, by="a harbour pilot", unnamed=True)
    (found,) = only(run(first, later).copies).differences
    assert found.names == ("a docker", "a harbour pilot")
    assert (found.from_ and found.from_.text, found.to and found.to.text) == found.names


def test_what_lies_between_two_paragraphs_is_no_difference() -> None:
    caption = "No tug was lost."
    first = report("a", LEAD, SECOND, day=EARLY)
    text = f"{LEAD}\n\n{caption}\n\n{SECOND}"
    later = report("b", LEAD, caption, SECOND, day=LATE)
    assert later.report.text.startswith(text)
    assert told(run(first, later)) == set()


@pytest.mark.parametrize(
    ("one", "other"), [("Captain Orrel", "Orrel"), ("a harbour pilot", "the pilot of the harbour")]
)
def test_one_speaker_under_two_names_is_no_difference(one: str, other: str) -> None:
    unnamed = one[0].islower()
    first = said(report("a", f"“{QUOTE},” {one} said."), QUOTE, by=one, unnamed=unnamed)
    second = said(report("b", f"“{QUOTE},” {other} said."), QUOTE, by=other, unnamed=unnamed)
    kinds = {difference.kind for difference in only(run(first, second).copies).differences}
    assert "speaker" not in kinds


def passage_origins(corpus: Corpus, reading: Reading) -> dict[str, Origin]:
    """The origin of each passage of a report by its first three words."""
    return {
        " ".join(span.text.split()[:3]): origin
        for origin in corpus.origins
        for span in origin.passages
        if span.report == reading.report.id
    }


def test_a_paragraph_put_into_an_agency_s_story_is_the_paper_s_own() -> None:
    signed = f"SELL (Northern Wire) — {LEAD}"
    local = "Here in Brannock the ferry crews stood by until noon with the pumps of the old tug."
    first = report("a", signed, SECOND, THIRD, source="Coast Bell", day=EARLY)
    second = report("b", signed, local, SECOND, THIRD, source="Harrow Mail", day=EARLY)
    third = report("c", signed, local, SECOND, THIRD, source="Inland Post", day=LATE)
    corpus = run(first, second, third)
    found = passage_origins(corpus, third)
    assert found["Here in Brannock"].name.startswith("Harrow Mail")
    assert found["The crews of"].name == "Northern Wire"


def test_what_a_credited_report_took_from_a_third_is_not_the_credited_one_s() -> None:
    signed = f"SELL (Northern Wire) — {LEAD}"
    wire = report("a", signed, SECOND, THIRD, source="Coast Bell", day=EARLY)
    third = report("b", FOURTH, FIFTH, "Ferries go on.", source="Harrow Mail", day=EARLY)
    merged = report("c", signed, SECOND, THIRD, FOURTH, source="Inland Post", day=LATE)
    found = passage_origins(run(wire, third, merged), merged)
    assert found["The harbour was"].name.startswith("Harrow Mail")
    assert found["Insurers put the"].name == "Northern Wire"


def test_an_outlet_s_own_report_is_the_origin_that_its_copies_credit() -> None:
    own = report("a", LEAD, SECOND, THIRD, source="Harrow Courier")
    credit = "This report was first published by the Harrow Courier."
    copy = report("b", LEAD, SECOND, THIRD, credit, source="Coast Bell")
    again = report("c", LEAD, SECOND, THIRD, credit, source="Inland Post")
    found = passage_origins(run(own, copy, again), again)
    assert found["Insurers put the"].reports == ("a", "b", "c")
    assert found["Insurers put the"].kind == "report"


def test_an_origin_tells_whose_document_it_passed_on() -> None:
    content = "the port office had been warned of the dust twice before the winter"
    made = report(
        "a", f"The port memo said {content}, the Coast Bell reported.", source="Harrow Mail"
    )
    reading = said(made, content, by="The port memo", hand="Coast Bell", document=True)
    (found,) = [origin for origin in run(reading).origins if origin.statements]
    assert (found.name, found.documents) == ("Coast Bell", ("The port memo",))
