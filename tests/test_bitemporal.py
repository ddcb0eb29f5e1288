"""When a relation held, how it stands, and how it stood in what was known by a day."""

from datetime import date

from onrecord.bitemporal import Known, as_known, by_time, gathered, held, status
from onrecord.types import (
    Claim,
    Dispute,
    Evidence,
    Figure,
    Link,
    Relation,
    Speaker,
    Statement,
    Telling,
    TellingHow,
    When,
)

UNTOLD = When()
NOTHING = Relation(
    "relation-1", "Osmar", "funds", "Reed Army", When(), When(), "told", (), (), (), (), ()
)


def telling(
    report: str, how: TellingHow, day: date | None, when: When = UNTOLD, said: str | None = None
) -> Telling:
    words = (Evidence(report, 0, 4, "They"),)
    return Telling(report, how, when, When(day, day), said, f"tie-{report}", words)


ACCUSED = telling("a", "asserted", date(2020, 2, 11), said="statement-a")
DENIED = telling("b", "denied", date(2021, 3, 5), said="statement-b")
TOLD = telling("c", "told", date(2022, 4, 12), When(date(2016, 1, 1), date(2018, 12, 31)))


def test_how_it_stands_is_what_its_tellings_come_to() -> None:
    assert status([ACCUSED]) == "asserted"
    assert status([ACCUSED, DENIED]) == "disputed"
    assert status([DENIED]) == "denied"
    assert status([ACCUSED, TOLD]) == "told"


def test_it_is_known_by_a_day_from_the_reports_until_then() -> None:
    relation = gathered(NOTHING, [TOLD, DENIED, ACCUSED])
    assert relation.status == "disputed"
    assert relation.reported == When(date(2020, 2, 11), date(2022, 4, 12))
    early = as_known(relation, date(2020, 12, 31))
    assert early is not None
    assert (early.status, early.statements, early.held) == ("asserted", ("statement-a",), When())
    assert as_known(relation, date(2020, 2, 10)) is None
    later = as_known(relation, date(2021, 3, 5))
    assert later is not None
    assert later.status == "disputed"


def test_a_report_without_a_date_may_have_been_known() -> None:
    relation = gathered(NOTHING, [telling("d", "told", None)])
    assert as_known(relation, date(1990, 1, 1)) is not None
    assert relation.reported == When()


def test_it_held_from_the_first_day_told_of_to_the_last() -> None:
    other = telling("e", "told", date(2022, 5, 1), When(date(2020, 1, 1), date(2020, 1, 31)))
    assert held([TOLD, other]) == When(date(2016, 1, 1), date(2020, 1, 31))


def test_a_denial_does_not_say_when_it_held() -> None:
    denial = telling("f", "denied", date(2023, 1, 1), When(date(2010, 1, 1), date(2023, 1, 1)))
    assert held([TOLD, denial]) == TOLD.held


def test_since_a_day_has_no_end_when_a_later_report_still_says_so() -> None:
    since = telling("g", "told", date(2022, 6, 1), When(date(2019, 1, 1), None))
    assert held([TOLD, since]) == When(date(2016, 1, 1), None)
    ended = telling("h", "told", date(2022, 7, 1), When(None, date(2022, 6, 30)))
    assert held([since, ended]) == When(date(2019, 1, 1), date(2022, 6, 30))


def test_tellings_stand_in_the_order_of_their_reports() -> None:
    undated = telling("i", "told", None)
    assert by_time([undated, TOLD, ACCUSED]) == [ACCUSED, TOLD, undated]


def test_words_told_and_words_said_are_kept_apart() -> None:
    relation = gathered(NOTHING, [TOLD, ACCUSED])
    assert [span.report for span in relation.evidence] == ["c"]
    assert relation.statements == ("statement-a",)


def said(key: str, report: str, by: str, words: str = "They paid") -> Statement:
    span = Evidence(report, 0, len(words), words)
    speaker = Speaker(by, None, unnamed=False)
    return Statement(
        key, report, (), (), (span,), speaker, True, "say", "direct", None, When(), about=()
    )


def figure(key: str, value: float) -> Figure:
    span = Evidence("a", 0, 2, f"{value:.0f} people")
    return Figure(key, "a", span, value, value, value, "people killed", "people", When(), None)


SAID = {one.id: one for one in (said("said", "a", "Osmar"), said("said-later", "c", "Osmar"))}
DENIAL = said("denied", "b", "Vellin", "We paid nobody")
CLAIM = Claim(
    "claim-1",
    "They paid",
    (),
    ("said", "said-later"),
    ("denied",),
    (),
    ("origin-1", "origin-2"),
    evidence=(Evidence("c", 0, 9, "They paid"),),
    links=(Link("denied", "against", "denial", "denies it"),),
)
DISPUTED = Dispute("dispute-1", "denial", "claim-1", ("said", "denied"), (), "They paid")


def known(*lines: Statement | Figure, origins: tuple[str, ...] = ()) -> Known:
    return Known(
        frozenset(one.report for one in lines),
        {one.id: one for one in lines if isinstance(one, Statement)},
        frozenset(),
        {one.id: one for one in lines if isinstance(one, Figure)},
        frozenset(origins),
    )


def test_a_claim_as_known_by_a_day_has_the_lines_origins_and_words_of_that_day() -> None:
    early = known(SAID["said"], origins=("origin-1",)).claim(CLAIM)
    assert early is not None
    assert (early.asserted, early.denied, early.origins) == (("said",), (), ("origin-1",))
    assert early.links == ()
    assert early.evidence == SAID["said"].content
    assert known(said("something", "a", "Osmar")).claim(CLAIM) is None
    assert known(*SAID.values(), DENIAL, origins=CLAIM.origins).claim(CLAIM) == CLAIM
    denied = known(DENIAL).claim(CLAIM)
    assert denied is not None
    assert denied.text == "We paid nobody"


def test_a_dispute_is_none_before_its_second_side_was_known() -> None:
    assert known(*SAID.values()).dispute(DISPUTED, CLAIM) is None
    assert known(SAID["said"], SAID["said-later"], DENIAL).dispute(DISPUTED, CLAIM) == DISPUTED


def test_figures_differ_once_two_that_differ_were_known() -> None:
    nine, again, twelve = figure("nine", 9), figure("again", 9), figure("twelve", 12)
    keys = ("nine", "again", "twelve")
    whole = Dispute("dispute-2", "figure", None, (), keys, "9 people / 12 people")
    assert known(nine, again).dispute(whole, None) is None
    found = known(nine, twelve).dispute(whole, None)
    assert found is not None
    assert (found.figures, found.text) == (("nine", "twelve"), "9 people / 12 people")


def test_speakers_differ_once_two_were_known() -> None:
    one, same, other = said("1", "a", "Osmar"), said("2", "b", "Osmar"), said("3", "c", "Vellin")
    whole = Dispute("dispute-3", "speaker", None, ("1", "2", "3"), (), "They paid", "given to two")
    assert known(one, same).dispute(whole, None) is None
    found = known(one, other).dispute(whole, None)
    assert found is not None
    assert found.why == "the same words are given to Osmar and to Vellin"
