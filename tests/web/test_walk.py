"""Ten questions of a new user, answered from the front page of the demo by pages alone.

Each walk is a list of clicks as a reader makes them: the words of a link, or a field that is filled
and its form sent, which is one click too. None takes more than four, with scripts switched off.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.support.ui import Select, WebDriverWait

from onrecord.run import build
from onrecord.settings import Settings
from onrecord.web import create_app
from web.test_browser import browser, serving, wide

__all__ = ["browser"]  # a fixture
REPORTS = Path(__file__).parents[2] / "examples" / "reports"
MOST_CLICKS = 4

Click = str | tuple[str, str]  # the words of a link, or a field's name and what goes into it
WALKS: tuple[tuple[str, Sequence[Click], Sequence[str]], ...] = (
    (
        "Who denies that General Brell oversaw a transfer of rockets, and in what words?",
        ["oversaw the transfer of at least 300 rockets"],
        ["Denied", "Oskan Brell", "1 origin"],
    ),
    (
        "On how many separate origins do the three reports of the market attack rest?",
        ["Rockets kill shoppers at Corvesian border market"],
        ["3 reports, 1 shared origin", "TPA", "3 reports rest on it"],
    ),
    (
        "What did the Portside Herald add to the story that it took over?",
        ["At least 12 killed in attack on Corvesian border town"],
        ["Took from 02_tpa.txt", "added", "district hospital, Vera Linsk"],
    ),
    (
        "To whom do different reports give the same words about the garrison?",
        ["Nobody gave us anything"],
        ["A rebel source", "A rebel commander", "speakers differ"],
    ),
    (
        "How many people are said to have been killed, and on whose word is each number?",
        ["Figures", "killed"],
        ["12 or more people killed", "15 people killed", "Interior Ministry"],
    ),
    (
        "When was the transcript published, and how is that known?",
        ["The Long Table - transcript"],
        ["Published", "22 Jan 2023"],
    ),
    (
        "What happened in October 2022, and how does each stand?",
        ["Events by month", ("event", "ASSAULT")],
        ["2022-10", "alleged", "Origins"],
    ),
    (
        "How is the Havrin Brigade tied to the Nareth Liberation Council?",
        ["Havrin Brigade", "map around Havrin Brigade"],
        ["part of", "Nareth Liberation Council", "The same as a table"],
    ),
    (
        "What did Anselm Kiroy threaten, and what became of it?",
        ["Statements", "Promises and threats", ("by", "Anselm Kiroy")],
        ["Whoever steals from these trucks answers to me", "threaten"],
    ),
    (
        "Who accuses anybody of something with rockets, in which report?",
        [("q", "rockets"), "accuse"],
        ["Statements", "accuse", "✕ accuse"],
    ),
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the record of the bundled example reports."""
    path = tmp_path_factory.mktemp("walk") / "demo.db"
    build([REPORTS], path, settings=Settings())
    return path


@pytest.fixture(scope="module")
def room(demo: Path) -> Any:
    """Yield the address of the demo's pages."""
    with serving(create_app(demo, Settings())) as address:
        yield address


def click(browser: Any, what: Click) -> None:
    """Follow a link or open a heading by its words, or fill a field and send its form."""
    before = browser.current_url
    if isinstance(what, str):
        links = browser.find_elements("link text", what)
        links = links or browser.find_elements("partial link text", what)
        if not links:
            browser.find_element("xpath", f"//summary[contains(., '{what}')]").click()
            return
        links[0].click()
    else:
        name, words = what
        field = browser.find_element("css selector", f"main [name={name}], .find [name={name}]")
        if field.tag_name == "select":
            Select(field).select_by_visible_text(words)
        else:
            field.send_keys(words)
        field.submit() if name == "q" else field.find_element(
            "xpath", "ancestor::form//button"
        ).click()
    WebDriverWait(browser, 10).until(lambda driver: driver.current_url != before)


@pytest.mark.parametrize(("question", "clicks", "answers"), WALKS, ids=[w[0] for w in WALKS])
def test_a_question_is_answered_in_a_few_clicks(
    browser: Any, room: str, question: str, clicks: Sequence[Click], answers: Sequence[str]
) -> None:
    assert question.endswith("?")
    assert len(clicks) <= MOST_CLICKS
    wide(browser, 1280)
    browser.get(room + "/")
    for one in clicks:
        click(browser, one)
    shown = browser.find_element("tag name", "main").text
    for answer in answers:
        assert answer in shown, f"{answer!r} is not on {browser.current_url}"


def test_there_are_ten_questions() -> None:
    assert len({question for question, _, _ in WALKS}) == 10
