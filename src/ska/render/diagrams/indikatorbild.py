"""An indicator's values to a chart: its columns, its panels, and what must be said beside it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from ska import matt, words
from ska.derived.bedomning import Grupp, grupp, serie, slut
from ska.render.diagrams.diagram import Diagram, Linje, Punkt
from ska.render.diagrams.placering import från_noll
from ska.render.indikatorer import (
    ENHETER,
    gruppnamn,
    i_tiden,
    med_enhet,
    periodordning,
    är_del,
)
from ska.ting import EJ_ANGIVET, Indikator, Period, Värde

_TECKEN: Final = {"minst": "≥", "högst": "≤", "över": ">", "under": "<"}
_FÅ: Final = 2  # periods; with fewer there is no "over the years" to see
_KORT: Final = 3  # letters of a month's name
#: A column: a period, a year without values, or None for several such years.
Kolumn = Period | int | None


class Bild(NamedTuple):
    """A chart, and what must be said beside it."""

    diagram: Diagram
    noter: list[str]


def bild(indikator: Indikator) -> Bild | None:
    """Make an indicator's chart; None where there is too little to draw."""
    drawn = [v for v in indikator.värden if v.tal is not None]
    if len({v.period for v in drawn}) < _FÅ:
        return None
    columns = _kolumner(drawn)
    groups = sorted({grupp(v) for v in drawn}, key=_panelordning)
    alone = len(groups) == 1
    panels = [
        tuple(_linje(group, drawn, columns, alone) for group in part)
        for _, part in groupby(groups, key=_panel)
    ]
    diagram = Diagram(
        f"{indikator.titel}: utfall och mål", _beskrivning(indikator, drawn, groups),
        tuple(_rubrik(period, columns) for period in columns), tuple(panels),
        any(v.typ == "mål" for v in drawn),
    )  # fmt: skip
    return Bild(diagram, _noter(indikator, diagram, drawn))


def _panel(group: Grupp) -> tuple[object, ...]:
    """Groups of one division stand in one panel; the whole has its own."""
    return (group.indelning, group.inom, group.grupp is None)


def _panelordning(group: Grupp) -> tuple[object, ...]:
    inside = (group.inom is not None, group.inom or "", group.indelning or "")
    return (är_del(group), *inside, group.grupp or "")


def _linje(group: Grupp, drawn: list[Värde], columns: list[Kolumn], alone: bool) -> Linje:
    points = tuple(
        Punkt(v.typ, _plats(columns, v.period), float(v.tal), _märkt(v), serie(v))
        for v in drawn
        if grupp(v) == group and v.tal is not None
    )
    return Linje("utfall" if alone else gruppnamn(group), points)


def _kolumner(drawn: list[Värde]) -> list[Kolumn]:
    """Put the periods in order; a number, or None, stands for a year, or years, without a value."""
    periods = sorted({v.period for v in drawn}, key=periodordning)
    columns: list[Kolumn] = [*periods[:1]]
    for before, period in pairwise(periods):
        missing = period.år - before.år - 1
        if missing > 0:
            columns.append(before.år + 1 if missing == 1 else None)
        columns.append(period)
    return columns


def _plats(columns: list[Kolumn], period: Period) -> int:
    return next(i for i, column in enumerate(columns) if column == period)


def _rubrik(period: Kolumn, columns: Iterable[Kolumn]) -> tuple[str, ...]:
    """Name a column in two short lines: the year, and which part of it."""
    if not isinstance(period, Period):
        return ("…" if period is None else str(period),)
    year = str(period.år)
    month = (period.månad or "")[:_KORT]
    if period.dag:
        return (year, f"{period.dag.day} {words.MÅNADER[period.dag.month - 1][:_KORT]}")
    if period.typ == "till_och_med":
        return (year, "del av år" if period.månad == EJ_ANGIVET else f"jan–{month}")
    if month:
        return (year, month)
    twins = [other for other in columns if isinstance(other, Period) and other.år == period.år]
    return (year, "helår") if len(twins) > 1 else (year,)


def _märkt(v: Värde) -> str:
    """Write a value in the chart: ”≥ 90”; a number that may change in parentheses."""
    number = matt.tal(v.tal) if v.tal is not None else ""
    sign = _TECKEN.get(v.relation)
    text = f"{sign} {number}" if sign else number
    return f"({text})" if v.tillstånd == "preliminärt" else text


def _beskrivning(indikator: Indikator, drawn: list[Värde], groups: list[Grupp]) -> str:
    """Say in words what the chart shows: first and last of each group."""
    parts = []
    for group in groups:
        mine = sorted((v for v in drawn if grupp(v) == group), key=lambda v: slut(v.period))
        said = []
        for typ, one in (("utfall", "utfall"), ("mål", "mål")):
            some = [v for v in mine if v.typ == typ]
            ends = some[:1] + some[-1:] if len(some) > 1 else some
            if ends:
                said.append(f"{one} " + words.uppräkning([_i_tid(indikator, v) for v in ends]))
        parts.append(f"{words.stor(gruppnamn(group))}: {'; '.join(said)}.")
    return " ".join([*parts, "Alla värden står i tabellen efter diagrammet."])


def _i_tid(indikator: Indikator, v: Värde) -> str:
    return f"{med_enhet(indikator, v)} {i_tiden(v.period)}"


def _noter(indikator: Indikator, diagram: Diagram, drawn: list[Värde]) -> list[str]:
    notes = [f"Värdena anges i {indikator.mäts_i}."] if indikator.mäts_i in ENHETER else []
    if not från_noll(diagram):
        notes.append("Skalan börjar inte på noll.")
    if any(v.tillstånd == "preliminärt" for v in drawn):
        notes.append("Tal inom parentes är preliminära.")
    left = len(indikator.värden) - len(drawn)
    if left:
        what = (
            "Ett värde är inget tal"
            if left == 1
            else f"{words.stor(words.tal(left))} värden är inga tal"
        )
        notes.append(f"{what} och står bara i tabellen.")
    return notes
