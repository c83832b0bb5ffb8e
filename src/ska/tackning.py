"""Coverage: what meets each requirement, who answers, when it was last looked at. Facts only.

Everything follows declared links. What no longer holds, or does not hold yet, meets nothing. One
pass over the links: the work grows as they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from ska import arbetsar
from ska.ansvar import Omkrets
from ska.lag import kräver_från, kräver_till
from ska.model import Hänvisning, Plan
from ska.ting import (
    EJ_ANGIVET,
    Aktivitet,
    Avvikelser,
    Enhet,
    Kontrollmoment,
    Krav,
    Metod,
    Månad,
    Rutin,
    Ting,
)

Grad = Literal["inte", "delvis", "helt"]
#: The worst first, which is also the order of a list of gaps.
GRADER: Final[tuple[Grad, ...]] = ("inte", "delvis", "helt")
#: What may say that it meets a requirement.
Svarande = Metod | Rutin | Aktivitet | Kontrollmoment
_FÄLT: Final = ("uppfyller", "uppfyller_delvis.krav")
#: Why a link does not count, as far as it is about what holds.
Hinder = Literal["", "upphörd", "ersatt", "utkast", "senare", "tidigare_år"]
#: How a requirement stands on a day.
Läge = Literal["gäller", "senare", "upphört"]


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


@dataclass(frozen=True, slots=True)
class Svar:
    """One thing that says it meets a requirement, in whole, or in part when something lacks.

    `via_årshjulet`: the thing itself names no role; these answer for its reports.
    """

    ting: Svarande
    saknas: str = ""
    hinder: Hinder = ""
    ansvariga: tuple[str, ...] = ()
    via_årshjulet: bool = False
    belägg: tuple[Belägg, ...] = ()  # the latest first
    nästa: Tillfälle | None = None

    @property
    def grad(self) -> Grad:
        """How much of the requirement it meets; nothing when it doesn't hold."""
        return "inte" if self.hinder else "delvis" if self.saknas else "helt"


@dataclass(frozen=True, slots=True)
class Täckning:
    """A requirement and all that answers to it, those that count first."""

    krav: Krav
    läge: Läge
    svar: tuple[Svar, ...]
    skäl: str = ""  # why nothing meets it, where someone has accepted that for a time

    @property
    def gäller(self) -> tuple[Svar, ...]:
        """The answers that count."""
        return tuple(svar for svar in self.svar if not svar.hinder)

    @property
    def grad(self) -> Grad:
        """Met when something meets all of it; parts are never added up to a whole."""
        return max((svar.grad for svar in self.svar), key=GRADER.index, default="inte")

    @property
    def ansvariga(self) -> tuple[str, ...]:
        """The roles that answer for what counts, each once."""
        return tuple(dict.fromkeys(id for svar in self.gäller for id in svar.ansvariga))

    @property
    def senaste(self) -> Belägg | None:
        """The latest that shows anything."""
        found = (svar.belägg[0] for svar in self.gäller if svar.belägg)
        return max(found, key=lambda belägg: belägg.ordning, default=None)

    @property
    def nästa(self) -> Tillfälle | None:
        """When it is looked at next."""
        found = (svar.nästa for svar in self.gäller if svar.nästa)
        return min(found, key=lambda time: time.ordning, default=None)


@dataclass(frozen=True, slots=True)
class Antal:
    """How many requirements are met in whole, in part, not at all."""

    helt: int
    delvis: int
    inte: int

    @property
    def alla(self) -> int:
        """All that hold on the day."""
        return self.helt + self.delvis + self.inte


