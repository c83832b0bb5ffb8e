"""Delarna blir inte den summa som står.

En läsare som räknar efter ska få samma tal. Stämmer det inte är något av talen fel, eller så
saknas en del. Tre slags summor prövas: en rad i en budgettabell mot raderna i delar, och mot
raderna i andra_delar, kolumn för kolumn; ett antal i redovisningen av avvikelser mot sina poster;
och en indikators värde för alla mot sina grupper, när helhet är summa.

Avrundade tal får skilja mindre än vad avrundningen kan göra: en halv enhet av den sista
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
from ska.problems import Problem, Related, Severity
from ska.rules._matt import avrundning, delningar, gruppen, helheter, perioden, siffror
from ska.ting import EJ_ANGIVET, Avvikelser, Budget, Cell, Indikator, Post, Räkning

ID = "summa-stammer-inte"
SEVERITIES = (Severity.FEL,)
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
    for rad, parts in delningar(budget):
        if rad.id in parts or len(set(parts)) < len(parts):  # see okand-del
            continue
        for cell in rad.värden:
            total, known = _tal(cell), _delarna(parts, cell.kolumn, rows)
            numbers = [tal for _, tal in known]
            if total is not None and numbers and _skiljer(total, numbers):
                yield Problem(
                    cell.where("tal"),
                    ID,
                    f"raden ”{rad.titel}” i ”{budget.titel}” är {siffror(total)} i kolumnen "
                    f"”{columns.get(cell.kolumn, cell.kolumn)}”, men delarna blir "
                    f"{siffror(sum(numbers))}; läsaren vet inte vilket tal som gäller",
                    "rätta det tal som är fel, eller lägg till den del som saknas i delar",
                    related=tuple(
                        Related(part.where("tal"), f"en del: {siffror(tal)}") for part, tal in known
                    ),
                    thing=budget.nyckel,
                )


def _delarna(
    parts: tuple[str, ...], column: str, rows: dict[str, dict[str, Cell]]
) -> list[tuple[Cell, Decimal]]:
    """Return the parts of a row in a column with their numbers; none where one is unknown."""
    known = []
    for id in parts:
        part = rows.get(id, {}).get(column)
        tal = _tal(part) if part else None
        if part and tal is not None:
            known.append((part, tal))
        elif not part or part.tillstånd != "tomt":
            return []
    return known


def _tal(cell: Cell) -> Decimal | None:
    return cell.tal if cell.tillstånd in ("angivet", "preliminärt") else None


def _skiljer(total: Decimal, parts: list[Decimal]) -> bool:
    """Tell whether no numbers that are rounded to these could add up."""
    return abs(sum(parts) - total) >= avrundning(total, parts)


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
        numbers = [tal for tal, _ in whole.delar]
        if not _skiljer(whole.tal, numbers):
            continue
        yield Problem(
            indikator.where("värden", whole.nummer, "tal"),
            ID,
            f"indikatorn ”{indikator.titel}” är {siffror(whole.tal)}{gruppen(whole.värde)} "
            f"{perioden(whole.värde.period)}, men grupperna blir {siffror(sum(numbers))}; "
            "läsaren vet inte vilket tal som gäller",
            "rätta det tal som är fel, eller lägg till den grupp som saknas",
            related=tuple(
                Related(v.where("tal"), f"{v.grupp}: {siffror(tal)}") for tal, v in whole.delar
            ),
            thing=indikator.nyckel,
        )
