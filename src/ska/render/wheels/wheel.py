"""The wheel's geometry: activities to bands, pegs and numbers that never overlap.

Read as a clock: the year begins at the top and goes clockwise. From the outside in: the months;
a peg for each report, in its month; work as bands, packed into as few lanes as their months
allow; work without months as a thin full circle. Numbers stand in for titles; `_hjul.html` draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import asin, degrees
from typing import Final, NamedTuple

from ska.render.wheels.lanes import GAP, MONTH, YEAR, Insats, bands, lanes, length, runs
from ska.render.wheels.rings import (
    Band,
    Märke,
    Prick,
    Ruta,
    band,
    bredd,
    distance,
    märke,
    point,
    tal,
)

_OUTER: Final = 492.0
_HOLE: Final = 80.0  # room for the year
_COARSE: Final = 12.0
_OVER: Final = 2.8  # a number is at most so many times as high as its lane


class Månadsfält(NamedTuple):
    """What all months share: a field in the outer ring, a wedge through the wheel, at the top.

    `namn` is how far from the middle a name stands.
    """

    d: str
    kil: str
    namn: float
    höjd: float  # of the letters


class Månadsplats(NamedTuple):
    """A month: the degrees that its field is turned; in the lower half its name is turned back."""

    nummer: int
    vrid: float
    nere: bool


class Form(NamedTuple):
    """What stands under the numbers of one length: a slip, and the peg where it is on one."""

    siffror: int
    bredd: float
    höjd: float
    bokstav: float
    pinne: float = 0
    dubbel: bool = False

    @property
    def mått(self) -> tuple[float, ...]:
        """What two slips must share to be the same."""
        return self[:4]


@dataclass(frozen=True, slots=True)
class Ritad:
    """An activity as drawn."""

    insats: Insats
    band: tuple[Band, ...]
    nummer: Märke | None  # none where the time of the work is not stated
    pinnar: tuple[tuple[Prick, Märke], ...]
    prickar: tuple[Prick, ...]


@dataclass(frozen=True)
class Ritning:
    """The whole drawing, in a square of `SIZE`."""

    fält: Månadsfält
    ritade: tuple[Ritad, ...]
    mitt: float  # radius of the hole
    märken: tuple[Märke, ...] = field(default=())

    @property
    def månader(self) -> list[Månadsplats]:
        """The months, in order."""
        turns = [(month + 0.5) * MONTH for month in YEAR]
        return [Månadsplats(n, turn, 90 < turn < 270) for n, turn in enumerate(turns, 1)]

    @cached_property
    def bokstav(self) -> float:
        """The height of the numbers' letters."""
        return max((mark.höjd for mark in self.märken), default=0)

    def tal(self, value: float) -> str:
        """Write a place: to a whole unit, unless all is so small that a tenth is seen."""
        return tal(value, 0 if self.bokstav > _COARSE else 1)

    def lappar(self) -> list[Form]:
        """Give each form of what lies under a number in a lane."""
        return sorted({_form(one.nummer) for one in self.ritade if one.nummer})

    def pinnar(self, dubbla: int) -> list[Form]:
        """Give each form of a peg; those of the pattern `dubbla` have double lines."""
        return sorted({
            _form(mark)._replace(pinne=peg.r, dubbel=one.insats.stil == dubbla)
            for one in self.ritade for peg, mark in one.pinnar
        })  # fmt: skip


def _form(mark: Märke) -> Form:
    """Give what lies under a number: less than its box, for places are rounded."""
    wide, high = mark.ruta.x1 - mark.ruta.x0, mark.ruta.y1 - mark.ruta.y0
    air = min(1.0, mark.höjd / 10)
    return Form(len(mark.text), round(wide - air, 1), round(high - air, 1), mark.höjd)


def draw(insatser: Sequence[Insats]) -> Ritning:
    """Draw activities as large as they can be without any two numbers overlapping.

    What has no month at all is left out.
    """
    known = [i for i in insatser if i.pinnar or i.i_bana]
    packed = lanes(known)
    scale = 1.4
    while True:
        drawing = _Wheel(known, packed, scale).drawing()
        if drawing is not None:
            return drawing
        scale *= 0.93


