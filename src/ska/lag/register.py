"""The register of law read: when a provision holds, what came instead. Facts, no words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ska.model import Hänvisning, Plan
from ska.problems import Location
from ska.ting import EJ_ANGIVET, Författning, Krav, Lagrum

Lag = Författning | Lagrum
#: The register's own kinds; what they say of each other is not reliance.
REGISTER: Final = ("författning", "lagrum")


def lagar(plan: Plan) -> Iterator[Lag]:
    """Yield every statute, then every provision."""
    yield from plan.författningar.values()
    yield from plan.lagrum.values()


def åberopad(plan: Plan) -> Iterator[tuple[Lag, Hänvisning]]:
    """Yield each mention of a statute or provision, with the law."""
    for law in lagar(plan):
        for mention in plan.till.get(law.nyckel, ()):
            yield law, mention


def upphävd(plan: Plan, lag: Lag) -> tuple[date, Location] | None:
    """Return the day when a statute or provision ceased, and where that is written."""
    days = [(lag.upphävd, lag.where("upphävd"))] if lag.upphävd else []
    if isinstance(lag, Lagrum):
        whole = plan.författningar.get(lag.författning)
        days += [(whole.upphävd, whole.where("upphävd"))] if whole and whole.upphävd else []
    return min(days, key=lambda day: day[0], default=None)  # its own place first


def gäller_från(plan: Plan, lag: Lag) -> date | None:
    """Return the day when a statute, or a provision's statute, came into force; None if unknown."""
    whole = författning(plan, lag)
    return whole.gäller_från if whole and isinstance(whole.gäller_från, date) else None


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


def författning(plan: Plan, lag: Lag) -> Författning | None:
    """Return the statute that a provision stands in, or the statute itself."""
    return plan.författningar.get(lag.författning) if isinstance(lag, Lagrum) else lag


def kräver_från(plan: Plan, krav: Krav) -> date | None:
    """Return the first day of a requirement; None when it is old or nobody has said.

    One that has moved is as old as where it stood before.
    """
    if krav.gäller_från or krav.tidigare_lagrum:
        return krav.gäller_från
    law = slå_upp(plan, krav.lagrum)
    return gäller_från(plan, law) if law else None


def kräver_till(plan: Plan, krav: Krav) -> date | None:
    """Return the day from which a requirement's provision no longer holds, if it has ceased."""
    law = slå_upp(plan, krav.lagrum)
    ceased = upphävd(plan, law) if law else None
    return ceased[0] if ceased else None
