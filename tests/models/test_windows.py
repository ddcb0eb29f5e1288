"""Every word is owned by one window, and windows hold what the encoder can take."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.models.windows import BREAK, CONTEXT, END, LENGTH, START, Words, split, windows

TOKENIZER = Tokenizer.from_file(str(files("onrecord") / "models" / "attribution.tokens.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
TEXT = "The harbour board met. “We agreed,” its chair said.\n\nNobody signed.\n"


def _words(text: str) -> Words:
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            lines.append((start, start + len(line)))
        start += len(line)
    return split(TOKENIZER, text, lines)


def test_words_keep_the_offsets_of_the_text() -> None:
    words = _words(TEXT)
    shown = [TEXT[s:e] for s, e in zip(words.starts, words.ends, strict=True)]
    assert shown[:6] == ["The", "harbour", "board", "met", ".", "“"]
    assert shown[-3:] == ["Nobody", "signed", "."]
    assert [TEXT[words.starts[i]] for i in range(len(words)) if words.opens[i]] == ["N"]


def test_a_paragraph_begins_behind_a_break() -> None:
    (window,) = windows(_words(TEXT), TEXT)
    assert (window.pieces[0], window.pieces[-1]) == (START, END)
    assert window.pieces.count(BREAK) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Talks", "ended.", "unconstitutionally", "\n", "“No,”", "he"]),
        max_size=900,
    )
)
def test_windows_own_every_word_once_and_fit(parts: list[str]) -> None:
    text = " ".join(parts)
    words = _words(text)
    found = list(windows(words, text))
    owned = [word for window in found for word in range(window.own, window.last)]
    assert owned == list(range(len(words)))
    for window in found:
        assert len(window.pieces) <= LENGTH
        assert sum(words.cost(word) for word in range(window.first, window.own)) <= CONTEXT
        for word, place in enumerate(window.places, start=window.first):
            assert window.pieces[place] == words.pieces[word][0]


def test_a_long_text_is_cut_where_a_sentence_ends() -> None:
    text = "The council of the upper valley adjourned its meeting again. " * 80
    found = list(windows(_words(text), text))
    assert len(found) > 2
    words = _words(text)
    for window in found[:-1]:
        assert text[words.starts[window.last - 1]] == "."


@pytest.mark.parametrize("text", ["", "  \n \n"])
def test_a_text_without_words_has_no_window(text: str) -> None:
    assert list(windows(_words(text), text)) == []
