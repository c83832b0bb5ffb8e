"""Links that remember: what a thing rests on, and whether that has changed since someone looked.

A link is declared in the schemas (`bindning.py`). Its memory, in plan/granskat/, is a print of
what it leads to: a hash of the fields that count. Where the print is another one now, the thing
that rests on it must be looked at again. That goes one step only: what rests on *that* thing is
touched when somebody changes it.

A plan without a single memory does not keep any, and nothing is said of its links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from ska.content import Data, canonical, fields_of
from ska.model import SAMLINGAR, Hänvisning, Plan
from ska.once import once_a_plan
from ska.reading.bindning import Bindning
from ska.reading.forms import Form
from ska.ting import Del, Genomförs, Länkminne, Månad, Nyckel, Rutin, Ting

#: As many characters of the hash as a memory holds.
LÄNGD: Final = 16


@dataclass(frozen=True, slots=True)
class Länk:
    """One thing rests on another; `mention` is where it is said, the first time.

    `nyckel` is both ends, the lower first.
    """

    ned: Ting
    upp: Ting
    mention: Hänvisning
    nyckel: tuple[Nyckel, Nyckel]


class Läge(StrEnum):
    """What a link's memory says."""

    SEDD = "sedd"  # what it leads to is as it was
    ÄNDRAD = "ändrad"  # it isn't: the thing must be looked at again
    NY = "ny"  # there is no memory


@dataclass(frozen=True, slots=True)
class Länkläge:
    """A link, and what its memory says."""

    länk: Länk
    läge: Läge
    minne: Länkminne | None


@dataclass(frozen=True, slots=True)
class Granskas:
    """A thing with links in one state: those that have changed, or those without memory."""

    ting: Ting
    länkar: tuple[Länkläge, ...]


def länkar(plan: Plan, *, alla: bool = False) -> Iterator[Länk]:
    """Yield each link between two things once, in the plan's order.

    Those of a routine that nobody follows, and of an earlier year's controls, only with `alla`.
    """
    seen: set[tuple[Nyckel, Nyckel]] = set()
    passed = frozenset() if alla else _förbi(plan)
    for mention in plan.hänvisningar:
        bindning = plan.bindningar.get(mention.från.slag)
        if bindning is None:
            continue
        if mention.fält in bindning.vilar_på:
            ned, upp = mention.från, mention.till
        elif mention.fält in bindning.bär:
            ned, upp = mention.till, mention.från
        else:
            continue
        key = (ned.nyckel, upp.nyckel)
        if key in seen or not passed.isdisjoint(key):
            continue
        if alla or _följs(ned):
            seen.add(key)
            yield Länk(ned, upp, mention, key)


def _följs(thing: Ting) -> bool:
    """Tell whether anybody goes by a thing: not by a draft, nor by what has ended."""
    if not isinstance(thing, Rutin):
        return True
    return thing.status not in ("utkast", "upphörd") and not thing.ersatt_av


def _förbi(plan: Plan) -> frozenset[Nyckel]:
    """Return the risks and controls of years before the plan's: nobody goes by them now."""
    return frozenset(
        part.nyckel
        for kontroll in plan.internkontroller.values()
        if kontroll.år < plan.ram.gäller_från.year
        for part in plan.inuti.get(kontroll.nyckel, ())
    )


@once_a_plan
def lägen(plan: Plan) -> tuple[Länkläge, ...]:
    """Return each link in use with what its memory says; none where the plan keeps no memory."""
    if not plan.granskningar:
        return ()
    kept = minnen(plan)
    prints = Avtryck(plan)
    return tuple(_läge(länk, kept.get(länk.nyckel), prints) for länk in länkar(plan))


def _läge(länk: Länk, minne: Länkminne | None, prints: Avtryck) -> Länkläge:
    if minne is None:
        return Länkläge(länk, Läge.NY, None)
    same = minne.mot == prints.av(länk.upp)
    return Länkläge(länk, Läge.SEDD if same else Läge.ÄNDRAD, minne)


def minnen(plan: Plan) -> dict[tuple[Nyckel, Nyckel], Länkminne]:
    """Return the memory of each link, by its two ends. Of two the newest counts."""
    kept: dict[tuple[Nyckel, Nyckel], Länkminne] = {}
    for granskning in plan.granskningar:
        seen = granskning.nyckel
        for minne in granskning.länkar:
            key = (seen, minne.nyckel)
            if key not in kept or kept[key].datum < minne.datum:
                kept[key] = minne
    return kept


