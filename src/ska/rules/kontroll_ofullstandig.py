"""Ett kontrollmoment säger inte hur, när eller av vem kontrollen görs.

Utan metod, tid och roll blir en kontroll lätt inte gjord, eller gjord på olika sätt. Kommunallagen
6 kap. 6 § kräver att nämnden ser till att den interna kontrollen räcker till.

Så länge internkontrollplanen är ett förslag är det en varning: då går det lätt att skriva det som
fattas. När nämnden har antagit den, och det står i dess fält antagen, är det ett fel. Beslutet om
planen för kvalitetsarbetet spelar ingen roll här, för internkontrollplanen beslutas för sig.

En återgivning av en plan som beslutades på annan plats prövas inte: källan kan ha låtit bli att
säga det. Inte heller prövas kontroller från år före planens, eller i en upphävd plan. Dem gör ingen
nu.

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
from ska.ting import EJ_ANGIVET, Kontrollmoment

ID = "kontroll-ofullstandig"
SEVERITIES = (Severity.FEL, Severity.VARNING)
ALONG_RELATIONS = False

_FRÅGOR: Final = {"hur": "hur den görs", "när": "när den görs", "roll": "vem som gör den"}


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each question that a control of ours leaves open, for this year or a later one."""
    frame = next(iter(plan.ramar.values()), None)
    if frame is None or frame.status in ("återgivning", "upphävd"):
        return
    for kontroll in plan.internkontroller.values():
        if kontroll.år < frame.gäller_från.year:
            continue
        for moment in plan.inuti.get(kontroll.nyckel, ()):
            if isinstance(moment, Kontrollmoment):
                yield from _open(moment, kontroll.antagen is not None)


def _open(moment: Kontrollmoment, adopted: bool) -> Iterator[Problem]:
    """Yield each question that a control leaves open."""
    for field, question in _FRÅGOR.items():
        if getattr(moment, field) == EJ_ANGIVET:
            still = ", fast nämnden har antagit internkontrollplanen" if adopted else ""
            yield Problem(
                moment.where(field),
                ID,
                f"kontrollmomentet ”{moment.titel}” säger inte {question}{still}; då blir "
                "kontrollen lätt inte gjord",
                f"skriv {question} i {field}"
                + (", eller ett undantag med skälet till att det får vänta" if adopted else ""),
                Severity.FEL if adopted else Severity.VARNING,
                thing=moment.nyckel,
            )
