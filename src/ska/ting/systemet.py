"""The kinds of the larger quality system: goals, control, deviations, money, requirements."""

# ruff: noqa: D101 - what a kind means stands in its schema
from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

from ska.ting.delar import (
    EJ_ANGIVET,
    Del,
    Delvis,
    EjAngivet,
    Källställe,
    Motsägelse,
    Månad,
    Svar,
    Tillstånd,
    Ting,
    fakta,
)
from ska.ting.planen import Beslut


@fakta
class Målområde(Ting):
    slag = "målområde"
    titel: str
    beskrivning: str


@fakta
class Kommunmål(Ting):
    slag = "kommunmål"
    titel: str
    målområde: str
    beskrivning: str
    gäller_från: int | None = None
    gäller_till: int | None = None
    anmärkning: str | None = None


@fakta
class Period(Del):
    typ: Literal["helår", "till_och_med", "månad", "per_dag"]
    år: int
    månad: str | None = None
    dag: date | None = None


@fakta
class Värde(Del):
    typ: Literal["utfall", "mål"]
    period: Period
    indelning: str | None = None
    grupp: str | None = None
    inom: str | None = None
    relation: Literal[
        "lika", "minst", "högst", "över", "under", "ökar", "minskar", "ej_öka", "stabiliseras",
        "inga_skillnader",
    ] = "lika"  # fmt: skip
    tal: Decimal | None = None
    text: str | None = None
    tillstånd: Tillstånd = "angivet"
    fotnot: str | None = None
    källor: tuple[Källställe, ...] = ()


@fakta
class Indikator(Ting):
    slag = "indikator"
    titel: str
    mäts_i: str
    riktning: Literal["högre", "lägre", "oförändrat", "ej_angivet"]
    helhet: Literal["medelvärde", "summa", "ingen"]
    värden: tuple[Värde, ...]
    ackumulerat: Literal["ja", "nej"] = "nej"
    källsystem: str | None = None
    metoder: tuple[str, ...] = ()
    obligatorisk: Literal["ja", "nej"] = "nej"
    avser: tuple[str, ...] = ()
    ersatt_av: str | None = None
    orsak: str | None = None
    analys: str | None = None
    åtgärd: str | None = None
    anmärkning: str | None = None


@fakta
class Mål(Ting):
    slag = "mål"
    titel: str
    nämnd: str
    kommunmål: str
    gäller_från: int
    beskrivning: str
    målområden: tuple[str, ...] = ()
    beslutat_av: str | None = None
    gäller_till: int | None = None
    ersatt_av: str | None = None
    anmärkning: str | None = None


@fakta
class Uppdrag(Ting):
    slag = "uppdrag"
    titel: str
    typ: Literal["strategiskt", "nämnd"]
    nämnder: tuple[str, ...]
    uppdrag: str
    status: Literal["pågår", "klart", "avbrutet", "ej_angivet"]
    omfattning: Literal["kommungemensamt", "nämndspecifikt"] | None = None
    år: int | None = None
    mål: tuple[str, ...] = ()
    genomförande: str | None = None
    lagrum: tuple[str, ...] = ()
    besvaras_av: Svar | None = None
    anmärkning: str | None = None


@fakta
class Planeringspunkt(Del):
    id: str
    text: str
    lagrum: tuple[str, ...] = ()
    titel: str | None = None
    status: Literal["planerat", "pågår", "klart"] | None = None
    besvaras_av: Svar | None = None
    uppdrag: tuple[str, ...] = ()


@fakta
class Planering(Ting):
    """A section of the board's budget document, point by point."""

    slag = "planering"
    titel: str
    nämnd: str
    år: int
    typ: Literal[
        "beslut", "uppgifter", "styrning", "prioriteringar", "styrdokument", "principer",
        "förutsättningar", "utvecklingsområden", "uppföljning", "lokaler", "digitalisering",
    ]  # fmt: skip
    beskrivning: str
    beslut: Beslut | None = None
    punkter: tuple[Planeringspunkt, ...] = ()
    anmärkning: str | None = None


#: From this risk value on, of at most 25, a risk is high.
HÖG_RISK: Final = 12


@fakta
class Kontrollmål(Del):
    id: str
    text: str


@fakta
class Antagen(Del):
    datum: date | Månad | EjAngivet
    paragraf: str
    dnr: str


@fakta
class Processteg(Del):
    id: str
    titel: str
    text: str
    källor: tuple[Källställe, ...]
    aktiviteter: tuple[str, ...] = ()
    rutiner: tuple[str, ...] = ()


@fakta
class Risk(Ting):
    slag = "risk"
    titel: str
    beskrivning: str
    sannolikhet: int | EjAngivet
    konsekvens: int | EjAngivet
    riskvärde: int | EjAngivet
    accepterad: str | None = None
    rutiner: tuple[str, ...] = ()

    @property
    def värde(self) -> int:
        """The stated value, else probability times consequence; 0 when neither is known."""
        if isinstance(self.riskvärde, int):
            return self.riskvärde
        if isinstance(self.sannolikhet, int) and isinstance(self.konsekvens, int):
            return self.sannolikhet * self.konsekvens
        return 0

    @property
    def hög(self) -> bool:
        """Tell whether the risk is high."""
        return self.värde >= HÖG_RISK


