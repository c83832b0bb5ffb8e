"""Ett tecken går inte att visa i ett dokument.

Planen skrivs också ut som ett dokument (PDF) som ska gå att läsa och arkivera på vilken dator som
helst. Typsnitten följer då med, och de har latinska, grekiska och kyrilliska bokstäver och
vanliga tecken. De har inte bildtecken (emoji), och inte andra skriftsystem. I planen är ett
sådant tecken ett fel. I det som bara kan komma med i en rapport om ändringar är det en varning.

Fel:

```yaml
syfte: Nämnden får svar på sina frågor 👍
```

Rätt:

```yaml
syfte: Nämnden får svar på sina frågor.
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska import glyphs
from ska.context import Context
from ska.model import Plan
from ska.once import texts_with
from ska.problems import Problem, Severity
from ska.rules._hjalp import den

ID = "ovisbart-tecken"
SEVERITIES = (Severity.FEL, Severity.VARNING)
ALONG_RELATIONS = False

#: Kinds whose words stand in the plan's document.
_I_PLANEN: Final = frozenset(
    {
        "plan", "årshjul", "kapitel", "aktivitet", "delplan", "metod", "utgåva", "nämnd",
        "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll", "författning",
        "lagrum", "begrepp",
    }
)  # fmt: skip
#: Fields of these that do not, and all that stands in them.
_UTANFÖR: Final = frozenset({"källor", "motsägelser", "sökord"})


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield the first character of each text that no document can show."""
    for text in texts_with(plan, glyphs.outside):
        found = glyphs.outside(text.text)
        if found is None:
            continue
        shown = text.ting.slag in _I_PLANEN and _UTANFÖR.isdisjoint(text.fält)
        yield Problem(
            text.plats(found.start()),
            ID,
            f"{den(text.ting)} har tecknet {glyphs.named(found[0])} i {text.fält[-1]}, som inte "
            "går att visa i ett dokument",
            "skriv det med bokstäver, eller ta bort det",
            Severity.FEL if shown else Severity.VARNING,
            thing=text.ting.nyckel,
        )
