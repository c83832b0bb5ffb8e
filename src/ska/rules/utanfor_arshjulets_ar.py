"""Något i årshjulet ligger utanför årshjulets år.

Ett årshjul gäller ett år. Rapporter till nämnden och sammanträden ligger i det året. Arbetet görs
det året eller året före, för en rapport handlar ofta om året som gick. Ligger något längre bort har
oftast ett årtal följt med från ett äldre årshjul.

Fel, i ett årshjul för 2026:

```yaml
rapporteras: {typ: månad, månad: 2025-03}
genomförs: {typ: löpande, år: 2023}
```

Rätt:

```yaml
rapporteras: {typ: månad, månad: 2026-03}
genomförs: {typ: löpande, år: 2025}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Location, Problem, Related, Severity
from ska.rules._hjalp import kortnamn
from ska.ting import Aktivitet, Årshjul
from ska.words import datum, genomförs, månad

ID = "utanfor-arshjulets-ar"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each report, meeting and piece of work that is not of the wheel's year."""
    wheel = plan.årshjul
    if isinstance(wheel.sammanträden, tuple):
        for index, day in enumerate(wheel.sammanträden):
            if day.year != wheel.år:
                yield Problem(
                    wheel.where("sammanträden", index),
                    ID,
                    f"sammanträdet {datum(day)} ligger inte i årshjulets år, {wheel.år}",
                    "rätta dagen, eller flytta den till det årets årshjul",
                    related=_year(wheel),
                    thing=wheel.nyckel,
                )
    for aktivitet in plan.aktiviteter.values():
        for where, what in _outside(plan, aktivitet, wheel.år):
            yield Problem(
                where,
                ID,
                f"aktiviteten ”{aktivitet.titel}” {what}, men årshjulet är för {wheel.år}",
                "rätta årtalet; det kan ha följt med från ett annat årshjul",
                related=_year(wheel),
                thing=aktivitet.nyckel,
            )


def _year(wheel: Årshjul) -> tuple[Related, ...]:
    return (Related(wheel.where("år"), "årshjulets år"),)


def _outside(plan: Plan, aktivitet: Aktivitet, year: int) -> Iterator[tuple[Location, str]]:
    report, work = aktivitet.rapporteras, aktivitet.genomförs
    if report.månad and report.månad.år != year:
        yield report.where("månad"), f"rapporteras i {månad(report.månad)}"
    for own in report.avvikande:
        for index, reported in enumerate(own.månader):
            if reported.år != year:
                what = f"rapporteras för {kortnamn(plan, own.verksamhet)} i {månad(reported)}"
                yield own.where("månader", index), what
    if work.år and work.år not in (year - 1, year):
        yield work.where("år"), f"genomförs {genomförs(work)}"
    elif work.från and work.till and (work.till.år < year - 1 or work.från.år > year):
        field = "till" if work.till.år < year - 1 else "från"
        yield work.where(field), f"genomförs i {genomförs(work)}"
