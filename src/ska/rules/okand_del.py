"""En budgetrad räknar upp en del eller en kolumn som inte finns i tabellen.

En summa räknas av raderna i delar och i andra_delar, en rad kan ingå i en annan, och ett tal hör
till en kolumn. Pekar de på något som inte finns i tabellen går summan inte att pröva, och talet
visas ingenstans. En rad kan inte heller vara en del av sig själv, och en del räknas en gång.

Fel:

```yaml
rader:
  - id: vuxenutbildning
  - id: summa
    delar: [vuxenutbildningen]
```

Rätt:

```yaml
rader:
  - id: vuxenutbildning
  - id: summa
    delar: [vuxenutbildning]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity, nearest
from ska.ting import Budget, Budgetrad

ID = "okand-del"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each part and column that the table does not have, or counts wrongly."""
    for budget in plan.budgetar.values():
        rows = {rad.id: None for rad in budget.rader}
        columns = {kolumn.id: None for kolumn in budget.kolumner}
        for rad in budget.rader:
            for field in ("delar", "andra_delar"):
                yield from _delar(budget, rad, field, rows)
            yield from _ingår_i(budget, rad, rows)
            for cell in rad.värden:
                if cell.kolumn not in columns:
                    yield Problem(
                        cell.where("kolumn"),
                        ID,
                        f"raden ”{rad.titel}” i ”{budget.titel}” har ett tal i kolumnen "
                        f"”{cell.kolumn}”, som inte finns i tabellen; talet visas ingenstans",
                        nearest(cell.kolumn, columns) or "lägg till kolumnen, eller ta bort talet",
                        thing=budget.nyckel,
                    )


def _delar(budget: Budget, rad: Budgetrad, field: str, rows: dict[str, None]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, part in enumerate(getattr(rad, field)):
        if part not in rows:
            fault, hint = "inte finns i tabellen", nearest(part, rows)
        elif part == rad.id:
            fault, hint = "är raden själv", "ta bort den ur delar"
        elif part in seen:
            fault, hint = "redan är med", "ta bort den ena"
        else:
            seen.add(part)
            continue
        yield Problem(
            rad.where(field, index),
            ID,
            f"raden ”{rad.titel}” i ”{budget.titel}” har delen ”{part}”, som {fault}; då går "
            "summan inte att pröva",
            hint or "lägg till raden, eller ta bort delen",
            thing=budget.nyckel,
        )


def _ingår_i(budget: Budget, rad: Budgetrad, rows: dict[str, None]) -> Iterator[Problem]:
    if rad.ingår_i is None or (rad.ingår_i in rows and rad.ingår_i != rad.id):
        return
    fault = "är raden själv" if rad.ingår_i == rad.id else "inte finns i tabellen"
    others = [id for id in rows if id != rad.id]
    yield Problem(
        rad.where("ingår_i"),
        ID,
        f"raden ”{rad.titel}” i ”{budget.titel}” ingår i ”{rad.ingår_i}”, som {fault}; läsaren "
        "vet inte var talet redan är räknat",
        nearest(rad.ingår_i, others) or "skriv id för den rad som talet är inräknat i",
        thing=budget.nyckel,
    )
