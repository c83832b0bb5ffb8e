"""En rutin har ingen grund: ingen metod, lag eller kontroll begär den.

Rutiner som ingen begär blir fler för varje år, och ingen vågar ta bort dem. Grunden är en metod, en
aktivitet, ett lagrum eller ett krav i rutinen, eller att en risk, ett kontrollmoment eller en
åtgärd efter avvikelser nämner rutinen. Rutiner som har upphört eller ersatts behöver ingen.

Gäller rutinen är det ett fel. Är den återgiven ur en källa, eller ett utkast, är det en varning.

Fel:

```yaml
id: nycklar
status: gällande
steg:
  - roll: enhetschef
    gör: Lämna ut nyckeln.
```

Rätt:

```yaml
id: nycklar
status: gällande
lagrum: [kommunallagen-6-6]
steg:
  - roll: enhetschef
    gör: Lämna ut nyckeln.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.ting import Rutin

ID = "rutin-utan-grund"
SEVERITIES = (Severity.FEL, Severity.VARNING)
ALONG_RELATIONS = True

_ASKS = frozenset({"risk", "kontrollmoment", "avvikelser"})


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each living routine that nothing asks for."""
    for rutin in plan.rutiner.values():
        if rutin.avslutad or _grounds(rutin):
            continue
        if any(mention.från.slag in _ASKS for mention in plan.till.get(rutin.nyckel, ())):
            continue
        yield Problem(
            rutin.where("id"),
            ID,
            f"rutinen ”{rutin.titel}” begärs inte av någon metod, aktivitet, lag eller kontroll, "
            "så det går inte att se varför den finns",
            "skriv metoder, aktiviteter, lagrum eller uppfyller; används den inte längre, skriv "
            "status: upphörd",
            Severity.FEL if rutin.status == "gällande" else Severity.VARNING,
            thing=rutin.nyckel,
        )


def _grounds(rutin: Rutin) -> bool:
    meets = rutin.uppfyller or rutin.uppfyller_delvis
    return bool(rutin.metoder or rutin.aktiviteter or rutin.lagrum or meets)
