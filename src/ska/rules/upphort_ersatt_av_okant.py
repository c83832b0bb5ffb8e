"""En sak som har upphört sägs vara ersatt av något som inte finns.

I plan/upphort.yml står vad som inte finns längre och vad som kom i stället. Leder ”ersatt_av”
ingenstans hittar den som letar efter det gamla aldrig till det nya. Det som kom i stället är av
samma slag som det som upphörde, och kan självt ha upphört senare.

Fel:

```yaml
upphört:
  - id: metoden-enkat
    sakslag: metod
    sak: enkat
    titel: Enkät
    utgåva: exempelnamnden-2025
    ersatt_av: intervjuver
    skäl: Svaren blev för få.
```

Rätt: det sista ledet heter som metoden heter.

```yaml
    ersatt_av: intervjuer
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Severity, nearest

ID = "upphort-ersatt-av-okant"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each ended thing whose successor is neither in the plan nor itself ended."""
    ended = {(past.sakslag, past.sak) for past in plan.upphörda.values()}
    for past in plan.upphörda.values():
        known = getattr(plan, SAMLINGAR[past.sakslag])
        by = past.ersatt_av
        if by is None or by in known or (past.sakslag, by) in ended:
            continue
        yield Problem(
            past.where("ersatt_av"),
            ID,
            f"raden ”{past.titel}” säger att {past.sakslag} ”{past.sak}” är ersatt av ”{by}”, men "
            "den finns inte, så den som letar efter det gamla hittar inget nytt",
            nearest(by, known) or "skriv id för det som kom i stället, eller ta bort ersatt_av",
            thing=past.nyckel,
        )
