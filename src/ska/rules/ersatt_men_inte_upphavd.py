"""En lag har en ersättare, men registret säger inte när den upphävdes.

Utan dagen går det inte att se vilken av de två som gällde när en plan beslutades eller när något
hände. Den upphävda lagen ser också ut att fortfarande gälla.

Fel:

```yaml
id: socialtjanstlagen-2001
ersatt_av: socialtjanstlagen-2025
```

Rätt:

```yaml
id: socialtjanstlagen-2001
upphävd: 2025-07-01
ersatt_av: socialtjanstlagen-2025
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._lag import lagar, namn, upphävd
from ska.ting import EJ_ANGIVET

ID = "ersatt-men-inte-upphavd"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each statute and provision that was replaced on a day that nobody states."""
    for law in lagar(plan):
        if law.ersatt_av and law.ersatt_av != EJ_ANGIVET and upphävd(plan, law) is None:
            yield Problem(
                law.where("ersatt_av"),
                ID,
                f"{law.slag} ”{namn(plan, law)}” är ersatt men har ingen dag då den upphävdes; "
                "den ser ut att gälla fortfarande",
                "skriv dagen i upphävd, eller ta bort ersatt_av",
                thing=law.nyckel,
            )
