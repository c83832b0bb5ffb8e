"""Every list of things: of each kind, and of several; and in which part of it a thing stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ska import words
from ska.model import SAMLINGAR
from ska.reads import apart, shared
from ska.render.addresses import ORGANISATION, SLAG, SYSTEM
from ska.render.gemensamt import Site, in_order
from ska.render.lists import indikatorlista
from ska.render.lists.kolumner import LISTOR, SYSTEMETS, länk
from ska.render.lists.listor import Del, Kolumn, Listsida
from ska.render.regelnamn import regelnamn
from ska.ting import (
    Budget,
    Ting,
    Undantag,
    Upphört,
)

#: Lists that the menu names, whatever the plan holds.
_IN_MENU: Final = ("undantag", "upphört")


def _assignments(uppdrag: Any) -> str:
    """Name the group that an assignment is listed in: its year, who gave it, to whom."""
    year = f" {uppdrag.år}" if uppdrag.år else ""
    if uppdrag.typ == "nämnd":
        return f"Nämndens egna uppdrag{year}"
    scope = {"kommungemensamt": ", för alla nämnder", "nämndspecifikt": ", för vissa nämnder"}
    return f"Strategiska utvecklingsuppdrag{year}{scope.get(uppdrag.omfattning, '')}"


#: Kind -> the heading that a thing of it is listed under.
_GROUPED: Final[dict[str, Callable[[Any], str]]] = {
    "uppdrag": _assignments,
    "planering": lambda planering: f"Internbudgeten {planering.år}",
    "budget": lambda budget: f"Budgeten {_year(budget)}",
    "undantag": lambda undantag: regelnamn(undantag.regel),
    "upphört": lambda upphört: SLAG[upphört.sakslag].flera,
}
#: What stands first on a list's page.
LEADS: Final = {
    "uppdrag": "Det som nämnden har fått i uppdrag, av fullmäktige eller av sig själv.",
    "planering": "Det som internbudgetarna säger vid sidan av mål, uppdrag och tabeller.",
    "budget": "Pengar, volymer och personal, tabell för tabell.",
    "undantag": (
        "Ställen där planen ännu inte följer sina egna regler, med skäl och den sista dag då det "
        "godtas. De är öppna frågor, inte tystade fel."
    ),
    "upphört": "Det som fanns i en tidigare utgåva men inte i den här, och vad som hände med det.",
    "utgåva": "Alla kända utgåvor av planen, även de som inte finns här.",
    "roll": "Rollerna som planen nämner. På varje rolls sida står allt som rollen ansvarar för.",
    "delplan": "Delplanerna säger vad som gäller för olika delar av verksamheten.",
    "metod": "Så här följer nämnden och verksamheterna upp kvaliteten.",
    "rutin": (
        "Rutinerna säger vem som gör vad, steg för steg. En stomme är en rutin som källorna "
        "nämner men inte beskriver."
    ),
    "begrepp": "Så används orden här. Samma förkortning kan ha betytt olika saker olika år.",
    "källa": (
        "Dokumenten som innehållet kommer från. Varje dokuments sida säger var originalet finns, "
        "och visar, del för del, var innehållet finns här och vad som har utelämnats."
    ),
}


@apart
@shared
def listsidor(site: Site) -> dict[str, Listsida]:
    """The lists, by their addresses: a long one has several pages, and a file of its rows."""
    return {listed.at: listed for listed in lists(site)}


def lists(site: Site) -> Iterator[Listsida]:
    """Give every list: one for each kind, and those that hold several."""
    for slag in LISTOR:
        if slag not in ("författning", "lagrum"):
            yield _list_page(site, slag)
    for slag in SYSTEMETS:
        if slag == "indikator":
            yield indikatorlista.listsida(site)
        elif slag == "krav":
            continue  # has pages of its own: kravsidor.py
        elif slag in _IN_MENU or getattr(site.plan, SAMLINGAR[slag]):
            yield _list_page(site, slag)
    yield _many_lists(
        site, "organisation/", "Organisation", "Nämnder, förvaltningar, enheter och roller.",
        tuple(slag for slag in ORGANISATION),
    )  # fmt: skip
    yield _many_lists(
        site, "lagar/", "Lagar", "Lagar, förordningar och föreskrifter som planen vilar på.",
        ("författning", "lagrum"),
    )  # fmt: skip


def _list_page(site: Site, slag: str) -> Listsida:
    word = SLAG[slag]
    return _many_lists(site, f"{word.mapp}/", word.flera, LEADS.get(slag, ""), (slag,))


def _many_lists(site: Site, at: str, title: str, lead: str, kinds: tuple[str, ...]) -> Listsida:
    above: tuple[tuple[str, str], ...] = ()
    if kinds[0] in ORGANISATION and at != "organisation/":
        above = (("Organisation", "organisation/"),)
    elif kinds[0] == "upphört":
        above = (("Utgåvor", "utgavor/"),)
    elif kinds[0] in SYSTEM:
        above = (("Mål och styrning", "styrning/"),)
    parts = tuple(part for slag in kinds for part in _parts(site, slag) if part.saker)
    return Listsida(site, at, title, lead, parts, above)


def _parts(site: Site, slag: str) -> Iterator[Del]:
    things: list[Any] = list(getattr(site.plan, SAMLINGAR[slag]).values())
    if slag == "rutin":
        # Who looks for how to do something is helped by the ones that say it.
        things.sort(key=lambda thing: words.ordning(thing.titel))
        old = [rutin for rutin in things if rutin.avslutad]
        new = [rutin for rutin in things if not rutin.avslutad]
        yield _part(site, slag, "Med steg", [rutin for rutin in new if rutin.typ != "stomme"])
        yield _part(site, slag, "Stommar", [rutin for rutin in new if rutin.typ == "stomme"])
        yield _part(site, slag, "Ersatta eller upphörda", old)
    elif slag in _GROUPED:
        groups: dict[str, list[Any]] = {}
        for thing in sorted(things, key=_newest):
            groups.setdefault(_GROUPED[slag](thing), []).append(thing)
        yield from (_part(site, slag, heading, group) for heading, group in groups.items())
    elif slag == "roll":
        things.sort(key=lambda thing: words.ordning(thing.titel))
        ours = [role for role in things if _keeps_the_site(site, role)]
        yield _part(site, slag, "Roller i planen", [role for role in things if role not in ours])
        yield _part(site, slag, "Sköter sidorna", ours)
    elif slag in ("delplan", "internkontroll", "avvikelser"):
        things.sort(key=in_order if slag == "delplan" else _newest_year)
        yield _part(site, slag, SLAG[slag].flera, things)
    else:
        yield _part(site, slag, SLAG[slag].flera, things)


def _keeps_the_site(site: Site, role: Ting) -> bool:
    """Tell whether nothing but the keeping of the plan's files names a role: it is no post."""
    named = {mention.från.slag for mention in site.plan.till.get(role.nyckel, ())}
    return bool(named) and named <= {"undantag"}


def _part(site: Site, slag: str, heading: str, things: Iterable[Ting]) -> Del:
    columns = (Kolumn(SLAG[slag].en, länk), *LISTOR.get(slag, SYSTEMETS.get(slag, ())))
    # What holds is first.
    return Del(heading, columns, tuple(sorted(things, key=lambda one: bool(site.gällde(one)))))


def _year(thing: Any) -> int:
    """Give the year that a thing is listed under; a table's is the last that it budgets for."""
    if isinstance(thing, Budget):
        own = [k.år for k in thing.kolumner if k.typ == "budget"] or [thing.kolumner[0].år]
        return max(own)
    return thing.år or 0


def _newest_year(thing: Any) -> int:
    """Order by year, the newest first."""
    return -_year(thing)


def _newest(thing: Any) -> tuple[int, bool, str]:
    """Order by year, the newest first; the board's own assignments after those it was given."""
    if isinstance(thing, Undantag | Upphört):
        return (0, False, "")
    return (-_year(thing), thing.typ == "nämnd", getattr(thing, "omfattning", None) or "")
