"""Ett riskvärde är inte sannolikheten gånger konsekvensen.

Riskvärdet avgör vilka risker som ska kontrolleras. Stämmer det inte med bedömningen hamnar
kontrollen fel. Kommunallagen 6 kap. 6 § kräver att nämnden ser till att den interna kontrollen
räcker till.

Fel:

```yaml
sannolikhet: 4
konsekvens: 3
riskvärde: 7
```

Rätt:

```yaml
sannolikhet: 4
konsekvens: 3
riskvärde: 12
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity

ID = "fel-riskvarde"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each risk value that differs from probability times consequence."""
    for risk in plan.risker.values():
        s, k, value = risk.sannolikhet, risk.konsekvens, risk.riskvärde
        if isinstance(s, int) and isinstance(k, int) and isinstance(value, int) and s * k != value:
            yield Problem(
                risk.where("riskvärde"),
                ID,
                f"risken ”{risk.titel}” har riskvärdet {value}, men {s} gånger {k} är {s * k}; "
                "då väljs fel risker ut för kontroll",
                "rätta det tal som är fel",
                related=(
                    Related(risk.where("sannolikhet"), f"sannolikhet: {s}"),
                    Related(risk.where("konsekvens"), f"konsekvens: {k}"),
                ),
                thing=risk.nyckel,
            )
