"""A generated page's headings told apart from its HTML, so that a site need not parse the latter.

A page's Markdown is headings between blocks of finished HTML. Markdown looks at each tag of a
block only to hand it on, and that was two fifths of a build. So the headings are marked where
they are known for sure, in the templates, and the site lets Markdown see them alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from jinja2.ext import Extension

#: Stands before each heading of a template. Private use: no text in plan/ may hold it.
_MARK: Final = "\ue000"
_HEADING: Final = re.compile(r"^(?=#{1,6} )", re.MULTILINE)
_HOLE: Final = "<!--ska-{}-->"
_HOLES: Final = re.compile(r"<!--ska-(\d+)-->")


class Marking(Extension):
    """Marks the headings of the Markdown templates as they are read."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Put the mark before each line of a `.md` template that is a heading."""
        return _HEADING.sub(_MARK, source) if name and name.endswith(".md") else source


def plain(marked: str) -> str:
    """Give the Markdown as any site generator reads it."""
    return marked.replace(_MARK, "")


def under_title(marked: str, html: str) -> str:
    """Put a block of HTML right under a page's first heading."""
    before, mark, rest = marked.partition(_MARK)
    title, _, below = rest.partition("\n")
    return f"{before}{mark}{title}\n\n{html.strip()}\n\n{below.lstrip()}"


def parts(marked: str) -> list[tuple[str, str]]:
    """Give each heading's line with what stands below it; what is above the first has no line."""
    first, *rest = marked.split(_MARK)
    below = (part.partition("\n") for part in rest)
    return [("", first.strip()), *((line, html.strip()) for line, _, html in below)]


def marked(parts: Iterable[tuple[str, str]]) -> str:
    """Put the parts of a page together again."""
    return _MARK.join(f"{line}\n{html}\n" for line, html in parts)


def skeleton(marked: str) -> str:
    """Give the headings alone, with a numbered hole for what stands between them."""
    (_, first), *rest = parts(marked)
    lines = [_HOLE.format(0) if first else ""]
    for number, (line, _) in enumerate(rest, 1):
        lines += [line, _HOLE.format(number)]
    return "\n\n".join(lines)


def filled(html: str, marked: str) -> str:
    """Put what stands between the headings into the holes of a skeleton's HTML."""
    blocks = [block for _, block in parts(marked)]
    return _HOLES.sub(lambda hole: blocks[int(hole[1])], html)
