"""En sak sägs ha upphört men finns kvar i planen.

I plan/upphort.yml står det som fanns i en tidigare utgåva men inte finns längre. Finns saken kvar
säger planen två saker på en gång, och läsaren vet inte om den gäller.

Fel: plan/metoder/enkat.yml finns, och plan/upphort.yml säger

```yaml
upphört:
  - id: metoden-enkat
    sakslag: metod
    sak: enkat
    titel: Enkät
    utgåva: exempelnamnden-2025
    skäl: Svaren blev för få.
```

Rätt: ta bort filen plan/metoder/enkat.yml, eller ta bort raden i plan/upphort.yml.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den

ID = "upphort-finns-kvar"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing that is registered as ended and still in the plan."""
    for past in plan.upphörda.values():
        thing = getattr(plan, SAMLINGAR[past.sakslag]).get(past.sak)
        if thing is not None:
            yield Problem(
                past.where("sak"),
                ID,
                f"{den(thing)} sägs ha upphört men finns kvar i planen",
                "ta bort den ur planen, eller ta bort raden om att den har upphört",
                related=(Related(thing.where("id"), "här finns den"),),
                thing=past.nyckel,
            )
