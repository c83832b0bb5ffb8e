"""Pages that are alike but for their words, whose surroundings are made once.

A plan has thousands of pages with the same headings, the same menu and the same folder above
them. MkDocs would read the same headings and print the same menu for each. Here that is done once
for each shape, with marks where a page's own words go; a page is then its shape with its words in
their places. A page that is alone in its shape, or whose words Markdown or the theme might take
for anything but words, is made in the usual way. (A test compares the two for every page.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from markdown.extensions.toc import slugify  # type: ignore[import-untyped] # it has no types
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from ska.render import headings
from ska.render.page import Page
from ska.site.hooks import metadata, own_notice
from ska.site.making import Making
from ska.site.mending import mended, way_back
from ska.site.searching import searched

#: Words in which neither Markdown, HTML nor a filter of the theme's sees anything else.
_PLAIN: Final = re.compile(r"[\w,.:–§()/”%+?!-]+(?: [\w,.:–§()/”%+?!-]+)*")
_ESCAPED: Final = re.compile(r"\\([()+.!-])")
_INDEX: Final = "index.md"

# The marks: plain words themselves, found nowhere else.
_TITLE: Final = "skaxtitelxska"
_LEAD: Final = "skaxlydelsexska"
_HEADING: Final = "SkaxRubrikxSka"
_SLUG: Final = slugify(_HEADING, "-")
_FOLDER: Final = "skaxmappxska"
_NOTICE: Final = "skaxnotisxska"
_WAY: Final = '<nav class="ska-stig">skaxstigxska</nav>'
_BLOCK: Final = "skaxblock{}xska"
_PLACES: Final = (_TITLE, _LEAD, _HEADING, _SLUG, _FOLDER, _NOTICE, re.escape(_WAY))
_MARKS: Final = re.compile(f"({'|'.join((*_PLACES, _BLOCK.format('[0-9]+')))})")


class Words(NamedTuple):
    """What is a page's own: its heading, the way back from it, and its blocks of HTML."""

    heading: str
    way: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What pages have in common, cut where their own words go: the text, and the whole page."""

    content: list[str]
    output: list[str]
    ids: frozenset[str]


class Shapes:
    """The shapes of a site's pages, as they are met."""

    def __init__(self, making: Making) -> None:
        """Begin with none."""
        self._making = making
        self._in_menu = {page.file.src_uri for page in making.nav.pages}
        self._met: set[tuple[Any, ...]] = set()
        self._known: dict[tuple[Any, ...], Shape] = {}

    def page(self, file: File, made: Page) -> str | None:
        """Give a page's HTML, and let the search read it; None where it is to be made as usual."""
        parts = headings.parts(made.marked)
        words = _words(made, parts)
        if words is None or file.src_uri in self._in_menu:
            return None
        above, folder = _place(made.path)
        lines = tuple(line for line, _ in parts[2:])
        filled = tuple(map(bool, words.blocks))
        notice = own_notice(file.url)
        key = (above, made.way, made.wide, bool(notice), bool(words.way), lines, filled)
        if key not in self._met:
            self._met.add(key)
            return None
        if key not in self._known:
            self._known[key] = self._shape(made, above, words, lines, _NOTICE if notice else "")
        shape = self._known[key]
        slug = slugify(words.heading, "-")
        if not slug or slug in shape.ids:
            return None
        own = {
            _TITLE: made.title, _LEAD: made.description, _HEADING: words.heading, _SLUG: slug,
            _FOLDER: folder, _NOTICE: notice, _WAY: words.way,
            **{_BLOCK.format(number): block for number, block in enumerate(words.blocks)},
        }  # fmt: skip
        searched(file.url, made, _with(shape.content, own))
        return _with(shape.output, {mark: mended(text) for mark, text in own.items()})

    def _shape(
        self, made: Page, above: str, words: Words, lines: tuple[str, ...], notice: str
    ) -> Shape:
        """Make a page of marks in the usual way, and cut it at them."""
        blocks = [_BLOCK.format(n) if block else "" for n, block in enumerate(words.blocks)]
        first = _WAY + blocks[0] if words.way else blocks[0]
        parts = zip(("", f"# {_HEADING}", *lines), (first, *blocks[1:]), strict=True)
        source = f"{above}{_FOLDER}.md"
        page = replace(made, path=source, title=_TITLE, description=_LEAD,
                       text=headings.marked(parts))  # fmt: skip
        making = self._making
        config, files = making.config, making.files
        told = MkDocsPage(None, File.generated(config, source, content=""), config)
        told.markdown, told.meta = headings.skeleton(page.marked), metadata(page)
        told.meta["ska_notis"] = notice
        told.render(config, files)
        content = headings.filled(told.content or "", page.marked)
        told.meta["ska_stig"], told.content = way_back(content)
        context = get_context(making.nav, making.documents, config, told)
        output = making.env.get_template("main.html").render(context)
        ids = frozenset(told.present_anchor_ids or ()) - {_SLUG}
        return Shape(_MARKS.split(content), _MARKS.split(mended(output)), ids)


def _words(made: Page, parts: list[tuple[str, str]]) -> Words | None:
    """Find a page's own words; None where one of them may be more than words."""
    if len(parts) < 2 or not parts[1][0].startswith("# "):
        return None
    heading = _ESCAPED.sub(r"\1", parts[1][0].removeprefix("# "))
    if not all(map(_PLAIN.fullmatch, (heading, made.title, made.description))):
        return None
    way, first = way_back(parts[0][1])
    return Words(heading, way.strip(), (first, *(block for _, block in parts[1:])))


def _place(path: str) -> tuple[str, str]:
    """Part a page's path in the folder above its own, and its own."""
    above, _, name = path.removesuffix(f"/{_INDEX}").removesuffix(".md").rpartition("/")
    return (f"{above}/" if above else "", name)


def _with(pieces: list[str], own: Mapping[str, str]) -> str:
    """Put words in the places of marks: every second piece is one."""
    return "".join(own[piece] if n % 2 else piece for n, piece in enumerate(pieces))
