"""Hostile input: files as a crawl brings them, and as nobody but an attacker would make them.

Everything is made here from a number, so that whatever breaks something can be made again.
"""

import gzip
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

WORDS = (
    "guild harbour denied accused said told on Monday 5 March 2022 yesterday two boats sank "
    "the chief Ilke Dorn of and that it was «no» “we did not” 300 rockets 4.5 million "
    "www.example.org e-mail U.S. — … 12/03/22 1 000 2,000 №7 10% € café naïve снег 雪 שלג ثلج"
).split()
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1251", "shift_jis", "gb18030",
             "cp037", "utf-7", "iso2022_jp", "big5")  # fmt: skip
TAGS = "div p span table tr td ul li nav article b i a blockquote h1 time script style form".split()
BAIT = ("a", " ", "\t", "\n", "(", "((", "1", "1 ", "1,", ".", "..", "-", "—", "“", "“ ", '"', "'",
        "A", "A ", "Aa ", "said ", "and ", "of the ", "March ", "12/", "12:", "&", "&#", "&lt;",
        "<", "</", "<!", "<!--", "]]>", "http://", "www.", "@", "\u200b", "\u202e", "\u0301",
        "\ufeff", "\ufffd", "\ud83d")  # fmt: skip
SUFFIXES = (".txt", ".html", ".jsonl", "", ".htm", ".ndjson", ".xhtml", ".parquet", ".warc.gz")


# How the names of such files usually end.
OWN = {"text": ".txt", "page": ".html", "lines": ".jsonl", "bait": ".txt", "lying page": ".html"}


@dataclass(frozen=True)
class Given:
    """A file: what makes it, how its name ends, and its bytes."""

    what: str
    suffix: str
    data: bytes


def sentence(chance: random.Random) -> str:
    """Return words in no order."""
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 30))) + "."


def text(chance: random.Random) -> str:
    """Return paragraphs."""
    return "\n\n".join(sentence(chance) for _ in range(chance.randint(0, 8)))


def page(chance: random.Random) -> str:
    """Return a page whose tags nest and end at random."""
    parts = [chance.choice(("<!doctype html>", "<html>", "", "<?xml version='1.0'?>"))]
    for _ in range(chance.randint(0, 60)):
        tag = chance.choice(TAGS)
        parts.append(chance.choice((f"<{tag}>", f"</{tag}>", f"<{tag} class='{sentence(chance)}'>",
                                    sentence(chance), f"<{tag}", "<!--", "-->")))  # fmt: skip
    return "".join(parts)


def lines(chance: random.Random) -> str:
    """Return JSON lines, some of which are none."""
    made = []
    for _ in range(chance.randint(0, 5)):
        row = {name: _value(chance) for name in chance.sample(FIELDS, chance.randint(0, 5))}
        made.append(json.dumps(row))
    return "\n".join(made)


FIELDS = ["text", "id", "url", "source", "title", "author", "date", "crawled", "x"]


def _value(chance: random.Random) -> object:
    return chance.choice(
        (sentence(chance), text(chance), "", None, 7, -1e308, float("nan"), True, [], {}, [[[]]],
         "2022-13-45", "0000-00-00", "9" * 400, "\ud800", "\0", 10**400)
    )  # fmt: skip


