"""Deciding on the pages: what is shown, taken, refused, remembered and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import Record
from onrecord.run import build
from onrecord.settings import Settings
from onrecord.web import create_app
from onrecord.web.pages.deciding import LONGEST
from web.conftest import TestClient

REPORTS = (
    "Harbour master Ilke Dorn denied the charge on Friday. “I have taken nothing,” Dorn said.",
    "Ferries were late again. “Nobody told us,” said Dorn on Monday.",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for number, text in enumerate(REPORTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "record.db", settings=Settings())
    return tmp_path / "record.db"


@pytest.fixture
def pages(path: Path) -> Iterator[Any]:
    with TestClient(create_app(path, Settings()), base_url="http://localhost") as client:
        yield client


def form(pages: Any, **changed: object) -> dict[str, object]:
    """Return the fields of the first form of the page of doubts."""
    page = pages.get("/doubts").text
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    on = re.findall(r'name="on" value="([^"]+)"', page)[:2]
    assert stamp is not None
    assert len(on) == 2
    fields = {"what": "same", "on": on, "by": "Ada", "note": "one harbour", "stamp": stamp[1]}
    return fields | changed


def persons(path: Path) -> list[str]:
    with Record(path) as record:
        return [actor.name for actor in record.actors(kind="person")]


def test_a_pair_is_joined_and_parted_again(pages: Any, path: Path) -> None:
    page = pages.get("/doubts").text
    assert "is the family name of" in page
    answer = pages.post("/decide", data=form(pages, back="/doubts"), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/doubts")
    assert persons(path) == ["Ilke Dorn"]
    page = pages.get("/doubts").text
    assert "No two actors" in page
    assert "one harbour" in page
    with Record(path) as record:
        (made,) = record.decisions()
    assert (made.by, made.what, made.note) == ("Ada", "same", "one harbour")
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    assert stamp is not None
    undo = {"what": "undo", "on": made.id, "by": "Ada", "stamp": stamp[1]}
    assert pages.post("/decide", data=undo).status_code == 200
    assert sorted(persons(path)) == ["Dorn", "Ilke Dorn"]


def test_who_signed_is_remembered(pages: Any) -> None:
    pages.post("/decide", data=form(pages, what="different", by="Ada Lée"))
    assert 'value="Ada Lée"' in pages.get("/doubts").text


def test_an_actor_is_renamed_on_its_page(pages: Any, path: Path) -> None:
    key = str(form(pages)["on"][0])  # type: ignore[index]
    fields = form(pages, what="rename", on=[key, "Ilke M. Dorn"], back=f"/actor/{key}")
    answer = pages.post("/decide", data=fields, follow_redirects=False)
    assert answer.headers["location"] == f"/actor/{key}"
    assert "Ilke M. Dorn" in persons(path)


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"stamp": "guessed"}, 403, "open its page again"),
        ({"stamp": ""}, 403, "open its page again"),
        ({"by": "  "}, 422, "name of whoever makes it"),
        ({"what": "erase"}, 422, "one of same"),
        ({"on": ["nobody", "nothing"]}, 404, "no actor"),
        ({"on": ["one"]}, 422, "needs two actors"),
        ({"note": "x" * LONGEST}, 413, "too long"),
    ],
)
def test_what_is_refused_changes_nothing(
    pages: Any, path: Path, changed: dict[str, object], status: int, said: str
) -> None:
    answer = pages.post("/decide", data=form(pages, **changed))
    assert answer.status_code == status
    assert said in answer.text
    with Record(path) as record:
        assert record.decisions() == []


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "\\\\x", ""])
def test_it_leads_back_to_this_server_alone(pages: Any, back: str) -> None:
    answer = pages.post("/decide", data=form(pages, back=back), follow_redirects=False)
    location = answer.headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
