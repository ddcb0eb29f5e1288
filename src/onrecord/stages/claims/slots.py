"""A report's sentences with their mentions as slots, and the relation patterns found in them."""

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from onrecord.geography import country_named, country_of_demonym
from onrecord.parsing import evidence
from onrecord.types import READ_KINDS, Evidence, Mention, Reading, Statement

# A mention is masked by characters of private use, as many as it has, so that offsets hold.
OPEN, FILL = "\ue000", "\ue001"
SLOT = rf"{OPEN}{FILL}*(?:['’]s?)?"
WORD = r"[\w'’“”\"‘\[\]()&%$.-]+"
GAP = rf"(?:\s+{WORD},?){{0,6}}?\s+"
NEAR = rf"(?:{GAP}|\s+)"
SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?!['\"”’)]*\s+[“\"‘'(]?[A-Z\ue000]))+[.!?]*['\"”’)]*")
FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y|us)\b")
THIRD_PERSON = re.compile(r"\b(?:it|they|he|she)\b")
NEGATION = re.compile(
    r"\b(?:not|never|no|none|nor|neither|nobody|nothing|without|denies|denied|deny|denying)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
# What is only possible, wished or asked for is put forward by nobody.
OPEN_QUESTION = re.compile(
    r"\b(?:if|whether|unless|could|may|might|would|should|must|stop|stops|until|cease|will|"
    r"wants?|wish\w*|hop(?:e|es|ed|ing)|seek\w*|sought|tr(?:y|ies|ied|ying)|aim\w*|plan\w*|"
    r"intend\w*|consider\w*|propos\w*|urg(?:e|es|ed|ing)|demand\w*|review\w*)\b|\?$",
    re.IGNORECASE,
)
ADJECTIVE = re.compile(r"[A-Z][\w-]*(?:i|n|ish|ese|ch)")  # a nationality, by its ending
NEXT_WORD = re.compile(r"[\s-]+([a-z][\w-]*)")
# After a nationality these are the state itself, or close enough to answer for it.
BODIES = frozenset(
    "government governments officials official army forces force troops military authorities "
    "police soldiers security side and or has had have is was are were will would".split()
)
NOT_BY = r"(?!\s+by\b)"  # in the passive, who comes before the verb suffers it
# Words that hand what follows to somebody else, or to nobody.
SAID = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|claim\w*|alleg\w*|accus\w*|den(?:y|ies|ied|ying)|reported\w*|"
    r"believ\w*|suspect\w*|maintain\w*|insist\w*|whether|that)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 1_500  # characters; a longer one is a list or a text without full stops


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say that a relation holds between a subject <A> and an object <B>."""

    kind: str
    both: bool
    plover: str | None
    full: re.Pattern[str] | None
    open: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at [start, end) with its mentions masked; `places` are where the masks begin."""

    start: int
    end: int
    masked: str
    mentions: tuple[Mention, ...]

    def mention_at(self, place: int) -> Mention | None:
        """Return the mention whose mask begins at a place of the masked words."""
        starts = [mention.span.start - self.start for mention in self.mentions]
        found = bisect.bisect_left(starts, place)
        hit = found < len(starts) and starts[found] == place
        return self.mentions[found] if hit else None


@dataclass(frozen=True, slots=True)
class Found:
    """A relation found in a sentence: its actors as entities, where it stands, and its words."""

    kind: str
    both: bool
    subject: str | None
    object: str | None
    negated: bool
    start: int
    end: int
    evidence: Evidence


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """Return the relation patterns of the lexicon in its order."""
    text = resources.files("onrecord.lexicon").joinpath("relations.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(_pattern(*row) for row in rows)


def _pattern(kind: str, both: str, plover: str, is_open: str, words: str) -> Pattern:
    alone = None
    if is_open == "open":
        alone = _compiled(words.removeprefix("<A> … ").removesuffix(" … <B>"), NOT_BY)
    full = _compiled(words) if "<B>" in words else None
    return Pattern(kind, both == "both", plover if plover != "-" else None, full, alone)


def _compiled(words: str, after: str = "") -> re.Pattern[str]:
    """Return a pattern of the lexicon as a regular expression over masked words."""
    if words.startswith("<A>") and words.endswith(" … <B>"):
        words = f"{words.removesuffix(' … <B>')}{NOT_BY} … <B>"
    for name in "AB":
        words = words.replace(f"<{name}>", rf"(?:the\s+)?(?P<{name}>{SLOT})")
    words = words.replace(" … ", NEAR).replace("… ", NEAR)
    return re.compile(rf"(?<!\w){words}(?!\w){after}", re.IGNORECASE)


def sentences(reading: Reading, mentions: tuple[Mention, ...]) -> Iterator[Sentence]:
    """Yield the sentences of the readable blocks; `mentions` are sorted by place."""
    starts = [mention.span.start for mention in mentions]
    text = reading.report.text
    for block in reading.report.blocks:
        if block.kind not in READ_KINDS:
            continue
        inside = mentions[bisect.bisect_left(starts, block.start) :]
        masked, kept = _mask(text, block.start, block.end, inside)
        for match in SENTENCE.finditer(masked):
            words = match.group().strip()
            if not words or len(words) > LONGEST_SENTENCE:
                continue
            start = block.start + match.start() + len(match.group()) - len(match.group().lstrip())
            end = start + len(words)
            here = tuple(m for m in kept if start <= m.span.start and m.span.end <= end)
            yield Sentence(start, end, words, here)


def _mask(
    text: str, start: int, end: int, mentions: tuple[Mention, ...]
) -> tuple[str, list[Mention]]:
    masked = list(text[start:end])
    kept: list[Mention] = []
    for mention in mentions:
        first, last = mention.span.start, mention.span.end
        if first >= end:
            break
        if last > end or (kept and first < kept[-1].span.end) or _qualifies(text, mention):
            continue
        masked[first - start] = OPEN
        masked[first - start + 1 : last - start] = FILL * (last - first - 1)
        kept.append(mention)
    return "".join(masked), kept


def _qualifies(text: str, mention: Mention) -> bool:
    """Tell whether a nationality only qualifies the next word, which is no body of that state."""
    name = mention.span.text
    demonym = country_of_demonym(name) is not None and country_named(name) is None
    if not demonym and (mention.how != "description" or not ADJECTIVE.fullmatch(name)):
        return False
    after = NEXT_WORD.match(text, mention.span.end)
    return after is not None and after.group(1) not in BODIES


@dataclass(frozen=True, slots=True)
class Said:
    """Whose words (an entity) stand at [start, end) of the report, and whether word for word."""

    speaker: str | None
    start: int
    end: int
    direct: bool


def relations_in(reading: Reading, sentence: Sentence, said: Said | None) -> Iterator[Found]:
    """Yield the relations told in a sentence, or put forward in what was said there.

    In somebody's own words "we" is the speaker, and so is a pronoun that opens a paraphrase.
    """
    taken: list[tuple[str, range]] = []
    for pattern in patterns():
        for match in pattern.full.finditer(sentence.masked) if pattern.full else ():
            one, other = (sentence.mention_at(match.start(name)) for name in "AB")
            left_open = _is_open(sentence, match) or (said is None and _is_said(sentence, match))
            if one and other and one.actor != other.actor and not left_open:
                taken.append((pattern.kind, range(*match.span())))
                yield _found(reading, sentence, pattern, match, one.actor, other.actor)
        if pattern.open is None or said is None:
            continue
        for match in pattern.open.finditer(sentence.masked):
            place = match.start()
            known = any(kind == pattern.kind and place in span for kind, span in taken)
            if not known and said.start <= sentence.start + place < said.end:
                subject = _subject(sentence, place, said)
                if subject and not _is_open(sentence, match):
                    yield _found(reading, sentence, pattern, match, subject, None)


def _subject(sentence: Sentence, place: int, said: Said) -> str | None:
    """Return who is the subject of a verb at a place: the nearest mention or pronoun before it."""
    first = max(0, said.start - sentence.start)
    before = sentence.masked[:place]
    nearest = before.rfind(OPEN)
    persons = [match.start() for match in FIRST_PERSON.finditer(before, first)]
    if not said.direct and nearest < first:
        persons += [match.start() for match in THIRD_PERSON.finditer(before, first)]
    if persons and max(persons) > nearest:
        return said.speaker
    mention = sentence.mention_at(nearest) if nearest >= 0 else None
    return mention.actor if mention else said.speaker


def _found(
    reading: Reading,
    sentence: Sentence,
    pattern: Pattern,
    match: re.Match[str],
    subject: str,
    other: str | None,
) -> Found:
    return Found(
        kind=pattern.kind,
        both=pattern.both,
        subject=subject,
        object=other,
        negated=bool(NEGATION.search(_clause(sentence, match))),
        start=sentence.start + match.start(),
        end=sentence.start + match.end(),
        evidence=evidence(reading.report, sentence.start, sentence.end),
    )


def _clause(sentence: Sentence, match: re.Match[str]) -> str:
    """Return the words from the beginning of the clause that a match stands in to its end."""
    before = sentence.masked[: match.end()]
    marks = (";", ":", ", but ", ", and ", " that ")
    return before[max(0, *(before.rfind(mark, 0, match.start()) for mark in marks)) :]


def _is_open(sentence: Sentence, match: re.Match[str]) -> bool:
    return bool(OPEN_QUESTION.search(_clause(sentence, match)))


def _is_said(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether words that no statement was read from are yet somebody's."""
    return bool(SAID.search(sentence.masked, 0, match.end()))


def content_range(statement: Statement) -> tuple[int, int]:
    """Return the place from the first to the last word of a statement's content."""
    return statement.content[0].start, max(span.end for span in statement.content)
