"""En hänvisning kan gälla flera saker, eftersom saker av olika slag har samma id.

En del fält får peka på flera slag. Fältet ”utförs_av” kan till exempel peka på en enhet, en
avdelning eller en utförare. Har en enhet och en utförare samma id vet ingen vem av dem som ska göra
arbetet. Id behöver därför vara olika i de slag som samma fält kan peka på.

Fältet ”se_även” i begrepp är bara ett lästips och räknas inte.

Fel: organisation.yml har både enheten ”linvux” och utföraren ”linvux”, och en metod säger

```yaml
utförs_av: [linvux]
```

Rätt: den ena heter något annat, till exempel ”linvux-skola”.

```yaml
utförs_av: [linvux]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den, är_lästips

ID = "tvetydig-hanvisning"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each reference whose id several of the kinds it may name have."""
    for mention in plan.tvetydiga:
        source = mention.från
        if är_lästips(mention):
            continue
        names = " eller ".join(den(thing) for thing in mention.till)
        yield Problem(
            mention.plats,
            ID,
            f"{den(source)} hänvisar i {mention.fält} till "
            f"”{mention.till[0].id}”, som kan vara {names}, så ingen vet vilken som menas",
            "ge den som är nyast ett annat id",
            related=tuple(Related(thing.where("id"), thing.slag) for thing in mention.till),
            thing=source.nyckel,
        )
