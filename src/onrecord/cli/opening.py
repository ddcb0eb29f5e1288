"""The commands that find, open and write out what the record holds."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from onrecord.cli.app import Code
from onrecord.cli.arguments import AsJson, Limit, Out, RecordFile
from onrecord.cli.printing import (
    Steps,
    clean,
    console,
    json_of,
    print_table,
    say,
    show_list,
    write_json,
)
from onrecord.errors import RunError

if TYPE_CHECKING:
    from onrecord.types import Hit, Paragraph

FOUND = 20  # matches of each type that a search gives unless another number is asked for
ALL = 2**31  # more than any record holds
FAULTS = 50  # faults that verify prints; it counts them all


def search(
    record: RecordFile,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them must stand.")],
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Find the reports and statements that hold all the words, best first.

    As JSON the matching words of a snippet stand between the characters U+0002 and U+0003.
    """
    from onrecord.record import Record
    from onrecord.store.rows import to_json

    def row(hit: "Hit") -> tuple[str, ...]:
        snippet = hit.snippet.replace("\2", "»").replace("\3", "«")
        return hit.type, hit.title, snippet, hit.id

    with Record(record) as opened:
        most = FOUND if limit is None else limit or ALL
        found = opened.search(" ".join(words), limit=most)
        headers = ("in a", "title or speaker", "words", "id")
        show_list(found, headers, row, as_json=as_json, limit=0, to_json=to_json)


def show(
    record: RecordFile,
    key: Annotated[str, typer.Argument(metavar="ID", help="An id from any other answer.")],
    as_json: AsJson = False,
) -> None:
    """Open one line of the record: what it holds, and its evidence in its paragraphs, marked."""
    from onrecord.record import Record
    from onrecord.store.rows import to_json

    with Record(record) as opened:
        shown = opened.show(key)
        if as_json:
            paragraphs = [to_json(paragraph) for paragraph in shown.paragraphs]
            write_json({"line": json_of(shown.noun), "paragraphs": paragraphs})
            return
        console().print(f"{shown.type}: {clean(opened.describe(shown.noun))}", markup=False)
        rows = [
            (name, clean(str(value)))
            for name, value in json_of(shown.noun).items()
            if value not in (None, "", []) and not isinstance(value, list | dict)
        ]
        print_table(("", ""), rows)
        for paragraph in shown.paragraphs:
            place = f"{opened.report(paragraph.report).path}, {paragraph.start}–{paragraph.end}"
            console().print(f"{clean(place)} ({paragraph.kind})", style="dim", markup=False)
            console().print(_marked(paragraph), end="\n\n")


def _marked(paragraph: "Paragraph") -> Text:
    """Return a paragraph whose evidence stands out: in colour, or between »« without it."""
    coloured = console().is_terminal
    text, at = Text(), paragraph.start
    for start, end in paragraph.marked:
        start = max(start, at)
        if end <= start:
            continue
        words = clean(paragraph.text[start - paragraph.start : end - paragraph.start])
        text.append(_spaced(paragraph.text[at - paragraph.start : start - paragraph.start]))
        text.append(words if coloured else f"»{words}«", style="bold reverse" if coloured else "")
        at = end
    text.append(_spaced(paragraph.text[at - paragraph.start :]))
    return text


def _spaced(words: str) -> str:
    """Return words cleaned for the terminal, with the spaces at their ends kept."""
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() and words.strip() else ""
    return before + clean(words) + after


def brief(
    record: RecordFile,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="An actor, or words to find.")],
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write what the record holds on a topic, as Markdown with a reference for every line."""
    from onrecord.brief import brief as written
    from onrecord.record import Record

    with Record(record) as opened:
        words = written(opened, topic)
    if out:
        out.write_text(words, encoding="utf-8", newline="\n")
    if as_json:
        write_json({"topic": topic, "markdown": words})
    elif not out:
        sys.stdout.write(words)


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, csv or plover.")],
    record: RecordFile,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="The file, or for csv the folder, to write; for plover NAME.csv or NAME.json.",
        ),
    ] = None,
) -> None:
    """Write the whole record in another format; jsonl goes to standard output without -o."""
    from onrecord.export import FORMATS
    from onrecord.export.jsonl import write
    from onrecord.record import Record

    if form not in FORMATS:
        raise typer.BadParameter(f"no format {form!r}; there are {', '.join(FORMATS)}")
    if out is None and form != "jsonl":
        raise typer.BadParameter(f"{form} needs -o OUT, to say where it goes")
    with Record(record) as opened:
        if out is not None:
            FORMATS[form](opened, out)
            return
        stream: Any = sys.stdout  # JSON lines are UTF-8 whatever the terminal is
        stream.reconfigure(encoding="utf-8", errors="strict", newline="\n")
        write(opened, stream)


def verify(record: RecordFile, as_json: AsJson = False) -> None:
    """Prove every line of the record against its reports: its evidence is the exact words there.

    Exit code 1 when any is not.
    """
    from onrecord.record import Record

    proved, faults = 0, []
    with Record(record) as opened, Steps() as steps:
        for fault in opened.proofs():
            if fault is None:
                proved += 1
                steps("proving", proved, None)
            else:
                faults.append(fault)
    if as_json:
        write_json({"proved": proved, "faults": faults})
    else:
        console().print(f"{proved:,} pieces of evidence are the exact words at their places")
        for fault in faults[:FAULTS]:
            console().print(clean(fault), markup=False)
    if faults:
        say(f"error: {record}: {len(faults):,} faults. Build the record again from its reports")
        raise typer.Exit(Code.NONE)
    if not proved:
        raise RunError("holds nothing to prove", file=str(record), remedy="Add reports to it")
