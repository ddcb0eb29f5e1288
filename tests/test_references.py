"""Reports as references: no date beyond what is known, and nothing that breaks a file."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.references import bibtex, csl, csl_json
from onrecord.types import Dating, Report


def report(**fields: object) -> Report:
    given: dict[str, object] = {"id": "report-1f", "path": "a.txt", "sha256": "0"}
    return Report(**(given | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        (date(2031, 3, 4), date(2031, 3, 4), [2031, 3, 4]),
        (date(2031, 3, 1), date(2031, 3, 31), [2031, 3]),
        (date(2031, 1, 1), date(2031, 12, 31), [2031]),
        (date(2030, 12, 31), date(2031, 1, 1), None),
        (date(2031, 3, 4), None, None),
        (None, None, None),
    ],
)
def test_a_date_is_given_as_far_as_it_is_known(
    first: date | None, last: date | None, parts: list[int] | None
) -> None:
    item = csl(report(published=Dating(first, last)))
    assert item.get("issued", {}).get("date-parts") == ([parts] if parts else None)
    written = bibtex([report(published=Dating(first, last))])
    assert ("year = {2031}" in written) == bool(parts)
    assert ("month = mar" in written) == bool(parts and len(parts) > 1)
    assert ("day = {4}" in written) == bool(parts and len(parts) > 2)


def test_what_is_known_is_given() -> None:
    given = report(
        title="Ferry  late",
        source="Harrow Mail",
        url="https://mail.example/a",
        byline="By A. Orrel",
    )
    (item,) = json.loads(csl_json([given]))
    assert item["title"] == "Ferry late"
    assert item["container-title"] == "Harrow Mail"
    assert item["author"] == [{"literal": "By A. Orrel"}]
    assert item["URL"] == "https://mail.example/a"
    assert csl(report(url="https://mail.example/a"))["container-title"] == "mail.example"
    assert "container-title" not in csl(report())


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_no_words_of_a_report_break_the_file(title: str, byline: str, url: str) -> None:
    entry = bibtex([report(title=title, byline=byline, url=f"https://x.example/{url}")])
    plain = re.sub(r"\\text\w+\{\}|\\[&%$#_{}]", "", entry)
    depth = 0
    for char in plain:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0
    assert len([line for line in entry.splitlines() if line.startswith("@")]) == 1
