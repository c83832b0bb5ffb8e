"""Ett värde säger att det finns ett tal, men talet saknas; eller tvärtom.

Tillståndet säger om ett tal går att lita på: angivet och preliminärt har ett tal, de andra inte.
Säger tillståndet ett och talet ett annat vet läsaren inte om siffran gäller. Ett mål som bara
säger åt vilket håll, till exempel minskar, behöver inget tal. Svarar källan med ord i stället för
ett tal står orden i text, och då finns inget tal.

Fel:

```yaml
- typ: utfall
  period: {typ: helår, år: 2024}
  tillstånd: angivet
```

Rätt:

```yaml
- typ: utfall
  period: {typ: helår, år: 2024}
  tillstånd: ingen_uppgift
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.derived.bedomning import MED_TAL
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._matt import gruppen, perioden, siffror
from ska.ting import Cell, Ting, Värde

ID = "varde-utan-tal"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each value whose state and number disagree."""
    for indikator in plan.indikatorer.values():
        for v in indikator.värden:
            whose = f"indikatorn ”{indikator.titel}”, {v.typ}{gruppen(v)} {perioden(v.period)},"
            yield from _värde(indikator, v, whose, v.relation in MED_TAL, v.text)
    for budget in plan.budgetar.values():
        for rad in budget.rader:
            for cell in rad.värden:
                whose = f"raden ”{rad.titel}” i ”{budget.titel}”, kolumnen ”{cell.kolumn}”,"
                yield from _värde(budget, cell, whose, True)


def _värde(
    thing: Ting, value: Värde | Cell, whose: str, needs: bool, text: str | None = None
) -> Iterator[Problem]:
    has = value.tillstånd in ("angivet", "preliminärt")
    if text and (value.tal is not None or not has):
        state = value.tillstånd.replace("_", " ")
        other = f"talet {siffror(value.tal)}" if value.tal is not None else f"tillståndet {state}"
        what = f"har både orden ”{text}” och {other}"
        hint = "behåll det som källan säger"
    elif has and needs and value.tal is None and not text:
        what = f"är {value.tillstånd} men har inget tal"
        hint = "skriv talet, eller säg i tillstånd varför det saknas"
    elif not has and value.tal is not None:
        state = value.tillstånd.replace("_", " ")
        what = f"har talet {siffror(value.tal)} men tillståndet {state}"
        hint = "ta bort talet, eller ändra tillståndet till angivet eller preliminärt"
    else:
        return
    yield Problem(
        value.where("tillstånd"),
        ID,
        f"{whose} {what}; läsaren vet inte om det finns något värde",
        hint,
        thing=thing.nyckel,
    )
