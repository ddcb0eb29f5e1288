"""What a report tells to hold between two actors: who, whom, on whose word, and when."""

from datetime import date

import pytest

from hand_made import Page, tied
from onrecord.stages.events.lexicon import rows
from onrecord.stages.ties.lexicon import RELATIONS, kinds, of_events
from onrecord.types import Tie, When

ACTORS = ("Osmar", "Vellin", "Reed Army", "Marsh Front", "Ilke Dorn")


def page(words: str, *, published: date | None = date(2022, 3, 5)) -> Page:
    made = Page("Coast Wire", words, published=published)
    for name in ACTORS:
        if name in words:
            made.actor(name, kind="person" if name == "Ilke Dorn" else "state")
    return made


def found(made: Page) -> list[tuple[str, str, str | None]]:
    names = {entity.id: name for name, entity in made.entities.items()}
    return [
        (names[tie.subject], tie.kind, names[tie.object] if tie.object else None)
        for tie in tied(made).ties
    ]


def only(words: str) -> Tie:
    (tie,) = tied(page(words)).ties
    return tie


@pytest.mark.parametrize(
    ("words", "tie"),
    [
        ("Osmar funds the Reed Army.", ("Osmar", "funds", "Reed Army")),
        ("The Reed Army is funded by Osmar.", ("Osmar", "funds", "Reed Army")),
        ("Osmar sent 3 million marks to the Reed Army.", ("Osmar", "funds", "Reed Army")),
        ("The Reed Army received rifles from Osmar.", ("Osmar", "arms", "Reed Army")),
        ("Vellin supplied the Reed Army with rockets.", ("Vellin", "arms", "Reed Army")),
        ("The Reed Army enjoys sanctuary in Osmar.", ("Osmar", "harbours", "Reed Army")),
        ("Osmar gave shelter to the Reed Army.", ("Osmar", "harbours", "Reed Army")),
        ("Vellin trained the Reed Army.", ("Vellin", "trains", "Reed Army")),
        (
            "The Marsh Front is an offshoot of the Reed Army.",
            ("Marsh Front", "part of", "Reed Army"),
        ),
        ("The Marsh Front split from the Reed Army.", ("Marsh Front", "split from", "Reed Army")),
        ("Ilke Dorn, the leader of the Reed Army, spoke.", ("Ilke Dorn", "leads", "Reed Army")),
        ("Ilke Dorn is a spokeswoman for the Reed Army.", ("Ilke Dorn", "speaks for", "Reed Army")),
        ("Vellin suspended its aid to Osmar.", ("Vellin", "suspends aid to", "Osmar")),
        ("Vellin imposed sanctions on Osmar.", ("Vellin", "sanctions", "Osmar")),
        ("Vellin labelled the Reed Army a terrorist group.", ("Vellin", "designates", "Reed Army")),
        (
            "The Reed Army is allied with the Marsh Front.",
            ("Reed Army", "allied with", "Marsh Front"),
        ),
        ("Osmar-backed Reed Army men left.", ("Osmar", "supports", "Reed Army")),
        ("The Osmar-linked Reed Army left.", ("Osmar", "linked to", "Reed Army")),
        (
            "The Reed Army lives under the Marsh Front's protection.",
            ("Marsh Front", "protects", "Reed Army"),
        ),
        ("Osmar has suspended $40 million for Vellin.", ("Osmar", "suspends aid to", "Vellin")),
        ("Osmar paid two million marks to the Reed Army.", ("Osmar", "funds", "Reed Army")),
        ("Osmar put the Reed Army on its blacklist.", ("Osmar", "designates", "Reed Army")),
        ("Osmar met Vellin on Friday.", ("Osmar", "meets with", "Vellin")),
        (
            "Osmar and the Reed Army signed a truce brokered by Vellin.",
            ("Vellin", "mediates between", "Osmar"),
        ),
        (
            "Osmar and the Reed Army signed a truce brokered by Vellin.",
            ("Vellin", "mediates between", "Reed Army"),
        ),
    ],
)
def test_who_and_whom(words: str, tie: tuple[str, str, str]) -> None:
    assert tie in found(page(words))


def test_each_is_tied_to_each() -> None:
    ties = found(page("Osmar and Vellin funded the Reed Army and the Marsh Front."))
    assert {(a, b) for a, kind, b in ties if kind == "funds"} == {
        (a, b) for a in ("Osmar", "Vellin") for b in ("Reed Army", "Marsh Front")
    }


def test_talks_between_two_are_of_each_with_the_other() -> None:
    ties = found(page("Talks between Osmar and Vellin went on."))
    assert ("Osmar", "negotiates with", "Vellin") in ties


def test_what_is_not_so_is_denied_and_what_may_be_is_not_told() -> None:
    assert only("Osmar does not fund the Reed Army.").standing == "denied"
    assert only("Osmar may fund the Reed Army.").standing == "conditional"
    assert only("Osmar will fund the Reed Army.").standing == "planned"


