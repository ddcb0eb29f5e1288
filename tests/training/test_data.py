"""Labels in characters become labels of words, whatever the windows."""

import importlib.util
import json
import random
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

TRAINING = Path(__file__).resolve().parents[2] / "training" / "attribution"
TEXT = "The harbour board met.\n\n“We agreed,” its chair said, “but late.” He denied it.\n"


@pytest.fixture(scope="module")
def data() -> Any:
    """Return the module that makes training rows; it needs no torch."""
    spec = importlib.util.spec_from_file_location("attribution_data", TRAINING / "data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


@pytest.fixture
def document(data: Any, tmp_path: Path) -> Any:
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
    tokens = Tokenizer.from_file(str(files("onrecord") / "models" / "attribution.tokens.json"))
    tokens.no_truncation()
    tokens.no_padding()
    return next(data.documents(file, tokens))


def test_every_labelled_word_has_its_role_and_no_other(data: Any, document: Any) -> None:
    (example,) = data.examples(document, None)
    words = [
        TEXT[start:end]
        for start, end in zip(document.words.starts, document.words.ends, strict=True)
    ]
    ((cue, roles),) = example.governed
    assert words[cue[0] : cue[1]] == ["said"]
    assert [words[i] for i in range(len(words)) if roles[i] in (1, 2)] == ["its", "chair"]
    content = [words[i] for i in range(len(words)) if roles[i] in (3, 4)]
    assert content == ["“", "We", "agreed", ",", "”", "“", "but", "late", ".", "”"]
    assert [words[i] for i in range(len(words)) if roles[i] == 3] == ["“", "“"]
    assert [words[i] for i in range(len(words)) if example.cues[i]] == ["said"]


def test_an_attribution_without_cue_or_content_is_no_label(document: Any) -> None:
    assert [len(version) for version in document.versions] == [1]


def test_windows_drawn_by_chance_are_the_same_for_the_same_seed(data: Any, document: Any) -> None:
    one, other = (
        [example.window for example in data.examples(document, random.Random(3))] for _ in range(2)
    )
    assert one == other
