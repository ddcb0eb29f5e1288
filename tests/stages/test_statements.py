"""The statements stage: spans, quotations, what is no statement, and offsets."""

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.models.attribution import tag
from onrecord.parsing import Parse
from onrecord.stages.statements import statements
from onrecord.types import Reading, Statement

Parsed = Callable[[str], tuple[Reading, Parse]]


@pytest.fixture(scope="session")
def read(parsed: Parsed) -> Callable[[str], tuple[Statement, ...]]:
    def run(text: str) -> tuple[Statement, ...]:
        reading, parse = parsed(text)
        return statements(reading, parse).statements

    return run


Read = Callable[[str], tuple[Statement, ...]]


def parts(statement: Statement) -> tuple[list[str], list[str], list[str]]:
    return (
        [part.text for part in statement.source],
        [part.text for part in statement.cue],
        [part.text for part in statement.content],
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The minister said that the bridge at Orla had been closed.",
            ["The minister"],
            ["said"],
            ["the bridge at Orla had been closed"],
        ),
        (
            "According to the Orla police, two guards were wounded.",
            ["the Orla police"],
            ["According to"],
            ["two guards were wounded"],
        ),
        (
            "“We will rebuild the bridge,” said Tilda Marr.",
            ["Tilda Marr"],
            ["said"],
            ["We will rebuild the bridge"],
        ),
        (
            "The governor urged the rebels to lay down their arms.",
            ["The governor"],
            ["urged"],
            ["to lay down their arms"],
        ),
        (
            "The rebels denied shelling the market.",
            ["The rebels"],
            ["denied"],
            ["shelling the market"],
        ),
        (
            "Tilda Marr vowed not to leave the valley.",
            ["Tilda Marr"],
            ["vowed"],
            ["not to leave the valley"],
        ),
        (
            "Tilda Marr's claim that the vote was rigged angered the court.",
            ["Tilda Marr"],
            ["claim"],
            ["the vote was rigged"],
        ),
    ],
)
def test_source_cue_and_content(
    read: Read, text: str, source: list[str], cue: list[str], content: list[str]
) -> None:
    assert (source, cue, content) in [parts(statement) for statement in read(text)]


def test_quotation_split_by_its_cue_is_one_statement(read: Read) -> None:
    (statement,) = read('"We will go," Tilda Marr said. "Nobody will stop us."')
    assert parts(statement)[2] == ["We will go", "Nobody will stop us"]
    assert statement.mode == "direct"


def test_quotation_runs_on_over_paragraphs(read: Read) -> None:
    found = read("“We will go,” said Tilda Marr. “They know it.\n\n“Nobody will stop us.”")
    assert len(found) == 1
    assert parts(found[0])[2] == ["We will go", "They know it", "Nobody will stop us"]


def test_fresh_cue_starts_a_new_statement(read: Read) -> None:
    found = read('"We will go," Tilda Marr said. "Nobody will stop us," she added.')
    assert [parts(item)[1] for item in found] == [["said"], ["added"]]


def test_quotation_after_a_paraphrase_has_no_cue_and_the_same_speaker(read: Read) -> None:
    found = read('Tilda Marr said the river was rising. "We have to leave the valley now."')
    assert [parts(item)[1] for item in found] == [["said"], []]
    assert found[1].speaker.name == found[0].speaker.name == "Tilda Marr"


@pytest.mark.parametrize("pair", ["“”", '""', "«»", "„“"])
def test_kinds_of_quotation_marks(read: Read, pair: str) -> None:
    (statement,) = read(f"Tilda Marr said: {pair[0]}The river is rising fast.{pair[1]}")
    assert parts(statement)[2] == ["The river is rising fast"]
    assert statement.mode == "direct"


def test_paragraph_after_a_colon_is_the_speech(read: Read) -> None:
    text = "Envoy Tilda Marr responded:\n\nThe river is rising. We must leave the valley."
    (statement,) = [item for item in read(text) if parts(item)[1] == ["responded"]]
    assert parts(statement)[2] == ["The river is rising. We must leave the valley"]
    assert statement.mode == "direct"


def test_transcript_gives_each_turn_to_its_name(read: Read) -> None:
    text = (
        "MARR: The river is rising.\n\nOSK: The dam will hold.\n\n"
        "MARR: The dam is forty years old.\n\nOSK: It was mended in spring."
    )
    turns = [item for item in read(text) if item.why == "turn"]
    assert [item.source[0].text for item in turns] == ["MARR", "OSK", "MARR", "OSK"]


def test_questions_of_an_interview_are_none(read: Read) -> None:
    text = (
        "Q: Will the dam hold?\n\nA: The dam will hold.\n\n"
        "Q: And the bridge?\n\nA: The bridge is closed."
    )
    contents = [parts(item)[2] for item in read(text)]
    assert ["The dam will hold"] in contents
    assert not any("Will the dam hold?" in part for content in contents for part in content)


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not say that the bridge was closed.",
        "The minister declined to comment.",
        "The Orla Front has been accused of burning the mill.",
        "They read the novel “The Long Winter” at school.",
        "The so-called “river guard” crossed the bridge.",
        "The troops crossed the bridge at dawn.",
    ],
)
def test_no_statement(read: Read, text: str) -> None:
    assert read(text) == ()


