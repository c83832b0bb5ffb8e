"""En rutin eller ett mål ersätts av sig självt, direkt eller genom andra.

Den som följer ersatt_av ska komma fram till det som gäller. Går hänvisningarna i en ring kommer
läsaren aldrig fram.

Fel:

```yaml
id: klagomal-2025
ersatt_av: klagomal-2025
```

Rätt:

```yaml
id: klagomal-2025
ersatt_av: klagomal-2026
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.ting import Mål, Rutin

ID = "ersatt-av-sig-sjalv"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each ring of successors once, at its first thing."""
    for things in (plan.rutiner, plan.mål):
        for ring in _ringar(things):
            first = ring[0]
            others = [f"”{thing.rubrik}”" for thing in ring[1:]]
            through = f" genom {words.uppräkning(others)}" if others else ""
            yield Problem(
                first.where("ersatt_av"),
                ID,
                f"{first.slag} ”{first.rubrik}” ersätts av sig själv{through}; läsaren kommer "
                "aldrig fram till det som gäller",
                "ta bort ersatt_av på den som gäller",
                related=tuple(
                    Related(thing.where("ersatt_av"), f"”{thing.rubrik}” ersätts i sin tur")
                    for thing in ring[1:]
                ),
                thing=first.nyckel,
            )


def _ringar(things: Mapping[str, Rutin] | Mapping[str, Mål]) -> Iterator[list[Rutin | Mål]]:
    """Yield each ring; every thing has one successor at most, so each is walked once."""
    done: set[str] = set()
    for start in things:
        path: dict[str, int] = {}
        here: str | None = start
        while here is not None and here in things and here not in done:
            done.add(here)
            path[here] = len(path)
            here = things[here].ersatt_av
        if here is not None and here in path:
            yield [things[id] for id in list(path)[path[here] :]]
