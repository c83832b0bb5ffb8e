"""Två saker av samma slag har samma id.

Ett id är permanent och pekar ut en enda sak. Har två saker samma id vet ingen vilken av dem som
en hänvisning gäller, och den ena syns inte på webbplatsen. Detsamma gäller delar med id inom en
sak: punkterna i ett kapitel och avsnitten i en delplan.

Fel:

```yaml
roller:
  - id: ekonomichef
    titel: Ekonomichef
  - id: ekonomichef
    titel: Ekonom
```

Rätt:

```yaml
roller:
  - id: ekonomichef
    titel: Ekonomichef
  - id: ekonom
    titel: Ekonom
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den
from ska.ting import Del, Ting

ID = "dubbelt-id"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing, or part of a thing, whose id an earlier one already has."""
    for first, second in plan.dubbletter:
        message = f"{den(first, first.id)} finns redan, och två kan inte ha samma id"
        yield _problem(first, second, message, second)
    for thing in plan.ting():
        kind: Any = type(thing)
        for name in _lists(kind):
            parts = [part for part in getattr(thing, name) if hasattr(part, "id")]
            known: dict[str, Del] = {}
            for part in parts:
                if (earlier := known.setdefault(part.id, part)) is not part:
                    message = f"{den(thing)} har två {name} med id ”{part.id}”"
                    yield _problem(earlier, part, message, thing)


@cache
def _lists(kind: Any) -> tuple[str, ...]:
    """Name the fields that hold parts in a list: the others can't hold an id twice."""
    held = (field for field in fields(kind) if str(field.type).startswith("tuple["))
    return tuple(field.name for field in held if field.type != "tuple[str, ...]")


def _problem(first: Del, second: Del, message: str, thing: Ting) -> Problem:
    return Problem(
        second.where("id"),
        ID,
        message,
        "ge den ena ett annat id; behåll det gamla på den sak som redan är känd",
        related=(Related(first.where("id"), "den första"),),
        thing=thing.nyckel,
    )
