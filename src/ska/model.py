"""The plan: all things, and the mentions that tie them together, read both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ska.problems import Location
from ska.reading.bindning import Bindning
from ska.reading.yaml_source import Path
from ska.ting import (
    Aktivitet,
    Avdelning,
    Avvikelser,
    Begrepp,
    Budget,
    Delplan,
    Enhet,
    Författning,
    Förvaltning,
    Granskning,
    Indikator,
    Internkontroll,
    Kapitel,
    Kommunmål,
    Kontrollmoment,
    Krav,
    Källa,
    Lagrum,
    Metod,
    Mål,
    Målområde,
    Nyckel,
    Nämnd,
    Planering,
    Ram,
    Risk,
    Roll,
    Rutin,
    Tillgänglighet,
    Ting,
    Undantag,
    Uppdrag,
    Upphört,
    Utförare,
    Utgåva,
    Verksamhet,
    Årshjul,
)


class Hänvisning(NamedTuple):
    """One thing's mention of another: `från` names `till` in the field `fält` (at `väg`)."""

    från: Ting
    fält: str
    till: Ting
    väg: Path

    @property
    def plats(self) -> Location:
        """Locate the mention."""
        return self.från.spår.document.where(self.väg)


class Lucka(NamedTuple):
    """A field of a thing whose source says nothing: `ej_angivet`."""

    ting: Ting
    fält: str
    plats: Location


class Text(NamedTuple):
    """A text of a thing: words for a reader, as the schema marks them (`x-rik`, `x-text`)."""

    ting: Ting
    text: str
    väg: Path

    @property
    def fält(self) -> tuple[str, ...]:
        """Name the fields that lead from the thing to the text."""
        inside = self.väg[len(self.ting.spår.path) :]
        return tuple(part for part in inside if isinstance(part, str))

    def plats(self, vid: int | str = 0) -> Location:
        """Locate the text, or an index or an excerpt in it; the file may break its lines."""
        document = self.ting.spår.document
        start = document.where(self.väg)
        index = self.text.find(vid) if isinstance(vid, str) else vid
        if index < 1:
            return start
        lines = document.text.split("\n")[start.line - 1 :]
        rest = lines[0][start.column - 1 :]
        if rest.startswith(("|", ">")):  # the text begins on the next line
            lines[0] = ""
        elif rest.startswith(("'", '"')):
            lines[0] = " " * start.column + rest[1:]
        else:
            lines[0] = " " * (start.column - 1) + rest
        # Folding changes white space only, so the other characters can be counted.
        before = len("".join(self.text[:index].split()))
        for number, line in enumerate(lines):
            for column, character in enumerate(line):
                if not character.isspace():
                    if not before:
                        return Location(start.file, start.line + number, column + 1)
                    before -= 1
        return start


@dataclass(slots=True)
class Texter:
    """The texts of one file, and those in which something has been found, by what was sought."""

    alla: tuple[Text, ...]
    funna: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OkändHänvisning:
    """A mention of something that does not exist."""

    från: Ting
    fält: str
    slag: tuple[str, ...]
    id: str
    plats: Location


