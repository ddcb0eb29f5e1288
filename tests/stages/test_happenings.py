"""What several reports tell as one, what is kept apart, and what became of announcements."""

from dataclasses import replace
from datetime import date

import pytest

from hand_made import Page, corpus
from onrecord.stages.happenings import happenings
from onrecord.types import Corpus, Standing, When

SHELLED = "The Reed Army shelled the Marsh Council on Friday night with rockets."
DAY = When(date(2022, 3, 4), date(2022, 3, 4))


def telling(
    name: str,
    text: str = SHELLED,
    *,
    trigger: str = "shelled",
    recipient: str | None = "Marsh Council",
    standing: Standing = "told",
    published: date | None = None,
) -> Page:
    page = Page(name, text, published=published)
    page.actor("Reed Army", kind="armed group")
    if recipient:
        page.actor(recipient)
    page.event(trigger, "ASSAULT", actor="Reed Army", recipient=recipient, standing=standing)
    return page


def sizes(made: Corpus) -> list[int]:
    return sorted(len(one.events) for one in happenings(made).happenings)


def test_two_reports_of_a_story_tell_one_happening_and_say_why() -> None:
    one = telling("a")
    other = telling("b", "Rockets hit: Reed Army units attacked Marsh Council.", trigger="attacked")
    (found,) = happenings(corpus(one, other)).happenings
    assert found.reports == tuple(sorted((one.report.id, other.report.id)))
    assert found.actor == ("Reed Army",)
    assert found.why == ("reports of one story", "the same actor", "the same recipient")


def test_other_sides_another_day_or_another_mode_are_another_happening() -> None:
    one = telling("a")
    elsewhere = telling(
        "b", SHELLED.replace("Marsh Council", "Lake Bureau"), recipient="Lake Bureau"
    )
    assert sizes(corpus(one, elsewhere)) == [1, 1]
    for change in ({"when": When(date(2022, 5, 1), date(2022, 5, 1))}, {"mode": "aerial"}):
        pages = telling("a"), telling("b")
        pages[0].events[0] = replace(pages[0].events[0], when=DAY, mode="suicide-attack")
        pages[1].events[0] = replace(pages[1].events[0], **change)  # type: ignore[arg-type]
        assert sizes(corpus(*pages)) == [1, 1]


def test_one_report_that_tells_two_keeps_them_two() -> None:
    page = Page("a", f"{SHELLED} The Reed Army shelled the Marsh Council again on Sunday.")
    page.actor("Reed Army", kind="armed group")
    page.actor("Marsh Council")
    for nth in (1, 2):
        page.event("shelled", "ASSAULT", actor="Reed Army", recipient="Marsh Council")
        page.events[-1] = replace(page.events[-1], id=f"event-{nth}")
    assert sizes(corpus(page)) == [1, 1]
    assert sizes(corpus(page, telling("b"))) == [1, 2]


def test_a_plan_is_no_telling_that_it_was_done() -> None:
    assert sizes(corpus(telling("a"), telling("b", standing="planned"))) == [1, 1]


def test_a_shared_actor_alone_is_not_enough() -> None:
    one = telling("a", recipient=None)
    other = telling(
        "b", "In Sell the Reed Army burned a mill down.", trigger="burned", recipient=None
    )
    assert sizes(corpus(one, other)) == [1, 1]


def test_the_order_of_reports_changes_nothing() -> None:
    pages = [telling(name) for name in "abcd"]
    made = happenings(corpus(*pages))
    assert made.happenings == happenings(corpus(*reversed(pages))).happenings
    assert len(made.happenings) == 1


def test_the_firmest_standing_comes_first_and_a_denial_stays_beside_it() -> None:
    (found,) = happenings(corpus(telling("a"), telling("b", standing="denied"))).happenings
    assert found.standings == ("told", "denied")


