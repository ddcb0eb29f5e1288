"""The outlets that a report names, for telling who handed words on.

A name is an outlet's when a word of it says so ("... FM", "... Courier"), when a noun beside it
does ("the daily ...", "... news agency"), when the actors stage knows it as one, or when it is the
short form of such a name.
"""

import bisect
import functools
import re
from dataclasses import dataclass, field

from babel import Locale
from spacy.tokens import Doc, Token

from onrecord.parsing import Parse
from onrecord.stages.actors import entity_of
from onrecord.stages.statements.attribution import Range
from onrecord.stages.statements.datelines import dateline_ends
from onrecord.stages.statements.lexicon import rows
from onrecord.types import Hop, Reading

CALL_SIGN = re.compile(r"^(?:FM|TV|AM|[A-Z]*(?:TV|FM)\d*)$")
ON_AIR = frozenset(
    "station channel broadcaster radio television tv programme program show newscast".split()
)
IN_PRINT = frozenset("newspaper paper daily weekly tabloid magazine journal gazette".split())
EITHER = frozenset("news network agency outlet website podcast bulletin monitor".split())
DIGESTS = frozenset({"digest", "round-up", "roundup", "compiled"})
# Small words that names hold ("Radio de la Costa").
JOINING = frozenset({"of", "de", "del", "al", "el", "la", "-", "’s", "'s", "da", "do", "&"})


@functools.cache
def kind_words() -> frozenset[str]:
    """Return the nouns that stand beside an outlet's name or for it."""
    return frozenset(word for word, use in rows("media_words.tsv") if use != "name")


@functools.cache
def name_words() -> frozenset[str]:
    """Return the words that make a name an outlet's."""
    return frozenset(word for word, use in rows("media_words.tsv") if use != "kind")


@functools.cache
def platforms() -> dict[str, str]:
    """Return the words for platforms, in lower case, each with the platform's name."""
    return {row[0]: row[1] for row in rows("platforms.tsv")}


@dataclass(slots=True)
class Outlets:
    """The outlet names of one report as token ranges, with the full name of each.

    `own` are the report's own outlet and the agency of its dateline, as keys: they are no hands.
    """

    parse: Parse
    own: set[str] = field(default_factory=set)
    ranges: list[Range] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def is_own(self, name: str) -> bool:
        """Tell whether a name is the report's own outlet's, whole or short: "the Gazette"."""
        words = set(key_of(name).split())
        return any(words <= set(own.split()) for own in self.own)

    def whole(self, hop: Hop) -> str:
        """Return the whole name of the outlet that a hand's words name, else the hand's name."""
        if not hop.evidence:
            return hop.name
        found = self.at(self.parse.token_at(hop.evidence[0].end - 1))
        return found[1] if found is not None else hop.name

    def at(self, token: int) -> tuple[Range, str] | None:
        """Return the outlet name that a token stands in, and the full name."""
        place = bisect.bisect_right(self.ranges, token, key=lambda span: span[0]) - 1
        if place >= 0 and token < self.ranges[place][1]:
            return self.ranges[place], self.names[place]
        return None

    def between(self, start: int, end: int) -> list[tuple[Range, str]]:
        """Return the outlet names that begin among the tokens [start, end)."""
        first = bisect.bisect_left(self.ranges, (start, start))
        last = bisect.bisect_left(self.ranges, (end, end))
        return list(zip(self.ranges[first:last], self.names[first:last], strict=True))

    def before(self, token: int, kind: str) -> str | None:
        """Return the outlet named last before a token that a noun such as "station" can mean.

        The report's own is none. A newspaper is no station; a station is rather one whose name says
        that it broadcasts.
        """
        last = None
        for span, name in zip(reversed(self.ranges), reversed(self.names), strict=True):
            if span[1] > token or key_of(name) in self.own or _is_digest(name):
                continue
            if kind in IN_PRINT and _on_air(name):
                continue
            if kind in ON_AIR and not _on_air(name):
                last = last or (None if _printed(name) else name)
                continue
            return name
        return last