def täckning(plan: Plan, today: date) -> tuple[Täckning, ...]:
    """Work out every requirement's coverage: gaps first, within a degree as in the register."""
    source = _Underlag(plan, today)
    reasons = {
        undantag.sak: undantag.skäl
        for undantag in plan.undantag.values()
        if undantag.sakslag == "krav" and undantag.gäller_till >= today
    }
    found = []
    for krav in plan.krav.values():
        answers = sorted(source.svar(krav), key=lambda svar: -GRADER.index(svar.grad))
        state = läge(plan, krav, today)
        made = Täckning(krav, state, tuple(answers))
        reason = reasons.get(krav.id, "") if made.grad == "inte" else ""
        found.append(Täckning(krav, state, made.svar, reason))
    return tuple(sorted(found, key=lambda t: (t.läge != "gäller", GRADER.index(t.grad))))


def antal(found: Iterable[Täckning]) -> Antal:
    """Count the requirements that hold by how much of them is met."""
    grades = [t.grad for t in found if t.läge == "gäller"]
    return Antal(grades.count("helt"), grades.count("delvis"), grades.count("inte"))


def läge(plan: Plan, krav: Krav, today: date) -> Läge:
    """Tell whether a requirement holds on a day."""
    first, last = kräver_från(plan, krav), kräver_till(plan, krav)
    if last is not None and last <= today:
        return "upphört"
    return "senare" if first is not None and first > today else "gäller"


def svarande(plan: Plan, krav: Krav) -> Iterator[Hänvisning]:
    """Yield each place where something says that it meets a requirement, in whole or in part."""
    for mention in plan.till.get(krav.nyckel, ()):
        if mention.fält in _FÄLT:
            yield mention


def hinder(plan: Plan, ting: Ting, year: int | None = None) -> Hinder:
    """Say why a thing can't meet anything in the plan's period; `year` is a control plan's."""
    if isinstance(ting, Rutin):
        if ting.status == "upphörd":
            return "upphörd"
        if ting.ersatt_av:
            return "ersatt"
        if ting.status == "utkast":
            return "utkast"
        if isinstance(ting.gäller_från, date) and ting.gäller_från > plan.ram.gäller_till:
            return "senare"
    if isinstance(ting, Kontrollmoment) and year is not None:
        return "tidigare_år" if year < plan.ram.gäller_från.year else ""
    return ""


def kontrollår(plan: Plan) -> dict[str, int]:
    """Return the year of each control: that of the control plan it stands in."""
    return {
        part.id: whole.år
        for whole in plan.internkontroller.values()
        for part in plan.inuti.get(whole.nyckel, ())
        if isinstance(part, Kontrollmoment)
    }


# Seen from a role, a unit


def per_roll(found: Iterable[Täckning]) -> dict[str, list[tuple[Täckning, tuple[Svar, ...]]]]:
    """Return, by role, the requirements that it answers for, and through what."""
    roles: dict[str, list[tuple[Täckning, tuple[Svar, ...]]]] = {}
    for one in found:
        mine: dict[str, list[Svar]] = {}
        for svar in one.gäller:
            for id in svar.ansvariga:
                mine.setdefault(id, []).append(svar)
        for id, answers in mine.items():
            roles.setdefault(id, []).append((one, tuple(answers)))
    return roles


def per_enhet(
    plan: Plan, found: Iterable[Täckning]
) -> dict[str, tuple[tuple[Täckning, Grad], ...]]:
    """Return, by unit, the requirements that concern it, and how far they are met there.

    What answers in another unit does not answer here.
    """
    held = [one for one in found if one.läge == "gäller"]
    # What holds in a part of the organisation, worked out once for each part and not for each unit.
    here: dict[str, dict[str, Grad]] = {}
    methods: dict[str, tuple[Metod, dict[str, Grad]]] = {}
    for one in held:
        for svar in one.gäller:
            if isinstance(svar.ting, Metod):
                _better(methods.setdefault(svar.ting.id, (svar.ting, {}))[1], one, svar.grad)
                continue
            for part in _delar(svar.ting) or ("",):
                _better(here.setdefault(part, {}), one, svar.grad)
    return {
        enhet.id: _i_enhet(plan, enhet, held, here, list(methods.values()))
        for enhet in plan.enheter.values()
    }


