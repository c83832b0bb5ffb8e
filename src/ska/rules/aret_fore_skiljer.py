"""Siffran för året före är en annan än den som det året självt redovisade.

En redovisning jämför ofta med året före. Säger den ett annat antal än vad det årets egen
redovisning sade, stämmer inte jämförelsen. Räkningar jämförs när de har samma id och gäller
samma nämnd.

Fel, när redovisningen för 2021 säger 27:

```yaml
år: 2022
räkningar:
  - id: avvikelser-fut
    antal: 81
    året_före: 29
```

Rätt:

```yaml
år: 2022
räkningar:
  - id: avvikelser-fut
    antal: 81
    året_före: 27
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.ting import Räkning

ID = "aret-fore-skiljer"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each year-before figure that differs from that year's own."""
    own: dict[tuple[str, int, str], list[Räkning]] = {}
    for report in plan.avvikelser.values():
        for räkning in report.räkningar:
            own.setdefault((report.nämnd, report.år, räkning.id), []).append(räkning)
    for report in plan.avvikelser.values():
        for räkning in report.räkningar:
            before = own.get((report.nämnd, report.år - 1, räkning.id), [])
            stated = [r for r in before if isinstance(r.antal, int)]
            if not isinstance(räkning.året_före, int) or not stated:
                continue
            if all(r.antal != räkning.året_före for r in stated):
                yield Problem(
                    räkning.where("året_före"),
                    ID,
                    f"”{räkning.titel}” i ”{report.titel}” säger {räkning.året_före} för året "
                    f"före, men redovisningen för {report.år - 1} säger {stated[0].antal}; då "
                    "stämmer inte jämförelsen",
                    "rätta det antal som är fel",
                    related=tuple(
                        Related(r.where("antal"), f"redovisningen för {report.år - 1}: {r.antal}")
                        for r in stated
                    ),
                    thing=report.nyckel,
                )
