"""En gällande rutin har ingen ägare.

Ägaren håller rutinen aktuell, svarar på frågor och ser till att den ses över i tid. Utan ägare blir
den gammal utan att någon märker det. Socialstyrelsens föreskrifter SOSFS 2011:9, 4 kap., kräver att
ansvaret för rutiner är fördelat. Regeln gäller bara rutiner med status ”gällande”: återges en rutin
ur en källa står det som källan säger.

Fel:

```yaml
status: gällande
ägare: ej_angivet
```

Rätt:

```yaml
status: gällande
ägare: utvecklingsledare
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.ting import EJ_ANGIVET

ID = "rutin-utan-agare"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each routine in force that no role owns."""
    for rutin in plan.rutiner.values():
        if rutin.status == "gällande" and rutin.ägare == EJ_ANGIVET:
            yield Problem(
                rutin.where("ägare"),
                ID,
                f"rutinen ”{rutin.titel}” gäller men har ingen ägare, så ingen håller den aktuell",
                "skriv vilken roll som äger den",
                thing=rutin.nyckel,
            )
