"""What in the plan a list of changed provisions touches, whose it is, and from when.

A statute is found by its number, never by its name. Touched is what rests on a changed provision,
and what meets a requirement that comes from it; further down a change goes only when somebody has
changed something there (`lankar.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ska.lagandringar import Lagändring
from ska.lankar import Länk, granskas_av, länkar
from ska.model import Plan
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
    resting: dict[Nyckel, list[Länk]] = {}
    for länk in länkar(plan):
        resting.setdefault(länk.upp.nyckel, []).append(länk)
    numbered = {law.nummer: law for law in plan.författningar.values()}
    inside: dict[str, list[Lagrum]] = {}
    for lagrum in plan.lagrum.values():
        inside.setdefault(lagrum.författning, []).append(lagrum)
    found = []
    for change in sorted(changes, key=lambda one: (one.datum, one.plats)):
        statute = numbered.get(change.nummer)
        laws = tuple(_lagar(change, statute, inside)) if statute else ()
        hits = tuple(_träffar(plan, laws, resting))
        found.append(Berörd(change, statute, laws, hits, _sedd(change, laws)))
    unnumbered = [law for law in plan.författningar.values() if law.nummer == EJ_ANGIVET]
    return Lagkoll(tuple(found), tuple(unnumbered))


def _lagar(
    change: Lagändring, statute: Författning, inside: dict[str, list[Lagrum]]
) -> Iterator[Lag]:
    """Yield the provisions that a change is about; last the statute, cited as a whole."""
    for lagrum in inside.get(statute.id, ()):
        if change.kapitel:
            same = (lagrum.kapitel or "") == change.kapitel
        else:
            same = not change.paragraf or lagrum.kapitel is None
        if same and _möts(change.paragraf, lagrum.paragraf or ""):
            yield lagrum
    yield statute


def _träffar(plan: Plan, laws: Iterable[Lag], resting: dict[Nyckel, list[Länk]]) -> Iterator[Träff]:
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
