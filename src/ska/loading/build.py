"""What files hold to one `Plan`: things, and the mentions that tie them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from ska.loading.held import Held
from ska.model import SAMLINGAR, Hänvisning, OkändHänvisning, Plan, Texter, TvetydigHänvisning
from ska.reading.bindning import Bindning
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
    tied = _tied(things, files, bool(dubbletter))
    collections: dict[str, dict[str, Ting]] = {name: {} for name in SAMLINGAR.values()}
    for (slag, id), thing in things.items():
        collections[SAMLINGAR[slag]][id] = thing
    typed: dict[str, Any] = dict(collections)  # the kinds were made from KINDS, one by one
    return Plan(
        **typed,
        hänvisningar=tuple(tied.known),
        okända=tuple(tied.unknown),
        tvetydiga=tuple(tied.ambiguous),
        luckor=tuple(chain.from_iterable(held.luckor for held in files)),
        texter=tuple(chain.from_iterable(held.texter.alla for held in files)),
        dubbletter=tuple(dubbletter),
        inuti={nyckel: tuple(parts) for nyckel, parts in inside.items()},
        till={nyckel: tuple(mentions) for nyckel, mentions in tied.till.items()},
        från={nyckel: tuple(mentions) for nyckel, mentions in tied.från.items()},
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


@dataclass(slots=True)
class _Tied:
    """The mentions: those that lead somewhere, also by either end, and those that don't."""

    known: list[Hänvisning] = field(default_factory=list)
    unknown: list[OkändHänvisning] = field(default_factory=list)
    ambiguous: list[TvetydigHänvisning] = field(default_factory=list)
    till: dict[Nyckel, list[Hänvisning]] = field(default_factory=dict)
    från: dict[Nyckel, list[Hänvisning]] = field(default_factory=dict)


def _tied(things: Mapping[Nyckel, Ting], files: Iterable[Held], doubled: bool) -> _Tied:
    """Resolve each mention; one that fits several kinds names the first that the schema lists."""
    tied = _Tied()
    latest: Ting | None = None
    own: list[Hänvisning] = []  # those of the latest thing; a thing's own stand together
    for thing, name, kinds, target, path in chain.from_iterable(held.mentions for held in files):
        keys = [(kind, target) for kind in kinds if (kind, target) in things]
        source = things[thing.nyckel] if doubled else thing  # the first counts
        if not keys:
            where = thing.spår.document.where(path)
            tied.unknown.append(OkändHänvisning(source, name, kinds, target, where))
            continue
        mention = Hänvisning(source, name, things[keys[0]], path)
        tied.known.append(mention)
        if source is not latest:
            latest, own = source, tied.från.setdefault(source.nyckel, [])
        own.append(mention)
        tied.till.setdefault(keys[0], []).append(mention)
        if len(keys) > 1:
            where = thing.spår.document.where(path)
            several = tuple(things[key] for key in keys)
            tied.ambiguous.append(TvetydigHänvisning(source, name, several, where))
    return tied
