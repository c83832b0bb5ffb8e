"""Pages about many things: a list for each kind, the organisation, gaps and contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape

from ska.model import SAMLINGAR
from ska.render import historik, indikatorlista, systemet, words
from ska.render.addresses import ORGANISATION, SLAG, SYSTEM, relative, source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page
from ska.render.sida import Sida
from ska.render.words import EJ_ANGIVET_ORD
from ska.ting import EJ_ANGIVET, Avsnitt, Budget, Budgetrad, Motsägelse, Räkning, Ting


class Kolumn(NamedTuple):
    """A column of a list: its heading, and what a row says there."""

    rubrik: str
    värde: Callable[[Sida, Any], str | Markup]


class Lista(NamedTuple):
    """A list as the page shows it: heading, what holds for all rows, columns, rows of cells."""

    rubrik: str
    alla: list[tuple[str, str | Markup]]
    kolumner: list[str]
    rader: list[tuple[str | Markup, ...]]


class Saknad(NamedTuple):
    """A field that things of a kind lack: its words, and the things with how often."""

    titel: str
    beskrivning: str
    saker: list[tuple[Ting, int]]


def _link(s: Sida, ting: Ting) -> Markup:
    return Markup('<a href="{}">{}</a>').format(s.till(ting), s.namn(ting))


def _excepted(s: Sida, undantag: Any) -> str | Markup:
    """Link to what an exception is about: many have the same title."""
    thing = getattr(s.plan, SAMLINGAR[undantag.sakslag]).get(undantag.sak)
    return _link(s, thing) if thing else str(undantag.sak)


def _links(slag: str, field: str) -> Callable[[Sida, Any], Markup]:
    def value(s: Sida, ting: Any) -> Markup:
        ids = getattr(ting, field)
        ids = (ids,) if isinstance(ids, str) else ids or ()
        if EJ_ANGIVET in ids:
            return escape(EJ_ANGIVET_ORD)
        return s.länkar(slag, ids)

    return value


#: Kind -> the columns after the thing itself.
_LISTS: Final[dict[str, tuple[Kolumn, ...]]] = {
    "utgåva": (
        Kolumn("Gäller från", lambda s, t: words.datum(t.gäller_från)),
        Kolumn("Gäller till", lambda s, t: words.datum(t.gäller_till)),
        Kolumn("Beslutad", lambda s, t: words.datum(t.beslut.datum)),
        Kolumn("Paragraf", lambda s, t: words.angivet(t.beslut.paragraf)),
        Kolumn("Diarienummer", lambda s, t: words.angivet(t.beslut.dnr)),
        Kolumn("Vad den ändrade", historik.länk),
        Kolumn("Innehåll", historik.innehåll),
    ),
    "nämnd": (Kolumn("Vad det är", lambda s, t: s.rad(t.beskrivning)),),
    "förvaltning": (Kolumn("Vad det är", lambda s, t: s.rad(t.beskrivning)),),
    "verksamhet": (Kolumn("Förvaltning", _links("förvaltning", "förvaltning")),),
    "avdelning": (Kolumn("Förvaltning", _links("förvaltning", "förvaltning")),),
    "enhet": (Kolumn("Avdelning", _links("avdelning", "avdelning")),),
    "utförare": (Kolumn("Vad det är", lambda s, t: s.rad(t.beskrivning)),),
    "roll": (Kolumn("Finns i", _links("org", "hör_till")),),
    "delplan": (
        Kolumn("Nummer", lambda s, t: t.nummer),
        Kolumn("Gäller", _links("verksamhet", "verksamheter")),
    ),
    "metod": (
        Kolumn("Hur ofta", lambda s, t: words.frekvens(t.frekvens)),
        Kolumn("Ansvarar", _links("roll", "ansvariga")),
    ),
    "rutin": (
        Kolumn("Läge", lambda s, t: "" if t.typ == "stomme" else s.status(t.status)),
        Kolumn("Gäller för", _links("org", "gäller_för")),
        Kolumn("Ägare", _links("roll", "ägare")),
    ),
    "författning": (Kolumn("Läge", lambda s, t: s.lagläge(t)),),
    "lagrum": (Kolumn("Läge", lambda s, t: s.lagläge(t)),),
    "källa": (
        Kolumn("Datum", lambda s, t: words.datum(t.datum)),
        Kolumn("Diarienummer", lambda s, t: words.angivet(t.dnr)),
        Kolumn("Innehåll", lambda s, t: words.innehåll(t) if t.innehåll else ""),
    ),
}
#: The kinds of the larger system: a list only where the plan has any.
_SYSTEM: Final[dict[str, tuple[Kolumn, ...]]] = {
    "målområde": (),
    "kommunmål": (Kolumn("Målområde", _links("målområde", "målområde")),),
    "mål": (Kolumn("Kommunövergripande mål", _links("kommunmål", "kommunmål")),),
    "indikator": (),  # has a page of its own
    "uppdrag": (
        Kolumn("Nämnder", lambda s, t: _boards(s, t)),
        Kolumn("Läge enligt källan", lambda s, t: words.angivet(t.status)),
    ),
    "planering": (Kolumn("Vad det är", lambda s, t: systemet.typ(t.typ)),),
    "internkontroll": (Kolumn("År", lambda s, t: str(t.år)),),
    "risk": (Kolumn("Riskvärde", lambda s, t: words.angivet(t.riskvärde)),),
    "kontrollmoment": (Kolumn("Vem", _links("roll", "roll")),),
    "avvikelser": (Kolumn("År", lambda s, t: str(t.år)),),
    "budget": (
        Kolumn("Vad det är", lambda s, t: systemet.typ(t.typ)),
        Kolumn("Räknas i", lambda s, t: t.räknas_i),
    ),
    "krav": (),  # has pages of its own
    "undantag": (
        Kolumn("Gäller", lambda s, t: _excepted(s, t)),
        Kolumn("Regel", lambda s, t: t.regel),
        Kolumn("Gäller till", lambda s, t: words.datum(t.gäller_till)),
        Kolumn("Skäl", lambda s, t: s.rad(t.skäl)),
    ),
    "upphört": (
        Kolumn("Vad det var", lambda s, t: SLAG[t.sakslag].en),
        Kolumn("Skäl", lambda s, t: s.rad(t.skäl)),
    ),
}


def _boards(s: Sida, uppdrag: Any) -> str | Markup:
    """Link to the boards that share an assignment; one for all boards need not list them."""
    return "" if uppdrag.omfattning == "kommungemensamt" else s.länkar("nämnd", uppdrag.nämnder)


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
}
_LEADS: Final = {
    "uppdrag": "Det som nämnden har fått i uppdrag, av fullmäktige eller av sig själv.",
    "planering": "Det som internbudgetarna säger vid sidan av mål, uppdrag och tabeller.",
    "budget": "Pengar, volymer och personal, tabell för tabell.",
    "undantag": (
        "Fynd i kontrollen som är godtagna en tid, med skäl och sista dag. De är öppna frågor, "
        "inte tystade fel."
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


_FEW: Final = 2  # rows; so few can say the same without wearying anyone
#: What a cell holds that says nothing.
_NOTHING: Final = ("", EJ_ANGIVET_ORD)
#: The fields whose parts may hold contradictions of their own.
_PARTS: Final = ("avsnitt", "räkningar", "rader")
#: (kind, path of fields) -> what the field is called, and what it is.
Titles = Mapping[tuple[str, str], tuple[str, str]]


#: Lists that the menu names, whatever the plan holds.
_IN_MENU: Final = ("undantag", "upphört")


def overviews(site: Site, titles: Titles) -> Iterator[Page]:
    """Make every page that lists or sums up. `titles` are the fields' words, by kind and path."""
    for slag in _LISTS:
        if slag not in ("författning", "lagrum"):
            yield _list_page(site, slag)
    for slag in _SYSTEM:
        if slag == "indikator":
            yield indikatorlista.page(site)
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
    yield _system(site)
    yield _glossary(site)
    yield _gaps(site, titles)
    yield _contradictions(site)


