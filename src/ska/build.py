"""Checked files to one `Plan`: things, and the mentions that tie them together."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ska.bindning import Bindning
from ska.model import (
    SAMLINGAR,
    Hänvisning,
    Lucka,
    OkändHänvisning,
    Plan,
    Text,
    TvetydigHänvisning,
)
from ska.schema import Checked, Found, Reference
from ska.ting import EJ_ANGIVET, KINDS, Del, Granskning, Månad, Nyckel, Spår, Ting
from ska.yaml_source import Document, Path

Make = Callable[[Any, Document, Path], Any]


def plan(accepted: Iterable[Checked], bindningar: Mapping[str, Bindning] | None = None) -> Plan:
    """Build the plan from the files that the schemas accepted, in the order given.

    Of two things with the same kind and id the first counts; both are in `dubbletter`.
    `bindningar` are what the schemas say of links, for who asks what rests on what.
    """
    things: dict[Nyckel, Ting] = {}
    dubbletter: list[tuple[Ting, Ting]] = []
    references: list[Reference] = []
    unstated: list[Reference] = []
    texts: list[Reference] = []
    granskningar: list[Granskning] = []
    inside: dict[Nyckel, list[Ting]] = {}
    for checked in accepted:
        unstated += checked.unstated
        texts += checked.texts
        references += checked.references
        granskningar += (_seen(data, checked.document, path) for data, path in checked.minnen)
        for found in checked.found:
            thing = _thing(found)
            if (first := things.setdefault(thing.nyckel, thing)) is not thing:
                dubbletter.append((first, thing))
            elif found.inside[0]:
                inside.setdefault(found.inside, []).append(thing)
    known, unknown, ambiguous = _mentions(things, references)
    collections: dict[str, dict[str, Ting]] = {name: {} for name in SAMLINGAR.values()}
    for (slag, id), thing in things.items():
        collections[SAMLINGAR[slag]][id] = thing
    typed: dict[str, Any] = dict(collections)  # the kinds were made from KINDS, one by one
    return Plan(
        **typed,
        hänvisningar=tuple(known),
        okända=tuple(unknown),
        tvetydiga=tuple(ambiguous),
        luckor=tuple(
            Lucka(things[gap.slag, gap.id], _field(things[gap.slag, gap.id], gap), gap.where())
            for gap in unstated
            if (gap.slag, gap.id) in things
        ),
        texter=tuple(
            Text(things[text.slag, text.id], text.target, text.path)
            for text in texts
            if (text.slag, text.id) in things
        ),
        dubbletter=tuple(dubbletter),
        inuti={nyckel: tuple(parts) for nyckel, parts in inside.items()},
        till=_grouped(known, lambda mention: mention.till.nyckel),
        från=_grouped(known, lambda mention: mention.från.nyckel),
        granskningar=tuple(granskningar),
        bindningar=bindningar or {},
    )


def joined(parts: Iterable[Plan]) -> Plan:
    """Put the plans of single files together: their things, without the mentions between them."""
    collections: dict[str, dict[str, Ting]] = {name: {} for name in SAMLINGAR.values()}
    inside: dict[Nyckel, tuple[Ting, ...]] = {}
    for held in parts:
        for name, things in collections.items():
            for id, thing in getattr(held, name).items():
                things.setdefault(id, thing)
        inside |= held.inuti
    typed: dict[str, Any] = dict(collections)
    return Plan(
        **typed, hänvisningar=(), okända=(), tvetydiga=(), luckor=(), texter=(), dubbletter=(),
        inuti=inside, till={}, från={},
    )  # fmt: skip


def _mentions(
    things: dict[Nyckel, Ting], references: Iterable[Reference]
) -> tuple[list[Hänvisning], list[OkändHänvisning], list[TvetydigHänvisning]]:
    """Resolve each reference; one that fits several kinds names the first that the schema lists."""
    known: list[Hänvisning] = []
    unknown: list[OkändHänvisning] = []
    ambiguous: list[TvetydigHänvisning] = []
    for reference in references:
        source = things[reference.slag, reference.id]
        name = _field(source, reference)
        keys = [(kind, reference.target) for kind in reference.kinds]
        targets = [things[key] for key in keys if key in things]
        if not targets:
            kinds, where = reference.kinds, reference.where()
            unknown.append(OkändHänvisning(source, name, kinds, reference.target, where))
            continue
        known.append(Hänvisning(source, name, targets[0], reference.path))
        if len(targets) > 1:
            ambiguous.append(TvetydigHänvisning(source, name, tuple(targets), reference.where()))
    return known, unknown, ambiguous


def _field(source: Ting, reference: Reference) -> str:
    depth = len(source.spår.path)
    return ".".join(part for part in reference.path[depth:] if isinstance(part, str))


def _grouped(
    mentions: Iterable[Hänvisning], key: Callable[[Hänvisning], Nyckel]
) -> dict[Nyckel, tuple[Hänvisning, ...]]:
    groups: dict[Nyckel, list[Hänvisning]] = {}
    for mention in mentions:
        groups.setdefault(key(mention), []).append(mention)
    return {name: tuple(group) for name, group in groups.items()}


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
        return kind(spår=Spår(document, path), **made)

    return make
