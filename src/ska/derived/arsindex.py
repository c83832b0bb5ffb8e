"""The activities in the order of the year, and by what they name: found without a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ska.model import Plan
from ska.once import once_a_plan
from ska.ting import Aktivitet, Delplan, Månad, Nyckel

K = TypeVar("K")
V = TypeVar("V")


@once_a_plan
def i_ordning(plan: Plan) -> tuple[Aktivitet, ...]:
    """Return the activities in the order of the year: by month of report, recurring ones last."""
    return tuple(sorted(plan.aktiviteter.values(), key=_order))


def _order(aktivitet: Aktivitet) -> tuple[bool, Månad]:
    month = aktivitet.rapporteras.månad
    return (month is None, month or Månad(0, 0))


@dataclass(frozen=True, slots=True)
class Index:
    """The activities by what they name: each list by place in the order of the year."""

    ordning: tuple[Aktivitet, ...]
    roller: Mapping[str, tuple[Aktivitet, ...]]
    verksamheter: Mapping[str, tuple[int, ...]]
    metoder: Mapping[str, tuple[int, ...]]
    utan_metod: tuple[int, ...]
    utförare: Mapping[str, tuple[int, ...]]
    delplaner: Mapping[Nyckel, tuple[Delplan, ...]]
    kept: dict[Nyckel, tuple[Aktivitet, ...]] = field(default_factory=dict)

    def av(self, places: Iterable[int]) -> tuple[Aktivitet, ...]:
        """Give the activities at some places."""
        return tuple(self.ordning[n] for n in sorted(places))

    def delarnas(
        self, parts: Iterable[str], methods: Iterable[str] | None, *, bare: bool = True
    ) -> set[int]:
        """Give what concerns `parts` and uses one of `methods`; `bare`: or no method at all."""
        wanted = set(parts)
        if methods is None:
            return {n for part in wanted for n in self.verksamheter.get(part, ())}
        places = {n for method in methods for n in self.metoder.get(method, ())}
        places.update(self.utan_metod if bare else ())
        return {n for n in places if not wanted.isdisjoint(self.ordning[n].verksamheter)}


@once_a_plan
def index(plan: Plan) -> Index:
    """Make the index of a plan's year."""
    whole = i_ordning(plan)
    parts = [
        ((slag, id), part)
        for part in plan.delplaner.values()
        for slag, ids in (("enhet", part.enheter), ("avdelning", part.avdelningar))
        for id in dict.fromkeys(ids)
    ]
    return Index(
        whole,
        _by((id, a) for a in whole for id in dict.fromkeys(a.ansvariga)),
        _by((id, n) for n, a in enumerate(whole) for id in a.verksamheter),
        _by((id, n) for n, a in enumerate(whole) for id in a.metoder),
        tuple(n for n, a in enumerate(whole) if not a.metoder),
        _by((id, n) for n, a in enumerate(whole) for id in a.utförs_av),
        _by(parts),
    )


def _by(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
