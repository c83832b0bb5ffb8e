"""Pages about many things: a list for each kind, the organisation, gaps and contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape

from ska.model import SAMLINGAR
from ska.render import words
from ska.render.addresses import ORGANISATION, SLAG, relative, source_path
from ska.render.page import Page, Sida, Site, template
from ska.ting import EJ_ANGIVET, Avsnitt, Motsägelse, Ting


class Kolumn(NamedTuple):
    """A column of a list: its heading, and what a row says there."""

    rubrik: str
    värde: Callable[[Sida, Any], str | Markup]


def _link(s: Sida, ting: Ting) -> Markup:
    return Markup('<a href="{}">{}</a>').format(s.till(ting), s.namn(ting))


def _links(slag: str, field: str) -> Callable[[Sida, Any], Markup]:
    def value(s: Sida, ting: Any) -> Markup:
        ids = getattr(ting, field)
        ids = (ids,) if isinstance(ids, str) else ids or ()
        made = [_link(s, s.ting(slag, id)) for id in ids if id != EJ_ANGIVET]
        return Markup(", ").join(made) if made else escape("ej angivet" if ids else "")

    return value


#: Kind -> the columns after the thing itself.
_LISTS: Final[dict[str, tuple[Kolumn, ...]]] = {
    "utgåva": (
        Kolumn("Gäller från", lambda s, t: words.datum(t.gäller_från)),
        Kolumn("Gäller till", lambda s, t: words.datum(t.gäller_till)),
        Kolumn("Diarienummer", lambda s, t: words.angivet(t.beslut.dnr)),
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
        Kolumn("Läge", lambda s, t: _state(s, t)),
        Kolumn("Gäller för", _links("org", "gäller_för")),
        Kolumn("Ägare", _links("roll", "ägare")),
    ),
    "författning": (Kolumn("Läge", lambda s, t: s.lagläge(t)),),
    "lagrum": (Kolumn("Läge", lambda s, t: s.lagläge(t)),),
    "begrepp": (
        Kolumn("Betyder", lambda s, t: s.rad(t.förklaring)),
        Kolumn("Gäller", lambda s, t: s.år_ord(t)),
    ),
    "källa": (
        Kolumn("Datum", lambda s, t: words.datum(t.datum)),
        Kolumn("Diarienummer", lambda s, t: words.angivet(t.dnr)),
    ),
}
_LEADS: Final = {
    "utgåva": "Alla kända utgåvor av planen, även de som inte finns här.",
    "roll": "Rollerna som planen nämner. På varje rolls sida står allt som rollen ansvarar för.",
    "delplan": "Delplanerna säger vad som gäller för olika delar av verksamheten.",
    "metod": "Så här följer nämnden och verksamheterna upp kvaliteten.",
    "rutin": (
        "Rutinerna säger vem som gör vad, steg för steg. En stomme är en rutin som källorna "
        "nämner men inte beskriver."
    ),
    "begrepp": "Så används orden här. Samma förkortning kan ha betytt olika saker olika år.",
    "källa": "Dokumenten som innehållet kommer från. Originalen finns hos registratorn.",
}


def overviews(site: Site) -> Iterator[Page]:
    """Make every page that lists or sums up."""
    for slag in _LISTS:
        if slag not in ("författning", "lagrum"):
            yield _list_page(site, slag)
    yield _many_lists(
        site, "organisation/", "Organisation", "Nämnder, förvaltningar, enheter och roller.",
        tuple(slag for slag in ORGANISATION),
    )  # fmt: skip
    yield _many_lists(
        site, "lagar/", "Lagar", "Lagar, förordningar och föreskrifter som planen vilar på.",
        ("författning", "lagrum"),
    )  # fmt: skip
    yield _gaps(site)
    yield _contradictions(site)


def _list_page(site: Site, slag: str) -> Page:
    word = SLAG[slag]
    return _many_lists(site, f"{word.mapp}/", word.flera, _LEADS.get(slag, ""), (slag,))


def _many_lists(site: Site, at: str, title: str, lead: str, kinds: tuple[str, ...]) -> Page:
    s = Sida(site, at)
    lists = []
    for slag in kinds:
        things = list(getattr(site.plan, SAMLINGAR[slag]).values())
        if slag == "begrepp":
            things.sort(key=lambda thing: thing.term.casefold())
        if slag == "delplan":
            things = s.delplaner
        columns = (Kolumn(SLAG[slag].en, _link), *_LISTS[slag])
        lists.append((SLAG[slag].flera, columns, things))
    back = [("Organisation", relative("organisation/", at))] if (
        kinds[0] in ORGANISATION and at != "organisation/"
    ) else []  # fmt: skip
    body = template("lista.md").render(s=s, titel=title, ingress=lead, listor=lists, bakåt=back)
    return Page(source_path(at), title, lead or title, body)


def _state(s: Sida, rutin: Any) -> str:
    return "Stomme" if rutin.typ == "stomme" else s.status(rutin.status)


def _gaps(site: Site) -> Page:
    s = Sida(site, "ej-angivet/")
    gaps: dict[str, list[tuple[Ting, list[str]]]] = {}
    by_thing: dict[tuple[str, str], tuple[Ting, list[str]]] = {}
    for gap in site.plan.luckor:
        entry = by_thing.setdefault(gap.ting.nyckel, (gap.ting, []))
        entry[1].append(gap.fält)
    for thing, fields in by_thing.values():
        counted = [f"{f} ({fields.count(f)})" if fields.count(f) > 1 else f
                   for f in dict.fromkeys(fields)]  # fmt: skip
        gaps.setdefault(SLAG[thing.slag].flera, []).append((thing, counted))
    total = len(site.plan.luckor)
    body = template("luckor.md").render(s=s, luckor=gaps, antal=total)
    lead = "Fält som ingen källa säger något om."
    return Page("ej-angivet/index.md", "Det som inte är angivet", lead, body)


def contradictions(site: Site) -> list[tuple[Ting, Motsägelse]]:
    """Collect where the sources disagree, with the thing that it concerns."""
    found: list[tuple[Ting, Motsägelse]] = []
    for thing in site.plan.ting():
        found += [(thing, m) for m in thing.motsägelser]
        sections: tuple[Avsnitt, ...] = getattr(thing, "avsnitt", ())
        found += [(thing, m) for section in sections for m in section.motsägelser]
    return found


def _contradictions(site: Site) -> Page:
    s = Sida(site, "motsagelser/")
    found = contradictions(site)
    open_first = sorted(found, key=lambda pair: pair[1].status != "öppen")
    body = template("motsagelser.md").render(s=s, motsägelser=open_first)
    lead = "Ställen där källorna säger olika, och hur planen läser dem."
    return Page("motsagelser/index.md", "Kända motsägelser", lead, body)
