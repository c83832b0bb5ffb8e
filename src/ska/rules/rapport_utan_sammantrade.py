"""En aktivitet rapporteras i en månad då nämnden inte sammanträder.

När årshjulet har nämndens sammanträdesdagar ska varje rapport ha ett sammanträde att komma till.
Annars blir den liggande, eller så beslutar nämnden utan underlag. Regeln är tyst när dagarna är
``ej_angivet``, och för år som inga dagar är angivna för.

Fel:

```yaml
sammanträden: [2026-02-11, 2026-04-15]
aktiviteter:
  - id: klagomal
    rapporteras: {typ: månad, månad: 2026-03}
```

Rätt:

```yaml
    rapporteras: {typ: månad, månad: 2026-04}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import i_månad
from ska.ting import Aktivitet, Del, Månad
from ska.words import datum, månad

ID = "rapport-utan-sammantrade"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each report month in which the board has no meeting."""
    meetings = plan.årshjul.sammanträden
    if not isinstance(meetings, tuple):
        return  # the source does not say when the board meets
    months = {i_månad(day): day for day in meetings}
    years = {month.år for month in months}
    for aktivitet in plan.aktiviteter.values():
        for reported, part, path in _reports(aktivitet):
            if reported in months or reported.år not in years:
                continue
            later = min((day for month, day in months.items() if month > reported), default=None)
            yield Problem(
                part.where(*path),
                ID,
                f"aktiviteten ”{aktivitet.titel}” rapporteras i {månad(reported)}, men då har "
                "nämnden inget sammanträde",
                f"nästa sammanträde är {datum(later)}"
                if later
                else "välj en månad med sammanträde",
                related=(Related(plan.årshjul.where("sammanträden"), "nämndens sammanträden"),),
                thing=aktivitet.nyckel,
            )


def _reports(aktivitet: Aktivitet) -> Iterator[tuple[Månad, Del, tuple[str | int, ...]]]:
    report = aktivitet.rapporteras
    if report.månad:
        yield report.månad, report, ("månad",)
    for own in report.avvikande:
        for index, reported in enumerate(own.månader):
            yield reported, own, ("månader", index)
