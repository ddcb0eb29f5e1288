"""Every label of the labelled reports stands in its report, and the two parts share no report."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "training" / "labelled"
FILES = sorted(FOLDER.rglob("*.yaml"))


def _module() -> Any:
    spec = importlib.util.spec_from_file_location("labelled_check", FOLDER / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = _module()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_every_labelled_word_stands_in_its_report(file: Path) -> None:
    for report in yaml.safe_load(file.read_text(encoding="utf-8")):
        assert list(CHECK.faults(report)) == [], report["id"]


def test_no_report_is_in_two_parts() -> None:
    texts = [
        " ".join(report["text"].split())
        for file in FILES
        for report in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    assert len(texts) == len(set(texts))


def test_a_word_that_is_not_there_is_a_fault() -> None:
    item = {
        "source": "the mayor",
        "cue": "said",
        "content": ["no"],
        "chain": [],
        "chain_evidence": [],
        "act": "say",
        "mode": "direct",
    }
    report = {"text": "“No,” the major said.", "statements": [item]}
    assert list(CHECK.faults(report)) == [
        "not in the report: 'the mayor'",
        "not in the report: 'no'",
        "content out of order: 'no'",
    ]
