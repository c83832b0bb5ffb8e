"""The year of work: when an activity is done and reported, whom it concerns, what a month holds.

Pure facts for the wheel, the month, the pages of responsibility and the calendars; no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ska.derived.arsindex import Index, index
from ska.derived.arsindex import i_ordning as i_ordning  # asked for as a part of the year
from ska.model import Plan
from ska.reads import once
from ska.ting import (
    EJ_ANGIVET,
    Aktivitet,
    Avdelning,
    Delplan,
    Enhet,
    Förvaltning,
    Månad,
    Roll,
    Ting,
    Utgåva,
    Verksamhet,
)

#: How a day lies to the wheel: in its year, after or before the plan's period, or in another
#: year of a period that is longer than the wheel's.
Tidsläge = Literal["inom", "efter", "före", "annat_år"]


class Rapport(NamedTuple):
    """A month in which the board hears of an activity.

    `dagar` are the board's meetings in it, none when `plan/` doesn't know them.
    """

    månad: Månad
    dagar: tuple[date, ...]
    verksamheter: tuple[str, ...]


class Arbete(NamedTuple):
    """The months in which an activity is carried out, the first and the last.

    `hela` when no months are named: it goes on, or comes back, all through the year.
    """

    från: Månad
    till: Månad
    hela: bool

    def omfattar(self, månad: Månad) -> bool:
        """Tell whether the work goes on in a month."""
        return self.från <= månad <= self.till

    def månader(self) -> tuple[Månad, ...]:
        """Give every month of the work, in order."""
        found = [self.från]
        while found[-1] < self.till:
            found.append(nästa(found[-1]))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Månadsläge:
    """What a month holds: reported now, under way without being reported now, next.

    `kommer` is what is reported in `nästa`, the nearest later month of the year that has any;
    `börjar` is work that begins in the month after this one and is not among those.
    """

    månad: Månad
    rapporteras: tuple[Aktivitet, ...]
    pågår: tuple[Aktivitet, ...]
    återkommer: tuple[Aktivitet, ...]
    nästa: Månad | None
    kommer: tuple[Aktivitet, ...]
    börjar: tuple[Aktivitet, ...]


def nästa(månad: Månad) -> Månad:
    """Return the month after a month."""
    return Månad(månad.år + månad.månad // 12, månad.månad % 12 + 1)


# When


def arbete(plan: Plan, aktivitet: Aktivitet) -> Arbete | None:
    """Return when an activity is carried out; without months, the year it says or the wheel's.

    None when no source says when.
    """
    work = aktivitet.genomförs
    if work.typ == EJ_ANGIVET:
        return None
    if work.från and work.till:
        return Arbete(work.från, work.till, hela=False)
    year = work.år or plan.årshjul.år
    return Arbete(Månad(year, 1), Månad(year, 12), hela=True)


def rapporter(plan: Plan, aktivitet: Aktivitet) -> tuple[Rapport, ...]:
    """Return the months in which an activity is reported, as far as the plan knows them.

    One that is reported at every meeting has the months of the meetings; while those are not
    stated it has none, nor has one that follows a plan of its own. A part of the organisation
    with months of its own (`avvikande`) has those instead.
    """
    report = aktivitet.rapporteras
    own = {month.verksamhet: month.månader for month in report.avvikande}
    rest = tuple(v for v in aktivitet.verksamheter if v not in own) or aktivitet.verksamheter
    found = [
        Rapport(month, sammanträden(plan, month), (part,))
        for part, months in own.items()
        for month in months
    ]
    if report.månad:
        found.append(Rapport(report.månad, sammanträden(plan, report.månad), rest))
    elif report.typ == "varje_sammanträde":
        months = dict.fromkeys(Månad(day.year, day.month) for day in _meetings(plan))
        found += [Rapport(month, sammanträden(plan, month), rest) for month in months]
    return tuple(sorted(found))


def sammanträden(plan: Plan, månad: Månad) -> tuple[date, ...]:
    """Return the board's meetings in a month; none when `plan/` doesn't state them."""
    return tuple(day for day in _meetings(plan) if (day.year, day.month) == månad)


def _meetings(plan: Plan) -> tuple[date, ...]:
    stated = plan.årshjul.sammanträden
    return () if isinstance(stated, str) else tuple(sorted(stated))


def nummer(plan: Plan) -> dict[str, int]:
    """Number the activities in the order of the year; a slice keeps the numbers of the whole."""
    return {aktivitet.id: n for n, aktivitet in enumerate(i_ordning(plan), 1)}


# The day and the month


def tidsläge(plan: Plan, dag: date) -> Tidsläge:
    """Tell how a day lies to the plan's period and the wheel's year."""
    if dag > plan.ram.gäller_till:
        return "efter"
    if dag < plan.ram.gäller_från:
        return "före"
    return "inom" if dag.year == plan.årshjul.år else "annat_år"


def månadsläge(plan: Plan, aktiviteter: Iterable[Aktivitet], månad: Månad) -> Månadsläge:
    """Work out what a month holds of some activities, in their order."""
    things = tuple(aktiviteter)
    months = {a.id: {report.månad for report in rapporter(plan, a)} for a in things}
    works = {a.id: arbete(plan, a) for a in things}
    now = [a for a in things if månad in months[a.id]]
    later = [m for found in months.values() for m in found if m > månad]
    soon = min(later, default=None)
    then = [a for a in things if soon in months[a.id]]
    told, soonest = {a.id for a in now}, {a.id for a in then}
    ongoing = [
        a for a in things
        if a.id not in told and (work := works[a.id]) and work.omfattar(månad)
    ]  # fmt: skip
    begins = [
        a for a in things
        if (work := works[a.id]) and not work.hela and work.från == nästa(månad)
        and a.id not in soonest
    ]  # fmt: skip
    again = [a for a in ongoing if not months[a.id]]
    under_way = [a for a in ongoing if months[a.id]]
    return Månadsläge(
        månad,
        rapporteras=tuple(now),
        pågår=tuple(under_way),
        återkommer=tuple(again),
        nästa=soon,
        kommer=tuple(then),
        börjar=tuple(begins),
    )


# Whom it concerns


def urval(plan: Plan, ting: Ting) -> tuple[Aktivitet, ...]:
    """Return a thing's slice of the year: a role's, unit's, administration's or sub-plan's.

    A role has what it answers for. A part of the organisation has what concerns its
    `verksamheter`; a unit in a sub-plan only what uses a method of that sub-plan, or none.
    """
    found = index(plan)
    match ting:
        case Roll():
            return found.roller.get(ting.id, ())
        case Delplan():
            return found.av(found.delarnas(ting.verksamheter, ting.metoder, bare=False))
        case Enhet() | Avdelning() | Förvaltning() | Verksamhet():
            with once(plan, "arbetsar.urval"):
                if ting.nyckel not in found.kept:
                    found.kept[ting.nyckel] = _of_part(plan, found, ting)
            return found.kept[ting.nyckel]
        case _:
            return i_ordning(plan)


def _of_part(
    plan: Plan, found: Index, ting: Enhet | Avdelning | Förvaltning | Verksamhet
) -> tuple[Aktivitet, ...]:
    if isinstance(ting, Förvaltning | Verksamhet):
        return found.av(found.delarnas(verksamheter(plan, ting), None))
    parts = delplaner(plan, ting)
    methods = {metod for part in parts for metod in part.metoder}
    own = found.delarnas(verksamheter(plan, ting), methods if parts else None)
    return found.av(own.union(found.utförare.get(ting.id, ())))


def delplaner(plan: Plan, ting: Enhet | Avdelning) -> tuple[Delplan, ...]:
    """Return the sub-plans that cover a unit or a department."""
    return index(plan).delplaner.get(ting.nyckel, ())


def verksamheter(plan: Plan, ting: Ting) -> tuple[str, ...]:
    """Return the columns of the wheel (`verksamheter`) that a part of the organisation is in.

    A sub-plan says it of what it covers; else it is those of the administration.
    """
    if isinstance(ting, Verksamhet):
        return (ting.id,)
    if isinstance(ting, Enhet | Avdelning):
        said = [v for part in delplaner(plan, ting) for v in part.verksamheter]
        if said:
            return tuple(dict.fromkeys(said))
    home = ting.id if isinstance(ting, Förvaltning) else getattr(ting, "förvaltning", None)
    return tuple(v.id for v in plan.verksamheter.values() if v.förvaltning == home)


def grannutgåvor(plan: Plan) -> tuple[Utgåva | None, Utgåva | None]:
    """Return the same board's editions nearest before and after the plan's own, if any is known."""
    here = plan.ram
    dated = [
        (edition.gäller_från, edition.gäller_till, edition)
        for edition in plan.utgåvor.values()
        if edition.nämnd == here.nämnd and edition.id != here.utgåva
    ]
    before = [
        (last, e) for _, last, e in dated if isinstance(last, date) and last < here.gäller_från
    ]
    after = [
        (first, e) for first, _, e in dated if isinstance(first, date) and first > here.gäller_till
    ]
    return (
        max(before, key=lambda pair: pair[0], default=(None, None))[1],
        min(after, key=lambda pair: pair[0], default=(None, None))[1],
    )
