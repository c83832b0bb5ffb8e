"""Planen och registret över utgåvor säger olika om samma utgåva.

Filen plan.yml säger vilken utgåva den är. Registret utgavor.yml säger vad som är känt om den. Står
det olika status, nämnd eller tid på de två ställena vet ingen vad som är beslutat. En plan som är
beslutad ska vara beslutad i registret, och tvärtom; en återgivning likaså.

Fel, när utgåvan i utgavor.yml har typen återgivning:

```yaml
utgåva: exempelnamnden-2026
status: beslutad
```

Rätt:

```yaml
utgåva: exempelnamnden-2026
status: återgivning
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.ting import Ram, Utgåva

ID = "planen-skiljer-fran-utgavan"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True

#: The kinds of edition that each status can have.
_TYPER: Final = {
    "beslutad": ("beslutad",),
    "återgivning": ("återgivning",),
    "upphävd": ("beslutad", "återgivning"),
}
_INTE_BESLUTAD: Final = ("förslag", "återgivning", "känd")


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing that plan.yml and the register of editions disagree on."""
    for ram in plan.ramar.values():
        edition = plan.utgåvor.get(ram.utgåva)
        if edition is None:
            continue
        if edition.typ not in _TYPER.get(ram.status, _INTE_BESLUTAD):
            yield _problem(ram, edition, "status", "typ")
        for field in ("nämnd", "gäller_från", "gäller_till"):
            stated = getattr(edition, field)
            if stated != getattr(ram, field) and (field == "nämnd" or isinstance(stated, date)):
                yield _problem(ram, edition, field, field)


def _problem(ram: Ram, edition: Utgåva, mine: str, its: str) -> Problem:
    here, there = _ord(getattr(ram, mine)), _ord(getattr(edition, its))
    return Problem(
        ram.where(mine),
        ID,
        f"planen har {mine} {here}, men registret över utgåvor har {its} {there} för "
        f"”{edition.titel}”; ingen vet vad som är beslutat",
        "rätta den uppgift som är fel; protokollet visar vilken",
        related=(Related(edition.where(its), f"{its}: {there}"),),
        thing=ram.nyckel,
    )


def _ord(value: object) -> str:
    return words.datum(value) if isinstance(value, date) else f"”{value}”"
