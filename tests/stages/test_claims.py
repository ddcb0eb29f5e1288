"""Who puts a claim forward and who denies it, across reports and wordings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hand_made import Page, corpus
from onrecord.stages.claims import claims
from onrecord.types import Claim, Corpus, Dispute, Mode, Origin, Reading, When


def accused() -> Page:
    page = Page("Coast Wire", "Vellin accused Osmar of sheltering the Reed Army in its hills.")
    page.actor("Vellin", kind="state")
    page.actor("Osmar", kind="state")
    page.actor("Reed Army", kind="armed group")
    page.statement("Osmar of sheltering the Reed Army in its hills", by="Vellin", act="accuse")
    return page


def denied(words: str = "it had never sheltered the Reed Army") -> Page:
    page = Page("Harbour Daily", f"Osmar said on Friday that {words}.")
    page.actor("Osmar", kind="state")
    page.actor("Reed Army", kind="armed group")
    page.statement(words, by="Osmar", act="deny")
    return page


def disputed(made: Corpus) -> list[Dispute]:
    return [dispute for dispute in made.disputes if dispute.kind == "denial"]


def claim(made: Corpus, predicate: str) -> Claim:
    (found,) = (c for c in made.claims if c.predicate == predicate)
    return found


def test_an_accusation_and_a_denial_in_other_reports_are_one_claim() -> None:
    made = claims(corpus(accused(), denied(), one_story=False))
    found = claim(made, "harbours")
    assert found.about == ("Osmar", "Reed Army")
    assert (len(found.asserted), len(found.denied)) == (1, 1)
    assert [dispute.claim for dispute in disputed(made)] == [found.id]


def test_the_printed_words_of_a_claim_are_words_of_the_record() -> None:
    made = claims(corpus(accused(), denied()))
    for found in made.claims:
        assert found.text == " ".join(found.evidence[0].text.split())
        report = next(r.report for r in made.readings if r.report.id == found.evidence[0].report)
        assert (
            report.text[found.evidence[0].start : found.evidence[0].end] == found.evidence[0].text
        )


def test_what_is_denied_of_all_is_denied_of_each() -> None:
    made = claims(corpus(accused(), denied("it shelters no fighters at all"), one_story=False))
    found = claim(made, "harbours")
    assert found.about == ("Osmar", "Reed Army")
    assert (len(found.asserted), len(found.denied)) == (1, 1)


def test_an_assertion_without_a_denial_is_no_dispute() -> None:
    made = claims(corpus(accused()))
    assert claim(made, "harbours").denied == ()
    assert made.disputes == ()


def test_the_same_side_is_not_disputed_with_itself() -> None:
    page = Page(
        "Reed Voice",
        "The Reed Army said Osmar funded Vellin. It said later that Osmar never funded Vellin.",
    )
    for name in ("Reed Army", "Osmar", "Vellin"):
        page.actor(name)
    page.statement("Osmar funded Vellin", by="Reed Army")
    page.statement("Osmar never funded Vellin", by="Reed Army")
    assert disputed(claims(corpus(page))) == []


def test_what_is_only_asked_for_or_possible_is_claimed_by_nobody() -> None:
    for words in (
        "Osmar might be funding the Reed Army",
        "Osmar should stop funding the Reed Army",
        "if Osmar funds the Reed Army",
    ):
        page = Page("Coast Wire", f"Vellin said {words}.")
        for name in ("Vellin", "Osmar", "Reed Army"):
            page.actor(name)
        page.statement(words, by="Vellin")
        assert claims(corpus(page)).claims == ()


def test_who_does_it_and_to_whom_are_not_swapped() -> None:
    page = Page("Coast Wire", "Vellin said the Reed Army was funded by Osmar.")
    for name in ("Vellin", "Osmar", "Reed Army"):
        page.actor(name)
    page.statement("the Reed Army was funded by Osmar", by="Vellin")
    assert claim(claims(corpus(page)), "funds").about == ("Osmar", "Reed Army")


def test_an_accusation_is_answered_in_other_words() -> None:
    page = Page(
        "Coast Wire",
        "Tam Orrel accused Ilke Dorn of pocketing dues. Dorn called the charge baseless.",
    )
    page.actor("Tam Orrel", kind="person")
    page.actor("Ilke Dorn", "Dorn", kind="person")
    charge = page.statement("Ilke Dorn of pocketing dues", by="Tam Orrel", act="accuse")
    answer = page.statement("the charge baseless", by="Ilke Dorn")
    (dispute,) = disputed(claims(corpus(page)))
    assert set(dispute.statements) == {charge, answer}


def test_a_rejection_of_something_else_answers_nothing() -> None:
    page = Page(
        "Coast Wire",
        "Tam Orrel accused Ilke Dorn of pocketing dues. Sel Andry called the forecast false.",
    )
    page.actor("Tam Orrel", kind="person")
    page.actor("Ilke Dorn", kind="person")
    page.actor("Sel Andry", kind="person")
    page.statement("Ilke Dorn of pocketing dues", by="Tam Orrel", act="accuse")
    page.statement("the forecast false", by="Sel Andry")
    assert disputed(claims(corpus(page))) == []


QUOTED = "Nobody gave us these boats and nobody will take them from us now"


def quoting(outlet: str, by: str, *, unnamed: bool) -> Page:
    page = Page(outlet, f"“{QUOTED},” {by} told a radio station.")
    if not unnamed:
        page.actor(by, kind="person")
    page.statement(QUOTED, by=by, mode="direct", unnamed=unnamed)
    return page


def speakers(*given: tuple[str, bool]) -> list[Dispute]:
    pages = [quoting(f"Outlet {n}", by, unnamed=unnamed) for n, (by, unnamed) in enumerate(given)]
    return [d for d in claims(corpus(*pages)).disputes if d.kind == "speaker"]


def test_one_quotation_given_to_two_speakers() -> None:
    assert len(speakers(("Tam Orrel", False), ("Ilke Dorn", False))) == 1
    assert len(speakers(("a guild source", True), ("one guild captain", True))) == 1


@pytest.mark.parametrize(
    ("quoted", "mode", "days", "count"),
    [
        ("We do not bargain with the moon", "direct", 1, 1),
        ("We will bury the oars and then the boats", "direct", 1, 1),
        ("We do not bargain with the moon", "direct", 60, 0),
        ("I have nothing to say about that", "direct", 1, 0),
        ("We do not bargain with the moon", "indirect", 1, 0),
    ],
)
def test_a_short_quotation_counts_where_two_give_it_whole_in_words_that_tell_within_days(
    quoted: str, mode: Mode, days: int, count: int
) -> None:
    pages = []
    for n, by in enumerate(("Tam Orrel", "Ilke Dorn")):
        page = Page(f"Outlet {n}", f"“{quoted},” {by} told a radio station.")
        page.actor(by, kind="person")
        page.statement(quoted, by=by, mode=mode)
        day = date(2022, 3, 1) + timedelta(n * days)
        page.statements = [replace(said, said=When(day, day)) for said in page.statements]
        pages.append(page)
    found = claims(corpus(*pages, one_story=False)).disputes
    assert len([dispute for dispute in found if dispute.kind == "speaker"]) == count


def test_one_speaker_printed_in_two_ways_is_no_dispute() -> None:
    assert speakers(("Tam Orrel", False), ("Orrel", False)) == []
    assert speakers(("a guild source", True), ("the source", True)) == []
    assert speakers(("he", True), ("a guild source", True)) == []
    # Somebody described may be the one who is named elsewhere.
    assert speakers(("Tam Orrel", False), ("a guild captain", True)) == []


def test_a_turn_of_phrase_that_many_use_is_no_copy() -> None:
    turn = "ready to start talks at any time"
    pages = []
    for n in range(20):
        page = Page(f"Outlet {n:02}", f"Tam Orrel said Guild {n:02} was {turn}.")
        page.actor("Tam Orrel", kind="person")
        page.statement(f"Guild {n:02} was {turn}", by="Tam Orrel")
        pages.append(page)
    assert all(c.predicate != "the same words" for c in claims(corpus(*pages)).claims)


def test_same_words_within_one_report_are_no_copy() -> None:
    page = Page("Coast Wire", f"“{QUOTED},” Tam Orrel said. “{QUOTED},” Ilke Dorn said.")
    page.actor("Tam Orrel", kind="person")
    page.statement(QUOTED, by="Tam Orrel", mode="direct")
    assert claims(corpus(page)).claims == ()


def test_the_origins_of_a_claim_are_those_of_its_assertions() -> None:
    made = corpus(accused(), denied(), one_story=False)
    (charge,) = (s.id for r in made.readings for s in r.statements if s.act == "accuse")
    (denial,) = (s.id for r in made.readings for s in r.statements if s.act == "deny")
    origins = (
        Origin("origin-1", "Coast Wire", "report", (), (), (charge,)),
        Origin("origin-2", "Harbour Daily", "report", (), (), (denial,)),
    )
    assert claim(claims(replace(made, origins=origins)), "harbours").origins == ("origin-1",)


def test_a_town_struck_and_its_state_struck_can_be_one_event() -> None:
    page = Page("Coast Wire", "Vellin said Osmar shelled Reed Town. Osmar denied shelling Vellin.")
    for name in ("Vellin", "Osmar"):
        page.actor(name, kind="state")
    page.actor("Reed Town", kind="place")
    said = page.statement("Osmar shelled Reed Town", by="Vellin")
    denial = page.statement("shelling Vellin", by="Osmar", act="deny")
    page.event("shelled", "ASSAULT", actor="Osmar", recipient="Reed Town", standing="alleged")
    page.event("shelling", "ASSAULT", actor="Osmar", recipient="Vellin", standing="denied")
    page.events = [
        replace(event, statement=statement)
        for event, statement in zip(page.events, (said, denial), strict=True)
    ]
    found = claim(claims(corpus(page)), "ASSAULT")
    assert (found.asserted, found.denied) == ((said,), (denial,))


def test_a_wire_story_of_many_copies_is_one_claim() -> None:
    pages = [quoting(f"Outlet {n:02}", "Tam Orrel", unnamed=False) for n in range(70)]
    (found,) = claims(corpus(*pages)).claims
    assert len(found.asserted) == 70


def test_nothing_is_concluded_from_a_doubtful_statement() -> None:
    plain = corpus(accused(), denied(), one_story=False)

    def doubted(reading: Reading) -> Reading:
        doubtful = tuple(
            replace(s, confidence=0.4) if s.act == "deny" else s for s in reading.statements
        )
        return replace(reading, statements=doubtful)

    made = claims(replace(plain, readings=tuple(map(doubted, plain.readings))))
    assert claim(made, "harbours").denied == ()
    assert made.disputes == ()
    kept = [s for reading in made.readings for s in reading.statements]
    assert {s.act for s in kept} == {"accuse", "deny"}
