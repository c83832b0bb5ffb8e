"""Planens minne har en rad om en länk som inte finns.

Filerna i plan/granskat säger hur det som en sak vilar på såg ut när någon senast såg över saken.
Har saken tagits bort, eller vilar den inte längre på det som raden nämner, minns raden ingenting
som någon behöver veta. Den kan också vara felskriven, och då saknas minnet av den riktiga länken.

Fel, när rutinen inte längre nämner metoden:

```yaml
sak: rutin/ta-emot-klagomal
länkar:
- {till: metod/klagomal, mot: "91c2d4e6f8a0b1c3", datum: 2026-05-20, roll: rektor, utfall: ny}
```

Rätt: raden är borttagen, för hand eller med kommandot `ska granskad`. Var den filens enda rad tas
hela filen bort.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.lankar.avtryck import länkar
from ska.model import SAMLINGAR, Plan
from ska.namn import den
from ska.problems import Problem, Severity, nearest
from ska.ting import Granskning, Nyckel

ID = "granskning-utan-lank"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each memory of a thing that is not there, or that doesn't rest on what it says."""
    if not plan.granskningar:
        return
    there = {länk.nyckel for länk in länkar(plan, alla=True)}
    for granskning in plan.granskningar:
        if not _finns(plan, granskning.nyckel):
            yield _okänd(plan, granskning)
            continue
        for minne in granskning.länkar:
            if (granskning.nyckel, minne.nyckel) not in there:
                yield Problem(
                    minne.where("till"),
                    ID,
                    f"{den(*granskning.nyckel)} vilar inte på {den(*minne.nyckel)}, som minnet "
                    "säger",
                    "ta bort raden, och filen om den då blir tom",
                    Severity.VARNING,
                    thing=granskning.nyckel,
                )


def _okänd(plan: Plan, granskning: Granskning) -> Problem:
    slag, id = granskning.nyckel
    known = getattr(plan, SAMLINGAR[slag]) if slag in SAMLINGAR else ()
    return Problem(
        granskning.where("sak"),
        ID,
        f"minnet gäller {den(slag, id)}, som inte finns",
        nearest(id, known) or "ta bort filen",
        Severity.VARNING,
        thing=granskning.nyckel,
    )


def _finns(plan: Plan, nyckel: Nyckel) -> bool:
    slag, id = nyckel
    return slag in SAMLINGAR and id in getattr(plan, SAMLINGAR[slag])
