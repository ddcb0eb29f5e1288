"""No page has what axe-core calls a violation; pages hold in the dark, on paper and by keys."""

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest

from web.test_browser import LISTS, MORE, PICTURES, browser, opened, served, wide

__all__ = ["browser", "opened", "served"]  # fixtures
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = (("light", 1280), ("dark", 390))
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: "tag", values: arguments[0]}}).then(
  (found) => done(found.violations.map((one) =>
    one.id + ": " + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "))),
  (error) => done([String(error)]));
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core; skip where it is not installed."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None:
        if os.environ.get("ONRECORD_REQUIRE_SERVICES") == "1":
            pytest.fail("axe-playwright-python is not installed")
        pytest.skip("axe-playwright-python is not installed")
    return (Path(found.origin or "").parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def scripted(browser: Any) -> Any:
    """Yield the browser with scripts on, so that the checks can run in the pages."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})


def looking(browser: Any, look: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": look}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.mark.parametrize(("look", "width"), LOOKS)
def test_axe_finds_no_violation(
    scripted: Any, served: str, opened: tuple[str, ...], axe: str, look: str, width: int
) -> None:
    wide(scripted, width)
    looking(scripted, look)
    found = {}
    for path in (*LISTS, *PICTURES, *MORE, *opened, "/nowhere"):
        scripted.get(served + path)
        scripted.execute_script(axe)
        violations = scripted.execute_async_script(RUN, TAGS)
        if violations:
            found[path] = violations
    assert not found, "\n".join(f"{path}: {told}" for path, told in found.items())


def test_in_the_dark_words_are_light_on_dark(scripted: Any, served: str) -> None:
    wide(scripted, 1280)
    grounds = {}
    for look in ("light", "dark"):
        looking(scripted, look)
        scripted.get(served + "/")
        ground = scripted.execute_script("return getComputedStyle(document.body).backgroundColor")
        grounds[look] = sum(int(part) for part in ground[4:-1].split(","))
    assert grounds["light"] > 600
    assert grounds["dark"] < 150


def test_on_paper_everything_is_opened_and_nothing_only_works_on_a_screen(
    scripted: Any, served: str, opened: tuple[str, ...]
) -> None:
    wide(scripted, 1000)
    scripted.get(served + opened[0])
    scripted.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    shown = "return getComputedStyle(document.querySelector(arguments[0])).display"
    for part in (".top nav", ".find", ".layers"):
        assert scripted.execute_script(shown, part) == "none", part
    furniture = "const d = document.querySelector('.furniture .row'); return d.checkVisibility()"
    assert scripted.execute_script(furniture)
    paper = scripted.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.7})
    assert len(paper["data"]) > 10_000


@pytest.mark.parametrize(("key", "answer"), [("r", "right"), ("w", "wrong"), ("u", "unsure")])
def test_one_key_answers_a_question(
    scripted: Any, served: str, opened: tuple[str, ...], key: str, answer: str
) -> None:
    wide(scripted, 1280)
    (said,) = (path for path in opened if path.startswith("/statement/"))
    scripted.get(f"{served}/review?on={said.rpartition('/')[2]}")
    scripted.execute_script(
        "document.querySelector('.answers').addEventListener('submit', (event) => {"
        " event.preventDefault(); document.title = event.submitter.value; });"
        "document.querySelector('.answers [name=by]').value = 'Ada';"
    )
    body = scripted.find_element("tag name", "body")
    body.send_keys(key)
    assert scripted.title == answer


def test_a_letter_in_a_field_answers_nothing(
    scripted: Any, served: str, opened: tuple[str, ...]
) -> None:
    wide(scripted, 1280)
    (said,) = (path for path in opened if path.startswith("/statement/"))
    address = f"{served}/review?on={said.rpartition('/')[2]}"
    scripted.get(address)
    note = scripted.find_element("css selector", ".answers [name=note]")
    note.send_keys("wrong way round")
    assert scripted.current_url == address
    assert note.get_attribute("value") == "wrong way round"
