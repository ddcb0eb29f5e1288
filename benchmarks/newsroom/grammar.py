"""Sentences from banks of templates: `{name}` expands, `{^name}` with a capital, `{NAME}` is bound.

A bank is a text file of lines `name = alternative | alternative`, compiled once into nested lists,
so that a sentence costs a few microseconds.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

SLOT = re.compile(r"\{([^{}]+)\}")
PLURAL = re.compile(r"\{(\w+)\}s\b")
ARTICLE = re.compile(r"\0 (\W*)(\w)")
VOWELS = frozenset("aeiouAEIOU8")
A = "\0"  # stands for "a" or "an" until the next word is known


@dataclass(frozen=True, slots=True)
class Bound:
    """A place for what the story binds to the name."""

    name: str


@dataclass(slots=True)
class Capital:
    """Alternatives that begin with a capital letter."""

    of: "Alternatives"


Part: TypeAlias = "str | Alternatives | Bound | Capital"
Alternatives: TypeAlias = "list[str | tuple[Part, ...]]"
Banks: TypeAlias = "dict[str, Alternatives]"
Chance: TypeAlias = Callable[[], float]


def banks(path: Path, extra: Mapping[str, list[str]]) -> Banks:
    """Return the compiled alternatives of every name in a file, and of the extra lists."""
    lines = [line.split(" = ", 1) for line in path.read_text("utf-8").splitlines() if " = " in line]
    texts = {
        name: [alternative.strip().replace("\\s", " ") for alternative in right.split("|")]
        for name, right in lines
        if not name.startswith("#")
    }
    texts |= extra
    _loosen(texts)
    _add_plurals(texts)
    made: Banks = {name: [] for name in texts}
    for name, alternatives in texts.items():
        made[name] += [_compiled(alternative, made) for alternative in alternatives]
    return made


def _loosen(texts: dict[str, list[str]]) -> None:
    """Let fixed words within a template vary as the lines `loose.word` of the bank say.

    Only words that another fixed word follows: what follows them then is known to be no slot.
    """
    words = {name[6:]: f"{{{name}}}" for name in texts if name.startswith("loose.")}
    exempt = {*texts.get("fixed", ()), "fixed"}
    pattern = re.compile(rf"(?<![\w’{{.])({'|'.join(words) or '!'})(?= [a-z]{{2,}})(?![^{{}}]*}})")
    for name, alternatives in texts.items():
        if name not in exempt and "." not in name[:5] and not name.startswith("loose."):
            texts[name] = [pattern.sub(lambda m: words[m[1]], text) for text in alternatives]


def _add_plurals(texts: dict[str, list[str]]) -> None:
    """Give each name that is used as `{name}s` a list of its plurals, and use that."""
    for name, alternatives in list(texts.items()):
        for found in {one for text in alternatives for one in PLURAL.findall(text)}:
            texts[f"{found}+s"] = [_plural(one) for one in texts[found]]
        texts[name] = [PLURAL.sub(r"{\1+s}", text) for text in alternatives]


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    if noun.endswith("works"):
        return noun
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _compiled(text: str, made: Banks) -> "str | tuple[Part, ...]":
    """Return an alternative as its parts; as it is where nothing in it expands."""
    parts: list[Part] = []
    for number, piece in enumerate(SLOT.split(text)):
        if number % 2 == 0:
            parts += [piece] if piece else []
        elif piece == "a":
            parts.append(A)
        elif piece.startswith("^"):
            parts.append(Capital(made[piece[1:]]))
        elif piece.isupper():
            parts.append(Bound(piece))
        else:
            parts.append(made[piece])
    if len(parts) < 2 and all(type(part) is str for part in parts):
        return text
    return tuple(parts)


def written(source: Alternatives, chance: Chance, bound: Mapping[str, str]) -> str:
    """Return one expansion of the alternatives."""
    out: list[str] = []
    _write(source, chance, bound, out)
    return with_articles("".join(out))


def sentence(one: "str | tuple[Part, ...]", chance: Chance, bound: Mapping[str, str]) -> str:
    """Return one template expanded, with a capital at its head."""
    return capital(written([one], chance, bound))


def _write(source: Alternatives, chance: Chance, bound: Mapping[str, str], out: list[str]) -> None:
    taken = source[int(chance() * len(source))]
    if type(taken) is str:
        out.append(taken)
        return
    for part in taken:
        kind = type(part)
        if kind is str:
            out.append(part)  # type: ignore[arg-type]
        elif kind is list:
            _write(part, chance, bound, out)  # type: ignore[arg-type]
        elif isinstance(part, Bound):
            out.append(bound[part.name])
        elif isinstance(part, Capital):
            first = len(out)
            _write(part.of, chance, bound, out)
            out[first:] = [capital("".join(out[first:]))]


def with_articles(text: str) -> str:
    """Return the text with "a" or "an" where only a place for it stood."""
    if A not in text:
        return text
    text = ARTICLE.sub(lambda m: f"{'an' if m[2] in VOWELS else 'a'} {m[1]}{m[2]}", text)
    return text.replace("\0", "a")


def capital(text: str) -> str:
    """Return the text with its first letter as a capital, past the marks of statements."""
    place = 0
    while place < len(text):
        letter = text[place]
        if letter == "~":
            place += 3
        elif letter == A:
            return f"{text[:place]}{_capital_article(text[place:])}"
        elif letter.isalnum():
            return text[:place] + letter.upper() + text[place + 1 :]
        else:
            place += 1
    return text


def _capital_article(text: str) -> str:
    """Return text that begins with a place for an article, with that article as a capital."""
    made = with_articles(text)
    return made[0].upper() + made[1:]