def _list_page(site: Site, slag: str) -> Page:
    word = SLAG[slag]
    return _many_lists(site, f"{word.mapp}/", word.flera, _LEADS.get(slag, ""), (slag,))


def _many_lists(site: Site, at: str, title: str, lead: str, kinds: tuple[str, ...]) -> Page:
    s = Sida(site, at)
    lists = [made for slag in kinds for made in _lists(s, slag)]
    above = []
    if kinds[0] in ORGANISATION and at != "organisation/":
        above.append(("Organisation", "organisation/"))
    elif kinds[0] == "upphört":
        above.append(("Utgåvor", "utgavor/"))
    elif kinds[0] in SYSTEM:
        above.append(("Mål och styrning", "styrning/"))
    body = template("lista.md").render(
        s=s, titel=title, ingress=lead, listor=lists,
        bakåt=[(name, relative(target, at)) for name, target in above],
    )  # fmt: skip
    way = tuple(target for _, target in above)
    return Page(source_path(at), title, lead or title, body, way=way)


def _lists(s: Sida, slag: str) -> Iterator[Lista]:
    things: list[Any] = list(getattr(s.plan, SAMLINGAR[slag]).values())
    if slag == "rutin":
        # Who looks for how to do something is helped by the ones that say it.
        things.sort(key=lambda thing: words.ordning(thing.titel))
        old = [rutin for rutin in things if rutin.avslutad]
        new = [rutin for rutin in things if not rutin.avslutad]
        yield _list(s, slag, "Med steg", [rutin for rutin in new if rutin.typ != "stomme"])
        yield _list(s, slag, "Stommar", [rutin for rutin in new if rutin.typ == "stomme"])
        yield _list(s, slag, "Ersatta eller upphörda", old)
    elif slag in _GROUPED:
        groups: dict[str, list[Any]] = {}
        for thing in sorted(things, key=_newest):
            groups.setdefault(_GROUPED[slag](thing), []).append(thing)
        yield from (_list(s, slag, heading, group) for heading, group in groups.items())
    else:
        yield _list(s, slag, SLAG[slag].flera, s.delplaner if slag == "delplan" else things)


