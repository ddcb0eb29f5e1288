"""Every noun of the record, frozen.

Offsets are Python character offsets into `Report.text`, end exclusive. Inside one report an
`actor` field holds the id of an `Entity`; readers of the record see the id of the `Actor` that
the entity was resolved to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

BlockKind = Literal[
    "title",
    "byline",
    "body",
    "quotation",
    "caption",
    "teaser",
    "boilerplate",
    "other language",
]
ActorKind = Literal[
    "person",
    "armed group",
    "state",
    "government",
    "party",
    "organisation",
    "outlet",
    "document",
    "place",
    "people",
    "unknown",
]
TimeKind = Literal["date", "time", "duration", "set"]
FigureHow = Literal["number", "person"]
FigureKind = Literal[
    "killed",
    "wounded",
    "missing",
    "displaced",
    "arrested",
    "abducted",
    "troops",
    "territory",
    "aid",
    "money",
    "share",
    "other",
]
MentionHow = Literal["name", "alias", "title", "pronoun", "description"]
Act = Literal["say", "accuse", "deny", "promise", "threaten", "demand", "support", "criticise"]
Mode = Literal["direct", "indirect", "mixed"]
Standing = Literal["told", "alleged", "denied", "planned", "conditional"]
HAPPENED: tuple[Standing, ...] = ("told", "alleged")  # as somebody at least says
CopyKind = Literal["text", "quotation", "citation"]
DifferenceKind = Literal["speaker", "number", "negation", "hedge", "name", "cut", "added"]
DisputeKind = Literal["denial", "figure", "speaker"]
RelationStatus = Literal["told", "asserted", "denied", "disputed"]

# A speaker of such a name is one that could not be told.
PRONOUNS = frozenset(
    "who which that whom whose i we my our me us you he she his her him it its they their them "
    "this these those".split()
)
# The kinds of block whose words are the report's own; every other kind is kept and never read.
READ_KINDS: frozenset[str] = frozenset({"title", "body", "quotation"})


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact words `text` at [start, end) of a report."""

    report: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends inclusive; an end that is None cannot be told."""

    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Dating:
    """When a report was published, with the words for each bound and the reasons in order."""

    earliest: date | None = None
    latest: date | None = None
    evidence: tuple[Evidence, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a report's text, what it is, and why it was taken for that."""

    start: int
    end: int
    kind: BlockKind
    why: str


