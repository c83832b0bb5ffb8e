"""What a role answers for and does, in the whole plan or seen from one unit. Facts, no words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ska.derived import arbetsar
from ska.model import Plan
from ska.once import once_a_plan
from ska.ting import (
    Aktivitet,
    Enhet,
    Indikator,
    Kontrollmoment,
    Metod,
    Roll,
    Rutin,
    Steg,
)


@dataclass(frozen=True, slots=True)
class Ansvar:
    """Everything that is a role's: `gör` holds each routine with the role's own steps.

    `deltar` are methods that it takes part in without answering for them, `med` routines in which
    it helps with a step. `att_se_över` are its routines with a date of review, the nearest first.
    """

    aktiviteter: tuple[Aktivitet, ...] = ()
    metoder: tuple[Metod, ...] = ()
    deltar: tuple[Metod, ...] = ()
    äger: tuple[Rutin, ...] = ()
    gör: tuple[tuple[Rutin, tuple[tuple[int, Steg], ...]], ...] = ()
    med: tuple[Rutin, ...] = ()
    kontroller: tuple[Kontrollmoment, ...] = ()
    indikatorer: tuple[Indikator, ...] = ()
    att_se_över: tuple[tuple[date, Rutin], ...] = ()


def ansvar(plan: Plan, roll: Roll, enhet: Enhet | None = None) -> Ansvar:
    """Collect what is a role's; with a unit, only what concerns that unit."""
    mentions = plan.till.get(roll.nyckel, ())
    methods: dict[str, Metod] = {}
    others: dict[str, Metod] = {}
    routines: dict[str, Rutin] = {}
    controls: dict[str, Kontrollmoment] = {}
    for mention in mentions:
        match mention.från:
            case Metod() as metod if mention.fält in ("ansvariga", "skillnader.ansvariga"):
                methods[metod.id] = metod
            case Metod() as metod:
                others[metod.id] = metod
            case Rutin() as rutin:
                routines[rutin.id] = rutin
            case Kontrollmoment() as moment:
                controls[moment.id] = moment
            case _:
                pass
    scope = None if enhet is None else omkretsar(plan)[enhet.id]
    here = [r for r in routines.values() if scope is None or scope.rutin(r)]
    owned = tuple(r for r in here if r.ägare == roll.id)
    steps = [(r, tuple((n, s) for n, s in enumerate(r.steg, 1) if s.roll == roll.id)) for r in here]
    reviews = [(r.ses_över_senast, r) for r in owned if r.status != "upphörd"]
    dated = [(day, r) for day, r in reviews if isinstance(day, date)]
    within = None if scope is None else scope.aktiviteter
    return Ansvar(
        aktiviteter=tuple(
            a for a in arbetsar.urval(plan, roll) if within is None or a.id in within
        ),
        metoder=tuple(m for m in methods.values() if scope is None or scope.metod(m)),
        deltar=tuple(
            m for m in others.values()
            if m.id not in methods and (scope is None or scope.metod(m))
        ),
        äger=owned,
        gör=tuple((r, own) for r, own in steps if own),
        med=tuple(r for r in here if any(roll.id in s.med for s in r.steg)),
        kontroller=tuple(
            k for k in controls.values() if scope is None or scope.nämns(k.avser, annars=True)
        ),
        indikatorer=_indicators(plan, roll, scope),
        att_se_över=tuple(sorted(dated, key=lambda pair: (pair[0], pair[1].id))),
    )  # fmt: skip


def enheter(plan: Plan, roll: Roll) -> tuple[Enhet, ...]:
    """Return the units in which a role is found: by its own word, theirs, or their department's.

    A role of a whole administration is found in the units of its departments. That a team beside
    them has one too is nothing that follows.
    """
    return _enheter(plan).get(roll.id, ())


