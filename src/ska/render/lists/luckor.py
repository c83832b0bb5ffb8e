"""What no source says, and where the sources disagree: a page of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from ska.model import SAMLINGAR
from ska.render.addresses import SLAG
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page
from ska.render.sida import Sida
from ska.ting import (
    Avsnitt,
    Budgetrad,
    Motsägelse,
    Räkning,
    Ting,
)

#: The fields whose parts may hold contradictions of their own.
_PARTS: Final = ("avsnitt", "räkningar", "rader")
#: (kind, path of fields) -> what the field is called, and what it is.
Titles = Mapping[tuple[str, str], tuple[str, str]]


class Saknad(NamedTuple):
    """A fact that things lack: what it is, in which part of them, and the things with how often."""

    vad: str
    var: str
    saker: list[tuple[Ting, int]]


def gaps(titles: Titles, site: Site) -> Page:
    """Make the page of what no source says. `titles` are the fields' words."""
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


def contradictions_page(site: Site) -> Page:
    """Make the page of where the sources disagree."""
    lead = "Ställen där källorna säger olika, och hur planen läser dem."
    text = partial(_contradictions_text, site)
    return Page("motsagelser/index.md", "Kända motsägelser", lead, text)


def _contradictions_text(site: Site) -> str:
    open_first = sorted(contradictions(site), key=lambda pair: pair[1].status != "öppen")
    s = Sida(site, "motsagelser/")
    return template("motsagelser.md").render(s=s, motsägelser=open_first)
