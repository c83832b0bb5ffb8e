"""What in the plan a list of changed provisions touches, whose it is, and from when.

A statute is found by its number, never by its name. Touched is what rests on a changed provision,
and what meets a requirement that comes from it; further down a change goes only when somebody has
changed something there (`lankar/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ska.lag.andringar import Lagändring
from ska.lankar.avtryck import Länk, granskas_av, länkar
from ska.model import Plan
from ska.once import once_a_plan
from ska.ting import EJ_ANGIVET, Författning, Krav, Lagrum, Nyckel, Ting

Lag = Författning | Lagrum


@dataclass(frozen=True, slots=True)
class Träff:
    """Something that rests on a changed provision, or does so through a requirement."""

    ting: Ting
    av: Lag
    genom: Krav | None
    roller: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Berörd:
    """A changed provision, what the register has of it, and what rests on that.

    `författning` is None where the register has no statute with the number. `sedd` is the day on
    which the register was compared with the law, when that was after the change.
    """

    ändring: Lagändring
    författning: Författning | None
    lagar: tuple[Lag, ...]
    träffar: tuple[Träff, ...]
    sedd: date | None = None


@dataclass(frozen=True, slots=True)
class Lagkoll:
    """The whole answer: each change, by day; and the statutes whose number nobody has written."""

    berörda: tuple[Berörd, ...]
    utan_nummer: tuple[Författning, ...]

    @property
    def saker(self) -> dict[Nyckel, tuple[Ting, date]]:
        """Return each thing that is touched, with the first day on which it is."""
        found: dict[Nyckel, tuple[Ting, date]] = {}
        for berörd in self.berörda:  # by day
            for träff in berörd.träffar:
                found.setdefault(träff.ting.nyckel, (träff.ting, berörd.ändring.datum))
        return found


def lagkoll(plan: Plan, changes: Iterable[Lagändring]) -> Lagkoll:
    """Find what the changed provisions touch."""
    resting = _following(plan)
    numbered = {law.nummer: law for law in plan.författningar.values()}
    found = []
    for change in sorted(changes, key=lambda one: (one.datum, one.plats)):
        statute = numbered.get(change.nummer)
        laws: tuple[Lag, ...] = ()
        if statute:  # last the statute, cited as a whole
            laws = (*_lagrum(plan, statute, change.kapitel, change.paragraf), statute)
        hits = tuple(_träffar(plan, laws, resting))
        found.append(Berörd(change, statute, laws, hits, _sedd(change, laws)))
    unnumbered = [law for law in plan.författningar.values() if law.nummer == EJ_ANGIVET]
    return Lagkoll(tuple(found), tuple(unnumbered))


def vilar_på(plan: Plan, law: Lag) -> tuple[Träff, ...]:
    """Return what rests on a provision, or on a statute with all that stands in it; its own first.

    What `lagkoll` says that a change of it touches, save that a provision's answer lacks what cites
    the statute as a whole, and that what nobody goes by any longer is told of too.
    """
    statute, chapter, paragraph = plan.författningar.get(law.id), "", ""
    if isinstance(law, Lagrum):
        statute = plan.författningar.get(law.författning)
        chapter, paragraph = law.kapitel or "", law.paragraf or ""
    inside = _lagrum(plan, statute, chapter, paragraph) if statute else ()
    others = [lagrum for lagrum in inside if lagrum is not law]
    return tuple(_träffar(plan, (law, *others), _all(plan)))


@once_a_plan
def _following(plan: Plan) -> dict[Nyckel, list[Länk]]:
    return _by_what_bears(länkar(plan))


@once_a_plan
def _all(plan: Plan) -> dict[Nyckel, list[Länk]]:
    return _by_what_bears(länkar(plan, alla=True))


def _by_what_bears(found: Iterable[Länk]) -> dict[Nyckel, list[Länk]]:
    resting: dict[Nyckel, list[Länk]] = {}
    for länk in found:
        resting.setdefault(länk.upp.nyckel, []).append(länk)
    return resting


@once_a_plan
def _inside(plan: Plan) -> dict[str, list[Lagrum]]:
    inside: dict[str, list[Lagrum]] = {}
    for lagrum in plan.lagrum.values():
        inside.setdefault(lagrum.författning, []).append(lagrum)
    return inside


def _lagrum(plan: Plan, statute: Författning, chapter: str, paragraph: str) -> Iterator[Lagrum]:
    """Yield the register's provisions that meet a place in a statute."""
    for lagrum in _inside(plan).get(statute.id, ()):
        if chapter:
            same = (lagrum.kapitel or "") == chapter
        else:
            same = not paragraph or lagrum.kapitel is None
        if same and _möts(paragraph, lagrum.paragraf or ""):
            yield lagrum


def _träffar(
    plan: Plan, laws: Iterable[Lag], resting: Mapping[Nyckel, list[Länk]]
) -> Iterator[Träff]:
    """Yield what rests on the laws, each thing once: straight on them before through a krav."""
    seen: set[Nyckel] = set()
    through: list[tuple[Krav, Lag]] = []
    for law in laws:
        for länk in resting.get(law.nyckel, ()):
            thing = länk.ned
            if isinstance(thing, Krav):
                through.append((thing, law))
            if thing.nyckel not in seen:
                seen.add(thing.nyckel)
                yield Träff(thing, law, None, granskas_av(plan, thing))
    for krav, law in through:
        for länk in resting.get(krav.nyckel, ()):
            if länk.ned.nyckel not in seen:
                seen.add(länk.ned.nyckel)
                yield Träff(länk.ned, law, krav, granskas_av(plan, länk.ned))


def _sedd(change: Lagändring, laws: Iterable[Lag]) -> date | None:
    """Return when all of the laws had been compared with their sources after the change."""
    days = [law.kontrollerad for law in laws]
    known = [day for day in days if isinstance(day, date)]
    first = min(known, default=None)
    return first if first and len(known) == len(days) and first >= change.datum else None


_TAL: Final = re.compile(r"([0-9]+)(?: ([a-z]))?")


def _möts(one: str, other: str) -> bool:
    """Tell whether two ranges of paragraphs meet; an empty one is all of them."""
    if not one or not other:
        return True
    (first, last), (start, end) = _spann(one), _spann(other)
    return first <= end and start <= last


def _spann(text: str) -> tuple[tuple[int, str], tuple[int, str]]:
    ends = [(int(number), letter or "") for number, letter in _TAL.findall(text)]
    return ends[0], ends[-1]
