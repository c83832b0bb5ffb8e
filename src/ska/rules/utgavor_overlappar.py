"""Två av nämndens utgåvor gäller samtidigt.

Varje utgåva av planen gäller en egen tid. Gäller två samtidigt vet ingen vilken av dem som nämnden
styr med. Har en utgåva ersatts tidigare än tänkt skrivs den dagen som dess sista.

Fel:

```yaml
utgåvor:
  - id: exempelnamnden-2025
    gäller_från: 2025-01-01
    gäller_till: 2026-06-30
  - id: exempelnamnden-2026
    gäller_från: 2026-01-01
    gäller_till: 2026-12-31
```

Rätt:

```yaml
  - id: exempelnamnden-2025
    gäller_från: 2025-01-01
    gäller_till: 2025-12-31
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import utgåvor_i_följd
from ska.words import datum

ID = "utgavor-overlappar"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each edition that begins before an earlier one of the same board has ended."""
    for editions in utgåvor_i_följd(plan):
        last, longest = editions[0][1], editions[0][2]
        for start, end, edition in editions[1:]:
            if start <= last:
                yield Problem(
                    edition.where("gäller_från"),
                    ID,
                    f"utgåvan ”{edition.titel}” gäller från {datum(start)}, men ”{longest.titel}” "
                    f"gäller till {datum(last)}, så båda gäller samtidigt",
                    "rätta den ena utgåvans tid",
                    related=(Related(longest.where("gäller_till"), "den andras sista dag"),),
                    thing=edition.nyckel,
                )
            if end > last:
                last, longest = end, edition
