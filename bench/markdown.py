"""What a page tells, as plain Markdown: the input of those we compare with.

The pages that `ska pages` writes hold HTML, which another program would have to read as such. Here
the same headings, paragraphs, lists, tables and links stand as somebody would have written them by
hand; drawings, forms and ways back, which themes have of their own, are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

_LEFT_OUT: Final = frozenset({"nav", "svg", "form", "script", "style", "template", "button"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "br", "code", "em", "i", "img", "kbd", "label", "mark", "small",
     "span", "strong", "sub", "sup", "time", "wbr"}
)  # fmt: skip
_MARKS: Final = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "kbd": "`"}
_HEADING: Final = re.compile(r"^(#{1,6} .*?)(?: \{[^}]*\})?$", re.MULTILINE)
_SPECIAL: Final = re.compile(r"[\\`*\[\]]")
_NUMBER: Final = re.compile(r"^(\d+)\.(?=\s|$)")
_STEP: Final = "    "

Links = Callable[[str], str]


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: Mapping[str, str | None]
    children: list[_Node | str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [_Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(_Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def rewrite(docs: Path, but: Container[str]) -> None:
    """Make plain Markdown of all pages in a folder, but for those that somebody wrote so."""
    paths = [path.relative_to(docs).as_posix() for path in sorted(docs.rglob("*.md"))]
    pages = {address(path): path for path in paths}
    for path in paths:
        if path not in but:
            text = plain((docs / path).read_text(encoding="utf-8"), path, pages)
            (docs / path).write_text(text, encoding="utf-8", newline="\n")


def plain(text: str, path: str, pages: Mapping[str, str]) -> str:
    """Give a page as plain Markdown; `pages` has the file of each address."""
    head, marker, body = text.removeprefix("---\n").partition("\n---\n")
    reader = _Reader()
    reader.feed(body if marker else text)
    reader.close()
    blocks = _blocks(reader.open[0].children, _links(path, pages))
    front = f"---\n{head}\n---\n\n" if marker else ""
    return front + "\n\n".join(blocks) + "\n"


def address(path: str) -> str:
    """Return the address of a page's file."""
    return path.removesuffix("index.md") if path.endswith("index.md") else f"{path[:-3]}/"


def _links(path: str, pages: Mapping[str, str]) -> Links:
    """Links as MkDocs wants them, from file to file; none to what isn't among the pages."""

    def link(href: str) -> str:
        place = re.split("[?#]", href)[0]
        if "://" in place or place.startswith("mailto:"):
            return place
        found = posixpath.normpath(posixpath.join(address(path), place))
        file = pages.get("" if found == "." else f"{found}/")
        if not place or file is None:
            return ""
        return posixpath.relpath(file, posixpath.dirname(path) or ".")

    return link


def _blocks(children: Iterable[_Node | str], links: Links) -> list[str]:
    blocks: list[str] = []
    run: list[_Node | str] = []
    for child in children:
        if isinstance(child, str) and _HEADING.search(child):
            blocks += _paragraph(run, links)
            blocks += [line.strip() for line in _HEADING.sub(r"\1\n", child).split("\n")
                       if line.strip()]  # fmt: skip
        elif isinstance(child, str) or child.tag in _INLINE:
            run.append(child)
            continue
        else:
            blocks += _paragraph(run, links)
            blocks += _block(child, links)
        run = []
    return blocks + _paragraph(run, links)


def _paragraph(run: Iterable[_Node | str], links: Links) -> list[str]:
    text = _NUMBER.sub(r"\1\\.", _inline(run, links))
    return [text] if text else []


def _block(node: _Node, links: Links) -> list[str]:
    if node.tag in _LEFT_OUT or "hidden" in node.attributes:
        return []
    if node.tag in ("ul", "ol"):
        mark = "-   " if node.tag == "ul" else "1.  "
        items = (_blocks(item.children, links) for item in _inside(node, "li"))
        return _listed(mark, items)
    if node.tag == "dl":
        return _listed("-   ", ([text] for text in _described(node, links)))
    if node.tag == "table":
        return _table(node, links)
    if node.tag == "pre":
        lines = _raw(node).strip("\n").splitlines()
        return ["\n".join(f"{_STEP}{line}" for line in lines)]
    found = _blocks(node.children, links)
    if re.fullmatch("h[1-6]", node.tag):
        return [f"{'#' * int(node.tag[1])} {' '.join(found)}"]
    return found


def _listed(mark: str, items: Iterable[list[str]]) -> list[str]:
    lines = []
    for blocks in items:
        text = ""
        for block in blocks:
            # A list goes on right below what it belongs to; anything else is a paragraph more.
            tight = block.startswith(("-   ", "1.  "))
            text += ("\n" if tight else "\n\n") * bool(text) + block
        lines.append(mark + text.replace("\n", f"\n{_STEP}").replace(f"\n{_STEP}\n", "\n\n"))
    return ["\n".join(lines)] if lines else []


def _described(node: _Node, links: Links) -> Iterator[str]:
    term = ""
    for child in node.children:
        if isinstance(child, _Node) and child.tag == "dt":
            term = _inline(child.children, links)
        elif isinstance(child, _Node) and child.tag == "dd":
            yield f"**{term}:** {_inline(child.children, links)}"
        elif isinstance(child, _Node):
            yield from _described(child, links)


def _table(node: _Node, links: Links) -> list[str]:
    rows = [
        [_inline(cell.children, links).replace("|", r"\|") for cell in _inside(row, "th", "td")]
        for row in _inside(node, "tr")
    ]
    width = max(map(len, rows), default=0)
    if not width:
        return []
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    caption = [
        text for found in _inside(node, "caption") for text in _paragraph(found.children, links)
    ]
    return [*caption, "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])]


def _inside(node: _Node, *tags: str) -> Iterator[_Node]:
    """Find what has such a tag, but not in what is found already."""
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag in tags:
                yield child
            else:
                yield from _inside(child, *tags)


def _inline(children: Iterable[_Node | str], links: Links) -> str:
    return " ".join("".join(_inline_parts(children, links)).split())


def _inline_parts(children: Iterable[_Node | str], links: Links) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield _SPECIAL.sub(r"\\\g<0>", child).replace("<", "&lt;")
        elif child.tag not in _LEFT_OUT and "hidden" not in child.attributes:
            yield _word(child, links)


def _word(node: _Node, links: Links) -> str:
    if node.tag == "img":
        return f"![{node.attributes.get('alt') or ''}]({node.attributes.get('src') or ''})"
    if node.tag in ("code", "kbd"):
        return f"`{_raw(node)}`"
    text = "".join(_inline_parts(node.children, links))
    if node.tag == "a" and text.strip():
        to = links(node.attributes.get("href") or "")
        return f"[{' '.join(text.split())}]({to})" if to else text
    mark = _MARKS.get(node.tag, "") if text.strip() else ""
    return f"{mark}{text.strip() if mark else text}{mark}" if node.tag in _INLINE else f" {text} "


def _raw(node: _Node) -> str:
    return "".join(child if isinstance(child, str) else _raw(child) for child in node.children)
