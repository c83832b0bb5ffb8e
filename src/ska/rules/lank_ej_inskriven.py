"""En sak vilar på något som planen inte minns att någon har sett.

När en rutin får en ny metod, eller ett krav ett nytt lagrum, har den som skrev det läst båda. Det
skrivs in i planens minne, i mappen plan/granskat/. Saknas det kan ingen senare märka att det som
saken vilar på har ändrats.

Kommandot `ska granskad --nya` skriver in alla nya länkar på en gång. En plan som inte för något
minne prövas inte. Utkast, rutiner som har upphört och tidigare års kontroller prövas inte heller.

Fel, när minnet för rutinen inte nämner metoden:

```yaml
metoder: [klagomal]
```

Rätt, med raden i filen plan/granskat/rutin-ta-emot-klagomal.yml:

```yaml
- {till: metod/klagomal, mot: "91c2d4e6f8a0b1c3", datum: 2026-05-20, roll: rektor, utfall: ny}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.lankar.avtryck import Läge, i_läge, lägen
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den
from ska.rules._lankar import platser, uppräknade

ID = "lank-ej-inskriven"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing that rests on something of which there is no memory."""
    for new in i_läge(lägen(plan), Läge.NY):
        above = [one.länk.upp for one in new.länkar]
        yield Problem(
            new.länkar[0].länk.mention.plats,
            ID,
            f"{den(new.ting)} vilar på {uppräknade(plan, above)}, men det är inte inskrivet "
            "i plan/granskat; då märks det inte om det ändras",
            "kör ”ska granskad --nya --roll ROLL --datum ÅÅÅÅ-MM-DD”",
            Severity.VARNING,
            platser(new.länkar),
            new.ting.nyckel,
        )