@pytest.mark.parametrize(
    ("act", "standing", "kind"),
    [("say", "told", "carried out"), ("promise", "told", "kept"), ("promise", "denied", "broken")],
)
def test_what_became_of_what_was_announced(act: str, standing: Standing, kind: str) -> None:
    first = Page("a", "We will leave Sell, said the Reed Army.", published=date(2022, 3, 1))
    first.actor("Reed Army", kind="armed group")
    first.actor("Sell", kind="place")
    said = first.statement("We will leave Sell", by="Reed Army", act=act)  # type: ignore[arg-type]
    first.event(
        "leave", "RETREAT", actor="Reed Army", recipient="Sell", standing="planned", statement=said
    )
    then = Page("b", "The Reed Army left Sell.", published=date(2022, 4, 1))
    then.actor("Reed Army", kind="armed group")
    then.actor("Sell", kind="place")
    then.event("left", "RETREAT", actor="Reed Army", recipient="Sell", standing=standing)
    (sequel,) = happenings(corpus(first, then, one_story=False)).sequels
    assert (sequel.kind, sequel.first, sequel.then) == (kind, first.events[0].id, then.events[0].id)
    assert [span.text for span in sequel.evidence] == ["leave", "left"]


def test_what_was_done_before_is_no_sequel() -> None:
    first = telling("a", standing="planned", published=date(2022, 3, 1))
    before = telling("b", published=date(2022, 2, 1))
    assert happenings(corpus(first, before)).sequels == ()
    after = telling("c", published=date(2022, 3, 9))
    assert len(happenings(corpus(first, after)).sequels) == 1


def test_sides_swapped_are_another_happening() -> None:
    one = telling("a")
    other = Page("b", "The Marsh Council shelled the Reed Army on Friday night with rockets.")
    other.actor("Reed Army", kind="armed group")
    other.actor("Marsh Council")
    other.event("shelled", "ASSAULT", actor="Marsh Council", recipient="Reed Army")
    assert sizes(corpus(one, other)) == [1, 1]


def test_no_place_and_no_recipient_is_nothing_in_common() -> None:
    first = telling("a", standing="planned", published=date(2022, 3, 1))
    later = telling("b", recipient=None, published=date(2022, 12, 1))
    assert happenings(corpus(first, later, one_story=False)).sequels == ()


def test_what_was_over_before_it_was_announced_is_no_sequel() -> None:
    first = telling("a", standing="planned", published=date(2022, 3, 1))
    old = telling("b", published=date(2022, 3, 5))
    old.events[0] = replace(old.events[0], when=When(None, date(1999, 1, 1)))
    assert happenings(corpus(first, old, one_story=False)).sequels == ()


def test_what_is_announced_for_a_day_is_not_what_was_done_on_another() -> None:
    first = telling("a", standing="planned", published=date(2022, 3, 1))
    first.events[0] = replace(first.events[0], when=When(date(2022, 6, 10), date(2022, 6, 10)))
    then = telling("b", published=date(2022, 3, 5))
    then.events[0] = replace(then.events[0], when=When(date(2022, 3, 4), date(2022, 3, 4)))
    assert happenings(corpus(first, then, one_story=False)).sequels == ()


def test_what_was_done_later_was_not_left_undone() -> None:
    first = telling("a", standing="planned", published=date(2022, 3, 1))
    denied = telling("b", standing="denied", published=date(2022, 3, 2))
    done = telling("c", published=date(2022, 3, 4))
    found = happenings(corpus(first, denied, done, one_story=False)).sequels
    assert [one.kind for one in found] == ["carried out"]


def test_the_grounds_are_those_that_joined() -> None:
    pages = [telling("a"), telling("b"), telling("c")]
    pages[2].events[0] = replace(pages[2].events[0], when=DAY)
    pages[1].events[0] = replace(pages[1].events[0], when=DAY)
    (found,) = happenings(corpus(*pages)).happenings
    assert "the same days" in found.why
