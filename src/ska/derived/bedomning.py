"""Is a target reached? One judgement, for the rules that warn and the pages that show it.

Only what is equal is judged: an outcome and a target for the same period, of the same group. A
change is counted from the latest outcome of an earlier year, of the same kind of period and group.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from ska.ting import EJ_ANGIVET, Indikator, Period, Värde
from ska.words import MÅNADER

#: Relations that set a number to reach; the others speak of a change or a difference.
MED_TAL: Final = frozenset({"lika", "minst", "högst", "över", "under"})
#: Relations that by themselves say which way is better: 1 up, -1 down.
RIKTNING: Final[Mapping[str, int]] = {
    "minst": 1, "över": 1, "ökar": 1, "högst": -1, "under": -1, "minskar": -1, "ej_öka": -1,
}  # fmt: skip
#: Relations counted from the outcome before. The rest (stabiliseras, inga_skillnader) set no limit
#: that a number can be held against.
FÖRÄNDRING: Final = frozenset({"ökar", "minskar", "ej_öka"})
_NÅS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "minst": operator.ge, "högst": operator.le, "över": operator.gt, "under": operator.lt,
    "ökar": operator.gt, "minskar": operator.lt, "ej_öka": operator.le,
}  # fmt: skip
_LIKA: Final = {1: operator.ge, -1: operator.le}
_STATED: Final = ("angivet", "preliminärt")

Läge = Literal["når", "delvis", "når_inte", "oklart"]
#: Why a target can't be judged, the nearest cause first.
Skäl = Literal[
    "inga_värden", "inget_mål", "inget_utfall", "olika_perioder", "preliminärt", "inget_före",
    "riktning_saknas", "inget_tal",
]  # fmt: skip


class Serie(NamedTuple):
    """What two values of an indicator share when a later one can be compared with an earlier."""

    typ: str
    månad: str | None
    dag: tuple[int, int] | None
    indelning: str | None
    grupp: str | None
    inom: str | None


class Grupp(NamedTuple):
    """Whom values are about: all of `inom` (or all there are) where `grupp` is None."""

    indelning: str | None
    grupp: str | None
    inom: str | None


@dataclass(frozen=True, slots=True)
class Bedömning:
    """What can be said of one group: the state, and what it rests on.

    `utfall` and `mål` are what was compared; where nothing could be, the latest outcome.
    `nästa` are the targets that come next after the latest outcome.
    """

    grupp: Grupp
    läge: Läge
    skäl: Skäl | None
    mål: Värde | None
    nummer: int | None  # the outcome's place in the indicator's list
    utfall: Värde | None
    nästa: tuple[Värde, ...]


def serie(värde: Värde) -> Serie:
    """Return what the value must share with another to be comparable over the years."""
    period = värde.period
    dag = (period.dag.month, period.dag.day) if period.dag else None
    return Serie(period.typ, period.månad, dag, värde.indelning, värde.grupp, värde.inom)


def serier(indikator: Indikator) -> Iterable[list[tuple[int, Värde]]]:
    """Return the comparable values together, each list in order of year."""
    groups: dict[Serie, list[tuple[int, Värde]]] = {}
    for index, värde in enumerate(indikator.värden):
        groups.setdefault(serie(värde), []).append((index, värde))
    for group in groups.values():
        group.sort(key=lambda item: (item[1].period.år, item[0]))
    return groups.values()


def tal_för(värde: Värde, *tillstånd: str) -> Decimal | None:
    """Return the number, when there is one and its state is one of those (default: stated)."""
    return värde.tal if värde.tillstånd in (tillstånd or ("angivet",)) else None


def håll(indikator: Indikator, värde: Värde) -> int:
    """Return which way is better: 1 up, -1 down, 0 when neither or not known."""
    known = {"högre": 1, "lägre": -1, "oförändrat": 0}
    return known.get(indikator.riktning, RIKTNING.get(värde.relation, 0))


def nått(
    indikator: Indikator, mål: Värde, tal: Decimal | None, före: Decimal | None
) -> bool | Skäl:
    """Tell whether an outcome reaches a target of its own period, or why that can't be told."""
    test = _NÅS.get(mål.relation)
    limit = före if mål.relation in FÖRÄNDRING else mål.tal
    if mål.relation == "lika":
        test = _LIKA.get(håll(indikator, mål))
        if test is None and indikator.riktning == "oförändrat":
            test = operator.eq
        if test is None:
            return "riktning_saknas"
    if test is None:
        return "inget_tal"
    if tal is None:
        return "inget_utfall"
    if limit is None:
        return "inget_före" if mål.relation in FÖRÄNDRING else "inget_tal"
    return test(tal, limit)


