"""Pages about many things: a list for each kind, the organisation, gaps and contradictions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape

from ska import words
from ska.model import SAMLINGAR
from ska.render import historik, indikatorlista, listor, systemet
from ska.render.addresses import ORGANISATION, SLAG, SYSTEM, relative, source_path
from ska.render.gemensamt import Site, in_order
from ska.render.listor import Del, Kolumn, Listsida
from ska.render.mallar import template
from ska.render.page import Page, accounted
from ska.render.regelnamn import regelnamn
from ska.render.sida import Sida
from ska.ting import (
    EJ_ANGIVET,
    Avsnitt,
    Budget,
    Budgetrad,
    Motsägelse,
    Räkning,
    Ting,
    Undantag,
    Upphört,
)
from ska.words import EJ_ANGIVET_ORD


class Saknad(NamedTuple):
    """A fact that things lack: what it is, in which part of them, and the things with how often."""

    vad: str
    var: str
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


def _decision(edition: Any) -> str:
    """Tell who decided on an edition, when and by which paragraph of the minutes."""
    if edition.typ == "förslag":
        return "Inte beslutad"
    decision = edition.beslut
    day, paragraph = decision.datum != EJ_ANGIVET, decision.paragraf != EJ_ANGIVET
    when = words.datum(decision.datum) if day else "dag ej angiven"
    how = (
        decision.paragraf.replace(" ", "\N{NO-BREAK SPACE}") if paragraph else "paragraf ej angiven"
    )
    rest = f"{when}, {how}" if day or paragraph else "dag och paragraf ej angivna"
    return f"{decision.organ}, {rest}"


#: Kind -> the columns after the thing itself.
_LISTS: Final[dict[str, tuple[Kolumn, ...]]] = {
    "utgåva": (
        Kolumn("Gäller", lambda s, t: words.gällde(t.gäller_från, t.gäller_till)),
        Kolumn("Beslut", lambda s, t: _decision(t)),
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
        Kolumn("Gäller till", lambda s, t: words.datum(t.gäller_till)),
        Kolumn("Skäl", lambda s, t: s.rad(t.skäl)),
    ),
    "upphört": (Kolumn("Skäl", lambda s, t: s.rad(t.skäl)),),
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
    "undantag": lambda undantag: regelnamn(undantag.regel),
    "upphört": lambda upphört: SLAG[upphört.sakslag].flera,
}
_LEADS: Final = {
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


#: The fields whose parts may hold contradictions of their own.
_PARTS: Final = ("avsnitt", "räkningar", "rader")
#: (kind, path of fields) -> what the field is called, and what it is.
Titles = Mapping[tuple[str, str], tuple[str, str]]


#: Lists that the menu names, whatever the plan holds.
_IN_MENU: Final = ("undantag", "upphört")


def overviews(site: Site, titles: Titles) -> Iterator[Page]:
    """Make every page that lists or sums up. `titles` are the fields' words, by kind and path."""
    for listed in site.listor.values():
        yield from listor.pages(listed)
    yield _system(site)
    yield _glossary(site)
    yield accounted(site, partial(_gaps, titles))
    yield accounted(site, _contradictions)


def files(site: Site) -> dict[str, bytes]:
    """Make the files with all rows of the lists that are longer than one page."""
    made = ((at, listor.rows_file(listed)) for at, listed in site.listor.items())
    return {listor.rows_address(at): rows for at, rows in made if rows is not None}


def lists(site: Site) -> Iterator[Listsida]:
    """Give every list: one for each kind, and those that hold several."""
    for slag in _LISTS:
        if slag not in ("författning", "lagrum"):
            yield _list_page(site, slag)
    for slag in _SYSTEM:
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
    return _many_lists(site, f"{word.mapp}/", word.flera, _LEADS.get(slag, ""), (slag,))


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
    elif slag == "delplan":
        things.sort(key=in_order)
        yield _part(site, slag, SLAG[slag].flera, things)
    else:
        yield _part(site, slag, SLAG[slag].flera, things)


def _keeps_the_site(site: Site, role: Ting) -> bool:
    """Tell whether nothing but the keeping of the plan's files names a role: it is no post."""
    named = {mention.från.slag for mention in site.plan.till.get(role.nyckel, ())}
    return bool(named) and named <= {"undantag"}


def _part(site: Site, slag: str, heading: str, things: Iterable[Ting]) -> Del:
    columns = (Kolumn(SLAG[slag].en, _link), *_LISTS.get(slag, _SYSTEM.get(slag, ())))
    # What holds is first.
    return Del(heading, columns, tuple(sorted(things, key=lambda one: bool(site.gällde(one)))))


def _year(thing: Any) -> int:
    """Give the year that a thing is listed under; a table's is the last that it budgets for."""
    if isinstance(thing, Budget):
        own = [k.år for k in thing.kolumner if k.typ == "budget"] or [thing.kolumner[0].år]
        return max(own)
    return thing.år or 0


def _newest(thing: Any) -> tuple[int, bool, str]:
    """Order by year, the newest first; the board's own assignments after those it was given."""
    if isinstance(thing, Undantag | Upphört):
        return (0, False, "")
    return (-_year(thing), thing.typ == "nämnd", getattr(thing, "omfattning", None) or "")


def _system(site: Site) -> Page:
    """Lead to the lists of the larger system: goals, assignments, control, money."""
    at, title = "styrning/", "Mål och styrning"
    lead = (
        "Det som styr arbetet vid sidan av planen: mål, uppdrag, kontroll, avvikelser och pengar."
    )
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


def _gaps(titles: Titles, site: Site) -> Page:
    lead = "Uppgifter som ingen källa säger något om."
    text = partial(_gaps_text, site, titles)
    return Page("ej-angivet/index.md", "Det som inte är angivet", lead, text)


def _gaps_text(site: Site, titles: Titles) -> str:
    s = Sida(site, "ej-angivet/")
    found: dict[str, dict[str, dict[str, tuple[Ting, int]]]] = {}
    for gap in site.plan.luckor:
        things = found.setdefault(gap.ting.slag, {}).setdefault(gap.fält, {})
        things[gap.ting.id] = (gap.ting, things.get(gap.ting.id, (gap.ting, 0))[1] + 1)
    lists = [
        (
            SLAG[slag].flera,
            len(getattr(site.plan, SAMLINGAR[slag])),
            [_lacking(titles[slag, name], list(held.values())) for name, held in fields.items()],
        )
        for slag, fields in found.items()
    ]
    return template("luckor.md").render(s=s, luckor=lists, antal=len(site.plan.luckor))


#: What the words of a field say to who writes it, and not to who reads.
_ASIDE: Final = re.compile(r", (eller ej angivet|eller månaden|om källan|till exempel|när ).*")


def _lacking(said: tuple[str, str], things: list[tuple[Ting, int]]) -> Saknad:
    """Say what is lacking as a reader would, not as the file's fields are called."""
    title, gist = said
    part, _, _ = title.rpartition(": ")
    return Saknad(_ASIDE.sub("", gist), part.replace(": ", ", "), things)


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
    lead = "Ställen där källorna säger olika, och hur planen läser dem."
    text = partial(_contradictions_text, site)
    return Page("motsagelser/index.md", "Kända motsägelser", lead, text)


def _contradictions_text(site: Site) -> str:
    open_first = sorted(contradictions(site), key=lambda pair: pair[1].status != "öppen")
    s = Sida(site, "motsagelser/")
    return template("motsagelser.md").render(s=s, motsägelser=open_first)
