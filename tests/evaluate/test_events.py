"""The scoring of events against gold codings."""

from typing import Any

import pytest

from onrecord.evaluate.events import predict, score
from onrecord.settings import Settings

TEXT = "Ruritania attacked Freedonia."
ROW: dict[str, Any] = {
    "id": "1",
    "text": TEXT,
    "event": {"type": "FIGHT"},
    "spans": [{"role": "SRC", "start": 0, "end": 9}, {"role": "TAR", "start": 19, "end": 28}],
}


def prediction(event: str, actor: list[list[int]], recipient: list[list[int]]) -> dict[str, Any]:
    return {"id": "1", "events": [{"event": event, "actor": actor, "recipient": recipient}]}


def test_all_right() -> None:
    marks = score([ROW], [prediction("ASSAULT", [[0, 9]], [[17, 21]])])
    assert marks == {"class": 100.0, "actor": 100.0, "recipient": 100.0, "all": 100.0}


def test_a_wrong_type_makes_the_parties_worthless() -> None:
    marks = score([ROW], [prediction("AID", [[0, 9]], [[19, 28]])])
    assert marks == {"class": 0.0, "actor": 0.0, "recipient": 0.0, "all": 0.0}


def test_swapped_parties_are_wrong() -> None:
    marks = score([ROW], [prediction("ASSAULT", [[19, 28]], [[0, 9]])])
    assert marks == {"class": 100.0, "actor": 0.0, "recipient": 0.0, "all": 0.0}


def test_a_role_that_the_gold_lacks_does_not_count() -> None:
    row = {**ROW, "spans": ROW["spans"][:1]}
    marks = score([row, ROW], [prediction("ASSAULT", [[0, 9]], [])])
    assert marks == {"class": 100.0, "actor": 100.0, "recipient": 0.0, "all": 50.0}


def test_a_span_of_both_roles_counts_for_either() -> None:
    row = {**ROW, "spans": [{"role": "SRC/TAR", "start": 0, "end": 9}]}
    marks = score([row], [prediction("ASSAULT", [[0, 9]], [[0, 9]])])
    assert marks["all"] == 100.0


def test_no_prediction_is_wrong() -> None:
    assert score([ROW], [])["class"] == 0.0


def test_predict_reads_only_the_text() -> None:
    (found,) = predict([{"id": "x", "text": TEXT}], Settings())
    assert found["id"] == "x"
    assert [event["event"] for event in found["events"]] == ["ASSAULT"]


@pytest.mark.shared
def test_on_the_plover_gold_records(shared: Any) -> None:
    import json

    lines = (shared / "data" / "plover_gsr" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    marks = score(rows, predict(rows, Settings()))
    assert marks["class"] >= 60
    assert marks["all"] >= 30
