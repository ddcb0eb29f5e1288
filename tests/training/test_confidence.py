"""The fit of confidences finds what tells right from wrong, and leaves whole reports out."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

TRAINING = Path(__file__).resolve().parents[2] / "training"


@pytest.fixture(scope="module")
def module() -> Iterator[Any]:
    sys.path.insert(0, str(TRAINING))
    yield importlib.import_module("attribution.confidence")
    sys.path.remove(str(TRAINING))


def test_the_fit_follows_what_is_right(module: Any) -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(400, 2))
    right = (rows[:, 0] + 0.3 * chance.normal(size=400) > 0).astype(float)
    names = [f"report-{number % 20}" for number in range(400)]
    first, second, _ = module.fit(rows, right, np.ones(400))
    assert first > 1 > abs(second)
    likely = module.left_out(rows, right, np.ones(400), names)
    assert likely[right == 1].mean() > 0.7 > 0.3 > likely[right == 0].mean()


def test_the_judged_statements_are_places_and_verdicts_alone(module: Any) -> None:
    judged = module.read(TRAINING / "labelled" / "judged.tsv")
    found = [one for many in judged.values() for one in many]
    assert len(found) == 750
    assert {one.verdict for one in found} == {"R", "N", "S", "C"}
    assert all(one.content and one.weight >= 1 for one in found)
    assert not any("unsplit" in name or "muc4" in name for name, _ in judged)
