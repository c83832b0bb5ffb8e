"""Ett mål är sämre än det utfall som redan är nått.

Ett mål ska visa vart nämnden vill. Är det sämre än det senaste utfallet vill nämnden tillbaka,
eller så är något tal fel. Målet jämförs med det senaste utfallet i en tidigare period av samma
slag: helår med helår, till och med augusti med till och med augusti, samma dag med samma dag.
Grupper jämförs med sig själva. Går perioderna inte att jämföra, eller är det inte sagt åt vilket
håll som är bättre, sägs inget.

Det är en varning: ett nytt utfall kan vara bättre än ett mål som redan är beslutat.

Fel, när riktningen är högre:

```yaml
- {typ: utfall, period: {typ: helår, år: 2024}, tal: 93.5}
- {typ: mål, period: {typ: helår, år: 2025}, relation: minst, tal: 90}
```

Rätt:

```yaml
- {typ: utfall, period: {typ: helår, år: 2024}, tal: 93.5}
- {typ: mål, period: {typ: helår, år: 2025}, relation: minst, tal: 94}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ska.context import Context
from ska.derived.bedomning import MED_TAL, håll, serier, tal_för
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._matt import gruppen, perioden, siffror, värdet
from ska.ting import Indikator, Värde

ID = "mal-samre-an-utfall"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each target that is worse than the latest earlier outcome."""
    for indikator in plan.indikatorer.values():
        for values in serier(indikator):
            for index, target, reached, outcome in _par(values):
                way = håll(indikator, target)
                if target.tal is not None and (reached - target.tal) * way > 0:
                    yield _problem(indikator, index, target, reached, outcome)


def _par(values: list[tuple[int, Värde]]) -> Iterator[tuple[int, Värde, Decimal, Värde]]:
    """Yield each target with the latest outcome of an earlier year; `values` are in order."""
    latest: tuple[Decimal, Värde] | None = None
    coming: tuple[Decimal, Värde] | None = None
    for index, v in values:
        if coming and coming[1].period.år < v.period.år:
            latest = coming
        if v.typ == "utfall":
            tal = tal_för(v)
            coming = coming if tal is None else (tal, v)
        elif v.relation in MED_TAL and latest:
            yield index, v, *latest


def _problem(
    indikator: Indikator, index: int, target: Värde, reached: Decimal, outcome: Värde
) -> Problem:
    return Problem(
        indikator.where("värden", index, "tal"),
        ID,
        f"indikatorn ”{indikator.titel}” har målet {värdet(target)}{gruppen(target)} "
        f"{perioden(target.period)}, men utfallet var redan {siffror(reached)} "
        f"{perioden(outcome.period)}; målet leder bakåt",
        "sätt ett mål som är minst lika bra, rätta talet, eller godta det i undantag.yml med skäl",
        Severity.VARNING,
        (Related(outcome.where("tal"), f"utfallet: {siffror(reached)}"),),
        indikator.nyckel,
    )
