"""What a site is told, and what all its pages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from ska import words
from ska.derived import arbetsar
from ska.derived.ansvar import Ansvar, egna_sidor
from ska.derived.tackning import Täckning, täckning
from ska.due import INOM, due
from ska.lankar import avtryck
from ska.model import SAMLINGAR, Plan
from ska.past.chronicle import Sakssteg, sak_för_sak
from ska.past.gathering import Historia, Minne, Utgåvorna, Ändring
from ska.proposal import Förslag
from ska.reads import ALLT, Reads, shared, shared_by_key, shared_by_value, watched
from ska.render import rich
from ska.render.addresses import SLAG, address
from ska.render.arsdata import Årsdata
from ska.render.calendars import calendar
from ska.render.stallen import Ställen, ställen
from ska.render.vilar import Lagens, lagarnas
from ska.render.where import Where
from ska.ting import (
    Aktivitet,
    Delplan,
    Indikator,
    Kapitel,
    Kommunmål,
    Länkminne,
    Mål,
    Nyckel,
    Rutin,
    Ting,
)

#: How much of a manifest stands on each page: enough to compare with the minutes, short enough to
#: read out. The edition's own page has the whole.
_KORT: Final = 12


@dataclass(frozen=True, slots=True)
class Publicerat:
    """A site's place among those that `ska publish` lays out beside each other.

    `mapp` is its folder from their common root. `utgåvor` are the editions that are there, with
    their folders. `i_kraft` are the addresses of the pages of the plan in force.
    """

    mapp: str
    läge: Literal["gällande", "tidigare", "förslag"]
    gällande: str = ""  # the title of the plan on the branch that holds what is in force
    utgåvor: Mapping[str, str] = field(default_factory=dict)
    i_kraft: frozenset[str] = frozenset()

    def adress(self, root: str) -> str:
        """Give the folder's full address; empty where that of the root isn't known."""
        return f"{root.rstrip('/')}/{self.mapp}/" if root else ""

    def väg(self, target: str, page: str) -> str:
        """Lead from a page of this site to `target`, both from their own roots."""
        return "../" * (page.count("/") + self.mapp.count("/") + 1) + target


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site is told from outside.

    The day, where its files can be changed, its own address, and who receives proposals.
    """

    today: date
    repository: str = ""
    branch: str = "main"
    address: str = ""
    förslag_epost: str = ""
    historia: Historia = field(default_factory=Historia)
    publicerat: Publicerat | None = None
    förslag: Förslag | None = None  # only where a proposal is shown before it is decided


def in_order(thing: Kapitel | Delplan) -> tuple[int, ...]:
    """Give the key that sorts by a number of parts: 4.2 before 4.10."""
    return tuple(int(part) for part in thing.nummer.split("."))


def läsordning(plan: Plan) -> list[Kapitel | Delplan]:
    """Give chapters and sub-plans as one reads them from first to last, by their numbers."""
    return sorted([*plan.kapitel.values(), *plan.delplaner.values()], key=in_order)


