"""The shipped weights: what they find, and what a package without them says."""

from importlib.resources import files
from pathlib import Path

from onrecord.models.attribution import tag

TEXT = "The harbour board met on Sunday. Its chair said that the old pier would be closed."


def test_source_cue_and_content_are_spans_of_the_text() -> None:
    (one,) = tag(TEXT, ((0, len(TEXT)),)).tagged
    assert [TEXT[start:end] for start, end in one.source] == ["Its chair"]
    assert TEXT[one.cue[0] : one.cue[1]] == "said"
    assert "the old pier would be closed" in TEXT[one.content[0][0] : one.content[0][1]]
    assert 0 < one.cue_sure <= 1


def test_offsets_follow_the_paragraph() -> None:
    text = f"BOARD\n\n{TEXT}"
    (one,) = tag(text, ((7, len(text)),)).tagged
    assert text[one.cue[0] : one.cue[1]] == "said"


def test_nothing_is_found_where_nothing_is_read() -> None:
    assert tag("", ()).tagged == []


def test_weights_are_small() -> None:
    folder = Path(str(files("onrecord") / "models"))
    assert sum(file.stat().st_size for file in folder.glob("*.onnx")) <= 30_000_000
