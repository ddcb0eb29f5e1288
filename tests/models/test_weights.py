"""Weights that are missing or damaged are told, and stop the run instead of every report."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.models import attribution, meaning, weights
from onrecord.models.weights import DIGESTS, folder, summed
from onrecord.run import build
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.types import Report

TEXT = "Harbour master Ilke Dorn denied the charge on Friday, a clerk of the guild said."


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a copy of the weights that is read in place of them."""
    place = tmp_path / "models"
    shutil.copytree(str(folder()), place)
    monkeypatch.setattr(weights, "folder", lambda: place)
    for cached in (attribution._model, meaning._weights):
        cached.cache_clear()
    yield place
    for cached in (attribution._model, meaning._weights):
        cached.cache_clear()


def test_the_digests_are_those_of_the_files() -> None:
    renew = "in src/onrecord/models: python -m onrecord.models.weights > SHA256SUMS"
    assert (folder() / DIGESTS).read_text(encoding="ascii") == summed(), renew


def test_a_damaged_file_is_told(copied: Path) -> None:
    data = bytearray((copied / "names.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (copied / "names.onnx").write_bytes(data)
    with pytest.raises(RunError, match=r"names.onnx: .*damaged") as told:
        attribution._model()
    assert "Install the package anew" in told.value.remedy


@pytest.mark.parametrize("name", ["meaning.npz", DIGESTS])
def test_a_missing_file_is_told(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(RunError, match="not there"):
        meaning._weights()


def test_a_build_without_its_weights_stops_and_marks_no_report(
    copied: Path, tmp_path: Path
) -> None:
    (copied / "attribution.onnx").write_bytes(b"nothing")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(RunError, match="damaged"):
        build([tmp_path / "a.txt"], tmp_path / "x.db", settings=Settings())
    store = Store(tmp_path / "x.db")
    assert list(store.rows(Report)) == []
    store.close()
