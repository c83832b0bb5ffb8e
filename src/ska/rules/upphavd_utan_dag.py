"""Planen sägs vara upphävd, men ingen dag säger när.

En plan som nämnden har upphävt gäller inte från den dag som beslutet säger. Den som i efterhand ska
veta om planen gällde en viss dag behöver den dagen. Den står i utgåvan i plan/utgavor.yml.

Fel: plan/plan.yml har status upphävd, och utgåvan har ingen dag.

```yaml
  - id: exempelnamnden-2026
    titel: Plan för 2026
```

Rätt:

```yaml
  - id: exempelnamnden-2026
    titel: Plan för 2026
    upphävd: 2026-09-30
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den

ID = "upphavd-utan-dag"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield the plan's edition where it is repealed on no known day."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    if plan.ram.status != "upphävd" or edition is None or edition.upphävd is not None:
        return
    yield Problem(
        edition.where("id"),
        ID,
        f"planen har status upphävd, men {den(edition)} säger inte vilken dag, så ingen kan se när "
        "planen slutade gälla",
        "skriv dagen i upphävd; den står i protokollet",
        thing=edition.nyckel,
    )
