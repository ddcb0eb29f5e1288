"""When a relation held, how it stands, and how it stood in what was known by a day."""

from datetime import date

from onrecord.bitemporal import Known, as_known, by_time, gathered, held, status
from onrecord.types import Claim, Dispute, Evidence, Link, Relation, Telling, TellingHow, When

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


CLAIM = Claim(
    "claim-1",
    "They paid",
    (),
    ("said", "said-later"),
    ("denied",),
    (),
    ("origin-1", "origin-2"),
    links=(Link("denied", "against", "denial", "denies it"),),
)
DISPUTED = Dispute("dispute-1", "denial", "claim-1", ("said", "denied"), (), "They paid")


def test_a_claim_as_known_by_a_day_has_the_lines_and_origins_of_that_day() -> None:
    known = Known(frozenset({"said"}), frozenset({"origin-1"})).claim(CLAIM)
    assert known is not None
    assert (known.asserted, known.denied, known.origins) == (("said",), (), ("origin-1",))
    assert known.links == ()
    assert Known(frozenset({"something"}), frozenset()).claim(CLAIM) is None
    assert Known(frozenset({"said", "said-later", "denied"}), frozenset(CLAIM.origins)).claim(
        CLAIM
    ) == CLAIM  # fmt: skip


def test_a_dispute_is_none_before_its_second_side_was_known() -> None:
    assert Known(frozenset({"said", "said-later"}), frozenset()).dispute(DISPUTED, CLAIM) is None
    known = Known(frozenset({"said", "denied"}), frozenset()).dispute(DISPUTED, CLAIM)
    assert known == DISPUTED
    figures = Dispute("dispute-2", "figure", None, (), ("nine", "twelve"), "nine / twelve")
    assert Known(frozenset({"nine"}), frozenset()).dispute(figures, None) is None
    assert Known(frozenset({"nine", "twelve"}), frozenset()).dispute(figures, None) == figures
