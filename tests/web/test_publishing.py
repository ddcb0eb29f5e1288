"""The reading room as a folder: every link leads to a page in it, and nothing in it runs."""

from pathlib import Path

import pytest
from lxml import html

from onrecord import open as open_record
from onrecord.errors import RunError
from onrecord.web.publishing import MARK, file_of, publish


def quiet(_what: str, _done: int, _of: int | None) -> None:
    """Show nothing."""


@pytest.fixture(scope="module")
def room(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("published") / "room"
    count = publish(small, into, progress=quiet)
    assert count == len(list(into.rglob("*.html")))
    return into


def test_every_link_leads_to_a_file_and_a_place_in_it(room: Path) -> None:
    pages = {file.resolve(): html.parse(str(file)).getroot() for file in room.rglob("*.html")}
    places = {file: set(page.xpath("//@id")) for file, page in pages.items()}
    followed = 0
    for file, page in pages.items():
        for _, _, link, _ in page.iterlinks():
            if link.startswith(("http://", "https://", "data:")):
                continue
            assert not link.startswith("/"), (file, link)
            path, _, place = link.partition("#")
            target = (file.parent / path).resolve() if path else file
            assert target.exists(), (file, link)
            if place and target in places:
                assert place in places[target], (file, link)
            followed += 1
    assert followed > 100


def test_each_line_of_the_record_has_its_page(small: Path, room: Path) -> None:
    with open_record(small) as record:
        lines = [*record.statements(), *record.claims(), *record.disputes(), *record.relations()]
        for one in lines:
            assert (room / file_of(f"/{one.id.partition('-')[0]}/{one.id}")).exists()


def test_nothing_runs_and_nothing_is_sent(room: Path) -> None:
    for file in room.rglob("*.html"):
        page = html.parse(str(file)).getroot()
        assert not page.xpath("//script | //form | //@onerror | //@onclick")
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "script-src 'none'" in policy


def test_what_needs_a_server_is_not_among_the_pages(room: Path) -> None:
    names = html.parse(str(room / "index.html")).getroot().xpath("//nav//li//text()")
    assert "Disputes" in names
    assert "Doubts" not in names


def test_written_again_it_is_the_same_bytes(small: Path, room: Path, tmp_path: Path) -> None:
    publish(small, tmp_path / "again", progress=quiet)
    first = {file.relative_to(room): file.read_bytes() for file in room.rglob("*.html")}
    again = tmp_path / "again"
    assert first == {f.relative_to(again): f.read_bytes() for f in again.rglob("*.html")}
    publish(small, again, progress=quiet)  # over what was published before


def test_a_folder_with_other_files_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(RunError, match="holds other files"):
        publish(small, tmp_path, progress=quiet)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["thesis.txt"]
    assert not (tmp_path / MARK).exists()


def test_names_of_files_are_safe_and_apart() -> None:
    odd = file_of("/actor/Acme%3A%20%22A%22")
    assert odd.startswith("actor/Acme_A_-")
    assert odd != file_of("/actor/Acme%20A")
    assert ".." not in file_of("/actor/..%2F..%2Fetc").split("/")
    assert file_of("/actor/..").count("/") == 1
    assert len(file_of("/actor/" + "x" * 5000).rpartition("/")[2]) < 120
    assert file_of("/statements?number=2") == "statements.2.html"