@dataclass(frozen=True, slots=True)
class DateHint:
    """A date of publication that the way of receiving gave: page metadata, a field, a feed.

    With `by`, the report was published on that day or before it: it was fetched then.
    """

    day: date
    way: str
    by: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One article as it was received; `problem` says why it could not be read, else None."""

    id: str
    path: str
    sha256: str
    text: str = ""
    url: str | None = None
    source: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    way: str = "text"
    hints: tuple[DateHint, ...] = ()
    published: Dating = Dating()
    blocks: tuple[Block, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression by TIMEX3: its value, its interval, and what the value hangs on."""

    id: str
    report: str
    span: Evidence
    kind: TimeKind
    value: str
    when: When
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a report where an entity is named, described or meant by a pronoun."""

    id: str
    report: str
    span: Evidence
    actor: str
    how: MentionHow


@dataclass(frozen=True, slots=True)
class Role:
    """An office or standing that somebody has, for whom (a name as printed) and when."""

    role: str
    of: str | None
    when: When
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Membership in a larger body; `actor` is an entity or actor id."""

    actor: str
    when: When
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what the mentions of one report mean together; resolved to an `Actor` by the corpus.

    `country` is the ISO 3166 alpha-2 code where the entity is a state, its government or its seat.
    """

    id: str
    report: str
    name: str
    kind: ActorKind
    names: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    part_of: tuple[Part, ...] = ()
    country: str | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a statement holds: the best name known, or the description as printed."""

    name: str
    actor: str | None = None
    unnamed: bool = False
    document: bool = False
    role: str | None = None
    represents: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is more than nothing, or a pronoun that could not be resolved."""
        return bool(self.name) and self.name.casefold() not in PRONOUNS


@dataclass(frozen=True, slots=True)
class Hop:
    """One pair of hands that the words of a statement passed through."""

    name: str
    actor: str | None
    evidence: tuple[Evidence, ...]


# Confidence from which a statement stands in lists and claims rest on it: of those judged that
# reach it five in six are right, of the others two in five.
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of one speaker under one cue: source, cue and content.

    `meaning` is the vector of the content as text (`models/meaning.py`).
    """

    id: str
    report: str
    source: tuple[Evidence, ...]
    cue: tuple[Evidence, ...]
    content: tuple[Evidence, ...]
    speaker: Speaker
    voiced: bool
    act: Act
    mode: Mode
    hedge: str | None
    said: When
    chain: tuple[Hop, ...] = ()
    about: tuple[str, ...] = ()
    confidence: float = 1.0
    why: str = ""
    meaning: str = ""

    @property
    def is_likely(self) -> bool:
        """Whether it is surely enough read for claims to rest on it and lists to show it."""
        return self.confidence >= LIKELY


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, where and when, by PLOVER, and how it stands.

    Where harm is done `target` has the things hit and `instrument` what it was done with. `context`
    has PLOVER's contexts that words of its sentence show.
    """

    id: str
    report: str
    event: str
    mode: str | None
    trigger: Evidence
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    place: str | None
    when: When
    standing: Standing
    statement: str | None
    evidence: tuple[Evidence, ...]
    place_actor: str | None = None
    why: str = ""
    target: tuple[Evidence, ...] = ()
    instrument: tuple[Evidence, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number given by a report or a source: bounds, unit, what it counts, on whose word.

    `how` tells whether it was printed as a number, or is a single person of whom harm is told;
    `standing` how its clause is given; `event` the event of that clause: by whom, and where.
    """

    id: str
    report: str
    span: Evidence
    value: float | None
    low: float | None
    high: float | None
    unit: str
    of: str
    when: When
    statement: str | None
    how: FigureHow = "number"
    standing: Standing = "told"
    kind: FigureKind = "other"
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two actors (entities) as one report tells it, and how it stands.

    `object` is None where it is told of the subject alone ("they shelter nobody"); `statement` is
    whose words it stands in, `when` when it is said to have held; `now` tells that it is told as
    holding when the report was published.
    """

    id: str
    report: str
    kind: str
    subject: str
    object: str | None
    span: Evidence
    when: When
    standing: Standing
    statement: str | None
    evidence: tuple[Evidence, ...]
    why: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What has been read of one report so far; each report stage fills its own fields."""

    report: Report
    times: tuple[Time, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, armed group, state, body, party, outlet or place that the record speaks of.

    `entities` are the readings of single reports that were joined, `why` says on what grounds,
    `maybe` lists actors that may be the same and were kept apart, `doubts` why each may be. Who
    has no name (`named` is false) goes by the first description that a report gives.
    """

    id: str
    name: str
    kind: ActorKind
    names: tuple[str, ...]
    external: tuple[str, ...] = ()
    part_of: tuple[Part, ...] = ()
    roles: tuple[Role, ...] = ()
    entities: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    named: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words, or a citation and what it cites, in two reports."""

    from_: Evidence
    to: Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """What one of two reports of the same words has otherwise, and where it stands in each.

    A paragraph is `cut` where the first report alone has it and `added` where the second does; of
    the others, too, one side may be missing: a hedge that was dropped, a number that was put in.
    `names` are the two speakers as the record knows them, where it is they who differ.
    """

    kind: DifferenceKind
    from_: Evidence | None
    to: Evidence | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Which report took which passages from which; undirected where that cannot be told."""

    id: str
    from_report: str
    to_report: str
    kind: CopyKind
    directed: bool
    passages: tuple[Passage, ...]
    why: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What copies of a report tell of when it was published, beyond its own words."""

    id: str
    report: str
    published: Dating


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line of copies and citations ends; `passages` are the words that copies lead to it.

    What a report has beside them is its own, or whose its statements say that it is. `documents`
    are those whose words an origin passed on, by their author, else as printed.
    """

    id: str
    name: str
    kind: str
    reports: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    statements: tuple[str, ...] = ()
    passages: tuple[Evidence, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The reports about one happening."""

    id: str
    title: str
    reports: tuple[str, ...]
    when: When
    why: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening as reports tell it: their events, the sides as actors, and why it is one.

    `standings` has how the reports give it, the firmest first.
    """

    id: str
    event: str
    mode: str | None
    events: tuple[str, ...]
    reports: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    place: str | None
    when: When
    standings: tuple[Standing, ...]
    why: tuple[str, ...] = ()


Outcome = Literal["kept", "carried out", "broken", "followed"]


@dataclass(frozen=True, slots=True)
class Sequel:
    """What became of what was announced: the announcement, what tells it later, and why.

    `first` is the event as announced, or the statement that promises or threatens it; `then` is the
    later event, None where only a sentence tells it, which is the last of the evidence then.
    `followed` is what is told of later so that it cannot be told whether it was kept. `likely` is
    how likely the later words are about it.
    """

    id: str
    kind: Outcome
    first: str
    then: str | None
    evidence: tuple[Evidence, ...]
    why: str
    likely: float = 1.0


LinkSide = Literal["for", "against"]
LinkHow = Literal[
    "assertion",
    "denial",
    "rejection",
    "counter-claim",
    "partial denial",
    "concession",
    "contradiction",
    "withdrawal",
]


@dataclass(frozen=True, slots=True)
class Link:
    """On which side of a claim a statement stands, in what way, and why that is thought.

    `likely` is how likely it is that it answers what it is laid beside, 1 where its words say so.
    """

    statement: str
    side: LinkSide
    how: LinkHow
    why: str
    likely: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition across reports, with the statements for and against it and its origins."""

    id: str
    text: str
    about: tuple[str, ...]
    asserted: tuple[str, ...]
    denied: tuple[str, ...]
    told: tuple[str, ...]
    origins: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    predicate: str = ""
    why: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim asserted and denied, figures that differ, or one quotation with two speakers.

    `likely` is how likely its sides are about one thing.
    """

    id: str
    kind: DisputeKind
    claim: str | None
    statements: tuple[str, ...]
    figures: tuple[str, ...]
    text: str
    why: str = ""
    likely: float = 1.0


TellingHow = Literal["told", "asserted", "denied"]


@dataclass(frozen=True, slots=True)
class Telling:
    """How one report gives a relation, when it says that it held, and when it was published.

    `statement` is whose words it is in, if anybody's; `by` is the tie, the event or else the actor
    whose role or membership tells it.
    """

    report: str
    how: TellingHow
    held: When
    reported: When
    statement: str | None
    by: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """What holds between two actors: when it held, when it was reported, and how it stands."""

    id: str
    subject: str
    kind: str
    object: str
    held: When
    reported: When
    status: RelationStatus
    claims: tuple[str, ...]
    events: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    statements: tuple[str, ...] = ()
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human reviewer said; added, never overwritten."""

    id: str
    at: str
    by: str
    what: str
    on: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """A statement that promises or threatens, and what became of it as later reports tell it."""

    statement: Statement
    sequels: tuple[Sequel, ...]

    @property
    def outcomes(self) -> frozenset[str]:
        """Return the kinds of its sequels, "open" where there is none."""
        return frozenset(one.kind for one in self.sequels) or frozenset({"open"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What numbers of reports count, by a key of its own, and the numbers by size."""

    key: str
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two actors that may be one, why, and how many statements and events joining them would move.

    `one` has more of them than `other`.
    """

    one: Actor
    other: Actor
    why: str
    lines: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a reviewer could settle: a statement, or two actors (`other`), why, and what it moves.

    `lines` is how many lines of the record a decision would change.
    """

    on: str
    other: str
    why: str
    lines: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor as an outside register gives it; whether it is one of the record is another matter.

    `source` is the file or register, `key` its id there with the register's name before it
    ("wikidata:..."), `line` where it stands in what was imported.
    """

    id: str
    source: str
    key: str
    line: int
    name: str
    names: tuple[str, ...]
    kind: ActorKind
    country: str | None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What all reports hold together; each corpus stage fills its own fields.

    Every tuple is sorted by id, so that a stage sees the same corpus in whatever order the
    reports came. `kept` is what the stage that runs kept of an earlier corpus of some of these
    reports, and then what it keeps of this one; None: nothing.
    """

    readings: tuple[Reading, ...] = ()
    copies: tuple[Copy, ...] = ()
    origins: tuple[Origin, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    actors: tuple[Actor, ...] = ()
    stories: tuple[Story, ...] = ()
    happenings: tuple[Happening, ...] = ()
    sequels: tuple[Sequel, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    relations: tuple[Relation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    identity: dict[str, str] = field(default_factory=dict)
    kept: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a report with the places in it that bear on a question, as (start, end)."""

    report: str
    start: int
    end: int
    text: str
    kind: BlockKind
    marked: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the record opened: the noun, its type, and its evidence in its paragraphs."""

    type: str
    noun: object
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or statement found by its words; matches stand between U+0002 and U+0003."""

    type: Literal["report", "statement"]
    id: str
    report: str
    title: str
    snippet: str


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line of an actor's time line: an event, statement, figure or role, and when."""

    when: When
    what: str
    type: str
    id: str
    report: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What a record holds: how much of each noun, and the actors most spoken of."""

    counts: dict[str, int]
    earliest: date | None
    latest: date | None
    spoken_of: tuple[tuple[Actor, int], ...]
    speaking: tuple[tuple[str, int], ...]
    problems: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: reports read now, there already, given twice, and failed (path, why)."""

    read: int
    already: int
    twice: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    passed_over: tuple[str, ...]
    corpus: bool
