"""Ett mål drar åt ett annat håll än indikatorns riktning.

Riktningen säger åt vilket håll som är bättre. Ett mål som sätter ett tak eller vill minska när
högre är bättre, eller ett golv när lägre är bättre, säger emot den. Då går det inte att bedöma om
målet är nått.

Fel:

```yaml
riktning: lägre
värden:
  - {typ: mål, period: {typ: helår, år: 2025}, relation: minst, tal: 10}
```

Rätt:

```yaml
riktning: lägre
värden:
  - {typ: mål, period: {typ: helår, år: 2025}, relation: högst, tal: 10}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.derived.bedomning import RIKTNING, håll
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._matt import gruppen, perioden, värdet

ID = "mal-mot-riktning"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each target whose relation says the other way than the indicator's direction."""
    for indikator in plan.indikatorer.values():
        for index, v in enumerate(indikator.värden):
            own = RIKTNING.get(v.relation, 0)
            if v.typ == "mål" and own * håll(indikator, v) < 0:
                yield Problem(
                    indikator.where("värden", index, "relation"),
                    ID,
                    f"indikatorn ”{indikator.titel}” har målet ”{värdet(v)}”{gruppen(v)} "
                    f"{perioden(v.period)}, men riktningen säger att {indikator.riktning} är "
                    "bättre; båda kan inte stämma",
                    "rätta målets relation eller indikatorns riktning",
                    related=(
                        Related(indikator.where("riktning"), f"riktning: {indikator.riktning}"),
                    ),
                    thing=indikator.nyckel,
                )
