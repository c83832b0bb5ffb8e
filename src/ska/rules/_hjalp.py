"""What several rules share: editions in order, how often, months, who carries what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ska.model import Hänvisning, Plan
from ska.ting import Aktivitet, Delplan, Frekvens, Månad, Utgåva

_PER_ÅR: Final = {"vecka": 52, "månad": 12, "kvartal": 4, "termin": 2, "år": 1}


class Antal(NamedTuple):
    """How many times, at least and at most; `högst` is None where there is no upper limit."""

    minst: int
    högst: int | None

    def möts(self, andra: Antal) -> bool:
        """Tell whether some number fits both."""
        under = self.högst is not None and self.högst < andra.minst
        över = andra.högst is not None and andra.högst < self.minst
        return not under and not över


def gånger_om_året(frekvens: Frekvens) -> Antal | None:
    """Return how many times a year a frequency comes to; None where it gives no number."""
    if frekvens.typ != "antal" or frekvens.antal is None or frekvens.per is None:
        return None
    antal = frekvens.antal * _PER_ÅR[frekvens.per]
    if frekvens.gräns == "minst":
        return Antal(0 if frekvens.utom else antal, None)
    if frekvens.gräns == "högst" or frekvens.utom:  # an exempted time takes off nobody knows what
        return Antal(0, antal)
    return Antal(antal, antal)


def månader(från: Månad, till: Månad) -> Iterator[Månad]:
    """Yield each month of a period, first and last included."""
    for number in range(från.år * 12 + från.månad - 1, till.år * 12 + till.månad):
        yield Månad(number // 12, number % 12 + 1)


def i_månad(dag: date) -> Månad:
    """Return the month of a day."""
    return Månad(dag.year, dag.month)


def egen_plan(plan: Plan) -> bool:
    """Tell whether the plan is our own to complete, not a retelling of what others decided."""
    return plan.ram.status != "återgivning"


def aktiviteter_för_metoder(plan: Plan) -> dict[str, list[Aktivitet]]:
    """Return the activities that carry each method, by the method's id."""
    carried: dict[str, list[Aktivitet]] = {}
    for aktivitet in plan.aktiviteter.values():
        for metod in dict.fromkeys(aktivitet.metoder):
            carried.setdefault(metod, []).append(aktivitet)
    return carried


def utgåvor_i_följd(plan: Plan) -> Iterator[list[tuple[date, date, Utgåva]]]:
    """Yield each board's editions whose whole period is known, in order of time.

    A period that ends before it starts is left to the rule about that.
    """
    boards: dict[str, list[tuple[date, date, Utgåva]]] = {}
    for utgåva in plan.utgåvor.values():
        från, till = utgåva.gäller_från, utgåva.gäller_till
        if isinstance(från, date) and isinstance(till, date) and från <= till:
            boards.setdefault(utgåva.nämnd, []).append((från, till, utgåva))
    for editions in boards.values():
        yield sorted(editions, key=lambda edition: (edition[0], edition[1], edition[2].id))


def listade_i_delplaner(plan: Plan) -> dict[tuple[str, str], list[Hänvisning]]:
    """Return where the sub-plans list each unit and department, by its kind and id."""
    return {
        nyckel: [m for m in mentions if isinstance(m.från, Delplan)]
        for nyckel, mentions in plan.till.items()
        if nyckel[0] in ("enhet", "avdelning")
    }