def bedömningar(indikator: Indikator) -> Iterator[Bedömning]:
    """Judge each group of an indicator by the latest outcome that has targets for its period."""
    groups: dict[Grupp, list[list[tuple[int, Värde]]]] = {}
    for values in serier(indikator):
        groups.setdefault(grupp(values[0][1]), []).append(values)
    for group, series in groups.items():
        yield _bedöm(indikator, group, series)


def läge(bedömningar: Iterable[Bedömning]) -> Läge:
    """Sum the groups up: reached or not where all that could be judged agree, else in part."""
    known = {b.läge for b in bedömningar} - {"oklart"}
    if not known:
        return "oklart"
    return known.pop() if len(known) == 1 else "delvis"


def grupp(värde: Värde) -> Grupp:
    """Return whom a value is about."""
    return Grupp(värde.indelning, värde.grupp, värde.inom)


def slut(period: Period) -> tuple[int, int, int]:
    """Return when a period ends, to put unlike periods in order."""
    if period.dag:
        return (period.dag.year, period.dag.month, period.dag.day)
    month = MÅNADER.index(period.månad) + 1 if period.månad in MÅNADER else 12
    return (period.år, month, 31)


def _bedöm(indikator: Indikator, group: Grupp, series: list[list[tuple[int, Värde]]]) -> Bedömning:
    targets = [v for values in series for _, v in values if _är_mål(v)]
    outcomes = [(i, v) for values in series for i, v in values if _är_utfall(v)]
    outcomes.sort(key=lambda item: (slut(item[1].period), item[0]))
    coming = _nästa(targets, outcomes)
    for index, outcome in reversed(outcomes):
        own = [target for target in targets if _lika(target.period, outcome.period)]
        if own:
            before = _före(outcome, outcomes)
            found = [(nått(indikator, target, outcome.tal, before), target) for target in own]
            return Bedömning(group, *_vägd(found), index, outcome, coming)
    why = _skäl([v for values in series for _, v in values], targets, outcomes)
    latest = outcomes[-1][1] if outcomes else None
    return Bedömning(group, "oklart", why, None, None, latest, coming)


def _lika(one: Period, other: Period) -> bool:
    """Tell whether two periods are surely the same: not when a source leaves the month out."""
    return one == other and one.månad != EJ_ANGIVET


def _är_mål(värde: Värde) -> bool:
    return värde.typ == "mål" and värde.tillstånd in _STATED


def _är_utfall(värde: Värde) -> bool:
    return värde.typ == "utfall" and tal_för(värde) is not None


def _före(outcome: Värde, outcomes: list[tuple[int, Värde]]) -> Decimal | None:
    """Return the latest outcome of an earlier year, for the same kind of period."""
    same = serie(outcome)
    earlier = [v.tal for _, v in outcomes if serie(v) == same and v.period.år < outcome.period.år]
    return earlier[-1] if earlier else None


def _vägd(found: list[tuple[bool | Skäl, Värde]]) -> tuple[Läge, Skäl | None, Värde]:
    """Weigh the targets of one period: one missed is a miss, all must be reached."""
    for answer, target in found:
        if answer is False:
            return "når_inte", None, target
    for answer, target in found:
        if not isinstance(answer, bool):
            return "oklart", answer, target
    return "når", None, found[0][1]


def _nästa(targets: list[Värde], outcomes: list[tuple[int, Värde]]) -> tuple[Värde, ...]:
    """Return the targets of the first period that ends after the latest outcome's."""
    latest = slut(outcomes[-1][1].period) if outcomes else (0, 0, 0)
    later = sorted((t for t in targets if slut(t.period) > latest), key=lambda t: slut(t.period))
    return tuple(target for target in later if target.period == later[0].period)


def _skäl(values: list[Värde], targets: list[Värde], outcomes: list[tuple[int, Värde]]) -> Skäl:
    """Say why no outcome could be held against a target."""
    if not targets:
        return "inget_mål" if outcomes else "inga_värden"
    periods = {target.period for target in targets}
    if any(
        v.typ == "utfall" and v.tillstånd == "preliminärt" and v.period in periods for v in values
    ):
        return "preliminärt"
    return "olika_perioder" if outcomes else "inget_utfall"
