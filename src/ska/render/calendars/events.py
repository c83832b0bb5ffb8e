"""The plan's year as events: reports, work, meetings, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from ska import words
from ska.derived import arbetsar
from ska.derived.arbetsar import Arbete, Rapport
from ska.due import Översyn, due
from ska.model import Plan
from ska.past.history import Historik, Ändringar, changes
from ska.render.addresses import address
from ska.render.calendars import ics
from ska.render.calendars.ics import Händelse, Läge
from ska.render.oversyn import uppgift
from ska.rules._tid import första
from ska.ting import Aktivitet, Månad, Nyckel, Ting, Ändring

#: Never changed: every event's permanent id is made from it.
_OURS: Final = UUID("8f0c6c1e-6f0b-5d0a-9c53-2b3d6f1c7a54")
_STATUS: Final[Mapping[str, Läge]] = {
    "utkast": "TENTATIVE", "remiss": "TENTATIVE", "förslag": "TENTATIVE", "upphävd": "CANCELLED",
}  # fmt: skip
_DAY: Final = timedelta(1)
_REVIEW: Final = "översyn"


class _Om(NamedTuple):
    """What an event is about: its permanent name, its page, and its changes."""

    namn: str
    sida: str
    ändringar: Ändringar


@dataclass(frozen=True)
class Årets:
    """The events of a plan's year. `base` is the site's own address, or empty."""

    plan: Plan
    historik: Historik
    base: str

    # What happens

    def activity(self, aktivitet: Aktivitet) -> Iterator[Händelse]:
        """Yield an activity's reports, and its work where that has a period."""
        yield from self._reports(aktivitet)
        period = arbetsar.arbete(self.plan, aktivitet)
        if period and aktivitet.genomförs.typ != "återkommande":
            yield self._work(aktivitet, period)

    def _reports(self, aktivitet: Aktivitet) -> Iterator[Händelse]:
        """Yield an event a report: on the day of the meeting if it is known, or over the month."""
        every = aktivitet.rapporteras.typ == "varje_sammanträde"
        about = self._about(aktivitet, self.plan.ram, self.plan.årshjul)
        for report in dict.fromkeys(arbetsar.rapporter(self.plan, aktivitet)):
            own = _is_own(aktivitet, report)
            each = every and not own
            known = each or len(report.dagar) == 1  # of several, nobody has said which
            for day in report.dagar if known else (None,):
                part = f"rapport/{day}" if each else "rapport"
                part = f"rapport/{report.verksamheter[0]}/{report.månad}" if own else part
                span = (day, day + _DAY) if day else _months(report.månad, report.månad)
                said = [_when(report, day), *self._facts(aktivitet, report.verksamheter)]
                title = f"Rapport till nämnden: {aktivitet.titel}"
                yield self._event(about, part, title, said, span, report.verksamheter, True)

    def _work(self, aktivitet: Aktivitet, period: Arbete) -> Händelse:
        said = [
            f"Arbetet görs {words.genomförs(aktivitet.genomförs)}.",
            *self._facts(aktivitet, aktivitet.verksamheter),
            f"Rapporteras till nämnden: {words.rapporteras(aktivitet.rapporteras)}.",
        ]
        about = self._about(aktivitet, self.plan.ram, self.plan.årshjul)
        title = f"Arbete pågår: {aktivitet.titel}"
        span = _months(period.från, period.till)
        return self._event(about, "arbete", title, said, span, aktivitet.verksamheter)

    def meetings(self) -> Iterator[Händelse]:
        """Yield the board's meetings, from hour to hour where the plan states their time."""
        hjul = self.plan.årshjul
        hours, zone = hjul.sammanträdestid, ZoneInfo(ics.TIDSZON)
        title = f"{self.plan.nämnder[hjul.nämnd].namn} sammanträder"
        about = self._about(hjul, self.plan.ram)
        for day in hjul.sammanträden if isinstance(hjul.sammanträden, tuple) else ():
            span: tuple[date, date] = (day, day + _DAY)
            if hours:
                clock = (time.fromisoformat(hours.börjar), time.fromisoformat(hours.slutar))
                span = (
                    datetime.combine(day, clock[0], zone),
                    datetime.combine(day, clock[1], zone),
                )
            yield self._event(about, f"sammanträde/{day}", title, [], span)

    def due(self) -> list[tuple[Översyn, Händelse]]:
        """Return what is due on a day; a role's exceptions of one day are one event."""
        dated = [översyn for översyn in due(self.plan, date.min) if översyn.dag]
        found = []
        for _, same in groupby(sorted(dated, key=_together), key=_together):
            group = tuple(same)
            found.append((group[0], self._review(group)))
        return found

    def _review(self, group: tuple[Översyn, ...]) -> Händelse:
        first = group[0]
        assert first.dag is not None, "only what has a day becomes an event"
        tasks = [uppgift(self.plan, översyn) for översyn in group]
        title, said = str(tasks[0]), [f"”{task.namn}” ({task.efter})" for task in tasks]
        if len(tasks) > 1:
            title = f"Ta ställning till {len(tasks)} undantag"
        else:
            said.clear()
        if first.roll:
            said.append(f"Ansvarar: {words.liten(self.plan.roller[first.roll].titel)}.")
        about, part = self._about(first.ting), _REVIEW
        if first.vad == "undantag":
            # Those that have been taken away count too, so that the number never sinks.
            keys = [key for key in self.historik if key[0] == "undantag"]
            changed = changes(self.historik, keys) or self._stated(first.ting)
            part = f"{_REVIEW}/{first.dag}"
            about = _Om(f"undantag/{first.roll or '-'}", self._page("undantag/"), changed)
        span = (first.dag, first.dag + _DAY)
        return self._event(about, part, title, said, span, due=True)

    # What every event has

    def _event(
        self,
        about: _Om,
        part: str,
        title: str,
        said: Iterable[str],
        span: tuple[date, date],
        verksamheter: Iterable[str] = (),
        due: bool = False,
    ) -> Händelse:
        """Make an event; its permanent id is made of what it is about, the year and the part."""
        ram, year = self.plan.ram, self.plan.årshjul.år
        # A day of review is no proposal, whatever the plan around it is.
        status: Läge = "CONFIRMED" if part.startswith(_REVIEW) else _status(ram.status)
        text = [*said, f"Läs mer: {about.sida}"] if about.sida else said
        return Händelse(
            uid=str(uuid5(_OURS, f"{ram.nämnd}/{about.namn}/{year}/{part}")),
            rubrik=f"FÖRSLAG: {title}" if status == "TENTATIVE" else title,
            text="\n".join(text),
            från=span[0],
            till=span[1],
            status=status,
            ändrad=about.ändringar.senast,
            nummer=about.ändringar.antal,
            adress=about.sida,
            kategorier=tuple(self.plan.verksamheter[id].kortnamn for id in verksamheter),
            påminnelse=due,
        )

    def _facts(self, aktivitet: Aktivitet, verksamheter: Iterable[str]) -> Iterator[str]:
        """Yield who answers for an activity, where that is known, and what it concerns."""
        names = [words.liten(self.plan.roller[id].titel) for id in aktivitet.ansvariga]
        if names:
            yield f"Ansvarar: {words.uppräkning(names)}."
        doers = [
            mention.till.rubrik
            for mention in self.plan.från.get(aktivitet.nyckel, ())
            if mention.fält == "utförs_av"
        ]
        if doers:
            yield f"Görs av: {words.uppräkning(doers)}."
        parts = [self.plan.verksamheter[id].kortnamn for id in verksamheter]
        yield f"Gäller: {words.uppräkning(parts)}."

    def _about(self, ting: Ting, *around: Ting) -> _Om:
        """Collect a thing's name, page and changes; those of what is `around` it move it too."""
        keys: list[Nyckel] = [other.nyckel for other in around]
        changed = changes(self.historik, [ting.nyckel], keys) or self._stated(ting)
        return _Om(f"{ting.slag}/{ting.id}", self._page(address(ting)), changed)

    def _stated(self, ting: Ting) -> Ändringar:
        """Say what the plan says itself: the thing's list of changes, or the day of decision."""
        made: tuple[Ändring, ...] = getattr(ting, "ändringar", ())
        ram = self.plan.ram
        decided = self.plan.utgåvor[ram.utgåva].beslut.datum
        start = decided if isinstance(decided, date) else ram.gäller_från
        day = max((change.datum for change in made), default=start)
        return Ändringar(datetime.combine(day, time(), UTC), len(made))

    def _page(self, at: str) -> str:
        return f"{self.base}/{at}" if self.base else ""


