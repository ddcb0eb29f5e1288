"""Origins: where the words of each statement come from, as far back as the reports tell.

A statement stands in a line of copies, or names the hands it passed through, or has the report it
stands in as its origin; where that report is credited to an agency or another outlet, these.
Statements that are the same words in several reports have one origin, and the hand that one of them
names is the origin of them all.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.ids import make_id
from onrecord.stages.copies.citations import Citation, telling_words
from onrecord.stages.copies.credits import Credit, contributions, credit
from onrecord.stages.copies.hands import Hand, Key, contributed, credited, head, report_hand
from onrecord.stages.copies.lines import Line, Shelf, lines
from onrecord.stages.copies.outlets import lexicon, outlet_key, same_outlet, source_key
from onrecord.stages.copies.signing import signed
from onrecord.types import Copy, Evidence, Origin, Reading, Report, Statement

ALIKE = 0.6  # share of the fewer telling words, from which on two contents are the same words

ARTICLES = frozenset({"the", "a", "an"})

# Who hands words on by retelling them, and not by printing them.
RETELLERS = frozenset({"person", "armed group", "state", "government", "party", "people", "place"})


@dataclass(slots=True)
class Draft:
    """An origin while its statements and reports are gathered."""

    name: str
    kind: str
    reports: set[str] = field(default_factory=set)
    evidence: set[Evidence] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    passages: set[Evidence] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    def take(self, other: "Draft") -> None:
        """Take in what another draft of the same origin holds."""
        # The shortest of several spellings, so that no order of reports changes the name.
        self.name = min(self.name, other.name, key=lambda name: (len(name), name))
        self.kind = min(self.kind, other.kind)  # "outlet" before "unknown"
        self.reports |= other.reports
        self.evidence |= other.evidence
        self.statements |= other.statements
        self.passages |= other.passages
        self.documents |= other.documents


class Drafts:
    """The origins found so far, by their key."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.found: dict[Key, Draft] = {}
        self.signed: dict[int, Hand] = {}  # whose text a line is by what its reports credit
        self.reports = {reading.report.id: reading.report for reading in readings}
        self.people = {
            entity.id
            for reading in readings
            for entity in reading.entities
            if entity.kind in RETELLERS
        }
        self.credits = {key: credit(report) for key, report in self.reports.items()}
        # What each credited report was taken from: one story of the agency or outlet.
        self.whole = {key: credited(one) for key, one in self.credits.items() if one}
        self.named: dict[str, set[Key]] = defaultdict(set)
        for reading in readings:
            for statement in reading.statements:
                hands = (self.hand(statement), _document_hand(statement))
                self.named[reading.report.id].update(hand.key for hand in hands if hand)

    def hand(self, statement: Statement) -> Hand | None:
        """Return the farthest-back hand that a statement names."""
        hand = named_hand(statement, self.reports[statement.report], self.people)
        whole = self.whole.get(statement.report)
        if hand and whole and hand.key[0] == "outlet" and same_outlet(hand.name, whole.name):
            return replace(whole, named=hand.named)
        return hand

    def sign(self, found: Sequence[Line]) -> None:
        """Take in whose text the lines are, and with it what the credited reports come from."""
        self.signed = signed(found, self.reports, self.credits)
        for number, hand in sorted(self.signed.items()):
            for report in found[number].reports:
                own, mine = self.whole.get(report), self.credits[report]
                # What a report put in itself, or has from somebody else, says nothing of the rest.
                if own and mine and own.key[0] == "credited" and self._is(hand, mine):
                    self.whole[report] = hand

    def _is(self, hand: Hand, credit_: Credit) -> bool:
        """Return whether a hand is who is credited: by name, or the report of that outlet."""
        first = self.reports.get(hand.key[1]) if hand.key[0] == "report" else None
        return same_outlet(credit_.name, (first.source or "") if first else hand.name)

    def add(self, hand: Hand, report: str, statement: Statement | None = None) -> None:
        """Put a report, and a statement of it, under an origin."""
        said = {statement.id} if statement else set[str]()
        made = Draft(hand.name, hand.kind, {report}, set(hand.named), said)
        if statement and statement.speaker.document and hand.kind != "document":
            made.documents.add(statement.speaker.name)
        self.found.setdefault(hand.key, made).take(made)

    def report_hand(self, report: str) -> Hand:
        """Return the hand that a report's own words come from: whom it credits, else itself."""
        return self.whole.get(report) or report_hand(self.reports[report])


