"""En hög risk kontrolleras inte, och ingen har sagt varför.

En risk med riskvärde 12 eller mer, av högst 25, ska ha ett kontrollmoment. Väljer nämnden att
leva med risken ska skälet stå i accepterad. Annars ser det ut som om risken har glömts.
Kommunallagen 6 kap. 6 § kräver att nämnden ser till att den interna kontrollen räcker till och
förebygger fel och oegentligheter.

Fel, när inget kontrollmoment nämner risken:

```yaml
id: felaktig-utbetalning
riskvärde: 16
```

Rätt:

```yaml
risker:
  - id: felaktig-utbetalning
    riskvärde: 16
kontrollmoment:
  - id: stickprov
    risker: [felaktig-utbetalning]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity

ID = "risk-utan-kontroll"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each high risk that no control answers to and nobody has accepted."""
    controlled = {id for moment in plan.kontrollmoment.values() for id in moment.risker}
    for risk in plan.risker.values():
        value = risk.värde
        if risk.hög and risk.id not in controlled and not risk.accepterad:
            yield Problem(
                risk.where("riskvärde"),
                ID,
                f"risken ”{risk.titel}” har riskvärdet {value} men varken kontroll eller skäl att "
                "godta den; den ser ut att ha glömts",
                "lägg till ett kontrollmoment, eller skriv i accepterad varför det inte behövs",
                thing=risk.nyckel,
            )
