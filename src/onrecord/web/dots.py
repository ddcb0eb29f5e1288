"""Figures for one thing beside each other on one scale, as geometry that a template draws."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.types import Figure
from onrecord.wording import amount_words, short

WIDTH = 1000.0
LABELS = 250.0  # room for whose figure it is
RIGHT = 130.0  # room for the figure in words
TOP, ROW = 8.0, 26.0
FADE = 40.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure in its place: a dot, or a bar where it is a bound."""

    href: str
    label: str
    words: str
    x1: float
    x2: float
    y: float
    opens_left: bool
    opens_right: bool

    @property
    def is_bar(self) -> bool:
        """Whether it is a range or a bound and not one value."""
        return self.x2 - self.x1 > 1 or self.opens_left or self.opens_right


@dataclass(frozen=True, slots=True)
class DotPlot:
    """The whole picture."""

    width: float
    height: float
    left: float
    right: float
    dots: tuple[Dot, ...]


def dot_plot(figures: Sequence[tuple[str, Figure]]) -> DotPlot | None:
    """Return figures, each with whose it is, on one scale from nought; None without any value."""
    bounds = [(whose, figure, *_bounds(figure)) for whose, figure in figures]
    rows = [row for row in bounds if row[2] is not None or row[3] is not None]
    known = [value for row in rows for value in row[2:] if value is not None]
    if not known or min(known) < 0:
        return None
    most = max(known) or 1
    right = WIDTH - RIGHT
    step = (right - LABELS - FADE) / most
    dots = []
    for number, (whose, figure, low, high) in enumerate(rows):
        y = TOP + number * ROW + ROW / 2
        x1 = LABELS + step * low if low is not None else LABELS
        x2 = LABELS + step * high if high is not None else x1 + FADE
        dots.append(
            Dot(
                href=f"/figure/{figure.id}",
                label=short(whose, 32),
                words=amount_words(replace(figure, unit="")),
                x1=round(x1, 1),
                x2=round(x2, 1),
                y=y,
                opens_left=low is None,
                opens_right=high is None,
            )
        )
    return DotPlot(WIDTH, TOP * 2 + len(rows) * ROW, LABELS, right, tuple(dots))


def _bounds(figure: Figure) -> tuple[float | None, float | None]:
    if figure.low is not None or figure.high is not None:
        return figure.low, figure.high
    return figure.value, figure.value
