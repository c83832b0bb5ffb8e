"""What a page says of its own past, and the pages with what each edition changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup

from ska import words
from ska.changes.compare import Sort
from ska.changes.formats import html
from ska.changes.report import Rapport
from ska.changes.weight import Klass
from ska.past.chronicle import SENASTE, Sakssteg, identity
from ska.past.gathering import Historia, Minne, Ändring
from ska.render.addresses import address as adress
from ska.render.calendars.ics import TIDSZON
from ska.render.gemensamt import Site
from ska.render.grund import Grund
from ska.ting import Ting, Utgåva

#: How many changes a thing's own page tells of, and in how many lines each.
STEG: Final = 5
RADER: Final = 4
#: Where the feed of decisions and changes is, from the site's root.
FLÖDE: Final = "andringar.atom"
_BRIST: Final = {
    "git": "Historiken syns inte här, för programmet git fanns inte där webbplatsen byggdes.",
    "förråd": "Historiken syns inte här, för webbplatsen är byggd av en kopia utan git.",
    "tomt": "Historiken syns inte här, för inget i planen är sparat i git än.",
}

#: What has come, whether the plan is only retold here: then the thing itself may be far older.
_TILLAGD: Final = {False: "Tillkom.", True: "Lades in i återgivningen."}


class Rad(NamedTuple):
    """One change of a thing: when, in which edition (its id), what became of it, and how."""

    dag: str
    utgåva: str
    vad: str
    rader: tuple[Markup, ...]
    skäl: str
    kvar: int = 0  # how many more lines there are


class Sakhistorik(NamedTuple):
    """A thing's history, newest first, and what the reader must know about what is not in it."""

    rader: tuple[Rad, ...]
    not_: str
    hela: str = ""  # where the rest is

    @property
    def märkt(self) -> bool:
        """Tell whether anything is struck out or underlined."""
        return any("<del>" in said or "<ins>" in said for rad in self.rader for said in rad.rader)


def dag(when: datetime) -> date:
    """Say on which day something was, where the plan is used."""
    return when.astimezone(ZoneInfo(TIDSZON)).date()


def om_sak(s: Grund) -> Sakhistorik | None:
    """Give the history of a page's thing; None where no history was asked for."""
    minne, ting = s.site.minne, s.ting_här
    if minne.brist is None or ting is None:
        return None
    if minne.brist in _BRIST:
        return Sakhistorik((), _BRIST[minne.brist])
    steps = s.site.krönika.get(identity(ting.nyckel), ())
    rader: list[Rad] = []
    gone = False
    for step in steps:
        rader.append(_rad(step, gone, shown=i_förslaget(s.site, step.när)))
        gone = step.sak.sort in (Sort.BORTTAGEN, Sort.ERSATT)
    known = any(step.sak.sort is Sort.TILLAGD for step in steps)
    return Sakhistorik(tuple(reversed(rader)), "" if known else _saknas(minne, bool(rader)))


def läsbar(historia: Historia) -> bool:
    """Tell whether there is any history to show."""
    return historia.brist is not None and historia.brist not in _BRIST


def egen(ting: Ting) -> str:
    """Give the address of the page with the whole of a thing's long history."""
    return f"{adress(ting)}historik/"


def kort(s: Grund, whole: Sakhistorik) -> Sakhistorik:
    """Give what a thing's own page tells of its history: the newest, each in a few lines."""
    ting = s.ting_här
    shown = whole.rader[:STEG]
    cut = any(len(rad.rader) > RADER for rad in shown)
    if ting is None or (shown == whole.rader and not cut):
        return whole
    lines = tuple(
        rad._replace(rader=rad.rader[:RADER], kvar=max(len(rad.rader) - RADER, 0)) for rad in shown
    )
    return Sakhistorik(lines, whole.not_, s.länk(egen(ting)))


def i_förslaget(site: Site, when: datetime) -> bool:
    """Tell whether something came with the proposal that is shown, and so isn't in force."""
    shown = site.settings.förslag
    return shown is not None and shown.bas.när is not None and when > shown.bas.när


def _rad(step: Sakssteg, gone: bool, *, shown: bool) -> Rad:
    sak = step.sak
    vad = {
        Sort.TILLAGD: "Kom tillbaka." if gone else _TILLAGD[step.återgivning],
        Sort.BORTTAGEN: "Togs bort.",
        Sort.ERSATT: f"{sak.rubrik}.",
    }.get(sak.sort, "Ändrades.")
    if step.fanns and sak.sort is Sort.TILLAGD:
        vad = "Fanns redan den här dagen. Vad som stod före den går inte att läsa."
    elif sak.sort is Sort.ÄNDRAD and sak.klass is Klass.REDAKTIONELL:
        vad = "Ändrades redaktionellt."
    if shown or step.förslag:
        vad = f"I {'förslaget' if shown else 'ett förslag'}: {words.liten(vad)}"
    lines = tuple(html(line) for line in sak.rader) if sak.sort is Sort.ÄNDRAD else ()
    return Rad(words.datum(dag(step.när)), step.utgåva, vad, lines, sak.skäl)


