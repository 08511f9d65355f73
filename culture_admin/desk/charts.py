"""Charts drawn by the server: the geometry of bars and of places; the table beside a chart says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from culture_admin.statistics.tallies import Number

# Units of the drawing, about pixels on a phone.
WIDTH, HEIGHT, LEFT, FOOT, HEAD = 360, 170, 6, 20, 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One value as a bar, and the one it is compared with behind it."""

    label: str
    value: Number | None
    middle: float
    x: float
    y: float
    width: float
    height: float
    before_x: float
    before_y: float
    before_height: float


@dataclass(frozen=True)
class Chart:
    """The bars, and the height of the tallest value as a number and as a line."""

    bars: list[Bar]
    tallest: Number
    head: int = HEAD
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    foot: int = HEIGHT - 6


def bars(points: Sequence[tuple[str, Number | None, Number | None]]) -> Chart:
    """A chart of (label, value, value before); what is not recorded has no bar."""
    tallest = max((value or 0 for _label, *values in points for value in values), default=0)
    step = (WIDTH - 2 * LEFT) / max(len(points), 1)
    width = min(step * 0.5, 28)
    reach = HEIGHT - FOOT - HEAD
    drawn = []
    for index, (label, value, before) in enumerate(points):
        middle = LEFT + step * (index + 0.5)
        height, before_height = (round(float(part or 0) / float(tallest or 1) * reach, 1) for part in (value, before))
        drawn.append(
            Bar(
                label=label,
                value=value,
                middle=round(middle, 1),
                x=round(middle - width / 2 + width * 0.15, 1),
                y=round(HEIGHT - FOOT - height, 1),
                width=round(width, 1),
                height=height,
                before_x=round(middle - width / 2 - width * 0.15, 1),
                before_y=round(HEIGHT - FOOT - before_height, 1),
                before_height=before_height,
            )
        )
    return Chart(drawn, tallest)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a ranking as a point of the line; where there is none, nothing is drawn."""

    label: str
    place: int | None
    x: float
    y: float


@dataclass(frozen=True)
class Climb:
    """The places of one over the years, the first place on top. line: the points that follow one another, for each stretch."""

    spots: list[Spot]
    lines: list[str]
    last: int
    head: int = HEAD
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    foot: int = HEIGHT - 6


def climb(points: Sequence[tuple[str, int | None, int]]) -> Climb:
    """A chart of (label, place, among how many); a year without a place breaks the line."""
    last = max((among for _label, _place, among in points), default=1)
    step = (WIDTH - 2 * LEFT) / max(len(points), 1)
    reach = HEIGHT - FOOT - HEAD - 8
    spots: list[Spot] = []
    stretches: list[list[Spot]] = [[]]
    for index, (label, place, _among) in enumerate(points):
        depth = (place - 1) / max(last - 1, 1) if place else 0
        spot = Spot(label, place, round(LEFT + step * (index + 0.5), 1), round(HEAD + depth * reach, 1))
        spots.append(spot)
        if place:
            stretches[-1].append(spot)
        else:
            stretches.append([])
    lines = [" ".join(f"{one.x},{one.y}" for one in stretch) for stretch in stretches if len(stretch) > 1]
    return Climb(spots, lines, last)
