"""Forms of a page: fields to fill in, and lines beside them that speak to the site's user."""

import re
from collections.abc import Sequence

from onrecord.stages.clean.furniture import is_reported, sentences
from onrecord.stages.clean.paragraphs import Paragraph
from onrecord.types import BlockKind

FORM = "a form for registering"  # also the reason of the lexicon's lines for such forms
FORMS = frozenset(
    {FORM, "a form's field", "a site's message", "a paywall notice", "asks to get alerts"}
)
FORMS |= {"a note to subscribers", "asks to subscribe", "a page's template"}
LEAST_FIELDS = 3  # of labels in a row; fewer are as well a table, or a list of a report
LONGEST = 90  # words of a paragraph that speaks to the user
ASKED = (
    r"(?:first|last|full|middle|user|display|screen|family|given) ?-?name"
    r"|(?:your |confirm |enter |re-?enter )?e-?mail(?: address)?"
    r"|(?:your |confirm |new |current |old |enter |re-?enter )?password|zip(?: ?code)?"
    r"|post(?:al)? ?code"
    r"|(?:phone|mobile|telephone)(?: number)?|date of birth|birth ?(?:day|date|year)|year of birth"
)
OTHER = (
    r"(?:your )?name|gender|(?:fe)?male|country|state|city|street"
    r"|address(?: line)?(?: \d)?|month|day|year"
    r"|company|job title|subject|message|comments?|submit|send|save|cancel|close|continue"
    r"|done|clear|reset"
    r"|yes|no|none|remember me|keep me (?:signed|logged) in|required(?: fields?)?|optional"
    r"|sign ?(?:in|up|out)"
    r"|log ?(?:in|out|on)|register|subscribe|select(?: (?:one|a|an|your) ?\w*)?|prefer not to say"
)
FIELD = re.compile(rf"\W*(?:{ASKED}|{OTHER})(?: \((?:required|optional)\))?\W*", re.IGNORECASE)
ASKS = re.compile(rf"\W*(?:{ASKED})(?: \((?:required|optional)\))?\W*", re.IGNORECASE)
YOU = re.compile(r"\b(?:you|your|yours|we look forward|us)\b", re.IGNORECASE)
SITE = re.compile(
    r"\b(?:accounts?|profiles?|passwords?|in-?box|e-?mails?|newsletters?|notifications?"
    r"|alerts?|browsers?"
    r"|zip ?codes?|user ?names?|spam|registration|register(?:ing|ed)?|memberships?"
    r"|subscri\w+|sign(?:ed)? (?:in|up)"
    r"|sign-?up|log(?:ged)? ?(?:in|on)|terms of (?:use|service)|privacy (?:policy|notice)"
    r"|(?:web)?site|web ?page"
    r"|this page|apps?|cookies|tweets?|digital access|comments?|checkout|billing|devices?"
    r"|mobile)\b",
    re.IGNORECASE,
)

Marks = list[tuple[BlockKind, str] | None]


def mark_forms(cut: Sequence[Paragraph], marks: Marks) -> None:
    """Mark fields in a row, and what speaks to the site's user beside a form."""
    _mark_fields(cut, marks)
    for order in (range(len(cut)), range(len(cut) - 1, -1, -1)):
        for number in order:
            if marks[number] is None and _beside_form(marks, number):
                marks[number] = _of_form(cut[number].text)


def _mark_fields(cut: Sequence[Paragraph], marks: Marks) -> None:
    run: list[int] = []
    for number in range(len(cut) + 1):
        if number < len(cut) and FIELD.fullmatch(cut[number].text):
            run.append(number)
            continue
        if len(run) >= LEAST_FIELDS and any(ASKS.fullmatch(cut[n].text) for n in run):
            for field in run:
                marks[field] = marks[field] or ("boilerplate", "a form's field")
        run = []


def _beside_form(marks: Marks, number: int) -> bool:
    beside = [marks[n] for n in (number - 1, number + 1) if 0 <= n < len(marks)]
    return any(
        mark is not None and mark[0] == "boilerplate" and mark[1] in FORMS for mark in beside
    )


def _of_form(text: str) -> tuple[BlockKind, str] | None:
    if FIELD.fullmatch(text):
        return "boilerplate", "a form's field"
    return ("boilerplate", FORM) if _to_user(text) else None


def _to_user(text: str) -> bool:
    """Tell whether most words stand in sentences that speak to the user about the site."""
    if text.count(" ") >= LONGEST or is_reported(text):
        return False
    spoken = sum(len(one) for one in sentences(text) if YOU.search(one) and SITE.search(one))
    return spoken * 2 > len(text)
