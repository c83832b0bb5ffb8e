"""Ett antal personer är så litet att det kan peka ut någon.

Redovisningen räknar ibland personer. Är de en till fyra kan den som känner till verksamheten
förstå vem det gäller. Det gäller också ett antal som går att räkna ut: när en enda del saknar
antal är den skillnaden mellan det hela och de andra delarna. Antal händelser är inte personer
och prövas inte.

Fel:

```yaml
handlar_om: personer
antal: 3
```

Rätt: slå ihop delar tills antalet är minst fem, eller skriv ej_angivet på minst två av dem.

```yaml
handlar_om: personer
antal: ej_angivet
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import Plan
from ska.problems import Location, Problem, Severity
from ska.ting import EJ_ANGIVET, Räkning

ID = "for-litet-antal"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False

_MINST: Final = 5


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each count of persons that is one to four, stated or left to be worked out."""
    for report in plan.avvikelser.values():
        for count in report.räkningar:
            if count.handlar_om == "personer":
                for what, number, at in _antal(count):
                    if 0 < number < _MINST:
                        yield Problem(
                            at,
                            ID,
                            f"avvikelser ”{report.rubrik}” räknar {number} "
                            f"{'person' if number == 1 else 'personer'} i {what}; så få att någon "
                            "kan kännas igen",
                            f"slå ihop delar till minst {_MINST}, eller skriv ej_angivet på minst "
                            "två av dem",
                            thing=report.nyckel,
                        )


def _antal(count: Räkning) -> Iterator[tuple[str, int, Location]]:
    """Yield each number of a count, also one that its other parts give away."""
    if count.antal != EJ_ANGIVET:
        yield f"”{count.titel}”", count.antal, count.where("antal")
    if count.året_före != EJ_ANGIVET:
        yield f"”{count.titel}” året före", count.året_före, count.where("året_före")
    hidden = [part for part in count.poster if part.antal == EJ_ANGIVET]
    known = 0
    for part in count.poster:
        if part.antal != EJ_ANGIVET:
            known += part.antal
            yield f"”{part.titel}”", part.antal, part.where("antal")
    if len(hidden) == 1 and count.antal != EJ_ANGIVET:
        rest = count.antal - known
        yield f"”{hidden[0].titel}”, som går att räkna ut", rest, hidden[0].where("antal")