def _year(thing: Any) -> int:
    """Give the year that a thing is listed under; a table's is the last that it budgets for."""
    if isinstance(thing, Budget):
        own = [k.år for k in thing.kolumner if k.typ == "budget"] or [thing.kolumner[0].år]
        return max(own)
    return thing.år or 0


def _newest(thing: Any) -> tuple[int, bool, str]:
    """Order by year, the newest first; the board's own assignments after those it was given."""
    return (-_year(thing), thing.typ == "nämnd", getattr(thing, "omfattning", None) or "")


def _list(s: Sida, slag: str, heading: str, things: Iterable[Ting]) -> Lista:
    columns = (Kolumn(SLAG[slag].en, _link), *_LISTS.get(slag, _SYSTEM.get(slag, ())))
    ordered = sorted(things, key=lambda thing: bool(s.site.gällde(thing)))  # what holds is first
    rows = [tuple(column.värde(s, thing) for column in columns) for thing in ordered]
    # A column that says nothing, or the same in every row, only takes the width of the others.
    shown, same = [0], []
    for i in range(1, len(columns)):
        values = {row[i] for row in rows}
        if len(values) == 1 and len(rows) > _FEW:
            same += [(columns[i].rubrik, value) for value in values if value not in _NOTHING]
        elif not values.issubset(_NOTHING):
            shown.append(i)
    return Lista(
        heading, same,
        [columns[i].rubrik for i in shown], [tuple(row[i] for i in shown) for row in rows],
    )  # fmt: skip


def _system(site: Site) -> Page:
    """Lead to the lists of the larger system: goals, assignments, control, money."""
    at, title = "styrning/", "Mål och styrning"
    lead = "Det system som planen står i: mål, uppdrag, kontroll, avvikelser och pengar."
    kinds = [
        (SLAG[slag].flera, relative(f"{SLAG[slag].mapp}/", at), count)
        for slag in SYSTEM
        if (count := len(getattr(site.plan, SAMLINGAR[slag])))
    ]
    body = template("styrning.md").render(s=Sida(site, at), titel=title, ingress=lead, slag=kinds)
    return Page(source_path(at), title, lead, body)


def _glossary(site: Site) -> Page:
    word = SLAG["begrepp"]
    at = f"{word.mapp}/"
    entries = sorted(site.plan.begrepp.values(), key=lambda entry: words.ordning(entry.term))
    letters = [(letter, list(group)) for letter, group in groupby(
        entries, key=lambda entry: entry.term[0].upper()
    )]  # fmt: skip
    lead = _LEADS["begrepp"]
    body = template("ordlista.md").render(
        s=Sida(site, at), titel=word.flera, ingress=lead, bokstäver=letters
    )
    return Page(source_path(at), word.flera, lead, body)


def _gaps(site: Site, titles: Titles) -> Page:
    s = Sida(site, "ej-angivet/")
    found: dict[str, dict[str, dict[str, tuple[Ting, int]]]] = {}
    for gap in site.plan.luckor:
        things = found.setdefault(gap.ting.slag, {}).setdefault(gap.fält, {})
        things[gap.ting.id] = (gap.ting, things.get(gap.ting.id, (gap.ting, 0))[1] + 1)
    lists = [
        (
            SLAG[slag].flera,
            len(getattr(site.plan, SAMLINGAR[slag])),
            [Saknad(*titles[slag, name], list(things.values())) for name, things in fields.items()],
        )
        for slag, fields in found.items()
    ]
    total = len(site.plan.luckor)
    body = template("luckor.md").render(s=s, luckor=lists, antal=total)
    lead = "Uppgifter som ingen källa säger något om."
    return Page("ej-angivet/index.md", "Det som inte är angivet", lead, body)


def contradictions(site: Site) -> list[tuple[Ting, Motsägelse]]:
    """Collect where the sources disagree, with the thing that it concerns."""
    found: list[tuple[Ting, Motsägelse]] = []
    for thing in site.plan.ting():
        found += [(thing, m) for m in thing.motsägelser]
        found += [(thing, m) for name in _PARTS for m in _inside(getattr(thing, name, ()))]
    return found


def _inside(parts: tuple[Avsnitt | Räkning | Budgetrad, ...]) -> Iterator[Motsägelse]:
    for part in parts:
        yield from part.motsägelser


def _contradictions(site: Site) -> Page:
    s = Sida(site, "motsagelser/")
    found = contradictions(site)
    open_first = sorted(found, key=lambda pair: pair[1].status != "öppen")
    body = template("motsagelser.md").render(s=s, motsägelser=open_first)
    lead = "Ställen där källorna säger olika, och hur planen läser dem."
    return Page("motsagelser/index.md", "Kända motsägelser", lead, body)
