"""Något hänvisar till en sak som inte finns.

Planens delar pekar på varandra med id: en rutin på sin ägare, en delplan på sina metoder. Pekar
ett id på ingenting vet ingen vem som ansvarar eller vad som ska göras. Oftast är det ett stavfel,
eller så har saken tagits bort på ett ställe men inte på ett annat.

Fel:

```yaml
ägare: utvecklingsledre
```

Rätt:

```yaml
ägare: utvecklingsledare
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, nearest

ID = "okand-hanvisning"
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each reference whose id names nothing of the kinds it may name."""
    for unknown in plan.okända:
        known = [id for slag in unknown.slag for id in getattr(plan, SAMLINGAR[slag])]
        kinds = " eller ".join(unknown.slag)
        source = unknown.från
        yield Problem(
            unknown.plats,
            ID,
            f"{source.slag} ”{source.rubrik}” hänvisar i {unknown.fält} till {kinds} "
            f"”{unknown.id}”, som inte finns",
            nearest(unknown.id, known)
            or f"lägg till {unknown.slag[0]} ”{unknown.id}”, eller ta bort hänvisningen",
            thing=source.nyckel,
        )
