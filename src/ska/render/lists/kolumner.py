"""What the list of each kind shows of a thing, column by column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup, escape

from ska import words
from ska.model import SAMLINGAR
from ska.render import historik, systemet
from ska.render.lists.listor import Kolumn
from ska.render.sida import Sida
from ska.ting import (
    EJ_ANGIVET,
    Ting,
)
from ska.words import EJ_ANGIVET_ORD


def länk(s: Sida, ting: Ting) -> Markup:
    """Link to a thing by its name."""
    return Markup('<a href="{}">{}</a>').format(s.till(ting), s.namn(ting))


def _excepted(s: Sida, undantag: Any) -> str | Markup:
    """Link to what an exception is about: many have the same title."""
    thing = getattr(s.plan, SAMLINGAR[undantag.sakslag]).get(undantag.sak)
    return länk(s, thing) if thing else str(undantag.sak)


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
LISTOR: Final[dict[str, tuple[Kolumn, ...]]] = {
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
        Kolumn("Läge", lambda s, t: _status(s, t)),
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
SYSTEMETS: Final[dict[str, tuple[Kolumn, ...]]] = {
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


def _status(s: Sida, rutin: Any) -> str | Markup:
    """Say what a routine's status is; of one that is replaced, what holds instead."""
    if rutin.ersatt_av and rutin.status != "upphörd":
        return Markup("Ersatt av {}").format(s.länkar("rutin", [rutin.ersatt_av]))
    return "" if rutin.typ == "stomme" else s.status(rutin.status)


def _boards(s: Sida, uppdrag: Any) -> str | Markup:
    """Link to the boards that share an assignment; one for all boards need not list them."""
    return "" if uppdrag.omfattning == "kommungemensamt" else s.länkar("nämnd", uppdrag.nämnder)
