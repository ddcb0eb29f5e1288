"""Which tokens stand in double quotation marks, by the marks of each block alone."""

from onrecord.stages.actors.page import Page

OPENING = {"“": "”", "„": "“", "«": "»", "``": "''"}
SIDELESS = frozenset({'"', "''"})


def quoted(page: Page) -> list[bool]:
    """Return for each token whether it stands in quotation marks; an unclosed one ends its block.

    Curly marks inside a quotation do not nest here: the outermost is what matters.
    """
    flags = [False] * len(page)
    if not flags:
        return flags
    ends = (*page.parse.firsts[1:], len(page))
    for first, last in zip(page.parse.firsts, ends, strict=True):
        _mark(page, first, last, flags)
    return flags


def _mark(page: Page, first: int, last: int, flags: list[bool]) -> None:
    closing = ""
    for i in range(first, last):
        word = page.text[i]
        if closing:
            flags[i] = True
            if word == closing or (closing in SIDELESS and word in SIDELESS):
                closing = ""
        elif word in OPENING:
            closing, flags[i] = OPENING[word], True
        elif word in SIDELESS:
            closing, flags[i] = word, True
