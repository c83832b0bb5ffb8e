"""The calendars to subscribe to: the board's whole year, and each part of it that is someone's.

The history of changes is handed in; without it, what the plan itself says about its changes has
to do (`events.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ska import words
from ska.derived import arbetsar
from ska.model import Plan
from ska.past.history import Historik
from ska.render.addresses import SLAG
from ska.render.calendars import ics
from ska.render.calendars.events import Årets
from ska.render.calendars.ics import Händelse
from ska.ting import Aktivitet, Enhet, Förvaltning, Nyckel, Nämnd, Roll, Ting

FOLDER: Final = "kalender/"
ATT_SE_OVER: Final = "att-se-over"
Ägare = Nämnd | Förvaltning | Enhet | Roll


class Flöde(NamedTuple):
    """One calendar: its address from the site's root, its name, whose it is, what it holds."""

    adress: str
    namn: str
    beskrivning: str
    ting: Ting | None
    händelser: tuple[Händelse, ...]

    def fil(self) -> bytes:
        """Give the file."""
        return ics.calendar(self.namn, self.beskrivning, self.händelser)


def feeds(plan: Plan, historik: Historik, base: str = "") -> tuple[Flöde, ...]:
    """Make every calendar of a plan; `base` is the site's own address, where it is known."""
    year = Årets(plan, historik, base.rstrip("/"))
    events = {a.id: tuple(year.activity(a)) for a in plan.aktiviteter.values()}
    due = year.due()
    found = []
    for ting, name in _whose(plan):
        chosen = arbetsar.urval(plan, ting)
        held = [event for aktivitet in chosen for event in events[aktivitet.id]]
        if isinstance(ting, Nämnd):
            held += year.meetings()
        if isinstance(ting, Roll):
            held += [event for översyn, event in due if översyn.roll == ting.id]
        title = f"Årshjulet: {ting.rubrik}"  # no year: programs keep the first name that they see
        about = _about(plan, chosen)
        found.append(Flöde(f"{FOLDER}{name}.ics", title, about, ting, tuple(held)))
    return (*found, _reviews(event for _, event in due))


def addresses(made: Iterable[Flöde]) -> dict[Nyckel, str]:
    """Give the address of each thing's calendar, for those that hold anything."""
    return {feed.ting.nyckel: feed.adress for feed in made if feed.ting and feed.händelser}


def _whose(plan: Plan) -> Iterator[tuple[Ägare, str]]:
    """Yield what has a calendar, with its name in the address: its id.

    Of two kinds that share an id the later one in this order has its kind before it.
    """
    taken = {ATT_SE_OVER}
    board = plan.nämnder[plan.ram.nämnd]
    parts: tuple[Iterable[Ägare], ...] = (
        (board,), plan.förvaltningar.values(), plan.enheter.values(), plan.roller.values(),
    )  # fmt: skip
    for part in parts:
        for ting in part:
            name = f"{SLAG[ting.slag].mapp}-{ting.id}" if ting.id in taken else ting.id
            taken.add(name)
            yield ting, name


def _reviews(events: Iterable[Händelse]) -> Flöde:
    about = (
        "Rutiner, lagar, tillgänglighetsredogörelsen och undantag som någon ska se över, och "
        "senast när. Det som saknar dag står på sidan Att se över."
    )
    return Flöde(f"{FOLDER}{ATT_SE_OVER}.ics", "Att se över", about, None, tuple(events))


def _about(plan: Plan, chosen: Iterable[Aktivitet]) -> str:
    """Say which plan a calendar is made from, and what of it has no day."""
    ram = plan.ram
    parts = [f"{ram.titel}, {words.period(ram.gäller_från, ram.gäller_till)}."]
    if ram.status == "återgivning":
        parts.append("Återgiven med egna ord; originalet är den beslutade planen.")
    dayless = [
        f"{aktivitet.titel} ({words.rapporteras(aktivitet.rapporteras)})"
        for aktivitet in chosen
        if not arbetsar.rapporter(plan, aktivitet)
    ]
    if dayless:
        parts.append(f"Planen anger ingen dag eller månad för: {'; '.join(dayless)}.")
    return " ".join(parts)
