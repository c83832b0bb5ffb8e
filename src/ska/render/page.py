"""A thing to its page: Markdown headings around HTML blocks from autoescaping templates.

The Markdown is what any static site generator can build; see `rich.py` for the texts in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from typing import Any, Final

import jinja2
from markupsafe import Markup

from ska.ansvar import Ansvar, ansvar, egna_sidor
from ska.model import SAMLINGAR, Plan
from ska.render import (
    calendar,
    charts,
    headings,
    indikatorbild,
    indikatorer,
    rich,
    staplar,
    systemet,
    words,
)
from ska.render.addresses import (
    MIXED,
    ORGANISATION,
    SLAG,
    SYSTEM,
    Slagord,
    address,
    relative,
    source_path,
    unit_address,
)
from ska.render.aret import Året, Årsdata
from ska.render.relations import mentioned_by
from ska.ting import (
    EJ_ANGIVET,
    HÖG_RISK,
    Aktivitet,
    Begrepp,
    Budget,
    Delplan,
    Enhet,
    Författning,
    Indikator,
    Kapitel,
    Kommunmål,
    Källa,
    Källdel,
    Källställe,
    Lagrum,
    Metod,
    Mål,
    Roll,
    Rutin,
    Steg,
    Ting,
    Verksamhet,
    Årshjul,
)

_TEMPLATES: Final = {
    "plan": "plan.md",
    "årshjul": "arshjul.md",
    "kapitel": "kapitel.md",
    "utgåva": "utgava.md",
    "nämnd": "organisation.md",
    "förvaltning": "organisation.md",
    "verksamhet": "organisation.md",
    "utförare": "organisation.md",
    "avdelning": "avdelning.md",
    "enhet": "enhet.md",
    "roll": "roll.md",
    "aktivitet": "aktivitet.md",
    "delplan": "delplan.md",
    "metod": "metod.md",
    "rutin": "rutin.md",
    "författning": "forfattning.md",
    "lagrum": "lagrum.md",
    "begrepp": "begrepp.md",
    "källa": "kalla.md",
    "indikator": "indikator.md",
    "internkontroll": "internkontroll.md",
    "avvikelser": "avvikelser.md",
    "budget": "budget.md",
    "planering": "planering.md",
    "uppdrag": "uppdrag.md",
    **dict.fromkeys(
        (
            "målområde",
            "kommunmål",
            "mål",
            "risk",
            "kontrollmoment",
            "krav",
            "undantag",
            "upphört",
        ),
        "sak.md",
    ),
}
STATUS: Final = {
    "gällande": "Gäller",
    "återgiven": "Återgiven ur källa",
    "utkast": "Utkast",
    "upphörd": "Gäller inte",
}
#: How much of a manifest stands on each page: enough to compare with the minutes, short enough to
#: read out. The edition's own page has the whole.
_KORT: Final = 12
PLANSTATUS: Final = {
    "utkast": "Utkast",
    "remiss": "På remiss",
    "förslag": "Förslag till nämnden",
    "beslutad": "Beslutad",
    "återgivning": "Återgivning",
    "upphävd": "Upphävd",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it goes, what search and tabs call it, its Markdown, its source in plan/."""

    path: str
    title: str
    description: str
    marked: str  # see ska.render.headings
    file: str = ""
    line: int = 1
    keywords: tuple[str, ...] = ()
    way: tuple[str, ...] = ()  # addresses of the lists above it, for the menu
    wide: bool = False  # without the list of headings beside it

    @property
    def body(self) -> str:
        """Its Markdown."""
        return headings.plain(self.marked)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site is told from outside: the day, where its files can be changed, its address."""

    today: date
    repository: str = ""
    branch: str = "main"
    address: str = ""


class Site:
    """A plan with what its pages share."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        """Work out once what every page needs."""
        self.plan = plan
        self.settings = settings
        first, last = plan.ram.gäller_från.year, plan.ram.gäller_till.year
        self.meanings = rich.meanings(plan.begrepp.values(), first, last)
        self.undantag: dict[tuple[str, str], list[Ting]] = {}
        for exception in plan.undantag.values():
            self.undantag.setdefault((exception.sakslag, exception.sak), []).append(exception)
        self.helhet = {
            part.nyckel: ting for ting in plan.ting() for part in plan.inuti.get(ting.nyckel, ())
        }
        terms = {entry.term: address(entry) for entry in plan.begrepp.values()}
        self.explainer = rich.Explainer(self.meanings, terms)

    @cached_property
    def kalendrar(self) -> dict[tuple[str, str], str]:
        """Where each thing's calendar is, for those that hold anything."""
        return calendar.addresses(self.plan)

    @cached_property
    def årsdata(self) -> Årsdata:
        """What the pages share of the year."""
        return Årsdata(self.plan)

    @cached_property
    def enhetssidor(self) -> dict[str, dict[str, Ansvar]]:
        """Role, unit -> what is the role's there: the pages of a role in a unit."""
        return {id: egna_sidor(self.plan, roll) for id, roll in self.plan.roller.items()}

    @cached_property
    def passed(self) -> bool:
        """Tell whether the plan's period is over on the day of the build."""
        return self.settings.today > self.plan.ram.gäller_till

    def gällde(self, ting: Ting) -> str:
        """Word the years of a goal, or of an indicator's goal, that ended before the plan began."""
        mål = self.helhet.get(ting.nyckel) if isinstance(ting, Indikator) else ting
        if not isinstance(mål, Mål | Kommunmål) or mål.gäller_till is None:
            return ""
        past = mål.gäller_till < self.plan.ram.gäller_från.year
        return words.åren(mål.gäller_från, mål.gäller_till) if past else ""

    @cached_property
    def edition_words(self) -> str:
        """Say which edition this is, whether it holds, and where the original is."""
        ram = self.plan.ram
        edition = self.plan.utgåvor[ram.utgåva]
        period = words.period(ram.gäller_från, ram.gäller_till)
        parts = [f"Utgåva: {edition.titel}, {period}."]
        if ram.periodens_grund:
            parts.append("Källan anger ingen tid; perioden är vår läsning.")
        if self.passed:
            parts.append("Perioden har passerat.")
        if ram.status == "återgivning":
            parts.append(
                "Återgiven med egna ord; originalet är den beslutade planen med nämndens protokoll."
            )
        elif edition.manifest:
            parts.append(f"Manifest: {edition.manifest.sha256[:_KORT]}.")
        return " ".join(parts)

    def file_address(self, file: str, line: int) -> str:
        """Give the address where a file can be read and changed; empty when none is set."""
        base = self.settings.repository.rstrip("/")
        return f"{base}/blob/{self.settings.branch}/{file}#L{line}" if base else ""


