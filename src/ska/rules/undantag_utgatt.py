"""Ett undantag har passerat sin sista dag.

Ett undantag godtar ett fynd en tid, så att någon hinner rätta det. Efter sista dagen visas fyndet
igen som en varning, och undantaget behöver ett nytt ställningstagande: är saken rättad, ska den
godtas en tid till, eller var det aldrig något fel?

Fel, den 1 juni 2026:

```yaml
gäller_till: 2026-05-31
```

Rätt: rätta det som undantaget gäller och ta bort undantaget. Eller låt rollen som godtog det
bestämma en ny dag:

```yaml
gäller_till: 2026-12-31
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import träffar
from ska.words import datum

ID = "undantag-utgatt"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each exception past its last day that still has something to accept."""
    found = träffar(context)
    for undantag in plan.undantag.values():
        fynd = (undantag.regel, (undantag.sakslag, undantag.sak))
        if undantag.gäller_till < context.today and fynd in found:
            yield Problem(
                undantag.where("gäller_till"),
                ID,
                f"undantaget ”{undantag.titel}” gällde till {datum(undantag.gäller_till)}, och "
                f"felet [{undantag.regel}] finns kvar",
                "rätta felet och ta bort undantaget, eller låt rollen som godtog det bestämma en "
                "ny dag",
                Severity.VARNING,
                thing=undantag.nyckel,
            )
