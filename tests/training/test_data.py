"""Labels in characters become labels of words, whatever the windows."""

import importlib
import json
import random
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from tokenizers import Tokenizer

TRAINING = Path(__file__).resolve().parents[2] / "training"
TEXT = "The harbour board met.\n\n“We agreed,” its chair said, “but late.” He denied it.\n"
NESTED = "The chair said, the Courier reported, that the pier was shut. The Courier is old."


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, Any]]:
    """Yield the modules that make training rows; they need no torch."""
    sys.path.insert(0, str(TRAINING))
    yield {name: importlib.import_module(f"attribution.{name}") for name in ("data", "labelled")}
    sys.path.remove(str(TRAINING))


@pytest.fixture(scope="module")
def data(modules: dict[str, Any]) -> Any:
    return modules["data"]


@pytest.fixture(scope="module")
def tokens() -> Tokenizer:
    found = Tokenizer.from_file(str(files("onrecord") / "models" / "attribution.tokens.json"))
    found.no_truncation()
    found.no_padding()
    return found


def _span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


@pytest.fixture
def document(data: Any, tokens: Tokenizer, tmp_path: Path) -> Any:
    row = {
        "id": "a",
        "text": TEXT,
        "attributions": [
            {
                "source": [_span("its chair")],
                "cue": [_span("said")],
                "content": [_span("“We agreed,”"), _span("“but late.”")],
            },
            {"source": [], "cue": [], "content": []},
        ],
    }
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    acts = {("a", TEXT.index("said")): ("promise", True)}
    return next(data.documents(file, tokens, acts))


def test_every_labelled_word_has_its_role_and_no_other(data: Any, document: Any) -> None:
    (example,) = data.examples(document, None)
    words = [
        TEXT[start:end]
        for start, end in zip(document.words.starts, document.words.ends, strict=True)
    ]
    (governed,) = example.governed
    cue, roles = governed.cue, governed.roles
    assert words[cue[0] : cue[1]] == ["said"]
    assert [words[i] for i in range(len(words)) if roles[i] in (1, 2)] == ["its", "chair"]
    content = [words[i] for i in range(len(words)) if roles[i] in (3, 4)]
    assert content == ["“", "We", "agreed", ",", "”", "“", "but", "late", ".", "”"]
    assert [words[i] for i in range(len(words)) if roles[i] == 3] == ["“", "“"]
    assert [words[i] for i in range(len(words)) if example.cues[i]] == ["said"]
    assert governed.act == ("promise", True)
    assert set(governed.hands) == {data.UNKNOWN}


def test_an_attribution_without_cue_or_content_is_no_label(document: Any) -> None:
    assert [len(version) for version in document.versions] == [1]


def test_windows_drawn_by_chance_are_the_same_for_the_same_seed(data: Any, document: Any) -> None:
    one, other = (
        [example.window for example in data.examples(document, random.Random(3))] for _ in range(2)
    )
    assert one == other


def test_a_labelled_report_has_its_hands_where_they_stand_nearest(
    modules: dict[str, Any], data: Any, tokens: Tokenizer, tmp_path: Path
) -> None:
    item = {
        "source": "The chair",
        "cue": "said",
        "content": ["the pier was shut"],
        "act": "say",
        "voiced": True,
        "chain": ["Courier"],
        "chain_evidence": ["Courier"],
    }
    silent = {**item, "cue": None}
    (tmp_path / "train").mkdir()
    for part in ("train", "held_out"):
        file = tmp_path / part / "one.yaml"
        file.parent.mkdir(exist_ok=True)
        rows = [{"id": part, "text": NESTED, "statements": [item, silent]}]
        file.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    reports = modules["labelled"].read(tmp_path)
    assert len(reports) == 1, "the held-out part is never trained on"
    (document,) = modules["labelled"].documents(reports, tokens, random.Random(0))
    (example,) = data.examples(document, None)
    (governed,) = example.governed
    words = [
        NESTED[start:end]
        for start, end in zip(document.words.starts, document.words.ends, strict=True)
    ]
    assert [(i, words[i]) for i in range(len(words)) if governed.hands[i]] == [(5, "Courier")]
    assert governed.hands[5] == 2
