"""What is drawn of an activity, packed into lanes: work whose months differ shares one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import degrees
from typing import Final

from ska.render.wheels.rings import Band, band

MONTH: Final = 30.0  # degrees
GAP: Final = 0.9  # degrees between a band and its month's edge
YEAR: Final = range(12)


@dataclass(frozen=True, slots=True)
class Insats:
    """What is drawn of one activity; months are 0 to 11, `annat` those of another year.

    `hela`: the work has no months, it fills the year. `pinnar` are reports in a month, `prickar`
    those of what is reported again and again. `stil` is the pattern's number.
    """

    id: str
    nummer: int
    stil: int
    månader: frozenset[int] = frozenset()
    annat: frozenset[int] = frozenset()
    hela: bool = False
    pinnar: tuple[int, ...] = ()
    prickar: tuple[int, ...] = ()

    @property
    def i_bana(self) -> bool:
        """Tell whether there is anything to draw in a lane."""
        return bool(self.hela or self.månader or self.annat or self.prickar)


def lanes(insatser: Iterable[Insats]) -> list[list[Insats]]:
    """Pack bands into as few lanes as their months allow; each full circle has its own."""
    lanes: list[tuple[set[int], list[Insats]]] = []
    alone: list[list[Insats]] = []
    inside = [i for i in insatser if i.i_bana]
    banded = [i for i in inside if not i.hela]
    alone += [[i] for i in inside if i.hela]
    for insats in sorted(banded, key=lambda i: (_first(i), -length(i), i.nummer)):
        months = set(YEAR) if insats.prickar else insats.månader | insats.annat
        for taken, lane in lanes:
            if not taken & months:
                taken |= months
                lane.append(insats)
                break
        else:
            lanes.append((set(months), [insats]))
    return [lane for _, lane in lanes] + alone


def _first(insats: Insats) -> int:
    return min(insats.månader or insats.annat, default=0)


def length(insats: Insats) -> int:
    """Count the months of the work."""
    return 12 if insats.hela else len(insats.månader or insats.annat)


def runs(insats: Insats) -> Iterator[tuple[float, float, bool]]:
    """Yield each unbroken piece of the work in degrees, this year's first."""
    if insats.hela:
        yield 0.0, 360.0, bool(insats.annat)
        return
    for months, other in ((insats.månader, False), (insats.annat - insats.månader, True)):
        run: list[int] = []
        for month in (*sorted(months), None):
            if run and (month is None or month != run[-1] + 1):
                yield run[0] * MONTH, (run[-1] + 1) * MONTH, other
                run = []
            if month is not None:
                run.append(month)


def bands(insats: Insats, radius: float, half: float) -> tuple[Band, ...]:
    """Outline the work in its lane: the middle of the lane, and half its width."""
    inset = half * 0.45
    made = []
    for first, last, other in runs(insats):
        whole = insats.hela
        ends = (first, last) if whole else (first + GAP, last - GAP)
        inner = degrees(inset / radius)
        made.append(Band(
            band(radius - half, radius + half, *ends),
            "" if whole or half < 5 else band(  # too thin for a second line
                radius - half + inset, radius + half - inset, ends[0] + inner, ends[1] - inner
            ),
            other,
        ))  # fmt: skip
    return tuple(made)
