"""What a document is made of: headings, paragraphs, lists, tables, pictures; and text to these.

Plain data, ready for JSON. A text field's Markdown is read here and handed on as its parts: the
typesetter is given text to show, never source to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from markdown_it.token import Token

from ska.render import rich

#: A part of a document, with its sort in `typ`.
Block = dict[str, Any]
#: Some text (`t`), its styles (`s`), and the address it leads to (`l`).
Bit = dict[str, Any]

_LINKS: Final = ("https://", "mailto:")  # as on the pages
_STYLES: Final = {"strong": "fet", "em": "kursiv"}


def bit(text: str, *styles: str) -> Bit:
    """Make a piece of text on one line."""
    return {"t": _line(text), "s": list(styles), "l": ""}


def rubrik(nivå: int, text: str) -> Block:
    """Make a heading."""
    return {"typ": "rubrik", "nivå": nivå, "text": _line(text).strip()}


def stycke(*bits: Bit) -> Block:
    """Make a paragraph."""
    return {"typ": "stycke", "bitar": list(bits)}


def lista(points: Iterable[Sequence[Block]], first: int | None = None) -> Block:
    """Make a list, numbered where a first number is given."""
    return {
        "typ": "lista",
        "ordnad": first is not None,
        "första": first or 0,
        "punkter": [list(point) for point in points],
    }


def fakta(rows: Iterable[tuple[str, str]]) -> list[Block]:
    """Make a list of facts, without those that say nothing; no list when none is left."""
    said = [[name, _line(value)] for name, value in rows if value]
    return [{"typ": "fakta", "rader": said}] if said else []


def tabell(
    caption: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[list[Block]]]
) -> Block:
    """Make a table: columns by name and share of the width, cells as blocks."""
    return {
        "typ": "tabell",
        "rubrik": caption,
        "kolumner": [name for name, _ in columns],
        "bredder": [share for _, share in columns],
        "rader": [[{"block": cell} for cell in row] for row in rows],
    }


def bild(svg: str, alt: str, caption: str) -> Block:
    """Make a picture with what it says in words."""
    return {"typ": "bild", "svg": svg, "alt": alt, "rubrik": caption}


def text(value: str) -> list[Block]:
    """Turn a text field into paragraphs and lists."""
    return list(_blocks(iter(rich.tokens(value))))


def rad(value: str) -> list[Block]:
    """Make one paragraph of plain text; none of nothing."""
    return [stycke(bit(value))] if value else []


def strängar(data: Any) -> Iterator[str]:
    """Yield all text in a document's data, but for drawings; each paragraph in one piece."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            if name == "bitar":
                yield "".join(bit["t"] for bit in value)
            elif name != "svg":
                yield from strängar(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from strängar(value)


def _line(value: str) -> str:
    return value.replace("\n", " ").replace("\t", " ")


def _blocks(tokens: Iterator[Token]) -> Iterator[Block]:
    """Yield blocks until the one that encloses them ends."""
    for token in tokens:
        if token.type == "inline":
            yield stycke(*_bits(token.children or []))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            first = 1 if start is None else int(start)
            yield lista(_points(tokens), first if token.type == "ordered_list_open" else None)
        elif token.type.endswith("_close") and token.type != "paragraph_close":
            return


def _points(tokens: Iterator[Token]) -> Iterator[list[Block]]:
    for token in tokens:
        if token.type != "list_item_open":
            return
        yield list(_blocks(tokens))


def _bits(tokens: Iterable[Token]) -> Iterator[Bit]:
    styles: list[str] = []
    target = ""
    for token in tokens:
        kind, _, end = token.type.rpartition("_")
        if token.type in ("text", "code_inline"):
            own = ["kod"] if token.type == "code_inline" else []
            if token.content:
                yield {"t": _line(token.content), "s": [*styles, *own], "l": target}
        elif token.type == "softbreak":
            yield {"t": " ", "s": [*styles], "l": target}
        elif token.type == "hardbreak":
            yield {"t": "\n", "s": [], "l": ""}
        elif kind == "link":
            address = str(token.attrGet("href") or "") if end == "open" else ""
            target = address if address.startswith(_LINKS) else ""
        elif end == "open":
            styles.append(_STYLES[kind])
        elif end == "close":
            styles.pop()