class _Wheel:
    """One try, at a given scale of pegs and numbers."""

    def __init__(
        self, insatser: Sequence[Insats], packed: list[list[Insats]], scale: float
    ) -> None:
        self.insatser = insatser
        self.packed = packed
        self.letter = round(20 * scale, 1)
        self.peg = round(19 * scale, 1)
        self.air = 5 * scale
        self.month_letter = round(23 * max(scale, 0.7), 1)
        self.ring = _OUTER - 1.9 * self.month_letter
        self.taken: list[Ruta] = []

    def drawing(self) -> Ritning | None:
        """Return the drawing, or None when something does not fit at this scale."""
        pegs = self._pegs()
        if pegs is None:
            return None
        radii = self._radii(self.packed, self._inside(pegs))
        if radii is None:
            return None
        for found in pegs.values():
            self.taken += [mark.ruta for _, mark in found]
        dots = {
            i.id: tuple(self._dot(month, *radii[i.id]) for month in i.prickar)
            for i in self.insatser
        }
        for found_dots in dots.values():
            self.taken += [Ruta(x - r, y - r, x + r, y + r) for x, y, r in found_dots]
        numbers = self._numbers(radii)
        if numbers is None:
            return None
        hole = min((r - w for r, w in radii.values()), default=self.ring) - self.air
        drawn = tuple(
            Ritad(
                i,
                bands(i, *radii[i.id]) if i.i_bana else (),
                numbers.get(i.id),
                tuple(pegs[i.id]),
                dots[i.id],
            )
            for i in self.insatser
        )
        marks = [one.nummer for one in drawn if one.nummer]
        marks += [mark for one in drawn for _, mark in one.pinnar]
        return Ritning(self._field(hole), drawn, hole, tuple(marks))

    # The rings

    def _field(self, hole: float) -> Månadsfält:
        first, last = -MONTH / 2, MONTH / 2
        return Månadsfält(
            band(self.ring, _OUTER, first, last),
            band(max(hole, 0), self.ring, first, last),
            (self.ring + _OUTER) / 2,
            self.month_letter,
        )

    def _pegs(self) -> dict[str, list[tuple[Prick, Märke]]] | None:
        """Place the pegs, month by month, in rows from the outside in."""
        made: dict[str, list[tuple[Prick, Märke]]] = {i.id: [] for i in self.insatser}
        pitch = 2 * self.peg + self.air
        for month in YEAR:
            waiting = [i for i in self.insatser for m in i.pinnar if m == month]
            radius = self.ring - self.air - self.peg
            while waiting:
                if radius < _HOLE + self.peg:
                    return None
                step = degrees(2 * asin(min(pitch / 2 / radius, 1)))
                room = MONTH - 2 * degrees(asin(min((self.peg + self.air / 2) / radius, 1)))
                if room < 0:
                    return None
                row, waiting = _split(waiting, int(room / step) + 1)
                first = (month + 0.5) * MONTH - step * (len(row) - 1) / 2
                for place, insats in enumerate(row):
                    x, y = point(radius, first + place * step)
                    mark = märke(str(insats.nummer), x, y, self._peg_letter(insats))
                    made[insats.id].append((Prick(x, y, self.peg), mark))
                radius -= pitch
        return made

    def _peg_letter(self, insats: Insats) -> float:
        """Give the height of a peg's number: three digits must be smaller to keep inside."""
        widest = 1.9 * self.peg / bredd(str(insats.nummer), 1)
        return round(min(self.letter, widest), 1)

    def _inside(self, pegs: dict[str, list[tuple[Prick, Märke]]]) -> float:
        """Return the radius inside which the lanes lie."""
        placed = [peg for found in pegs.values() for peg, _ in found]
        inner = min((distance(peg) - peg.r for peg in placed), default=self.ring - self.air)
        return inner - 2 * self.air

    def _radii(
        self, packed: list[list[Insats]], outside: float
    ) -> dict[str, tuple[float, float]] | None:
        """Give each activity the middle of its lane and half its width."""
        widths = [self.letter * (1.15 if all(i.hela for i in lane) else 1.65) for lane in packed]
        squeeze = min(1.0, (outside - _HOLE) / max(sum(widths), 1))
        if widths and min(widths) * squeeze * _OVER < self.letter:
            return None
        radii = {}
        edge = outside
        for lane, width in zip(packed, widths, strict=True):
            pitch = width * squeeze
            thin = 0.3 if all(i.hela for i in lane) else 0.8
            for insats in lane:
                radii[insats.id] = (edge - pitch / 2, pitch * thin / 2)
            edge -= pitch
        return radii

    def _dot(self, month: int, radius: float, half: float) -> Prick:
        x, y = point(radius, (month + 0.5) * MONTH)
        return Prick(x, y, round(min(max(half * 1.7, 2.4), self.letter * 0.4), 1))

    # Numbers on the lanes

    def _numbers(self, radii: dict[str, tuple[float, float]]) -> dict[str, Märke] | None:
        """Put each number where its band begins, or further on where that is taken."""
        found = {}
        placed = [i for i in self.insatser if i.i_bana]
        for insats in sorted(placed, key=lambda i: (length(i), i.nummer)):
            text = str(insats.nummer)
            for angle in self._places(insats, radii[insats.id][0], text):
                mark = märke(text, *point(radii[insats.id][0], angle), self.letter)
                if not any(map(mark.ruta.möter, self.taken)):
                    self.taken.append(mark.ruta)
                    found[insats.id] = mark
                    break
            else:
                return None
        return found

    def _places(self, insats: Insats, radius: float, text: str) -> Iterator[float]:
        wide = bredd(text, self.letter)
        step = degrees(wide / radius) * 0.55
        for first, last, _ in (*runs(insats),) or ((0.0, 360.0, False),):
            whole = last - first >= 360  # the full circle has no end to keep to
            margin = GAP + degrees(wide / 2 / radius)
            start, stop = (first + margin, last - margin)
            if start > stop:
                yield (first + last) / 2
                continue
            count = int((stop - start) / step) + 1
            if whole:
                start += degrees(wide / radius)
            yield from (min(start + n * step, last) for n in range(count))


def _split(things: list[Insats], at: int) -> tuple[list[Insats], list[Insats]]:
    return things[:at], things[at:]
