"""Samma sak säger att ett krav uppfylls både helt och delvis.

Läsaren måste veta vilket som gäller. Så länge båda står kvar räknas kravet som uppfyllt till en
del, men det vet inte den som skrev.

Fel:

```yaml
uppfyller: [klagomal-besvaras]
uppfyller_delvis:
  - krav: klagomal-besvaras
    saknas: Rutinen säger inte inom vilken tid.
```

Rätt:

```yaml
uppfyller_delvis:
  - krav: klagomal-besvaras
    saknas: Rutinen säger inte inom vilken tid.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.derived.tackning import svarande
from ska.model import Hänvisning, Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den
from ska.ting import Nyckel

ID = "uppfyller-motsags"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each requirement that a thing names twice."""
    for krav in plan.krav.values():
        said: dict[Nyckel, Hänvisning] = {}
        for mention in svarande(plan, krav):
            first = said.setdefault(mention.från.nyckel, mention)
            if first is not mention:
                yield Problem(
                    mention.plats,
                    ID,
                    f"{den(mention.från)} säger två gånger att kravet ”{krav.titel}” uppfylls, i "
                    f"{first.fält.partition('.')[0]} och i {mention.fält.partition('.')[0]}",
                    "ta bort det ena",
                    related=(Related(first.plats, "det första stället"),),
                    thing=mention.från.nyckel,
                )
