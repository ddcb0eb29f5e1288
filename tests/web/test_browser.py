"""The main pages in Chromium: at phone and desk width, by keyboard, and without scripts."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from selenium.webdriver.support.expected_conditions import url_contains, url_to_be
from selenium.webdriver.support.ui import WebDriverWait

from onrecord import open as open_record
from onrecord.settings import Settings
from onrecord.web import create_app
from onrecord.web.publishing import publish

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (320, 390, 1280)
LISTS = ("/", "/disputes", "/claims", "/statements", "/events", "/figures", "/actors")
PICTURES = ("/months", "/map", "/lanes", "/review", "/history", "/brief?topic=Mara+Vell")
MORE = ("/relations", "/stories", "/copies", "/reports", "/search?q=road", "/help")
START_SECONDS = 20.0


def missing() -> str:
    """Return why there is no browser to test with, or nothing."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "selenium is not installed"
    needed = ("chromium", "chromedriver")
    absent = [name for name in needed if shutil.which(name) is None]
    return f"not found on this machine: {', '.join(absent)}" if absent else ""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Yield Chromium with an empty profile and scripts switched off."""
    why = missing()
    if why and os.environ.get("ONRECORD_REQUIRE_SERVICES") == "1":
        pytest.fail(why)
    if why:
        pytest.skip(why)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    # The pages must do without; what this test runs in them still runs.
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield driver
    driver.quit()


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine; yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + START_SECONDS
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def served(small: Path) -> Iterator[str]:
    """Yield the address of the small record, served on a free port of this machine."""
    with serving(create_app(small, Settings())) as address:
        yield address


@pytest.fixture(scope="module")
def opened(small: Path) -> tuple[str, ...]:
    """Return the addresses of one page of each type."""
    with open_record(small) as record:
        found: list[Any] = [record.disputes()[0], record.actor("Mara Vell"), record.statements()[0]]
        found += [record.events()[0], record.figures()[0], record.copies()[0]]
        found += [record.claims()[0], record.relations()[0], record.stories()[0]]
        report = record.report("first.txt").id
    return (f"/report/{report}", *(f"/{noun.id.partition('-')[0]}/{noun.id}" for noun in found))


def wide(browser: Any, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def ask(browser: Any, expression: str) -> Any:
    """Return what an expression is in the page, where its own scripts are off."""
    given = {"expression": expression, "returnByValue": True}
    return browser.execute_cdp_cmd("Runtime.evaluate", given)["result"].get("value")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_and_say_nothing_to_the_console(
    browser: Any, served: str, opened: tuple[str, ...], width: int
) -> None:
    wide(browser, width)
    browser.get_log("browser")
    for path in (*LISTS, *PICTURES, *MORE, *opened):
        browser.get(served + path)
        assert browser.find_elements("css selector", "main h1"), path
        across = ask(browser, "document.documentElement.scrollWidth")
        assert across <= width, f"{path} is {across} wide at {width}"
        assert ask(browser, "getComputedStyle(document.body).margin") == "0px", "no style sheet"
        assert browser.get_log("browser") == [], path


def test_main_links_are_reached_by_keyboard(browser: Any, served: str) -> None:
    wide(browser, 1280)
    browser.get(served + "/")
    from selenium.webdriver.common.keys import Keys

    reached = []
    for _ in range(16):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        focused = browser.switch_to.active_element
        reached.append(focused.get_attribute("href") or focused.get_attribute("name") or "")
        assert ask(browser, "getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert reached[0].endswith("#main")
    for path in ("/disputes", "/actors", "/copies", "/reports"):
        assert served + path in reached
    assert "q" in reached


def test_links_and_forms_work_without_scripts(browser: Any, served: str) -> None:
    wide(browser, 390)
    browser.get(served + "/")
    browser.find_element("name", "q").send_keys("lorries")
    browser.find_element("css selector", ".find button").click()
    WebDriverWait(browser, 10).until(url_to_be(f"{served}/search?q=lorries"))
    browser.find_element("css selector", "main .line a").click()
    WebDriverWait(browser, 10).until(url_contains("/report/"))
    browser.find_element("css selector", ".text a.m.content").click()
    WebDriverWait(browser, 10).until(url_contains("/statement/"))


def test_layers_of_a_report_are_switched_without_scripts(
    browser: Any, served: str, opened: tuple[str, ...]
) -> None:
    wide(browser, 1280)
    browser.get(served + opened[0])
    notes = browser.find_elements("css selector", ".note.statement")
    assert all(note.is_displayed() for note in notes)
    browser.find_element("css selector", ".show-statements").click()
    assert not any(note.is_displayed() for note in notes)


def test_a_published_room_is_read_from_the_folder(
    browser: Any, small: Path, tmp_path: Path
) -> None:
    publish(small, tmp_path / "room", progress=lambda *_: None)
    browser.get((tmp_path / "room" / "index.html").as_uri())
    browser.find_element("css selector", "nav a[href='disputes.html']").click()
    WebDriverWait(browser, 10).until(url_contains("/room/disputes.html"))
    browser.find_element("css selector", "main a[href^='dispute/']").click()
    WebDriverWait(browser, 10).until(url_contains("/room/dispute/"))
    assert ask(browser, "getComputedStyle(document.body).fontFamily") != "Times"
    styles = "document.styleSheets.length"
    assert ask(browser, styles) >= 2
