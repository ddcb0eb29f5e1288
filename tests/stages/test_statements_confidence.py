"""How likely an attribution is right: what its features are, and what is left out for it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.confidence import confidence_of, features, weights
from onrecord.stages.statements.linking import Quotations
from onrecord.stages.statements.quotations import quotations
from onrecord.types import Reading

Parsed = Callable[[str], tuple[Reading, Parse]]
TEXT = "The envoy said that the pass was shut."


@pytest.fixture
def read(parsed: Parsed) -> tuple[Parse, Quotations]:
    _, parse = parsed(TEXT)
    return parse, Quotations(quotations(parse))


def said(**other: object) -> Attribution:
    whole = Attribution(((0, 2),), ((2, 3),), ((4, 8),), "say: clause", head=2, subject=1, sure=0.9)
    return replace(whole, **other)  # type: ignore[arg-type]


def test_every_feature_has_a_weight(read: tuple[Parse, Quotations]) -> None:
    parse, quotes = read
    assert features(parse, said(), quotes).keys() == weights().weights.keys()


def test_features_of_a_plain_statement(read: tuple[Parse, Quotations]) -> None:
    parse, quotes = read
    found = features(parse, said(), quotes)
    assert (found["clause"], found["subject"], found["quoted"], found["no_source"]) == (1, 1, 0, 0)
    assert features(parse, said(source=(), subject=None), quotes)["no_source"] == 1


def test_the_surer_the_tagger_the_likelier(read: tuple[Parse, Quotations]) -> None:
    parse, quotes = read
    shares = [confidence_of(parse, said(sure=sure), quotes) for sure in (0.2, 0.5, 0.8, 0.95)]
    assert shares == sorted(shares)
    assert shares[-1] > 0.8


def test_a_cue_that_no_lexicon_knows_is_less_likely(read: tuple[Parse, Quotations]) -> None:
    parse, quotes = read
    unknown = said(rule="say: tagged")
    assert confidence_of(parse, unknown, quotes) < confidence_of(parse, said(), quotes)


def test_what_has_no_cue_has_the_share_of_its_kind(read: tuple[Parse, Quotations]) -> None:
    parse, quotes = read
    assert confidence_of(parse, said(cue=(), rule="turn"), quotes) == 0.8
    assert confidence_of(parse, said(cue=(), rule="block quotation"), quotes) == 0.5
