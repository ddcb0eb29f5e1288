"""Finds time expressions in text by the rules of the lexicon `times_grammar.tsv`."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

NAMED = re.compile(r"\(\?P<(\w+)>")
# Longest run of white space inside an expression; a bound keeps the search linear.
WIDEST = 24
PLACEHOLDER = re.compile(r"\{([A-Z]+)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at [start, end) of a text: the rule that found it and what it caught.

    `text` has its words in lower case.
    """

    start: int
    end: int
    rule: str
    caught: dict[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules: one expression that finds the place, one a rule that reads it."""

    master: re.Pattern[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    values: dict[str, tuple[tuple[re.Pattern[str], str], ...]]

    def find(self, text: str) -> Iterator[Found]:
        """Yield the time expressions of a text in their order; none overlap."""
        lowered = lower(text)
        for match in self.master.finditer(lowered):
            number = int(str(match.lastgroup)[1:])
            name, pattern = self.rules[number]
            read = pattern.match(lowered, match.start())
            if read is not None:
                start, end = _start(read), read.end()
                yield Found(start, end, name, _caught(read), lowered[start:end])

    def value(self, name: str, word: str) -> str:
        """Return the value of a word of a class; raises `KeyError` when it is not in it."""
        for pattern, value in self.values[name]:
            if pattern.fullmatch(word):
                return value
        raise KeyError(word)


def lower(text: str) -> str:
    """Return the text in lower case with every character at its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def table(name: str) -> list[list[str]]:
    """Return the rows of a tab-separated lexicon file, without comments."""
    lines = files("onrecord.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@functools.cache
def beside(name: str) -> frozenset[str]:
    """Return a class of words that stand beside time expressions."""
    return frozenset(word for group, word in table("times_context.tsv") if group == name)


@functools.cache
def grammar() -> Grammar:
    """Return the grammar of the lexicon, compiled once."""
    words: dict[str, list[tuple[str, str]]] = {}
    for name, word, value in table("times_words.tsv"):
        words.setdefault(name, []).append((word, value))
    parts = {name: "(?:" + "|".join(w for w, _ in rows) + ")" for name, rows in words.items()}
    parts = {name: f"(?P<{name.lower()}>{body})" for name, body in parts.items()}
    rules = []
    for name, pattern in table("times_grammar.tsv"):
        expanded = _expand(pattern, parts)
        if name.startswith("@"):
            parts[name[1:]] = expanded
        else:
            rules.append((name, _spaced(expanded)))
    return Grammar(_master(rules), _compiled(rules), _values(words))


def _spaced(pattern: str) -> str:
    """Let a run of white space stand for a blank, and a hyphen too where a set says so."""
    hyphen = rf"(?:\s{{0,{WIDEST}}}-\s{{0,{WIDEST}}}|\s{{1,{WIDEST}}})"
    pattern = pattern.replace("[ -]", hyphen).replace(" ?", rf"\s{{0,{WIDEST}}}")
    return pattern.replace(" ", rf"\s{{1,{WIDEST}}}")


def _expand(pattern: str, parts: dict[str, str]) -> str:
    """Put the parts in; `{NUMBER:upper}` catches its number under the name `upper`."""

    def part(match: re.Match[str]) -> str:
        body = parts[match[1]]
        return NAMED.sub(f"(?P<{match[2]}>", body, count=1) if match[2] else body

    return PLACEHOLDER.sub(part, pattern)


def _master(rules: list[tuple[str, str]]) -> re.Pattern[str]:
    bodies = [f"(?P<r{i}>{NAMED.sub('(?:', body)})" for i, (_, body) in enumerate(rules)]
    return re.compile(r"(?<![\w$£€.,'’-])(?=\S)(?:" + "|".join(bodies) + r")(?!\w)")


def _compiled(rules: list[tuple[str, str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(_distinct(body) + r"(?!\w)")) for name, body in rules)


def _distinct(pattern: str) -> str:
    """Give a number to each group, since a regular expression allows no name twice."""
    count = iter(range(10_000))
    return NAMED.sub(lambda match: f"(?P<{match[1]}__{next(count)}>", pattern)


def _start(match: re.Match[str]) -> int:
    """Return where an expression begins, after the words that it only needs before it."""
    skipped = [name for name in match.groupdict() if name.startswith("skip__")]
    return max((match.end(name) for name in skipped), default=match.start())


def _caught(match: re.Match[str]) -> dict[str, str]:
    caught: dict[str, str] = {}
    for name, text in match.groupdict().items():
        if text is not None:
            caught.setdefault(name.partition("__")[0], text)
    return caught


def _values(
    words: dict[str, list[tuple[str, str]]],
) -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    return {
        name: tuple((re.compile(word.replace(" ", r"\s+")), value) for word, value in rows)
        for name, rows in words.items()
    }
