"""En metod lovar nämnden återkoppling, men ingen aktivitet i årshjulet ger den.

Står löftet bara i metoden faller det bort när året planeras, och nämnden får inte veta det den ska.
Skollagen 4 kap. 3 § kräver att huvudmannen följer upp utbildningen systematiskt och kontinuerligt,
och SOSFS 2011:9, 7 kap. 1 §, att arbetet dokumenteras.

Fel: metoden ”granskning” säger

```yaml
återkoppling:
  hur: Nämnden får en sammanfattning.
  frekvens: {typ: antal, antal: 1, per: år}
```

men ingen aktivitet har ``metoder: [granskning]``.

Rätt: en aktivitet i årshjulet säger

```yaml
metoder: [granskning]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.derived.belagg import aktiviteter_för_metoder
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.words import frekvens

ID = "aterkoppling-utan-aktivitet"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each method that promises feedback and that no activity carries."""
    carried = aktiviteter_för_metoder(plan)
    for metod in plan.metoder.values():
        if metod.återkoppling and metod.id not in carried:
            yield Problem(
                metod.where("återkoppling"),
                ID,
                f"metoden ”{metod.titel}” lovar nämnden återkoppling "
                f"({frekvens(metod.återkoppling.frekvens)}), men ingen aktivitet i årshjulet "
                "redovisar metoden",
                f"skriv metoder: [{metod.id}] på aktiviteten som redovisar den, eller lägg till en",
                thing=metod.nyckel,
            )
