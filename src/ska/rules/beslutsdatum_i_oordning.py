"""Dagarna för ett beslut kommer i en omöjlig ordning.

En plan går på remiss, läggs fram som förslag och beslutas; sedan kan den upphävas. Först fattas
beslutet, sedan justeras protokollet, sedan vinner beslutet laga kraft. En plan
eller rutin beslutas innan den börjar gälla, och beslutet om en plan vinner laga kraft innan den
slutar gälla. Kommer dagarna i en annan ordning är någon av dem fel. Dagar som inte är angivna
prövas inte. Kommunallagen 5 kap. 65–69 §§ och 8 kap. 12 § handlar om protokoll; protokollet ska
justeras inom 14 dagar.

Fel:

```yaml
beslut:
  datum: 2025-11-20
  justerat: 2025-11-02
```

Rätt:

```yaml
beslut:
  datum: 2025-11-20
  justerat: 2025-12-02
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.ting import Beslut, Del, Ting

ID = "beslutsdatum-i-oordning"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False

#: What happened, on which day, and of what it is a field.
Dag = tuple[str, date, Del, str]


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each day that comes before one that must precede it."""
    for edition in plan.utgåvor.values():
        decided = _dag("beslutades", edition.beslut, "datum")
        final = _dag("vann laga kraft", edition.beslut, "laga_kraft")
        before = [
            *_dag("skickades på remiss", edition, "remiss_från"),
            *_dag("kom tillbaka från remiss", edition, "remiss_till"),
            *_dag("lades fram för nämnden", edition, "förslag"),
        ]
        yield from _i_ordning(edition, [*before, *_beslutet(edition.beslut)])
        yield from _i_ordning(edition, [*decided, *_dag("upphävdes", edition, "upphävd")])
        yield from _i_ordning(edition, [*final, *_dag("slutade gälla", edition, "gäller_till")])
        yield from _i_ordning(edition, [*decided, *_dag("började gälla", edition, "gäller_från")])
    for planering in plan.planeringar.values():
        if planering.beslut:
            yield from _i_ordning(planering, _beslutet(planering.beslut))
    for rutin in plan.rutiner.values():
        decided = _dag("beslutades", rutin, "beslutad")
        yield from _i_ordning(rutin, [*decided, *_dag("började gälla", rutin, "gäller_från")])


def _beslutet(beslut: Beslut) -> list[Dag]:
    """Return a decision's own days, in the order in which they can come."""
    return [
        *_dag("beslutades", beslut, "datum"),
        *_dag("justerades", beslut, "justerat"),
        *_dag("vann laga kraft", beslut, "laga_kraft"),
    ]


def _dag(what: str, part: Del, field: str) -> list[Dag]:
    day = getattr(part, field)
    return [(what, day, part, field)] if isinstance(day, date) else []


def _i_ordning(thing: Ting, days: list[Dag]) -> Iterator[Problem]:
    for first, then in pairwise(days):
        if then[1] < first[1]:
            yield _problem(thing, then, first)


def _problem(thing: Ting, late: Dag, first: Dag) -> Problem:
    return Problem(
        late[2].where(late[3]),
        ID,
        f"{thing.slag} ”{thing.rubrik}” {late[0]} den {words.datum(late[1])} men {first[0]} först "
        f"den {words.datum(first[1])}; den ordningen är omöjlig",
        "rätta den av dagarna som är fel; protokollet visar vilken",
        related=(Related(first[2].where(first[3]), f"{first[0]} den {words.datum(first[1])}"),),
        thing=thing.nyckel,
    )
