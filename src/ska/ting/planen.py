"""The kinds of things that a plan is made of."""

# ruff: noqa: D101 - what a kind means stands in its schema
from __future__ import annotations

from datetime import date
from typing import Literal

from ska.ting.delar import (
    EJ_ANGIVET,
    Del,
    Delvis,
    EjAngivet,
    Frekvens,
    Källställe,
    Motsägelse,
    Månad,
    Nyckel,
    Ting,
    fakta,
)


@fakta
class Punkt(Del):
    id: str
    text: str
    lagrum: tuple[str, ...] = ()


@fakta
class Kapitel(Ting):
    slag = "kapitel"
    nummer: str
    titel: str
    text: str
    punkter: tuple[Punkt, ...] = ()
    nämnder: tuple[str, ...] = ()
    lagrum: tuple[str, ...] = ()


@fakta
class Ram(Ting):
    """The frame of the plan: `plan.yml` without its chapters."""

    slag = "plan"
    format: int
    utgåva: str
    titel: str
    nämnd: str
    status: Literal["utkast", "remiss", "förslag", "beslutad", "återgivning", "upphävd"]
    gäller_från: date
    gäller_till: date
    sammanfattning: str
    periodens_grund: str | None = None


@fakta
class Beslut(Del):
    organ: str
    datum: date | EjAngivet
    paragraf: str
    dnr: str
    justerat: date | EjAngivet
    laga_kraft: date | EjAngivet


@fakta
class Manifest(Del):
    version: int
    sha256: str


@fakta
class Redaktionell(Del):
    datum: date
    roll: str
    vad: str
    delegation: str
    sha256: str


@fakta
class Motivering(Del):
    sakslag: str
    sak: str
    skäl: str
    klass: str | None = None  # the schema allows ”materiell” only


@fakta
class Utgåva(Ting):
    slag = "utgåva"
    titel: str
    nämnd: str
    typ: Literal["förslag", "beslutad", "återgivning", "känd"]
    gäller_från: date | EjAngivet
    gäller_till: date | EjAngivet
    beslut: Beslut
    version: str | None = None
    remiss_från: date | None = None
    remiss_till: date | None = None
    förslag: date | None = None
    upphävd: date | None = None
    manifest: Manifest | None = None
    redaktionella: tuple[Redaktionell, ...] = ()
    motiveringar: tuple[Motivering, ...] = ()
    anmärkning: str | None = None


@fakta
class Nämnd(Ting):
    slag = "nämnd"
    namn: str
    beskrivning: str


@fakta
class Förvaltning(Ting):
    slag = "förvaltning"
    namn: str
    beskrivning: str
    nämnd: str | None = None


@fakta
class Verksamhet(Ting):
    slag = "verksamhet"
    namn: str
    kortnamn: str
    förvaltning: str
    beskrivning: str


@fakta
class Avdelning(Ting):
    slag = "avdelning"
    namn: str
    förvaltning: str
    beskrivning: str
    uppdrag: str
    roller: tuple[str, ...] = ()
    lagrum: tuple[str, ...] = ()


@fakta
class Enhet(Ting):
    slag = "enhet"
    namn: str
    förvaltning: str
    uppdrag: str
    avdelning: str | None = None
    roller: tuple[str, ...] = ()


@fakta
class Utförare(Ting):
    slag = "utförare"
    namn: str
    typ: Literal["egenregi", "auktoriserad"]
    beskrivning: str
    förvaltning: str | None = None


@fakta
class Roll(Ting):
    slag = "roll"
    titel: str
    beskrivning: str
    hör_till: tuple[str, ...] = ()


@fakta
class Avvikande(Del):
    verksamhet: str
    månader: tuple[Månad, ...]
    källor: tuple[Källställe, ...]


@fakta
class Rapporteras(Del):
    typ: Literal["månad", "varje_sammanträde", "enligt_plan", "ej_angivet"]
    månad: Månad | None = None
    plan: str | None = None
    avvikande: tuple[Avvikande, ...] = ()


@fakta
class Genomförs(Del):
    typ: Literal["period", "löpande", "återkommande", "ej_angivet"]
    från: Månad | None = None
    till: Månad | None = None
    år: int | None = None


@fakta
class Aktivitet(Ting):
    slag = "aktivitet"
    titel: str
    rapporteras: Rapporteras
    genomförs: Genomförs
    verksamheter: tuple[str, ...]
    ansvariga: tuple[str, ...] = ()
    utförs_av: tuple[str, ...] = ()
    metoder: tuple[str, ...] = ()
    lagrum: tuple[str, ...] = ()
    uppfyller: tuple[str, ...] = ()
    uppfyller_delvis: tuple[Delvis, ...] = ()
    anmärkning: str | None = None


@fakta
class Sammanträdestid(Del):
    börjar: str
    slutar: str


@fakta
class Årshjul(Ting):
    """The wheel itself; its activities are things of their own."""

    slag = "årshjul"
    år: int
    nämnd: str
    titel: str
    sammanträden: tuple[date, ...] | EjAngivet
    sammanträdestid: Sammanträdestid | None = None
    anmärkning: str | None = None


@fakta
class Avsnitt(Del):
    id: str
    titel: str
    text: str
    källor: tuple[Källställe, ...]
    lagrum: tuple[str, ...] = ()
    motsägelser: tuple[Motsägelse, ...] = ()


@fakta
class Forum(Del):
    titel: str
    nivå: str
    säger: str
    frekvens: Frekvens
    källor: tuple[Källställe, ...]
    metod: str | None = None


