"""Which phrases of a report mean the same person, body or place.

Each phrase in its turn is given the likeliest of the phrases before it, or none, by a sum of
learned weights over features that can be read (how both are put, how far apart, which words they
share), as in Durrett and Klein 2013, "Easy Victories and Uphill Battles in Coreference
Resolution". What cannot be one (he and she, a phrase and what stands inside it) is never joined.
"""

import bisect
import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.geography import fold
from onrecord.models.weights import weights_json
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.phrases import Phrase, by_pronoun
from onrecord.stages.actors.quoted import quoted
from onrecord.stages.actors.words import around, titles

NEAREST = 4  # last phrases of a chain that may hold the next one inside
FARTHEST = 60  # phrases before a noun or pronoun among which what it means is looked for
DEFINITE = frozenset("the this that these those both such".split())
INDEFINITE = frozenset("a an another some any no every each many several few most one two".split())
OWN = frozenset("my our your his her its their".split())
STEPS = (1, 2, 3, 5, 8, 12, 20, 35)
STEPPED = [0, *(bisect.bisect_left(STEPS, n) + 1 for n in range(1, STEPS[-1] + 1))]
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "pobj", "dative"})
IDENTIFYING = frozenset({"identify", "name"})
CERTAIN = 1e6  # more than any sum of weights
PLURAL_ONLY = frozenset({"we", "they"})


SORTS: dict[tuple[object, ...], int] = {}  # the number of each sort of phrase, in this process


@dataclass(frozen=True)
class Traits:
    """What of a phrase is compared, worked out once."""

    phrase: Phrase
    pronoun: str
    sentence: int
    block: int
    head: str
    words: frozenset[str]  # folded words of the head with what belongs to its name
    core: str  # the folded name, or the noun with its modifiers
    plural: bool
    opening: str  # definite, indefinite, own, bare
    role: str  # subject, object, owner, other
    gender: str
    quoted: bool
    speaks: bool
    meaning: str
    often: str  # how often the report has its head: once, twice, more

    @functools.cached_property
    def form(self) -> str:
        """How the phrase is put, finer for pronouns."""
        return self.pronoun or self.phrase.form

    @functools.cached_property
    def sort(self) -> int:
        """A number for all that is compared but words and place."""
        told = (
            self.form, self.meaning, self.role, self.plural, self.opening, self.gender,
            self.quoted, self.speaks, self.often,
        )  # fmt: skip
        return SORTS.setdefault(told, len(SORTS))

    @functools.cached_property
    def wording(self) -> tuple[str, ...]:
        """What of it matters to how alike the words of others are."""
        return (self.core, self.head, self.phrase.form, self.meaning, self.opening)

    @functools.cached_property
    def stand(self) -> int:
        """A number for what of it matters to how far others are."""
        told = (self.form, self.role, self.quoted, self.speaks)
        return SORTS.setdefault(told, len(SORTS))


@dataclass(slots=True)
class Chain:
    """Phrases that mean the same, with what they tell together."""

    members: list[int] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def traits(page: Page, found: list[Phrase]) -> list[Traits]:
    """Return the traits of the phrases of a report."""
    marks = quoted(page)
    counts = Counter(page.lower[phrase.head] for phrase in found)
    return [_traits(page, phrase, marks, counts) for phrase in found]


