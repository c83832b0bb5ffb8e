"""What one file holds, made once from what its schema accepted: things, and what they say.

Whom a mention means depends on the other files; `build.py` ties them together.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from ska.model import Lucka, Text, Texter
from ska.reading.schema import Checked, Found, Reference
from ska.reading.yaml_source import Document, Path
from ska.ting import EJ_ANGIVET, KINDS, Del, Granskning, Månad, Nyckel, Spår, Ting

Make = Callable[[Any, Document, Path], Any]
#: A thing's mention of another: its field, the kinds that the id may name, the id, and where.
Mention = tuple[Ting, str, tuple[str, ...], str, Path]


@dataclass(slots=True)
class Held:
    """One file's things (each with what it stands in), and what they mention, lack and say."""

    document: Document
    ting: tuple[tuple[Ting, Nyckel], ...]
    granskningar: tuple[Granskning, ...]
    mentions: tuple[Mention, ...]
    luckor: tuple[Lucka, ...]
    texter: Texter


#: Where something stands in a file is where it stands in most files of its kind.
_paths: Final[dict[Path, Path]] = {}


def same(path: Path) -> Path:
    """Give a path as it was first met: a plan has many times as many places as paths."""
    return _paths.setdefault(path, path)


def hold(checked: Checked) -> Held:
    """Make what a file holds. Of two things with the same kind and id the first counts."""
    ting = tuple((_thing(found), found.inside) for found in checked.found)
    own: dict[Nyckel, Ting] = {}
    for thing, _ in ting:
        own.setdefault(thing.nyckel, thing)
    unstated = (
        (own[gap.slag, gap.id], gap) for gap in checked.unstated if (gap.slag, gap.id) in own
    )
    mentions = ((own[mention.slag, mention.id], mention) for mention in checked.references)
    return Held(
        checked.document,
        ting,
        tuple(_seen(data, checked.document, path) for data, path in checked.minnen),
        tuple((thing, _field(thing, m), m.kinds, m.target, same(m.path)) for thing, m in mentions),
        tuple(Lucka(thing, _field(thing, gap), gap.where()) for thing, gap in unstated),
        Texter(
            tuple(
                Text(own[text.slag, text.id], text.target, same(text.path))
                for text in checked.texts
                if (text.slag, text.id) in own
            )
        ),
    )


def _field(source: Ting, reference: Reference) -> str:
    depth = len(source.spår.path)
    parts = reference.path[depth:]
    return sys.intern(".".join(part for part in parts if isinstance(part, str)))


def _thing(found: Found) -> Ting:
    kind: Any = KINDS[found.slag]
    thing: Ting = _maker(kind)(found.data, found.document, found.path)
    return thing


def _seen(data: Any, document: Document, path: Path) -> Granskning:
    granskning: Granskning = _maker(Granskning)(data, document, path)
    return granskning


@cache
def _maker(kind: Any) -> Make:
    """Return what turns typed data into a value of `kind`, worked out once from its hints."""
    if isinstance(kind, type) and issubclass(kind, Del):
        return _part_maker(kind)
    if kind is date:
        return lambda value, document, path: date.fromisoformat(value)
    if kind is Månad:
        return lambda value, document, path: Månad.läs(value)
    origin = get_origin(kind)
    if origin is tuple:
        item = _maker(get_args(kind)[0])
        return lambda value, document, path: tuple(
            item(part, document, (*path, index)) for index, part in enumerate(value)
        )
    if origin in (Union, types.UnionType):
        return _union_maker([k for k in get_args(kind) if k is not type(None)])
    return lambda value, document, path: value


def _union_maker(kinds: list[Any]) -> Make:
    """`X | ej_angivet`, and for a source's date, day or month; a mere choice stays as it is."""
    makers = [_maker(kind) for kind in kinds if get_origin(kind) is not Literal]
    if kinds[:2] == [date, Månad]:
        day, month = makers[:2]
        makers = [lambda v, d, p: day(v, d, p) if len(v) == 10 else month(v, d, p)]
    make = makers[0] if makers else _maker(str)
    return lambda value, document, path: (
        value if value == EJ_ANGIVET else make(value, document, path)
    )


def _part_maker(kind: type[Del]) -> Make:
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind) if f.name != "spår"]
    makers = {name: _maker(hints[name]) for name in names}
    optional = {f.name for f in fields(kind) if f.default is not MISSING}

    def make(value: Any, document: Document, path: Path) -> Any:
        made = {
            name: maker(value[name], document, (*path, name))
            for name, maker in makers.items()
            if name in value or name not in optional
        }
        return kind(spår=Spår(document, same(path)), **made)

    return make
