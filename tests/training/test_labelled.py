"""Every label of the labelled reports stands in its report, and the two parts share no report."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "training" / "labelled"
FILES = sorted(file for file in FOLDER.rglob("*.yaml") if "dossiers" not in file.parts)
DOSSIERS = sorted((FOLDER / "dossiers").glob("*/expected.yaml"))


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


@pytest.mark.parametrize("file", DOSSIERS, ids=lambda file: file.parent.name)
def test_every_word_of_a_dossier_stands_in_its_report(file: Path) -> None:
    gold = yaml.safe_load(file.read_text(encoding="utf-8"))
    texts = {path.stem: path.read_text("utf-8") for path in (file.parent / "reports").iterdir()}
    placed = list(entries(gold))
    assert len(placed) > 100
    for entry in placed:
        assert entry["words"] in texts[entry["report"]], entry


def entries(gold: Any) -> Iterator[dict[str, Any]]:
    if isinstance(gold, dict):
        if isinstance(gold.get("words"), str) and "report" in gold:
            yield gold
        for value in gold.values():
            yield from entries(value)
    elif isinstance(gold, list):
        for value in gold:
            yield from entries(value)


def test_no_report_of_a_dossier_is_in_two() -> None:
    texts = [
        " ".join(path.read_text("utf-8").split())
        for file in DOSSIERS
        for path in (file.parent / "reports").iterdir()
    ]
    assert len(texts) == len(set(texts)) == 188


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
