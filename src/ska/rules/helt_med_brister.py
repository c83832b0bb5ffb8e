"""Tillgänglighetsredogörelsen säger emot sig själv om brister.

Den som läser redogörelsen ska kunna lita på den. Uppfyller webbplatsen kraven helt kan det inte
samtidigt finnas brister i det som kraven omfattar, och inget som ingen har prövat. Uppfyller den
dem inte, ska minst en brist vara nämnd. Det som lagen inte omfattar räknas inte.

Fel:

```yaml
efterlevnad: delvis
```

Rätt:

```yaml
efterlevnad: delvis
brister:
  - titel: Inte prövad med skärmläsare
    beskrivning: Ingen har läst webbplatsen med en skärmläsare.
    skäl: inte_prövat
    åtgärd: ej_angivet
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den

ID = "helt-med-brister"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield a statement that claims too much, or that names nothing of what it admits."""
    for ting in plan.redogörelser.values():
        räknas = [brist for brist in ting.brister if brist.skäl != "omfattas_inte"]
        if (ting.efterlevnad == "helt") is not bool(räknas):
            continue
        yield Problem(
            ting.where("efterlevnad"),
            ID,
            f"{den(ting)} säger att kraven är helt uppfyllda, men nämner ”{räknas[0].titel}”"
            if räknas
            else f"{den(ting)} säger att kraven inte är helt uppfyllda, men nämner ingen brist",
            "skriv delvis, eller ta bort det som inte längre brister"
            if räknas
            else "nämn det som brister i brister, eller skriv helt",
            thing=ting.nyckel,
        )
