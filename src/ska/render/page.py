"""A thing to its page: Markdown headings around HTML blocks from autoescaping templates.

The Markdown is what any static site generator can build; see `rich.py` for the texts in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Final

from ska.reads import Key
from ska.render import headings
from ska.render.addresses import SLAG, address, source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.sida import Sida
from ska.render.traff import träff
from ska.sok.index import Träff
from ska.ting import Ting, Upphört

_TEMPLATES: Final = {
    "plan": "plan.md",
    "årshjul": "arshjul.md",
    "kapitel": "kapitel.md",
    "utgåva": "utgava.md",
    "nämnd": "organisation.md",
    "förvaltning": "organisation.md",
    "verksamhet": "organisation.md",
    "utförare": "organisation.md",
    "avdelning": "avdelning.md",
    "enhet": "enhet.md",
    "roll": "roll.md",
    "aktivitet": "aktivitet.md",
    "delplan": "delplan.md",
    "metod": "metod.md",
    "rutin": "rutin.md",
    "författning": "forfattning.md",
    "lagrum": "lagrum.md",
    "begrepp": "begrepp.md",
    "källa": "kalla.md",
    "indikator": "indikator.md",
    "internkontroll": "internkontroll.md",
    "avvikelser": "avvikelser.md",
    "budget": "budget.md",
    "planering": "planering.md",
    "uppdrag": "uppdrag.md",
    "krav": "krav.md",
    "tillgänglighet": "tillganglighet.md",
    **dict.fromkeys(
        (
            "målområde",
            "kommunmål",
            "mål",
            "risk",
            "kontrollmoment",
            "undantag",
            "upphört",
        ),
        "sak.md",
    ),
}

#: What the search says of a page about many things.
_OVERVIEW: Final = Träff("Översikt", vikt=0.9)


@dataclass(frozen=True)
class Page:
    """One page: where it goes, what search and tabs call it, its Markdown, its source in plan/.

    The Markdown may be made when somebody asks for it: who looks at one page waits for one.
    """

    path: str
    title: str
    description: str
    text: str | Callable[[], str]
    file: str = ""
    keywords: tuple[str, ...] = ()
    way: tuple[str, ...] = ()  # addresses of the lists above it, for the menu
    wide: bool = False  # without the list of headings beside it
    träff: Träff = _OVERVIEW  # what the search says of it
    #: What it was made of, where account is kept of that: with its text, all that it rests on.
    läst: set[Key] | None = field(default=None, compare=False, repr=False)
    givet: str = field(default="", compare=False, repr=False)

    @cached_property
    def marked(self) -> str:
        """Its Markdown with the headings marked; see `ska.render.headings`."""
        return self.text if isinstance(self.text, str) else self.text()

    def forget(self) -> None:
        """Let go of the Markdown and of what it rests on; it is made again if somebody asks."""
        self.__dict__.pop("marked", None)
        if self.läst is not None:
            self.läst.clear()

    @property
    def body(self) -> str:
        """Its Markdown."""
        return headings.plain(self.marked)


def accounted(site: Site, make: Callable[..., Page], *about: object) -> Page:
    """Make a page about something, and keep account of what is read for it, now and later."""
    läst: set[Key] = set()
    with site.reads.into(läst):
        given = _given(site, about)
        page = make(site, *about)
    text = page.text

    def body() -> str:
        with site.reads.into(läst):
            return text if isinstance(text, str) else text()

    return replace(page, text=body, läst=läst, givet=given)


def _given(site: Site, value: object) -> str:
    """Write down what a page is about. Of a thing that is read, its name is enough."""
    if isinstance(value, Ting):
        site.saw(value)
        return f"{value.slag} {value.id}"
    if isinstance(value, tuple | list):
        return f"({', '.join(_given(site, part) for part in value)})"
    return repr(value)


def thing_page(site: Site, ting: Ting) -> Page:
    """Render a thing's own page."""
    at = address(ting)
    sida = Sida(site, at, ting)
    body = partial(_body, site, at, ting)
    slag = SLAG[ting.slag].en
    return Page(
        source_path(at), _title(site, ting), f"{slag}: {sida.namn(ting)}", body, sida.fil,
        ting.sökord, tuple(target for _, target in sida.väg[1:]),
        ting.slag == "årshjul", träff(site, ting),
    )  # fmt: skip


def _body(site: Site, at: str, ting: Ting) -> str:
    return template(_TEMPLATES[ting.slag]).render(s=Sida(site, at, ting), ting=ting)


def _title(site: Site, ting: Ting) -> str:
    """Tell an earlier goal, and what has ended, from what has the same name now."""
    if isinstance(ting, Upphört):
        return f"{ting.rubrik} (upphörd {SLAG[ting.sakslag].en.lower()})"
    title = site.rubrik(ting)
    shared = ting.slag != "plan" and site.rubriker[title] > 1
    return f"{title} ({SLAG[ting.slag].en.lower()})" if shared else title
