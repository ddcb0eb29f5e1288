"""The answers as JSON: the shape of the export, the names of the record's methods."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord import open as open_record
from onrecord.export.jsonl import rows

LISTS = {
    "report": "reports",
    "actor": "actors",
    "statement": "statements",
    "event": "events",
    "figure": "figures",
    "copy": "copies",
    "origin": "origins",
    "story": "stories",
    "claim": "claims",
    "dispute": "disputes",
    "relation": "relations",
}


@pytest.mark.parametrize(("noun", "path"), LISTS.items())
def test_rows_are_those_of_the_export(client: Any, small: Path, noun: str, path: str) -> None:
    with open_record(small) as record:
        exported = [row for row in rows(record) if row.pop("type") == noun]
    given = client.get(f"/api/{path}").json()
    assert sorted(given, key=lambda row: row["id"]) == json.loads(json.dumps(exported))


def test_parts_of_a_list(client: Any) -> None:
    whole = client.get("/api/statements").json()
    assert client.get("/api/statements?limit=1&offset=1").json() == whole[1:2]
    assert client.get("/api/statements?limit=0").status_code == 422


def test_conditions_are_those_of_the_record(client: Any) -> None:
    (denial,) = client.get("/api/statements?by=Mara%20Vell&act=deny&unnamed=false").json()
    assert denial["said"] == {"earliest": None, "latest": "2021-05-04"}
    assert denial["content"][0]["text"] == "We blocked nothing,"
    assert client.get("/api/events?standing=denied").json() == []
    assert len(client.get("/api/relations?as_of=2021-06-01").json()) == 1
    assert client.get("/api/relations?as_of=2031-06-01").json() == []
    (promise,) = client.get("/api/promises").json()
    assert promise["sequels"][0]["kind"] == "broken"
    (claim,) = client.get("/api/claims?known_by=2001-01-01").json()
    assert claim["asserted"] == []  # of a report of 2021; the other has no day
    assert client.get("/api/disputes?known_by=2001-01-01").json() == []


def test_one_noun_and_what_belongs_to_it(client: Any) -> None:
    assert client.get("/api/report/first.txt").json()["path"] == "first.txt"
    assert client.get("/api/reading/first.txt").json()["statements"]
    assert client.get("/api/actor/Mara Vell").json()["kind"] == "person"
    assert client.get("/api/timeline/Mara Vell").json()[0]["type"] == "role"
    assert client.get("/api/overview").json()["counts"]["dispute"] == 3
    key = client.get("/api/claims").json()[0]["id"]
    shown = client.get(f"/api/show/{key}").json()
    assert shown["type"] == "claim"
    assert shown["paragraphs"][0]["marked"]
    assert client.get("/api/search?q=lorries").json()


def test_what_is_not_there(client: Any) -> None:
    answer = client.get("/api/actor/Mara Well")
    assert answer.status_code == 404
    assert "Mara Vell" in answer.json()["remedy"]
    assert client.get("/api/nowhere").status_code == 404
    assert client.get("/api/statements?since=someday").status_code == 422


def test_openapi_names_every_way(client: Any) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert all(path.startswith("/api/") for path in paths)
    assert {f"/api/{path}" for path in LISTS.values()} <= set(paths)
    assert all(way["get"]["description"] for way in paths.values())


def test_happenings_and_months(client: Any) -> None:
    (found,) = client.get("/api/happenings?event=COERCE").json()
    assert found["standings"] == ["alleged", "planned"]
    (month,) = client.get("/api/months").json()
    assert (month["month"], month["standing"], month["happenings"]) == ("2021-05", "alleged", 1)