def _traits(page: Page, phrase: Phrase, marks: list[bool], counts: Counter[str]) -> Traits:
    head = phrase.head
    times = counts[page.lower[head]]
    pronoun = by_pronoun(page, phrase)
    token = page.parse.doc[head]
    own = [
        i
        for i in range(phrase.first, phrase.last)
        if i == head or (page.head[i] == head and page.dep[i] in ("compound", "amod", "nmod"))
    ]
    inner = fold(" ".join(page.text[i] for i in own)) or page.lower[head]
    first = page.lower[phrase.first]
    return Traits(
        phrase=phrase,
        pronoun=pronoun,
        sentence=page.sentence[head],
        block=page.parse.block_of(head),
        head=fold(page.text[head]) if phrase.form == "name" else page.lemma[head],
        words=frozenset(inner.split()),
        core=inner,
        plural="Number=Plur" in str(token.morph) or pronoun in PLURAL_ONLY,
        opening=_opening(first, phrase),
        role=_role(page, head),
        gender=_gender(page, phrase, pronoun),
        quoted=marks[head],
        speaks=page.dep[head] == "nsubj" and page.lemma[page.head[head]] in around("speech"),
        often="once" if times == 1 else "twice" if times == 2 else "more",
        meaning=phrase.meaning,
    )


def _opening(first: str, phrase: Phrase) -> str:
    if first in DEFINITE:
        return "definite"
    if first in INDEFINITE:
        return "indefinite"
    return "own" if first in OWN and phrase.form != "pronoun" else "bare"


def _role(page: Page, head: int) -> str:
    dep = page.dep[head]
    if dep in SUBJECTS:
        return "subject"
    if dep in OBJECTS:
        return "object"
    return "owner" if dep == "poss" else "other"


def _gender(page: Page, phrase: Phrase, pronoun: str) -> str:
    if pronoun in ("he", "she"):
        return "m" if pronoun == "he" else "f"
    for i in range(phrase.first, phrase.head + 1):
        for kind in ("honorific", "style", "office"):
            gender = titles(kind).get(page.lower[i].rstrip("."), "-")
            if gender != "-":
                return gender
    return "-"


def _step(number: int) -> int:
    """Return which of the steps a number of sentences or phrases is within, 0 for none."""
    return STEPPED[number] if number < len(STEPPED) else len(STEPS) + 1


def _bucket(number: int) -> str:
    return str(next((step for step in STEPS if number <= step), "far"))


def alone(one: Traits, seen: set[str]) -> Iterator[str]:
    """Yield the features of a phrase that begins a chain of its own."""
    yield "new"
    yield f"new {one.form}"
    yield f"new {one.form} {one.opening}"
    yield f"new {one.form} {one.meaning}"
    yield f"new {one.form} {one.role}"
    if one.phrase.form != "pronoun":
        yield f"new {one.phrase.form} {'head seen' if one.head in seen else 'head not seen'}"
        yield f"new {one.opening} {'head seen' if one.head in seen else 'head not seen'}"
        yield f"new plural {one.plural} {one.opening}"


def pair(page: Page, one: Traits, other: Traits, between: int) -> Iterator[str]:
    """Yield the features of a phrase `other` that means what the earlier `one` means."""
    yield from _sorts(one, other)
    yield from _apart(one, other, between)
    yield from _words(page, one, other)


def _sorts(one: Traits, other: Traits) -> Iterator[str]:
    """Yield what the sorts of two phrases tell, wherever they stand."""
    kinds = f"{other.form} {one.form}"
    yield kinds
    yield f"meaning {other.form} {one.meaning} {other.meaning}"
    yield f"role {other.form} {one.role} {other.role}"
    yield f"number {other.form} {one.plural} {other.plural}"
    yield f"opening {kinds} {one.opening} {other.opening}"
    if "-" not in (one.gender, other.gender):
        yield f"gender {one.gender == other.gender}"
    yield f"speaks {other.form} {one.speaks} {other.speaks}"
    yield f"often {other.form} {one.often} {one.meaning}"


def _apart(one: Traits, other: Traits, between: int) -> Iterator[str]:
    """Yield what tells how far two phrases are apart, and which of them is quoted."""
    kinds = f"{other.form} {one.form}"
    apart = other.sentence - one.sentence
    yield f"sentences {other.form} {_bucket(apart)}" if apart else f"same sentence {kinds}"
    yield f"sentences {kinds} {min(apart, 3)}"
    yield f"phrases {other.form} {_bucket(between)}"
    if other.quoted or one.quoted:
        same = other.block == one.block
        yield f"quoted {kinds} {one.quoted} {other.quoted} {same}"
        yield f"quoted {other.form} {one.quoted} {other.quoted} {one.speaks} {min(apart, 2)}"
    yield f"blocks {kinds} {min(other.block - one.block, 2)}"
    yield f"nearest {other.form} {one.form} {one.role} {min(apart, 2)} {_bucket(between)}"