class Sida:
    """What a template may say about one page: links, names and texts."""

    def __init__(self, site: Site, at: str, ting: Ting | None = None) -> None:
        self.site = site
        self.plan = site.plan
        self.at = at
        self._ting = ting
        text = site.explainer.page(at)
        self.rik, self.rad, self.ord = text.rik, text.rad, text.ord
        self.rubrik = rich.heading
        self.utgåva_ord = site.edition_words
        self.planstatus = PLANSTATUS[site.plan.ram.status]
        self.år = site.plan.årshjul.år
        self.period = words.period(site.plan.ram.gäller_från, site.plan.ram.gäller_till)
        self._places: dict[tuple[str, str], int] = {}

    def mall(self, name: str) -> jinja2.Template:
        """Give a template to those who cannot import this module, since it imports them."""
        return template(name)

    # Where things are

    def länk(self, target: str) -> str:
        """Lead to an address from the site's root."""
        return relative(target, self.at)

    def adress(self, target: str) -> str:
        """Give the whole address of something on the site, or as much of it as is known."""
        return f"{self.site.settings.address.rstrip('/')}/{target}"

    def till(self, ting: Ting) -> str:
        """Lead to a thing's page."""
        return relative(address(ting), self.at)

    def ting(self, slag: str, id: str) -> Ting:
        """Look a thing up by id and kind, or by one of the groups that a field may mix."""
        for kind in MIXED.get(slag, (slag,)):
            found: Ting | None = getattr(self.plan, SAMLINGAR[kind]).get(id)
            if found is not None:
                return found
        raise KeyError(slag, id)

    def finns(self, slag: str, id: str) -> bool:
        """Tell whether the plan holds a thing that may since have been taken away."""
        return id in getattr(self.plan, SAMLINGAR[slag])

    @property
    def väg(self) -> list[tuple[str, str]]:
        """The lists above this page, from the start page on: name and address from the root."""
        steps = [("Start", "")]
        if self._ting is not None and (slag := self._ting.slag) not in ("plan", "årshjul"):
            if slag in ORGANISATION:
                steps.append(("Organisation", "organisation/"))
            if slag == "upphört":
                steps.append(("Utgåvor", "utgavor/"))
            if slag in SYSTEM:
                steps.append(("Mål och styrning", "styrning/"))
            if slag in ("lagrum", "författning"):
                steps.append(("Lagar", "lagar/"))
            else:
                steps.append((_list_name(slag), f"{SLAG[slag].mapp}/"))
        return steps

    @property
    def stig(self) -> list[tuple[str, str]]:
        """The same, with links."""
        return [(name, self.länk(target)) for name, target in self.väg]

    # Whose page it is

    @property
    def ting_här(self) -> Ting | None:
        """The thing whose page this is; none on a page about many."""
        return self._ting

    @cached_property
    def året(self) -> Året:
        """What the page may say about the year."""
        return Året(self)

    @property
    def slagord(self) -> Slagord:
        """The words for this page's kind."""
        return SLAG[self._ting.slag if self._ting else "plan"]

    @property
    def slag(self) -> str:
        """This page's kind."""
        return self._ting.slag if self._ting else ""

    @property
    def fil(self) -> str:
        """The file where the thing stands."""
        return self._ting.where().file if self._ting else ""

    @property
    def rad_nr(self) -> int:
        """The line where the thing begins."""
        return self._ting.where().line if self._ting else 1

    @property
    def fil_adress(self) -> str:
        """Where the file can be changed."""
        return self.site.file_address(self.fil, self.rad_nr)

    @property
    def kalender(self) -> str:
        """Where the thing's calendar is, or empty.

        The wheel's is the board's; that of a line of work that is all of its administration is
        the administration's.
        """
        if self._ting is None:
            return ""
        key = self._ting.nyckel
        if isinstance(self._ting, Årshjul):
            key = ("nämnd", self.plan.ram.nämnd)
        if isinstance(self._ting, Verksamhet):
            home = self._ting.förvaltning
            alone = [v for v in self.plan.verksamheter.values() if v.förvaltning == home]
            key = ("förvaltning", home) if len(alone) == 1 else key
        at = self.site.kalendrar.get(key)
        return self.länk(at) if at else ""

    @property
    def nämns_av(self) -> list[tuple[str, list[Ting]]]:
        """What else in the plan mentions the thing."""
        return mentioned_by(self.plan, self._ting) if self._ting else []

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

    # How things are named

    def slag_litet(self, ting: Ting) -> str:
        """Name a thing's kind inside a sentence."""
        return SLAG[ting.slag].en[:1].lower() + SLAG[ting.slag].en[1:]

    def namn(self, ting: Ting) -> str:
        """Name a thing where it is linked: with its paragraph, number or years where it has any."""
        if isinstance(ting, Lagrum):
            statute = self.plan.författningar[ting.författning]
            return f"{statute.namn} {words.paragraf(ting)}: {ting.titel}"
        if isinstance(ting, Författning) and ting.nummer != EJ_ANGIVET:
            # "Skollagen (2010:800)" needs no "(SFS 2010:800)" after it.
            known = ting.nummer.split()[-1] in ting.namn
            return ting.namn if known else f"{ting.namn} ({ting.nummer})"
        # An earlier goal may have the title of one that holds.
        past = self.site.gällde(ting)
        return f"{ting.rubrik} ({past})" if past else ting.rubrik

    def länkar(self, slag: str, ids: Iterable[str], inuti: bool = False) -> Markup:
        """Link to things, joined as Swedish does; `inuti` when they stand inside a sentence."""
        made: list[Markup] = []
        for id in ids:
            thing = self.ting(slag, id)
            name = self.namn(thing)
            if isinstance(thing, Roll | Metod) and (made or inuti):
                name = words.liten(name)
            made.append(Markup('<a href="{}">{}</a>').format(self.till(thing), name))
        return Markup(" och ").join(
            [Markup(", ").join(made[:-1]), made[-1]] if len(made) > 1 else made
        )

    def bredvid(self, ting: Ting) -> str:
        """Say the one thing that helps to choose in a list."""
        match ting:
            case Aktivitet():
                known = ting.rapporteras.typ != EJ_ANGIVET
                return (
                    words.rapporteras(ting.rapporteras)
                    if known
                    else words.genomförs(ting.genomförs)
                )
            case Metod():
                often = words.frekvens(ting.frekvens)
                return "" if often == words.EJ_ANGIVET_ORD else often
            case Rutin():
                return "stomme" if ting.typ == "stomme" else self.status(ting.status).lower()
            case Delplan():
                return ting.nummer
            case Indikator():
                return indikatorer.lägesord(indikatorer.sammanlagt(ting)).lower()
            case _:
                return ""

    def status(self, status: str) -> str:
        """Word a routine's status."""
        return STATUS[status]

    def lagläge(self, ting: Författning | Lagrum) -> str:
        """Say whether a statute or provision is in force, as far as it has been checked."""
        if ting.upphävd:
            return f"Upphävd {words.datum(ting.upphävd)}"
        if isinstance(ting, Lagrum):
            statute = self.plan.författningar[ting.författning]
            if statute.upphävd:
                return f"Upphävd {words.datum(statute.upphävd)}"
        return "Gäller" if ting.kontrollerad != EJ_ANGIVET else "Inte kontrollerad"

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

    # What a routine says about itself

    def giltighet(self, rutin: Rutin) -> list[str]:
        """Say from when a routine holds and when it is due for review, where that is known."""
        parts = []
        if isinstance(rutin.gäller_från, date):
            parts.append(f"Gäller från {words.datum(rutin.gäller_från)}")
        if isinstance(rutin.ses_över_senast, date):
            parts.append(f"Ses över senast {words.datum(rutin.ses_över_senast)}")
        return parts

    def saknas(self, rutin: Rutin) -> str:
        """Say in one line what no source tells about a routine: three such lines are noise."""
        unknown = {
            "vem som äger rutinen": rutin.ägare,
            "från när den gäller": rutin.gäller_från,
            "när den ses över": rutin.ses_över_senast,
        }
        return words.uppräkning([text for text, value in unknown.items() if value == EJ_ANGIVET])

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

    # Where it is said

    def källnr(self, ställe: Källställe) -> int:
        """Number a place in a source the first time this page's text refers to it."""
        return self._places.setdefault((ställe.dokument, ställe.avsnitt), len(self._places) + 1)

    def förteckning(
        self, ställen: Iterable[Källställe]
    ) -> list[tuple[Ting, list[tuple[int, str]]]]:
        """List all places that the page rests on, by document; 0 where the text has no number."""
        numbers = dict(self._places)
        for place in ställen:
            numbers.setdefault((place.dokument, place.avsnitt), 0)
        documents: dict[str, list[tuple[int, str]]] = {}
        for (document, place_), number in numbers.items():
            documents.setdefault(document, []).append((number, place_))
        return [(self.plan.källor[id], places) for id, places in documents.items()]

    # What belongs here

    @property
    def delplaner(self) -> list[Delplan]:
        """The sub-plans in the order of their numbers."""
        return sorted(self.plan.delplaner.values(), key=_in_order)

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
        above = {getattr(self._ting, "avdelning", None), getattr(self._ting, "förvaltning", None)}
        return [r for r in self.plan.rutiner.values() if above.intersection(r.gäller_för)]

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
        things: list[Kapitel | Delplan] = [
            *self.plan.kapitel.values(),
            *self.plan.delplaner.values(),
        ]
        return [(thing.nummer, thing) for thing in sorted(things, key=_in_order)]

    @property
    def grannar(self) -> tuple[Ting | None, Ting | None]:
        """What comes before and after this page when one reads the plan from first to last."""
        order: list[Ting] = [self.plan.ram, *(thing for _, thing in self.läsordning)]
        at = next((i for i, thing in enumerate(order) if thing is self._ting), None)
        if at is None:
            return None, None
        return order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None

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
        listed = {nyckel for part in self._ting.innehåll for nyckel in part.nycklar}
        places: dict[str, dict[tuple[str, str], Ting]] = {}
        for mention in self.plan.till.get(self._ting.nyckel, ()):
            if mention.från.nyckel in listed:
                continue
            document, path = mention.från.spår.document, mention.väg
            place = _at(document.data, (*path[:-1], "avsnitt"))
            places.setdefault(place, {})[mention.från.nyckel] = mention.från
        return [(place, list(things.values())) for place, things in places.items()]

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

    @property
    def innehåll_ord(self) -> str:
        """Say how many parts this page's source document has, and how many are left out."""
        assert isinstance(self._ting, Källa)
        return words.innehåll(self._ting)