def _i_enhet(
    plan: Plan, enhet: Enhet, held: list[Täckning], here: dict[str, dict[str, Grad]],
    methods: list[tuple[Metod, dict[str, Grad]]],
) -> tuple[tuple[Täckning, Grad], ...]:  # fmt: skip
    scope = Omkrets(plan, enhet)
    met = [here[part] for part in ("", *sorted(scope.namn)) if part in here]
    met += [grades for metod, grades in methods if scope.metod(metod)]
    best: dict[str, Grad] = {}
    for grades in met:
        for id, grad in grades.items():
            if GRADER.index(grad) > GRADER.index(best.get(id, "inte")):
                best[id] = grad
    rows = [
        (one, best.get(one.krav.id, GRADER[0]))
        for one in held
        if scope.nämns(one.krav.gäller_för, annars=True)
    ]
    return tuple(sorted(rows, key=lambda row: GRADER.index(row[1])))


def _better(grades: dict[str, Grad], one: Täckning, grad: Grad) -> None:
    if GRADER.index(grad) > GRADER.index(grades.get(one.krav.id, "inte")):
        grades[one.krav.id] = grad


def _delar(ting: Rutin | Aktivitet | Kontrollmoment) -> tuple[str, ...]:
    """Return the parts of the organisation where a thing holds; none where it holds in all."""
    match ting:
        case Rutin():
            return ting.gäller_för
        case Aktivitet():
            return ting.verksamheter
        case _:
            return ting.avser


# What each answer rests on


class _Underlag:
    """What the answers are made of; each thing's part is worked out once."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan = plan
        self.today = today
        self.år = kontrollår(plan)
        self._shown: dict[tuple[str, str], tuple[tuple[Belägg, ...], Tillfälle | None]] = {}

    @cached_property
    def av_metod(self) -> dict[str, list[Aktivitet]]:
        """The activities that carry each method."""
        carried: dict[str, list[Aktivitet]] = {}
        for aktivitet in self.plan.aktiviteter.values():
            for metod in dict.fromkeys(aktivitet.metoder):
                carried.setdefault(metod, []).append(aktivitet)
        return carried

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

    def svar(self, krav: Krav) -> Iterator[Svar]:
        """Yield what says that it meets a requirement, each thing once."""
        answers: dict[tuple[str, str], tuple[Svarande, str]] = {}
        for mention in svarande(self.plan, krav):
            ting = mention.från
            if isinstance(ting, Svarande):
                lacking = "" if mention.fält == _FÄLT[0] else _saknas(ting, krav.id)
                known = answers.get(ting.nyckel)
                # Said both ways, the more careful of the two counts; a rule tells of it.
                answers[ting.nyckel] = (ting, (known[1] if known else "") or lacking)
        for ting, lacking in answers.values():
            roles, indirect = self._roles(ting)
            shown, soon = self._shows(ting)
            stop = hinder(self.plan, ting, self.år.get(ting.id))
            yield Svar(ting, lacking, stop, roles, indirect, shown, soon)

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

    def _roles(self, ting: Svarande) -> tuple[tuple[str, ...], bool]:
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

    def _shows(self, ting: Svarande) -> tuple[tuple[Belägg, ...], Tillfälle | None]:
        """Return what shows how it went, the latest first, and when it is looked at next."""
        if ting.nyckel not in self._shown:
            shown: list[Belägg] = []
            soon: list[Tillfälle] = []
            for aktivitet in self._activities(ting):
                past, following = self.rapporter[aktivitet.id]
                shown += past
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


def _deviations(plan: Plan, ting: Rutin | Aktivitet) -> Iterator[Belägg]:
    """Yield the reports of deviations that mention a routine, or are what an activity reports."""
    about = {m.från.id: m.från for m in plan.till.get(ting.nyckel, ())}
    for report in about.values():
        if isinstance(report, Avvikelser):
            yield Belägg("avvikelser", report, report.år)


def _saknas(ting: Svarande, krav: str) -> str:
    return next((part.saknas for part in ting.uppfyller_delvis if part.krav == krav), "")
