"""Credits: who signs a report, who printed it first, and who only added to it."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from hand_made import Page
from onrecord.run import cleaned
from onrecord.stages.copies import copies
from onrecord.stages.copies.credits import contributions, credit
from onrecord.stages.copies.outlets import same_outlet
from onrecord.types import Corpus, Dating, Hop, Origin, Reading, Report
from stages.test_copies import LEAD, SECOND, THIRD

FOURTH = (
    "The island sells most of its barley to its neighbours across the strait, and the fishermen of "
    "the eastern villages carried it in open boats until the first ferry came two centuries ago."
)
TEXT = f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n"


def page(text: str, *, source: str | None = "Coast Bell", url: str | None = None) -> Report:
    """Return a text as cleaned under a headline."""
    text = f"Silos burn down in the grain harbour of Sell\n\n{text}"
    return cleaned(Report(id="r", path="r", sha256="0", text=text, source=source, url=url))


def credited(text: str, **given: str | None) -> tuple[str, str, str] | None:
    """Return kind and name of the credit of a page, with its exact words."""
    made = page(text, **given)
    found = credit(made)
    if found is None:
        return None
    assert made.text[found.words.start : found.words.end] == found.words.text
    return found.kind, found.name, found.words.text


@pytest.mark.parametrize(
    "head",
    [
        "SELL (RNA) - ",
        "(RNA) — ",
        "PORT SELL, Ruvia, May 6 (RNA) -- ",
        "Port Sell (RNA) – ",
        "May 6 (RNA) - ",
        "SELL – (RNA) – ",
        "SELL, May 6 /RNA/ - ",
        "SELL, May 6. /RNA/. ",
    ],
)
def test_an_agency_signs_behind_the_dateline(head: str) -> None:
    assert credited(head + TEXT) == ("wire", "RNA", "RNA")


@pytest.mark.parametrize(
    "head",
    [
        "The Harbour Workers Union (HWU) - a body of nine hundred dockers - struck on Monday. ",
        "Senator Ilo Marn (P-Sell) - he leads the inquiry - came to the quay on Monday. ",
        "The river (the Ovel) rose again - on Friday. ",
        "(UPDATED) - ",
        "(NORTH BAY SHORE) - ",
        "The fire was seen far away and burned until noon (RNA) - so it was said. ",
    ],
)
def test_other_brackets_before_a_dash_sign_nothing(head: str) -> None:
    assert credited(head + TEXT) is None


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("RNA", None),
        ("The Ruvia News Agency", None),
        ("RNA Online Service", None),
        ("rna-news.example", None),
        (None, "https://www.rna.example/fire"),
    ],
)
def test_the_own_outlet_is_no_credit(source: str | None, url: str | None) -> None:
    assert credited(f"SELL (RNA) - {TEXT}", source=source, url=url) is None


def test_a_station_that_signs_is_no_agency_and_may_be_the_own_outlet() -> None:
    text = f"SELL (KQZX) - {TEXT}"
    assert credited(text) == ("outlet", "KQZX", "KQZX")
    assert credited(text, source=None) is None
    assert credited(f"SELL (KZNA) - {TEXT}", source=None) == ("wire", "KZNA", "KZNA")


@pytest.mark.parametrize(
    ("byline", "kind", "name"),
    [
        ("By The Ruvia News Agency", "wire", "The Ruvia News Agency"),
        ("By Ann Poe, Ruvia News Agency", "wire", "Ruvia News Agency"),
        ("By ANN POE, Associated Courier Writer", "wire", "Associated Courier"),
        ("By Ann Poe of the Evening Herald", "outlet", "Evening Herald"),
        ("By RNA", "wire", "RNA"),
    ],
)
def test_a_byline_names_the_agency_of_its_writer(byline: str, kind: str, name: str) -> None:
    found = credited(f"{byline}\n\n{TEXT}")
    assert found is not None
    assert found[:2] == (kind, name)


def test_a_byline_of_people_or_of_the_own_desk_credits_nobody() -> None:
    assert credited(f"By Ann Poe and Bo Lunt\n\n{TEXT}") is None
    assert credited(f"By Ann Poe, Coast Bell Staff\n\n{TEXT}") is None
    assert credited(f"By Ann Poe, Evening Herald\n\n{TEXT}", source=None) is None


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("This story first appeared in the Evening Herald.", "outlet", "the Evening Herald"),
        ("This article was originally published by Low Tide.", "outlet", "Low Tide"),
        ("A version of this report was first published on lowtide.example.", "outlet", None),
        ("First published in Low Tide.", "outlet", "Low Tide"),
        ("Reprinted with permission of Low Tide.", "outlet", "Low Tide"),
        ("This article is republished from Low Tide under a licence.", "outlet", "Low Tide"),
        ("This story comes courtesy of Low Tide.", "outlet", "Low Tide"),
        ("Read the rest of the story at Low Tide.", "outlet", "Low Tide"),
        ("Copyright 2030 The Ruvia News Agency. All rights reserved.", "wire", None),
        ("© Copyright 2030 Ruvia News Agency", "wire", "Ruvia News Agency"),
    ],
)
def test_a_line_at_the_foot_names_the_first_printer(line: str, kind: str, name: str | None) -> None:
    found = credited(f"{TEXT}{line}\n")
    assert found is not None
    assert found[0] == kind
    assert name in (None, found[1])
    assert found[2] in line


@pytest.mark.parametrize(
    "line",
    [
        "This story first appeared in the Coast Bell.",
        "This story was originally published on Monday.",
        "This story was first published in May 2030.",
        "Reprinted with permission of the author.",
        "Copyright 2030 Quay Holdings. All rights reserved.",
        "Copyright Ruvia News Agency / Quay Holdings",
        "Image copyright Ruvia News Agency Image caption The burnt quay",
        "Read the full story here.",
        "The photograph was first published by a harbour pilot.",
    ],
)
def test_a_line_that_names_nobody_else_is_no_credit(line: str) -> None:
    assert credited(f"{TEXT}{line}\n") is None


def test_a_phrase_amid_a_long_report_is_its_matter_and_no_credit() -> None:
    middle = "This story first appeared in the Evening Herald, the mayor said, and was never true."
    paragraphs = [LEAD, SECOND, THIRD, FOURTH, middle, SECOND, THIRD, FOURTH, LEAD]
    assert credited("\n\n".join(paragraphs)) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The Ruvia News Agency contributed to this report.", ["The Ruvia News Agency"]),
        ("RNA and the Evening Herald contributed to this report.", ["RNA", "Evening Herald"]),
        ("Evening Herald writer Ann Poe contributed to this story.", ["Evening Herald"]),
        ("EHN's Ann Poe contributed reporting.", ["EHN"]),
        ("Additional reporting by RNA", ["RNA"]),
        ("With inputs from RNA.", ["RNA"]),
        ("Lowtide contributed to this report.", ["Lowtide"]),
        ("h/t: Low Tide", ["Low Tide"]),
        ("Via Low Tide", ["Low Tide"]),
        ("Ann Poe and Bo Lunt contributed to this report.", []),
        ("Ann Poe in SELL, ORB and Bo Lunt in Zenda contributed to this report.", []),
        ("(Reporting by Ann Poe; Editing by Bo Lunt)", []),
        ("Wire services contributed to this report.", []),
        ("Coast Bell writer Ann Poe contributed to this report.", []),
    ],
)
def test_who_added_to_a_report_is_no_origin_of_the_whole(line: str, names: list[str]) -> None:
    made = page(f"{TEXT}{line}\n")
    assert credit(made) is None
    assert [one.name.removeprefix("the ") for one in contributions(made, credit(made))] == names


def test_a_last_name_that_the_report_gives_whole_is_a_person_s() -> None:
    made = page(f"Ann Poe saw it.\n\n{TEXT}Poe contributed to this report.\n")
    assert contributions(made, credit(made)) == ()


def test_who_signs_is_named_once() -> None:
    text = f"SELL (RNA) - {TEXT}The Ruvia News Agency contributed to this report.\n"
    assert contributions(page(text), credit(page(text))) == ()


def test_names_of_one_outlet() -> None:
    assert same_outlet("AKP", "Agence Kolm-Presse")
    assert same_outlet("The Low Tide", "lowtide.example")
    assert not same_outlet("RNA", "Ruvia Post")
    assert not same_outlet("Low", "Low Tide")
    assert not same_outlet("", "")


def report(
    name: str, *lines: str, source: str | None = None, says: str = "", hand: str = ""
) -> Reading:
    """Return a report with one statement, if any, that came through a hand, if any."""
    made = Page(name, "\n".join(lines))
    if says:
        made.statement(says, by="Ilo Marn")
    reading = replace(made.reading, report=replace(made.report, source=source))
    if not hand:
        return reading
    hops = (Hop(hand, None, (made.words(hand, lines[0].count(hand) + 1),)),)
    return replace(reading, statements=(replace(reading.statements[0], chain=hops),))


def published(reading: Reading, day: date) -> Reading:
    return replace(reading, report=replace(reading.report, published=Dating(day, day)))


def origins(*readings: Reading) -> Sequence[Origin]:
    ordered = tuple(sorted(readings, key=lambda one: one.report.id))
    return copies(Corpus(readings=ordered)).origins


def origin_of(found: Sequence[Origin], reading: Reading) -> Origin:
    """Return the origin of the statement of a report."""
    key = reading.statements[0].id
    (origin,) = [origin for origin in found if key in origin.statements]
    return origin


def test_an_agency_is_the_origin_of_a_report_that_shares_no_words() -> None:
    safe = "the quay was safe"
    a = report("a", f"SELL, May 6 (RNA) - {LEAD}", f"Ilo Marn said {safe}. {THIRD}", says=safe)
    b = report("b", FOURTH)
    found = origins(a, b)
    origin = origin_of(found, a)
    assert (origin.kind, origin.name, origin.reports) == ("wire", "RNA", (a.report.id,))
    assert [one.text for one in origin.evidence] == ["RNA"]
    assert [one.kind for one in found if b.report.id in one.reports] == ["report"]


def test_a_farther_hand_stays_the_origin_of_its_statement() -> None:
    rain = f"It rains, Ilo Marn told the Low Tide. {THIRD}"
    a = report("a", f"SELL (RNA) - {LEAD}", rain, says="It rains", hand="Low Tide")
    found = origins(a)
    assert origin_of(found, a).name == "Low Tide"
    assert {one.name for one in found} == {"RNA", "Low Tide"}


@pytest.mark.parametrize("name", ["RNA", "Ruvia News Agency"])
def test_an_agency_that_signs_and_is_named_as_a_hand_is_one_origin(name: str) -> None:
    rain = f"It rains, Ilo Marn told {name}. {THIRD}"
    a = report("a", f"SELL (RNA) - {LEAD}", rain, says="It rains", hand=name)
    assert [(one.kind, one.name) for one in origins(a)] == [("wire", "RNA")]


def test_two_stories_of_an_agency_are_two_origins() -> None:
    a = report("a", f"SELL (RNA) - {LEAD}", SECOND)
    b = report("b", f"ORB (RNA) - {FOURTH}", THIRD)
    assert [(one.kind, len(one.reports)) for one in origins(a, b)] == [("wire", 1), ("wire", 1)]


def test_two_signed_copies_are_one_story_with_all_of_their_statements() -> None:
    signed = f"SELL (RNA) - {LEAD}"
    a = report(
        "a", signed, SECOND, "The quay will close, said Ilo Marn.", says="The quay will close"
    )
    b = report("b", signed, SECOND)
    (origin,) = origins(a, b)
    assert (origin.kind, len(origin.reports), len(origin.statements)) == ("wire", 2, 1)


def test_the_first_printer_is_the_origin_of_copies_that_lost_the_line() -> None:
    line = "This story first appeared in the Evening Herald."
    a, b = report("a", LEAD, SECOND, line), report("b", LEAD, SECOND)
    (origin,) = [one for one in origins(a, b) if one.kind == "outlet"]
    assert origin.name == "the Evening Herald"
    assert set(origin.reports) == {a.report.id, b.report.id}


def test_the_first_report_of_the_credited_outlet_itself_is_the_origin() -> None:
    line = "This story first appeared in the Evening Herald."
    a = report("a", LEAD, SECOND, source="Evening Herald")
    b = report("b", LEAD, SECOND, line, source="Coast Bell")
    both = {a.report.id, b.report.id}
    assert [one.kind for one in origins(a, b) if set(one.reports) == both] == ["report"]


def test_a_quotation_that_a_signed_story_has_first_is_not_the_agency_s() -> None:
    quote = "Nobody locked the gate because nobody had been given the key to the gate"
    a = report("a", f"SELL (RNA) - {LEAD}", f"“{quote},” said Ilo Marn.", says=quote)
    b = report("b", FOURTH, f"“{quote},” Ilo Marn told the council.", says=quote)
    found = origins(published(a, date(2030, 5, 6)), published(b, date(2030, 5, 8)))
    assert origin_of(found, b).kind == "unknown"
    assert origin_of(found, b) == origin_of(found, a)
    assert [one.reports for one in found if one.kind == "wire"] == [(a.report.id,)]


def test_who_contributed_stands_beside_the_report_s_own_origin() -> None:
    line = "The Ruvia News Agency contributed to this report."
    safe = "the quay was safe"
    a = report("a", LEAD, f"Ilo Marn said {safe}. {THIRD}", line, says=safe)
    found = origins(a, report("b", FOURTH, line))
    assert origin_of(found, a).kind == "report"
    helped = [one for one in found if one.kind == "contribution"]
    assert [len(one.reports) for one in helped] == [1, 1]
    assert {(one.name, one.statements) for one in helped} == {("The Ruvia News Agency", ())}


def test_an_index_line_of_capitals_takes_no_time() -> None:
    started = time.perf_counter()
    assert credit(page("A-" * 60 + "A and then the list goes on.")) is None
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "head",
    [
        "Ann Poe (Harrow) - The deputy spoke for an hour.",
        "Usain Pell (Jamaica) - 9.58 seconds in the final.",
        "Serena Poe (USA) - Two sets to love.",
        "Figure 3 (Top) - The quay after the fire.",
    ],
)
def test_a_name_in_brackets_after_a_name_signs_nothing(head: str) -> None:
    assert credit(page(head)) is None