def _status(plan: str) -> Läge:
    return _STATUS.get(plan, "CONFIRMED")


def _months(first: Månad, last: Månad) -> tuple[date, date]:
    """Return the first day of a period of months, and the first day after it."""
    return första(first), första(arbetsar.nästa(last))


def _is_own(aktivitet: Aktivitet, report: Rapport) -> bool:
    """Tell whether a report is in a month that a part of the organisation has for itself."""
    return any(
        report.verksamheter == (own.verksamhet,) and report.månad in own.månader
        for own in aktivitet.rapporteras.avvikande
    )


def _when(report: Rapport, day: date | None) -> str:
    """Say why the event lies where it does."""
    if day:
        return f"Nämnden sammanträder den {words.datum(day)}."
    month = words.månad(report.månad)
    if report.dagar:
        days = words.uppräkning([words.datum(day) for day in report.dagar])
        return (
            f"Nämnden sammanträder {days}. Planen säger inte vid vilket av mötena rapporten "
            f"lämnas, och därför ligger händelsen över hela {month}."
        )
    return f"Planen anger månaden men inte dagen, och därför ligger händelsen över hela {month}."


def _together(översyn: Översyn) -> tuple[str, str]:
    """Return what one event is made of: a thing, or a role's exceptions of one day."""
    if översyn.vad == "undantag":
        return (f"undantag/{översyn.roll or '-'}", str(översyn.dag))
    return (f"{översyn.ting.slag}/{översyn.ting.id}", "")
