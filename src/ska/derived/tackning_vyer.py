"""Coverage as a role sees it, and as it is in each unit. Facts only."""

from __future__ import annotations

from collections.abc import Iterable

from ska.derived.ansvar import omkretsar
from ska.derived.tackning import GRADER, Grad, Svar, Täckning
from ska.model import Plan
from ska.ting import Aktivitet, Enhet, Kontrollmoment, Metod, Rutin


def per_roll(found: Iterable[Täckning]) -> dict[str, list[tuple[Täckning, tuple[Svar, ...]]]]:
    """Return, by role, the requirements that it answers for, and through what."""
    roles: dict[str, list[tuple[Täckning, tuple[Svar, ...]]]] = {}
    for one in found:
        mine: dict[str, list[Svar]] = {}
        for svar in one.gäller:
            for id in svar.ansvariga:
                mine.setdefault(id, []).append(svar)
        for id, answers in mine.items():
            roles.setdefault(id, []).append((one, tuple(answers)))
    return roles


def per_enhet(
    plan: Plan, found: Iterable[Täckning]
) -> dict[str, tuple[tuple[Täckning, Grad], ...]]:
    """Return, by unit, the requirements that concern it, and how far they are met there.

    What answers in another unit does not answer here.
    """
    held = [one for one in found if one.läge == "gäller"]
    # What holds in a part of the organisation, worked out once for each part and not for each unit.
    here: dict[str, dict[str, Grad]] = {}
    methods: dict[str, tuple[Metod, dict[str, Grad]]] = {}
    for one in held:
        for svar in one.gäller:
            if isinstance(svar.ting, Metod):
                _better(methods.setdefault(svar.ting.id, (svar.ting, {}))[1], one, svar.grad)
                continue
            for part in _delar(svar.ting) or ("",):
                _better(here.setdefault(part, {}), one, svar.grad)
    return {
        enhet.id: _i_enhet(plan, enhet, held, here, list(methods.values()))
        for enhet in plan.enheter.values()
    }


def _i_enhet(
    plan: Plan, enhet: Enhet, held: list[Täckning], here: dict[str, dict[str, Grad]],
    methods: list[tuple[Metod, dict[str, Grad]]],
) -> tuple[tuple[Täckning, Grad], ...]:  # fmt: skip
    scope = omkretsar(plan)[enhet.id]
    met = [here[part] for part in ("", *sorted(scope.namn)) if part in here]
    met += [grades for metod, grades in methods if scope.metod(metod)]
    best: dict[str, Grad] = {}
    for grades in met:
        for id, grad in grades.items():
            if GRADER.index(grad) > GRADER.index(best.get(id, "inte")):
                best[id] = grad
    rows = [
        (one, best.get(one.krav.id, GRADER[0]))
        for one in held
        if scope.nämns(one.krav.gäller_för, annars=True)
    ]
    return tuple(sorted(rows, key=lambda row: GRADER.index(row[1])))


def _better(grades: dict[str, Grad], one: Täckning, grad: Grad) -> None:
    if GRADER.index(grad) > GRADER.index(grades.get(one.krav.id, "inte")):
        grades[one.krav.id] = grad


def _delar(ting: Rutin | Aktivitet | Kontrollmoment) -> tuple[str, ...]:
    """Return the parts of the organisation where a thing holds; none where it holds in all."""
    match ting:
        case Rutin():
            return ting.gäller_för
        case Aktivitet():
            return ting.verksamheter
        case _:
            return ting.avser
