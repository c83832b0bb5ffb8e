"""Något vilar på en lag som börjar gälla först när planens tid är slut.

En plan kan inte följa en bestämmelse som ännu inte gäller. Hänvisningen ska gå till den som gäller
under planens tid, eller så är dagen i registret fel. En rutin som själv börjar gälla senare prövas
mot sin egen första dag. Lästips i begrepp prövas inte.

Fel, i en plan för 2026, när lagen gäller från den 1 juli 2028:

```yaml
lagrum: [kvalitetslagen-2028]
```

Rätt:

```yaml
lagrum: [kvalitetslagen]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska import words
from ska.context import Context
from ska.lag.register import författning
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den, är_lästips
from ska.rules._lag import REGISTER, namn, åberopad
from ska.ting import Rutin

ID = "framtida-lag"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each mention of a law that comes into force after what relies on it."""
    for law, mention in åberopad(plan):
        source = mention.från
        if source.slag in REGISTER:
            continue
        whole = författning(plan, law)
        start = whole.gäller_från if whole else None
        last = plan.ram.gäller_till
        if isinstance(source, Rutin) and isinstance(source.gäller_från, date):
            last = max(last, source.gäller_från)
        if whole and isinstance(start, date) and start > last and not är_lästips(mention):
            yield Problem(
                mention.plats,
                ID,
                f"{den(source)} vilar på {namn(plan, law)}, som gäller först "
                f"från {words.datum(start)}; ingen kan följa den före dess",
                "hänvisa till det som gäller under planens tid, eller rätta dagen i registret",
                related=(Related(whole.where("gäller_från"), "här står när den börjar gälla"),),
                thing=source.nyckel,
            )
