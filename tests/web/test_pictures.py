"""Pictures claim no more than the bounds that they are drawn from."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onrecord.types import Evidence, Figure, Relation, When
from onrecord.web.bars import bars
from onrecord.web.dots import dot_plot
from onrecord.web.network import AROUND, lanes, network
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


MONTHS = st.builds(
    lambda year, month: f"{year:04}-{month:02}", st.integers(1990, 2030), st.integers(1, 12)
)


@given(st.dictionaries(MONTHS, st.integers(0, 5000), min_size=1, max_size=40))
def test_bars_hold_every_number_once(counts: dict[str, int]) -> None:
    def link(first: date, last: date, look: str) -> str:
        return f"{first} {last} {look}"

    told = {month: {"told": n, "denied": n // 3} for month, n in counts.items()}
    picture = bars(told, ("told", "denied"), "events", link)
    if not any(counts.values()):
        assert picture is None
        return
    assert picture is not None
    shown = sum(int(bar.title.split(": ")[1].split()[0].replace(",", "")) for bar in picture.bars)
    assert shown == sum(sum(parts.values()) for parts in told.values())
    assert all(picture.left <= b.x and b.x + b.width <= picture.right + 1 for b in picture.bars)
    assert all(b.y >= 0 and b.y + b.height <= picture.floor + 0.5 for b in picture.bars)
    for bar in picture.bars:
        first, last, _ = bar.href.split()
        assert any(first[:7] <= month <= last[:7] for month in counts)


def test_no_bars_without_a_month() -> None:
    assert bars({}, ("told",), "events", lambda *_: "") is None


def tied(one: str, kind: str, other: str, held: When, status: str = "told") -> Relation:
    key = f"relation-{one}-{kind}-{other}"
    return Relation(key, one, kind, other, held, When(), status, (), ())  # type: ignore[arg-type]


def test_a_network_has_each_pair_once_and_says_how_it_stands() -> None:
    own = [
        tied("a", "supports", "b", When()),
        tied("b", "fights", "a", When(), "denied"),
        tied("c", "leads", "a", When(), "asserted"),
        tied("a", "arms", "a", When()),
    ]
    picture = network("a", own, [tied("b", "meets with", "c", When())], str.upper)
    assert picture is not None
    assert {(node.name, node.center) for node in picture.nodes} == {
        ("A", True),
        ("B", False),
        ("C", False),
    }
    looks = {(e.look, e.status, e.label.split(" +")[0]) for e in picture.edges}
    assert ("with", "asserted", "leads") in looks
    assert ("neither", "told", "meets with") in looks
    against = next(e for e in picture.edges if e.look == "against")
    assert (against.status, against.href) == ("disputed", "/relations?actor=a&other=b")
    assert "A supports B (told" in against.title
    assert network("a", [], [], str) is None


def test_a_network_counts_who_found_no_room() -> None:
    own = [tied("a", "supports", f"b{n:02}", When()) for n in range(AROUND + 5)]
    picture = network("a", own, [], str)
    assert picture is not None
    assert (len(picture.nodes), picture.left_out) == (AROUND + 1, 5)
    assert all(0 < node.x < picture.width and 0 < node.y < picture.height for node in picture.nodes)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=12))
def test_lanes_show_bounds_as_bounds(bounds: list[tuple[date | None, date | None]]) -> None:
    held = [When(*(sorted(b) if None not in b else b)) for b in bounds]  # type: ignore[type-var]
    relations = [tied("a", "supports", f"b{n}", when) for n, when in enumerate(held)]
    picture = lanes("a", relations, str)
    known = [when for when in held if when.earliest or when.latest]
    if picture is None:
        assert not known
        return
    assert (len(picture.ties), picture.undated) == (len(known), len(held) - len(known))
    by_id = {relation.id: relation.held for relation in relations}
    for tie in picture.ties:
        when = by_id[tie.href.rpartition("/")[2]]
        assert tie.x1 <= tie.x <= tie.x2
        assert (tie.opens_left, tie.opens_right) == (when.earliest is None, when.latest is None)
        assert tie.is_bar or when.earliest == when.latest or tie.x2 - tie.x1 <= 1
        assert picture.left <= tie.x1 <= tie.x2 <= picture.width


def test_labels_of_ties_of_one_day_do_not_cover_each_other() -> None:
    day = When(date(2031, 3, 4), date(2031, 3, 4))
    picture = lanes("a", [tied("a", f"kind {n}", f"b{n}", day) for n in range(6)], str)
    assert picture is not None
    assert len({tie.label_y for tie in picture.ties}) == 6
