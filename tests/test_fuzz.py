"""Hostile input through reading and cleaning: no error that is not a report's, no hang."""

import json
import time
from pathlib import Path

import hostile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.run import cleaned
from onrecord.settings import Settings
from onrecord.stages.read import read

SECONDS = 30  # three times what a quiet machine may take
LIGHT = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def taken(folder: Path, suffix: str, data: bytes) -> None:
    """Read and clean a file, whatever it is."""
    file = folder / f"x{suffix}"
    file.write_bytes(data)
    begun = time.monotonic()
    for report in read([file], Settings()):
        assert report.problem or report.text.strip()
        report.text.encode()
        if not report.problem:
            seen = cleaned(report)
            assert not seen.problem
            assert all(0 <= b.start <= b.end <= len(report.text) for b in seen.blocks)
    assert time.monotonic() - begun < SECONDS


@pytest.mark.parametrize("number", range(len(hostile.LARGE)), ids=list(hostile.LARGE))
def test_what_is_large(tmp_path: Path, number: int) -> None:
    one = hostile.large(number)
    taken(tmp_path, one.suffix, one.data)


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_what_is_small(tmp_path: Path, first: int) -> None:
    for number in range(first, first + 100):
        one = hostile.given(10_000 + number)
        taken(tmp_path, one.suffix, one.data)


@LIGHT
@given(data=st.binary(max_size=2_000), suffix=st.sampled_from(hostile.SUFFIXES))
def test_any_bytes(tmp_path: Path, data: bytes, suffix: str) -> None:
    taken(tmp_path, suffix, data)


@LIGHT
@given(words=st.text(max_size=1_500), suffix=st.sampled_from((".txt", ".html", ".jsonl")))
def test_any_text(tmp_path: Path, words: str, suffix: str) -> None:
    taken(tmp_path, suffix, words.encode("utf-8", "surrogatepass"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@LIGHT
@given(row=st.dictionaries(st.sampled_from(hostile.FIELDS), JSON))
def test_any_row(tmp_path: Path, row: dict[str, object]) -> None:
    taken(tmp_path, ".jsonl", json.dumps(row).encode())


def test_the_same_number_makes_the_same_input() -> None:
    assert hostile.given(12_345) == hostile.given(12_345)
