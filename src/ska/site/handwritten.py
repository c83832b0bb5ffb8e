"""The pages in docs/, each made anew only where it would come out another than the last time.

What one rests on is its own text and the theme, which all pages rest on; what it reads of the
plan; and which pages there are to lead to.
"""

from __future__ import annotations

from typing import Final

from jinja2 import Environment, meta
from mkdocs.structure.files import File

from ska.reads import Key
from ska.render.handbook import FUNCTIONS
from ska.site.earlier_pages import EarlierPages, KeptPage, ordered
from ska.site.making import Making
from ska.site.prints import digest
from ska.site.searching import as_searched, searched_before

#: What can be said on such a page and rests on the plan alone.
_OURS: Final = frozenset(function.__name__ for function in FUNCTIONS)


class Handwritten:
    """Makes the pages, or uses those that an earlier build left."""

    def __init__(self, making: Making, earlier: EarlierPages | None) -> None:
        """Take what to make them with, and the earlier ones where there may be any."""
        self._making, self._earlier = making, earlier
        self._kept: list[File] = []
        files = (f"{file.src_uri} {file.dest_uri}".encode() for file in making.files)
        self._own = digest(*files) if earlier else b""

    def page(self, file: File) -> None:
        """Make a page, or use the earlier one."""
        making, earlier = self._making, self._earlier
        if earlier is None:
            making.page(file)
        elif before := earlier.same(file.dest_uri, self._own, making.out):
            searched_before(before.searched)
            self._kept.append(file)
        else:
            read: set[Key] = set()
            with making.built.site.reads.into(read):
                making.page(file)
            if self._says_only_ours(file):
                html = digest((making.out / file.dest_uri).read_bytes())
                places, searched = self._places(file), as_searched(file.url)
                kept = KeptPage(self._own, ordered(read), html, searched, places=places)
                earlier.keep(file.dest_uri, kept)

    def _says_only_ours(self, file: File) -> bool:
        """Tell whether a page says nothing that may be another the next time, as the hour."""
        if not self._making.known(file).meta.get("render_macros"):
            return True
        names = meta.find_undeclared_variables(Environment().parse(file.content_string))
        return names <= _OURS

    def _places(self, file: File) -> tuple[str, ...]:
        leads = self._making.known(file).links_to_anchors or {}
        return tuple(sorted(target.dest_uri for target in leads if target is not file))

    def end(self) -> None:
        """Read the pages that lead to places in such as were made anew: the places may be gone."""
        for file in self._kept:
            if self._earlier and self._earlier.leads_anew(file.dest_uri):
                self._making.read(file)
