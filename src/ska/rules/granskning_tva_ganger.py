"""Planens minne säger två saker om samma länk.

Två filer i plan/granskat gäller samma sak, eller två rader samma länk. Så kan det bli när två
ändringar förs ihop för hand. Bara den ena kan vara det som någon såg sist.

Fel:

```yaml
länkar:
- {till: metod/klagomal, mot: "0f3a5b7c9d1e2f40", datum: 2026-03-01, roll: rektor, utfall: ny}
- {till: metod/klagomal, mot: "91c2d4e6f8a0b1c3", datum: 2026-05-20, roll: rektor, utfall: ändrad}
```

Rätt: den äldre raden är borttagen.

```yaml
länkar:
- {till: metod/klagomal, mot: "91c2d4e6f8a0b1c3", datum: 2026-05-20, roll: rektor, utfall: ändrad}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.namn import den
from ska.problems import Problem, Related, Severity
from ska.ting import Länkminne, Nyckel

ID = "granskning-tva-ganger"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each memory of a link that another one remembers too."""
    first: dict[tuple[Nyckel, Nyckel], Länkminne] = {}
    for granskning in plan.granskningar:
        for minne in granskning.länkar:
            earlier = first.setdefault((granskning.nyckel, minne.nyckel), minne)
            if earlier is not minne:
                yield Problem(
                    minne.where("till"),
                    ID,
                    f"att {den(*granskning.nyckel)} vilar på {den(*minne.nyckel)} står på två "
                    "ställen i minnet",
                    "behåll den rad som har den senare dagen",
                    related=(Related(earlier.where("till"), "här står det också"),),
                    thing=granskning.nyckel,
                )