def test_dateline_belongs_to_nobody(read: Read) -> None:
    text = "ORLA, Nov 3 — Tilda Marr said on Monday that the bridge over the river had been closed."
    (statement,) = read(text)
    assert parts(statement)[0] == ["Tilda Marr"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The governor accused the rebels of burning the mill.", "accuse"),
        ("The rebels rejected the charge.", "deny"),
        ("The governor promised to rebuild the mill.", "promise"),
        ("The rebels threatened to burn the mill.", "threaten"),
        ("The governor urged the rebels to leave.", "demand"),
        ("The governor praised the guards.", "support"),
        ("The governor condemned the raid.", "criticise"),
        ("The governor said the raid began at dawn.", "say"),
        ("The governor insisted that he does not fund the rebels.", "deny"),
    ],
)
def test_acts(read: Read, text: str, act: str) -> None:
    assert [item.act for item in read(text)] == [act]


def test_modes(read: Read) -> None:
    (mixed,) = read("The governor said the raid was “a shameful act” by the rebels.")
    (indirect,) = read("The governor said the raid was shameful.")
    assert (mixed.mode, indirect.mode) == ("mixed", "indirect")


def test_thoughts_are_unvoiced(read: Read) -> None:
    (statement,) = read("The rebels fear that the dam will break.")
    assert not statement.voiced


def test_hedge_is_the_reporters(read: Read) -> None:
    (statement,) = read("The governor reportedly said that the dam might break.")
    assert statement.hedge == "reportedly"


@pytest.mark.parametrize(
    "text",
    ["", " ", "said", "“", "”said", "SHE SAID: NO", "Он сказал: «Нет».", "\"'\"'", "a " * 3000],
)
def test_odd_input_is_read_without_failing(read: Read, text: str) -> None:
    for item in read(text):
        assert item.content


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            [
                "said",
                "“We",
                "will",
                "go,”",
                "Tilda Marr",
                "that",
                "the dam",
                "broke.",
                ":",
                '"',
                "\n\n",
                "according to",
                "accused",
                "of",
                ",",
                "who",
                "citing",
            ]
        ),
        max_size=25,
    )
)
# A "who" whose clause hangs on another "who".
@example(words='will|Tilda Marr|"|according to|broke.|who|of|according to|who'.split("|"))
def test_every_span_is_the_words_of_the_report(read: Read, words: list[str]) -> None:
    text = " ".join(words)
    found = read(text)
    for item in found:
        assert item.content
        for part in item.source + item.cue + item.content:
            assert part.text
            assert text[part.start : part.end] == part.text
    assert len({item.id for item in found}) == len(found)
    firsts = [min(part.start for part in item.source + item.cue + item.content) for item in found]
    assert firsts == sorted(firsts)
    assert read(text) == found


def test_words_quoted_within_a_quotation_leave_the_outer_marks_out(read: Read) -> None:
    (statement,) = read("“I heard the word ‘dam,’ and I ran,” Tilda Marr said.")
    assert parts(statement)[2] == ["I heard the word ‘dam,’ and I ran"]


def test_cue_within_a_quotation_does_not_take_the_floor(read: Read) -> None:
    text = "“The rebels claim that the dam broke,” Tilda Marr said.\n\n“It is a plain lie.”"
    marr = next(item for item in read(text) if item.cue[0].text == "said")
    assert parts(marr)[2][-1] == "It is a plain lie"


def test_two_cues_for_the_same_words_are_one_statement(read: Read) -> None:
    found = read("Tilda Marr responded by saying: “The dam will hold for years.”")
    assert len(found) == 1
    assert found[0].cue[0].text.endswith("saying")


CLAUSES = (
    "the harbour master said the quay was closed",
    "dockers carried “flour sacks” to the barge",
    "the mayor told traders that the market would open late",
    "the pilot called the tug “old” and unsafe",
    "a clerk, citing the port office, reported “two cranes” broken",
    "it was said by the guards that the boats were late",
)


def test_time_stays_in_proportion_to_the_length_of_a_sentence(parsed: Parsed) -> None:
    def seconds(characters: int) -> float:
        clauses: list[str] = []
        while sum(map(len, clauses)) < characters:
            clauses.append((", ", " and ")[len(clauses) % 2] + CLAUSES[len(clauses) % len(CLAUSES)])
        reading, parse = parsed(f"The day began{''.join(clauses)}.")
        assert max(map(len, parse.doc.sents)) > len(parse.doc) / 2

        def once() -> float:
            for key in [key for key in parse.doc.user_data if str(key).startswith("statements")]:
                del parse.doc.user_data[key]
            tag.cache_clear()
            start = time.process_time()
            assert statements(reading, parse).statements
            return time.process_time() - start

        return min(once() for _ in range(3))

    assert seconds(60_000) < 8 * seconds(15_000)


@pytest.mark.parametrize("joint", [", and asked", ". He asked"])
def test_when_another_says_it_happened_is_not_when_it_was_said(read: Read, joint: str) -> None:
    text = (
        "Orm said the thieves had used the ladder that was put up in February 2021"
        f"{joint} everybody who saw a van to come forward."
    )
    asked = next(s for s in read(text) if s.cue[0].text == "asked")
    assert asked.said.earliest != date(2021, 2, 1)
