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
from ska.problems import Problem, Related, Severity
from ska.rules._matt import Helhet, enhet, gruppen, helheter, perioden, siffror
from ska.ting import Indikator, Värde

ID = "helhet-utanfor-delarna"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each mean for all that lies outside the values of its groups."""
    for indikator in plan.indikatorer.values():
        if indikator.helhet == "medelvärde":
            for whole in helheter(indikator):
                if outside := _utanför(whole):
                    yield _problem(indikator, whole, *outside)


def _utanför(whole: Helhet) -> tuple[str, Värde] | None:
    """Return on which side of which group the whole lies, however the numbers were rounded."""
    low, low_group = min(whole.delar, key=lambda group: group[0])
    high, high_group = max(whole.delar, key=lambda group: group[0])
    if whole.tal - _halv(whole.tal) >= high + _halv(high):
        return f"över den högsta gruppen ({_ord(high, high_group)})", high_group
    if whole.tal + _halv(whole.tal) <= low - _halv(low):
        return f"under den lägsta gruppen ({_ord(low, low_group)})", low_group
    return None


def _halv(tal: Decimal) -> Decimal:
    return enhet(tal) / 2


def _ord(tal: Decimal, group: Värde) -> str:
    return f"{group.grupp}: {siffror(tal)}"


def _problem(indikator: Indikator, whole: Helhet, side: str, group: Värde) -> Problem:
    return Problem(
        indikator.where("värden", whole.nummer, "tal"),
        ID,
        f"indikatorn ”{indikator.titel}” är {siffror(whole.tal)}{gruppen(whole.värde)} "
        f"{perioden(whole.värde.period)}, {side}; "
        "ett medelvärde ligger alltid mellan sina grupper",
        "rätta det tal som är fel",
        related=(Related(group.where("tal"), f"gruppen {group.grupp}"),),
        thing=indikator.nyckel,
    )
