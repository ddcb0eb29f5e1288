import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from onrecord.evaluate import dating
from onrecord.settings import Settings
from onrecord.types import Dating, Reading, Report


def row(name: str, true: str | None = "1990-02-04") -> dict[str, object]:
    return {"id": name, "text": "The fort fell.", "meta": {"date": true}}


def told(name: str, earliest: str | None, latest: str | None) -> dict[str, object]:
    return {"id": name, "published": {"earliest": earliest, "latest": latest}}


def test_system_sees_the_text_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Report] = []

    def read(reports: Iterable[Report], _: Settings) -> Iterator[Reading]:
        for report in reports:
            seen.append(report)
            yield Reading(report=replace(report, published=Dating(earliest=date(1990, 1, 1))))

    monkeypatch.setattr(dating, "read_reports", read)
    result = list(dating.predict([row("1990-02-04.txt")], Settings()))
    assert result == [told("1990-02-04.txt", "1990-01-01", None)]
    assert seen[0].hints == ()
    assert seen[0].url is None
    assert "1990" not in seen[0].path + seen[0].id


def test_figures() -> None:
    rows = [row("a"), row("b"), row("c"), row("d"), row("e", None)]
    ours = [
        told("a", "1990-02-04", "1990-02-04"),
        told("b", "1990-02-01", "1990-02-28"),
        told("c", "1991-01-01", "1991-01-01"),
        told("d", "1990-01-01", None),
    ]
    assert dating.score(rows, ours) == {
        "inside": 75.0,
        "day": 25.0,
        "month": 50.0,
        "from_below": 100.0,
        "from_above": 75.0,
        "median_width": 0,
        "bounded": 75.0,
    }


def test_open_intervals_are_infinitely_wide() -> None:
    figures = dating.score([row("a")], [])
    assert figures["inside"] == 100.0
    assert math.isinf(figures["median_width"])
