"""What a chart shows, and what it is once everything has its place. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Typ = Literal["utfall", "mål"]


class Punkt(NamedTuple):
    """A value to draw: in which column, how high, its words. `serie` tells what it is joined to."""

    typ: Typ
    kolumn: int
    värde: float
    text: str
    serie: object = None


class Linje(NamedTuple):
    """One group's values."""

    namn: str
    punkter: tuple[Punkt, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """What a chart shows. A column's name is one or two short lines."""

    titel: str
    beskrivning: str
    kolumner: tuple[tuple[str, ...], ...]
    paneler: tuple[tuple[Linje, ...], ...]
    nyckel: bool = True  # say how a target is drawn


class Låda(NamedTuple):
    """A rectangle that nothing else of its slot may touch."""

    x: float
    y: float
    bredd: float
    höjd: float

    def rör(self, other: Låda) -> bool:
        """Tell whether two rectangles overlap."""
        return (
            self.x < other.x + other.bredd
            and other.x < self.x + self.bredd
            and self.y < other.y + other.höjd
            and other.y < self.y + self.höjd
        )


class Text(NamedTuple):
    """Words and where their baseline is."""

    x: float
    y: float
    text: str


class Märke(NamedTuple):
    """A value's mark: its middle, its shape, and its number beside it."""

    x: float
    y: float
    form: str
    typ: Typ
    låda: Låda
    tal: Text
    tal_låda: Låda


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel, placed."""

    namn: list[tuple[float, float, str, str]]  # x, y, shape, words
    flera: bool  # groups: a target then shows whose it is
    topp: float
    botten: float
    gränser: list[float]  # between columns
    noll: float | None
    streck: list[tuple[Typ, float, float, float, float]]  # what is joined
    märken: list[Märke]
    kolumner: list[Text]


@dataclass(frozen=True, slots=True)
class Bild:
    """A whole chart, placed."""

    bredd: float
    höjd: float
    paneler: list[Panel]
    från_noll: bool
