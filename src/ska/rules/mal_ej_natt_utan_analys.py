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

from collections.abc import Iterator

from ska import words
from ska.context import Context
from ska.derived.bedomning import Bedömning, bedömningar
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._matt import gruppen, perioden, siffror, värdet
from ska.ting import Indikator, Värde

ID = "mal-ej-natt-utan-analys"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False

#: An outcome's index, the outcome, and the target that it missed.
Miss = tuple[int, Värde, Värde]


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each indicator that is off its latest target with something left unsaid."""
    for indikator in plan.indikatorer.values():
        said = {"orsak": indikator.orsak, "analys": indikator.analys, "åtgärd": indikator.åtgärd}
        missing = [name for name, text in said.items() if not text]
        if not missing:
            continue
        misses = [miss for b in bedömningar(indikator) if (miss := _miss(b))]
        if misses:
            yield _problem(indikator, misses, missing)


def _miss(b: Bedömning) -> Miss | None:
    if b.läge != "når_inte" or b.nummer is None or b.utfall is None or b.mål is None:
        return None
    return b.nummer, b.utfall, b.mål


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
