"""What files hold to one `Plan`: things, and the mentions that tie them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from ska.bindning import Bindning
from ska.held import Held
from ska.model import SAMLINGAR, Hänvisning, OkändHänvisning, Plan, Texter, TvetydigHänvisning
from ska.ting import Nyckel, Ting


def plan(accepted: Iterable[Held], bindningar: Mapping[str, Bindning] | None = None) -> Plan:
    """Build the plan from the files that the schemas accepted, in the order given.

    Of two things with the same kind and id the first counts; both are in `dubbletter`.
    `bindningar` are what the schemas say of links, for who asks what rests on what.
    """
    files = list(accepted)
    things: dict[Nyckel, Ting] = {}
    dubbletter: list[tuple[Ting, Ting]] = []
    inside: dict[Nyckel, list[Ting]] = {}
    for held in files:
        for thing, around in held.ting:
            if (first := things.setdefault(thing.nyckel, thing)) is not thing:
                dubbletter.append((first, thing))
            elif around[0]:
                inside.setdefault(around, []).append(thing)
    if dubbletter:
        files = [_of_first(held, things) for held in files]
    known, unknown, ambiguous = _mentions(things, files)
    collections: dict[str, dict[str, Ting]] = {name: {} for name in SAMLINGAR.values()}
    for (slag, id), thing in things.items():
        collections[SAMLINGAR[slag]][id] = thing
    typed: dict[str, Any] = dict(collections)  # the kinds were made from KINDS, one by one
    return Plan(
        **typed,
        hänvisningar=tuple(known),
        okända=tuple(unknown),
        tvetydiga=tuple(ambiguous),
        luckor=tuple(chain.from_iterable(held.luckor for held in files)),
        texter=tuple(chain.from_iterable(held.texter.alla for held in files)),
        dubbletter=tuple(dubbletter),
        inuti={nyckel: tuple(parts) for nyckel, parts in inside.items()},
        till=_grouped(known, lambda mention: mention.till.nyckel),
        från=_grouped(known, lambda mention: mention.från.nyckel),
        granskningar=tuple(chain.from_iterable(held.granskningar for held in files)),
        bindningar=bindningar or {},
        filers_texter=tuple(held.texter for held in files),
    )


def _of_first(held: Held, things: Mapping[Nyckel, Ting]) -> Held:
    """Let what a thing says be said by the one that counts, where an earlier one has its id."""
    if all(things[thing.nyckel] is thing for thing, _ in held.ting):
        return held
    return Held(
        held.document,
        held.ting,
        held.granskningar,
        held.mentions,
        tuple(gap._replace(ting=things[gap.ting.nyckel]) for gap in held.luckor),
        Texter(
            tuple(text._replace(ting=things[text.ting.nyckel]) for text in held.texter.alla),
            held.texter.funna,  # it depends on the words alone
        ),
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
    things: dict[Nyckel, Ting], files: Iterable[Held]
) -> tuple[list[Hänvisning], list[OkändHänvisning], list[TvetydigHänvisning]]:
    """Resolve each mention; one that fits several kinds names the first that the schema lists."""
    known: list[Hänvisning] = []
    unknown: list[OkändHänvisning] = []
    ambiguous: list[TvetydigHänvisning] = []
    for own, name, kinds, target, path in chain.from_iterable(held.mentions for held in files):
        source = things[own.nyckel]  # another, where an earlier one has its id
        targets = [things[kind, target] for kind in kinds if (kind, target) in things]
        if not targets:
            where = own.spår.document.where(path)
            unknown.append(OkändHänvisning(source, name, kinds, target, where))
            continue
        known.append(Hänvisning(source, name, targets[0], path))
        if len(targets) > 1:
            where = own.spår.document.where(path)
            ambiguous.append(TvetydigHänvisning(source, name, tuple(targets), where))
    return known, unknown, ambiguous


def _grouped(
    mentions: Iterable[Hänvisning], key: Callable[[Hänvisning], Nyckel]
) -> dict[Nyckel, tuple[Hänvisning, ...]]:
    groups: dict[Nyckel, list[Hänvisning]] = {}
    for mention in mentions:
        groups.setdefault(key(mention), []).append(mention)
    return {name: tuple(group) for name, group in groups.items()}
