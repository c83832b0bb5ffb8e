"""En rutin har upphört, men det står inte vad som gäller i stället.

Den som har lärt sig en rutin letar efter den även när den har upphört. Då behöver sidan säga
vilken rutin som gäller i stället, eller varför ingen behövs längre.

Fel:

```yaml
status: upphörd
```

Rätt:

```yaml
status: upphörd
ersatt_av: ta-emot-klagomal
```

Eller, när ingen ny rutin finns:

```yaml
status: upphörd
anmärkning: Blanketten används inte längre. Klagomål tas emot i e-tjänsten.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity

ID = "ersatt-av-inget"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each routine that has ceased without a successor or an explanation."""
    for rutin in plan.rutiner.values():
        if rutin.status == "upphörd" and not rutin.ersatt_av and not rutin.anmärkning:
            yield Problem(
                rutin.where("status"),
                ID,
                f"rutinen ”{rutin.titel}” har upphört, men det står inte vad som gäller i stället",
                "skriv rutinen som gäller i ersatt_av, eller förklara i anmärkning",
                thing=rutin.nyckel,
            )
