"""HTML as the theme and Markdown write it, to HTML as our pages have it. Pure."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

#: The search would read a wheel tag by tag, though nothing in it is for the search.
_WHEEL: Final = re.compile(r'<svg viewBox="0 0 1000 1000".*?</svg>', re.DOTALL)
_PLACE: Final = '<svg class="ska-bild"></svg>'
_WAY: Final = re.compile(r'<nav class="ska-stig".*?</nav>\s*', re.DOTALL)
#: Only a field one writes in may have it.
_TOGGLE: Final = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
#: A tenth of a page is indents; what is written as it stands keeps its own.
_INDENT: Final = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)|\s*\n\s*", re.DOTALL)
#: What goes without saying in HTML.
_UNUSED: Final = ' xmlns="http://www.w3.org/2000/svg"'
_NAMED: Final = 'aria-label="Om utgåvan"'
_TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEADING: Final = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_CELL: Final = re.compile(r"<(th|td)((?: [^>]*)?)>(.*?)</\1>", re.DOTALL)


def without_wheels(html: str) -> str:
    """Leave a small picture in each wheel's place."""
    return _WHEEL.sub(_PLACE, html)


def with_wheels(html: str, marked: str) -> str:
    """Put the wheels of `marked` back where they stand."""
    for wheel in _WHEEL.findall(marked):
        html = html.replace(_PLACE, wheel, 1)
    return html


def mended(output: str) -> str:
    """Mend what the theme writes itself, in a place where no template of ours can reach."""
    output = output.replace(_UNUSED, "")
    output = _TOGGLE.sub(r"\1", _INDENT.sub(lambda found: found[1] or "\n", output))
    return output.replace('<aside class="md-banner">', f'<aside class="md-banner" {_NAMED}>', 1)


def way_back(html: str) -> tuple[str, str]:
    """Take the way back off a page: the theme prints it above (docs/tema/main.html)."""
    way = _WAY.match(html)
    return (way[0], html[way.end() :]) if way else ("", html)


def dressed(html: str) -> str:
    """Give the tables of a hand-written page what the plan's own have."""
    return _TABLE.sub(_dressed, html)


def _dressed(table: re.Match[str]) -> str:
    """Give a table the name of what it stands under, scopes, and room on a phone."""
    headings: list[str] = []

    def cell(match: re.Match[str]) -> str:
        kind, attributes, content = match.groups()
        if kind == "th":
            headings.append(Markup(content).striptags())  # noqa: S704 - from our own pages
            return f'<th scope="col"{attributes}>{content}</th>'
        headings.append(headings.pop(0))  # rows are as long as the head
        return f'<td data-rubrik="{escape(headings[-1])}"{attributes}>{content}</td>'

    # Markdown aligns with a style of the cell's own, which the pages' policy forbids.
    aligned = table[0].replace(' style="text-align: right;"', ' class="ska-hoger"')
    above = _HEADING.findall(table.string, 0, table.start())
    caption = Markup(above[-1]).striptags().removesuffix("¶") if above else ""  # noqa: S704 - ours
    start = f'<table class="ska-tabell">\n<caption>{escape(caption)}</caption>'
    return _CELL.sub(cell, aligned).replace("<table>", start)
