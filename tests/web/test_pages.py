"""Every page is there, says what it must, and never takes a report's words for its own code."""

import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from onrecord import open as open_record
from onrecord.types import Decision, Mention, Time

PAGES = (
    "/",
    "/help",
    "/reports",
    "/actors",
    "/doubts",
    "/history",
    "/months",
    "/months?event=COERCE",
    "/map",
    "/map?as_of=2021-06-01",
    "/map?actor=nobody of that name",
    "/lanes",
    "/brief",
    "/reports?since=2021-01-01&until=2021-12-31",
    "/reports?since=soon",
    "/relations?actor=Mara Vell&other=Ostra Guard",
    "/actors?name=vell",
    "/actors?kind=person",
    "/actors?described=true",
    "/disputes",
    "/disputes?kind=figure",
    "/disputes?about=Mara Vell",
    "/claims",
    "/claims?about=Mara Vell",
    "/statements",
    "/statements?act=deny&unnamed=1",
    "/events?standing=alleged",
    "/figures",
    "/figures?unit=lorries",
    "/copies",
    "/stories",
    "/relations",
    "/relations?as_of=2021-06-01",
    "/promises",
    "/promises?by=nobody&outcome=kept",
    "/disputes?known_by=2021-05-02",
    "/search",
    "/search?q=road",
)


def links(page: str) -> set[str]:
    found = (unescape(href).partition("#")[0] for href in re.findall(r'href="([^"]*)"', page))
    return {href for href in found if href}


