"""Events to an iCalendar file (RFC 5545): the same events, the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:  # who writes no calendar anew needn't wait for the library
    from icalendar import Component

TIDSZON: Final = "Europe/Stockholm"
#: Reminders come at nine in the morning, a fortnight ahead. A whole day begins at midnight.
_REMINDED: Final = -timedelta(days=13, hours=15)
#: Written out, since many programs can't read the one that libraries make from a table of years.
_ZONE: Final = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
_END: Final = b"END:VCALENDAR\r\n"


Läge = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class Händelse:
    """An event. `till` is the first day or moment that it no longer covers."""

    uid: str
    rubrik: str
    text: str
    från: date
    till: date
    status: Läge
    ändrad: datetime
    nummer: int  # how many times it has changed
    adress: str = ""
    kategorier: tuple[str, ...] = ()
    påminnelse: bool = False

    @property
    def har_klockslag(self) -> bool:
        """Tell whether the event begins at a time of the day."""
        return isinstance(self.från, datetime)


def calendar(namn: str, beskrivning: str, händelser: Iterable[Händelse]) -> bytes:
    """Give the file of a calendar to subscribe to, its events in order of time.

    A time zone goes along where an event needs one, and into an empty calendar, which would
    otherwise hold nothing at all and so be none.
    """
    events = sorted(händelser, key=lambda event: (event.från.isoformat(), event.uid))
    zone = not events or any(event.har_klockslag for event in events)
    head = _head(namn, beskrivning).removesuffix(_END)
    return b"".join([head, _ZONE if zone else b"", *map(_event, events), _END])


def _head(namn: str, beskrivning: str) -> bytes:
    from icalendar import Calendar, vText

    made = Calendar()
    made.add("prodid", "-//ska//Nämndens årshjul//SV")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    # Twice: as RFC 7986 has it, and as programs read that don't know it. As text: the library
    # escapes neither the name nor what begins with X.
    for name, value in (("name", namn), ("description", beskrivning)):
        made.add(name, vText(value))
        made.add(f"x-wr-cal{name[:4]}", vText(value))
    made.add("x-wr-timezone", TIDSZON)
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "P1D")
    return _bytes(made)


@cache  # the same event stands in the feeds of the board, of its roles and of its units
def _event(händelse: Händelse) -> bytes:
    from icalendar import Alarm, Event

    made = Event()
    facts: list[tuple[str, Any]] = [
        ("uid", händelse.uid),
        ("dtstamp", händelse.ändrad.astimezone(UTC)),
        ("last-modified", händelse.ändrad.astimezone(UTC)),
        ("sequence", händelse.nummer),
        ("dtstart", händelse.från),
        ("dtend", händelse.till),
        ("summary", händelse.rubrik),
        ("status", händelse.status),
        ("transp", "TRANSPARENT"),  # nobody is busy because something is due
        ("x-microsoft-cdo-busystatus", "FREE"),
    ]
    facts += [("description", händelse.text)] if händelse.text else []
    facts += [("url", händelse.adress)] if händelse.adress else []
    facts += [("categories", list(händelse.kategorier))] if händelse.kategorier else []
    for name, value in facts:
        made.add(name, value)
    if händelse.påminnelse:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", händelse.rubrik)
        alarm.add("trigger", _REMINDED)
        made.add_component(alarm)
    return _bytes(made)


def forget_events() -> None:
    """Forget the events that have been written, for who measures what they cost."""
    _event.cache_clear()


def _bytes(component: Component) -> bytes:
    made: bytes = component.to_ical(sorted=True)  # the library leaves it untyped
    return made
