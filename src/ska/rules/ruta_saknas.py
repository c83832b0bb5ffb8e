"""En rad i en budgettabell saknar en ruta för en av kolumnerna.

Varje rad ska svara i varje kolumn. Är rutan tom i källan skrivs det ut. Annars går det inte att
se om talet har glömts bort, och summan i kolumnen går inte att pröva.

Fel, i en tabell med kolumnerna utfall-2022 och budget-2023:

```yaml
värden:
  - kolumn: utfall-2022
    tal: 1.3
```

Rätt:

```yaml
värden:
  - kolumn: utfall-2022
    tal: 1.3
  - kolumn: budget-2023
    tillstånd: tomt
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity

ID = "ruta-saknas"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each column in which a row of a budget table says nothing."""
    for budget in plan.budgetar.values():
        for rad in budget.rader:
            filled = {cell.kolumn for cell in rad.värden}
            for kolumn in budget.kolumner:
                if kolumn.id not in filled:
                    yield Problem(
                        rad.where("id"),
                        ID,
                        f"raden ”{rad.titel}” i ”{budget.titel}” saknar en ruta i kolumnen "
                        f"”{kolumn.titel}”; det syns inte om talet har glömts",
                        f"lägg till kolumnen {kolumn.id} med ett tal, eller med tillståndet tomt",
                        related=(Related(kolumn.where("id"), f"kolumnen ”{kolumn.titel}”"),),
                        thing=budget.nyckel,
                    )
