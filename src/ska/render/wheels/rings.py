"""Boxes, dots and pieces of rings: the shapes that the wheel is made of. A clock's angles."""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import Final, NamedTuple

SIZE: Final = 1000.0
CENTRE: Final = SIZE / 2
_BROAD: Final = 7.0


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
    """Outline a piece of a ring, angles in degrees clockwise from the top.

    To a whole unit where it is broad: less is not seen.
    """
    places = 0 if outer - inner >= _BROAD else 1
    out, into = (tal(r, places) for r in (outer, inner))
    if last - first >= 360:  # an arc cannot end where it begins; the inner one goes backwards
        return "".join(
            f"M500 {tal(CENTRE - r, places)}a{n} {n} 0 0 {way} 0 {tal(2 * r, places)}"
            f" {n} {n} 0 0 {way} 0-{tal(2 * r, places)}Z"
            for r, n, way in ((float(out), out, 1), (float(into), into, 0))
        )
    large = int(last - first > 180)  # more than half a turn

    def at(radius: float, angle: float) -> str:
        return " ".join(tal(value, places) for value in point(radius, angle))

    return (
        f"M{at(outer, first)}A{out} {out} 0 {large} 1 {at(outer, last)}"
        f"L{at(inner, last)}A{into} {into} 0 {large} 0 {at(inner, first)}Z"
    )


def point(radius: float, angle: float) -> tuple[float, float]:
    """Give the point at a distance from the middle, at an angle clockwise from the top.

    To a tenth of a unit: less is not seen.
    """
    turn = radians(angle)
    return round(CENTRE + radius * sin(turn), 1), round(CENTRE - radius * cos(turn), 1)


def tal(value: float, places: int) -> str:
    """Write a number with so many decimals at most."""
    return f"{value:.{places}f}".removesuffix(".0")


def distance(prick: Prick) -> float:
    """Tell how far from the middle a dot's centre is."""
    return hypot(prick.x - CENTRE, prick.y - CENTRE)
