"""En enhet finns inte med i någon delplan.

Delplanerna säger hur varje del av verksamheten följs upp. En enhet utanför dem har inga metoder och
syns inte i uppföljningen. Enheten kan stå i en delplan själv, eller genom sin avdelning.

Fel: enheten ”mottagningen” hör till avdelningen ”stod”, men delplanen säger

```yaml
enheter: [osa]
```

Rätt:

```yaml
avdelningar: [stod]
enheter: [osa]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import listade_i_delplaner

ID = "enhet-utan-delplan"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each unit that no sub-plan lists, neither itself nor its department."""
    listed = listade_i_delplaner(plan)
    for enhet in plan.enheter.values():
        if enhet.nyckel in listed or ("avdelning", enhet.avdelning) in listed:
            continue
        yield Problem(
            enhet.where("id"),
            ID,
            f"enheten ”{enhet.namn}” finns inte i någon delplan, så ingen metod gäller den",
            "lägg till enheten eller dess avdelning i den delplan där den hör hemma",
            thing=enhet.nyckel,
        )
