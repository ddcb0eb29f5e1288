"""The statements task: what counts as found, as the same name and as the same chain."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.errors import RunError
from onrecord.evaluate import evaluate
from onrecord.evaluate.statements import read, same_chain, same_name, score
from onrecord.settings import Settings

LABELLED: dict[str, Any] = {
    "id": "t-1",
    "outlet": "Orla Post",
    "text": "The harbour master said that the pier was safe, Radio Lind reported.\n",
    "statements": [
        {
            "source": "The harbour master",
            "cue": "said",
            "content": ["the pier was safe"],
            "speaker": "harbour master",
            "unnamed": True,
            "act": "say",
            "mode": "indirect",
            "chain": ["Radio Lind"],
        }
    ],
}
OURS = {
    "speaker": "The harbour master",
    "unnamed": True,
    "act": "say",
    "mode": "indirect",
    "chain": ["Radio Lind"],
}


def _score(**other: Any) -> dict[str, float]:
    return score([LABELLED], [{"id": "t-1", "statements": [{**OURS, **other}]}])


def test_a_right_answer_is_full_marks() -> None:
    assert set(_score().values()) == {100.0}


@pytest.mark.parametrize(
    ("figure", "other"),
    [
        ("speaker_right", {"speaker": "the pilot"}),
        ("act_right", {"act": "deny"}),
        ("mode_right", {"mode": "direct"}),
        ("chain_right", {"chain": []}),
        ("unnamed_right", {"unnamed": False}),
    ],
)
def test_each_wrong_answer_shows_in_its_figure(figure: str, other: dict[str, Any]) -> None:
    found = _score(**other)
    assert found[figure] == 0
    assert found["statements_found"] == 100


def test_a_statement_that_was_not_found_counts_for_its_chain_too() -> None:
    found = score([LABELLED], [{"id": "t-1", "statements": [None]}])
    assert found == {"statements_found": 0.0, "chain_found": 0.0}


def test_names_are_the_same_with_a_title_more_and_not_with_another_name() -> None:
    assert same_name("Ada Lorne", "the Ada Lorne")
    assert same_name("Lorne", "Ada Lorne")
    assert not same_name("Ada Lorne", "Ada Venk")
    assert not same_name("", "Ada Venk")


def test_a_chain_in_another_order_is_another_chain() -> None:
    assert same_chain(["Radio Lind", "Orla Post"], ["Radio Lind", "the Orla Post"])
    assert not same_chain(["Radio Lind", "Orla Post"], ["Orla Post", "Radio Lind"])
    assert not same_chain(["Radio Lind"], [])


def test_the_task_reads_labelled_reports(tmp_path: Path) -> None:
    file = tmp_path / "labelled.yaml"
    file.write_text(yaml.safe_dump([LABELLED]), encoding="utf-8")
    measured = evaluate("statements", file, Settings())
    assert measured.n == 1
    assert measured.figures["statements_found"] == 100


@pytest.mark.parametrize("text", ["a: [", "a: 1"])
def test_what_is_no_list_of_reports_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "labelled.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"labelled\.yaml"):
        read(file)