def drafts(
    readings: Sequence[Reading], copies: Sequence[Copy], cited: Sequence[Citation]
) -> dict[Key, Draft]:
    """Return the origins, in drafts, of reports that nothing connects with any others."""
    made = Drafts(readings)
    found = lines(copies)
    # Of several outlets that a statement names and that have its words, the one farthest back.
    printed = {one.statement: one.cited for one in reversed(cited)}
    made.sign(found)
    inside, outside = _sorted_out(readings, found)
    for number, line in enumerate(found):
        told = inside.get(number, [])
        base = made.signed.get(number) or _line_hand(made, line, told)
        _settle_line(made, line, base, told, printed)
    for statement in outside:
        _settle(made, statement, printed)
    in_text = {report for line in found if line.text for report in line.reports}
    for reading in readings:
        key = reading.report.id
        if key in made.whole or (key not in in_text and head(reading.report)):
            made.add(made.report_hand(key), key)
        for helped in contributions(reading.report, made.credits[key]):
            made.add(contributed(helped), key)
    return made.found


def origins(drafts_of_groups: Iterable[Mapping[Key, Draft]]) -> tuple[Origin, ...]:
    """Return the origins of all groups, sorted by id; every statement belongs to exactly one.

    One outlet or document that reports of several groups name is one origin.
    """
    found: dict[Key, Draft] = {}
    for group in drafts_of_groups:
        for key, draft in group.items():
            found.setdefault(key, Draft(draft.name, draft.kind)).take(draft)
    made = [_origin(key, draft) for key, draft in found.items()]
    return tuple(sorted(made, key=lambda origin: origin.id))


def _sorted_out(
    readings: Sequence[Reading], found: Sequence[Line]
) -> tuple[dict[int, list[Statement]], list[Statement]]:
    """Return the statements that stand in each line, and those that stand in none."""
    spans: dict[str, list[tuple[Evidence, int]]] = defaultdict(list)
    for number, line in enumerate(found):
        for span in line.spans:
            spans[span.report].append((span, number))
    inside: dict[int, list[Statement]] = defaultdict(list)
    outside: list[Statement] = []
    for reading in readings:
        shelf = Shelf(spans.get(reading.report.id, ()))
        for statement in reading.statements:
            number_of = shelf.line_of(statement)
            if number_of is None:
                outside.append(statement)
            else:
                inside[number_of].append(statement)
    return inside, outside


def _settle(drafts: Drafts, statement: Statement, printed: Mapping[str, str]) -> None:
    """Put a statement outside all lines under the hand it names, else under its report."""
    hand = _printed_hand(drafts, statement, printed) or drafts.hand(statement)
    drafts.add(hand or drafts.report_hand(statement.report), statement.report, statement)


def _printed_hand(drafts: Drafts, statement: Statement, printed: Mapping[str, str]) -> Hand | None:
    """Return the report of the corpus that a statement cites, unless further hands are named."""
    if statement.id not in printed or len(statement.chain) > 1:
        return None
    return drafts.report_hand(printed[statement.id])


def _settle_line(
    drafts: Drafts,
    line: Line,
    base: Hand,
    statements: Sequence[Statement],
    printed: Mapping[str, str],
) -> None:
    """Put the statements of a line under the hand that it, or those like them, name."""
    for report in line.reports:
        drafts.add(base, report)
    drafts.found[base.key].passages.update(line.spans)
    for group in _same_contents(statements):
        hand = _group_hand(drafts, group, printed)
        if hand and line.root and hand.key[-1] == source_key(drafts.reports[line.root]):
            hand = None  # the copies name the outlet of the line's own first report
        for statement in group:
            # Each statement that names the hand itself adds its own words as evidence.
            own = drafts.hand(statement)
            same = own if own and hand and own.key == hand.key else hand
            drafts.add(same or base, statement.report, statement)


def _group_hand(
    drafts: Drafts, group: Sequence[Statement], printed: Mapping[str, str]
) -> Hand | None:
    """Return the hand that most of some statements of the same words name."""
    hands = [
        hand
        for statement in group
        if (hand := _printed_hand(drafts, statement, printed) or drafts.hand(statement))
    ]
    counts = Counter(hand.key for hand in hands)
    best = min(counts, key=lambda key: (-counts[key], key), default=None)
    return next((hand for hand in hands if hand.key == best), None)


def _line_hand(drafts: Drafts, line: Line, statements: Sequence[Statement]) -> Hand:
    """Return where a line of copies comes from that nobody signs.

    That is its first report; else, where only quotations are shared, the hand or document that two
    of its reports name; else it is unknown.
    """
    # Quotations that an agency's story has first may have been heard by all: they are not its own.
    if line.root and (line.text or line.root not in drafts.whole):
        return drafts.report_hand(line.root)
    if not line.text:
        hand = _cited_by_two(drafts, line, statements) or _spoken_by_one(statements)
        if hand:
            return hand
    first = line.spans[0]
    key = ("line", *line.reports, str(first.start))
    name = f"words that {len(line.reports)} reports share"
    return Hand(key, name, "unknown", tuple(line.spans[:1]))


