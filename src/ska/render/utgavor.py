"""The pages with what each edition changed from the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.past.gathering import Jämförelse
from ska.render import historik
from ska.render.addresses import source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page
from ska.render.sida import Sida
from ska.ting import Utgåva

#: With more things than this, each chapter is folded until somebody asks for it.
_LONG: Final = 60


def change_pages(site: Site) -> Iterator[Page]:
    """Make a page for each edition whose content, and that of one before it, is held."""
    for id, compared in site.historia.jämförelser.items():
        if edition := site.plan.utgåvor.get(id):
            yield _page(site, edition, compared)


def _page(site: Site, edition: Utgåva, compared: Jämförelse) -> Page:
    at = historik.address(edition.id)
    s = Sida(site, at)
    before = site.plan.utgåvor.get(compared.före)
    chapters = list(historik.chapters(compared.rapport))
    body = template("andringar.md").render(
        s=s, utgåva=edition, före=before, rapport=compared.rapport,
        däremellan=historik.däremellan(s, edition, before),
        kapitel=chapters, lång=sum(len(saker) for _, saker in chapters) > _LONG,
        stig=[*s.stig, ("Utgåvor", s.länk("utgavor/")), (edition.titel, s.till(edition))],
    )  # fmt: skip
    title = compared.rapport.titel
    return Page(source_path(at), title, title, body, way=("utgavor/",))
