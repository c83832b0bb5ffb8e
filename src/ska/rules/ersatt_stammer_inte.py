"""Registret säger emot sig självt om hur mycket av en lag som är ersatt.

Fältet ersatt säger om det som en upphävd bestämmelse sade finns kvar helt, delvis eller inte alls i
det som gäller i stället. Är den ersatt helt eller delvis måste ersatt_av säga av vad. Är den inte
ersatt kan ersatt_av inte peka på något. Och det som inte är upphävt är inte ersatt.

Fel:

```yaml
upphävd: 2025-07-01
ersatt_av: ej_angivet
ersatt: helt
```

Rätt:

```yaml
upphävd: 2025-07-01
ersatt_av: socialtjanstlagen-2025
ersatt: helt
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.lag.register import Lag, upphävd
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._lag import lagar, namn
from ska.ting import EJ_ANGIVET

ID = "ersatt-stammer-inte"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each statute and provision whose degree of replacement doesn't fit the rest."""
    for law in lagar(plan):
        fault = _fault(plan, law)
        if fault:
            yield Problem(
                law.where("ersatt"),
                ID,
                f"{law.slag} ”{namn(plan, law)}” {fault}",
                "rätta ersatt, ersatt_av eller upphävd, så att de säger samma sak",
                thing=law.nyckel,
            )


def _fault(plan: Plan, law: Lag) -> str:
    if law.ersatt == EJ_ANGIVET:
        return ""
    if upphävd(plan, law) is None:
        return "är inte upphävd, men ersatt säger hur mycket av den som är ersatt"
    known = bool(law.ersatt_av) and law.ersatt_av != EJ_ANGIVET
    if law.ersatt == "inte":
        return "är inte ersatt, men ersatt_av pekar på något" if known else ""
    return "" if known else f"är ersatt {law.ersatt}, men ersatt_av säger inte av vad"
