"""A page's HTML to what the search reads: its sections, each a list of lines.

The pages come from our own templates and from Markdown, so their HTML is whole; a parser that
forgives everything costs a quarter of a build.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

_PART: Final = re.compile(
    r'([^<]+)|<(/?)([a-z][a-z0-9]*)([^>"]*(?:"[^"]*"[^>"]*)*)>|<!--.*?-->', re.DOTALL
)
_ID: Final = re.compile(r' id="([^"]*)"')
_LABEL: Final = re.compile(r' data-rubrik="([^"]*)"')
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Tags that part what is said; text on both sides of any other tag belongs together.
_BLOCKS: Final = _HEADINGS | {
    "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "header", "hr", "label", "legend", "li", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_EMPTY: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_SKIPPED: Final = frozenset({"svg", "script", "style", "thead", "button", "select", "nav"})
#: Lists of links to other pages: they say more of those than of this one.
_PLACES: Final = {
    "ska-ingress": "ingress",
    "ska-lista": "hänvisning",
    "ska-kallor": "hänvisning",
    "ska-kalla": "utanför",  # the number of a footnote
    "headerlink": "utanför",
    "ska-slag": "utanför",  # kind and status: the search has them by themselves
}


@dataclass(slots=True)
class Avsnitt:
    """What stands under a heading, or before the first one."""

    ankare: str
    rubrik: str
    rader: list[str] = field(default_factory=list)
    #: Lines by their place: "ingress" or "hänvisning"; what isn't here is the text itself.
    ställen: dict[int, str] = field(default_factory=dict)

    @property
    def visas(self) -> list[str]:
        """The lines that say something of the page itself; its lead first."""
        order = {"ingress": 0}
        shown = [n for n in range(len(self.rader)) if self.ställen.get(n) != "hänvisning"]
        shown.sort(key=lambda n: order.get(self.ställen.get(n, ""), 1))
        return [self.rader[n] for n in shown]


def sections(page: str) -> list[Avsnitt]:
    """Read a page's sections in order; the first is what stands above the second heading."""
    reader = _Reader()
    for match in _PART.finditer(page):
        text, closing, tag, attributes = match.groups()
        if text is not None:
            reader.text(text)
        elif tag:
            reader.close(tag) if closing else reader.open(tag, attributes)
    reader.end_line()
    return [part for part in reader.made if part.rubrik or part.rader]


class _Reader:
    """Follows the tags; knows which line it is on and what kind of line that is."""

    def __init__(self) -> None:
        self.made = [Avsnitt("", "")]
        self._line = ""
        self._open: list[tuple[str, str]] = []  # tag, what it makes of its text
        self._marks: list[str] = []
        self._heading = ""
        self._left_out = False  # a whole section is

    def open(self, tag: str, attributes: str) -> None:
        if tag in _EMPTY:
            self._part(tag)
            return
        mark = _mark(tag, attributes)
        self._open.append((tag, mark))
        if mark:
            self._marks.append(mark)
        if tag in _HEADINGS:
            self.end_line()
            self._heading = tag
            self._left_out = "data-search-exclude" in attributes
            if not self._left_out:
                found = _ID.search(attributes)
                self.made.append(Avsnitt(html.unescape(found[1]) if found else "", ""))
        else:
            self._part(tag)
            if tag == "small" and self._line.strip():
                self._line = f"{self._line.rstrip()} – "
            label = _LABEL.search(attributes) if tag == "td" else None
            if label:
                self._line += f"{html.unescape(label[1])}: "

    def close(self, tag: str) -> None:
        while self._open:
            opened, mark = self._open.pop()
            if mark:
                self._marks.pop()
            if opened == tag:
                break
        if tag == self._heading:
            self._heading = ""
            if not self._left_out:
                self.made[-1].rubrik = " ".join(self._line.split())
            self._line = ""
            return
        if tag == "dt" and self._line.strip():
            self._line = f"{self._line.strip()}: "
        elif tag == "th" and self._line.strip():
            self._line = f"{self._line.strip()} · "
        elif tag == "td":
            line = self._line.rstrip()
            # A cell that only has its label says nothing.
            self._line = line.rpartition(" · ")[0] if line.endswith(":") else line
            self._line += " · " if self._line else ""
        elif tag in _BLOCKS:
            self.end_line()

    def text(self, text: str) -> None:
        if "utanför" not in self._marks and not (self._left_out and not self._heading):
            self._line += html.unescape(text) if "&" in text else text

    def end_line(self) -> None:
        line = " ".join(self._line.split()).strip(" ·")
        self._line = ""
        if line and not self._left_out:
            section = self.made[-1]
            place = self._marks[-1] if self._marks else ""
            if place in ("ingress", "hänvisning"):
                section.ställen[len(section.rader)] = place
            section.rader.append(line)

    def _part(self, tag: str) -> None:
        # A definition goes on from its term, a cell from the row's first.
        if tag in _BLOCKS and tag not in ("dd", "td", "th"):
            self.end_line()


def _mark(tag: str, attributes: str) -> str:
    if tag in _SKIPPED:
        return "utanför"
    if not attributes:
        return ""
    if "data-search-exclude" in attributes:
        return "utanför"
    _, found, rest = attributes.partition(' class="')
    return _by_class(rest.partition('"')[0]) if found else ""


@cache
def _by_class(names: str) -> str:
    return next((_PLACES[name] for name in names.split() if name in _PLACES), "")
