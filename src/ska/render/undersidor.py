"""Pages under a thing's own: what would make that one too long for who only came to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import Final

from ska.past.chronicle import identity
from ska.render import historik
from ska.render.addresses import address, relative, source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page, accounted
from ska.render.sida import Sida
from ska.sok.index import Träff
from ska.ting import Källa, Nyckel, Ting

#: A page under a source's own holds no longer table than this.
PER_SIDA: Final = 50
#: Who searches means the thing, hardly what lies under it.
_WEIGHT: Final = 0.3
#: Under a source: where, what the page is called, and what its table is made by.
_TABELLER: Final = (
    ("innehall/", "från början till slut", "innehåll"),
    ("stallen/", "det som också kommer därifrån", "ställen"),
)


def pages(site: Site) -> Iterator[Page]:
    """Make the pages: of the sources' long tables, and of each long history."""
    for källa in site.plan.källor.values():
        for folder, name, kind in _TABELLER:
            yield from _table(site, källa, folder, name, kind)
    for ting in _changed_much(site):
        yield accounted(site, _history, ting)


def _table(site: Site, källa: Källa, folder: str, name: str, kind: str) -> Iterator[Page]:
    first = address(källa) + folder
    sida = Sida(site, first, källa)
    rows = getattr(sida, kind)
    if not sida.lång(rows):
        return
    count = ceil(len(rows) / PER_SIDA)
    size = ceil(len(rows) / count)
    at_all = [first, *(f"{first}{number}/" for number in range(2, count + 1))]
    for number in range(1, count + 1):
        shown = rows[(number - 1) * size : number * size]
        yield accounted(site, _part, källa, at_all, number, name, kind, shown, len(rows))


def _part(
    site: Site, källa: Källa, at_all: Sequence[str], number: int, name: str, kind: str,
    rows: Sequence[object], count: int,
) -> Page:  # fmt: skip
    at = at_all[number - 1]
    s = Sida(site, at, källa)
    title = f"{site.rubrik(källa)}: {name}" + (f", sida {number}" if number > 1 else "")
    body = partial(
        template("kalla_del.md").render, s=s, ting=källa, titel=title, tabell=kind,
        rader=rows, antal=count,
        sidor=[relative(other, at) for other in at_all], nummer=number,
        stig=[*s.stig, (källa.rubrik, relative(address(källa), at))],
    )  # fmt: skip
    return _page(at, title, f"Källa, del för del: {källa.rubrik}", body, källa)


def _changed_much(site: Site) -> Iterator[Ting]:
    """Find what has more of a past than its own page tells."""
    historia = site.historia
    if not historik.läsbar(historia):
        return
    steps: Counter[Nyckel] = Counter()
    longest: Counter[Nyckel] = Counter()
    for step in historia.krönika.steg:
        for key, sak in step.saker.items():
            steps[key] += 1
            longest[key] = max(longest[key], len(sak.rader))
    for ting in site.plan.ting():
        key = identity(ting.nyckel)
        if steps[key] > historik.STEG or longest[key] > historik.RADER:
            yield ting


def _history(site: Site, ting: Ting) -> Page:
    at = historik.egen(ting)
    s = Sida(site, at, ting)
    title = f"Historik: {site.rubrik(ting)}"
    body = partial(
        template("historik.md").render, s=s, ting=ting, titel=title,
        stig=[*s.stig, (site.rubrik(ting), relative(address(ting), at))],
    )  # fmt: skip
    return _page(at, title, title, body, ting)


def _page(at: str, title: str, lead: str, body: partial[str], ting: Ting) -> Page:
    return Page(
        source_path(at), title, lead, body, ting.spår.document.file,
        way=(address(ting).split("/")[0] + "/",), wide=True,
        träff=Träff("Historik" if at == historik.egen(ting) else "Källa", vikt=_WEIGHT),
    )  # fmt: skip
