"""Settings come from the environment and a TOML file, and can't be changed afterwards."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from onrecord.errors import RunError
from onrecord.settings import read_settings


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onrecord.toml").write_text("max_chars = 5\nport = 9000\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_MAX_CHARS", "7")
    settings = read_settings()
    assert (settings.max_chars, settings.port) == (7, 9000)


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PORT", "many")
    with pytest.raises(RunError, match="'port'"):
        read_settings()


def test_an_unknown_setting_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "onrecord.toml").write_text("colour = 'red'\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RunError, match="colour"):
        read_settings()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        read_settings().port = 1  # type: ignore[misc]