def i_läge(found: Iterable[Länkläge], läge: Läge) -> tuple[Granskas, ...]:
    """Group the links in one state by the thing that rests on them."""
    groups: dict[Nyckel, list[Länkläge]] = {}
    for one in found:
        if one.läge is läge:
            groups.setdefault(one.länk.ned.nyckel, []).append(one)
    return tuple(Granskas(group[0].länk.ned, tuple(group)) for group in groups.values())


def att_granska(plan: Plan) -> tuple[Granskas, ...]:
    """Return each thing that rests on something that has changed since somebody looked."""
    return i_läge(lägen(plan), Läge.ÄNDRAD)


def granskas_av(plan: Plan, thing: Ting) -> tuple[str, ...]:
    """Return the roles that answer for looking at a thing again; none where the plan is silent."""
    bindning = plan.bindningar.get(thing.slag)
    if bindning is None:
        return ()
    return tuple(
        dict.fromkeys(
            mention.till.id
            for mention in plan.från.get(thing.nyckel, ())
            if mention.fält in bindning.granskas_av and mention.till.slag == "roll"
        )
    )


def senast_granskad(plan: Plan) -> dict[Nyckel, Länkminne]:
    """Return the newest look at each thing. That a link was written in is none."""
    newest: dict[Nyckel, Länkminne] = {}
    for granskning in plan.granskningar:
        for minne in granskning.länkar:
            last = newest.get(granskning.nyckel)
            if minne.utfall != "ny" and (last is None or last.datum < minne.datum):
                newest[granskning.nyckel] = minne
    return newest


class Avtryck:
    """The prints of a plan's things, each worked out when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self._plan = plan
        self._made: dict[Nyckel, str] = {}

    def av(self, thing: Ting) -> str:
        """Return a thing's print. Layout, sources and notes don't count, nor a set's order.

        Months count from the year of the wheel: a new year alone changes nothing.
        """
        made = self._made.get(thing.nyckel)
        if made is None:
            content = canonical(self._innehåll(thing))
            made = hashlib.sha256(content.encode()).hexdigest()[:LÄNGD]
            self._made[thing.nyckel] = made
        return made

    def _innehåll(self, thing: Ting) -> list[Data]:
        bindning = self._plan.bindningar[thing.slag]
        content: list[Data] = [thing.slag, self._egna(thing, bindning)]
        for name in bindning.avtryck_med:
            content += [name, self._med(bindning, name, getattr(thing, name))]
        return content

    def _egna(self, thing: Ting, bindning: Bindning) -> dict[str, Data]:
        year = next((wheel.år for wheel in self._plan.årshjulen.values()), 0)
        said = {
            name: _plain(getattr(thing, name), bindning.form.fält[name], year)
            for name in bindning.avtryck
        }
        return {name: value for name, value in said.items() if value not in (None, [])}

    def _med(self, bindning: Bindning, name: str, id: str) -> Data:
        """Return the own fields of what a field names: a provision is repealed with its act."""
        for slag in bindning.form.fält[name].refererar:
            found: Ting | None = getattr(self._plan, SAMLINGAR[slag]).get(id)
            if found is not None:
                return [slag, id, self._egna(found, self._plan.bindningar[slag])]
        return id


def _plain(value: Any, form: Form, year: int) -> Data:
    """Return plain data without notes; months and years of work are counted from `year`."""
    if isinstance(value, Del):
        kind: Any = type(value)
        moving = isinstance(value, Genomförs)
        return {
            name: _plain(part, form.vid((name,)), year)
            if not (moving and name == "år")
            else part - year
            for name, default in fields_of(kind)
            if form.vid((name,)).tyngd != "redaktionell"
            and (part := getattr(value, name)) not in (None, ())
            and part != default
        }
    if isinstance(value, tuple) and not isinstance(value, Månad):
        items = [_plain(part, form.vid((0,)), year) for part in value]
        return sorted(items, key=canonical) if form.mängd else items
    match value:
        case Månad():
            return f"{value.år - year}-{value.månad:02}"
        case date() | Decimal():
            return str(value)
        case str():
            return " ".join(value.split())
    return value


def upp_ändrade(old: Plan, new: Plan) -> dict[Nyckel, Ting]:
    """Return what is in both plans with another print: what rests on it is touched."""
    was, now = Avtryck(old), Avtryck(new)
    rested_on = {länk.upp.nyckel: länk.upp for länk in länkar(new)}
    before = {
        key: found
        for key in rested_on
        if (found := getattr(old, SAMLINGAR[key[0]]).get(key[1])) is not None
    }
    return {
        key: thing
        for key, thing in rested_on.items()
        if key in before and was.av(before[key]) != now.av(thing)
    }
