"""Words of a report that would harm a page: scripts, marks that turn directions, endless words."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ids import make_id
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.types import (
    Actor,
    Block,
    Corpus,
    Entity,
    Evidence,
    Mention,
    Reading,
    Report,
    Speaker,
    Statement,
    When,
)
from onrecord.web import create_app
from onrecord.web.rendering import closed
from web.test_browser import ask, browser, serving, wide

__all__ = ["browser"]  # a fixture
TURNED = "Mara \u202eLLEV\u2067 \u202b\u200f"  # overrides, isolates and embeddings, none closed
SCRIPT = (
    "</title><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
)
LONG = "w" * 200_000
TEXT = f"{SCRIPT} {TURNED} said that {SCRIPT} was {LONG}.\n\nאמר שלום {SCRIPT}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the address of a record of such words, and the pages that show them."""
    path = tmp_path_factory.mktemp("hostile") / "x.db"
    key = make_id("report", "hostile")

    def words(some: str) -> Evidence:
        start = TEXT.index(some)
        return Evidence(key, start, start + len(some), some)

    middle = TEXT.index("\n\n")
    report = Report(
        key,
        "hostile.txt",
        "0" * 64,
        text=TEXT,
        title=f"{SCRIPT} {TURNED}",
        source=TURNED,
        blocks=(
            Block(0, middle, "body", "running text"),
            Block(middle + 2, len(TEXT), "body", "running text"),
        ),
    )
    entity = Entity("entity-1", key, TURNED, "person", (TURNED,))
    said = Statement(
        "statement-1",
        key,
        (words(TURNED),),
        (words("said"),),
        (words(LONG),),
        Speaker(TURNED, entity.id),
        voiced=True,
        act="accuse",
        mode="direct",
        hedge=SCRIPT,
        said=When(),
        about=(entity.id,),
    )
    mention = Mention("mention-1", key, words(TURNED), entity.id, "name")
    actor = Actor("actor-1", TURNED, "person", (TURNED, SCRIPT), entities=(entity.id,))
    store = Store(path, create=True)
    reading = Reading(report, entities=(entity,), mentions=(mention,), statements=(said,))
    store.add(reading, lambda _: "by hand")
    corpus = Corpus((reading,), actors=(actor,), identity={entity.id: actor.id})
    store.replace_corpus(corpus, "by hand", lambda _: "by hand")
    store.close()
    pages = {"report": f"/report/{key}", "statement": "/statement/statement-1"}
    pages |= {"actor": "/actor/actor-1", "statements": "/statements", "actors": "/actors"}
    pages |= {"overview": "/", "reports": "/reports", "review": "/review?on=statement-1"}
    pages |= {"search": "/search?q=" + LONG[:100], "brief": "/brief?topic=actor-1"}
    with serving(create_app(path, Settings())) as address:
        yield address, pages


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_and_nothing_is_wider_than_the_page(
    browser: Any, hostile: tuple[str, dict[str, str]], width: int
) -> None:
    address, pages = hostile
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    wide(browser, width)
    try:
        for name, path in pages.items():
            browser.get(address + path)
            assert browser.title != "taken", name
            assert ask(browser, "document.querySelectorAll('main script, main img').length") == 0
            assert ask(browser, "document.documentElement.scrollWidth") <= width, name
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        ("statements", ".line .who .actor", ".line .who .badge"),
        ("statement", "h1 .actor", "h1 .badge"),
        ("overview", "#spoken + ol a", "#spoken + ol .count"),
    ],
)
def test_marks_of_direction_turn_no_words_of_the_page(
    browser: Any, hostile: tuple[str, dict[str, str]], name: str, first: str, then: str
) -> None:
    address, pages = hostile
    wide(browser, 1280)
    browser.get(address + pages[name])
    edge = "document.querySelector('{}').getBoundingClientRect().{}"
    assert ask(browser, edge.format(first, "right")) <= ask(browser, edge.format(then, "left")) + 1
    # The letters of the second run from left to right.
    turned = (
        f"(() => {{ const e = document.querySelector('{then}'); const r = document.createRange();"
        " r.setStart(e.firstChild, 0); r.setEnd(e.firstChild, 1);"
        " const a = r.getBoundingClientRect().left; r.setStart(e.firstChild, 3);"
        " r.setEnd(e.firstChild, 4); return r.getBoundingClientRect().left > a })()"
    )
    assert ask(browser, turned)


@given(st.text("ab \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=30))
def test_what_words_leave_open_is_closed(words: str) -> None:
    shown = closed(words)
    assert shown.startswith(words)
    assert set(shown[len(words) :]) <= {"\u202c", "\u2069"}
    depth: list[str] = []  # by the algorithm of Unicode, as UAX 9 has it for X5 to X7
    for char in shown:
        if char in "\u202a\u202b\u202d\u202e":
            depth.append("embedding")
        elif char in "\u2066\u2067\u2068":
            depth.append("isolate")
        elif char == "\u202c" and depth[-1:] == ["embedding"]:
            depth.pop()
        elif char == "\u2069" and "isolate" in depth:
            while depth.pop() != "isolate":
                pass
    assert depth == []


def test_long_words_make_no_long_page(hostile: tuple[str, dict[str, str]]) -> None:
    import httpx

    address, pages = hostile
    for name in ("statements", "overview", "actor", "search"):
        page = httpx.get(address + pages[name], timeout=20)
        assert len(page.content) < 150_000, name
