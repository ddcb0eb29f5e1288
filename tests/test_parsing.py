"""One document for each report, whose tokens know their place in it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import report_of
from onrecord import parsing
from onrecord.errors import RunError
from onrecord.parsing import Parse, load, parse
from onrecord.settings import Settings
from onrecord.stages.clean import clean
from onrecord.types import Report

TEXT = """Subscribe to our newsletter today!

The guild said it would not sail. “Never,” it added.

Read more: Bread prices

The harbour was shut on Monday, and nobody knew for how long it would stay so."""


def parsed(report: Report) -> Parse:
    return next(parse([clean(report)], model=Settings().model))


def test_furniture_is_never_parsed() -> None:
    words = parsed(report_of(TEXT)).doc.text
    assert "newsletter" not in words
    assert "Bread" not in words


def test_a_sentence_never_crosses_a_block() -> None:
    result = parsed(report_of("The guild said it would not sail, because\n\nThe harbour was shut."))
    for sentence in result.sentences():
        assert result.block_of(sentence.start) == result.block_of(sentence.end - 1)


def test_blocks_and_their_tokens() -> None:
    result = parsed(report_of(TEXT))
    assert [result.doc[result.block_tokens(n).start].text for n in range(2)] == ["The", "The"]
    assert result.tokens_in(0, 10) == range(0)
    place = TEXT.index("harbour")
    assert [result.doc[i].text for i in result.tokens_in(place, place + 7)] == ["harbour"]
    assert result.doc[result.token_at(place + 3)].text == "harbour"


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_token_is_the_words_at_its_place(text: str) -> None:
    result = parsed(report_of(text))
    for token in result.doc:
        there = text[result.starts[token.i] : result.end(token.i)]
        assert there.split() == token.text.split()


def test_a_report_without_words_is_empty() -> None:
    assert len(parsed(report_of("   ")).doc) == 0


def test_a_report_that_the_parser_fails_on_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay_out = parsing._lay_out

    def fail(report: Report, pipeline: object) -> object:
        if "burst" in report.text:
            raise MemoryError("too much")
        return lay_out(report, pipeline)  # type: ignore[arg-type]

    monkeypatch.setattr(parsing, "_lay_out", fail)
    texts = ("One guild sails.", "They burst.", "One guild stays.")
    reports = [clean(report_of(text, f"{n}.txt")) for n, text in enumerate(texts)]
    problems = [result.report.problem for result in parse(reports, model=Settings().model)]
    assert problems == [None, "the parser failed: MemoryError: too much", None]


def test_a_model_that_is_not_installed_is_named_with_the_remedy() -> None:
    with pytest.raises(RunError, match=r"no_such_model.*pip install no-such-model"):
        load("no_such_model")
