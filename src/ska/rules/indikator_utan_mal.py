"""En indikator har inget värde att nå.

En indikator utan mål visar hur det är men inte hur det ska bli. Då går det inte att säga om
utfallet är bra nog. Ett mål som tas fram räknas som ett mål. Indikatorer under mål vars tid är
slut, eller som har ersatts, prövas inte. Det är en varning, eftersom källan kan sakna målvärdet.

Fel:

```yaml
värden:
  - {typ: utfall, period: {typ: helår, år: 2024}, tal: 20.9}
```

Rätt:

```yaml
värden:
  - {typ: utfall, period: {typ: helår, år: 2024}, tal: 20.9}
  - {typ: mål, period: {typ: helår, år: 2025}, relation: högst, tal: 10}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._matt import aktuella_mål
from ska.ting import Indikator

ID = "indikator-utan-mal"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each indicator, under a goal in force, that has nothing to reach."""
    for mål in aktuella_mål(plan):
        for indikator in plan.inuti.get(mål.nyckel, ()):
            if not isinstance(indikator, Indikator):
                continue
            if all(värde.typ != "mål" for värde in indikator.värden):
                yield Problem(
                    indikator.where("värden"),
                    ID,
                    f"indikatorn ”{indikator.titel}” under målet ”{mål.titel}” har inget värde "
                    "att nå; det går inte att säga om utfallet är bra nog",
                    "lägg till ett värde av typen mål, eller godta det i undantag.yml med skäl",
                    Severity.VARNING,
                    thing=indikator.nyckel,
                )
