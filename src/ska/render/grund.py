"""What a template may say about any page: links, names and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from markupsafe import Markup

from ska import words
from ska.model import SAMLINGAR
from ska.render import indikatorer, rich
from ska.render.addresses import (
    ENSAMMA,
    MIXED,
    ORGANISATION,
    SLAG,
    SYSTEM,
    Slagord,
    address,
    relative,
)
from ska.render.gemensamt import Site
from ska.render.relations import mentioned_by
from ska.ting import (
    EJ_ANGIVET,
    Aktivitet,
    Delplan,
    Författning,
    Indikator,
    Källställe,
    Lagrum,
    Metod,
    Roll,
    Rutin,
    Ting,
    Verksamhet,
    Årshjul,
)

PLANSTATUS: Final = {
    "utkast": "Utkast",
    "remiss": "På remiss",
    "förslag": "Förslag till nämnden",
    "beslutad": "Beslutad",
    "återgivning": "Återgivning",
    "upphävd": "Upphävd",
}


class Grund:
    """What every page can say: where things are, what they are called, where it is said."""

    def __init__(
        self, site: Site, at: str, ting: Ting | None = None, förklarar: bool = True
    ) -> None:
        self.site = site
        self.plan = site.plan
        self.at = at
        self._ting = ting
        text = site.explainer.page(at, förklarar)
        self.rik, self.rad, self.ord = text.rik, text.rad, text.ord
        self.rubrik = rich.heading
        self.utgåva_ord = site.edition_words
        self.planstatus = PLANSTATUS[site.plan.ram.status]
        self.år = site.plan.årshjul.år
        self.period = words.period(site.plan.ram.gäller_från, site.plan.ram.gäller_till)
        self._places: dict[tuple[str, str], int] = {}

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
        if self._ting is not None and (slag := self._ting.slag) not in ENSAMMA:
            if slag in ORGANISATION:
                steps.append(("Organisation", "organisation/"))
            if slag == "upphört":
                steps.append(("Utgåvor", "utgavor/"))
            if slag in SYSTEM and slag != "krav":  # which the menu has beside the laws
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

    @property
    def helhet(self) -> Ting | None:
        """What this page's thing is a part of."""
        return self.site.helhet.get(self._ting.nyckel) if self._ting else None

    def fält(self, name: str) -> Any:
        """Give a field that the page's thing may have."""
        return getattr(self._ting, name, None)

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
        return self._ting.spår.document.file if self._ting else ""

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
        return self.site.rubrik(ting)

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
                if ting.ersatt_av:
                    return "ersatt"
                return "stomme" if ting.typ == "stomme" else self.status(ting.status).lower()
            case Delplan():
                return ting.nummer
            case Indikator():
                return indikatorer.lägesord(indikatorer.sammanlagt(ting)).lower()
            case _:
                return ""

    def samma_läge(self, saker: Sequence[Ting]) -> str:
        """Give the one state that several indicators are all in; empty where they differ."""
        lägen = {self.bredvid(sak) if isinstance(sak, Indikator) else "" for sak in saker}
        return words.stor(lägen.pop()) if len(saker) > 1 and len(lägen) == 1 else ""

    def status(self, status: str) -> str:
        """Word a routine's status."""
        return words.STATUS[status]

    # Where it is said

    def källnr(self, ställe: Källställe) -> int:
        """Number a place in a source the first time this page's text refers to it."""
        return self._places.setdefault((ställe.dokument, ställe.avsnitt), len(self._places) + 1)

    def huvudkälla(self, dokument: str) -> bool:
        """Tell whether this page's thing comes from a document, which then goes without saying."""
        first = next(iter(self._ting.källor), None) if self._ting else None
        return first is not None and first.dokument == dokument

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


def _list_name(slag: str) -> str:
    return {"kapitel": "Planen", "aktivitet": "Årshjulet"}.get(slag, SLAG[slag].flera)