@fakta
class Kontrollmoment(Ting):
    slag = "kontrollmoment"
    titel: str
    kontrollerar: str
    hur: str
    när: str
    roll: str
    risker: tuple[str, ...] = ()
    rutiner: tuple[str, ...] = ()
    aktiviteter: tuple[str, ...] = ()
    avser: tuple[str, ...] = ()
    lagrum: tuple[str, ...] = ()
    uppfyller: tuple[str, ...] = ()
    uppfyller_delvis: tuple[Delvis, ...] = ()
    resultat: str | None = None
    anmärkning: str | None = None


@fakta
class Internkontroll(Ting):
    """A year's control plan; its risks and controls are things of their own."""

    slag = "internkontroll"
    titel: str
    nämnd: str
    år: int
    beskrivning: str
    antagen: Antagen | None = None
    mål: tuple[Kontrollmål, ...] = ()
    process: tuple[Processteg, ...] = ()
    anmärkning: str | None = None


@fakta
class Post(Del):
    titel: str
    antal: int | EjAngivet
    källor: tuple[Källställe, ...]
    text: str | None = None


@fakta
class Räkning(Del):
    id: str
    titel: str
    räknar: Literal["avvikelser", "noteringar", "klagomål", "synpunkter", "lex_sarah"]
    handlar_om: Literal["händelser", "personer"]
    antal: int | EjAngivet
    källor: tuple[Källställe, ...]
    gäller: tuple[str, ...] = ()
    året_före: int | EjAngivet = EJ_ANGIVET
    poster: tuple[Post, ...] = ()
    text: str | None = None
    rutiner: tuple[str, ...] = ()
    motsägelser: tuple[Motsägelse, ...] = ()


@fakta
class Åtgärd(Del):
    id: str
    text: str
    källor: tuple[Källställe, ...]
    gäller: tuple[str, ...] = ()
    rutiner: tuple[str, ...] = ()


@fakta
class Avvikelser(Ting):
    """A year's report."""

    slag = "avvikelser"
    titel: str
    år: int
    nämnd: str
    beskrivning: str
    räkningar: tuple[Räkning, ...]
    aktivitet: str | None = None
    utgåva: str | None = None
    begrepp: tuple[str, ...] = ()
    lagrum: tuple[str, ...] = ()
    analys: str | None = None
    åtgärder: tuple[Åtgärd, ...] = ()
    anmärkning: str | None = None


#: What a table's numbers are counted in.
Mått = Literal["mnkr", "tkr", "kronor", "antal", "procent"]


@fakta
class Kolumn(Del):
    id: str
    titel: str
    typ: Literal["utfall", "budget", "plan"]
    år: int
    månad: str | None = None
    fotnot: str | None = None


@fakta
class Cell(Del):
    kolumn: str
    tal: Decimal | None = None
    tillstånd: Tillstånd = "angivet"
    fotnot: str | None = None


@fakta
class Budgetrad(Del):
    id: str
    titel: str
    värden: tuple[Cell, ...]
    källor: tuple[Källställe, ...]
    räknas_i: Mått | None = None
    delar: tuple[str, ...] = ()
    andra_delar: tuple[str, ...] = ()
    ingår_i: str | None = None
    fotnot: str | None = None
    motsägelser: tuple[Motsägelse, ...] = ()


@fakta
class Budget(Ting):
    """A table of money or volumes."""

    slag = "budget"
    titel: str
    nämnd: str
    typ: Literal["drift", "investering", "ram", "volym", "personal"]
    räknas_i: Mått
    kolumner: tuple[Kolumn, ...]
    rader: tuple[Budgetrad, ...]
    beskrivning: str | None = None
    anmärkning: str | None = None


@fakta
class Krav(Ting):
    slag = "krav"
    titel: str
    lagrum: str
    kräver: str
    tidigare_lagrum: tuple[str, ...] = ()
    gäller_för: tuple[str, ...] = ()
    gäller_från: date | None = None
    anmärkning: str | None = None


@fakta
class Undantag(Ting):
    slag = "undantag"
    titel: str
    regel: str
    sakslag: str
    sak: str
    skäl: str
    godtaget_av: str
    gäller_till: date


@fakta
class Prövning(Del):
    titel: str
    hur: str


@fakta
class Brist(Del):
    titel: str
    beskrivning: str
    skäl: Literal["inte_uppfyllt", "inte_prövat", "betungande", "omfattas_inte"]
    åtgärd: str | EjAngivet


@fakta
class Tillgänglighet(Ting):
    """The accessibility statement of the site."""

    slag = "tillgänglighet"
    titel: str
    gäller: str
    nämnd: str
    lag: str
    krav: str
    efterlevnad: Literal["helt", "delvis", "inte"]
    prövningar: tuple[Prövning, ...]
    bedömd: date
    bedöms_senast: date
    kontakt: str | EjAngivet
    tillsyn: str | EjAngivet
    brister: tuple[Brist, ...] = ()
    ändrad: date | None = None


@fakta
class Upphört(Ting):
    slag = "upphört"
    titel: str
    sakslag: str
    sak: str
    utgåva: str
    skäl: str
    ersatt_av: str | None = None
