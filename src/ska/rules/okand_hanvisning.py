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

from collections.abc import Iterator, Sequence
from functools import cache

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, nearest

ID = "okand-hanvisning"
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each reference whose id names nothing of the kinds it may name."""

    @cache  # a role that has been renamed is missed in hundreds of places
    def advice(id: str, slag: tuple[str, ...]) -> str:
        known = [id for kind in slag for id in getattr(plan, SAMLINGAR[kind])]
        other = [kind for kind, name in SAMLINGAR.items() if id in getattr(plan, name)]
        if other:
            return f"”{id}” finns men är {_either(other)}; här ska det vara {_either(slag)}"
        lacking = f"lägg till {slag[0]} ”{id}”, eller ta bort hänvisningen"
        return nearest(id, known) or lacking

    for unknown in plan.okända:
        source = unknown.från
        yield Problem(
            unknown.plats,
            ID,
            f"{source.slag} ”{source.rubrik}” hänvisar i {unknown.fält} till "
            f"{_either(unknown.slag)} ”{unknown.id}”, som inte finns",
            advice(unknown.id, unknown.slag),
        )


def _either(kinds: Sequence[str]) -> str:
    *first, last = kinds
    return f"{', '.join(first)} eller {last}" if first else last
