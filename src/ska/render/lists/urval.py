"""By what a list can be narrowed: where its things hold, whose they are, by which law, how.

Each row carries the places of its own choices in the lists of choices (`data-enhet="0 3"`): far
shorter than their ids, which stand in the address bar. The script is docs/skript/urval.js.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from ska import reads, words
from ska.lag.register import upphävd
from ska.model import Plan
from ska.render import indikatorer
from ska.render.gemensamt import Site
from ska.render.tackning import RUBRIKER
from ska.ting import (
    EJ_ANGIVET,
    Författning,
    Indikator,
    Kommunmål,
    Krav,
    Lagrum,
    Mål,
    Nyckel,
    Rutin,
    Ting,
    Uppdrag,
)

#: Rows; a shorter list is taken in at a glance.
FRÅN: Final = 10


class Val(NamedTuple):
    """A choice: what the address bar calls it, its name, and the heading it stands under."""

    värde: str
    namn: str
    grupp: str = ""


class Filter(NamedTuple):
    """A list of choices: what the address bar calls it, its label, the choices."""

    namn: str
    rubrik: str
    val: tuple[Val, ...]

    @property
    def grupper(self) -> list[tuple[str, list[Val]]]:
        """The choices under their headings, in order."""
        groups: dict[str, list[Val]] = {}
        for one in self.val:
            groups.setdefault(one.grupp, []).append(one)
        return list(groups.items())


#: Gives a thing's own choices: the values of those that it is found by.
Egna = Callable[[Ting], Set[str]]


class _Använt:
    """A list of choices that tells the things of a list apart, with each one's own choices."""

    def __init__(self, filter: Filter, egna: Mapping[Nyckel, Set[str]]) -> None:
        self.filter = filter
        self._egna = egna
        self._platser: dict[str, list[int]] = {}
        for place, one in enumerate(filter.val):
            self._platser.setdefault(one.värde, []).append(place)

    def platser(self, sak: Ting) -> str:
        """Give the places of a thing's own choices in the list of them."""
        mine = (self._platser.get(värde, ()) for värde in self._egna[sak.nyckel])
        return " ".join(map(str, sorted(chain.from_iterable(mine))))


class Urval:
    """How one list can be narrowed, and what each of its rows says to that.

    A list that goes on over several pages has a name: what it rests on is told by that.
    """

    def __init__(self, site: Site, saker: Iterable[Ting], namn: str = "") -> None:
        self._site, self._namn = site, namn
        self.saker = list({sak.nyckel: sak for sak in saker}.values())
        self._attribut: dict[Nyckel, Markup] = {}

    def __bool__(self) -> bool:
        return len(self.saker) >= FRÅN

    @property
    def antal(self) -> int:
        """How many things the list holds, each once."""
        return len(self.saker)

    @property
    def filter(self) -> tuple[Filter, ...]:
        """The lists of choices that tell the things of this list apart."""
        return tuple(one.filter for one in self._used)

    def attribut(self, sak: Ting) -> Markup:
        """Give a row's attributes: its id, its own choices and its search words."""
        if not self:
            return Markup("")
        used = self._used
        if sak.nyckel not in self._attribut:
            self._attribut[sak.nyckel] = self._made(sak, used)
        return self._attribut[sak.nyckel]

    def _made(self, sak: Ting, used: Iterable[_Använt]) -> Markup:
        made = Markup(' data-rad="{}"').format(sak.id)
        for one in used:
            if places := one.platser(sak):
                made += Markup(' data-{}="{}"').format(one.filter.namn, places)
        return made + (Markup(' data-ord="{}"').format(" ".join(sak.sökord)) if sak.sökord else "")

    @property
    def _used(self) -> list[_Använt]:
        if not self._namn:
            return self._worked_out
        with reads.once(self._site.plan, f"urval i {self._namn}"):
            return self._worked_out

    @cached_property
    def _worked_out(self) -> list[_Använt]:
        self._site.saw(*self.saker)
        found = []
        for name, label, choices, egna in self._every():
            met = {sak.nyckel: egna(sak) for sak in self.saker}
            seen = frozenset[str]().union(*met.values())
            used = tuple(one for one in choices if one.värde in seen)
            if len(used) > 1 or (seen and not all(met.values())):
                found.append(_Använt(Filter(name, label, used), met))
        return found

    def _every(self) -> Iterator[tuple[str, str, Sequence[Val], Egna]]:
        site, plan = self._site, self._site.plan
        yield "enhet", "Enhet eller förvaltning", _places(site), site.var
        roles = sorted(plan.roller.values(), key=lambda roll: words.ordning(roll.titel))
        yield "roll", "Roll", [Val(r.id, r.titel) for r in roles], _roles(site)
        laws = sorted(plan.författningar.values(), key=lambda law: words.ordning(law.namn))
        yield "lag", "Lag", [Val(law.id, law.namn) for law in laws], _law(plan)

        def state(sak: Ting) -> set[str]:
            said = läge(site, sak)
            return {words.ascii_ord(said)} if said else set()

        states = dict.fromkeys(filter(None, (läge(site, sak) for sak in self.saker)))
        yield "lage", "Läge", [Val(words.ascii_ord(said), said) for said in states], state


def läge(site: Site, sak: Any) -> str:
    """Word how a thing is, for kinds that can be in several ways; else empty."""
    match sak:
        case Rutin():
            if sak.status != "upphörd" and sak.ersatt_av:
                return "Ersatt"
            return "Stomme" if sak.typ == "stomme" else words.STATUS[sak.status]
        case Indikator():
            return indikatorer.lägesord(indikatorer.sammanlagt(sak))
        case Författning() | Lagrum():
            ended = upphävd(site.plan, sak)
            if ended and ended[0] <= site.settings.today:
                return "Upphävd"
            return "Gäller" if sak.kontrollerad != EJ_ANGIVET else "Inte kontrollerad"
        case Mål() | Kommunmål():
            return "Tidigare mål" if site.gällde(sak) else "Gäller"
        case Krav():
            cover = site.täckning[sak.id]
            return RUBRIKER[cover.läge, cover.grad if cover.läge == "gäller" else None]
        case Uppdrag():
            return words.stor(words.angivet(sak.status))
        case _:
            return ""


def _places(site: Site) -> list[Val]:
    """List the administrations with their units, and who else does the work."""
    plan = site.plan
    found = []
    for whole in plan.förvaltningar.values():
        own = [enhet for enhet in plan.enheter.values() if enhet.förvaltning == whole.id]
        group = site.rubrik(whole)
        found.append(Val(whole.id, f"Hela {group}" if own else group, group))
        found += [Val(enhet.id, site.rubrik(enhet), group) for enhet in own]
    return found + [Val(one.id, site.rubrik(one), "Utförare") for one in plan.utförare.values()]


def _roles(site: Site) -> Egna:
    """Give the roles that a thing names; a requirement's are those of what meets it."""

    def egna(sak: Ting) -> set[str]:
        if isinstance(sak, Krav):
            return set(site.täckning[sak.id].ansvariga)
        return {m.till.id for m in site.plan.från.get(sak.nyckel, ()) if m.till.slag == "roll"}

    return egna


def _law(plan: Plan) -> Egna:
    """Give the statutes that a thing names, itself or by a provision."""

    def egna(sak: Ting) -> set[str]:
        named = (m.till for m in plan.från.get(sak.nyckel, ()))
        return {
            law.författning if isinstance(law, Lagrum) else law.id
            for law in (*named, sak)
            if isinstance(law, Lagrum | Författning)
        }

    return egna
