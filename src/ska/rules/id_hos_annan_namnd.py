"""Ett id som redan hör till en nämnd används nu för en annan nämnds sak.

Planer från flera nämnder kan ligga efter varandra i samma mapp och samma historik. En utgåva, en
internkontrollplan, en redovisning, en budgettabell och ett avsnitt ur internbudgeten hör till en
enda nämnd. Får en annan nämnd samma id tar programmet dem för samma sak: beslutet om den ena
jämförs med texten i den andra, sidans historik berättar om fel nämnd, och den ena utgåvans sidor
läggs över den andras när de publiceras.

Roller, metoder, mål och annat som kan flytta mellan nämnder behåller sitt id och prövas inte här.

Fel, när utgåvan ”plan-2025” i en tidigare utgåva hör till bildningsnämnden:

```yaml
- id: plan-2025
  nämnd: arbetsmarknadsnamnden
```

Rätt:

```yaml
- id: arbetsmarknadsnamnden-2025
  nämnd: arbetsmarknadsnamnden
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den

ID = "id-hos-annan-namnd"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False

#: The kinds that are one board's for good.
_NÄMNDENS: Final = ("utgåva", "internkontroll", "avvikelser", "budget", "planering")


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing of a board's whose id an earlier edition has for another board's."""
    for slag in _NÄMNDENS:
        for id, thing in getattr(plan, SAMLINGAR[slag]).items():
            for edition in context.earlier:
                before = getattr(edition, SAMLINGAR[slag]).get(id)
                if before is None or before.nämnd == thing.nämnd:
                    continue
                board = edition.nämnder.get(before.nämnd)
                yield Problem(
                    thing.where("nämnd"),
                    ID,
                    f"{den(thing)} har ett id, ”{id}”, som i en tidigare utgåva hör till "
                    f"{board.rubrik if board else before.nämnd}; då tas de för samma sak",
                    "ge den ett eget id, gärna med nämndens namn i; är nämnden felskriven i den "
                    "tidigare utgåvan, skriv ett undantag",
                    thing=thing.nyckel,
                )
                break
