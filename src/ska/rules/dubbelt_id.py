"""Två saker av samma slag har samma id.

Ett id är permanent och pekar ut en enda sak. Har två saker samma id vet ingen vilken av dem som
en hänvisning gäller, och den ena syns inte på webbplatsen.

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

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related
from ska.rules._hjalp import den

ID = "dubbelt-id"
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing whose kind and id an earlier thing already has."""
    for first, second in plan.dubbletter:
        yield Problem(
            second.where("id"),
            ID,
            f"{den(first, first.id)} finns redan, och två kan inte ha samma id",
            "ge den ena ett annat id; behåll det gamla på den sak som redan är känd",
            related=(Related(first.where("id"), "den första"),),
            thing=second.nyckel,
        )
