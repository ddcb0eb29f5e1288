"""Registers of actors: each format's entries, and what is said of lines that are none."""

import json
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.outside import Taken, format_of, take

FTM = {
    "id": "NK-1",
    "caption": "Varr Front",
    "schema": "Organization",
    "properties": {
        "name": ["Varr Front"],
        "alias": ["VF", "Front of Varr"],
        "country": ["no"],
        "topics": ["crime.terror"],
    },
}
PERSON = {
    "id": "NK-2",
    "schema": "Person",
    "properties": {"name": ["Ada Lorne"], "position": ["harbour master"], "topics": ["gov"]},
}
WIKIDATA = {
    "id": "Q1",
    "labels": {"en": {"value": "Varr Front"}},
    "aliases": {"en": [{"value": "VF"}]},
    "claims": {
        "P31": [
            {"rank": "deprecated", "mainsnak": {"datavalue": {"value": {"id": "Q5"}}}},
            {"mainsnak": {"datavalue": {"value": {"id": "Q17149090"}}}},
        ]
    },
}
STIX = {
    "type": "bundle",
    "objects": [
        {
            "type": "identity",
            "id": "identity--1",
            "name": "Ada Lorne",
            "identity_class": "individual",
        },
        {"type": "malware", "id": "malware--1", "name": "Grabber"},
        {"type": "intrusion-set", "id": "intrusion-set--1", "name": "Varr Bear", "aliases": ["VB"]},
        {"type": "identity", "id": "identity--2", "name": "Gone", "revoked": True},
        "no object",
    ],
}


def taken(file: Path, kind: str | None = None) -> Taken:
    return take(file, kind, None, lambda _: True, lambda *_: None)


def lines(file: Path, *rows: object) -> Path:
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_followthemoney(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "entities.ftm.json",
        FTM,
        PERSON,
        {"id": "V", "schema": "Vessel", "properties": {}},
    )
    front, person = taken(file).candidates
    assert (front.key, front.name, front.kind, front.country) == (
        "ftm:NK-1",
        "Varr Front",
        "armed group",
        "NO",
    )
    assert front.names == ("Front of Varr", "VF", "Varr Front")
    assert (front.source, front.line) == ("entities.ftm.json", 1)
    assert (person.kind, person.roles) == ("person", ("harbour master",))


def test_wikidata_with_the_brackets_of_a_dump(tmp_path: Path) -> None:
    file = tmp_path / "dump.json"
    row = json.dumps(WIKIDATA)
    thing = json.dumps({"id": "Q2", "labels": {"en": {"value": "a bridge"}}, "claims": {}})
    file.write_text(f"[\n{row},\n{thing}\n]\n", encoding="utf-8")
    assert format_of(file) == "wikidata"
    (front,) = taken(file).candidates
    # The statement of the lowest rank does not count.
    assert (front.key, front.kind, front.names) == (
        "wikidata:Q1",
        "armed group",
        ("VF", "Varr Front"),
    )
    assert front.line == 2


def test_stix(tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(STIX), encoding="utf-8")
    found = taken(file)
    assert [(one.key, one.kind) for one in found.candidates] == [
        ("stix:identity--1", "person"),
        ("stix:intrusion-set--1", "unknown"),
    ]
    assert found.problems == [
        f"{file}, object 5: no STIX object. Each object needs a type and an id"
    ]


def test_csv(tmp_path: Path) -> None:
    file = tmp_path / "actors.csv"
    file.write_text(
        "Name,aliases,kind,country\nVarr Front,VF; the Front,armed group,NO\n,,,\nBad,,wizard,\n",
        encoding="utf-8",
    )
    found = taken(file)
    assert [(one.key, one.names) for one in found.candidates] == [
        ("csv:Varr Front (line 2)", ("VF", "Varr Front", "the Front"))
    ]
    assert ", line 3: no name. Give one" in found.problems[0]
    assert ", line 4: no kind 'wizard'. Kinds are person" in found.problems[1]


def test_two_lines_of_one_id_are_told_and_the_first_holds(tmp_path: Path) -> None:
    found = taken(lines(tmp_path / "entities.jsonl", FTM, PERSON, FTM, {**PERSON, "id": ""}))
    assert [one.key for one in found.candidates] == ["ftm:NK-1", "ftm:NK-2"]
    (problem,) = found.problems
    assert "line 3: ftm:NK-1 stands at line 1 already. Give each actor an id" in problem


def test_a_bundle_with_labels_is_no_dump(tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    labelled = {**STIX["objects"][0], "labels": ["group"]}  # type: ignore[dict-item, call-overload]
    file.write_text(json.dumps({"objects": [labelled], "type": "bundle"}, indent=2), "utf-8")
    assert [one.key for one in taken(file).candidates] == ["stix:identity--1"]


def test_a_line_that_is_no_json_never_stops_the_others(tmp_path: Path) -> None:
    file = tmp_path / "entities.jsonl"
    file.write_text(f"{json.dumps(FTM)}\n{{broken\n[1]\n{json.dumps(PERSON)}\n", encoding="utf-8")
    found = taken(file)
    assert [one.key for one in found.candidates] == ["ftm:NK-1", "ftm:NK-2"]
    assert [problem.split(": ")[1].split(".")[0] for problem in found.problems] == [
        "broken JSON",
        "not an object",
    ]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.json", "{broken", "cannot tell what format"),
        ("b.json", '{"type": "bundle", "objects": 3}', "no STIX bundle"),
        ("c.csv", "title,kind\nx,person\n", "no column for names"),
    ],
)
def test_files_that_are_no_register(tmp_path: Path, name: str, text: str, what: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=what) as raised:
        taken(file)
    assert raised.value.file == str(file)
    assert raised.value.remedy


@pytest.mark.parametrize(
    "wrong",
    [
        {"labels": 3},
        {"id": 1, "labels": {}},
        {"id": "Q1", "labels": {}, "claims": []},
        WIKIDATA | {"labels": {"en": 5}, "aliases": {"en": 5}},
        WIKIDATA | {"labels": {"en": {"value": "\ud800"}}, "aliases": {}},
        WIKIDATA | {"claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": ["Q5"]}}}}]}},
    ],
)
def test_odd_entities_of_wikidata(tmp_path: Path, wrong: dict[str, object]) -> None:
    found = taken(lines(tmp_path / "dump.json", wrong), "wikidata")
    assert found.candidates == []
