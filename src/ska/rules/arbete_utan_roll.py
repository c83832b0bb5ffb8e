"""En metod har ingen som gör den.

En metod utan ansvariga, utan någon som utför den och utan någon som deltar blir inte gjord, hur väl
den än är beskriven. Socialstyrelsens föreskrifter SOSFS 2011:9, 4 kap., kräver att det är bestämt
vem som ansvarar.

I vår egen plan är det ett fel. Återges en plan som andra har skrivit är det en varning: källan
kanske inte säger det, och då skrivs det i ett undantag i stället för att gissas.

Fel:

```yaml
id: granskning
titel: Granskning
gör: Ärendena granskas.
```

Rätt:

```yaml
id: granskning
titel: Granskning
gör: Ärendena granskas.
ansvariga: [enhetschef]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import egen_plan
from ska.ting import Metod

ID = "arbete-utan-roll"
SEVERITIES = (Severity.FEL, Severity.VARNING)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each method that nobody answers for, carries out or takes part in."""
    severity = Severity.FEL if egen_plan(plan) else Severity.VARNING
    for metod in plan.metoder.values():
        if not _someone(metod):
            yield Problem(
                metod.where("id"),
                ID,
                f"metoden ”{metod.titel}” har ingen som ansvarar för den, utför den eller deltar, "
                "så ingen vet vem som ska göra den",
                "skriv ansvariga, utförs_av eller deltar; säger källan inget, skriv ett undantag",
                severity,
                thing=metod.nyckel,
            )


def _someone(metod: Metod) -> bool:
    everywhere = metod.ansvariga or metod.utförs_av or metod.deltar
    return bool(everywhere) or any(s.ansvariga or s.utförs_av for s in metod.skillnader)
