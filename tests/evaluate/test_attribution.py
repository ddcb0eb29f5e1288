"""The attribution scorer on hand-made attributions, and beside the reference on public labels."""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import RunError
from onrecord.evaluate.attribution import Roles, match, predict, score
from onrecord.settings import Settings

TEXT = "“We will sail,” said Ona Brel, adding that Tam had lied. Officials feared a flood."


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


GOLD: list[dict[str, Any]] = [
    {
        "id": "one",
        "text": TEXT,
        "attributions": [
            {
                "source": [span("Ona Brel")],
                "cue": [span("said")],
                "content": [span("“We will sail,”")],
            },
            {
                "source": [span("Ona Brel")],
                "cue": [span("adding")],
                "content": [span("that Tam had lied")],
            },
            {
                "source": [span("Officials")],
                "cue": [span("feared")],
                "content": [span("a flood")],
            },
        ],
    }
]


def test_labels_score_full_marks_against_themselves() -> None:
    measures = score(GOLD, GOLD)
    assert set(measures) == {
        "token_f1",
        "source_f1",
        "cue_f1",
        "content_token_f1",
        "content_f1",
        "full_f1",
        "full_lenient_f1",
        "quotes_found",
        "speaker_right",
        "recall_other_cue",
    }
    assert all(value == pytest.approx(100) for value in measures.values())


def test_nothing_predicted_scores_nothing() -> None:
    assert all(value == 0 for value in score(GOLD, []).values())


def test_wrong_source_counts_for_content_only() -> None:
    wrong = [
        {
            "id": "one",
            "attributions": [
                {"source": [span("Tam")], "cue": [], "content": [span("We will sail")]},
            ],
        }
    ]
    measures = score(GOLD, wrong)
    assert measures["content_f1"] == pytest.approx(50)
    assert measures["full_f1"] == 0
    assert measures["quotes_found"] == 100
    assert measures["speaker_right"] == 0


def test_spans_as_objects_are_read_too() -> None:
    objects: list[dict[str, Any]] = [
        {
            "id": "one",
            "attributions": [
                {
                    role: [{"start": start, "end": end} for start, end in item[role]]
                    for role in ("source", "cue", "content")
                }
                for item in GOLD[0]["attributions"]
            ],
        }
    ]
    assert score(GOLD, objects)["full_f1"] == pytest.approx(100)


def test_more_pairs_win_over_a_closer_one() -> None:
    def content(*tokens: int) -> Roles:
        return Roles(frozenset(), frozenset(), frozenset(tokens))

    gold = [content(1, 2, 3), content(1, 2, 3, 4)]
    found = [content(1, 2, 3, 4, 5), content(2, 3, 4, 1)]
    assert len(match(gold, found)) == 2


def test_a_prediction_for_no_row_is_an_error() -> None:
    with pytest.raises(RunError):
        score(GOLD, [{"id": "two", "attributions": []}])


def test_predict_gives_spans_of_the_text() -> None:
    rows = [{"id": "a", "text": "The minister, Ona Brel, said that the harbour would open."}]
    predicted = list(predict(rows, Settings()))
    assert [row["id"] for row in predicted] == ["a"]
    start, end = predicted[0]["attributions"][0]["content"][0]
    assert rows[0]["text"][start:end] == "the harbour would open"


@pytest.mark.shared
def test_agrees_with_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    with (shared / "data/polnear/dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 15)]
    predictions = list(predict(rows, Settings()))
    ours = score(rows, predictions)
    gold, pred = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    pred.write_text("\n".join(json.dumps(row) for row in predictions), encoding="utf-8")
    tool = shared / "tools/score_attribution.py"
    output = subprocess.run(
        [sys.executable, str(tool), str(gold), str(pred), "--json"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    (theirs,) = json.loads(output).values()
    expected = {
        "token_f1": theirs["tokens"]["all3"]["f1"],
        "source_f1": theirs["tokens"]["source"]["f1"],
        "cue_f1": theirs["tokens"]["cue"]["f1"],
        "content_token_f1": theirs["tokens"]["content"]["f1"],
        "content_f1": theirs["attributions"]["content"]["f1"],
        "full_f1": theirs["attributions"]["full"]["f1"],
        "full_lenient_f1": theirs["attributions"]["full_lenient"]["f1"],
        "quotes_found": theirs["direct_quotes"]["found_recall"],
        "speaker_right": theirs["direct_quotes"]["speaker_acc"],
    }
    for name, value in expected.items():
        assert ours[name] == pytest.approx(100 * value, abs=0.01), name


def test_each_class_of_attribution_has_its_recall() -> None:
    text = "According to Lind, all is well. He denied it. It is late."
    place = text.index
    gold = {
        "id": "r",
        "text": text,
        "attributions": [
            {"source": [[13, 17]], "cue": [[0, 12]], "content": [[19, 30]]},
            {
                "source": [[place("He"), place("He") + 2]],
                "cue": [[place("denied"), place("denied") + 6]],
                "content": [[place("it."), place("it.") + 2]],
            },
            {"source": [], "cue": [[46, 48]], "content": [[place("late"), place("late") + 4]]},
        ],
    }
    found = score([gold], [{"id": "r", "attributions": gold["attributions"][:1]}])
    recalls = {name: value for name, value in found.items() if name.startswith("recall_")}
    assert recalls == {
        "recall_according_to": 100,
        "recall_pronoun_source": 0,
        "recall_no_source": 0,
        "recall_other_cue": 0,
    }