@pytest.mark.parametrize("path", PAGES)
def test_page_is_there_and_escaped(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "onerror" not in answer.text
    assert '<main id="main"' in answer.text
    assert "Skip to the content" in answer.text
    assert answer.text.count("<h1") == 1


def test_every_link_leads_somewhere(client: Any) -> None:
    seen: set[str] = set()
    waiting = list(PAGES)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if "html" in answer.headers["content-type"]:
            assert not re.search(r"<script(?! src=\"/static/)", answer.text), path
            waiting += links(answer.text)
    kinds = {path.split("/")[1] for path in seen}
    assert {"report", "actor", "statement", "event", "figure", "copy", "origin"} <= kinds
    assert {"story", "claim", "dispute", "relation"} <= kinds


def test_nothing_comes_from_elsewhere(client: Any) -> None:
    for path in PAGES:
        page = client.get(path).text
        outside = re.findall(r'(?:src|href|action)="(?!/|#)[^"]*"', page)
        assert outside == [], path
        assert " style=" not in page, path
        assert not re.search(r"\son\w+=", page), path


def test_words_of_a_report_are_shown_as_words(client: Any, small: Path) -> None:
    with open_record(small) as record:
        report = record.report("first.txt")
    page = client.get(f"/report/{report.id}").text
    shown = unescape(re.sub(r"<[^>]+>", "", page))
    assert "<script>alert(\"x\")</script> & 'quoted'" in shown
    assert "javascript:alert(1)" in shown
    assert 'href="javascript' not in page


def test_report_shows_the_whole_text_and_what_was_left_out(client: Any, small: Path) -> None:
    with open_record(small) as record:
        report = record.report("first.txt")
    page = client.get("/report/first.txt").text
    shown = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    for block in report.blocks:
        assert " ".join(report.text[block.start : block.end].split()) in shown
    assert "a stock phrase" in page
    assert "1 block not read as the report’s words: boilerplate" in page
    assert "on or after 3 May 2021" in page


def test_report_that_could_not_be_read_says_why(client: Any) -> None:
    assert "pictures of pages" in client.get("/report/report-failed").text
    assert "pictures of pages" in client.get("/").text


def test_statement_tells_hands_hedge_and_bounds(client: Any, small: Path) -> None:
    with open_record(small) as record:
        (denial,) = record.statements(by="Mara Vell")
    page = client.get(f"/statement/{denial.id}").text
    for words in ("Radio Ostra", "reportedly", "on or before 4 May 2021", "union leader"):
        assert words in page
    assert "The same words elsewhere" in page
    assert "denies" in page


def test_only_quoted_words_stand_in_quotation_marks(client: Any) -> None:
    page = client.get("/statements").text
    assert "“We blocked nothing,”" in page
    assert "“miners had blocked the road”" not in page


def test_unnamed_speakers_are_marked(client: Any) -> None:
    page = client.get("/statements?unnamed=1").text
    assert "a woman" in page
    assert '<span class="badge unnamed">unnamed</span>' in page
    assert "Ostra Guard" not in page


def test_dispute_counts_reports_and_origins(client: Any, small: Path) -> None:
    with open_record(small) as record:
        denial = next(d for d in record.disputes() if d.kind == "denial")
        figure = next(d for d in record.disputes() if d.kind == "figure")
    page = client.get(f"/dispute/{denial.id}").text
    assert "2 reports, <strong>1 origin</strong>" in page
    assert page.index("Asserted") < page.index("Denied")
    figures = client.get(f"/dispute/{figure.id}").text
    assert "25 lorries" in figures
    assert "40 or more lorries" in figures


def test_a_dispute_tells_how_likely_its_sides_are_about_one_thing(client: Any) -> None:
    page = client.get("/disputes").text
    assert page.count("likelihood 0.46") == 1
    assert page.count("likelihood 0.") == 1  # the others are told by their words
    assert "likelihood" in client.get("/help").text.casefold()


def test_pictures_are_well_formed_and_lead_on(client: Any, small: Path) -> None:
    with open_record(small) as record:
        actor = record.actor("Mara Vell").id
        figure = next(d for d in record.disputes() if d.kind == "figure").id
    for path in ("/copies", f"/actor/{actor}", f"/dispute/{figure}"):
        pictures = re.findall(r"<svg.*?</svg>", client.get(path).text, re.DOTALL)
        assert pictures, path
        trees = [ElementTree.fromstring(picture) for picture in pictures]
        assert any(tree.iter("a") for tree in trees)
        assert any(a.get("href", "").startswith("/") for tree in trees for a in tree.iter("a"))


def test_show_leads_to_the_page_of_any_id(client: Any, small: Path) -> None:
    with open_record(small) as record:
        ids = [record.statements()[0].id, record.events()[0].id, record.actors()[0].id]
        nouns: tuple[type[Any], ...] = (Time, Mention, Decision)
        ids += [next(iter(record.all(noun))).id for noun in nouns]
    for key in ids:
        answer = client.get(f"/show/{key}", follow_redirects=False)
        assert answer.status_code == 302
        assert client.get(answer.headers["location"]).status_code == 200


def test_what_is_not_there_is_named_and_search_is_offered(client: Any) -> None:
    for path in ("/show/claim-0", "/actor/Nobody", "/statement/x", "/report/no.txt", "/nowhere"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert 'action="/search"' in answer.text
        assert "Traceback" not in answer.text
    assert "Nobody" in client.get("/actor/Nobody").text
    hostile = client.get("/actor/<script>alert(1)")
    assert hostile.status_code == 404
    assert "<script" not in hostile.text


def test_conditions_that_make_no_sense_are_explained(client: Any) -> None:
    assert "is not a day" in client.get("/relations?as_of=someday").text
    assert "no actor" in client.get("/events?actor=Nobody").text
    assert client.get("/statements?number=x").status_code == 422


def test_failure_shows_no_code_and_keeps_the_headers(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("secret place in the code")

    monkeypatch.setattr("onrecord.record.Record.stories", fail)
    answer = client.get("/stories")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_record_built_anew_is_served_anew(client: Any, small: Path) -> None:
    assert "R. Added" not in client.get("/api/decisions").text
    from onrecord.store import Store

    store = Store(small)
    store.decide(Decision("decision-2", "2024-02-02", "R. Added", "right", ()))
    store.close()
    assert "R. Added" in client.get("/api/decisions").text


def test_place_leads_to_its_paragraph(client: Any, small: Path) -> None:
    with open_record(small) as record:
        report = record.report("first.txt")
    place = report.text.index("had blocked")
    answer = client.get(f"/place/{report.id}/{place}", follow_redirects=False)
    start = report.text.index("The Ostra Guard said")
    assert answer.headers["location"] == f"/report/{report.id}#at-{start}"
    assert f'id="at-{start}"' in client.get(f"/report/{report.id}").text


def test_no_speaker_is_said_and_not_left_blank(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from onrecord.record import Record
    from onrecord.types import Speaker

    ask = Record.statements

    def without(self: Record, **given: Any) -> Any:
        return [replace(s, speaker=Speaker("")) for s in ask(self, **given)]

    monkeypatch.setattr(Record, "statements", without)
    assert "no speaker given" in client.get("/statements").text


def test_an_event_shows_who_else_tells_it_and_what_became_of_it(client: Any, small: Path) -> None:
    with open_record(small) as record:
        (happening,) = record.happenings()
        alleged, planned = record.events()[0], record.events(standing="planned")[0]
    text = client.get(f"/event/{alleged.id}").text
    assert "Told by others too" in text
    assert f"/event/{planned.id}" in text
    assert "reports of one story, the same actor" in text
    assert "What was announced" in text
    assert "What became of it" in client.get(f"/event/{planned.id}").text
    assert client.get(f"/show/{happening.id}").status_code == 200


def test_what_became_of_a_promise_is_told_with_its_words(client: Any, small: Path) -> None:
    with open_record(small) as record:
        (one,) = record.promises()
        assert record.promises(outcome="broken") == [one]
        assert record.promises(outcome="open") == []
    words = one.sequels[0].evidence[-1]
    for page in ("/promises", f"/statement/{one.statement.id}"):
        shown = client.get(page).text
        assert f"/place/{words.report}/{words.start}" in shown
        assert "likely 45%" in shown
    assert "No promise was found" in client.get("/promises?outcome=kept").text


def test_disputes_as_known_by_a_day_or_why_not(client: Any) -> None:
    assert "is not a day" in client.get("/disputes?known_by=someday").text
    assert "published by 2021-05-02" in client.get("/disputes?known_by=2021-05-02").text
