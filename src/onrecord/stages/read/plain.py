"""Plain text as received, and what every way of reading shares: bytes, decoding, failing."""

import hashlib

from charset_normalizer import from_bytes

from onrecord.errors import ItemError
from onrecord.ids import make_id
from onrecord.settings import Settings
from onrecord.types import Report

MAX_BYTES = 100_000_000  # a larger file is not one report
CONTROL = bytes(range(0x09)) + bytes(range(0x0E, 0x1B))


def read_plain(data: bytes, shown: str, settings: Settings) -> Report:
    """Return the report in a file of plain text, its text exactly as received."""
    try:
        text = decode(data, settings)
    except ItemError as error:
        return failed(shown, error, data)
    return with_text(data, text, shown, settings)


def with_text(data: bytes, text: str, shown: str, settings: Settings) -> Report:
    """Return a report of that text, with its problem when there is no text or too much."""
    report = Report(id=report_id(data, shown), path=shown, sha256=digest(data), text=text)
    problem = text_problem(text, settings)
    return report if problem is None else failed(shown, problem, data, text=text)


def text_problem(text: str, settings: Settings) -> ItemError | None:
    """Return why a text is not read: it is empty, or longer than the setting allows."""
    if not text.strip():
        return ItemError("empty", remedy="Fetch the report again")
    if len(text) > settings.max_chars:
        return ItemError(
            f"{len(text):,} characters, more than {settings.max_chars:,}",
            remedy="Cut it into single reports, or raise ONRECORD_MAX_CHARS",
        )
    return None


def decode(data: bytes, settings: Settings) -> str:
    """Return the text of the bytes; raises `ItemError` for binary data and a wrong encoding."""
    if is_binary(data):
        raise ItemError("binary data, not text", remedy="Give the report as text or HTML")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        return data.decode(settings.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        guess = from_bytes(data[:20_000]).best()
        name = guess.encoding if guess else "its own encoding"
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise ItemError(
            f"not {settings.encoding}{place}",
            remedy=f"Convert it to UTF-8 (it may be {name}), or set ONRECORD_ENCODING",
        ) from error


def is_binary(data: bytes) -> bool:
    """Tell whether bytes hold what no text holds: zero bytes, or many control characters."""
    head = data[:4096]
    controls = sum(byte in CONTROL for byte in head)
    return b"\0" in head or controls > len(head) // 20


def failed(shown: str, error: ItemError, data: bytes = b"", *, text: str = "") -> Report:
    """Return the report kept with the reason why it could not be read."""
    problem = f"{error.message}. {error.remedy}" if error.remedy else error.message
    return Report(
        id=report_id(data, shown),
        path=shown,
        sha256=digest(data) if data else "",
        text=text,
        way="failed",
        problem=problem,
    )


def report_id(data: bytes, name: str) -> str:
    """Return the id of a report: its bytes and its address or file name, wherever it lay."""
    return make_id("report", digest(data), name.rsplit("/", 1)[-1] if "://" not in name else name)


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
