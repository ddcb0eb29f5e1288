"""Pages from templates: autoescaped, with the record at hand to name and to word things."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord import __version__, wording
from onrecord.address import host_of
from onrecord.record import Record
from onrecord.types import Claim, Report

Item = TypeVar("Item")
# Marks that turn the direction of what follows, until they are closed.
EMBEDDINGS, END_OF_EMBEDDING = "\u202a\u202b\u202d\u202e", "\u202c"
ISOLATES, END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
OPENING = re.compile(f"[{EMBEDDINGS}{ISOLATES}]")
AT_ONCE = 100  # lines of a list on one page
# The pages that every page leads to.
WAYS: tuple[tuple[str, str], ...] = (
    ("/", "Overview"),
    ("/disputes", "Disputes"),
    ("/claims", "Claims"),
    ("/statements", "Statements"),
    ("/events", "Events"),
    ("/figures", "Figures"),
    ("/actors", "Actors"),
    ("/relations", "Relations"),
    ("/stories", "Stories"),
    ("/copies", "Copies"),
    ("/reports", "Reports"),
    ("/review", "Review"),
)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list: its lines, its number from 1, how many parts and lines there are."""

    items: list[Item]
    number: int
    of: int
    total: int


def part(items: Sequence[Item], number: int, *, size: int = AT_ONCE) -> Page[Item]:
    """Return the part of a list with that number, or the nearest there is."""
    total = len(items)
    of = max(1, -(-total // size))
    number = min(max(1, number), of)
    return Page(list(items[(number - 1) * size : number * size]), number, of, total)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=closed,
    )
    environment.filters.update(
        when=wording.when_words,
        day=wording.day_words,
        short=wording.short,
        amount=wording.amount_words,
        difference=lambda kind, directed: wording.difference_words(kind, directed=directed),
        role=lambda role: wording.role_words(role.role, role.of),
        headline=headline,
        outlet=outlet,
        web_address=web_address,
        iso_day=iso_day,
        plural=plural,
        verbatim=verbatim,
    )
    environment.globals.update(ways=WAYS, version=__version__)
    return environment


def closed(value: Any) -> Any:
    """Return words with the marks of direction closed that they leave open.

    An open one would turn the words of the page after it; its closing mark is not seen.
    """
    if not isinstance(value, str) or isinstance(value, Markup) or not OPENING.search(value):
        return value
    opened: list[str] = []
    for char in value:
        if char in EMBEDDINGS:
            opened.append(END_OF_EMBEDDING)
        elif char in ISOLATES:
            opened.append(END_OF_ISOLATE)
        elif opened and char == opened[-1]:
            opened.pop()
        elif char == END_OF_ISOLATE and char in opened:
            while opened.pop() != char:  # what an isolate left open ends with it
                pass
    return value + "".join(reversed(opened))


def warm() -> None:
    """Compile all templates, so that the first page is made as fast as any."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


def page(request: Request, template: str, record: Record, **given: Any) -> HTMLResponse:
    """Return a page made from a template and what is given to it."""
    context = {"record": record, "path": request.url.path, "link_to": _link_to(request), "q": ""}
    html = _environment().get_template(template).render(context | given)
    return HTMLResponse(html)


def error_page(request: Request, status: int, message: str, remedy: str) -> HTMLResponse:
    """Return the page that says what is not there or what failed, without asking the record."""
    title = "Not on record" if status == 404 else "This did not work"
    html = (
        _environment()
        .get_template("error.html")
        .render(path=request.url.path, title=title, message=message, remedy=remedy, q="")
    )
    return HTMLResponse(html, status)


def _link_to(request: Request) -> Any:
    def link_to(**changes: object) -> str:
        """Return the address of this page with some of its conditions changed."""
        asked = {name: value for name, value in request.query_params.items() if value}
        asked |= {name: str(value) for name, value in changes.items()}
        return f"{request.url.path}?{urlencode({k: v for k, v in asked.items() if v})}"

    return link_to


def headline(report: Report) -> str:
    """Return the title of a report, or that it has none."""
    return report.title or "untitled"


def outlet(report: Report) -> str:
    """Return who published a report as far as it is known: the source, the site, or the file."""
    site = host_of(report.url)
    return report.source or site or report.path.rpartition("/")[2]


def verbatim(claim: Claim) -> bool:
    """Tell whether a claim is put in the very words of a report."""
    return any(span.text == claim.text for span in claim.evidence)


def web_address(url: str | None) -> str | None:
    """Return an address that a link may lead to; None for anything but the web."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def iso_day(words: str) -> str:
    """Return a day as a field for days takes it, "" for what is no day."""
    try:
        return date.fromisoformat(words.strip()).isoformat()
    except ValueError:
        return ""


def plural(count: int, noun: str, many: str = "") -> str:
    """Return a count with its noun: "1 report", "2 reports"."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"