def test_what_stands_in_somebodys_words_is_theirs() -> None:
    made = page("Vellin said Osmar funds the Reed Army.")
    key = made.statement("Osmar funds the Reed Army", by="Vellin")
    (tie,) = tied(made).ties
    assert (tie.standing, tie.statement) == ("alleged", key)


def test_we_are_whom_the_speaker_speaks_for() -> None:
    made = page("“We have never funded the Reed Army,” said Ilke Dorn of Osmar.")
    made.statement(
        "We have never funded the Reed Army",
        by="Ilke Dorn",
        act="deny",
        mode="direct",
        represents="Osmar",
    )
    assert found(made) == [("Osmar", "funds", "Reed Army")]


def test_nobody_in_particular_is_no_object() -> None:
    made = page("Osmar said it shelters nobody.")
    made.statement("it shelters nobody", by="Osmar", act="deny")
    assert ("Osmar", "harbours", None) in found(made)


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("Osmar funded the Reed Army in May 2020.", When(date(2020, 5, 1), date(2020, 5, 31))),
        ("Osmar has funded the Reed Army since 2019.", When(date(2019, 1, 1), None)),
        (
            "Between 2016 and 2018 Osmar funded the Reed Army.",
            When(date(2016, 1, 1), date(2018, 12, 31)),
        ),
    ],
)
def test_when_it_held(words: str, when: When) -> None:
    assert only(words).when == when


def test_the_present_is_told_as_holding_now() -> None:
    assert only("Osmar funds the Reed Army.").now
    assert not only("Osmar funded the Reed Army.").now
    assert not only("Osmar has funded the Reed Army since 2019.").now


def test_its_words_are_those_of_the_report() -> None:
    made = page("Rain fell. Osmar funds the Reed Army. Nothing else happened.")
    (tie,) = tied(made).ties
    assert tie.evidence[0].text == "Osmar funds the Reed Army."
    assert tie.span.text == "funds"


def test_the_lexicon_names_every_kind_that_its_patterns_use() -> None:
    used = {row[0] for row in rows(RELATIONS) if row[2] != "kind"}
    assert used <= kinds().keys()
    assert set(of_events().values()) <= kinds().keys()
    assert all(len(row) == 7 for row in rows(RELATIONS))


@pytest.mark.parametrize(
    "words",
    [
        "Vellin said the Reed Army relies on its links to the Marsh Front.",
        "A note by Vellin said the Reed Army “relies on its relationship with the Marsh Front”.",
    ],
)
def test_whose_links_they_are_is_told_by_the_subject_of_the_clause(words: str) -> None:
    made = page(words)
    made.statement(words[words.index("relies") :].rstrip(".”"), by="Vellin", mode="mixed")
    assert ("Vellin", "linked to", "Marsh Front") not in found(made)
    assert ("Reed Army", "linked to", "Marsh Front") in [
        tie if tie[0] == "Reed Army" else (tie[2], tie[1], tie[0]) for tie in found(made)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Ilke Dorn, the deputy leader of the Reed Army, spoke.",
        "Ilke Dorn, the former leader of the Reed Army, spoke.",
    ],
)
def test_who_was_or_is_only_under_the_leader_does_not_lead(words: str) -> None:
    assert "leads" not in {kind for _, kind, _ in found(page(words))}


def test_a_body_leads_nobody_and_nobody_is_part_of_a_person() -> None:
    assert ("Reed Army", "leads", "Ilke Dorn") not in found(page("The Reed Army led Ilke Dorn."))
    assert ("Osmar", "part of", "Ilke Dorn") not in found(page("Osmar belongs to Ilke Dorn."))


@pytest.mark.parametrize(
    "words",
    [
        "Osmar, the Marsh Front and the Reed Army signed a truce brokered by Vellin.",
        "Osmar signed a truce brokered by Vellin while the Reed Army bombed the harbour.",
    ],
)
def test_who_mediates_is_not_guessed_where_other_than_two_are_named_together(words: str) -> None:
    assert "mediates between" not in {kind for _, kind, _ in found(page(words))}


def test_what_a_paraphrase_mentions_by_the_way_is_the_reports_own_word() -> None:
    made = page("Ilke Dorn urged the Osmar-linked Reed Army to go home.")
    made.statement("the Osmar-linked Reed Army to go home", by="Ilke Dorn", act="demand")
    (tie,) = (tie for tie in tied(made).ties if tie.kind == "linked to")
    assert (tie.standing, tie.statement) == ("told", None)
    quoted = page("Ilke Dorn urged: Send the Osmar-linked Reed Army home.")
    said = quoted.statement("Send the Osmar-linked Reed Army home", by="Ilke Dorn", mode="direct")
    (tie,) = (tie for tie in tied(quoted).ties if tie.kind == "linked to")
    assert tie.statement == said