@dataclass(frozen=True, slots=True)
class TvetydigHänvisning:
    """A mention whose id is borne by things of several kinds, all of which the field may name."""

    från: Ting
    fält: str
    till: tuple[Ting, ...]
    plats: Location


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Plan:
    """Everything in plan/ at one moment. Built by `loading/build.py`, changed by nobody."""

    ramar: Mapping[str, Ram]
    årshjulen: Mapping[str, Årshjul]
    kapitel: Mapping[str, Kapitel]
    utgåvor: Mapping[str, Utgåva]
    nämnder: Mapping[str, Nämnd]
    förvaltningar: Mapping[str, Förvaltning]
    verksamheter: Mapping[str, Verksamhet]
    avdelningar: Mapping[str, Avdelning]
    enheter: Mapping[str, Enhet]
    utförare: Mapping[str, Utförare]
    roller: Mapping[str, Roll]
    aktiviteter: Mapping[str, Aktivitet]
    delplaner: Mapping[str, Delplan]
    metoder: Mapping[str, Metod]
    rutiner: Mapping[str, Rutin]
    författningar: Mapping[str, Författning]
    lagrum: Mapping[str, Lagrum]
    begrepp: Mapping[str, Begrepp]
    källor: Mapping[str, Källa]
    målområden: Mapping[str, Målområde]
    kommunmål: Mapping[str, Kommunmål]
    indikatorer: Mapping[str, Indikator]
    mål: Mapping[str, Mål]
    uppdrag: Mapping[str, Uppdrag]
    planeringar: Mapping[str, Planering]
    risker: Mapping[str, Risk]
    kontrollmoment: Mapping[str, Kontrollmoment]
    internkontroller: Mapping[str, Internkontroll]
    avvikelser: Mapping[str, Avvikelser]
    budgetar: Mapping[str, Budget]
    krav: Mapping[str, Krav]
    undantag: Mapping[str, Undantag]
    upphörda: Mapping[str, Upphört]
    redogörelser: Mapping[str, Tillgänglighet]
    hänvisningar: tuple[Hänvisning, ...]
    okända: tuple[OkändHänvisning, ...]
    tvetydiga: tuple[TvetydigHänvisning, ...]
    luckor: tuple[Lucka, ...]
    texter: tuple[Text, ...]
    dubbletter: tuple[tuple[Ting, Ting], ...]
    inuti: Mapping[Nyckel, tuple[Ting, ...]]
    till: Mapping[Nyckel, tuple[Hänvisning, ...]]
    från: Mapping[Nyckel, tuple[Hänvisning, ...]]
    #: What was seen of what each thing rests on; and, by kind, what the schemas say rests on what.
    granskningar: tuple[Granskning, ...] = ()
    bindningar: Mapping[str, Bindning] = field(default_factory=dict)
    #: The texts again, file by file: `once.texts_with` seeks in each file once.
    filers_texter: tuple[Texter, ...] = field(default=(), repr=False, compare=False)

    @property
    def ram(self) -> Ram:
        """The plan's frame: edition, board, period. The check has seen that there is one."""
        return next(iter(self.ramar.values()))

    @property
    def årshjul(self) -> Årshjul:
        """The yearly wheel's own facts. The check has seen that there is one."""
        return next(iter(self.årshjulen.values()))

    def ting(self) -> Iterator[Ting]:
        """Every thing, kind by kind in the order above, within a kind as in the files."""
        for namn in SAMLINGAR.values():
            yield from getattr(self, namn).values()


#: Kind -> the field of `Plan` that holds it; the order in which kinds are shown.
SAMLINGAR: Mapping[str, str] = {
    "plan": "ramar",
    "årshjul": "årshjulen",
    "kapitel": "kapitel",
    "utgåva": "utgåvor",
    "nämnd": "nämnder",
    "förvaltning": "förvaltningar",
    "verksamhet": "verksamheter",
    "avdelning": "avdelningar",
    "enhet": "enheter",
    "utförare": "utförare",
    "roll": "roller",
    "aktivitet": "aktiviteter",
    "delplan": "delplaner",
    "metod": "metoder",
    "rutin": "rutiner",
    "författning": "författningar",
    "lagrum": "lagrum",
    "begrepp": "begrepp",
    "källa": "källor",
    "målområde": "målområden",
    "kommunmål": "kommunmål",
    "indikator": "indikatorer",
    "mål": "mål",
    "uppdrag": "uppdrag",
    "planering": "planeringar",
    "risk": "risker",
    "kontrollmoment": "kontrollmoment",
    "internkontroll": "internkontroller",
    "avvikelser": "avvikelser",
    "budget": "budgetar",
    "krav": "krav",
    "undantag": "undantag",
    "upphört": "upphörda",
    "tillgänglighet": "redogörelser",
}
