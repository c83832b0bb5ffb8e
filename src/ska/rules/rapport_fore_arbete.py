"""En aktivitet rapporteras till nämnden innan arbetet är gjort.

Nämnden får då en rapport om något som inte är klart. Oftast är månaden fel på ena stället, eller så
är året det. Samma månad går bra: arbetet kan bli klart och rapporteras samma månad. Löpande arbete
under ett år är klart i december det året. Har en verksamhet flera egna månader räknas den sista.

Fel:

```yaml
rapporteras: {typ: månad, månad: 2026-03}
genomförs: {typ: period, från: 2026-03, till: 2026-05}
```

Rätt:

```yaml
rapporteras: {typ: månad, månad: 2026-06}
genomförs: {typ: period, från: 2026-03, till: 2026-05}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import kortnamn
from ska.ting import Aktivitet, Del, Månad
from ska.words import månad

ID = "rapport-fore-arbete"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each activity with a report in a month before its work ends."""
    for aktivitet in plan.aktiviteter.values():
        done = _done(aktivitet)
        if done is None:
            continue
        end, field = done
        for reported, part, path, who in _reports(plan, aktivitet):
            if reported < end:
                yield Problem(
                    part.where(*path),
                    ID,
                    f"aktiviteten ”{aktivitet.titel}” rapporteras{who} i {månad(reported)}, men "
                    f"arbetet pågår till {månad(end)}",
                    "rätta månaden för rapporten eller tiden för arbetet",
                    related=(Related(aktivitet.genomförs.where(field), "då är arbetet klart"),),
                    thing=aktivitet.nyckel,
                )


def _done(aktivitet: Aktivitet) -> tuple[Månad, str] | None:
    """Return the last month of the work and its field, if a month or a year is given."""
    work = aktivitet.genomförs
    if work.till:
        return work.till, "till"
    if work.typ == "löpande" and work.år:
        return Månad(work.år, 12), "år"
    return None


def _reports(
    plan: Plan, aktivitet: Aktivitet
) -> Iterator[tuple[Månad, Del, tuple[str | int, ...], str]]:
    """Yield the activity's report month, and the last of each part's own months."""
    report = aktivitet.rapporteras
    if report.månad:
        yield report.månad, report, ("månad",), ""
    for own in report.avvikande:
        last = max(own.månader)
        where = ("månader", own.månader.index(last))
        yield last, own, where, f" för {kortnamn(plan, own.verksamhet)}"