def _words(page: Page, one: Traits, other: Traits) -> Iterator[str]:
    """Yield what the words of two phrases and their clause tell."""
    if one.sentence == other.sentence:
        yield from _apposed(page, one, other)
    if other.phrase.form != "pronoun" and one.phrase.form != "pronoun":
        yield from _wording(one, other)


def _apposed(page: Page, one: Traits, other: Traits) -> Iterator[str]:
    head, later = one.phrase.head, other.phrase.head
    if page.dep[later] == "appos" and page.head[later] == head:
        yield f"apposed {one.phrase.form} {other.phrase.form}"
    elif page.dep[later] == "attr" and page.head[later] == page.head[head]:
        yield f"predicate {other.opening}"
    elif page.head[later] == page.head[head] and one.sentence == other.sentence:
        yield f"one clause {other.form} {one.role} {other.role}"


def _wording(one: Traits, other: Traits) -> Iterator[str]:
    forms = f"{other.phrase.form} {one.phrase.form}"
    if one.core == other.core:
        yield f"same words {forms}"
        yield f"same words {other.opening}"
        return
    if one.head == other.head:
        yield f"same head {forms}"
        yield f"same head {other.opening}"
        fewer = other.words < one.words
        yield f"same head {'fewer' if fewer else 'other'} words {forms}"
    elif forms == "name name":
        yield f"names {_shared(one, other)} {one.meaning == other.meaning}"
    else:
        shared = bool(one.words & other.words)
        yield f"other head {forms} {other.opening} {shared}"
        yield f"other head {one.meaning} {other.meaning} {other.opening}"


def _shared(one: Traits, other: Traits) -> str:
    if other.words < one.words:
        return "part" if other.core.split()[-1] != one.core.split()[-1] else "last"
    if one.words < other.words:
        return "longer"
    short, long = sorted((one.core, other.core), key=len)
    letters = "".join(word[0] for word in long.split())
    if len(short) > 1 and " " not in short and short.replace(".", "") == letters:
        return "initials"
    return "some" if one.words & other.words else "none"


def barred(one: Traits, other: Traits) -> bool:
    """Tell whether two phrases cannot be one: one inside the other, or of two genders."""
    if other.phrase.first < one.phrase.last and other.phrase.form != "pronoun":
        return True
    if other.phrase.first < one.phrase.last and one.phrase.head > other.phrase.head:
        return True
    return "-" not in (one.gender, other.gender) and one.gender != other.gender


class Names:
    """The names of a report by their words and initials, to be looked up far back."""

    def __init__(self) -> None:
        self.places: dict[str, list[int]] = {}

    def add(self, one: Traits, number: int) -> None:
        """Take in a phrase, if it is a name."""
        for key in _keys(one):
            self.places.setdefault(key, []).append(number)

    def before(self, other: Traits, number: int) -> list[int]:
        """Return which earlier phrases a phrase may mean: the nearest, and names with its words."""
        near = range(max(0, number - FARTHEST), number)
        far = {i for key in _keys(other) for i in self.places.get(key, [])[-FARTHEST:]}
        return sorted(far.difference(near)) + list(near)


def _keys(one: Traits) -> set[str]:
    """Return the words and the initials of a name; nothing for other phrases."""
    if one.phrase.form != "name":
        return set()
    words = one.core.split()
    return {*words, "".join(word[0] for word in words), one.core.replace(".", "")}


