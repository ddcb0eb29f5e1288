"""Search with facets, links that carry words, briefs and references."""

import json
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from onrecord.record import Record
from onrecord.searching import DISPUTED, UNDISPUTED


def test_facets_count_and_narrow(small: Path) -> None:
    with Record(small) as record:
        every = record.find("blocked")
        said = {s.id: s for s in record.statements()}
        assert set(every.ids) == set(said)
        assert dict(every.facets["act"]) == {"accuse": 1, "deny": 2}
        assert dict(every.facets["speaker"])["a woman"] == 1
        vell = record.actor("Mara Vell").id
        assert dict(every.facets["about"]) == {vell: 1}
        assert dict(every.facets["standing"]) == {DISPUTED: 3}
        assert every.facets["year"] == []  # one report has no date, the other no end to it
        denied = record.find("blocked", act="deny")
        assert {said[key].act for key in denied.ids} == {"deny"}
        assert dict(denied.facets["speaker"]) == {"Mara Vell": 1, "a woman": 1}
        both = record.find("blocked", act="deny", outlet="The Ostra Mirror")
        assert [said[key].speaker.name for key in both.ids] == ["Mara Vell"]
        assert record.find("blocked", standing=UNDISPUTED).ids == ()
        assert record.find("blocked nowhere").ids == ()
        assert not every.capped


def test_a_search_has_an_address_that_keeps_its_conditions(client: Any) -> None:
    page = client.get("/search?q=blocked").text
    assert "/search?q=blocked&amp;act=deny" in page
    narrowed = client.get("/search?q=blocked&act=deny&speaker=a+woman").text
    assert "1 statement" in narrowed
    assert "<mark>blocked</mark>" in narrowed
    assert 'href="/search?q=blocked&amp;act=deny"' in narrowed  # takes the speaker away
    none = client.get("/search?q=blocked&act=promise").text
    assert "Nothing in this record holds all these words and is as asked" in none


def test_a_link_that_carries_words_outlives_the_id(client: Any, small: Path) -> None:
    with Record(small) as record:
        said = next(s for s in record.statements() if s.speaker.name == "Mara Vell")
    page = unescape(client.get(f"/statement/{said.id}").text)
    carried = urlencode({"words": "We blocked nothing,", "within": said.report})
    assert f"/statement/{said.id}?{carried}" in page
    moved = client.get(f"/statement/statement-gone?{carried}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, f"/statement/{said.id}")
    only = urlencode({"words": "40  lorries were\nheld up", "within": said.report})
    place = client.get(f"/statement/statement-gone?{only}", follow_redirects=False)
    assert place.headers["location"].startswith(f"/place/{said.report}/")
    assert client.get(place.headers["location"]).status_code == 200
    gone = client.get("/statement/statement-gone?words=no+such+words&within=report-gone")
    assert gone.status_code == 404
    assert "search for some of its words" in gone.text
    assert client.get("/statement/statement-gone").status_code == 404


def test_a_brief_comes_with_references(client: Any, small: Path) -> None:
    page = client.get("/brief?topic=Mara+Vell").text
    assert "@article{report-" in page
    items = json.loads(client.get("/references?topic=Mara+Vell").text)
    with Record(small) as record:
        first = record.report("first.txt")
    assert first.id in {item["id"] for item in items}
    answer = client.get(f"/references?report={first.id}&form=bibtex")
    assert answer.text.startswith("@article{report-")
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/brief", 200),
        ("/brief?topic=nobody+at+all", 200),
        ("/references?topic=nobody+at+all", 404),
        ("/references?report=report-none", 404),
        ("/references?topic=Mara+Vell&form=ris", 422),
    ],
)
def test_what_there_is_no_brief_on(client: Any, path: str, status: int) -> None:
    assert client.get(path).status_code == status
