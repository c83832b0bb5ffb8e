"""Ett dokuments innehåll ska finnas i en sak som inte finns i planen.

En källa kan räkna upp dokumentets rubriker, tabeller och fotnoter och säga vilken sak i planen
som har innehållet. Har saken tagits bort eller bytt id går det inte längre att visa att dokumentet
är med, och länken från dokumentet leder ingenstans.

Fel:

```yaml
finns_i: [metod/nämndbesök]
```

Rätt:

```yaml
finns_i: [metod/namndbesok]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Severity, nearest
from ska.rules._hjalp import den, finns

ID = "okand-sak-i-innehall"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each part of a document that is said to be in a thing which the plan lacks."""
    for källa in plan.källor.values():
        for del_ in källa.innehåll:
            for number, (slag, id) in enumerate(del_.nycklar):
                if slag in SAMLINGAR and finns(plan, (slag, id)):
                    continue
                ids = getattr(plan, SAMLINGAR[slag]) if slag in SAMLINGAR else ()
                yield Problem(
                    del_.where("finns_i", number),
                    ID,
                    f"”{del_.text}” i {den(källa)} ska finnas i {slag} ”{id}”, men det finns inte; "
                    "då går det inte att visa att den delen av dokumentet är med",
                    (nearest(id, ids) if ids else nearest(slag, SAMLINGAR))
                    or "rätta id, eller skriv i utelämnat varför delen inte är med",
                    thing=källa.nyckel,
                )
