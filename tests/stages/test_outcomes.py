"""What became of promises and threats, as the sentences of later reports tell it."""

from dataclasses import replace
from datetime import date

import pytest

from hand_made import Page, corpus
from onrecord.stages.claims import claims
from onrecord.stages.claims.outcomes import outcome, outcomes, paired
from onrecord.types import Sequel

PROMISE = "withdraw its gunboats from the Osmar estuary before the herring season"
WHOLE = f"The Harbour Guild promised to {PROMISE}, its chair said."
FILLER = (
    "The council met over bread prices.",
    "A bakery on Mill Street shut its doors.",
    "Rain is expected over the hills tomorrow.",
    "The choir sang until the lamps went out.",
)


def promised(day: date | None) -> Page:
    page = Page("Coast Wire", "\n".join((WHOLE, *FILLER)), published=day)
    page.actor("Harbour Guild")
    page.statement(PROMISE, by="Harbour Guild", act="promise")
    return page


def later(sentence: str, day: date | None) -> Page:
    return Page("Hill Post", "\n".join((*FILLER, sentence)), published=day)


DONE = (
    "The last gunboats of the Harbour Guild left the Osmar estuary before the herring season, as "
    "it had promised."
)
UNDONE = "The Harbour Guild broke its word: gunboats were still in the Osmar estuary in the season."


def told(*pages: Page) -> list[Sequel]:
    return outcomes(corpus(*pages).readings)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [(DONE, "kept"), (UNDONE, "broken")],
)
def test_a_later_sentence_tells_what_became_of_it(sentence: str, kind: str) -> None:
    first = promised(date(2022, 3, 1))
    (found,) = told(first, later(sentence, date(2022, 5, 2)))
    assert (found.kind, found.first, found.then) == (kind, first.statements[0].id, None)
    assert found.evidence[0].text == PROMISE
    assert found.evidence[-1].text == sentence
    assert 0 < found.likely <= 1


def test_what_was_told_before_or_on_the_day_is_no_outcome() -> None:
    first = promised(date(2022, 3, 1))
    assert told(first, later(DONE, date(2022, 2, 20))) == []
    assert told(first, later(DONE, date(2022, 3, 1))) == []


def test_the_promise_told_again_is_no_outcome() -> None:
    assert told(promised(date(2022, 3, 1)), later(WHOLE, date(2022, 4, 1))) == []


def test_a_sentence_about_something_else_is_no_outcome() -> None:
    other = "The last herring boats of the season came home with the Harbour Guild's flag."
    (best,) = told(
        promised(date(2022, 3, 1)), later(DONE, date(2022, 5, 2)), later(other, date(2022, 5, 3))
    )
    assert best.evidence[-1].text == DONE


def test_words_for_both_say_nothing_of_whether_it_was_kept() -> None:
    assert outcome(frozenset({"says over", "says negative"})) == "followed"
    assert outcome(frozenset({"says over", "says part"})) == "followed"
    assert outcome(frozenset({"says over", "promised not to"})) == "followed"
    assert outcome(frozenset()) == "followed"


def test_a_threat_is_carried_out_and_not_kept() -> None:
    assert outcome(frozenset({"says over", "act threaten"})) == "carried out"
    assert outcome(frozenset({"says over", "act promise"})) == "kept"
    assert outcome(frozenset({"says broken", "act threaten"})) == "broken"


def test_what_somebody_says_will_be_by_a_day_is_an_undertaking_too() -> None:
    words = "The strait will be open to Osmar ferries by 1 May 2022"
    page = Page("Coast Wire", f"{words}, Ilke Dorn said.", published=date(2022, 3, 1))
    page.actor("Ilke Dorn", kind="person")
    page.statement(words, by="Ilke Dorn")
    found = list(paired(corpus(page).readings))
    assert [promise.due for promise, _ in found] == [date(2022, 5, 1)]
    page.statements.clear()
    page.statement("The strait will be open", by="Ilke Dorn")
    assert list(paired(corpus(page).readings)) == []


def test_outcomes_stand_beside_the_sequels_of_events_sorted_by_id() -> None:
    made = claims(corpus(promised(date(2022, 3, 1)), later(DONE, date(2022, 5, 2))))
    assert [sequel.kind for sequel in made.sequels] == ["kept"]
    keys = [sequel.id for sequel in made.sequels]
    assert keys == sorted(keys)


def test_what_stood_beside_the_promise_already_tells_nothing_of_it() -> None:
    beside = "The last gunboats of the Harbour Guild left the Osmar estuary in a war long ago."
    first = Page("Coast Wire", "\n".join((WHOLE, beside, *FILLER)), published=date(2022, 3, 1))
    first.actor("Harbour Guild")
    first.statement(PROMISE, by="Harbour Guild", act="promise")
    assert told(first, later(beside, date(2022, 5, 2))) == []


def test_of_a_report_without_a_day_nobody_says_that_it_was_kept() -> None:
    for found in told(promised(date(2022, 3, 1)), later(DONE, None)):
        assert found.kind == "followed"
        assert "told later" not in found.why


def test_words_that_the_promise_has_itself_break_nothing() -> None:
    words = "cancel the harbour dues and scrap the ferry tax"
    page = Page("Coast Wire", f"The Harbour Guild promised to {words}.", published=date(2022, 3, 1))
    page.actor("Harbour Guild")
    page.statement(words, by="Harbour Guild", act="promise")
    done = "The Harbour Guild scrapped the ferry tax and cancelled all harbour dues."
    pairs = paired(corpus(page, later(done, date(2022, 5, 2))).readings)
    signs = {sign for _, several in pairs for _, found in several for sign in found}
    assert "says broken" not in signs


def test_a_promise_that_is_only_recalled_is_none() -> None:
    page = Page("Coast Wire", "Ilke Dorn has cut the ferry tax by half, as she had promised.",
                published=date(2022, 3, 1))  # fmt: skip
    page.actor("Ilke Dorn", kind="person")
    page.statement("cut the ferry tax by half", by="Ilke Dorn", act="promise")
    assert len(list(paired(corpus(page).readings))) == 1
    page.statements = [replace(said, cue=(page.words("promised"),)) for said in page.statements]
    assert list(paired(corpus(page).readings)) == []
