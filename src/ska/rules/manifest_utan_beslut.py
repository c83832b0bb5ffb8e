"""En utgåva har ett manifest fast den inte är beslutad här.

Manifestet är kontrollsumman över det som nämnden beslutade. Den skrivs av `ska besluta`, i samma
stund som beslutet. Ett förslag är inte beslutat än. En återgivning är skriven med egna ord: den har
uppgifter om beslutet, men nämnden har aldrig sett just den texten. Originalet är protokollet med
den beslutade planen.

Fel:

```yaml
typ: återgivning
manifest:
  version: 1
  sha256: "3f…"
```

Rätt:

```yaml
typ: återgivning
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity

ID = "manifest-utan-beslut"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each manifest, or recorded editorial change, of what was not decided here."""
    for edition in plan.utgåvor.values():
        if edition.typ == "beslutad":
            if edition.redaktionella and edition.manifest is None:
                yield Problem(
                    edition.where("redaktionella"),
                    ID,
                    f"utgåvan ”{edition.titel}” har redaktionella ändringar men inget manifest; "
                    "då går det inte att visa vad som rättades",
                    "skriv in beslutet med kommandot ska besluta",
                    thing=edition.nyckel,
                )
            continue
        for field in ("manifest", "redaktionella"):
            if getattr(edition, field):
                yield Problem(
                    edition.where(field),
                    ID,
                    f"utgåvan ”{edition.titel}” har {field} men typ {edition.typ}; bara det som "
                    "nämnden har beslutat här har ett manifest",
                    f"ta bort {field}, eller skriv in beslutet med kommandot ska besluta",
                    thing=edition.nyckel,
                )
