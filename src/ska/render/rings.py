"""Boxes, dots and pieces of rings: the shapes that the wheel is made of. A clock's angles."""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import Final, NamedTuple

SIZE: Final = 1000.0
CENTRE: Final = SIZE / 2


class Ruta(NamedTuple):
    """A box in the drawing: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    def möter(self, other: Ruta) -> bool:
        """Tell whether two boxes overlap."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


class Märke(NamedTuple):
    """A number in the drawing, centred on a point, in letters of a certain height.

    No other number may touch its box.
    """

    text: str
    x: float
    y: float
    höjd: float
    ruta: Ruta


def märke(text: str, x: float, y: float, letter: float) -> Märke:
    """Make a number, with the box that it takes."""
    w, h = bredd(text, letter) / 2, letter * 0.6
    return Märke(text, x, y, letter, Ruta(*(round(v, 1) for v in (x - w, y - h, x + w, y + h))))


def bredd(text: str, letter: float) -> float:
    """Tell how wide a number is with a little air: a digit is just over half its height wide."""
    return (0.6 * len(text) + 0.5) * letter


class Prick(NamedTuple):
    """A dot or a peg: centre and radius."""

    x: float
    y: float
    r: float


class Band(NamedTuple):
    """A piece of a lane: its outline, an inner one where there is room, and whose year it is."""

    d: str
    inre: str
    annat_år: bool


def band(inner: float, outer: float, first: float, last: float) -> str:
    """Outline a piece of a ring, angles in degrees clockwise from the top."""
    if last - first >= 360:  # an arc cannot end where it begins
        return " ".join(
            f"M{_at(r, 0)}A{_n(r)} {_n(r)} 0 1 1 {_at(r, 180)}A{_n(r)} {_n(r)} 0 1 1 {_at(r, 0)}Z"
            for r in (outer, inner)
        )
    large = int(last - first > 180)  # more than half a turn
    return (
        f"M{_at(outer, first)}A{_n(outer)} {_n(outer)} 0 {large} 1 {_at(outer, last)}"
        f"L{_at(inner, last)}A{_n(inner)} {_n(inner)} 0 {large} 0 {_at(inner, first)}Z"
    )


def point(radius: float, angle: float) -> tuple[float, float]:
    """Give the point at a distance from the middle, at an angle clockwise from the top.

    To a tenth of a unit: less is not seen.
    """
    turn = radians(angle)
    return round(CENTRE + radius * sin(turn), 1), round(CENTRE - radius * cos(turn), 1)


def _at(radius: float, angle: float) -> str:
    x, y = point(radius, angle)
    return f"{_n(x)} {_n(y)}"


def _n(value: float) -> str:
    """Write a number with one decimal at most: a tenth of a unit is less than is seen."""
    return f"{value:.1f}".removesuffix(".0")


def distance(prick: Prick) -> float:
    """Tell how far from the middle a dot's centre is."""
    return hypot(prick.x - CENTRE, prick.y - CENTRE)
