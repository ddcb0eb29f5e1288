"""Copies and origins over small corpora, with statements written by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.stages.clean import clean
from onrecord.stages.copies import copies
from onrecord.types import (
    Block,
    Copy,
    Corpus,
    Dating,
    Evidence,
    Hop,
    Origin,
    Reading,
    Report,
    Speaker,
    Statement,
    When,
)

LEAD = (
    "A fire in the grain harbour of Sell burned down eleven silos on Monday and killed four "
    "dockers, the port office said, in the worst accident since the quay was built."
)
SECOND = (
    "The crews of three tugs pumped water from the basin until the last wall fell shortly before "
    "noon, and a cloud of smoke drifted over the villages to the east of the town."
)
THIRD = (
    "Insurers put the loss at nine million crowns and said that rates for the whole coast would "
    "rise, while the union of dockers called a strike for the day of the funerals."
)
FOURTH = (
    "The harbour was founded by fishermen two centuries ago and handles most of the barley that "
    "the island sells to its neighbours across the strait, by ship and by ferry."
)
FIFTH = (
    "A new basin with concrete silos has been promised by every council since the last war here."
)
QUOTE = "“Nobody locked the gate because nobody had been given the key to the gate,”"


def report(
    name: str,
    *paragraphs: str,
    source: str | None = None,
    day: date | None = None,
    statements: Sequence[Statement] = (),
) -> Reading:
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph), "body", "a paragraph"))
        text += paragraph + "\n\n"
    made = Report(
        id=name,
        path=name,
        sha256="0",
        text=text,
        source=source,
        blocks=tuple(blocks),
        published=Dating(day, day),
    )
    return Reading(report=made, statements=tuple(statements))


def said(
    reading: Reading,
    content: str,
    *,
    by: str,
    hand: str | None = None,
    document: bool = False,
    unnamed: bool = False,
) -> Reading:
    """Return the reading with one more statement; `hand` must stand in its text."""

    def at(words: str) -> Evidence:
        start = reading.report.text.index(words)
        return Evidence(reading.report.id, start, start + len(words), words)

    chain = (Hop(hand, None, (at(hand),)),) if hand else ()
    statement = Statement(
        id=f"statement-{reading.report.id}-{len(reading.statements)}",
        report=reading.report.id,
        source=(at(by),) if by in reading.report.text else (),
        cue=(),
        content=(at(content),),
        speaker=Speaker(by, document=document, unnamed=unnamed),
        voiced=True,
        act="say",
        mode="direct",
        hedge=None,
        said=When(),
        chain=chain,
    )
    return replace(reading, statements=(*reading.statements, statement))


def run(*readings: Reading) -> Corpus:
    return copies(Corpus(readings=tuple(sorted(readings, key=lambda r: r.report.id))))


def origin_of(corpus: Corpus, statement: str) -> Origin:
    (found,) = [origin for origin in corpus.origins if statement in origin.statements]
    return found


def only(found: Sequence[Copy]) -> Copy:
    (copy,) = found
    return copy


@pytest.mark.parametrize("count", range(9))
def test_a_report_of_a_few_words_alone_is_its_own_origin(count: int) -> None:
    words = " ".join("men sought in connection with five dead here".split()[:count])
    found = run(report("a.txt", words or "…"))
    assert found.copies == ()


def test_unrelated_reports_share_nothing_and_are_their_own_origins() -> None:
    corpus = run(report("a", LEAD, SECOND), report("b", THIRD, FOURTH))
    assert corpus.copies == ()
    assert sorted(o.reports for o in corpus.origins) == [("a",), ("b",)]
    assert {o.kind for o in corpus.origins} == {"report"}


def test_later_copy_comes_from_the_earlier_report() -> None:
    corpus = run(
        report("z", LEAD, SECOND, day=date(2030, 5, 6)),
        report("a", LEAD, SECOND, day=date(2030, 5, 8)),
    )
    copy = only(corpus.copies)
    assert (copy.from_report, copy.to_report, copy.directed, copy.kind) == ("z", "a", True, "text")
    assert [p.from_.text for p in copy.passages] == [LEAD.rstrip("."), SECOND.rstrip(".")]
    assert all(p.from_.report == "z" and p.to.report == "a" for p in copy.passages)
    assert "2030-05-06" in copy.why


def test_without_a_sign_the_direction_is_left_open() -> None:
    copy = only(run(report("a", LEAD, SECOND), report("b", LEAD, SECOND)).copies)
    assert not copy.directed
    assert (copy.from_report, copy.to_report) == ("a", "b")


def test_a_report_that_names_the_other_outlet_took_from_it() -> None:
    corpus = run(
        report("a", LEAD, f"{SECOND} So the Coast Bell reported."),
        report("b", LEAD, SECOND, source="The Coast Bell"),
    )
    copy = only(corpus.copies)
    assert (copy.from_report, copy.directed) == ("b", True)
    assert "Coast Bell" in copy.why


def test_contradicting_signs_leave_it_open() -> None:
    corpus = run(
        report("a", LEAD, f"{SECOND} So the Coast Bell reported.", day=date(2030, 5, 6)),
        report("b", LEAD, SECOND, source="The Coast Bell", day=date(2030, 5, 9)),
    )
    copy = only(corpus.copies)
    assert not copy.directed
    assert "contradict" in copy.why


def test_text_cut_from_the_bottom_comes_from_the_longer_one() -> None:
    copy = only(
        run(
            report("a", LEAD, SECOND, THIRD), report("b", LEAD, SECOND, THIRD, FOURTH, FIFTH)
        ).copies
    )
    assert (copy.from_report, copy.directed) == ("b", True)
    assert "bottom" in copy.why


def test_paragraphs_in_between_may_be_cut_or_added_and_tell_nothing() -> None:
    copy = only(
        run(report("a", LEAD, SECOND, THIRD), report("b", LEAD, FOURTH, SECOND, THIRD)).copies
    )
    assert not copy.directed


def test_a_rewrite_that_keeps_only_the_quotation_is_found() -> None:
    again = QUOTE.replace("“", '"').replace("”", '"')
    corpus = run(
        report("a", FOURTH, f"{QUOTE} a watchman said."),
        report("b", THIRD, f"The watchman shrugged. {again} he said."),
    )
    copy = only(corpus.copies)
    assert copy.kind == "quotation"
    assert copy.passages[0].from_.text == QUOTE.strip("“”").rstrip(",")


def test_page_furniture_of_one_outlet_makes_no_copy() -> None:
    furniture = " ".join(["Tell us what you think of the new harbour pages and win a basket"] * 2)
    tops = [f"{word} came to town and {word} went away again quietly" for word in "abcdefgh"]
    readings = [
        report(word, top, furniture, source="Coast Bell")
        for word, top in zip("abcdefgh", tops, strict=True)
    ]
    assert run(*readings).copies == ()


def test_one_tip_line_in_two_reports_is_no_copy() -> None:
    tip = (
        "Anyone with information about the thefts at the quay is asked to call the watch of Sell "
        "at 555-0142, and callers can remain anonymous and may be given a reward of up to ninety "
        "crowns. Tips can also be left anonymously at the grey box beside the tower of the port."
    )
    found = run(report("a", LEAD, SECOND, tip), report("b", THIRD, FOURTH, tip))
    assert not found.copies


def test_a_wire_story_in_many_papers_stays_a_copy() -> None:
    readings = [report(f"r{i:02}", LEAD, SECOND, f"Paper number {i} has more.") for i in range(40)]
    corpus = run(*readings)
    assert {r for c in corpus.copies for r in (c.from_report, c.to_report)} == {
        reading.report.id for reading in readings
    }
    assert len(corpus.copies) < 40 * 39 / 2 / 3  # a few a report, not all pairs


def test_the_order_in_which_reports_are_made_changes_nothing() -> None:
    readings = [report("c", LEAD, SECOND), report("a", LEAD, SECOND), report("b", LEAD, THIRD)]
    assert run(*readings) == run(*reversed(readings))


def test_shared_quotation_through_one_outlet_has_that_outlet_as_origin() -> None:
    a = said(
        report("a", FOURTH, f"{QUOTE} a watchman told the Coast Bell."),
        QUOTE.strip("“”,"),
        by="a watchman",
        hand="Coast Bell",
        unnamed=True,
    )
    b = said(
        report("b", THIRD, f"To The Coast Bell the guard said: {QUOTE}"),
        QUOTE.strip("“”,"),
        by="the guard",
        hand="The Coast Bell",
        unnamed=True,
    )
    corpus = run(a, b)
    origin = origin_of(corpus, "statement-a-0")
    assert origin == origin_of(corpus, "statement-b-0")
    assert (origin.name, origin.kind, origin.reports) == ("Coast Bell", "outlet", ("a", "b"))
    assert {e.text for e in origin.evidence} == {"Coast Bell", "The Coast Bell"}


def test_a_hand_that_the_other_report_names_elsewhere_is_the_origin_of_what_they_share() -> None:
    other = "the gates were rusty and the keys were lost"
    a = said(
        report("a", FOURTH, f"{QUOTE} a watchman told the Coast Bell."),
        QUOTE.strip("“”,"),
        by="a watchman",
        hand="Coast Bell",
        unnamed=True,
    )
    b = report("b", THIRD, f"A guard said: {QUOTE}", f"The Coast Bell was told that {other}.")
    b = said(
        said(b, QUOTE.strip("“”,"), by="A guard", unnamed=True), other, by="he", hand="Coast Bell"
    )
    corpus = run(a, b)
    assert origin_of(corpus, "statement-b-0") == origin_of(corpus, "statement-a-0")
    assert [o.name for o in corpus.origins if len(o.reports) > 1] == ["Coast Bell"]


def test_shared_quotation_of_one_document_has_the_document_as_origin() -> None:
    readings = [
        said(
            report(name, more, f"The harbour audit says: {QUOTE} it goes on."),
            QUOTE.strip("“”,"),
            by="The harbour audit",
            document=True,
        )
        for name, more in (("a", THIRD), ("b", FOURTH))
    ]
    origin = origin_of(run(*readings), "statement-b-0")
    assert (origin.kind, origin.statements) == ("document", ("statement-a-0", "statement-b-0"))


def test_a_copy_that_adds_an_interview_is_the_origin_of_the_interview() -> None:
    a = said(
        report("a", LEAD, SECOND, f"{QUOTE} he said.", day=date(2030, 5, 6)),
        QUOTE.strip("“”,"),
        by="he",
    )
    own = "I sold my boat the next morning"
    b = report(
        "b", LEAD, SECOND, f"{QUOTE} he said.", f"“{own},” Ilo Marn told us.", day=date(2030, 5, 8)
    )
    b = said(said(b, QUOTE.strip("“”,"), by="he"), own, by="Ilo Marn")
    corpus = run(a, b)
    assert origin_of(corpus, "statement-b-0") == origin_of(corpus, "statement-a-0")
    assert origin_of(corpus, "statement-a-0").kind == "report"
    assert origin_of(corpus, "statement-a-0").reports == ("a", "b")
    assert origin_of(corpus, "statement-b-1").reports == ("b",)


def test_copies_of_unknown_direction_have_one_origin_that_is_not_known() -> None:
    a, b = (
        said(report(name, LEAD, SECOND, f"{QUOTE} he said."), QUOTE.strip("“”,"), by="he")
        for name in "ab"
    )
    origin = origin_of(run(a, b), "statement-a-0")
    assert (origin.kind, origin.statements) == ("unknown", ("statement-a-0", "statement-b-0"))


def test_text_that_an_agency_signed_comes_from_the_agency() -> None:
    corpus = run(report("a", f"SELL, May 6 (RNA) - {LEAD}", SECOND), report("b", LEAD, SECOND))
    (wire,) = [origin for origin in corpus.origins if origin.kind == "wire"]
    assert (wire.name, wire.reports) == ("RNA", ("a", "b"))


def test_reports_that_share_different_passages_with_a_third_are_two_lines() -> None:
    corpus = run(
        report("a", LEAD, SECOND), report("b", LEAD, FOURTH, THIRD), report("c", THIRD, FIFTH)
    )
    lines = [origin.reports for origin in corpus.origins if origin.kind == "unknown"]
    assert sorted(lines) == [("a", "b"), ("b", "c")]


def test_a_chain_leads_to_its_farthest_hand_and_a_post_to_its_speaker() -> None:
    a = report("a", f"Mayor Orrel was tired, the Coast Bell said. {FOURTH}", FIFTH)
    a = said(a, "Mayor Orrel was tired", by="Mayor Orrel", hand="Coast Bell")
    b = said(
        report("b", f"On Facebook Ilo Marn wrote that it rains. {THIRD}"),
        "it rains",
        by="Ilo Marn",
        hand="Facebook",
    )
    corpus = run(a, b)
    assert origin_of(corpus, "statement-a-0").name == "Coast Bell"
    post = origin_of(corpus, "statement-b-0")
    assert (post.kind, post.name) == ("post", "post by Ilo Marn on Facebook")


def test_a_citation_of_a_report_in_the_corpus_leads_to_that_report() -> None:
    cited = report("a", LEAD, THIRD, source="Coast Bell", day=date(2030, 5, 6))
    content = "insurers see a loss of nine million crowns and higher rates for the coast"
    citing = said(
        report("b", f"The Coast Bell reports that {content}.", day=date(2030, 5, 7)),
        content,
        by="insurers",
        hand="Coast Bell",
    )
    corpus = run(cited, citing)
    copy = only(corpus.copies)
    assert (copy.kind, copy.from_report, copy.to_report) == ("citation", "a", "b")
    assert copy.passages[0].to.text == "Coast Bell"
    assert "nine million crowns" in copy.passages[0].from_.text
    assert origin_of(corpus, "statement-b-0").reports == ("a", "b")


def test_naming_an_outlet_for_something_else_is_no_citation_of_its_report() -> None:
    cited = report("a", LEAD, THIRD, source="Coast Bell")
    content = "the mayor of another town has married his deputy in secret on the ferry"
    citing = said(
        report("b", f"The Coast Bell reports that {content}."),
        content,
        by="the mayor",
        hand="Coast Bell",
    )
    corpus = run(cited, citing)
    assert corpus.copies == ()
    assert origin_of(corpus, "statement-b-0").kind == "outlet"


def test_every_statement_has_exactly_one_origin() -> None:
    a = said(report("a", LEAD, SECOND, f"{QUOTE} he said."), QUOTE.strip("“”,"), by="he")
    b = said(
        said(report("b", LEAD, SECOND, f"{QUOTE} he said."), QUOTE.strip("“”,"), by="he"),
        LEAD,
        by="port",
    )
    c = said(report("c", FOURTH), FOURTH, by="nobody")
    corpus = run(a, b, c)
    listed = sorted(s for origin in corpus.origins for s in origin.statements)
    assert listed == ["statement-a-0", "statement-b-0", "statement-b-1", "statement-c-0"]


@pytest.mark.shared
def test_seeds_hold_one_line(shared: Path) -> None:
    readings = [
        Reading(
            report=clean(Report(id=f.stem[:3], path=f.name, sha256="0", text=f.read_text("utf-8")))
        )
        for f in (shared / "data/seeds").glob("*.txt")
    ]
    corpus = run(*readings)
    assert {(c.from_report, c.to_report) for c in corpus.copies} == {("002", "004")}
    assert [o.reports for o in corpus.origins if len(o.reports) > 1] == [("002", "004")]
