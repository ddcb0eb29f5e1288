"""Every way in gives the text as received, or the report kept with its problem."""

import io
import json
import time
from pathlib import Path

import pytest

from onrecord.address import host_of
from onrecord.errors import RunError
from onrecord.settings import Settings
from onrecord.stages.read import read
from onrecord.stages.read.html import EDGES, MOST_TAGS, _without
from onrecord.types import Report

WORDS = "The ferry guild of Osmar said on Monday that it would not sail.\r\n\r\nNobody answered.\n"


def one(path: Path | str, **settings: object) -> Report:
    (report,) = read([path], Settings(**settings))  # type: ignore[arg-type]
    return report


def test_text_is_kept_as_received_line_ends_and_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(WORDS.encode())
    report = one(tmp_path / "a.txt")
    assert report.text == WORDS
    assert report.problem is None


def test_a_mark_of_byte_order_is_no_word(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + WORDS.encode())
    assert one(tmp_path / "a.txt").text == WORDS


def test_a_report_is_the_same_wherever_it_lay(tmp_path: Path) -> None:
    for folder in ("one", "two/deep"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(WORDS, encoding="utf-8")
    first, second = read([tmp_path / "one", tmp_path / "two"], Settings())
    assert first.id == second.id
    assert (first.path, second.path) == ("a.txt", "deep/a.txt")


def test_the_same_words_of_two_outlets_are_two_reports(tmp_path: Path) -> None:
    rows = [{"url": f"https://{name}.example/1", "text": WORDS} for name in ("a", "b")]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, second = read([tmp_path / "r.jsonl"], Settings())
    assert first.id != second.id


def test_json_lines_carry_what_is_known(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "text": WORDS,
        "source": "Osmar Post",
        "title": "No sailing",
        "date": "2022-03-05",
    }
    (tmp_path / "r.jsonl").write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    report = one(tmp_path / "r.jsonl")
    assert (report.path, report.source, report.title) == ("r.jsonl#7", "Osmar Post", "No sailing")
    assert report.hints[0].day.isoformat() == "2022-03-05"


BROKEN = {
    '{"text": "cut': "broken JSON",
    '{"title": "no words"}': "no `text`",
    '{"text": 5}': "no `text`",
    '{"text": "  "}': "empty",
    '{"text": "words", "date": "last week"}': "not a date",
    "[1, 2]": "no `text`",
    "[" * 100_000: "broken JSON",
}


@pytest.mark.parametrize(("line", "problem"), BROKEN.items(), ids=BROKEN.values())
def test_a_broken_line_is_kept_and_the_others_go_on(
    line: str, problem: str, tmp_path: Path
) -> None:
    good = json.dumps({"text": WORDS})
    (tmp_path / "r.jsonl").write_text(f"{line}\n{good}\n", encoding="utf-8")
    bad, fine = read([tmp_path / "r.jsonl"], Settings())
    assert bad.problem is not None
    assert problem in bad.problem
    assert bad.path == "r.jsonl:1"
    assert fine.problem is None


FILES = {
    "empty.txt": (b" \n", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data"),
    "latin.txt": (
        "Señor Muñoz habló en Osmar después del mediodía.".encode("latin-1"),
        "not utf-8",
    ),
    "long.txt": (b"x" * 2_000_001, "more than"),
    "menu.html": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "page"),
    "binary.html": (b"\0\1\2\3" * 100, "binary"),
    "none.jsonl": (b"\n\n", "empty"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_kept_with_the_reason(name: str, tmp_path: Path) -> None:
    data, problem = FILES[name]
    (tmp_path / name).write_bytes(data)
    report = one(tmp_path / name)
    assert report.problem is not None
    assert problem in report.problem
    assert report.path == name
    assert report.problem.count(". ") >= 1  # the reason and the remedy


def test_another_encoding_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Señor Muñoz habló.".encode("latin-1"))
    assert one(tmp_path / "a.txt", encoding="latin-1").text == "Señor Muñoz habló."


def test_a_path_that_is_not_there_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no such file"):
        list(read([tmp_path / "nowhere"], Settings()))


def test_a_folder_that_is_shut_is_kept_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    listed = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    good, shut = read([tmp_path], Settings())
    assert good.problem is None
    assert shut.problem is not None
    assert "Permission denied" in shut.problem


def test_other_kinds_of_text_are_passed_over_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "notes.md").write_text("# Notes", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(WORDS, encoding="utf-8")
    passed: list[str] = []
    assert [r.path for r in read([tmp_path], Settings(), passed_over=passed)] == ["a.txt"]
    assert passed == ["notes.md"]


def test_standard_input_is_told_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, way in (
        (WORDS.encode(), "text"),
        (json.dumps({"text": WORDS}).encode(), "json lines"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert one("-").way == way


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ferry guild stays in port</title>
<meta property="og:site_name" content="Osmar Post">
<meta property="article:published_time" content="2022-03-05T08:00:00+00:00"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article>
<h1>Ferry guild stays in port</h1>
<p>The ferry guild of Osmar said on Monday that it would not sail until the harbour
dues were lowered to what they had been before the winter.</p>
<blockquote><p>We have nothing left to give, and the harbour master knows it as well as we do.</p>
</blockquote>
<p>The harbour master, Ilke Dorn, answered that dues were a matter for the council and that she
had no say in them, whatever the guild might believe.</p>
</article><footer><a href="/about">About us</a></footer></body></html>"""


def test_a_page_gives_its_article_its_date_and_its_quotations(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(PAGE, encoding="utf-8")
    report = one(tmp_path / "p.html")
    assert report.problem is None
    assert report.title == "Ferry guild stays in port"
    assert report.source == "Osmar Post"
    assert [hint.day.isoformat() for hint in report.hints] == ["2022-03-05"]
    kinds = {report.text[b.start : b.end][:16]: b.kind for b in report.blocks}
    assert kinds["Ferry guild stay"] == "title"
    assert kinds["We have nothing "] == "quotation"
    assert kinds["The harbour mast"] == "body"
    assert "Home" not in report.text


def test_a_site_is_named_by_the_end_of_its_page_title(tmp_path: Path) -> None:
    bare = PAGE.replace('<meta property="og:site_name" content="Osmar Post">', "")
    named = bare.replace(
        "<title>Ferry guild stays in port", "<title>Ferry guild stays in port - The Reed"
    )
    (tmp_path / "p.html").write_text(named, encoding="utf-8")
    assert one(tmp_path / "p.html").source == "The Reed"
    (tmp_path / "p.html").write_text(bare, encoding="utf-8")
    assert one(tmp_path / "p.html").source is None


OPEN_DAYS = {
    "a month": '<meta property="article:published_time" content="2022-03">',
    "no such day": '<meta property="article:published_time" content="2022-02-30T00:00">',
    "either way": '<meta property="article:published_time" content="03/04/2022">',
    "changed": '<meta property="article:modified_time" content="2022-03-05T08:00:00">',
    "a teaser's": '<aside><time datetime="2022-03-05">5 March</time></aside>',
}


@pytest.mark.parametrize("named", OPEN_DAYS)
def test_a_page_that_does_not_print_its_day_has_none(named: str, tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2022-03-05T08:00:00+00:00">'
    assert meta in PAGE
    (tmp_path / "p.html").write_text(PAGE.replace(meta, OPEN_DAYS[named]), encoding="utf-8")
    assert one(tmp_path / "p.html").hints == ()


def test_a_malformed_address_stops_nothing(tmp_path: Path) -> None:
    row = {"url": "http://[bad/1", "text": WORDS}
    (tmp_path / "r.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert one(tmp_path / "r.jsonl").problem is None
    assert host_of("http://[bad/1") is None
    assert host_of("https://www.osmar.example/1") == "osmar.example"


def test_a_folder_linked_into_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert [r.path for r in read([tmp_path], Settings())] == ["a.txt"]


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("a<nav>b</nav>c<NAV x>d</Nav>e", "ace"),
        ("a<nav>b<nav>c</nav>d</nav>e", "ad</nav>e"),
        ("a<nav>b<footer>c</footer>d", "a<nav>bd"),
        ("a<navy>b</navy>c", "a<navy>b</navy>c"),
    ],
)
def test_the_edges_of_a_page_are_left_out_of_its_dates(page: str, left: str) -> None:
    assert _without(EDGES, page) == left


def test_edges_that_never_end_are_looked_for_once() -> None:
    begun = time.monotonic()
    page = "<nav>said no <footer>" * 40_000
    assert _without(EDGES, page) == page
    assert time.monotonic() - begun < 5  # looked for from each of them it takes minutes


def test_a_page_that_is_too_large_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html>" + "<b>" * (MOST_TAGS + 1))
    (report,) = read([tmp_path / "a.html"], Settings())
    assert report.problem
    assert "100,002 tags is no article" in report.problem
