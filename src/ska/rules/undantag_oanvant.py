"""Ett undantag godtar något som inte är fel längre.

Felet är rättat, men undantaget ligger kvar. Kommer felet tillbaka godtas det då utan att någon
märker det. Därför tas undantaget bort i samma ändring som rättar felet.

Regeln säger inget om undantag för fynd som kommer med tiden, som att en lag inte har kontrollerats
på ett år. De fynden finns inte när kontrollen görs för en tidigare dag.

Fel: undantaget säger

```yaml
regel: aktivitet-utan-grund
sakslag: aktivitet
sak: redovisning
```

men aktiviteten ”redovisning” har fått en metod.

Rätt: ta bort undantaget ur plan/undantag.yml.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import finns, träffar

ID = "undantag-oanvant"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each exception whose rule finds nothing on its thing."""
    found, rules = träffar(context), context.regler - context.tidsregler
    for undantag in plan.undantag.values():
        thing = (undantag.sakslag, undantag.sak)
        if undantag.regel not in rules or not finns(plan, thing):
            continue  # a wrong name has its own rule; what comes with time may not be there yet
        if (undantag.regel, thing) not in found:
            yield Problem(
                undantag.where("regel"),
                ID,
                f"undantaget ”{undantag.titel}” behövs inte: regeln {undantag.regel} hittar inget "
                f"fel på {undantag.sakslag} ”{undantag.sak}”",
                "ta bort undantaget",
                thing=undantag.nyckel,
            )