@fakta
class Delplan(Ting):
    slag = "delplan"
    nummer: str
    titel: str
    sammanfattning: str
    verksamheter: tuple[str, ...]
    avsnitt: tuple[Avsnitt, ...]
    metoder: tuple[str, ...]
    avdelningar: tuple[str, ...] = ()
    enheter: tuple[str, ...] = ()
    utförare: tuple[str, ...] = ()
    forum: tuple[Forum, ...] = ()
    lagrum: tuple[str, ...] = ()


@fakta
class Säsong(Del):
    omfattar: tuple[str, ...] = ()
    årstid: str | None = None
    månader: tuple[str, ...] = ()
    längd: str | None = None


@fakta
class Återkoppling(Del):
    hur: str
    frekvens: Frekvens
    källor: tuple[Källställe, ...]


@fakta
class Skillnad(Del):
    delplan: str
    vad: str
    källor: tuple[Källställe, ...]
    frekvens: Frekvens | None = None
    utförs_av: tuple[str, ...] = ()
    ansvariga: tuple[str, ...] = ()


@fakta
class Metod(Ting):
    slag = "metod"
    titel: str
    syfte: str
    gör: str
    frekvens: Frekvens
    kvalitetsområde: str
    förbättringssteg: str
    kallas_också: tuple[str, ...] = ()
    säsonger: tuple[Säsong, ...] = ()
    ansvariga: tuple[str, ...] = ()
    utförs_av: tuple[str, ...] = ()
    deltar: tuple[str, ...] = ()
    omfattar: tuple[str, ...] = ()
    stödjer: tuple[str, ...] = ()
    återkoppling: Återkoppling | None = None
    skillnader: tuple[Skillnad, ...] = ()
    lagrum: tuple[str, ...] = ()
    uppfyller: tuple[str, ...] = ()
    uppfyller_delvis: tuple[Delvis, ...] = ()
    anmärkning: str | None = None


@fakta
class Inom(Del):
    antal: int
    enhet: str


@fakta
class Steg(Del):
    roll: str
    utförs_av: tuple[str, ...] = ()
    med: tuple[str, ...] = ()
    gör: str
    inom: Inom | EjAngivet
    källor: tuple[Källställe, ...]


@fakta
class Blankett(Del):
    titel: str
    adress: str | None = None


@fakta
class Ändring(Del):
    datum: date
    vad: str


@fakta
class Rutin(Ting):
    slag = "rutin"
    titel: str
    typ: Literal["fullständig", "stomme"]
    status: Literal["gällande", "återgiven", "utkast", "upphörd"]
    syfte: str
    gäller_för: tuple[str, ...]
    ägare: str
    gäller_från: date | EjAngivet
    ses_över_senast: date | EjAngivet
    beslutad: date | EjAngivet = EJ_ANGIVET
    gäller_inte_när: str | None = None
    metoder: tuple[str, ...] = ()
    aktiviteter: tuple[str, ...] = ()
    lagrum: tuple[str, ...] = ()
    uppfyller: tuple[str, ...] = ()
    uppfyller_delvis: tuple[Delvis, ...] = ()
    steg: tuple[Steg, ...] = ()
    blanketter: tuple[Blankett, ...] = ()
    ändringar: tuple[Ändring, ...] = ()
    ersatt_av: str | None = None
    anmärkning: str | None = None

    @property
    def avslutad(self) -> bool:
        """Tell whether it has ended, or another routine has taken its place."""
        return self.status == "upphörd" or self.ersatt_av is not None


#: How much of what a repealed statute or provision said is found in what came instead.
Ersatt = Literal["helt", "delvis", "inte", "ej_angivet"]


@fakta
class Författning(Ting):
    slag = "författning"
    nummer: str
    namn: str
    beskrivning: str
    gäller_från: date | EjAngivet
    kontrollerad: date | EjAngivet
    kontrollerad_av: str = EJ_ANGIVET
    upphävd: date | None = None
    ersatt_av: str | None = None
    ersatt: Ersatt = EJ_ANGIVET
    anmärkning: str | None = None


@fakta
class Lagrum(Ting):
    slag = "lagrum"
    författning: str
    titel: str
    säger: str
    kontrollerad: date | EjAngivet
    kapitel: str | None = None
    paragraf: str | None = None
    lydelse: str | None = None
    lydelse_från: date | EjAngivet = EJ_ANGIVET
    kontrollerad_av: str = EJ_ANGIVET
    upphävd: date | None = None
    ersatt_av: tuple[str, ...] | EjAngivet = ()
    ersatt: Ersatt = EJ_ANGIVET
    anmärkning: str | None = None


@fakta
class Begrepp(Ting):
    slag = "begrepp"
    term: str
    typ: Literal["förkortning", "begrepp"]
    förklaring: str
    utläses: str | None = None
    gäller_från: int | EjAngivet = EJ_ANGIVET
    gäller_till: int | EjAngivet = EJ_ANGIVET
    avrådda_former: tuple[str, ...] = ()
    se_även: tuple[str, ...] = ()

    @property
    def rubrik(self) -> str:
        """The term, with what it stands for."""
        return f"{self.term} – {self.utläses}" if self.utläses else self.term


@fakta
class Källdel(Del):
    """A heading, table, footnote or the like of a document, and where the plan holds it."""

    rad: int
    typ: Literal["rubrik", "tabell", "fotnot", "figur", "punkt", "stycke", "sidhuvud"]
    text: str
    finns_i: tuple[str, ...] = ()
    utelämnat: str | None = None

    @property
    def nycklar(self) -> tuple[Nyckel, ...]:
        """The kind and id of each thing that holds it."""
        return tuple((slag, id) for slag, _, id in (at.partition("/") for at in self.finns_i))


@fakta
class Källa(Ting):
    slag = "källa"
    titel: str
    utgivare: str
    datum: date | Månad | EjAngivet
    dnr: str
    beskrivning: str
    var: str
    anmärkning: str | None = None
    innehåll: tuple[Källdel, ...] = ()
