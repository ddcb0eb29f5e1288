"""Cuts a text as received into paragraphs, without editing it."""

import re
from dataclasses import dataclass

LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
WRAP = range(45, 101)  # characters of a line that a program wrapped; longer ones are paragraphs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph at [start, end) of the text, with its words; `gap` says a blank line precedes."""

    start: int
    end: int
    text: str
    gap: bool

    @property
    def words(self) -> list[str]:
        """Return the words by white space."""
        return self.text.split()


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs in order: lines, but a hard-wrapped run of lines is one."""
    found: list[Paragraph] = []
    for group in _groups(text):
        wrapped = len(group) > 1 and _is_wrapped([text[start:end] for start, end in group])
        pieces = [(group[0][0], group[-1][1])] if wrapped else group
        for number, (start, end) in enumerate(pieces):
            found.append(Paragraph(start, end, text[start:end], gap=number == 0))
    return found


def _groups(text: str) -> list[list[tuple[int, int]]]:
    """Return the runs of lines between blank lines, each line without outer white space."""
    groups: list[list[tuple[int, int]]] = []
    last_end = -1
    for match in LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        between = text[last_end:start] if last_end >= 0 else "\n\n"
        if not groups or between.replace("\r\n", "\n").count("\n") != 1:
            groups.append([])
        groups[-1].append((start, start + len(stripped)))
        last_end = start + len(stripped)
    return groups


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether a program broke these lines: most fill the width and end amid a sentence."""
    full = [line for line in lines[:-1] if len(line) in WRAP]
    if len(full) < len(lines) - 1 or max(map(len, lines)) >= WRAP.stop:
        return False
    open_ended = sum(not SENTENCE_END.search(line) for line in full)
    return open_ended * 2 >= len(full)
