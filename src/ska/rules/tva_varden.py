"""Samma mått har två olika värden för samma tid.

Två tal för samma sak kan inte båda vara rätt. Läsaren vet inte vilket som gäller, och en
jämförelse över åren går inte att lita på. För en indikator jämförs värden av samma typ, period
och grupp; ett mål får ha både en undre och en övre gräns. Ett preliminärt värde får stå kvar
bredvid det slutliga.

I en budgettabell får en kolumn bara ha ett tal på varje rad. Står samma rad, år och typ av
kolumn i två tabeller med olika tal är det en varning, eftersom tabellerna kan räkna på olika
sätt. Planår och rader som heter sådant som summa eller övrigt jämförs inte mellan tabeller.

Fel:

```yaml
- {typ: utfall, period: {typ: helår, år: 2024}, tal: 71.2}
- {typ: utfall, period: {typ: helår, år: 2024}, tal: 74.0}
```

Rätt:

```yaml
- {typ: utfall, period: {typ: helår, år: 2024}, tal: 71.2}
- {typ: utfall, period: {typ: helår, år: 2025}, tal: 74.0}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ska.context import Context
from ska.derived.bedomning import RIKTNING
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._matt import gruppen, perioden, siffror, värdet
from ska.ting import Budget, Budgetrad, Cell, Indikator, Kolumn, Värde

ID = "tva-varden"
SEVERITIES = (Severity.FEL, Severity.VARNING)
ALONG_RELATIONS = False

_GRÄNSER: Final = {"minst": "undre", "över": "undre", "högst": "övre", "under": "övre"}
#: Titles that say nothing about which table they stand in.
_ALLMÄNNA: Final = ("summa", "total", "övrig", "netto", "varav", "intäkt", "kostnad", "resultat")
#: A cell with its table and number.
Ruta = tuple[Budget, Cell, Decimal]


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each later value that differs from an earlier one of the same measure and period."""
    for indikator in plan.indikatorer.values():
        yield from _indikator(indikator)
    shown: dict[tuple[object, ...], Ruta] = {}
    for budget in plan.budgetar.values():
        columns = {kolumn.id: kolumn for kolumn in budget.kolumner}
        for rad in budget.rader:
            yield from _i_raden(budget, rad)
            for cell in rad.värden:
                kolumn = columns.get(cell.kolumn)
                if not kolumn or cell.tal is None or cell.tillstånd != "angivet":
                    continue
                mine = (budget, cell, cell.tal)
                if key := _jämförbar(budget, rad, kolumn):
                    yield from _mellan_tabeller(rad, kolumn, shown.setdefault(key, mine), mine)


def _indikator(indikator: Indikator) -> Iterator[Problem]:
    first: dict[tuple[object, ...], Värde] = {}
    for index, v in enumerate(indikator.värden):
        relation = v.relation if v.typ == "mål" else "lika"
        trend = relation in RIKTNING and relation not in _GRÄNSER
        kind = "förändring" if trend else _GRÄNSER.get(relation, relation)
        key = (v.typ, v.period, v.indelning, v.grupp, v.inom, v.tillstånd, kind)
        if v.tal is None and not trend:
            continue
        other = first.setdefault(key, v)
        if (other.tal, other.relation) != (v.tal, v.relation):
            what = "målet" if v.typ == "mål" else "utfallet"
            yield Problem(
                indikator.where("värden", index, "tal" if v.tal is not None else "relation"),
                ID,
                f"indikatorn ”{indikator.titel}” har två värden för {what}{gruppen(v)} "
                f"{perioden(v.period)}: {värdet(other)} och {värdet(v)}; båda kan inte gälla",
                "behåll det värde som gäller, eller rätta perioden eller gruppen",
                related=(Related(other.where(), f"det första: {värdet(other)}"),),
                thing=indikator.nyckel,
            )


def _i_raden(budget: Budget, rad: Budgetrad) -> Iterator[Problem]:
    first: dict[str, Cell] = {}
    for cell in rad.värden:
        other = first.setdefault(cell.kolumn, cell)
        if other is not cell and (other.tal, other.tillstånd) != (cell.tal, cell.tillstånd):
            yield Problem(
                cell.where("kolumn"),
                ID,
                f"raden ”{rad.titel}” i ”{budget.titel}” har två rutor i kolumnen "
                f"”{cell.kolumn}”; båda kan inte gälla",
                "ta bort den ena, eller rätta kolumnen",
                related=(Related(other.where("kolumn"), "den första"),),
                thing=budget.nyckel,
            )


def _jämförbar(budget: Budget, rad: Budgetrad, kolumn: Kolumn) -> tuple[object, ...] | None:
    """Return what a row and column share with the same ones in another table."""
    title = rad.titel.casefold()
    if kolumn.typ == "plan" or title.startswith(_ALLMÄNNA):
        return None
    unit = rad.räknas_i or budget.räknas_i
    return (budget.nämnd, budget.typ, unit, title, kolumn.typ, kolumn.år, kolumn.månad)


def _mellan_tabeller(rad: Budgetrad, kolumn: Kolumn, first: Ruta, mine: Ruta) -> Iterator[Problem]:
    table, other, before = first
    budget, cell, tal = mine
    if table is not budget and before != tal:
        yield Problem(
            cell.where("tal"),
            ID,
            f"raden ”{rad.titel}” har {kolumn.typ} {kolumn.år} {siffror(tal)} i "
            f"”{budget.titel}” men {siffror(before)} i ”{table.titel}”; läsaren vet inte "
            "vilket som gäller",
            "rätta det tal som är fel, eller ge raderna titlar som säger vad som skiljer dem",
            Severity.VARNING,
            (Related(other.where("tal"), f"”{table.titel}”: {siffror(before)}"),),
            budget.nyckel,
        )
