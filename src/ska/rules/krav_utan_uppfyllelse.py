"""Ett krav i lag uppfylls inte av något i planen.

Registret över krav säger vad lagen begär av kvalitetsarbetet. Pekar ingen metod, rutin, aktivitet
eller kontroll på kravet finns det ingen som kan visa att kommunen gör det lagen säger. Det som
svarar mot en del av kravet skrivs i uppfyller_delvis, med det som fattas. Då är kravet en lucka på
sidan om krav, men inget fynd här.

Fel: krav.yml har kravet ”klagomal-besvaras”, men inget i planen säger

```yaml
uppfyller: [klagomal-besvaras]
```

Rätt: rutinen som besvarar klagomål säger det. Finns det ingen skrivs luckan in i undantag.yml, med
skäl och sista dag. Skälet visas vid kravet.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.derived.tackning import svarande
from ska.model import Plan
from ska.problems import Problem, Severity

ID = "krav-utan-uppfyllelse"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each requirement that nothing says it meets."""
    for krav in plan.krav.values():
        if not any(svarande(plan, krav)):
            yield Problem(
                krav.where("id"),
                ID,
                f"kravet ”{krav.titel}” uppfylls inte av någon metod, rutin, aktivitet eller "
                "kontroll i planen",
                f"skriv uppfyller: [{krav.id}] på det som svarar mot kravet",
                thing=krav.nyckel,
            )
