"""What rests on a law, for its page: the answer of `ska lagkoll`, grouped and worded."""

from __future__ import annotations

from typing import Final, NamedTuple

from ska import words
from ska.lag.lagkoll import Träff, vilar_på
from ska.model import Plan
from ska.namn import den
from ska.ting import Författning, Krav, Lagrum, Nyckel, Ting

Lag = Författning | Lagrum
#: A kind -> the heading over what rests on a law, in the order of the page.
RUBRIKER: Final = {
    "krav": "Krav ur lagens bestämmelser",
    "kapitel": "Kapitel i planen som vilar på detta",
    "delplan": "Delplaner som vilar på detta",
    "avdelning": "Avdelningar som vilar på detta",
    "metod": "Metoder som vilar på detta",
    "rutin": "Rutiner som vilar på detta",
    "aktivitet": "Aktiviteter som vilar på detta",
    "kontrollmoment": "Kontrollmoment som vilar på detta",
}


class Vilande(NamedTuple):
    """A thing that rests on a law, and how, where that isn't straight on the law itself."""

    ting: Ting
    hur: str


class Lagens(NamedTuple):
    """What rests on a law, by kind; and a provision's statute, where that is cited as a whole."""

    grupper: list[tuple[str, list[Vilande]]]
    helheten: Författning | None


def lagarnas(plan: Plan) -> dict[Nyckel, Lagens]:
    """Give what rests on each law and provision of the plan."""
    laws: list[Lag] = [*plan.författningar.values(), *plan.lagrum.values()]
    return {law.nyckel: Lagens(vilar(plan, law), i_helhet(plan, law)) for law in laws}


def vilar(plan: Plan, law: Lag) -> list[tuple[str, list[Vilande]]]:
    """Group what rests on a law by kind.

    The law's own requirements, and what meets them, stand in a table of their own.
    """
    groups: dict[str, list[Vilande]] = {}
    for träff in vilar_på(plan, law):
        if träff.av is law and (träff.genom or isinstance(träff.ting, Krav)):
            continue
        groups.setdefault(träff.ting.slag, []).append(Vilande(träff.ting, _hur(träff, law)))
    return [(RUBRIKER[slag], groups[slag]) for slag in RUBRIKER if slag in groups]


def i_helhet(plan: Plan, law: Lag) -> Författning | None:
    """Return a provision's statute where something cites that as a whole; else None."""
    statute = plan.författningar.get(law.författning) if isinstance(law, Lagrum) else None
    cited = statute and any(
        träff.av is statute and not isinstance(träff.ting, Krav)
        for träff in vilar_på(plan, statute)
    )
    return statute if cited else None


def _hur(träff: Träff, law: Lag) -> str:
    if träff.genom:
        return f"genom {den('krav', träff.genom.rubrik)}"
    if träff.av is law or isinstance(träff.av, Författning):
        return ""
    return words.paragraf(träff.av)
