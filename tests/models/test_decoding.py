"""Decoding gives whole spans only, whatever the logits."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.models.decoding import cue_spans, govern, hand_spans, pair_logits

OUTSIDE, SOURCE, SOURCE_ON, CONTENT, CONTENT_ON = range(5)


def _logits(*labels: int, high: float = 6.0) -> np.ndarray:
    logits = np.zeros((len(labels), 5), dtype=np.float32)
    logits[np.arange(len(labels)), labels] = high
    return logits


def test_the_likeliest_labels_are_read_off() -> None:
    found = govern(_logits(SOURCE, SOURCE_ON, OUTSIDE, CONTENT, CONTENT_ON, OUTSIDE, CONTENT)[None])
    assert found[0].source == (0, 2)
    assert found[0].content == ((3, 5), (6, 7))
    assert 0.9 < found[0].content_sure <= 1


def test_a_second_source_is_not_possible() -> None:
    logits = _logits(SOURCE, OUTSIDE, SOURCE, CONTENT)
    logits[2] /= 2
    (found,) = govern(logits[None])
    assert found.source == (0, 1)


def test_an_inside_without_beginning_is_mended() -> None:
    (found,) = govern(_logits(OUTSIDE, CONTENT_ON, CONTENT_ON)[None])
    assert all(start < end for start, end in found.content)
    assert found.content in (((1, 3),), ((0, 3),))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_spans_never_overlap(size: int, seed: int) -> None:
    logits = np.random.default_rng(seed).normal(0, 3, (2, size, 5)).astype(np.float32)
    for found in govern(logits):
        spans = sorted((*found.content, *([found.source] if found.source else [])))
        assert all(0 <= start < end <= size for start, end in spans)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_a_cue_begins_at_b_and_goes_on_with_i() -> None:
    logits = np.array([[5, 0, 0], [0, 5, 0], [0, 0, 5], [5, 0, 0], [0, 0, 5]], dtype=np.float32)
    ((span, share),) = cue_spans(logits, 0.5)
    assert span == (1, 3)
    assert share > 0.9
    assert cue_spans(logits, 0.999) == []


def test_hands_stand_in_the_order_of_their_distance_from_the_speaker() -> None:
    # Six words; the fifth begins the hand next to the speaker, the first two are a farther one.
    logits = np.full((6, 5), -5, dtype=np.float32)
    logits[:, 0] = 5
    logits[0] = [-5, -5, -5, 5, -5]
    logits[1] = [-5, 5, -5, -5, -5]
    logits[4] = [-5, -5, 5, -5, -5]
    found = hand_spans(logits, 0.5, 0.2)
    assert [hand.words for hand in found] == [(4, 5), (0, 2)]
    assert [round(hand.level) for hand in found] == [1, 2]
    assert all(0.9 < hand.sure <= 1 for hand in found)


def test_a_word_that_is_hardly_a_hand_is_none() -> None:
    logits = np.zeros((3, 5), dtype=np.float32)
    logits[:, 0] = 2
    assert hand_spans(logits, 0.5, 0.2) == []


def test_the_words_of_a_cue_are_in_no_role_of_its_own() -> None:
    chance = np.random.default_rng(1)
    query, key = (chance.normal(size=(4, 6)).astype(np.float32) for _ in range(2))
    plain = np.zeros((4, 3), dtype=np.float32)
    distance = np.zeros((5, 3), dtype=np.float32)
    distance[2 + 1, 2] = 7  # one word behind the cue
    logits = pair_logits(query, key, plain, distance, [(1, 2)])
    assert logits.shape == (1, 4, 3)
    assert (logits[0, 1, 1:] < -1e8).all()
    product = (query[1].reshape(3, 2) * key[2].reshape(3, 2)).sum(axis=1) / np.sqrt(2)
    product[2] += 7
    assert np.allclose(logits[0, 2], product, atol=1e-5)
