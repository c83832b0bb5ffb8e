"""What a PDF says of itself, and its text: read with pikepdf, apart from what made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each element of the structure tree, with the sorts of those around it."""

    def walk(node: Any, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        if isinstance(node, pikepdf.Array):
            for part in node:
                yield from walk(part, above)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node and "/K" in node:
            sort = str(node.S)[1:]
            yield (*above, sort), node
            yield from walk(node.K, (*above, sort))

    yield from walk(pdf.Root.StructTreeRoot.K, ())


def sorts(pdf: pikepdf.Pdf) -> list[str]:
    return [path[-1] for path, _ in elements(pdf)]


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Give the bookmarks: level and title."""

    def walk(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, item.title
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as root:
        return list(walk(root.root, 1))


def pages(pdf: pikepdf.Pdf, artifacts: bool = False) -> list[str]:
    """Give each page's own text, or what stands around it, such as its number.

    Without white space and hyphens: lines break where they will.
    """
    return [bare("".join(_text(page, artifacts))) for page in pdf.pages]


def bare(text: str) -> str:
    """Take away white space and hyphens, as `pages` does."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def _text(page: pikepdf.Page, artifacts: bool) -> Iterator[str]:
    maps = {name: _unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    known: dict[int, str] = {}
    marked: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            known = maps[str(operands[0])]
        elif str(operator) in ("BMC", "BDC"):
            marked.append(str(operands[0]))
        elif str(operator) == "EMC":
            marked.pop()
        elif str(operator) in ("Tj", "TJ") and ("/Artifact" in marked) == artifacts:
            shown = operands[0] if str(operator) == "TJ" else operands
            for part in shown:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    for at in range(0, len(raw), 2):
                        yield known[int.from_bytes(raw[at : at + 2], "big")]


def _unicode(font: Any) -> dict[int, str]:
    """Read a font's ToUnicode: what PDF/A-2a demands, so that the text can be got out again."""
    found: dict[int, str] = {}
    cmap = font.ToUnicode.read_bytes().decode("latin-1")

    def text(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be")

    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for sign, meaning in re.findall(r"<(\w+)>\s*<(\w+)>", body):
            found[int(sign, 16)] = text(meaning)
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, meaning in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
            for sign in range(int(first, 16), int(last, 16) + 1):
                start = text(meaning)
                found[sign] = start[:-1] + chr(ord(start[-1]) + sign - int(first, 16))
    return found
