"""En lag är upphävd, men registret säger inte vad som gäller i stället.

Den som möter en upphävd lag behöver veta vart reglerna har flyttat. Registret ska därför alltid
svara: med det som gäller i stället, med ej_angivet när det inte har gått att få fram, eller med
”ersatt: inte” när ingenting har kommit i stället.

Fel:

```yaml
upphävd: 2025-07-01
```

Rätt:

```yaml
upphävd: 2025-07-01
ersatt_av: ej_angivet
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._lag import lagar, namn

ID = "upphavd-utan-ersattning"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each repealed statute and provision that says nothing of what came instead."""
    for law in lagar(plan):
        if law.upphävd and not law.ersatt_av and law.ersatt != "inte":
            yield Problem(
                law.where("upphävd"),
                ID,
                f"{law.slag} ”{namn(plan, law)}” upphävdes den {words.datum(law.upphävd)}, men "
                "registret säger inte vad som gäller i stället",
                "skriv det i ersatt_av, eller skriv ej_angivet om det inte är känt",
                thing=law.nyckel,
            )
