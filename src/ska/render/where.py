"""In which units and administrations a thing holds: asked of every thing that a list narrows."""

from __future__ import annotations

from collections.abc import Iterable

from ska.derived import ansvar
from ska.model import Plan
from ska.render.addresses import ORGANISATION
from ska.ting import Aktivitet, Metod, Nyckel, Roll, Rutin, Ting

_KINDS = frozenset(ORGANISATION[:-1])
_Units = set[str]


class Where:
    """Finds the units and administrations in which a thing holds.

    What each unit is in is turned around once: a thing is then found by what it names, and not
    by asking every unit.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[Nyckel, frozenset[str]] = {}
        scopes = ansvar.omkretsar(plan)
        self._every = set(scopes)
        self._named = _turned((id, scope.namn) for id, scope in scopes.items())
        self._near = _turned((id, scope.nära) for id, scope in scopes.items())
        self._methods = _turned((id, scope.metoder) for id, scope in scopes.items())
        self._free = {id for id, scope in scopes.items() if not scope.delplaner}
        self._year = _turned((id, scope.aktiviteter) for id, scope in scopes.items())
        self._others = {*plan.utförare, *plan.förvaltningar}

    def __call__(self, sak: Ting) -> frozenset[str]:
        """Give the ids: the units, what they are part of, and others that the thing names."""
        if sak.nyckel not in self._known:
            mentions = self._plan.från.get(sak.nyckel, ())
            named = {m.till.id for m in mentions if m.till.slag in _KINDS}
            units = self._units(sak, named)
            above = {self._plan.enheter[id].förvaltning for id in units}
            self._known[sak.nyckel] = frozenset(units | above | named & self._others)
        return self._known[sak.nyckel]

    def _units(self, sak: Ting, named: set[str]) -> _Units:
        match sak:
            case Rutin():
                return _any(self._named, sak.gäller_för) if sak.gäller_för else self._every
            case Metod():
                # Where sub-plans say which methods are used, another is used where it says so.
                used = self._free | self._methods.get(sak.id, set())
                held = _any(self._named, sak.omfattar) if sak.omfattar else self._every
                return (held & used) | _any(self._named, (*sak.omfattar, *sak.utförs_av)) - used
            case Aktivitet():
                return self._year.get(sak.id, set())
            case Roll():
                return {enhet.id for enhet in ansvar.enheter(self._plan, sak)}
            case _:
                return _any(self._near, (sak.id, *named))


def _turned(held: Iterable[tuple[str, Iterable[str]]]) -> dict[str, _Units]:
    """Turn what each unit has around: the units that have it."""
    found: dict[str, _Units] = {}
    for unit, ids in held:
        for id in ids:
            found.setdefault(id, set()).add(unit)
    return found


def _any(index: dict[str, _Units], ids: Iterable[str]) -> _Units:
    return {unit for id in ids for unit in index.get(id, ())}