def thing_page(site: Site, ting: Ting) -> Page:
    """Render a thing's own page."""
    at = address(ting)
    sida = Sida(site, at, ting)
    body = template(_TEMPLATES[ting.slag]).render(s=sida, ting=ting)
    place = ting.where()
    slag = SLAG[ting.slag].en
    return Page(
        source_path(at), ting.rubrik, f"{slag}: {sida.namn(ting)}", body, place.file, place.line,
        ting.sökord, tuple(target for _, target in sida.väg[1:]), ting.slag == "årshjul",
    )  # fmt: skip


def _as_one(part: Källdel) -> tuple[object, ...]:
    if part.typ == "punkt":
        return (part.finns_i, part.utelämnat)
    return (part.rad,)


def _nobody(steg: Steg) -> bool:
    return steg.roll == EJ_ANGIVET and not steg.utförs_av


def _list_name(slag: str) -> str:
    return {"kapitel": "Planen", "aktivitet": "Årshjulet"}.get(slag, SLAG[slag].flera)


def _in_order(thing: Kapitel | Delplan) -> tuple[int, ...]:
    return tuple(int(part) for part in thing.nummer.split("."))


def _when(aktivitet: Aktivitet) -> tuple[bool, tuple[int, int]]:
    month = aktivitet.rapporteras.månad
    return (month is None, (month.år, month.månad) if month else (0, 0))


def _at(data: Any, path: tuple[str | int, ...]) -> str:
    for part in path:
        data = data[part]
    return str(data)


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ska.render"),
        autoescape=True,
        extensions=[headings.Marking],
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        indikatorer=indikatorer, staplar=staplar, diagram=charts.svg, bild=indikatorbild.bild
    )
    environment.filters.update(
        datum=words.datum,
        angivet=words.angivet,
        månad=words.månad,
        frekvens=words.frekvens,
        säsong=words.säsong,
        rapporteras=words.rapporteras,
        genomförs=words.genomförs,
        inom=words.inom,
        klockan=words.klockan,
        tal=words.tal,
        paragraf=words.paragraf,
        period=systemet.period,
        värde=systemet.värde,
        saknar_analys=systemet.saknar_analys,
        cell=systemet.cell,
        matris=systemet.matris,
        uppräkning=words.uppräkning,
        stor=words.stor,
        liten=words.liten,
        månader=words.månader,
        ascii=_ascii,
    )
    environment.globals["hög"] = HÖG_RISK
    return environment


@cache
def template(name: str) -> jinja2.Template:
    """Load a page's template."""
    return _environment().get_template(name)
