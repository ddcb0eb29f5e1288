import pytest

from onrecord.geography import (
    country_name,
    country_named,
    country_of_capital,
    country_of_demonym,
    country_of_seat,
    fold,
    is_place,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [("U.S.", "US"), ("the United Kingdom", "GB"), ("Norway", "NO"), ("CÔTE D’IVOIRE", "CI")],
)
def test_states_go_by_several_names(name: str, code: str) -> None:
    assert country_named(name) == code


def test_the_pronoun_is_no_state() -> None:
    assert country_named("us") is None
    assert country_named("Us") is None


@pytest.mark.parametrize(("word", "code"), [("Norwegians", "NO"), ("Dutch", "NL"), ("Poles", "PL")])
def test_peoples_in_singular_and_plural(word: str, code: str) -> None:
    assert country_of_demonym(word) == code


def test_capitals_and_seats_lead_to_their_state() -> None:
    assert country_of_capital("Oslo") == "NO"
    assert country_of_seat("the Kremlin") == "RU"
    assert country_of_capital("Hamilton") is None  # the seat of a territory, and a family name


def test_places_are_no_states() -> None:
    assert is_place("Gaza Strip")
    assert not is_place("Norway")
    assert not is_place("North")


def test_fold_evens_out_case_accents_and_hyphens() -> None:
    assert fold("The Al-Fóo’s") == fold("al foos")
    assert country_name("US") == "United States"
