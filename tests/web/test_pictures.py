"""Pictures claim no more than the bounds that they are drawn from."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onrecord.types import Evidence, Figure, When
from onrecord.web.dots import dot_plot
from onrecord.web.svg import LEFT, WIDTH, Dated, timeline

DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


def dated(first: date | None, last: date | None, lane: str = "did") -> Dated:
    return Dated(lane, "told", first, last, "/event/1", "what")


@given(st.lists(st.tuples(DAYS, DAYS), max_size=30))
def test_everything_dated_is_drawn_inside_or_counted(
    bounds: list[tuple[date | None, date | None]],
) -> None:
    items = [dated(*sorted(b) if None not in b else b) for b in bounds]  # type: ignore[type-var]
    picture = timeline(items)
    known = [item for item in items if item.earliest or item.latest]
    if picture is None:
        assert not known
        return
    assert len(picture.drawn) + sum(lane.left_out for lane in picture.lanes) == len(known)
    assert picture.undated == len(items) - len(known)
    assert all(LEFT <= d.x1 <= d.x2 <= WIDTH for d in picture.drawn)
    assert all(0 < d.y < picture.height for d in picture.drawn)


def test_open_ends_stay_open() -> None:
    picture = timeline([dated(date(2021, 3, 1), None), dated(None, date(2021, 9, 1))])
    assert picture is not None
    after, before = sorted(picture.drawn, key=lambda d: d.opens_left)
    assert (after.opens_left, after.opens_right) == (False, True)
    assert (before.opens_left, before.opens_right) == (True, False)
    assert after.is_bar
    assert before.is_bar


def test_marks_of_one_day_do_not_cover_each_other() -> None:
    day = date(2021, 3, 1)
    picture = timeline([dated(day, day) for _ in range(5)])
    assert picture is not None
    assert len({d.y for d in picture.drawn}) == 5
    assert not any(d.is_bar for d in picture.drawn)


def figure(value: float | None, low: float | None = None, high: float | None = None) -> Figure:
    span = Evidence("r", 0, 1, "x")
    return Figure("f", "r", span, value, low, high, "people", "hurt", When(), None)


def test_bounds_of_figures_stay_bounds() -> None:
    plot = dot_plot([("A", figure(12)), ("B", figure(None, low=24)), ("C", figure(None, 10, 20))])
    assert plot is not None
    exact, least, range_ = plot.dots
    assert not exact.is_bar
    assert (least.is_bar, least.opens_right, least.words) == (True, True, "24 or more")
    assert (range_.is_bar, range_.opens_right) == (True, False)
    assert least.x1 > exact.x1 > range_.x1
    assert dot_plot([("A", figure(None))]) is None
