"""What the search reads of the pages, while they are made; what it loads, of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ska.pieces import Pieces
from ska.render.page import Page
from ska.site.mending import without_wheels
from ska.sok import index
from ska.sok.index import Träff
from ska.sok.sidtext import sections

#: The pages as the search reads them, gathered while they are made.
_searched: dict[str, index.Inläst] = {}
#: How much the help's pages weigh in the search, where the plan's own weigh one.
_HELP: Final = 0.6


def begin() -> None:
    """Forget the pages of another build."""
    _searched.clear()


def search_files() -> Iterator[tuple[str, Pieces]]:
    """Make what the search loads, of the pages that have their content."""
    return index.joined(_searched.values())


def searched(url: str, made: Page, html: str) -> None:
    """Let the search read a generated page."""
    told = sections(without_wheels(html))
    searched_before(index.read_in(index.Sida(url, made.title, made.träff, made.keywords, told)))


def searched_before(page: index.Inläst | None) -> None:
    """Give the search what it once read of a page, if it read it."""
    if page:
        _searched[page.adress] = page


def as_searched(url: str) -> index.Inläst | None:
    """Give what the search has read of a page; nothing where it doesn't."""
    return _searched.get(url)


def searched_help(url: str, title: str, sökord: Sequence[str], html: str) -> None:
    """Let the search read a hand-written page."""
    told = Träff("Hjälp", vikt=_HELP)
    searched_before(index.read_in(index.Sida(url, title, told, sökord, sections(html))))
