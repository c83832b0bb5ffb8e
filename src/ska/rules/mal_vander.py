"""Ett senare mål är sämre än ett tidigare mål för samma mått.

Mål för flera år ska peka åt samma håll. Är målet för 2026 sämre än målet för 2025 vänder vägen,
och ingen vet vart nämnden vill. Målen jämförs när perioderna är av samma slag och gäller samma
grupp. Åt vilket håll som är bättre säger indikatorns riktning, eller målets egen relation när
riktningen inte är angiven.

Fel, när riktningen är lägre:

```yaml
- {typ: mål, period: {typ: helår, år: 2025}, tal: 10}
- {typ: mål, period: {typ: helår, år: 2026}, tal: 12}
```

Rätt:

```yaml
- {typ: mål, period: {typ: helår, år: 2025}, tal: 12}
- {typ: mål, period: {typ: helår, år: 2026}, tal: 10}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ska.context import Context
from ska.derived.bedomning import MED_TAL, håll, serier
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._matt import gruppen, perioden, värdet

ID = "mal-vander"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each target that is worse than the comparable one before it."""
    for indikator in plan.indikatorer.values():
        for values in serier(indikator):
            targets = [
                (index, v)
                for index, v in values
                if v.typ == "mål" and v.relation in MED_TAL and v.tal is not None
            ]
            for (_, old), (index, new) in pairwise(targets):
                if old.tal is None or new.tal is None or old.period.år == new.period.år:
                    continue
                if (new.tal - old.tal) * håll(indikator, new) < 0:
                    yield Problem(
                        indikator.where("värden", index, "tal"),
                        ID,
                        f"indikatorn ”{indikator.titel}” har målet {värdet(new)}{gruppen(new)} "
                        f"{perioden(new.period)}, men {värdet(old)} {perioden(old.period)}; "
                        "målen pekar åt olika håll",
                        "rätta det mål som är fel, eller indikatorns riktning",
                        related=(Related(old.where("tal"), f"målet före: {värdet(old)}"),),
                        thing=indikator.nyckel,
                    )
