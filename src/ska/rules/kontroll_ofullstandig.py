"""Ett kontrollmoment säger inte hur, när eller av vem kontrollen görs.

Utan metod, tid och roll blir en kontroll lätt inte gjord, eller gjord på olika sätt. I en plan
som nämnden själv har beslutat ska de finnas. En återgivning av en plan som beslutades på annan
plats prövas inte: källan kan ha låtit bli att säga det. Kommunallagen 6 kap. 6 § kräver att
nämnden ser till att den interna kontrollen räcker till.

Fel:

```yaml
hur: ej_angivet
när: mars
roll: enhetschef
```

Rätt:

```yaml
hur: Tio beslut dras ut och läses av någon annan än den som fattade dem.
när: mars
roll: enhetschef
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.ting import EJ_ANGIVET

ID = "kontroll-ofullstandig"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False

_FRÅGOR: Final = {"hur": "hur den görs", "när": "när den görs", "roll": "vem som gör den"}


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each question that a control in a plan of our own leaves open."""
    if any(ram.status != "beslutad" for ram in plan.ramar.values()):
        return
    for moment in plan.kontrollmoment.values():
        for field, question in _FRÅGOR.items():
            if getattr(moment, field) == EJ_ANGIVET:
                yield Problem(
                    moment.where(field),
                    ID,
                    f"kontrollmomentet ”{moment.titel}” säger inte {question}; då blir kontrollen "
                    "lätt inte gjord",
                    f"skriv {question} i {field}",
                    Severity.VARNING,
                    thing=moment.nyckel,
                )
