"""En aktivitet i årshjulet har ingen grund.

Varje aktivitet finns för att en metod används, en lag kräver den eller ett krav ska uppfyllas. Utan
det vet ingen varför nämnden får rapporten, vad den ska handla om eller om den kan tas bort.

Fel:

```yaml
- id: redovisning
  titel: Redovisning av kvalitetsarbete
  ansvariga: [utvecklingsledare]
```

Rätt:

```yaml
- id: redovisning
  titel: Redovisning av kvalitetsarbete
  ansvariga: [utvecklingsledare]
  metoder: [kvalitetsgranskning]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity

ID = "aktivitet-utan-grund"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each activity that no method, law or requirement explains."""
    for aktivitet in plan.aktiviteter.values():
        meets = aktivitet.uppfyller or aktivitet.uppfyller_delvis
        if not (aktivitet.metoder or aktivitet.lagrum or meets):
            yield Problem(
                aktivitet.where("id"),
                ID,
                f"aktiviteten ”{aktivitet.titel}” har varken metod, lagrum eller krav, så det går "
                "inte att se varför den finns",
                "skriv metoder, lagrum eller uppfyller",
                thing=aktivitet.nyckel,
            )
