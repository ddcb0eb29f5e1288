"""A corpus of copies that grows: adding in any order and number gives what one build gives."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.stages.copies import Growing, copies
from onrecord.stages.copies.candidates import COMMON, Traits, rare
from onrecord.stages.copies.fingerprints import fingerprints
from onrecord.stages.copies.postings import Index
from onrecord.stages.copies.words import Hashes, words_of
from onrecord.types import (
    Block,
    Corpus,
    Dating,
    Evidence,
    Hop,
    Reading,
    Report,
    Speaker,
    Statement,
    When,
)

OUTLETS = ("Coast Bell", "Harrow Mail", "Inland Post", "")
NOUNS = "ferry bridge mill convoy depot chapel quarry tram orchard viaduct kiln tannery".split()
VERBS = "closed burned flooded searched emptied rebuilt guarded sold mapped raised".split()
PLACES = "Tarrin Ovel Sell Brannock Dusk Merrow Quill Haddon Istra Vell".split()
BACKGROUND = (
    "The island has been ruled by two councils since the winter of the long frost, and neither "
    "council sits without the harbour master in the hall of the ropewalk."
)


def sentence(chance: random.Random) -> str:
    parts = [
        f"the {chance.choice(NOUNS)} of {chance.choice(PLACES)} was {chance.choice(VERBS)} by "
        f"{chance.randint(2, 90)} men of {chance.choice(PLACES)}"
        for _ in range(3)
    ]
    return f"{parts[0].capitalize()}, {parts[1]}, and {parts[2]}."


def corpus_of(seed: int, count: int) -> list[Reading]:
    """Reports of a few outlets that take paragraphs and quotations from one another."""
    chance = random.Random(seed)
    stock = [sentence(chance) for _ in range(count)]
    quotes = [f"“{sentence(chance)}”" for _ in range(3)]
    return [made(chance, number, stock, quotes) for number in range(count)]


def made(chance: random.Random, number: int, stock: list[str], quotes: list[str]) -> Reading:
    paragraphs = chance.sample(stock, min(len(stock), chance.randint(1, 3)))
    paragraphs += [BACKGROUND] * (chance.random() < 0.7)
    outlet = chance.choice(OUTLETS)
    quote = chance.choice(quotes) if quotes and chance.random() < 0.4 else ""
    hand = chance.choice(OUTLETS)
    if quote:
        paragraphs.append(f"{quote} Captain Orrel told the {hand or 'guild'}.")
    chance.shuffle(paragraphs)
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(start, start + len(paragraph), "body", "a paragraph"))
        start += len(paragraph) + 2
    day = date(2031, 3, 1) + timedelta(days=chance.randint(0, 150))
    report = Report(
        id=f"report-{number:03}",
        path=f"{number}.txt",
        sha256="0",
        text=text,
        source=outlet or None,
        blocks=tuple(blocks),
        published=Dating(day, day) if chance.random() < 0.8 else Dating(),
    )
    return Reading(report=report, statements=(said(report, quote, hand),) if quote else ())


def said(report: Report, quote: str, hand: str) -> Statement:
    def at(words: str) -> Evidence:
        start = report.text.index(words)
        return Evidence(report.id, start, start + len(words), words)

    return Statement(
        id=f"statement-{report.id}",
        report=report.id,
        source=(at("Captain Orrel"),),
        cue=(at("told"),),
        content=(at(quote.strip("“”")),),
        speaker=Speaker("Captain Orrel"),
        voiced=True,
        act="say",
        mode="direct",
        hedge=None,
        said=When(),
        chain=(Hop(hand, None, (at(hand),)),) if hand and hand != report.source else (),
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.randoms(use_true_random=False))
def test_adding_in_any_order_gives_what_one_build_gives(
    seed: int, cuts: int, chance: random.Random
) -> None:
    readings = corpus_of(seed, 36)
    whole = Corpus(readings=tuple(readings))
    at_once = copies(whole)
    chance.shuffle(readings)
    edges = sorted(chance.sample(range(len(readings)), cuts))
    growing = Growing()
    for start, end in zip([0, *edges], [*edges, len(readings)], strict=True):
        growing.add(readings[start:end])
    assert growing.told(whole) == at_once
    assert at_once.copies


def test_a_phrase_that_becomes_common_takes_its_copies_along() -> None:
    chance = random.Random(5)
    # Pages that share nothing but the background that everybody prints, over half a year.
    alone = [made(chance, number, [sentence(chance)], []) for number in range(30)]
    alone = [reading for reading in alone if BACKGROUND in reading.report.text]
    growing = Growing()
    growing.add(alone[:2])
    assert growing.told(Corpus(readings=tuple(alone[:2]))).copies
    for reading in alone[2:]:
        growing.add([reading])
    whole = Corpus(readings=tuple(alone))
    told = growing.told(whole)
    assert told == copies(whole)
    assert not told.copies


def put(index: Index, keys: Hashes, number: int) -> None:
    owners = np.full(len(keys), number, dtype=np.int32)
    index.add(keys, owners, np.zeros(len(keys), dtype=np.bool_))


def test_an_index_of_many_segments_finds_all_holders() -> None:
    chance = np.random.default_rng(3)
    index = Index()
    held: dict[int, set[int]] = {}
    for number in range(60):
        keys = np.unique(chance.integers(0, 50, size=12).astype(np.uint64) << np.uint64(58))
        put(index, keys, number)
        for key in keys.tolist():
            held.setdefault(key, set()).add(number)
    asked = np.array(sorted(held)[::2], dtype=np.uint64)
    found = index.holders(asked)
    given_back = set(zip(found.keys.tolist(), found.owners.tolist(), strict=True))
    assert given_back == {(key, n) for key in asked.tolist() for n in held[key]}
    parts = list(index.parts())
    assert sum(map(len, parts)) == len(index) == sum(map(len, held.values()))


def test_a_wire_story_counts_once_and_a_phrase_of_all_is_common() -> None:
    many = COMMON + 5
    index = Index()
    keys = np.array([7, 9], dtype=np.uint64)
    for number in range(2 * many):
        mine = keys[:1] if number < many else keys[1:]
        put(index, mine, number)
    # The first half are copies of one another and share their labels; the others share none.
    labels = np.arange(2 * many, dtype=np.uint64)[:, None] * np.ones(4, dtype=np.uint64)
    labels[:many] = 1
    nothing = np.zeros(2 * many, dtype=np.int64)
    traits = Traits(labels, nothing + 738_000, nothing - 1, np.arange(2 * many))
    (part,) = index.parts()
    few, common = rare(part, traits, np.empty(0, dtype=np.uint64))
    assert common.tolist() == [9]
    assert set(few.keys.tolist()) == {7}


def plain(name: str, text: str, source: str | None = None) -> Reading:
    block = Block(0, len(text), "body", "a paragraph")
    return Reading(
        Report(id=name, path=name, sha256="0", text=text, source=source, blocks=(block,))
    )


def invented(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choices("bdgklmnoprstuvz", k=7)) for _ in range(count)]


def test_who_comes_later_makes_no_copy_of_two_others() -> None:
    chance = random.Random(1)
    for _ in range(20):
        nine = invented(chance, 9)
        fours = [invented(chance, 4) for _ in range(6)]

        def edition(name: str, nine: list[str] = nine, fours: list[list[str]] = fours) -> Reading:
            # Nine words in a row, and then never more than four.
            pieces = [word for four in fours for word in (*invented(chance, 1), *four)]
            around = invented(chance, 20), invented(chance, 20)
            return plain(name, " ".join([*around[0], *nine, *pieces, *around[1]]) + ".")

        others = [plain(f"f{n}", " ".join(invented(chance, 60))) for n in range(8)]
        late = plain("z", f"He told of it: “{' '.join(nine)},” and of nothing else.")
        readings = [edition("x"), edition("y"), *others, late]
        growing = Growing()
        growing.add(readings[:-1])
        growing.add(readings[-1:])
        whole = Corpus(readings=tuple(readings))
        assert growing.told(whole) == copies(whole)


def test_of_two_outlets_that_a_statement_names_the_farther_one_is_its_origin() -> None:
    content = "the ferry Orlando sank off Brannock on Thursday with ninety passengers aboard"
    far = plain("a", f"{content.capitalize()} after midnight.", source="Coast Bell")
    near = plain("b", f"{content.capitalize()}, in heavy fog.", source="Harrow Mail")
    text = f"The Harrow Mail told, citing Coast Bell, that {content}."
    citing = plain("c", text, source="Inland Post")

    def at(words: str) -> Evidence:
        start = text.index(words)
        return Evidence("c", start, start + len(words), words)

    statement = Statement(
        id="statement-c",
        report="c",
        source=(at("Harrow Mail"),),
        cue=(at("told"),),
        content=(at(content),),
        speaker=Speaker("Harrow Mail"),
        voiced=True,
        act="say",
        mode="indirect",
        hedge=None,
        said=When(),
        chain=(Hop("Coast Bell", None, (at("Coast Bell"),)),),
    )
    citing = replace(citing, statements=(statement,))
    for last in (far, near):
        first = near if last is far else far
        growing = Growing()
        for reading in (citing, first, last):
            growing.add([reading])
        told = growing.told(Corpus(readings=(far, near, citing)))
        (origin,) = [one for one in told.origins if "statement-c" in one.statements]
        assert origin.name.startswith("Coast Bell")


def test_the_company_of_a_text_changes_no_fingerprint() -> None:
    line = "the ferry of Tarrin was searched by nine men of Sell before it left for Ovel"
    twice = words_of(plain("x", f"{line}. “{line},” he said."))
    others = [words_of(reading) for reading in corpus_of(3, 20)]
    alone = fingerprints([twice])
    beside = fingerprints([*others, twice])
    mine = beside.owners == len(others)
    assert alone.keys.tolist() == beside.keys[mine].tolist()
    assert alone.spoken.tolist() == beside.spoken[mine].tolist()
    assert alone.spoken.any()


def test_a_chain_of_copies_is_one_group_however_long() -> None:
    count = 80
    labels = np.arange(4 * count, dtype=np.uint64).reshape(count, 4) + np.uint64(1000)
    nothing = np.zeros(count, dtype=np.int64)
    index = Index()
    for number in np.random.default_rng(1).permutation(count).tolist():
        put(index, np.array([7], dtype=np.uint64), number)
    for number in range(1, count):  # each shares a label with the one before, by turns of columns
        column = number % 2
        labels[number, column] = labels[number - 1, column]
    (part,) = index.parts()
    traits = Traits(labels, nothing + 738_000, nothing - 1, np.arange(count))
    _, common = rare(part, traits, np.empty(0, dtype=np.uint64))
    assert common.tolist() == []
