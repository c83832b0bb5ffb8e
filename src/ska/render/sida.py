"""What a template may say about one page, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from markupsafe import Markup

from ska import words
from ska.derived.ansvar import Ansvar, ansvar
from ska.derived.skillnader import i_delplan
from ska.render import systemet
from ska.render.addresses import SLAG, unit_address
from ska.render.aret import Året
from ska.render.gemensamt import in_order, läsordning
from ska.render.kallsida import Källsida
from ska.render.lagsida import Lagsida
from ska.render.lists.urval import Urval
from ska.render.rutinsida import Rutinsida
from ska.ting import (
    EJ_ANGIVET,
    Aktivitet,
    Begrepp,
    Budget,
    Delplan,
    Enhet,
    Länkminne,
    Metod,
    Roll,
    Rutin,
    Ting,
)


class Sida(Lagsida, Rutinsida, Källsida):
    """What a template may say about one page: links, names and texts."""

    @cached_property
    def året(self) -> Året:
        """What the page may say about the year."""
        return Året(self)

    def urval(self, saker: Iterable[Ting]) -> Urval:
        """Say how a list of things can be narrowed."""
        return Urval(self.site, saker)

    # How some kinds are worded

    def år_ord(self, ting: Begrepp) -> str:
        """Word the years in which a term has its meaning."""
        first, last = ting.gäller_från, ting.gäller_till
        if first == EJ_ANGIVET and last == EJ_ANGIVET:
            return ""
        if first == EJ_ANGIVET:
            return f"till och med {last}"
        if last == EJ_ANGIVET:
            return f"från {first}"
        return str(first) if first == last else f"{first}–{last}"

    def månadsnamn(self, nummer: int) -> str:
        """Name a month by its number."""
        return words.MÅNADER[nummer - 1]

    def när(self, aktivitet: Aktivitet) -> str:
        """Word when an activity is reported; the wheel's own year goes without saying."""
        month = aktivitet.rapporteras.månad
        if month and month.år == self.år:
            return words.MÅNADER[month.månad - 1]
        return words.rapporteras(aktivitet.rapporteras)

    # The kinds of the larger system, which share a template

    @property
    def fakta(self) -> list[tuple[str, Markup | str]]:
        """What a thing of the larger system says in short."""
        return systemet.facts(self)

    @property
    def kärna(self) -> str:
        """What the thing says first."""
        names = ("kräver", "kontrollerar", "uppdrag", "skäl", "beskrivning")
        said = (self.fält(name) for name in names)
        return next((str(text) for text in said if text and text != EJ_ANGIVET), "")

    @property
    def undantag(self) -> list[Ting]:
        """What the check has found in this thing and someone has accepted for a time."""
        if self._ting is None:
            return []
        return list(self.site.undantag.get(self._ting.nyckel, ()))

    @property
    def delar(self) -> list[tuple[str, list[Ting]]]:
        """The things that stand inside this one, by kind."""
        groups: dict[str, list[Ting]] = {}
        for part in self.plan.inuti.get(self._ting.nyckel, ()) if self._ting else ():
            groups.setdefault(SLAG[part.slag].flera, []).append(part)
        return list(groups.items())

    @property
    def gällde(self) -> str:
        """The years of this page's goal, where they are over."""
        return self.site.gällde(self._ting) if self._ting else ""

    def inuti(self, slag: str) -> list[Ting]:
        """Give the things of a kind that stand inside this one."""
        parts = self.plan.inuti.get(self._ting.nyckel, ()) if self._ting else ()
        return [part for part in parts if part.slag == slag]

    @property
    def fotnoter(self) -> dict[str, int]:
        """The footnotes of this page's table, each once, numbered as they are met."""
        return systemet.footnotes(self._ting) if isinstance(self._ting, Budget) else {}

    @property
    def tabellens_tecken(self) -> str:
        """What the reader must know to read this page's table; empty when nothing."""
        return systemet.legend(self._ting) if isinstance(self._ting, Budget) else ""

    # Whether somebody must look at the thing again

    @property
    def ändrat_under(self) -> list[Ting]:
        """What this page's thing rests on that has changed since somebody looked."""
        found = self.site.granskas.get(self._ting.nyckel) if self._ting else None
        return [one.länk.upp for one in found.länkar] if found else []

    @property
    def granskad(self) -> Länkminne | None:
        """When somebody last looked at this page's thing, and what came of it."""
        return self.site.granskade.get(self._ting.nyckel) if self._ting else None

    # What belongs here

    @property
    def delplaner(self) -> list[Delplan]:
        """The sub-plans in the order of their numbers."""
        return sorted(self.plan.delplaner.values(), key=in_order)

    @property
    def daterade(self) -> list[Aktivitet]:
        """The activities that are reported in a certain month, in the order of the year."""
        dated = [a for a in self.plan.aktiviteter.values() if a.rapporteras.månad]
        return sorted(dated, key=_when)

    @property
    def återkommande(self) -> list[Aktivitet]:
        """The activities that are reported again and again."""
        often = ("varje_sammanträde", "enligt_plan")
        return [a for a in self.plan.aktiviteter.values() if a.rapporteras.typ in often]

    @property
    def utan_rapport(self) -> list[Aktivitet]:
        """The activities that no source says are reported to the board."""
        return [a for a in self.plan.aktiviteter.values() if a.rapporteras.typ == EJ_ANGIVET]

    @property
    def ansvarsroller(self) -> list[Roll]:
        """The roles that answer for something in the wheel."""
        ids = {id for a in self.plan.aktiviteter.values() for id in a.ansvariga}
        return [roll for roll in self.plan.roller.values() if roll.id in ids]

    @property
    def roller_i_ordning(self) -> list[Roll]:
        """All roles, as a reader looks for one."""
        return sorted(self.plan.roller.values(), key=lambda roll: words.ordning(roll.titel))

    def ansvar(self, roll: Roll) -> Ansvar:
        """Everything that is a role's."""
        return ansvar(self.plan, roll)

    def rutiner_för(self, roll: Roll) -> list[tuple[Ting, str, int]]:
        """Lead to the routines that hold where a role is: the place, the way, how many."""
        held = self.site.rutiner_där
        own = [enhet.id for enhet in self.plan.enheter.values() if roll.id in enhet.roller]
        return [
            (self.ting("org", id), self.länk(f"rutiner/?enhet={id}"), held[id])
            for id in dict.fromkeys((*roll.hör_till, *own))
            if held[id]
        ]

    def enhetssidor(self, roll: Roll) -> list[tuple[Enhet, str]]:
        """The units in which a role has a page of its own, with the way there."""
        return [
            (self.plan.enheter[id], self.länk(unit_address(roll, self.plan.enheter[id])))
            for id in self.site.enhetssidor[roll.id]
        ]

    @property
    def metoder_här(self) -> list[Metod]:
        """The methods of the sub-plans that cover this page's unit."""
        assert self._ting is not None
        ids = [
            id
            for mention in self.plan.till.get(self._ting.nyckel, ())
            if isinstance(mention.från, Delplan) and mention.fält == "enheter"
            for id in mention.från.metoder
        ]
        return [self.plan.metoder[id] for id in dict.fromkeys(ids)]

    @property
    def rutiner_ovanifrån(self) -> list[Rutin]:
        """Routines for the whole department or administration that this unit belongs to."""
        above = (getattr(self._ting, "avdelning", None), getattr(self._ting, "förvaltning", None))
        held = dict(pair for id in above for pair in self.site.rutiner_för.get(id or "", ()))
        return [held[place] for place in sorted(held)]

    def säsonger(self, metod: Metod) -> str:
        """Word when in the year a method is used; by part of the organisation where they differ."""
        parts = []
        for season in metod.säsonger:
            names = [self.namn(self.ting("org", id)) for id in season.omfattar]
            who = f"{words.uppräkning(names)}: " if names else ""
            parts.append(who + words.säsong(season))
        return "; ".join(parts)

    def metoder_i(self, delplan: Delplan) -> list[Metod]:
        """Give a sub-plan's methods as they are done there."""
        return [i_delplan(self.plan.metoder[id], delplan) for id in delplan.metoder]

    @property
    def läsordning(self) -> list[tuple[str, Ting]]:
        """Chapters and sub-plans as one reads them from first to last, by their numbers."""
        return [(thing.nummer, thing) for thing in läsordning(self.plan)]

    @property
    def grannar(self) -> tuple[Ting | None, Ting | None]:
        """What comes before and after this page when one reads the plan from first to last."""
        alone = (None, None)
        return self.site.grannar.get(self._ting.nyckel, alone) if self._ting else alone

    @property
    def vidare(self) -> list[Ting]:
        """Where a chapter that only introduces leads on to."""
        title = str(getattr(self._ting, "titel", "")).lower()
        if "årshjul" in title:
            wheel = self.plan.årshjul
            return [wheel, *self.daterade, *self.återkommande, *self.utan_rapport]
        return list(self.delplaner) if "delplan" in title else []


def _when(aktivitet: Aktivitet) -> tuple[bool, tuple[int, int]]:
    month = aktivitet.rapporteras.månad
    return (month is None, (month.år, month.månad) if month else (0, 0))
