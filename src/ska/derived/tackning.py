"""Coverage: what meets each requirement, who answers, when it was last looked at. Facts only.

Everything follows declared links. What no longer holds, or does not hold yet, meets nothing. One
pass over the links: the work grows as they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from ska.derived.belagg import Belägg, Svarande, Tillfälle, Underlag
from ska.lag.register import kräver_från, kräver_till
from ska.model import Hänvisning, Plan
from ska.ting import Kontrollmoment, Krav, Rutin, Ting

Grad = Literal["inte", "delvis", "helt"]
#: The worst first, which is also the order of a list of gaps.
GRADER: Final[tuple[Grad, ...]] = ("inte", "delvis", "helt")
_FÄLT: Final = ("uppfyller", "uppfyller_delvis.krav")
#: Why a link does not count, as far as it is about what holds.
Hinder = Literal["", "upphörd", "ersatt", "utkast", "senare", "tidigare_år"]
#: How a requirement stands on a day.
Läge = Literal["gäller", "senare", "upphört"]


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
    def bara_via_årshjulet(self) -> tuple[str, ...]:
        """Those of the roles that nothing names itself: they answer for the report of something."""
        named = {id for svar in self.gäller if not svar.via_årshjulet for id in svar.ansvariga}
        return tuple(id for id in self.ansvariga if id not in named)

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
    source = Underlag(plan, today)
    reasons = {
        undantag.sak: undantag.skäl
        for undantag in plan.undantag.values()
        if undantag.sakslag == "krav" and undantag.gäller_till >= today
    }
    found = []
    for krav in plan.krav.values():
        answers = sorted(_answers(plan, source, krav), key=lambda svar: -GRADER.index(svar.grad))
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


def _answers(plan: Plan, source: Underlag, krav: Krav) -> Iterator[Svar]:
    """Yield what says that it meets a requirement, each thing once."""
    answers: dict[tuple[str, str], tuple[Svarande, str]] = {}
    for mention in svarande(plan, krav):
        ting = mention.från
        if isinstance(ting, Svarande):
            lacking = "" if mention.fält == _FÄLT[0] else _saknas(ting, krav.id)
            known = answers.get(ting.nyckel)
            # Said both ways, the more careful of the two counts; a rule tells of it.
            answers[ting.nyckel] = (ting, (known[1] if known else "") or lacking)
    for ting, lacking in answers.values():
        roles, indirect = source.roller(ting)
        shown, soon = source.visar(ting)
        stop = hinder(plan, ting, source.år.get(ting.id))
        yield Svar(ting, lacking, stop, roles, indirect, shown, soon)


def _saknas(ting: Svarande, krav: str) -> str:
    return next((part.saknas for part in ting.uppfyller_delvis if part.krav == krav), "")