@once_a_plan
def _enheter(plan: Plan) -> dict[str, tuple[Enhet, ...]]:
    """Find the units of every role: those that name it, and those in what it names itself."""
    divided = {department.förvaltning for department in plan.avdelningar.values()}
    place = {id: n for n, id in enumerate(plan.enheter)}
    found: dict[str, set[int]] = {id: set() for id in plan.roller}
    inside: dict[str, list[int]] = {}
    for enhet in plan.enheter.values():
        department = plan.avdelningar.get(enhet.avdelning or "")
        for id in (*enhet.roller, *(department.roller if department else ())):
            found.setdefault(id, set()).add(place[enhet.id])
        above = {enhet.id, enhet.avdelning or enhet.id}
        if department or enhet.förvaltning not in divided:
            above.add(enhet.förvaltning)
        for id in above:
            inside.setdefault(id, []).append(place[enhet.id])
    for roll in plan.roller.values():
        found[roll.id].update(n for id in roll.hör_till for n in inside.get(id, ()))
    units = tuple(plan.enheter.values())
    return {id: tuple(units[n] for n in sorted(places)) for id, places in found.items()}


def egna_sidor(plan: Plan, roll: Roll) -> dict[str, Ansvar]:
    """Return, by unit, a role's responsibility in the units where it is less than the whole.

    A role in one unit only has no page for it: all that is its own is there. Nor is there one for
    the sake of the indicators alone.
    """
    units = enheter(plan, roll)
    if len(units) < 2:
        return {}
    whole = ansvar(plan, roll)
    seen = {enhet.id: ansvar(plan, roll, enhet) for enhet in units}
    return {
        id: own
        for id, own in seen.items()
        if replace(own, indikatorer=()) not in (replace(whole, indikatorer=()), Ansvar())
    }


class Omkrets:
    """A unit and what it is part of."""

    def __init__(self, plan: Plan, enhet: Enhet) -> None:
        self.enhet = enhet
        self.delplaner = arbetsar.delplaner(plan, enhet)
        self.metoder = {id for part in self.delplaner for id in part.metoder}
        self.aktiviteter = {a.id for a in arbetsar.urval(plan, enhet)}
        administration = plan.förvaltningar.get(enhet.förvaltning)
        self.nära = {enhet.id, enhet.förvaltning, *arbetsar.verksamheter(plan, enhet)}
        self.nära |= {enhet.avdelning} if enhet.avdelning else set()
        board = administration.nämnd if administration else None
        self.namn = self.nära | ({board} if board else set())

    def nämns(self, ids: tuple[str, ...], *, annars: bool) -> bool:
        """Tell whether the unit, or something above it, is among those named, if any are."""
        return bool(self.namn.intersection(ids)) if ids else annars

    def rutin(self, rutin: Rutin) -> bool:
        """Tell whether a routine holds in the unit."""
        return self.nämns(rutin.gäller_för, annars=True)

    def metod(self, metod: Metod) -> bool:
        """Tell whether a method is used in the unit: by its sub-plan, and by whom it names."""
        if self.delplaner and metod.id not in self.metoder:
            return self.nämns((*metod.omfattar, *metod.utförs_av), annars=False)
        return self.nämns(metod.omfattar, annars=True)


@once_a_plan
def omkretsar(plan: Plan) -> dict[str, Omkrets]:
    """Return what each unit is part of, by its id."""
    return {enhet.id: Omkrets(plan, enhet) for enhet in plan.enheter.values()}


def _indicators(plan: Plan, roll: Roll, scope: Omkrets | None) -> tuple[Indikator, ...]:
    """Collect the indicators that measure where the role is: its unit, or all of its units."""
    scopes = [scope] if scope else [omkretsar(plan)[unit.id] for unit in enheter(plan, roll)]
    near = {id for one in scopes for id in one.nära}
    near |= set() if scope else set(roll.hör_till)
    every, about = tuple(plan.indikatorer.values()), _avser(plan)
    return tuple(every[n] for n in sorted({n for id in near for n in about.get(id, ())}))


@once_a_plan
def _avser(plan: Plan) -> dict[str, list[int]]:
    """Index the indicators, by their places, on what they measure."""
    found: dict[str, list[int]] = {}
    for place, indikator in enumerate(plan.indikatorer.values()):
        for id in indikator.avser:
            found.setdefault(id, []).append(place)
    return found
