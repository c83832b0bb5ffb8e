"""Ett värde för alla ligger utanför grupperna som det är sammansatt av.

Ett medelvärde för alla kan inte vara högre än den högsta gruppen eller lägre än den lägsta.
Är det så är något av talen fel. Det prövas för indikatorer där helhet är medelvärde, när alla
grupper i samma indelning och period har ett tal. Avrundning räknas inte som fel. Redovisas
grupper inom en grupp (fältet inom), till exempel kvinnor och män på en förvaltning, är
förvaltningens eget värde helheten.

Fel:

```yaml
- {typ: utfall, period: {typ: helår, år: 2024}, tal: 75.5}
- {typ: utfall, period: {typ: helår, år: 2024}, indelning: kön, grupp: kvinnor, tal: 75.0}
- {typ: utfall, period: {typ: helår, år: 2024}, indelning: kön, grupp: män, tal: 71.2}
```

Rätt:

```yaml
- {typ: utfall, period: {typ: helår, år: 2024}, tal: 73.5}
- {typ: utfall, period: {typ: helår, år: 2024}, indelning: kön, grupp: kvinnor, tal: 75.0}
- {typ: utfall, period: {typ: helår, år: 2024}, indelning: kön, grupp: män, tal: 71.2}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related
from ska.rules._matt import Helhet, enhet, gruppen, helheter, perioden, siffror
from ska.ting import Indikator, Värde

ID = "helhet-utanfor-delarna"
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each mean for all that lies outside the values of its groups."""
    for indikator in plan.indikatorer.values():
        if indikator.helhet == "medelvärde":
            for whole in helheter(indikator):
                if outside := _utanför(whole):
                    yield _problem(indikator, whole, *outside)


def _utanför(whole: Helhet) -> tuple[str, Värde] | None:
    """Return the group that the whole lies beyond, however the numbers were rounded."""
    tal = whole.värde.tal
    groups = [(v.tal, v) for _, v in whole.delar if v.tal is not None]
    if tal is None:
        return None
    low_tal, low = min(groups, key=lambda group: group[0])
    high_tal, high = max(groups, key=lambda group: group[0])
    if tal - _halv(tal) >= high_tal + _halv(high_tal):
        return "högsta", high
    if tal + _halv(tal) <= low_tal - _halv(low_tal):
        return "lägsta", low
    return None


def _halv(tal: Decimal) -> Decimal:
    return enhet(tal) / 2


def _problem(indikator: Indikator, whole: Helhet, which: str, group: Värde) -> Problem:
    tal, its = whole.värde.tal or Decimal(), group.tal or Decimal()
    side = "över den" if which == "högsta" else "under den"
    return Problem(
        indikator.where("värden", whole.nummer, "tal"),
        ID,
        f"indikatorn ”{indikator.titel}” är {siffror(tal)}{gruppen(whole.värde)} "
        f"{perioden(whole.värde.period)}, {side} {which} gruppen ({group.grupp}: {siffror(its)}); "
        "ett medelvärde ligger alltid mellan sina grupper",
        "rätta det tal som är fel",
        related=(Related(group.where("tal"), f"{group.grupp}: {siffror(its)}"),),
        thing=indikator.nyckel,
    )
