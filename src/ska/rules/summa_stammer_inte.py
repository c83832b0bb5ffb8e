"""Delarna blir inte den summa som står.

En läsare som räknar efter ska få samma tal. Stämmer det inte är något av talen fel, eller så
saknas en del. Tre slags summor prövas: en rad i en budgettabell mot raderna i delar, kolumn för
kolumn; ett antal i redovisningen av avvikelser mot sina poster; och en indikators värde för alla
mot sina grupper, när helhet är summa.

Avrundade tal får skilja så mycket som avrundningen kan göra: en halv enhet av den sista
decimalen för varje del och en halv för summan. Antal avvikelser är inte avrundade och ska stämma
precis. En tom ruta räknas som ingenting. Saknas ett tal av annat skäl prövas inte summan.

Fel:

```yaml
titel: Klagomål
antal: 5
poster:
  - titel: Bemötande
    antal: 2
  - titel: Väntetid
    antal: 2
```

Rätt:

```yaml
titel: Klagomål
antal: 4
poster:
  - titel: Bemötande
    antal: 2
  - titel: Väntetid
    antal: 2
```
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related
from ska.rules._matt import avrundning, gruppen, helheter, perioden, siffror, tal_för
from ska.ting import EJ_ANGIVET, Avvikelser, Budget, Cell, Indikator, Post, Räkning

ID = "summa-stammer-inte"
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each total that its parts don't add up to."""
    for budget in plan.budgetar.values():
        yield from _budget(budget)
    for avvikelser in plan.avvikelser.values():
        for räkning in avvikelser.räkningar:
            yield from _räkning(avvikelser, räkning)
    for indikator in plan.indikatorer.values():
        if indikator.helhet == "summa":
            yield from _indikator(indikator)


def _budget(budget: Budget) -> Iterator[Problem]:
    rows = {rad.id: {cell.kolumn: cell for cell in rad.värden} for rad in budget.rader}
    columns = {kolumn.id: kolumn.titel for kolumn in budget.kolumner}
    for rad in budget.rader:
        if rad.id in rad.delar or len(set(rad.delar)) < len(rad.delar):  # see okand-del
            continue
        for cell in rad.värden if rad.delar else ():
            parts = [rows.get(id, {}).get(cell.kolumn) for id in rad.delar]
            total = _tal(cell)
            known = [part for part in parts if part and (_tal(part) is not None or _tom(part))]
            numbers = [tal for part in known if (tal := _tal(part)) is not None]
            if total is None or len(known) < len(parts) or not numbers:
                continue
            if abs(sum(numbers) - total) > avrundning(total, numbers):
                yield Problem(
                    cell.where("tal"),
                    ID,
                    f"raden ”{rad.titel}” i ”{budget.titel}” är {siffror(total)} i kolumnen "
                    f"”{columns.get(cell.kolumn, cell.kolumn)}”, men delarna blir "
                    f"{siffror(sum(numbers))}; läsaren vet inte vilket tal som gäller",
                    "rätta det tal som är fel, eller lägg till den del som saknas i delar",
                    related=tuple(
                        Related(part.where("tal"), f"en del: {siffror(part.tal)}")
                        for part in known
                        if part.tal is not None
                    ),
                    thing=budget.nyckel,
                )


def _tal(cell: Cell) -> Decimal | None:
    return cell.tal if cell.tillstånd in ("angivet", "preliminärt") else None


def _tom(cell: Cell) -> bool:
    return cell.tillstånd == "tomt"


def _räkning(avvikelser: Avvikelser, räkning: Räkning) -> Iterator[Problem]:
    known = [(post, post.antal) for post in räkning.poster if isinstance(post.antal, int)]
    total = sum(antal for _, antal in known)
    if not isinstance(räkning.antal, int) or not known:
        return
    unknown = any(post.antal == EJ_ANGIVET for post in räkning.poster)
    # With a part unknown the known ones may be fewer than the total, never more.
    if total == räkning.antal or (unknown and total < räkning.antal):
        return
    yield Problem(
        räkning.where("antal"),
        ID,
        f"”{räkning.titel}” i ”{avvikelser.titel}” är {räkning.antal}, men posterna blir {total}; "
        "läsaren vet inte vilket antal som gäller",
        "rätta det antal som är fel, eller lägg till den post som saknas",
        related=tuple(Related(post.where("antal"), _post(post, antal)) for post, antal in known),
        thing=avvikelser.nyckel,
    )


def _post(post: Post, antal: int) -> str:
    return f"posten ”{post.titel}” är {antal}"


def _indikator(indikator: Indikator) -> Iterator[Problem]:
    for whole in helheter(indikator):
        total = tal_för(whole.värde, "angivet", "preliminärt")
        numbers = [v.tal for _, v in whole.delar if v.tal is not None]
        if total is None or abs(sum(numbers) - total) <= avrundning(total, numbers):
            continue
        yield Problem(
            indikator.where("värden", whole.nummer, "tal"),
            ID,
            f"indikatorn ”{indikator.titel}” är {siffror(total)}{gruppen(whole.värde)} "
            f"{perioden(whole.värde.period)}, men grupperna blir {siffror(sum(numbers))}; "
            "läsaren vet inte vilket tal som gäller",
            "rätta det tal som är fel, eller lägg till den grupp som saknas",
            related=tuple(
                Related(v.where("tal"), f"{v.grupp}: {siffror(v.tal)}")
                for _, v in whole.delar
                if v.tal is not None
            ),
            thing=indikator.nyckel,
        )
