"""Ett mål är inte nått, och det står inte varför eller vad som görs.

När utfallet inte når målet ska nämnden få veta orsaken, vad utfallet betyder och vad som görs åt
det. Skollagen 4 kap. 3 § kräver att huvudmannen analyserar orsakerna till det som uppföljningen
visar och gör något åt det. Utfall och mål jämförs för samma period och grupp; bara den senaste
perioden räknas. Det är en varning, eftersom källan kan sakna uppgifterna.

Fel, när orsak, analys eller åtgärd saknas:

```yaml
riktning: högre
värden:
  - {typ: mål, period: {typ: helår, år: 2024}, tal: 90}
  - {typ: utfall, period: {typ: helår, år: 2024}, tal: 84.5}
```

Rätt:

```yaml
riktning: högre
värden:
  - {typ: mål, period: {typ: helår, år: 2024}, tal: 90}
  - {typ: utfall, period: {typ: helår, år: 2024}, tal: 84.5}
orsak: Färre deltagare svarade på enkäten än året före.
analys: De som svarade hade väntat längre än andra.
åtgärd: Enkäten delas ut vid mötet.
```
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.render import words
from ska.rules._matt import gruppen, håll, perioden, serier, siffror, tal_för, värdet
from ska.ting import Indikator, Värde

ID = "mal-ej-natt-utan-analys"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False

_NÅS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "minst": operator.ge, "högst": operator.le, "över": operator.gt, "under": operator.lt,
    "ökar": operator.gt, "minskar": operator.lt, "ej_öka": operator.le,
}  # fmt: skip
#: What a change is counted from: the outcome before.
_FÖRÄNDRING: Final = ("ökar", "minskar", "ej_öka")
_LIKA: Final = {1: operator.ge, -1: operator.le}
#: An outcome's index, the outcome, and the target that it missed.
Miss = tuple[int, Värde, Värde]


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each indicator that is off its latest target with something left unsaid."""
    for indikator in plan.indikatorer.values():
        said = {"orsak": indikator.orsak, "analys": indikator.analys, "åtgärd": indikator.åtgärd}
        missing = [name for name, text in said.items() if not text]
        if not missing:
            continue
        misses = [m for values in serier(indikator) if (m := _senaste_miss(indikator, values))]
        if misses:
            yield _problem(indikator, misses, missing)


def _senaste_miss(indikator: Indikator, values: list[tuple[int, Värde]]) -> Miss | None:
    """Return the latest outcome that has a target, and that target, when it isn't reached."""
    targets = {v.period: v for _, v in values if v.typ == "mål"}
    outcomes = [(i, v) for i, v in values if v.typ == "utfall" and tal_för(v) is not None]
    for place in range(len(outcomes) - 1, -1, -1):
        index, outcome = outcomes[place]
        target = targets.get(outcome.period)
        if target:
            before = outcomes[place - 1][1].tal if place else None
            reached = _nått(indikator, target, outcome.tal, before)
            return (index, outcome, target) if reached is False else None
    return None


def _nått(
    indikator: Indikator, target: Värde, tal: Decimal | None, before: Decimal | None
) -> bool | None:
    """Tell whether a target is reached; None where that can't be judged."""
    limit = before if target.relation in _FÖRÄNDRING else target.tal
    test = _NÅS.get(target.relation)
    if target.relation == "lika":
        test = _LIKA.get(håll(indikator, target))
        if test is None and indikator.riktning == "oförändrat":
            test = operator.eq
    if test is None or limit is None or tal is None:
        return None
    return test(tal, limit)


def _problem(indikator: Indikator, misses: list[Miss], missing: list[str]) -> Problem:
    """Say it once for the indicator: at the latest miss, and of groups at the first."""
    index, outcome, target = max(misses, key=lambda miss: (miss[1].period.år, -miss[0]))
    tal = siffror(outcome.tal or 0)
    return Problem(
        indikator.where("värden", index, "tal"),
        ID,
        f"indikatorn ”{indikator.titel}” blev {tal}{gruppen(outcome)} "
        f"{perioden(outcome.period)} mot målet {värdet(target)}, men {words.uppräkning(missing)} "
        "saknas; nämnden får inte veta varför eller vad som görs",
        f"skriv {words.uppräkning(missing)} på indikatorn",
        Severity.VARNING,
        tuple(
            Related(goal.where(), f"målet: {värdet(goal)}{gruppen(goal)}") for _, _, goal in misses
        ),
        indikator.nyckel,
    )
