"""What the rules on law share: when a provision ceased, what came instead, how it is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ska.model import Plan
from ska.problems import Location
from ska.render import words
from ska.ting import EJ_ANGIVET, Författning, Lagrum

Lag = Författning | Lagrum
#: The register's own kinds; what they say of each other is not reliance.
REGISTER: Final = ("författning", "lagrum")


def lagar(plan: Plan) -> Iterator[Lag]:
    """Yield every statute, then every provision."""
    yield from plan.författningar.values()
    yield from plan.lagrum.values()


def upphävd(plan: Plan, lag: Lag) -> tuple[date, Location] | None:
    """Return the day when a statute or provision ceased, and where that is written."""
    days = [(lag.upphävd, lag.where("upphävd"))] if lag.upphävd else []
    if isinstance(lag, Lagrum):
        whole = plan.författningar.get(lag.författning)
        days += [(whole.upphävd, whole.where("upphävd"))] if whole and whole.upphävd else []
    return min(days, key=lambda day: day[0], default=None)  # its own place first


def ersättare(plan: Plan, lag: Lag) -> tuple[str, ...]:
    """Return the ids of what holds instead; for a provision without any, its statute's."""
    if isinstance(lag, Författning):
        return () if lag.ersatt_av in (None, EJ_ANGIVET) else (str(lag.ersatt_av),)
    if lag.ersatt_av and lag.ersatt_av != EJ_ANGIVET:
        return tuple(lag.ersatt_av)
    whole = plan.författningar.get(lag.författning)
    return ersättare(plan, whole) if whole else ()


def slå_upp(plan: Plan, id: str) -> Lag | None:
    """Return the provision or statute with that id; provisions first, as in the schemas."""
    return plan.lagrum.get(id) or plan.författningar.get(id)


def namn(plan: Plan, lag: Lag) -> str:
    """Name a statute, or a provision by its statute and paragraph."""
    if isinstance(lag, Författning):
        return lag.namn
    whole = plan.författningar.get(lag.författning)
    return f"{whole.namn if whole else lag.författning} {words.paragraf(lag)}".strip()
