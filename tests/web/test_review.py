"""The queue of a reviewer: one question at a time, answers that wait, and what was decided."""

import re
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web import create_app
from web.conftest import TestClient
from web.test_deciding import pages, path

__all__ = ["pages", "path"]  # fixtures


def fields(pages: Any, address: str = "/review", **changed: object) -> dict[str, object]:
    """Return the hidden fields of the first form for a decision of a page, with some changed."""
    page = pages.get(address).text
    form = page[page.index('action="/decide"') :]
    form = form[: form.index("</form>")]
    found: dict[str, object] = {"on": re.findall(r'name="on" value="([^"]+)"', form)}
    for name in ("stamp", "later", "back"):
        found[name] = re.findall(rf'name="{name}" value="([^"]*)"', form)[0]
    return found | {"by": "Ada"} | changed


def test_a_question_is_answered_and_waits_until_the_reports_are_joined(
    pages: Any, path: Path
) -> None:
    page = pages.get("/review").text
    assert "Are these one?" in page
    assert page.count("data-key=") == len(set(re.findall(r'data-key="(.)"', page)))
    answer = pages.post("/decide", data=fields(pages, what="same"), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    page = pages.get("/review").text
    assert "Nothing is open for Ada" in page
    assert "1 decision waits" in page
    with Record(path) as record:
        assert len(record.actors(kind="person")) == 2
        assert len(record.waiting()) == 1
    stamp = re.findall(r'name="stamp" value="([^"]+)"', page)[0]
    assert pages.post("/join", data={"stamp": stamp, "back": "/review"}).status_code == 200
    with Record(path) as record:
        assert [actor.name for actor in record.actors(kind="person")] == ["Ilke Dorn"]
        assert record.waiting() == []


def test_another_reviewer_is_asked_too_and_their_agreement_told(pages: Any) -> None:
    pages.post("/decide", data=fields(pages, what="different"))
    pages.cookies.delete("reviewer")
    pages.cookies.set("reviewer", "Ben", domain="localhost.local")
    page = pages.get("/review").text
    assert "Are these one?" in page
    assert "Ada: different" in page
    pages.post("/decide", data=fields(pages, what="unsure", by="Ben"))
    history = pages.get("/history").text
    assert "Ada and Ben" in history
    assert "0 (0%)" in history


def test_a_statement_that_a_dispute_rests_on_is_asked_about(client: Any, small: Path) -> None:
    with Record(small) as record:
        said = record.statements(by="Mara Vell")[0]
    page = client.get(f"/review?on={said.id}").text
    assert "Is this read right?" in page
    assert "said by Mara Vell" in page
    assert "What rests on it" in page


@pytest.mark.parametrize("path_", ["/decide", "/join"])
def test_a_form_of_another_session_is_refused(pages: Any, path: Path, path_: str) -> None:
    form = fields(pages, what="same")
    with TestClient(create_app(path, Settings()), base_url="http://localhost") as other:
        assert other.post(path_, data=form).status_code == 403
    assert pages.post(path_, data=form | {"stamp": ""}).status_code == 403
    with Record(path) as record:
        assert record.decisions() == []


def test_a_form_of_another_site_is_refused(pages: Any, path: Path) -> None:
    form = fields(pages, what="same")
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = pages.post("/decide", data=form, headers=headers)
        assert answer.status_code == 403
        assert "another site" in answer.text
    own = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    assert pages.post("/decide", data=form, headers=own).status_code == 200
    with Record(path) as record:
        assert len(record.decisions()) == 1
