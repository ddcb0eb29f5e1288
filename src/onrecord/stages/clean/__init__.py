"""Cuts a text into blocks and says of each what it is and why; the text itself is never edited.

Told by general signs: the furniture lexicon, script and language, place on the page, shape of the
line. It does not yet know an outlet's pages from each other (furniture that comes back on every
page of one site), nor captions that read like any sentence of the report.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.stages.clean.forms import mark_forms
from onrecord.stages.clean.furniture import appeals, ends_report, furniture
from onrecord.stages.clean.language import languages_of, likely_language
from onrecord.stages.clean.paragraphs import SENTENCE_END, Paragraph, paragraphs
from onrecord.types import Block, BlockKind, Report

BODY_WORDS = 12  # a paragraph this long that ends like a sentence is running text
TITLE_WORDS = range(3, 36)
HEAD_WORDS = 30  # a longer line before the text is a caption or a standfirst, not a title
SUBHEAD_WORDS = range(1, 9)
LONG_TITLE = 5  # words; a shorter line before the text is as often the site's name
REPEATED_CHARS = 40  # a headline's beginning that stands twice on a page
CAPITALS = 0.8  # share of capitals in a line set like a headline
LOOSE_WORDS = 14  # a longer last line without a full stop is still text
READ_LANGUAGE = "en"
TURN = re.compile(r"[A-Z][A-Z .'’-]{1,40}:\s")  # somebody's turn in a transcript
SOURCED_END = re.compile(r"[.!?][\"”’]?\s*\[[^\[\]]{1,30}\]\s*$")  # of an item of a digest
COLON = re.compile(r":\s*$")
SPEAKS = re.compile(
    r"\b(?:said|says|told|wrote|writes|reported|reports|responded|replied|answered|added|stated|"
    r"continued|tweeted|posted|read|reads|quoted|explained|declared|statement|follows)\b[^.]{0,60}:\s*$",
    re.IGNORECASE,
)
# A name that a page gives its own outlet in asking to be followed, or in its copyright line.
OWN_NAME = re.compile(
    r"\bFollow ((?:The )?[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){1,4}) on [A-Z]"
    r"|(?:©|\(c\)|Copyright) *\d{4},? ((?:The )?[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){1,4})"
)
MEDIA = (
    r"(?:Times|Post|Herald|Gazette|Tribune|Courier|Chronicle|Observer|Guardian|Telegraph|Daily|News|"
    r"Mail|Journal|Press|Star|Standard|Express|Mirror|Digest|Agency|Broadcasting|Radio|TV|Television|"
    r"Monitor|Bulletin|Dispatch|Examiner|Independent|Sentinel|Weekly|Wire)"
)
MASTHEAD_BLOCKS = 6  # blocks from the top among which an outlet's own name stands
NAMED = re.compile(rf"\b{MEDIA}\b")
MASTHEAD = re.compile(rf"(?:The |THE )?(?:[A-ZÀ-Þ][\w'’&-]* ){{1,4}}{MEDIA}|The {MEDIA}")

CAPTION: tuple[BlockKind, str] = "caption", "a line without a full stop between headline and text"
MENU: tuple[BlockKind, str] = "boilerplate", "a short line before the text"

Marks = list[tuple[BlockKind, str] | None]


def clean(report: Report) -> Report:
    """Return the report with its blocks, language, and title, byline and outlet where printed.

    Blocks that the way of reading already gave (the structure of a page) are kept as they are,
    but for running text that the signs of furniture say otherwise of.
    """
    if report.problem:
        return report
    cut = _given(report) or paragraphs(report.text)
    languages = languages_of([paragraph.text for paragraph in cut])
    main = _main_language(cut, languages)
    marks = _mark(cut, languages, main, {block.start: block for block in report.blocks})
    blocks = tuple(
        Block(paragraph.start, paragraph.end, *(mark or ("body", "running text")))
        for paragraph, mark in zip(cut, marks, strict=True)
    )
    return replace(
        report,
        blocks=blocks,
        language=report.language or main,
        title=report.title or _words(report, blocks, "title", "the headline"),
        byline=report.byline or _words(report, blocks, "byline", "names the writer"),
        source=report.source or _outlet(report, blocks),
    )


def _given(report: Report) -> list[Paragraph]:
    return [
        Paragraph(block.start, block.end, report.text[block.start : block.end], gap=True)
        for block in report.blocks
    ]


def _main_language(cut: Sequence[Paragraph], languages: Sequence[str | None]) -> str | None:
    """Return the language that most letters of the long paragraphs are in."""
    weight: Counter[str] = Counter()
    for paragraph, language in zip(cut, languages, strict=True):
        if language:
            weight[language] += len(paragraph.text)
    if not weight:
        return None
    most = max(weight.values())
    # A page in another language around an English report is still an English report.
    if weight[READ_LANGUAGE] * 3 >= most:
        return READ_LANGUAGE
    return min(language for language in weight if weight[language] == most)


def _mark(
    cut: Sequence[Paragraph],
    languages: Sequence[str | None],
    main: str | None,
    given: dict[int, Block],
) -> Marks:
    marks: Marks = []
    for paragraph, language in zip(cut, languages, strict=True):
        mark: tuple[BlockKind, str] | None = None
        if main and main != READ_LANGUAGE:
            mark = "other language", f"the report is in {main}, and only English is read"
        elif language and language != READ_LANGUAGE:
            mark = "other language", "another script" if language == "und" else f"in {language}"
        else:
            mark = furniture(paragraph.text)
        block = given.get(paragraph.start)
        if mark is None and block and block.kind != "body":
            mark = block.kind, block.why
        marks.append(mark)
    if main in (None, READ_LANGUAGE):
        mark_forms(cut, marks)
        _mark_tail(cut, marks)
        foreign = frozenset(found for found in languages if found and found != READ_LANGUAGE)
        titled = any(mark and mark[0] == "title" for mark in marks)
        _mark_head(cut, marks, foreign, titled=titled)
        _mark_middle(cut, marks)
    return marks


def _is_text(paragraph: Paragraph) -> bool:
    return len(paragraph.words) >= BODY_WORDS and bool(SENTENCE_END.search(paragraph.text))


def _text_at(cut: Sequence[Paragraph], marks: Marks) -> list[int]:
    """Return the numbers of the unmarked paragraphs that are running text by their shape."""
    return [n for n, paragraph in enumerate(cut) if marks[n] is None and _is_text(paragraph)]


def _mark_tail(cut: Sequence[Paragraph], marks: Marks) -> None:
    """Mark what stands after the end of the report."""
    text = _text_at(cut, marks)
    total = sum(len(cut[n].text) for n in text)
    passed, inside = 0, set(text)
    for number, paragraph in enumerate(cut):
        why = ends_report(paragraph.text)
        if why and passed * 2 >= total > 0:
            for after in range(number + 1, len(cut)):
                marks[after] = marks[after] or ("teaser", f"after {why}")
            marks[number] = marks[number] or ("boilerplate", why)
            break
        passed += len(paragraph.text) if number in inside else 0
    text = _text_at(cut, marks)
    if text:
        for number in range(text[-1] + 1, len(cut)):
            paragraph = cut[number]
            loose = len(paragraph.words) <= LOOSE_WORDS and not SENTENCE_END.search(paragraph.text)
            if marks[number] is None and loose and not appeals(paragraph.text):
                marks[number] = "boilerplate", "a line without a sentence after the text"


def _mark_head(
    cut: Sequence[Paragraph], marks: Marks, foreign: frozenset[str], *, titled: bool
) -> None:
    """Mark the title, and menus and captions between it and the text."""
    text = _text_at(cut, marks)
    head = [n for n in range(text[0] if text else len(cut)) if marks[n] is None]
    title = None if titled else _title(cut, head, foreign)
    for number in head:
        words = len(cut[number].words)
        if number == title:
            marks[number] = "title", "the headline"
        elif title is not None and number < title:
            marks[number] = "boilerplate", "a line before the headline"
        elif words > 3 and _is_sentence(cut[number].text):
            continue
        elif text or title is not None:
            marks[number] = CAPTION if words > 3 else MENU
    first = text[0] if text else len(cut)
    for number in range(first, len(cut) - 1):
        _mark_credited(cut, marks, number)


def _is_sentence(text: str) -> bool:
    return bool(SENTENCE_END.search(text) or SOURCED_END.search(text))


def _title(cut: Sequence[Paragraph], head: Sequence[int], foreign: frozenset[str]) -> int | None:
    """Return the number of the line of the head that reads most like the headline.

    A line that the page repeats (in a breadcrumb, cut short) comes before the first long line,
    and that before the first line; a line that looks like a `foreign` language of the page is none.
    """
    lines = [number for number in head if _like_headline(cut[number])]
    if foreign:
        lines = [n for n in lines if likely_language(cut[n].text) not in foreign] or lines
    shown = " ".join(paragraph.text for paragraph in cut[: head[-1] + 1]) if head else ""
    repeated = [n for n in lines if shown.count(cut[n].text[:REPEATED_CHARS]) > 1]
    long = [number for number in lines if len(cut[number].words) >= LONG_TITLE]
    best = [number for number in long if number in repeated] or long or lines
    return best[0] if best else None


def _like_headline(paragraph: Paragraph) -> bool:
    ended = paragraph.text.rstrip("\"'”’»)").endswith((".", ":", ";", "…"))
    if paragraph.text[0].islower():
        return False
    return len(paragraph.words) in TITLE_WORDS and (not ended or _capitals(paragraph) >= CAPITALS)


def _capitals(paragraph: Paragraph) -> float:
    """Return the share of longer words that begin with a capital; 0 where all are capitals."""
    long = [word.strip("\"'“”‘’?!,:;") for word in paragraph.words]
    long = [word for word in long if len(word) > 3 and word[0].isalpha()]
    if not long or paragraph.text.isupper():
        return 0.0
    return sum(word[0].isupper() for word in long) / len(long)


def _mark_credited(cut: Sequence[Paragraph], marks: Marks, number: int) -> None:
    """Mark a paragraph that stands alone with a photo credit as its caption."""
    after = marks[number + 1]
    pair = cut[number].gap and not cut[number + 1].gap
    pair = pair and (number + 2 == len(cut) or cut[number + 2].gap)
    if pair and marks[number] is None and after and after[1] == "a photo credit":
        marks[number] = "caption", "a photo credit follows"


def _mark_middle(cut: Sequence[Paragraph], marks: Marks) -> None:
    """Mark teasers, subheadings and block quotations between running text."""
    text = _text_at(cut, marks)
    if not text:
        return
    for number in range(text[0], len(cut)):
        paragraph = cut[number]
        if marks[number] is not None:
            continue
        if number and marks[number - 1] is None and SPEAKS.search(cut[number - 1].text):
            if not paragraph.text.startswith(('"', "“", "«", "'", "‘")):
                marks[number] = "quotation", "follows words that hand over with a colon"
        elif paragraph.text.startswith(">"):
            marks[number] = "quotation", "set off as a quotation"
        elif text[0] < number < text[-1] and not COLON.search(paragraph.text):
            marks[number] = _between(paragraph)


def _between(paragraph: Paragraph) -> tuple[BlockKind, str] | None:
    """Return what a line between running text is, where its shape tells."""
    words = paragraph.words
    if (
        paragraph.text.rstrip("\"'”’»)").endswith((".", "!", ":", ";", ","))
        or len(words) > HEAD_WORDS
    ):
        return None
    if paragraph.text.lstrip("\"'“‘«(")[:1].islower() or paragraph.text[-1] in "\"”»’'":
        return None
    if TURN.match(paragraph.text):
        return None
    if len(words) > LONG_TITLE and _capitals(paragraph) >= CAPITALS:
        return "teaser", "a headline amid the text"
    if len(words) in SUBHEAD_WORDS:
        return "title", "a subheading"
    return None


def _words(report: Report, blocks: Sequence[Block], kind: str, why: str) -> str | None:
    block = next((block for block in blocks if block.kind == kind and block.why == why), None)
    return " ".join(report.text[block.start : block.end].split()) if block else None


def _outlet(report: Report, blocks: Sequence[Block]) -> str | None:
    """Return the name that the page gives its own outlet, where its furniture tells."""
    for block in blocks:
        found = OWN_NAME.search(report.text, block.start, block.end)
        name = next((group for group in found.groups() if group), None) if found else None
        if name and block.kind == "boilerplate" and NAMED.search(name):
            return name
    return _masthead(report, blocks)


def _masthead(report: Report, blocks: Sequence[Block]) -> str | None:
    """Return a short line about the headline that is a name of the kind that outlets have."""
    for block in blocks[:MASTHEAD_BLOCKS]:
        words = " ".join(report.text[block.start : block.end].split())
        if block.kind in ("boilerplate", "caption") and MASTHEAD.fullmatch(words):
            return words
    return None
