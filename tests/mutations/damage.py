"""What an operator is: a kind of damage, and all the places of a plan where it can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.mutations.sites import Change, Site


@dataclass(frozen=True)
class Damage:
    """One place: what is done there, and which further files the finding may point to."""

    place: str
    changes: Mapping[str, Change]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operator:
    family: str
    name: str
    places: Callable[[Site], Iterator[Damage]]


@dataclass(frozen=True)
class Mutant:
    family: str
    operator: str
    site: Site
    damage: Damage

    def __str__(self) -> str:
        return f"{self.family}: {self.operator} ({self.site.name}) {self.damage.place}"


OPERATORS: Final[list[Operator]] = []
#: So many places of each site an operator tries.
PLACES: Final = 4

Places = Callable[[Site], Iterator[Damage]]


def operator(family: str) -> Callable[[Places], Places]:
    """Register a kind of damage; its docstring says what it is."""

    def register(places: Places) -> Places:
        OPERATORS.append(Operator(family, places.__name__, places))
        return places

    return register


def mutants(family: str, sites: tuple[Site, ...]) -> Iterator[Mutant]:
    """Yield the family's mutants: a seeded choice among all places."""
    for kind in OPERATORS:
        if kind.family == family:
            for site in sites:
                # Once each: two fields that say the same, of the same thing, are one place.
                places = list({damage.place: damage for damage in kind.places(site)}.values())
                chosen = Random(f"{site.name} {kind.name}").sample(places, min(PLACES, len(places)))
                yield from (Mutant(family, kind.name, site, damage) for damage in chosen)