def outlets_of(reading: Reading, parse: Parse, hands: list[Range]) -> Outlets:
    """Return the outlets named in a report, in the order of the text.

    `hands` are words that hand others' words on: a name among them that is nobody's is an outlet's.
    """
    runs = list(_names(parse.doc))
    handing = {token for start, end in hands for token in range(start, end)}
    places = {_text(parse, run) for run in runs if _placed(parse, run)}
    full = {
        run
        for run in runs
        if _is_outlet(reading, parse, run)
        or (
            run[1] - 1 in handing
            and _may_be(reading, parse, run)
            and _text(parse, run) not in places
        )
    }
    known = {parse.evidence(*run).text for run in full}
    found = Outlets(parse)
    for run in runs:
        text = parse.evidence(*run).text
        name = _whole(text, known) if run in full or _may_be(reading, parse, run) else None
        if name is not None:
            found.ranges.append(run)
            found.names.append(" ".join(name.split()))
    found.own.add(key_of(reading.report.source or ""))
    for start, end in dateline_ends(parse).items():
        found.own.update(key_of(name) for _, name in found.between(start, end))
    return found


def _names(doc: Doc) -> list[Range]:
    """Return the runs of proper nouns, joined over the small words that names hold."""
    runs: list[Range] = []
    for token in doc:
        if token.pos_ != "PROPN":
            continue
        last = runs[-1] if runs else None
        between = doc[last[1] : token.i] if last is not None else None
        joined = between is not None and all(word.lower_ in JOINING for word in between)
        short = between is not None and len(between) <= 2
        if last is not None and joined and short and not _owned(between):
            runs[-1] = (last[0], token.i + 1)
        else:
            runs.append((token.i, token.i + 1))
    return runs


def _owned(between: object) -> bool:
    return str(between) in ("'s", "’s")


def _is_outlet(reading: Reading, parse: Parse, run: Range) -> bool:
    doc = parse.doc
    entity = entity_of(reading, parse.starts[run[0]], parse.end(run[1] - 1))
    if entity is not None and entity.kind == "outlet":
        return True
    inside = [doc[index] for index in range(*run)]
    before = doc[run[0] - 1] if run[0] else None
    after = doc[run[1]] if run[1] < len(doc) else None
    if any(CALL_SIGN.match(word.text) for word in inside) or _is_service(inside):
        return True
    if before is not None and before.lower_ in kind_words() and before.pos_ in ("NOUN", "ADJ"):
        return True
    if after is not None and after.lower_ in kind_words() and after.pos_ == "NOUN":
        return True
    if entity is not None and entity.kind == "person":
        return False
    return len(inside) > 1 and any(word.lower_ in name_words() and word.is_title for word in inside)


def _is_service(words: list[Token]) -> bool:
    """Tell whether a name is a broadcaster's service in a language: "RNV Urdu"."""
    return len(words) == 2 and words[0].is_upper and words[1].text in languages()


@functools.cache
def languages() -> frozenset[str]:
    """Return the English names of the languages of the world."""
    return frozenset(str(name) for name in Locale("en").languages.values())


def _may_be(reading: Reading, parse: Parse, run: Range) -> bool:
    """Tell whether a short name can be an outlet's: a state is not the daily named after it."""
    entity = entity_of(reading, parse.starts[run[0]], parse.end(run[1] - 1))
    if entity is not None:
        return entity.kind in ("outlet", "unknown", "organisation")
    return parse.doc[run[0]].ent_type_ not in ("GPE", "LOC", "PERSON", "NORP")


def _text(parse: Parse, run: Range) -> str:
    return parse.evidence(*run).text


def _placed(parse: Parse, run: Range) -> bool:
    """Tell whether the parser takes a name for a place or a people."""
    return any(parse.doc[index].ent_type_ in ("GPE", "LOC", "NORP") for index in range(*run))


def _whole(text: str, known: set[str]) -> str | None:
    """Return the whole name of the outlet that a name, or its short form, stands for.

    None where it stands for none; a short form that fits two outlets stands for none of them.
    """
    parts = set(text.split())
    found = sorted((name for name in known if parts <= set(name.split())), key=len)
    if not found:
        return None
    longest = found[-1]
    nested = all(set(name.split()) <= set(longest.split()) for name in found)
    if nested:
        return longest
    return text if text in known else None


def _printed(name: str) -> bool:
    """Tell whether an outlet's name is a paper's."""
    parts = {word.lower() for word in name.split()}
    return bool(parts & (name_words() - ON_AIR - EITHER))


def _is_digest(name: str) -> bool:
    """Tell whether a name is a heading over what several outlets wrote."""
    return any(word.lower() in DIGESTS for word in name.split())


def _on_air(name: str) -> bool:
    """Tell whether an outlet's name says that it broadcasts."""
    return any(CALL_SIGN.match(word) or word.lower() in ON_AIR for word in name.split())


def key_of(name: str) -> str:
    """Return an outlet's name in lower case and without its article."""
    return name.casefold().removeprefix("the ").strip()