def broken(chance: random.Random, data: bytes) -> bytes:
    """Return bytes with some changed, removed, doubled or put in."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(found))
        what = chance.randint(0, 3)
        if what == 0 and at < len(found):
            found[at] = chance.randint(0, 255)
        elif what == 1:
            del found[at : at + chance.randint(1, 40)]
        elif what == 2:
            found[at:at] = chance.randbytes(chance.randint(1, 12))
        else:
            found[at:at] = found[at : at + 200] * chance.randint(1, 5)
    return bytes(found)


def small(chance: random.Random) -> Given:
    """Return an input of a few kilobytes."""
    what, make = chance.choice(tuple(MAKERS.items()))
    data = make(chance)
    if chance.random() < 0.5:
        data = broken(chance, data)
    own = OWN.get(what) if chance.random() < 0.7 else None
    return Given(what, own or chance.choice(SUFFIXES), data)


def _encoded(make: Callable[[random.Random], str]) -> Callable[[random.Random], bytes]:
    def made(chance: random.Random) -> bytes:
        encoding = chance.choice(ENCODINGS) if chance.random() < 0.4 else "utf-8"
        return make(chance).encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")

    return made


def _repeated(chance: random.Random) -> bytes:
    bait = "".join(chance.choices(BAIT, k=chance.randint(1, 3)))
    return (bait * chance.randint(1, 3_000) + sentence(chance)).encode("utf-8", "surrogatepass")


def _lying(chance: random.Random) -> bytes:
    """Return a page that says another encoding than it has."""
    said = chance.choice((*ENCODINGS, "none", "x" * 300))
    return f"<html><meta charset={said}><p>{text(chance)}".encode(
        chance.choice(ENCODINGS), "replace"
    )


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "text": _encoded(text),
    "page": _encoded(page),
    "lines": _encoded(lines),
    "bait": _repeated,
    "lying page": _lying,
    "noise": lambda chance: chance.randbytes(chance.randint(0, 3_000)),
}


def _wrapped(words: bytes) -> bytes:
    return b"<html><body><p>" + words + b"</p></body></html>"


def _laughs() -> bytes:
    """Return a page of few bytes that grows to ten thousand million words where it is let."""
    names = ['<!ENTITY a0 "ha">']
    names += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)]
    kinds = f"<!DOCTYPE html [{''.join(names)}]>"
    return f"<?xml version='1.0'?>{kinds}<html>&a10;</html>".encode()


def _zip() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("report.txt", b"0" * 50_000_000)
    return into.getvalue()


def _warc() -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _wrapped(b"a " * 25_000_000)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return gzip.compress(head + body, 9)


def _deep(tag: bytes, times: int) -> bytes:
    return b"<html><body>" + b"<" + tag + b">" * 1 + (b"<" + tag + b">") * times + b"said no"


# What is large, each once: inputs of a megabyte and more.
LARGE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a token of a million characters": lambda: (".txt", b"a" * 1_000_000),
    "a token of 900,000 in a page": lambda: (".html", _wrapped(b"a" * 900_000)),
    "a million spaces": lambda: (".txt", b"He said" + b" " * 990_000 + b"no."),
    "a million line ends": lambda: (".txt", b"He said" + b"\n" * 990_000 + b"no."),
    "a million quotation marks": lambda: (".txt", b'"' * 990_000),
    "300,000 opening marks": lambda: (".txt", "“".encode() * 300_000),
    "300,000 numbers": lambda: (".txt", b"1 " * 300_000),
    "200,000 dates": lambda: (".txt", b"5/3 " * 200_000),
    "100,000 dated words": lambda: (".txt", b"March 5 " * 100_000),
    "100,000 names": lambda: (".txt", b"Ilke Dorn " * 90_000),
    "200,000 short words said": lambda: (".txt", b"he said " * 120_000),
    "zero width": lambda: (".txt", "a\u200b".encode() * 200_000),
    "combining": lambda: (".txt", ("a" + "\u0301" * 300_000).encode()),
    "directions": lambda: (".txt", "\u202e\u202d".encode() * 150_000),
    "nested div": lambda: (".html", _deep(b"div", 100_000)),
    "nested table": lambda: (".html", _deep(b"table", 50_000)),
    "nested b": lambda: (".html", _deep(b"b", 60_000)),
    "nested nav": lambda: (".html", _deep(b"nav", 60_000)),
    "nested blockquote": lambda: (".html", _deep(b"blockquote", 60_000)),
    "unclosed paragraphs": lambda: (".html", b"<html>" + b"<p>said no" * 100_000),
    "unclosed navigation": lambda: (".html", b"<html>" + b"<nav><a>said no" * 50_000),
    "unclosed links": lambda: (".html", b"<html>" + b"<a href=x>said" * 80_000),
    "unclosed lists": lambda: (".html", b"<html>" + b"<ul><li>said no" * 60_000),
    "attributes": lambda: (".html", b"<html><p " + b"a=1 " * 200_000 + b">said no"),
    "one long attribute": lambda: (".html", b"<html><p class='" + b"a " * 400_000 + b"'>said no"),
    "comments": lambda: (".html", b"<html>" + b"<!-- " * 150_000),
    "a comment that never ends": lambda: (".html", b"<html><p>said no<!--" + b"a " * 400_000),
    "scripts": lambda: (".html", b"<html>" + b"<script>if (a<b) {}" * 50_000),
    "entities": lambda: (".html", _wrapped(b"&amp;" * 150_000)),
    "broken entities": lambda: (".html", _wrapped(b"&#" * 300_000)),
    "laughs": lambda: (".html", _laughs()),
    "laughs in xhtml": lambda: (".xhtml", _laughs()),
    "tables": lambda: (".html", b"<html><table>" + b"<tr><td>1<td>2" * 60_000),
    "headings": lambda: (".html", b"<html>" + b"<h1>said no</h1>" * 60_000),
    "times": lambda: (".html", b"<html>" + b"<time datetime='2022-03-05'>said</time>" * 20_000),
    "metadata": lambda: (
        ".html",
        b"<html><head>" + b"<meta name=date content=2022-03-05>" * 25_000,
    ),
    "json in a page": lambda: (
        ".html",
        b'<html><script type="application/ld+json">' + b'{"a":' * 100_000 + b"</script><p>said",
    ),
    "json nested": lambda: (".jsonl", b'{"text": ' + b"[" * 500_000),
    "json of a long number": lambda: (".jsonl", b'{"text": "a", "id": ' + b"9" * 900_000 + b"}"),
    "json of one key": lambda: (".jsonl", b'{"' + b"a" * 900_000 + b'": 1, "text": "said no"}'),
    "json lines without words": lambda: (".jsonl", b"{}\n" * 20_000),
    "json of a long text": lambda: (".jsonl", b'{"text": "' + b"said no " * 110_000 + b'"}'),
    "zip": lambda: ("", _zip()),
    "warc": lambda: (".warc.gz", _warc()),
    "gzip called text": lambda: (".txt", _warc()),
    "png called text": lambda: (".txt", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31 - 1) * 900),
    "parquet of nothing": lambda: (".parquet", b"PAR1" + b"\xff" * 100_000 + b"PAR1"),
    "utf-16 of a million": lambda: (".txt", ("said no. " * 60_000).encode("utf-16")),
    "utf-7": lambda: (".html", ("<html><p>" + "снег " * 60_000).encode("utf-7")),
    "nul": lambda: (".txt", b"said no." + b"\0" * 500_000),
    "high bytes": lambda: (".txt", bytes(range(128, 256)) * 4_000),
}


def large(number: int) -> Given:
    """Return one of the large inputs, by its number."""
    what, make = tuple(LARGE.items())[number % len(LARGE)]
    suffix, data = make()
    return Given(what, suffix, data)


def given(number: int) -> Given:
    """Return the input of a number: in each thousand all that are large, and many small ones."""
    place = number % 1_000
    if place < len(LARGE) and number < 2_000:
        return large(place)
    return small(random.Random(number))
