"""Någon har granskat i en roll som inte finns.

Minnet i plan/granskat säger vilken roll som såg över en sak. Finns rollen inte i planen går det
inte att fråga den. En roll som har upphört får stå kvar, om plan/upphort.yml nämner den.

Fel:

```yaml
roll: enhetschf
```

Rätt:

```yaml
roll: enhetschef
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.namn import den
from ska.problems import Problem, Severity, nearest

ID = "granskad-av-okand-roll"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each memory whose role the plan neither has nor had."""
    had = {past.sak for past in plan.upphörda.values() if past.sakslag == "roll"}
    for granskning in plan.granskningar:
        for minne in granskning.länkar:
            if minne.roll not in plan.roller and minne.roll not in had:
                yield Problem(
                    minne.where("roll"),
                    ID,
                    f"{den(*granskning.nyckel)} är granskad av rollen ”{minne.roll}”, som inte "
                    "finns",
                    nearest(minne.roll, plan.roller) or "skriv id för en roll i organisation.yml",
                    thing=granskning.nyckel,
                )
