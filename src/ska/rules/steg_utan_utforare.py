"""Ett steg i en gällande rutin har ingen som gör det.

Den som läser rutinen behöver veta vems steget är. Annars blir det liggande mellan två stolar.
Socialstyrelsens föreskrifter SOSFS 2011:9, 4 kap., kräver att rutinerna visar hur ansvaret är
fördelat. Steget kan ha en roll, eller en del av organisationen i ”utförs_av”. Regeln gäller bara
rutiner med status ”gällande”.

Fel:

```yaml
steg:
  - roll: ej_angivet
    gör: Svara den som klagade.
```

Rätt:

```yaml
steg:
  - roll: enhetschef
    gör: Svara den som klagade.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.ting import EJ_ANGIVET

ID = "steg-utan-utforare"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each step of a routine in force that has neither a role nor a part that does it."""
    for rutin in plan.rutiner.values():
        if rutin.status != "gällande":
            continue
        for number, steg in enumerate(rutin.steg, 1):
            if steg.roll == EJ_ANGIVET and not steg.utförs_av:
                yield Problem(
                    steg.where("roll"),
                    ID,
                    f"steg {number} i rutinen ”{rutin.titel}” har ingen som gör det",
                    "skriv vilken roll som gör steget, eller vilken enhet i utförs_av",
                    thing=rutin.nyckel,
                )
