"""A web page on disk: its article by trafilatura, its date of publication by htmldate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

from htmldate import find_date
from trafilatura import bare_extraction

from onrecord.address import host_of
from onrecord.errors import ItemError
from onrecord.settings import Settings
from onrecord.stages.read.plain import digest, failed, is_binary, report_id, text_problem
from onrecord.stages.read.printed_days import is_printed
from onrecord.types import Block, BlockKind, DateHint, Report

# Fixed, so that the same page gives the same record on any day.
FIRST_DAY, LAST_DAY = "1985-01-01", "2100-01-01"
# What tells of changes and not of publication, or stands beside the report, dates nothing; the head
# and the foot of the page date it only where nothing else does.
CHANGED = re.compile(
    r"<meta(?=[^<>]*modif)[^<>]*>|\"dateModified\"\s*:\s*\"[^\"]*\"", re.IGNORECASE | re.DOTALL
)
ASIDE = ("aside",)
EDGES = ("nav", "footer")
MOST_BYTES = 10_000_000  # of a page; what is larger is no article
MOST_TAGS = 100_000
PAGE_TITLE = re.compile(rb"<title[^>]*>([^<]{1,300})</title>", re.IGNORECASE)
TITLE_MARK = re.compile(r"\s+[-–—|·»]\s+")
SITE_WORDS = 5  # words of a site's name at most
SHORT = 60  # characters; a page whose article is no longer than this has none


def read_html(data: bytes, shown: str, settings: Settings) -> Report:
    """Return the report in a page: its text is the extracted article, in paragraphs."""
    if is_binary(data):
        error = ItemError("binary data, not a page", remedy="Give the report as text or HTML")
        return failed(shown, error, data)
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        told = f"a page of {len(data):,} bytes and {data.count(b'<'):,} tags is no article"
        return failed(shown, ItemError(told, remedy="Save the article alone"), data)
    article = _article(data)
    if article is None:
        remedy = "Check that the file holds the report itself, not a consent or listing page"
        return failed(shown, ItemError("a page without an article", remedy=remedy), data)
    text, blocks = _lay_out(article)
    if len(text) < SHORT:
        remedy = "Check that the file holds the report itself"
        short = ItemError("a page with hardly any text", remedy=remedy)
        return failed(shown, short, data, text=text)
    problem = text_problem(text, settings)
    if problem:
        return failed(shown, problem, data, text=text)
    return replace(
        Report(id=report_id(data, article.url or shown), path=shown, sha256=digest(data)),
        text=text,
        blocks=blocks,
        url=article.url,
        source=article.sitename or _site(data, article.title) or host_of(article.url),
        title=article.title,
        byline=article.author,
        way="html",
        hints=tuple(page_dates(data)),
    )


def _article(data: bytes) -> Any | None:
    try:
        found = bare_extraction(data, with_metadata=True, include_comments=False)
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError):
        return None
    return found if getattr(found, "body", None) is not None else None


def _lay_out(article: Any) -> tuple[str, tuple[Block, ...]]:
    """Return the article's text and the blocks that the structure of the page tells."""
    pieces: list[tuple[str, BlockKind, str]] = []
    if article.title:
        pieces.append((" ".join(article.title.split()), "title", "the headline"))
    for element in article.body:
        words = " ".join("".join(element.itertext()).split())
        if words and not (len(pieces) == 1 and words == pieces[0][0]):
            pieces.append((words, *_kind(element.tag)))
    text, blocks = "", []
    for words, kind, why in pieces:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(words), kind, why))
        text += words
    return text, tuple(blocks)


def _kind(tag: str) -> tuple[BlockKind, str]:
    if tag == "quote":
        return "quotation", "set off as a quotation on the page"
    if tag == "head":
        return "title", "a subheading"
    return "body", "running text"


def page_dates(data: bytes) -> Iterator[DateHint]:
    """Yield the page's own date, if the page prints that very day in full.

    A month without its day, and a day that may be month and day or day and month, is none: the
    library fills in or chooses what the page leaves open.
    """
    whole = _without(ASIDE, CHANGED.sub("", data.decode("utf-8", "replace")))
    core = _without(EDGES, whole)
    for page, search in ((core, False), (core, True), (whole, False), (whole, True)):
        found = _found(page, search)
        if found and is_printed(page, found):
            yield DateHint(found, "the page's own date")
            return


def _without(tags: Sequence[str], page: str) -> str:
    """Return a page without what stands between the tags, each up to the first that ends it."""
    opening = re.compile(rf"<({'|'.join(tags)})\b", re.IGNORECASE)
    kept, at, ended = [], 0, dict.fromkeys(tags, False)
    for match in opening.finditer(page):
        name = match[1].lower()
        if match.start() < at or ended[name]:
            continue
        end = re.compile(f"</{name}>", re.IGNORECASE).search(page, match.end())
        if end is None:
            ended[name] = True  # and so it is for all that follow
            continue
        kept.append(page[at : match.start()])
        at = end.end()
    return "".join(kept) + page[at:]


def _found(page: str, search: bool) -> date | None:
    """Return the library's date of a page, with or without its search through all the text."""
    try:
        told = find_date(
            " " + page,  # text that begins like an address would be fetched
            original_date=True,
            extensive_search=search,
            min_date=FIRST_DAY,
            max_date=LAST_DAY,
        )
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError):
        return None
    return date.fromisoformat(told) if told else None


def _site(data: bytes, title: str | None) -> str | None:
    """Return the site's name where the page's own title ends in it: "Headline - The Paper"."""
    match = PAGE_TITLE.search(data)
    words = " ".join(unescape(match[1].decode("utf-8", "replace")).split()) if match else ""
    parts = TITLE_MARK.split(words)
    long = len(parts) < 2 or len(parts[-1].split()) > SITE_WORDS
    return None if long or not title or not words.startswith(title) else parts[-1]
