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
_BAR: Final = Markup(
    '<svg class="ska-stapel" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
    '<path d="M{} 0h{}v4h-{}z" {}/></svg>'
)
_FYLLD: Final = Markup('fill="currentColor"')
_IHALIG: Final = Markup('fill="none" stroke="currentColor" vector-effect="non-scaling-stroke"')


#: Id, what is counted, events or persons, and which parts of the organisation it is about.
_Nyckel = tuple[str, str, str, frozenset[str]]


class Skala(NamedTuple):
    """Least and greatest of what the bars show; nought is always on it."""

    lägst: Decimal
    högst: Decimal


class Antal(NamedTuple):
    """A year's number of a thing that is counted."""

    år: int
    antal: int


class Jämförelse(NamedTuple):
    """What was counted in the same way over the years."""

    titel: str
    räknar: str
    antal: list[Antal]


def skala(talen: Iterable[Decimal | int | None]) -> Skala:
    """Return the scale for some numbers."""
    known = [Decimal(tal) for tal in talen if tal is not None]
    return Skala(min([Decimal(0), *known]), max([Decimal(0), *known]))


def stapel(tal: Decimal | int | None, skala: Skala) -> Markup:
    """Draw a bar from nought; a number below nought is an outline, to the left of it."""
    whole = skala.högst - skala.lägst
    if not tal or not whole:
        return Markup("")
    wide = abs(Decimal(tal)) * 100 / whole
    zero = -skala.lägst * 100 / whole
    start = zero if tal > 0 else zero - wide
    width = _kort(wide)
    return _BAR.format(_kort(start), width, width, _FYLLD if tal > 0 else _IHALIG)


def skalor(budget: Budget) -> dict[str, Skala]:
    """Return each row's scale, by its id; a total has none, since it would dwarf its parts."""
    totals = {rad.id for rad in budget.rader if rad.delar}
    parts = [rad for rad in budget.rader if rad.id not in totals]
    if budget.typ not in _SAMMA_SLAG:
        return {rad.id: skala(_talen([rad])) for rad in budget.rader}
    common = skala(_talen(parts))
    return {rad.id: common for rad in parts}


def jämförelser(plan: Plan, nämnd: str) -> list[Jämförelse]:
    """Set the years beside each other for what a board counts alike: same thing, same part."""
    return [made for made in _över_åren(plan, nämnd).values() if len(made.antal) > 1]


def över_åren(plan: Plan, report: Avvikelser, räkning: Räkning) -> list[Antal]:
    """Return a count's years up to its report's, where there are several."""
    found = _över_åren(plan, report.nämnd, report.år)[_lika(räkning)].antal
    return found if len(found) > 1 else []


def _över_åren(plan: Plan, nämnd: str, last: int | None = None) -> dict[_Nyckel, Jämförelse]:
    """Collect counts by year. A year's own report goes before what a later one says of it."""
    reports = [r for r in plan.avvikelser.values() if r.nämnd == nämnd and r.år <= (last or r.år)]
    years: dict[_Nyckel, dict[int, int]] = {}
    names: dict[_Nyckel, str] = {}
    for report in sorted(reports, key=lambda report: report.år):
        for räkning in report.räkningar:
            key = _lika(räkning)
            names[key] = räkning.titel
            mine = years.setdefault(key, {})
            if isinstance(räkning.året_före, int):
                mine.setdefault(report.år - 1, räkning.året_före)
            if isinstance(räkning.antal, int):
                mine[report.år] = räkning.antal
    return {
        key: Jämförelse(names[key], key[1], [Antal(år, mine[år]) for år in sorted(mine)])
        for key, mine in years.items()
    }


def _lika(räkning: Räkning) -> _Nyckel:
    """Return what two counts must share: the id that both reports gave it, and what it counts."""
    return (räkning.id, räkning.räknar, räkning.handlar_om, frozenset(räkning.gäller))


def _talen(rader: Iterable[Budgetrad]) -> list[Decimal | None]:
    return [cell.tal for rad in rader for cell in rad.värden]


def _kort(tal: Decimal) -> str:
    return f"{tal:.1f}".removesuffix(".0")
