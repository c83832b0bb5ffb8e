"""Det som en sak vilar på har ändrats sedan någon såg över saken.

En rutin bygger på sin metod och sin lag, en aktivitet på sin metod, ett krav på sitt lagrum, en
kontroll på sin risk. Ändras det som ligger under kan det som står ovanpå vara fel, utan att någon
har rört en bokstav i det. Planen minns därför hur det såg ut när saken senast granskades. Schemat
säger vilka fält som räknas: att en källa eller ett sökord ändras betyder ingenting, och inte heller
att årshjulet flyttas till ett nytt år.

Varningen försvinner när någon i rätt roll har sett över saken. Kommandot `ska granskad` skriver då
in dag, roll och om saken behövde ändras. Ändrades den inte stannar det där. Ändrades den behöver
också det som vilar på den ses över.

En plan som inte för något minne prövas inte. Utkast, rutiner som har upphört och tidigare års
kontroller prövas inte heller.

Fel, när metoden har ändrats sedan den 1 mars 2026:

```yaml
sak: rutin/ta-emot-klagomal
länkar:
- {till: metod/klagomal, mot: "0f3a5b7c9d1e2f40", datum: 2026-03-01, roll: chef, utfall: ny}
```

Rätt, sedan chefen har sett över rutinen:

```yaml
sak: rutin/ta-emot-klagomal
länkar:
- {till: metod/klagomal, mot: "91c2d4e6f8a0b1c3", datum: 2026-05-20, roll: chef, utfall: oförändrad}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska import words
from ska.context import Context
from ska.lankar.avtryck import Granskas, att_granska
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den
from ska.rules._lankar import kommando, platser, uppräknade

ID = "behover-ses-over"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing that rests on something that has changed since somebody looked."""
    for granskas in att_granska(plan):
        yield _problem(plan, granskas)


def _problem(plan: Plan, granskas: Granskas) -> Problem:
    thing, found = granskas.ting, granskas.länkar
    above = [one.länk.upp for one in found]
    since = min(one.minne.datum for one in found if one.minne)
    return Problem(
        found[0].länk.mention.plats,
        ID,
        f"{den(thing)} vilar på {uppräknade(plan, above)}, som har ändrats sedan den "
        f"{words.datum(since)}; det som står här kan vara fel",
        f"se över det, och kör sedan ”{kommando(thing, '--oförändrad')}” (eller --ändrad)",
        Severity.VARNING,
        platser(found),
        thing.nyckel,
    )