def _cited_by_two(drafts: Drafts, line: Line, statements: Sequence[Statement]) -> Hand | None:
    """Return the hand of shared words that two reports of a line name, an outlet before a document.

    The second report may name it for other words than those shared: it had them from there too.
    """
    hands: dict[Key, Hand] = {}
    for statement in sorted(statements, key=lambda one: one.id):
        for hand in (drafts.hand(statement), _document_hand(statement)):
            if hand:
                hands.setdefault(hand.key, hand)
    counts = {
        key: sum(key in drafts.named[report] for report in line.reports) for key in sorted(hands)
    }
    shared = [key for key, count in counts.items() if count > 1]
    best = min(shared, key=lambda key: (key[0] == "document", -counts[key], key), default=None)
    if best is None:
        return None
    # "The statement" of these reports is not that of others.
    described = best[0] == "document" and not _is_name(hands[best].name)
    return replace(hands[best], key=(*best, *line.reports)) if described else hands[best]


def _is_name(name: str) -> bool:
    """Return whether what something is called has a capital beside that of its first word."""
    words = name.split()
    first = words[:1] if words and words[0].casefold() not in ARTICLES else []
    return any(word[:1].isupper() for word in [*first, *words[1:]])


def _spoken_by_one(statements: Sequence[Statement]) -> Hand | None:
    """Return the one speaker that all reports of a line name for the words they share."""
    names = {outlet_key(s.speaker.name) for s in statements if not s.speaker.unnamed}
    if len(names) != 1 or any(s.speaker.unnamed for s in statements) or "" in names:
        return None
    first = min(statements, key=lambda s: (len(s.speaker.name), s.speaker.name, s.id))
    words = tuple(sorted(span for s in statements for span in s.content))
    key = ("words", *sorted(names), *sorted({s.report for s in statements}), str(words[0].start))
    return Hand(key, f"words of {first.speaker.name}", "unknown", words[:1])


def named_hand(statement: Statement, report: Report, people: Container[str]) -> Hand | None:
    """Return the farthest-back hand that a statement names, the report's own outlet left out.

    `people` holds the entities that may hand words on and print nothing.
    """
    for hop in statement.chain:
        key = outlet_key(hop.name)
        if not key or key == source_key(report) or hop.name[0].islower():
            continue  # "the daily" is no name: another report's daily is another
        if hop.name.casefold().strip() in lexicon("posting_platforms.txt"):
            # One platform carries everybody's posts: the origin is this speaker's.
            by = outlet_key(statement.speaker.name)
            name = f"post by {statement.speaker.name} on {hop.name}"
            whose = (by, statement.report) if statement.speaker.unnamed else (by,)
            return Hand(("post", *whose, key), name, "post", hop.evidence)
        kind = "unknown" if hop.actor is not None and hop.actor in people else "outlet"
        return Hand(("outlet", key), hop.name, kind, hop.evidence)
    return None


def _document_hand(statement: Statement) -> Hand | None:
    if not statement.speaker.document:
        return None
    name = statement.speaker.name
    named = statement.source or statement.content
    return Hand(("document", outlet_key(name)), name, "document", tuple(named[:1]))


def _same_contents(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Yield the statements of a line in groups of the same words, in the order of their ids."""
    holders: dict[int, list[int]] = defaultdict(list)
    groups: list[tuple[frozenset[int], list[Statement]]] = []
    for statement in sorted(statements, key=lambda one: one.id):
        words = telling_words(statement)
        counts = Counter(number for word in words for number in holders[word])
        fits = [
            number
            for number, common in counts.items()
            if common >= ALIKE * min(len(words), len(groups[number][0]))
        ]
        if fits:
            groups[min(fits)][1].append(statement)
            continue
        groups.append((words, [statement]))
        for word in words:
            holders[word].append(len(groups) - 1)
    for _, group in groups:
        yield group


def _origin(key: Key, draft: Draft) -> Origin:
    return Origin(
        id=make_id("origin", *key),
        name=draft.name,
        kind=draft.kind,
        reports=tuple(sorted(draft.reports)),
        evidence=tuple(sorted(draft.evidence)),
        statements=tuple(sorted(draft.statements)),
        passages=tuple(sorted(draft.passages)),
        documents=tuple(sorted(draft.documents)),
    )
