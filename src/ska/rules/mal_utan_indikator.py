"""Ett nämndmål har ingen indikator.

Ett mål som inte mäts går inte att följa upp. Ingen kan säga om det är nått, och kvalitetsarbetet
har inget att analysera. Mål vars tid är slut, eller som har ersatts, prövas inte. Det är en
varning, eftersom nämnden kan ha beslutat målet så.

Fel:

```yaml
id: snabba-beslut
indikatorer: []
```

Rätt:

```yaml
id: snabba-beslut
indikatorer:
  - id: vantetid
    titel: Väntetid till beslut
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._matt import aktuella_mål

ID = "mal-utan-indikator"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each goal in force that nothing measures."""
    for mål in aktuella_mål(plan):
        if not plan.inuti.get(mål.nyckel):
            yield Problem(
                mål.where("indikatorer"),
                ID,
                f"målet ”{mål.titel}” har ingen indikator; ingen kan säga om det är nått",
                "lägg till en indikator, eller godta det i undantag.yml med skäl",
                Severity.VARNING,
                thing=mål.nyckel,
            )
