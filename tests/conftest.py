"""Fixtures that all tests share."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.ids import make_id
from onrecord.parsing import Parse, parse
from onrecord.settings import Settings
from onrecord.stages.clean import clean
from onrecord.types import Reading, Report
from servers import PostgreSQLServer, why_not

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of evaluation corpora, or skip when it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the evaluation corpora are not beside the project")
    return SHARED


def report_of(text: str, name: str = "test.txt") -> Report:
    """Return a report of that text as it was received."""
    return Report(id=make_id("report", name, text), path=name, sha256="0" * 64, text=text)


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], tuple[Reading, Parse]]:
    """Return a function that cleans and parses a text, without any later stage."""

    def read_and_parse(text: str) -> tuple[Reading, Parse]:
        result = next(parse([clean(report_of(text))], model=Settings().model))
        return Reading(report=result.report), result

    return read_and_parse


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQLServer]:
    """Start a server of PostgreSQL for all tests; skip where there is none."""
    if why := why_not():
        if os.environ.get("ONRECORD_REQUIRE_SERVICES") == "1":
            pytest.fail(why)
        pytest.skip(why)
    # Not where pytest keeps its own: it shuts these folders to other users.
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-") as folder,
        PostgreSQLServer(Path(folder)) as server,
    ):
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Return where a record can be made: in a file, and on a server."""
    if request.param == "sqlite":
        return tmp_path / "x.db"
    server: PostgreSQLServer = request.getfixturevalue("postgresql")
    return server.database()
