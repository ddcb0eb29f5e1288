from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from onrecord.evaluate import times
from onrecord.parsing import evidence
from onrecord.settings import Settings
from onrecord.types import Reading, Report, Time, When

TEXT = "The fort fell on Friday after five years."
ROW = {
    "id": "1990-02-04.txt",
    "text": TEXT,
    "meta": {"dct": "1990-02-04T10:00"},
    "timex": [
        {"start": 17, "end": 23, "type": "DATE", "value": "1990-02-02"},
        {"start": 30, "end": 40, "type": "DURATION", "value": "P5Y"},
    ],
}


def test_system_sees_the_text_and_the_day_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Report] = []

    def read(reports: Iterable[Report], _: Settings) -> Iterator[Reading]:
        for report in reports:
            seen.append(report)
            span = evidence(report, 17, 23)
            time = Time("time-1", report.id, span, "date", "1990-02-02", When(), "report")
            yield Reading(report=report, times=(time,))

    monkeypatch.setattr(times, "read_reports", read)
    assert list(times.predict([ROW], Settings())) == [
        {"id": "1990-02-04.txt", "timex": [ROW["timex"][0] | {"when": [None, None]}]}
    ]
    assert seen[0].hints[0].day == date(1990, 2, 4)
    assert "1990" not in seen[0].path + seen[0].id


def test_figures_count_overlap_extent_type_and_value() -> None:
    ours = [
        {"start": 14, "end": 23, "type": "DATE", "value": "1990-02-09"},
        {"start": 30, "end": 40, "type": "SET", "value": "P5Y"},
        {"start": 0, "end": 3, "type": "DATE", "value": "1990"},
    ]
    figures = times.score([ROW], [{"id": ROW["id"], "timex": ours}])
    assert figures == {
        "detection_f1": 80.0,
        "strict_f1": 40.0,
        "type_f1": 40.0,
        "value_f1": 40.0,
    }


def test_nothing_to_find_and_nothing_found_is_no_error() -> None:
    assert times.score([], [])["detection_f1"] == 0.0
    assert times.score([ROW], [])["value_f1"] == 0.0


LABELLED = """
- id: t-1
  published: 2021-02-03
  text: "They met on Friday, and on Friday week they parted."
  times:
    - words: Friday
      nth: 2
      kind: date
      value: "2021-02-12"
      earliest: 2021-02-12
      latest: 2021-02-12
- id: t-2
  published: null
  text: "They met last week."
  times:
    - {words: last week, nth: 1, kind: date, value: XXXX-WXX, earliest: null, latest: null}
"""


def test_labelled_reports_are_read_with_the_days_that_words_can_mean(tmp_path: Path) -> None:
    file = tmp_path / "labels.yaml"
    file.write_text(LABELLED, encoding="utf-8")
    first, second = times.read(file)
    assert first["timex"][0]["start"] == 27
    assert first["timex"][0]["when"] == ["2021-02-12", "2021-02-12"]
    assert second["meta"] == {}
    days = {"id": "t-1", "timex": [first["timex"][0]]}
    bounded = {**second["timex"][0], "when": ["2020-01-01", None]}
    figures = times.score([first, second], [days, {"id": "t-2", "timex": [bounded]}])
    assert figures["interval_right"] == 100.0
    late = {**first["timex"][0], "when": ["2021-02-11", "2021-02-12"]}
    figures = times.score([first], [{"id": "t-1", "timex": [late]}])
    assert figures["interval_right"] == 0.0