class Site:
    """A plan with what its pages share."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        """Take the plan. What is read of it is accounted for, so that a page may be kept."""
        self.reads = Reads()
        self.plan = watched(plan, self.reads)
        self.settings = settings

    def saw(self, *things: Ting) -> None:
        """Say that things that somebody already has are read."""
        for ting in things:
            self.reads.saw((SAMLINGAR[ting.slag], ting.id))

    @shared_by_value
    def förkortningar(self) -> tuple[dict[str, str], dict[str, str]]:
        """What each abbreviation stands for in the plan's years, and its own page."""
        first, last = self.plan.ram.gäller_från.year, self.plan.ram.gäller_till.year
        known = rich.meanings(self.plan.begrepp.values(), first, last)
        entries = (entry for entry in self.plan.begrepp.values() if entry.term in known)
        return known, {entry.term: address(entry) for entry in entries}

    @shared
    def explainer(self) -> rich.Explainer:
        """What explains abbreviations on a page."""
        return rich.Explainer(*self.förkortningar)

    @shared_by_key
    def grannar(self) -> dict[Nyckel, tuple[Ting | None, Ting | None]]:
        """What comes before and after each part of the plan, read from first to last."""
        order = [None, self.plan.ram, *läsordning(self.plan), None]
        beside = zip(order, order[1:], order[2:], strict=False)
        return {thing.nyckel: (before, after) for before, thing, after in beside if thing}

    @property
    def historia(self) -> Historia:
        """The plan's whole past; a page about one thing needs no more than `krönika`."""
        self.reads.saw(ALLT)
        return self.settings.historia

    @shared_by_key
    def krönika(self) -> dict[Nyckel, tuple[Sakssteg, ...]]:
        """What became of each thing over the years."""
        return sak_för_sak(self.settings.historia.krönika)

    @shared_by_value
    def minne(self) -> Minne:
        """How much of the past is known."""
        historia = self.settings.historia
        return Minne(historia.brist, historia.krönika.börjar)

    @shared_by_value
    def utgåvorna(self) -> Utgåvorna:
        """What is known of the editions, in short."""
        historia = self.settings.historia
        changed = {
            id: Ändring(one.före, one.rapport.titel, one.rapport.ingress[0])
            for id, one in historia.jämförelser.items()
        }
        return Utgåvorna(historia.brist, historia.oläsliga, historia.saknade, changed)

    @shared_by_key
    def undantag(self) -> dict[tuple[str, str], list[Ting]]:
        """What has been accepted about each thing."""
        found: dict[tuple[str, str], list[Ting]] = {}
        for exception in self.plan.undantag.values():
            found.setdefault((exception.sakslag, exception.sak), []).append(exception)
        return found

    @shared_by_key
    def helhet(self) -> dict[Nyckel, Ting]:
        """What each thing that stands inside another is a part of."""
        return {
            part.nyckel: ting
            for ting in self.plan.ting()
            for part in self.plan.inuti.get(ting.nyckel, ())
        }

    @shared
    def flöden(self) -> tuple[calendar.Flöde, ...]:
        """The calendars, without what the history knows of their changes."""
        return calendar.feeds(self.plan, {})

    @shared_by_key
    def kalendrar(self) -> dict[tuple[str, str], str]:
        """Where each thing's calendar is, for those that hold anything."""
        return calendar.addresses(self.flöden)

    @shared_by_value
    def kalenderlista(self) -> tuple[tuple[str, str], ...]:
        """What each calendar to subscribe to is called, and its address."""
        return tuple(
            (feed.ting.rubrik if feed.ting else feed.namn, feed.adress)
            for feed in self.flöden
            if feed.händelser or not feed.ting
        )

    @shared
    def årsdata(self) -> Årsdata:
        """What the pages share of the year."""
        return Årsdata(self.plan)

    @shared
    def var(self) -> Where:
        """In which units and administrations each thing holds."""
        return Where(self.plan)

    @shared_by_key
    def rutiner_där(self) -> Counter[str]:
        """How many routines hold in each unit, administration and with each who does the work."""
        return Counter(id for rutin in self.plan.rutiner.values() for id in self.var(rutin))

    @shared_by_key
    def rutiner_för(self) -> dict[str, list[tuple[int, Rutin]]]:
        """By what they say they hold for: the routines in use, each with its place in the plan."""
        found: dict[str, list[tuple[int, Rutin]]] = {}
        for place, rutin in enumerate(self.plan.rutiner.values()):
            for id in rutin.gäller_för if not rutin.avslutad else ():
                found.setdefault(id, []).append((place, rutin))
        return found

    @shared_by_key
    def vilande(self) -> dict[Nyckel, Lagens]:
        """What rests on each law and provision."""
        return lagarnas(self.plan)

    @shared_by_key
    def ställen(self) -> dict[str, Ställen]:
        """What rests on each place in each source document."""
        return ställen(self.plan)

    @shared_by_key
    def rollers_år(self) -> dict[str, tuple[Aktivitet, ...]]:
        """What is each role's in the wheel: less of the plan than all that is the role's."""
        return {id: tuple(arbetsar.urval(self.plan, roll)) for id, roll in self.plan.roller.items()}

    @shared_by_key
    def översyner(self) -> Counter[str]:
        """How much each role has to look at, late or soon."""
        found = due(self.plan, self.settings.today, INOM)
        return Counter(översyn.roll for översyn in found if översyn.roll)

    @shared_by_key
    def enhetssidor(self) -> dict[str, dict[str, Ansvar]]:
        """Role, unit -> what is the role's there: the pages of a role in a unit."""
        return {id: egna_sidor(self.plan, roll) for id, roll in self.plan.roller.items()}

    @shared_by_key
    def granskas(self) -> dict[Nyckel, avtryck.Granskas]:
        """What rests on something that has changed since somebody looked."""
        return {one.ting.nyckel: one for one in avtryck.att_granska(self.plan)}

    @shared_by_key
    def granskade(self) -> dict[Nyckel, Länkminne]:
        """When somebody last looked at each thing again."""
        return avtryck.senast_granskad(self.plan)

    @shared_by_key
    def täckning(self) -> dict[str, Täckning]:
        """Requirement -> what meets it on the day of the build; gaps first."""
        found = täckning(self.plan, self.settings.today)
        return {one.krav.id: one for one in found}

    @shared
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

    def rubrik(self, ting: Ting) -> str:
        """Title a thing; an earlier goal may have the title of one that holds."""
        past = self.gällde(ting)
        return f"{ting.rubrik} ({past})" if past and past not in ting.rubrik else ting.rubrik

    @shared_by_key
    def rubriker(self) -> Counter[str]:
        """How many pages have the same title: things, and the lists of them."""
        lists = {word.flera for word in SLAG.values()}
        return Counter([*map(self.rubrik, self.plan.ting()), *lists])

    @shared
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
            parts.append(words.återgiven(edition))
        elif edition.manifest:
            parts.append(f"Manifest: {edition.manifest.sha256[:_KORT]}.")
        return " ".join(parts)

    def file_address(self, file: str, line: int) -> str:
        """Give the address where a file can be read and changed; empty when none is set."""
        base = self.settings.repository.rstrip("/")
        return f"{base}/blob/{self.settings.branch}/{file}#L{line}" if base else ""
