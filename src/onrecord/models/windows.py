"""Windows: a text cut into overlapping runs of word pieces that the encoder can take.

Training and reading cut alike, so this is the one place for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

START, END, BREAK = 101, 102, 1  # the encoder's [CLS], [SEP], and a spare piece between paragraphs
LENGTH = 256  # pieces a window holds at the most
CONTEXT = 40  # pieces of the words before that a window repeats at the most
ENDS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: offsets, word pieces, and which of them begin a paragraph."""

    starts: list[int]
    ends: list[int]
    pieces: list[list[int]]
    opens: list[bool]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.starts)

    def cost(self, word: int) -> int:
        """Return how many pieces a window needs for a word."""
        return len(self.pieces[word]) + self.opens[word]


@dataclass(frozen=True, slots=True)
class Window:
    """The words [first, last) as pieces; those before `own` are context from the window before.

    `places[i]` is the index of the first piece of word first + i.
    """

    first: int
    own: int
    last: int
    pieces: list[int]
    places: list[int]


def split(tokenizer: Tokenizer, text: str, paragraphs: Sequence[tuple[int, int]]) -> Words:
    """Return the words of the paragraphs [start, end) of a text."""
    words = Words([], [], [], [])
    encoded = tokenizer.encode_batch(
        [text[start:end] for start, end in paragraphs], add_special_tokens=False
    )
    for (offset, _), encoding in zip(paragraphs, encoded, strict=True):
        before = None
        for piece, word, (start, end) in zip(
            encoding.ids, encoding.word_ids, encoding.offsets, strict=True
        ):
            if word == before:
                words.pieces[-1].append(piece)
                words.ends[-1] = offset + end
                continue
            words.opens.append(before is None and bool(words.starts))
            words.starts.append(offset + start)
            words.ends.append(offset + end)
            words.pieces.append([piece])
            before = word
    return words


def windows(words: Words, text: str, *, first_length: int = LENGTH) -> Iterator[Window]:
    """Yield windows that together own every word once, cut where a paragraph or sentence ends."""
    own, room = 0, first_length - 2
    while own < len(words):
        first = _context(words, own)
        used = sum(words.cost(word) for word in range(first, own))
        last = own
        while last < len(words) and (last == own or used + words.cost(last) <= room):
            used += words.cost(last)
            last += 1
        if last < len(words):
            last = _border(words, text, own, last)
        yield _window(words, first, own, last)
        own, room = last, LENGTH - 2


def _context(words: Words, own: int) -> int:
    """Return the first word of the context before a window, the start of a paragraph if it can."""
    first, used, opening = own, 0, own
    while first > 0 and used + words.cost(first - 1) <= CONTEXT:
        first -= 1
        used += words.cost(first)
        if words.opens[first] or first == 0:
            opening = first
    return opening if opening < own else first


def _border(words: Words, text: str, own: int, last: int) -> int:
    """Return where to cut: the last paragraph's start, else the last sentence's, else here."""
    least = own + 2 * (last - own) // 3
    for word in range(last, least, -1):
        if words.opens[word]:
            return word
    for word in range(last, least, -1):
        if text[words.starts[word - 1]] in ENDS:
            return word
    return last


def _window(words: Words, first: int, own: int, last: int) -> Window:
    pieces, places = [START], []
    for word in range(first, last):
        if words.opens[word] and word > first:
            pieces.append(BREAK)
        places.append(len(pieces))
        pieces += words.pieces[word][: LENGTH // 2]
    return Window(first, own, last, [*pieces[: 2 * LENGTH - 1], END], places)
