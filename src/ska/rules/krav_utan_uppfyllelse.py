"""Ett krav i lag uppfylls inte av något i planen.

Registret över krav säger vad lagen begär av kvalitetsarbetet. Pekar ingen metod, rutin, aktivitet
eller kontroll på kravet finns det ingen som kan visa att kommunen gör det lagen säger. Rutiner som
har upphört räknas inte.

Fel: krav.yml har kravet ”klagomal-besvaras”, men inget i planen säger

```yaml
uppfyller: [klagomal-besvaras]
```

Rätt: rutinen som besvarar klagomål säger det.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Hänvisning, Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import har_upphört

ID = "krav-utan-uppfyllelse"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each requirement that nothing in force says it meets."""
    for krav in plan.krav.values():
        if not any(map(_meets, plan.till.get(krav.nyckel, ()))):
            yield Problem(
                krav.where("id"),
                ID,
                f"kravet ”{krav.titel}” uppfylls inte av någon metod, rutin, aktivitet eller "
                "kontroll i planen",
                f"skriv uppfyller: [{krav.id}] på det som svarar mot kravet",
                thing=krav.nyckel,
            )


def _meets(mention: Hänvisning) -> bool:
    return mention.fält == "uppfyller" and not har_upphört(mention.från)
