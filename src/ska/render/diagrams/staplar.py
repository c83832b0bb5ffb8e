"""Bars in the cells of a table: the number stands beside, the bar only shows how much.

Only like is set beside like: deviations that count the same thing for the same part of the
organisation, and rows of money that can be added up. Other rows have a scale of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from markupsafe import Markup

from ska.model import Plan
from ska.ting import Avvikelser, Budget, Budgetrad, Räkning

#: Tables whose rows are of one kind and can be weighed against each other.
_SAMMA_SLAG: Final = ("drift", "investering")
#: A table may hold hundreds: the styles know them by where they stand, and make the line broad.
_BAR: Final = Markup('<svg aria-hidden="true"><line x1="{}%" x2="{}%"/></svg>')
_IHALIG: Final = Markup('<svg aria-hidden="true"><rect x="{}%" width="{}%" height="9"/></svg>')


class Skala(NamedTuple):
    """Least and greatest of what the bars show; nought is always on it."""

    lägst: Decimal
    högst: Decimal


class Antal(NamedTuple):
    """A year's number of a thing that is counted."""

    år: int
    antal: int


def skala(talen: Iterable[Decimal | int | None]) -> Skala:
    """Return the scale for some numbers."""
    known = [Decimal(tal) for tal in talen if tal is not None]
    return Skala(min([Decimal(0), *known]), max([Decimal(0), *known]))


def stapel(tal: Decimal | int | None, skala: Skala) -> Markup:
    """Draw a bar from nought; a number below nought is an outline, to the left of it."""
    whole = skala.högst - skala.lägst
    if not tal or not whole:
        return Markup("")
    wide = round(abs(Decimal(tal)) * 100 / whole, 1)
    zero = round(-skala.lägst * 100 / whole, 1)
    if tal < 0:
        return _IHALIG.format(_kort(zero - wide), _kort(wide))
    return _BAR.format(_kort(zero), _kort(zero + wide))


def skalor(budget: Budget) -> dict[str, Skala]:
    """Return each row's scale, by its id.

    A total has none, nor has a part of its other division: they would dwarf the parts. What is
    already counted in another row has none either: it can't be added to the others.
    """
    if budget.typ not in _SAMMA_SLAG:
        own = {rad.id: _talen([rad]) for rad in budget.rader}
        return {id: skala(talen) for id, talen in own.items() if len(talen) > 1}
    other = {id for rad in budget.rader for id in rad.andra_delar}
    parts = [
        rad
        for rad in budget.rader
        if not (rad.delar or rad.andra_delar or rad.ingår_i or rad.räknas_i or rad.id in other)
    ]
    return dict.fromkeys((rad.id for rad in parts), skala(_talen(parts)))


def förklaring(budget: Budget) -> str:
    """Say what a table's bars may be compared with."""
    if not skalor(budget):
        return ""
    if budget.typ in _SAMMA_SLAG:
        return "Staplarna har samma skala i hela tabellen. Summor har ingen stapel."
    return "Staplarna jämför åren. Varje rad har sin egen skala."


def över_åren(plan: Plan, report: Avvikelser, räkning: Räkning) -> list[Antal]:
    """Return a count's years up to its report's, where there are several.

    A year's own report goes before what a later one says of the year before.
    """
    before = (r for r in plan.avvikelser.values() if r.nämnd == report.nämnd and r.år <= report.år)
    years: dict[int, int] = {}
    for other in sorted(before, key=lambda other: other.år):
        for same in (r for r in other.räkningar if _lika(r) == _lika(räkning)):
            if isinstance(same.året_före, int):
                years.setdefault(other.år - 1, same.året_före)
            if isinstance(same.antal, int):
                years[other.år] = same.antal
    return [Antal(år, years[år]) for år in sorted(years)] if len(years) > 1 else []


def _lika(räkning: Räkning) -> tuple[object, ...]:
    """Return what two counts must share: the id that both reports gave it, and what it counts."""
    return (räkning.id, räkning.räknar, räkning.handlar_om, frozenset(räkning.gäller))


def _talen(rader: Iterable[Budgetrad]) -> list[Decimal]:
    return [cell.tal for rad in rader for cell in rad.värden if cell.tal is not None]


def _kort(tal: Decimal) -> str:
    return f"{tal:.1f}".removesuffix(".0")
