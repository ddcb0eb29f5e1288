"""Copies of invented newsroom copies are found, told apart and led back to where they begin."""

import pytest
from copies_truth import figures
from newsroom import newsroom

from onrecord.stages.copies import copies
from onrecord.types import Corpus

LEAST = {
    "pairs, F1": 93,
    "heavy rewrites found": 85,
    "direction right where decidable": 88,
    "origins of paragraphs": 85,
}


@pytest.mark.parametrize("seed", [3, 4])
def test_copies_beside_the_truth(seed: int) -> None:
    made = list(newsroom(700, seed=seed, bank="tuning"))
    readings = tuple(sorted((one.reading for one in made), key=lambda one: one.report.id))
    found = figures(made, copies(Corpus(readings=readings)))
    assert found["direction told the wrong way"] <= 1
    assert {name: found[name] for name, least in LEAST.items() if found[name] < least} == {}
