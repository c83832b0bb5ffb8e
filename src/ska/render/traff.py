"""What a search result says of a thing beside its title: kind, status, unit, other names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ska import words
from ska.lag.register import upphävd
from ska.model import SAMLINGAR
from ska.render.addresses import MIXED, SLAG
from ska.render.gemensamt import Site
from ska.render.grund import PLANSTATUS
from ska.render.lagsida import läget
from ska.sok.index import Träff
from ska.ting import (
    EJ_ANGIVET,
    Begrepp,
    Enhet,
    Författning,
    Indikator,
    Källa,
    Lagrum,
    Metod,
    Ram,
    Roll,
    Rutin,
    Ting,
    Undantag,
    Upphört,
    Utgåva,
)

#: How likely a kind is what someone looks for; the others weigh one.
_WEIGHT: Final = {
    "rutin": 1.5, "metod": 1.1, "enhet": 1.1, "lagrum": 0.9, "författning": 0.95,
    "källa": 0.6, "indikator": 0.8, "utgåva": 0.8, "upphört": 0.5, "undantag": 0.3,
}  # fmt: skip
#: Fields that tell for whom a thing is, in the order tried.
_FOR: Final = ("gäller_för", "omfattar", "verksamheter", "avdelning", "förvaltning", "hör_till")
#: More than this many units are counted, not named.
_NAMED: Final = 2
_IN_BRACKETS: Final = re.compile(r"(.+) \(([^()]+)\)")
_NUMBER: Final = re.compile(r"\d+:\d+")


def träff(site: Site, ting: Ting) -> Träff:
    """Say what a result says of a thing."""
    läge, gäller = _status(site, ting)
    return Träff(
        SLAG[ting.slag].en, läge, _units(site, ting), gäller,
        tuple(dict.fromkeys(_names(site, ting, gäller))), _WEIGHT.get(ting.slag, 1),
    )  # fmt: skip


def _status(site: Site, ting: Ting) -> tuple[str, bool]:
    """Word whether a thing holds, where that can be said, and tell it."""
    match ting:
        case Rutin():
            replaced = ting.ersatt_av and ting.status != "upphörd"
            return "Ersatt" if replaced else words.STATUS[ting.status], not ting.avslutad
        case Författning() | Lagrum():
            today, ended = site.settings.today, upphävd(site.plan, ting)
            return läget(site.plan, ting, today), not ended or ended[0] > today
        case Begrepp() if isinstance(ting.gäller_till, int):
            past = ting.gäller_till < site.plan.ram.gäller_från.year
            return (f"Användes till och med {ting.gäller_till}" if past else ""), not past
        case Upphört():
            return f"Har upphört ({SLAG[ting.sakslag].en.lower()})", False
        case Undantag():
            return f"Till och med {words.datum(ting.gäller_till)}", True
        case Ram():
            return PLANSTATUS[ting.status], ting.status != "upphävd"
        case _:
            past_years = site.gällde(ting)
            return (f"Gällde {past_years}", False) if past_years else ("", True)


def _units(site: Site, ting: Ting) -> str:
    """Name in short for whom a thing is."""
    if isinstance(ting, Indikator):
        return ""
    value = next((found for name in _FOR if (found := getattr(ting, name, None))), ())
    ids = (value,) if isinstance(value, str) else tuple(value)
    names = [name for id in ids if (name := _short(site, id))]
    return f"{len(names)} enheter" if len(names) > _NAMED else ", ".join(names)


def _short(site: Site, id: str) -> str:
    for kind in MIXED["org"]:
        unit = getattr(site.plan, SAMLINGAR[kind]).get(id)
        if unit is not None:
            name: str = getattr(unit, "kortnamn", unit.rubrik)
            inside = _IN_BRACKETS.fullmatch(name)
            return inside[2] if inside else name
    return ""


def _names(site: Site, ting: Ting, holds: bool) -> Iterator[str]:
    """Give what else names this very thing. Who writes that wants no other page.

    What no longer holds keeps only what nothing else is called.
    """
    title = site.rubrik(ting)
    inside = _IN_BRACKETS.fullmatch(title)
    if holds and site.rubriker[title] > 1:
        yield title  # the page's own has its kind after it, since another thing is called the same
    if inside and holds:
        yield from inside.groups()
    match ting:
        case Författning():
            yield from _NUMBER.findall(ting.nummer)
            if ting.nummer != EJ_ANGIVET:
                yield ting.nummer
        case Lagrum():
            statute = site.plan.författningar[ting.författning]
            place = words.paragraf(ting)
            for name in (statute.namn.partition(" (")[0], *statute.sökord):
                yield f"{name} {place}"
        case Begrepp():
            yield ting.term
            if ting.utläses:
                yield ting.utläses
            yield from ting.avrådda_former
        case Metod():
            yield from ting.kallas_också
        case Källa() if ting.dnr != EJ_ANGIVET:
            yield ting.dnr
        case Utgåva() if ting.beslut.dnr != EJ_ANGIVET:
            yield ting.beslut.dnr
        case Enhet() | Roll():
            yield ting.rubrik.replace("-", " ")
