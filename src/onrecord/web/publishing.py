"""The whole reading room as pages that need no server, to be read from a folder or a file share.

Every page that can be reached by links is written once, with its links made relative. What needs
a server is left out: forms (search, filters, review) and the answers as JSON.
"""

import asyncio
import os
import re
import shutil
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import html
from starlette.types import ASGIApp, Message, Scope

from onrecord.errors import RunError
from onrecord.settings import Settings
from onrecord.store import Address
from onrecord.web.app import STATIC, create_app
from onrecord.web.rendering import WAYS

MARK = ".onrecord"  # the file by which a folder that was written here is known
LEFT_OUT = (
    "/api/",
    "/decide",
    "/join",
    "/doubts",
    "/review",
    "/history",
    "/search",
    "/brief",
    "/references",
)
LEADING_ON = ("/place/", "/show/")  # addresses that are no page but lead to one
SAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST = 80  # characters of a file's name
POLICY = "script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"

Progress = Callable[[str, int, int | None], None]


def publish(record: Address, into: Path, *, progress: Progress) -> int:
    """Write a record's pages into a folder, new or written before, and return how many there are.

    Raises `RunError` when the file is no record or the folder holds anything else.
    """
    _prepare(into)
    # Links alone lead from page to page, so that no token and no host is asked for.
    app = create_app(record, Settings())
    room = Room(app)
    for number, (name, page) in enumerate(room.pages(), 1):
        file = into / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)
        progress("writing pages", number, None)
    shutil.copytree(STATIC, into / "static", dirs_exist_ok=True)
    return len(room.written)


def _prepare(into: Path) -> None:
    if into.is_dir() and any(into.iterdir()) and not (into / MARK).exists():
        remedy = "Give a new or empty folder, or one that was published before"
        raise RunError("the folder holds other files", file=str(into), remedy=remedy)
    try:
        into.mkdir(parents=True, exist_ok=True)
        (into / MARK).write_text("Written by onrecord publish.\n", encoding="utf-8")
    except OSError as error:
        raise RunError(f"cannot be written: {error.strerror}", file=str(into)) from error


class Room:
    """The pages of an application, each asked for once, by the links that lead to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._led: dict[str, tuple[str, str]] = {}  # of an address that leads on: where to
        self.written: set[str] = set()

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the file and the bytes of every page, in the order in which links lead to them."""
        waiting = [address for address, _ in reversed(WAYS) if not address.startswith(LEFT_OUT)]
        waiting = ["/help", "/promises", "/months", "/map", "/lanes", *waiting]
        while waiting:
            address = waiting.pop()
            if address not in self.written:
                self.written.add(address)
                page, links = self._made(address)
                waiting += [link for link in reversed(links) if link not in self.written]
                yield file_of(address), page

    def _made(self, address: str) -> tuple[bytes, list[str]]:
        """Return a page with relative links, and the addresses that it leads to."""
        _, _, body = asyncio.run(_get(self._app, address))
        tree = html.document_fromstring(body)
        for form in list(tree.iter("form")):
            form.drop_tree()
        links: dict[str, None] = {}
        here = os.path.dirname(file_of(address)) or "."  # noqa: PTH120 - names, not files
        for element, attribute, link, _ in list(tree.iterlinks()):
            if attribute is None or not link.startswith("/"):
                continue
            target, place = self._resolved(link)
            if target.startswith("/static/"):
                element.set(attribute, os.path.relpath(target.lstrip("/"), here))
            elif target:
                links[target] = None
                path = os.path.relpath(file_of(target), here)
                element.set(attribute, path + (f"#{place}" if place else ""))
            elif element.getparent().tag == "li" and element.xpath("ancestor::nav"):
                element.getparent().drop_tree()
            else:
                del element.attrib[attribute]
        tree.find("head").insert(1, _policy())
        page: bytes = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
        return page, list(links)

    def _resolved(self, link: str) -> tuple[str, str]:
        """Return the address of the page that a link leads to, "" for none, and the place in it."""
        parts = urlsplit(link)
        if parts.path.startswith(LEFT_OUT):
            return "", ""
        address = _plain(parts.path, parts.query)
        if not parts.path.startswith(LEADING_ON):
            return address, parts.fragment
        if address not in self._led:
            _, headers, _ = asyncio.run(_get(self._app, address))
            self._led[address] = self._resolved(headers.get("location", ""))
        return self._led[address]


def _policy() -> Any:
    """Return the element that forbids a page to run anything."""
    meta = html.Element("meta", content=POLICY)
    meta.set("http-equiv", "Content-Security-Policy")
    return meta


def _plain(path: str, query: str) -> str:
    """Return an address without the conditions of a form, of which only the part is kept."""
    number = dict(parse_qsl(query)).get("number", "")
    return f"{path}?number={number}" if number.isdigit() and number != "1" else path


def file_of(address: str) -> str:
    """Return the name of the file for an address, the same in every run."""
    parts = urlsplit(address)
    steps = [_safe(unquote(step)) for step in parts.path.strip("/").split("/") if step]
    number = dict(parse_qsl(parts.query)).get("number")
    name = "/".join(steps) or "index"
    return f"{name}.{number}.html" if number else f"{name}.html"


def _safe(step: str) -> str:
    """Return a step of an address that any file system takes, with what tells it from others."""
    safe = SAFE.sub("_", step)[:LONGEST].strip(".") or "_"
    if safe == step:
        return safe
    return f"{safe}-{blake2b(step.encode(), digest_size=4).hexdigest()}"


async def _get(app: ASGIApp, address: str) -> tuple[int, dict[str, str], bytes]:
    """Return the status, the headers and the body that an application answers with."""
    parts = urlsplit(address)
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
    }
    status, headers, body = 500, dict[str, str](), b""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {key.decode().lower(): value.decode() for key, value in message["headers"]}
        elif message["type"] == "http.response.body":
            body += message.get("body", b"")

    await app(scope, receive, send)
    return status, headers, body
