"""What pairs hold together, in whatever order they come."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.components import components

KEYS = st.sampled_from("abcdefg")


def test_pairs_are_followed_to_the_end() -> None:
    assert components([("d", "c"), ("a", "b"), ("c", "e")]) == [["a", "b"], ["c", "d", "e"]]


@given(st.lists(st.tuples(KEYS, KEYS)))
def test_the_order_of_pairs_says_nothing(pairs: list[tuple[str, str]]) -> None:
    found = components(pairs)
    assert found == components([(b, a) for a, b in reversed(pairs)])
    assert sorted(key for group in found for key in group) == sorted({k for p in pairs for k in p})
    for one, other in pairs:
        assert any({one, other} <= set(group) for group in found)