class Scorer:
    """Sums the weights of the features of pairs; what few sorts of pairs share is summed once.

    What the words of a report's phrases share is summed once for that report.
    """

    def __init__(self, learned: dict[str, float]) -> None:
        self.learned = learned
        self.words: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}
        self.sorts: dict[tuple[int, int], float] = {}
        self.far: dict[tuple[int, int, int, int, int], float] = {}

    def alone(self, one: Traits, seen: set[str]) -> float:
        """Return how likely a phrase begins a chain of its own."""
        return self._sum(alone(one, seen))

    def pair(self, page: Page, one: Traits, other: Traits, between: int) -> float:
        """Return how likely a phrase `other` means what the earlier `one` means."""
        key = (one.sort, other.sort)
        sorts = self.sorts.get(key)
        if sorts is None:
            sorts = self.sorts[key] = self._sum(_sorts(one, other))
        apart, blocks = other.sentence - one.sentence, other.block - one.block
        place = (one.stand, other.stand, _step(apart), _step(between), min(blocks, 2))
        far = self.far.get(place)
        if far is None:
            far = self.far[place] = self._sum(_apart(one, other, between))
        if apart == 0:
            return sorts + far + self._sum(_words(page, one, other))
        if other.pronoun or one.pronoun:
            return sorts + far
        wording = (one.wording, other.wording)
        words = self.words.get(wording)
        if words is None:
            words = self.words[wording] = self._sum(_wording(one, other))
        return sorts + far + words

    def _sum(self, features: Iterable[str]) -> float:
        return sum(self.learned.get(name, 0.0) for name in features)


@functools.cache
def weights() -> dict[str, float]:
    """Return the learned weight of each feature."""
    loaded: dict[str, float] = weights_json("coref.json")
    return loaded


@functools.cache
def _shared_scorer() -> Scorer:
    return Scorer(weights())


def chains(page: Page, found: list[Phrase], learned: dict[str, float] | None = None) -> list[int]:
    """Return for each phrase the number of its chain: that of the first phrase in it."""
    told = traits(page, found)
    scorer = _shared_scorer() if learned is None else Scorer(learned)
    scorer.words.clear()
    of: list[int] = []
    chains_: dict[int, Chain] = {}
    seen: set[str] = set()
    names = Names()
    for number, other in enumerate(told):
        best, most = number, scorer.alone(other, seen)
        naming = _is_naming(page, other)
        for place in names.before(other, number):
            one = told[place]
            if naming and _identified(page, one, other):
                best, most = of[place], CERTAIN
            score = scorer.pair(page, one, other, number - place)
            if score < most or barred(one, other) or _conflict(chains_[of[place]], told, other):
                continue
            best, most = of[place], score
        of.append(best)
        names.add(other, number)
        chain = chains_.setdefault(best, Chain())
        chain.members.append(number)
        if other.gender != "-":
            chain.genders.add(other.gender)
        if other.phrase.form != "pronoun":
            seen.add(other.head)
    return of


def _is_naming(page: Page, other: Traits) -> bool:
    """Tell whether a phrase stands after "as", where a sentence says who somebody is."""
    name = other.phrase.head
    return page.dep[name] == "pobj" and page.lower[page.head[name]] == "as"


def _identified(page: Page, one: Traits, other: Traits) -> bool:
    """Tell whether a sentence says who somebody is: "identified the man as Foo Bar"."""
    said, as_ = one.phrase.head, page.head[other.phrase.head]
    verb = page.head[said]
    return (
        page.head[as_] in (verb, said)
        and page.lemma[verb] in IDENTIFYING
        and page.dep[said] in ("dobj", "nsubjpass")
    )


def _conflict(chain: Chain, told: list[Traits], other: Traits) -> bool:
    """Tell whether a phrase cannot be in a chain: of another gender, or inside one of its last."""
    if other.gender != "-" and chain.genders - {other.gender}:
        return True
    if other.phrase.form == "pronoun":
        return False
    return any(barred(told[member], other) for member in chain.members[-NEAREST:])