def _saknas(minne: Minne, changed: bool) -> str:
    """Say why nothing tells when the thing came."""
    began = minne.börjar
    if began is None:
        return "" if changed else "Det här är inte sparat i git än."
    day = words.datum(dag(began))
    if minne.brist == "början":
        why = f"för kopian som webbplatsen är byggd av har ingen historik från tiden före {day}"
    else:
        why = f"för här visas bara de {SENASTE} senaste gångerna som planen sparades, efter {day}"
    return f"{'Äldre ändringar' if changed else 'Ändringar'} syns inte här, {why}."


# What each edition changed


class Ändrad(NamedTuple):
    """A thing in the report on a page: its heading, why, and each change."""

    rubrik: str
    skäl: str
    rader: tuple[Markup, ...]


def chapters(rapport: Rapport) -> Iterator[tuple[str, tuple[Ändrad, ...]]]:
    """Give the report's chapters as a page shows them."""
    for name, saker in rapport.kapitel:
        yield (
            name,
            tuple(
                Ändrad(
                    sak.rubrik
                    + ("" if sak.klass is Klass.MATERIELL else " (redaktionell ändring)"),
                    sak.skäl,
                    tuple(html(line) for line in sak.rader),
                )
                for sak in saker
            ),
        )


def address(edition: str) -> str:
    """Give the address of the page with what an edition changed."""
    return f"utgavor/{edition}/andringar/"


def länk(s: Grund, edition: Utgåva) -> Markup:
    """Link to what an edition changed; empty where that can't be told."""
    if edition.id not in s.site.utgåvorna.ändringar:
        return Markup("")
    return Markup('<a href="{}">Ändringar</a>').format(s.länk(address(edition.id)))


def flöde(s: Grund) -> str:
    """Lead to the feed from the list of editions; empty on other lists."""
    return s.länk(FLÖDE) if s.at == "utgavor/" else ""


def ändring(s: Grund) -> Ändring | None:
    """Give in short what the page's edition changed, where that can be told."""
    ting = s.ting_här
    return s.site.utgåvorna.ändringar.get(ting.id) if ting else None


def däremellan(s: Grund, edition: Utgåva, before: Utgåva | None) -> str:
    """Name known editions between two compared ones: theirs may be what seems new."""
    since = _from(before) if before else None
    if since is None or not isinstance(edition.gäller_från, date):
        return ""
    titles = [
        f"”{other.titel}”"
        for other in s.plan.utgåvor.values()
        if other.id not in (edition.id, before.id if before else "")
        and isinstance(other.gäller_från, date)
        and since < other.gäller_från < edition.gäller_från
    ]
    if not titles:
        return ""
    which = "Utgåvan" if len(titles) == 1 else "Utgåvorna"
    return (
        f"{which} däremellan, {words.uppräkning(titles)}, finns inte här. "
        "Det som står som nytt kan ha kommit redan där."
    )


def _from(edition: Utgåva) -> date | None:
    """Give the day from which an edition holds, or was decided; None when neither is known."""
    days = (edition.gäller_från, edition.beslut.datum)
    return next((day for day in days if isinstance(day, date)), None)


def innehåll(s: Grund, edition: Utgåva) -> str:
    """Say where an edition can be read; a link where it is published beside this one."""
    published = s.site.settings.publicerat
    if edition.id == s.plan.ram.utgåva:
        return "Den som visas här"
    if published and edition.id in published.utgåvor:
        link = published.väg(f"{published.utgåvor[edition.id]}/", s.at)
        return Markup('<a href="{}">Läs utgåvan</a>').format(link)
    known = s.site.utgåvorna
    if edition.id in known.saknade:
        return "Saknas i historiken"
    if edition.typ in ("beslutad", "återgivning") and known.brist is not None:
        return "I planens historik, visas inte här"
    return "Finns inte här" if edition.typ == "känd" else ""


def saknas(s: Grund) -> str:
    """Name on the list of editions those that should be held and aren't; empty elsewhere."""
    missing = s.site.utgåvorna.saknade if s.at == "utgavor/" else ()
    if not missing:
        return ""
    titles = words.uppräkning([f"”{s.plan.utgåvor[id].titel}”" for id in missing])
    return (
        f"Enligt registret ska innehållet i {titles} finnas i planens historik. "
        "Kopian som webbplatsen är byggd av har det inte."
    )


def utan_jämförelse(s: Grund) -> str:
    """Say why nothing tells what the page's edition changed; empty where nobody asked."""
    known, ting = s.site.utgåvorna, s.ting_här
    if known.brist is None or ting is None:
        return ""
    if ting.id in known.oläsliga:
        return "Innehållet finns i historiken, men dagens program kan inte läsa det."
    if known.brist in _BRIST:
        return _BRIST[known.brist]
    if ting.id == s.plan.ram.utgåva or any(old.före == ting.id for old in known.ändringar.values()):
        return "Innehållet i en tidigare utgåva finns inte här, så det finns inget att jämföra med."
    return ""
