"""Readers beside a build: every page is answered, before, while and after reports come."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from onrecord.record import Record
from onrecord.run import build
from onrecord.settings import Settings
from onrecord.web import create_app
from web.conftest import TestClient

REPORTS = sorted((Path(__file__).parents[2] / "examples" / "reports").iterdir())
READERS = 10
PAGES = (
    "/",
    "/disputes",
    "/statements",
    "/events",
    "/actors",
    "/relations",
    "/map",
    "/search?q=dam",
)


def test_ten_readers_and_a_build_at_once(tmp_path: Path) -> None:
    path, done = tmp_path / "x.db", threading.Event()
    build(REPORTS[:3], path, settings=Settings())
    app = create_app(path, Settings())

    def reads(number: int) -> list[tuple[str, int]]:
        found = []
        with TestClient(app, base_url="http://localhost") as client:
            while not done.is_set() or len(found) < len(PAGES):
                page = PAGES[(number + len(found)) % len(PAGES)]
                found.append((page, client.get(page).status_code))
        return found

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(reads, number) for number in range(READERS)]
        try:
            built = build(REPORTS[:8], path, settings=Settings())
        finally:
            done.set()
        answers = [answer for reader in readers for answer in reader.result()]
    assert built.read == len(REPORTS[:8]) - 3
    assert {status for _, status in answers} == {200}
    assert len(answers) > READERS * len(PAGES)
    with Record(path) as record:
        assert record.overview().counts["report"] == len(record.reports())
    with TestClient(app, base_url="http://localhost") as client:
        assert f"{len(REPORTS[:8])} reports" in client.get("/reports").text
