"""En rutin sägs gälla men har ingen dag då den beslutades.

Att en rutin är gällande betyder att någon har beslutat den. Utan dagen för beslutet går det inte
att visa att den gäller, och inte att hitta beslutet. Rutiner som återges ur en källa prövas inte:
beslutet finns då på annan plats.

Fel:

```yaml
status: gällande
gäller_från: 2026-01-01
```

Rätt:

```yaml
status: gällande
beslutad: 2025-12-10
gäller_från: 2026-01-01
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity

ID = "rutin-utan-beslut"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each routine in force that no decision is known for."""
    for rutin in plan.rutiner.values():
        if rutin.status == "gällande" and not isinstance(rutin.beslutad, date):
            yield Problem(
                rutin.where("status"),
                ID,
                f"rutinen ”{rutin.titel}” sägs gälla men har ingen dag då den beslutades; "
                "ingen kan visa att den gäller",
                "skriv dagen i beslutad, eller ändra status till utkast",
                thing=rutin.nyckel,
            )
