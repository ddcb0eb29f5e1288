"""Work spread over processes gives what it gives in one, and the collector is left as it was."""

import gc
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from onrecord.spread import chosen, here, parts, spread_by, uncollected

# In a process of its own: this one has threads, and must not be forked.
FORKED = """
import os
from onrecord.spread import forked
seen = list(range(40))
found = list(forked(2)(lambda item: (item * seen[3], os.getpid()), seen))
assert [value for value, _ in found] == [3 * item for item in seen], found
assert os.getpid() not in {process for _, process in found}
"""


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(here(lambda item: item * 3, range(4))) == [0, 3, 6, 9]


def test_forked_processes_see_what_this_one_has_and_keep_the_order() -> None:
    subprocess.run([sys.executable, "-c", FORKED], check=True, timeout=60)


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()
    gc.enable()


def test_the_collector_comes_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        list(here(lambda item: 1 // item, [0]))
    assert gc.isenabled()


def test_parts_are_looked_up_here_and_sent_as_they_are() -> None:
    items = list("abcdefg")
    found = parts(items, 3)
    assert [list(part) for part in found] == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert pickle.loads(pickle.dumps(found[1])) == ("d", "e", "f")
    assert parts([], 3) == []


def test_work_is_done_in_the_way_that_was_chosen() -> None:
    asked: list[int] = []

    def way(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        asked.append(len(items))
        return map(function, items)

    assert list(chosen(str, [1, 2])) == ["1", "2"]
    with spread_by(way):
        assert list(chosen(str, [1, 2, 3])) == ["1", "2", "3"]
    assert list(chosen(str, [1])) == ["1"]
    assert asked == [3]
