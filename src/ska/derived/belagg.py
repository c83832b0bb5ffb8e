"""What shows how the work went, who answers for it and when it is looked at next. Facts only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from ska.derived import arbetsar
from ska.model import Plan
from ska.ting import EJ_ANGIVET, Aktivitet, Avvikelser, Kontrollmoment, Metod, Månad, Rutin

#: What may say that it meets a requirement.
Svarande = Metod | Rutin | Aktivitet | Kontrollmoment


@dataclass(frozen=True, slots=True)
class Belägg:
    """Something that shows what the work came to: a report, deviations, a control's result."""

    typ: Literal["rapport", "avvikelser", "kontroll"]
    ting: Aktivitet | Avvikelser | Kontrollmoment
    när: Månad | int  # a year when no month is known

    @property
    def ordning(self) -> tuple[int, int]:
        """Year and month, a whole year as its last month: what is latest comes last."""
        return (self.när, 12) if isinstance(self.när, int) else (self.när.år, self.när.månad)


@dataclass(frozen=True, slots=True)
class Tillfälle:
    """When it is looked at next: a report to the board, or the review of a routine."""

    ting: Aktivitet | Rutin
    när: Månad | date

    @property
    def ordning(self) -> tuple[int, int, int]:
        """Year, month and day; a month as its first."""
        day = self.när.day if isinstance(self.när, date) else 0
        return (*self.månad, day)

    @property
    def månad(self) -> Månad:
        """The month that it falls in."""
        return Månad(self.när.year, self.när.month) if isinstance(self.när, date) else self.när


class Underlag:
    """Who answers for a thing and what shows how it went; each is worked out once."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan = plan
        self.today = today
        self.år = kontrollår(plan)
        self._shown: dict[tuple[str, str], tuple[tuple[Belägg, ...], Tillfälle | None]] = {}

    @cached_property
    def av_metod(self) -> dict[str, list[Aktivitet]]:
        """The activities that carry each method."""
        return aktiviteter_för_metoder(self.plan)

    @cached_property
    def rapporter(self) -> dict[str, tuple[list[Belägg], Tillfälle | None]]:
        """What each activity has reported, and when it reports next."""
        now = Månad(self.today.year, self.today.month)
        made = {}
        for aktivitet in self.plan.aktiviteter.values():
            months = sorted({report.månad for report in arbetsar.rapporter(self.plan, aktivitet)})
            # This month's report may still be to come.
            past = [Belägg("rapport", aktivitet, month) for month in months if month < now]
            past += _deviations(self.plan, aktivitet)
            later = next((month for month in months if month >= now), None)
            made[aktivitet.id] = (past, Tillfälle(aktivitet, later) if later else None)
        return made

    def _activities(self, ting: Svarande) -> list[Aktivitet]:
        """Return the activities through which the board hears of a thing."""
        known = self.plan.aktiviteter
        match ting:
            case Aktivitet():
                return [ting]
            case Metod():
                return self.av_metod.get(ting.id, [])
            case Rutin(aktiviteter=()):
                found = (a for id in ting.metoder for a in self.av_metod.get(id, ()))
                return list({a.id: a for a in found}.values())
            case _:
                return [known[id] for id in ting.aktiviteter if id in known]

    def roller(self, ting: Svarande) -> tuple[tuple[str, ...], bool]:
        """Return who answers for a thing; True when only its reports name anyone."""
        match ting:
            case Metod() | Aktivitet():
                own = ting.ansvariga
            case Rutin():
                own = (ting.ägare,)
            case _:
                own = (ting.roll,)
        own = tuple(id for id in own if id != EJ_ANGIVET)
        if own:
            return own, False
        reporting = (id for a in self._activities(ting) for id in a.ansvariga)
        return tuple(dict.fromkeys(reporting)), True

    def visar(self, ting: Svarande) -> tuple[tuple[Belägg, ...], Tillfälle | None]:
        """Return what shows how it went, the latest first, and when it is looked at next."""
        if ting.nyckel not in self._shown:
            shown: list[Belägg] = []
            soon: list[Tillfälle] = []
            for aktivitet in self._activities(ting):
                past, following = self.rapporter[aktivitet.id]
                shown += [one for one in past if self._about(one, ting)]
                soon += [following] if following else []
            shown += self._mentioned(ting)
            if isinstance(ting, Rutin) and isinstance(ting.ses_över_senast, date):
                review = ting.ses_över_senast
                soon += [Tillfälle(ting, review)] if review >= self.today else []
            shown = list({(b.typ, b.ting.nyckel, b.när): b for b in shown}.values())
            shown.sort(key=lambda belägg: belägg.ordning, reverse=True)
            first = min(soon, key=lambda time: time.ordning, default=None)
            self._shown[ting.nyckel] = (tuple(shown), first)
        return self._shown[ting.nyckel]

    def _about(self, belägg: Belägg, ting: Svarande) -> bool:
        """Tell whether what an activity reports is about this thing too.

        An activity may report for several: deviations that name their routines are about those.
        """
        if belägg.typ != "avvikelser" or isinstance(ting, Aktivitet):
            return True
        mentions = self.plan.från.get(belägg.ting.nyckel, ())
        named = [m.till for m in mentions if isinstance(m.till, Rutin)]
        if isinstance(ting, Metod):
            return not named or any(ting.id in rutin.metoder for rutin in named)
        return not named or any(rutin.id == ting.id for rutin in named)

    def _mentioned(self, ting: Svarande) -> Iterator[Belägg]:
        """Yield the reports of deviations and the results of controls that are about a thing."""
        if isinstance(ting, Kontrollmoment):
            yield from self._result(ting)
        if isinstance(ting, Rutin):
            yield from _deviations(self.plan, ting)
            for mention in self.plan.till.get(ting.nyckel, ()):
                if isinstance(mention.från, Kontrollmoment):
                    yield from self._result(mention.från)

    def _result(self, moment: Kontrollmoment) -> Iterator[Belägg]:
        known = moment.resultat and moment.resultat != EJ_ANGIVET
        if known and moment.id in self.år:
            yield Belägg("kontroll", moment, self.år[moment.id])


def aktiviteter_för_metoder(plan: Plan) -> dict[str, list[Aktivitet]]:
    """Return the activities that carry each method, by the method's id."""
    carried: dict[str, list[Aktivitet]] = {}
    for aktivitet in plan.aktiviteter.values():
        for metod in dict.fromkeys(aktivitet.metoder):
            carried.setdefault(metod, []).append(aktivitet)
    return carried


def _deviations(plan: Plan, ting: Rutin | Aktivitet) -> Iterator[Belägg]:
    """Yield the reports of deviations that mention a routine, or are what an activity reports."""
    about = {m.från.id: m.från for m in plan.till.get(ting.nyckel, ())}
    for report in about.values():
        if isinstance(report, Avvikelser):
            yield Belägg("avvikelser", report, report.år)


def kontrollår(plan: Plan) -> dict[str, int]:
    """Return the year of each control: that of the control plan it stands in."""
    return {
        part.id: whole.år
        for whole in plan.internkontroller.values()
        for part in plan.inuti.get(whole.nyckel, ())
        if isinstance(part, Kontrollmoment)
    }
