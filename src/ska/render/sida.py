"""What a template may say about one page, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from ska import words
from ska.derived.ansvar import Ansvar, ansvar
from ska.derived.tackning import Täckning
from ska.lag.register import gäller_från, upphävd
from ska.render import systemet
from ska.render.addresses import SLAG, unit_address
from ska.render.gemensamt import in_order, läsordning
from ska.render.grund import Grund
from ska.render.urval import Urval
from ska.render.vilar import Vilande
from ska.ting import (
    EJ_ANGIVET,
    Aktivitet,
    Begrepp,
    Budget,
    Delplan,
    Enhet,
    Författning,
    Källa,
    Källdel,
    Lagrum,
    Länkminne,
    Metod,
    Roll,
    Rutin,
    Steg,
    Ting,
)

#: A source's own page holds no longer table than this.
PÅ_SIDAN: Final = 30
_DOLD: Final = Markup(" hidden")


class Sida(Grund):
    """What a template may say about one page: links, names and texts."""

    def urval(self, saker: Iterable[Ting]) -> Urval:
        """Say how a list of things can be narrowed."""
        return Urval(self.site, saker)

    # How some kinds are worded

    def lagläge(self, ting: Författning | Lagrum) -> str:
        """Say whether a statute or provision is in force on the day of the build."""
        return next(word for first, last, word in self.lagtider(ting) if self._nu(first, last))

    def upphävd(self, ting: Författning | Lagrum) -> str:
        """Say from when a statute or provision is repealed, in words that hold on any day."""
        ceased = upphävd(self.plan, ting)
        return f"upphävd från {words.datum(ceased[0])}" if ceased else ""

    def lagtider(self, ting: Författning | Lagrum) -> list[tuple[date | None, date | None, str]]:
        """Word how a statute or provision stands, from one day until another.

        A page is read long after it was built: it carries all of them, and a script shows the one
        that holds on the reader's day.
        """
        begins, ceased = gäller_från(self.plan, ting), upphävd(self.plan, ting)
        end = ceased[0] if ceased else None
        now = "Gäller" if ting.kontrollerad != EJ_ANGIVET else "Inte kontrollerad"
        times: list[tuple[date | None, date | None, str]] = []
        if begins:
            times.append((None, begins, f"Gäller från {words.datum(begins)}"))
        times.append((begins, end, f"Upphör {words.datum(end)}" if end else now))
        if end:
            times.append((end, None, f"Upphävd {words.datum(end)}"))
        return times

    def _nu(self, first: date | None, last: date | None) -> bool:
        today = self.site.settings.today
        return (first is None or first <= today) and (last is None or today < last)

    def lagbricka(self, ting: Författning | Lagrum) -> Markup:
        """Mark how a statute or provision stands, for today and for the reader's own day."""
        mark = Markup(
            '<span class="ska-bricka" data-ska-dag data-fran="{}" data-till="{}"{}>{}</span>'
        )
        return Markup(" ").join(
            mark.format(first or "", last or "", "" if self._nu(first, last) else _DOLD, word)
            for first, last, word in self.lagtider(ting)
        )

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

    @property
    def helhet(self) -> Ting | None:
        """What this page's thing is a part of."""
        return self.site.helhet.get(self._ting.nyckel) if self._ting else None

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

    def fält(self, name: str) -> Any:
        """Give a field that the page's thing may have."""
        return getattr(self._ting, name, None)

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

    # Requirements

    @property
    def täckning(self) -> Täckning:
        """What meets this page's requirement."""
        assert self._ting is not None
        return self.site.täckning[self._ting.id]

    @property
    def kraven_här(self) -> list[Täckning]:
        """The requirements that come from this page's provision or statute."""
        mentions = self.plan.till.get(self._ting.nyckel, ()) if self._ting else ()
        own = [m.från.id for m in mentions if m.från.slag == "krav" and m.fält == "lagrum"]
        return [self.site.täckning[id] for id in own]

    @property
    def vilar_här(self) -> list[tuple[str, list[Vilande]]]:
        """What rests on this page's provision or statute, by kind."""
        assert isinstance(self._ting, Författning | Lagrum)
        return self.site.vilande[self._ting.nyckel].grupper

    @property
    def helheten(self) -> Ting | None:
        """The statute of this page's provision, where something cites that as a whole."""
        assert isinstance(self._ting, Författning | Lagrum)
        return self.site.vilande[self._ting.nyckel].helheten

    @property
    def svarar_mot(self) -> list[tuple[Ting, str]]:
        """The requirements that this page's thing meets, each with what lacks."""
        parts = self.fält("uppfyller_delvis") or ()
        whole = [(self.ting("krav", id), "") for id in self.fält("uppfyller") or ()]
        return whole + [(self.ting("krav", part.krav), part.saknas) for part in parts]

    # What a routine says about itself

    def giltighet(self, rutin: Rutin) -> list[tuple[str, Markup | str]]:
        """Say what tells whether a routine holds: since when, whose, reviewed when, for whom."""
        today = self.site.settings.today
        first, last, decided = rutin.gäller_från, rutin.ses_över_senast, rutin.beslutad
        rows: list[tuple[str, Markup | str]] = []
        if isinstance(first, date):
            rows.append(("Gäller sedan" if first <= today else "Gäller från", words.datum(first)))
        if isinstance(decided, date) and decided != first:
            rows.append(("Beslutad", words.datum(decided)))
        if rutin.ändringar:
            changed = max(ändring.datum for ändring in rutin.ändringar)
            rows.append(("Senast ändrad", words.datum(changed)))
        if isinstance(last, date):
            late = ", datumet har passerat" if last < today and _i_bruk(rutin) else ""
            rows.append(("Ses över senast", words.datum(last) + late))
        if rutin.ägare != EJ_ANGIVET:
            rows.append(("Ägare", self.länkar("roll", [rutin.ägare])))
        return [*rows, ("Gäller för", self.länkar("org", rutin.gäller_för))]

    def saknas(self, rutin: Rutin) -> str:
        """Say in one line what no source tells about a routine: three such lines are noise."""
        unknown = {
            "vem som äger rutinen": rutin.ägare,
            "från när den gäller": rutin.gäller_från,
            "när den ses över": rutin.ses_över_senast,
        }
        missing = [text for text, value in unknown.items() if value == EJ_ANGIVET]
        return words.uppräkning(missing, "eller")

    def med_not(self, text: Markup, note: Markup) -> Markup:
        """Put a note last in a text, on its last line."""
        end = Markup("</p>")
        if text.strip().endswith(end):
            return Markup("{} {}</p>").format(text.strip().removesuffix(end), note)
        return Markup("{}<p>{}</p>").format(text, note)

    def vem(self, rutin: Rutin, steg: Steg) -> Markup:
        """Link to who takes a step. Where no step says who, `utan` says it once for all."""
        if steg.roll != EJ_ANGIVET:
            return self.länkar("roll", [steg.roll])
        if steg.utförs_av:
            return self.länkar("org", steg.utförs_av)
        return Markup("") if all(map(_nobody, rutin.steg)) else Markup("Vem: ej angivet")

    def utan(self, rutin: Rutin) -> str:
        """Say what no step of a routine tells: who does it, how fast."""
        it = "stegen" if len(rutin.steg) > 1 else "steget"
        nobody = all(map(_nobody, rutin.steg))
        if not all(step.inom == EJ_ANGIVET for step in rutin.steg):
            return f"Källorna säger inte vem som gör {it}." if nobody else ""
        if nobody:
            return f"Källorna säger varken vem som gör {it} eller hur snabbt."
        return f"Källorna säger inte hur snabbt {it} ska göras."

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

    def frekvens_i(self, metod: Metod, delplan: Delplan) -> str:
        """Word how often a method is used in a sub-plan, where that differs."""
        own = [k.frekvens for k in metod.skillnader if k.delplan == delplan.id and k.frekvens]
        return words.frekvens(own[0] if own else metod.frekvens)

    def utför_i(self, metod: Metod, delplan: Delplan) -> tuple[str, ...]:
        """Give who carries a method out in a sub-plan, where that differs."""
        own = [k.utförs_av for k in metod.skillnader if k.delplan == delplan.id and k.utförs_av]
        return own[0] if own else metod.utförs_av

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

    @property
    def ställen(self) -> list[tuple[str, list[Ting]]]:
        """The places of this page's source document, with what rests on each.

        What the list of the document's parts already leads to is not repeated.
        """
        assert isinstance(self._ting, Källa)
        return self.site.ställen[self._ting.id]

    @property
    def innehåll(self) -> list[tuple[list[Källdel], list[Ting]]]:
        """The parts of this page's source document, with the things that hold them.

        Points in a row that one and the same thing holds go together.
        """
        assert isinstance(self._ting, Källa)
        return [
            (parts, [self.ting(slag, id) for slag, id in parts[0].nycklar])
            for _, group in groupby(self._ting.innehåll, key=_as_one)
            for parts in [list(group)]
        ]

    def lång(self, rader: Sequence[object]) -> bool:
        """Tell whether a table of so many rows stands on pages of its own."""
        return len(rader) > PÅ_SIDAN

    @property
    def innehåll_ord(self) -> str:
        """Say how many parts this page's source document has, and how many are left out."""
        assert isinstance(self._ting, Källa)
        return words.innehåll(self._ting)


def _as_one(part: Källdel) -> tuple[object, ...]:
    if part.typ == "punkt":
        return (part.finns_i, part.utelämnat)
    return (part.rad,)


def _i_bruk(rutin: Rutin) -> bool:
    return rutin.status in ("gällande", "återgiven") and not rutin.ersatt_av


def _nobody(steg: Steg) -> bool:
    return steg.roll == EJ_ANGIVET and not steg.utförs_av


def _when(aktivitet: Aktivitet) -> tuple[bool, tuple[int, int]]:
    month = aktivitet.rapporteras.månad
    return (month is None, (month.år, month.månad) if month else (0, 0))
