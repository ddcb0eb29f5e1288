"""Quotations: where words stand in quotation marks, by the marks alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.parsing import Parse

# What opens a quotation and what may close it; German „…“ and »…« close with others' openers.
CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    "‹": ("›",),
    "‘": ("’",),
    "``": ("''", '"'),
    "`": ("'", "’"),
    "''": ("''",),
    '"': ('"', "”", "“"),
    "'": ("'",),
    "»": ("«",),
    "‟": ("”",),
}
SIDELESS = frozenset({'"', "'", "''", "»", "”"})
SINGLE = frozenset({"‘", "'", "`"})
OPENS_AFTER = frozenset(" \t\n\r\u00a0([{—–-/:“‘\"'«")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens [start, end) with the marks, [first, last) without; `closed` by a mark or not."""

    start: int
    end: int
    first: int
    last: int
    closed: bool


def quotations(parse: Parse) -> list[Quotation]:
    """Return the outermost quotations of a report in their order; none crosses a block."""
    found: list[Quotation] = []
    for number in range(len(parse.blocks)):
        found.extend(_in_block(parse, parse.block_tokens(number)))
    return found


def _marks(parse: Parse, tokens: range) -> Iterator[int]:
    """Yield the tokens that hold nothing but a quotation mark."""
    for index in tokens:
        text = parse.doc[index].text
        if len(text) <= 2 and (text in CLOSERS or text in "”’›"):
            yield index


def _in_block(parse: Parse, tokens: range) -> Iterator[Quotation]:
    opened: int | None = None
    mark, depth, last_close = "", 0, -1
    for index in _marks(parse, tokens):
        text = parse.doc[index].text
        if opened is None:
            if _can_open(parse, index, tokens):
                opened, mark, depth, last_close = index, text, 1, -1
            continue
        if text in CLOSERS[mark] and _can_close(parse, index):
            last_close = index
            depth -= 1
            if depth == 0 or mark in SIDELESS:
                yield Quotation(opened, index + 1, opened + 1, index, closed=True)
                opened = None
        elif text == mark and mark not in SIDELESS and _can_open(parse, index, tokens):
            depth += 1
    if opened is not None:
        yield from _unclosed(opened, mark, last_close, tokens)


def _unclosed(opened: int, mark: str, last_close: int, tokens: range) -> Iterator[Quotation]:
    """Close at the last mark there is; double marks without any run to the end of the block."""
    if last_close > 0:
        yield Quotation(opened, last_close + 1, opened + 1, last_close, closed=True)
    elif mark not in SINGLE and opened + 1 < tokens.stop:
        yield Quotation(opened, tokens.stop, opened + 1, tokens.stop, closed=False)


def _can_open(parse: Parse, index: int, tokens: range) -> bool:
    mark = parse.doc[index].text
    if mark not in CLOSERS or index + 1 >= tokens.stop:
        return False
    if mark not in SIDELESS:
        return True
    before, after = _around(parse, index)
    return (not before or before in OPENS_AFTER) and not after.isspace()


def _can_close(parse: Parse, index: int) -> bool:
    mark = parse.doc[index].text
    before, after = _around(parse, index)
    if mark in ("'", "’"):
        return not before.isspace() and not after.isalnum()
    if mark in SIDELESS:
        # `" text "` with blanks on both sides is still taken for the closing mark.
        return not before.isspace() or not after.strip()
    return True


def _around(parse: Parse, index: int) -> tuple[str, str]:
    """Return the characters before and after a token, empty at the ends of the text."""
    text = parse.report.text
    start, end = parse.starts[index], parse.end(index)
    return text[start - 1 : start] if start else "", text[end : end + 1]
