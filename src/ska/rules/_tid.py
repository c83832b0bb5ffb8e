"""Days: when an activity is done, a year later, the first and last of a month."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date

from ska.ting import Aktivitet, Månad


def första(månad: Månad) -> date:
    """Return the first day of a month."""
    return date(månad.år, månad.månad, 1)


def sista(månad: Månad) -> date:
    """Return the last day of a month."""
    return date(månad.år, månad.månad, monthrange(månad.år, månad.månad)[1])


def ett_år_senare(dag: date) -> date:
    """Return the same day next year; 28 February for a leap day."""
    if dag.year == MAXYEAR:
        return date.max
    try:
        return dag.replace(year=dag.year + 1)
    except ValueError:
        return dag.replace(year=dag.year + 1, day=28)


def genomförd(aktivitet: Aktivitet) -> tuple[date | None, date | None]:
    """Return the first day of the work and the last day of work and report; None if unstated."""
    work, report = aktivitet.genomförs, aktivitet.rapporteras.månad
    last = max((m for m in (work.till, report) if m), default=None)
    if work.år and not work.från:
        year = (date(work.år, 1, 1), date(work.år, 12, 31))
        return year[0], max(year[1], sista(report)) if report else year[1]
    return första(work.från) if work.från else None, sista(last) if last else None
