"""En rad i CODEOWNERS går inte att förstå.

GitHub hoppar över en sådan rad utan att säga något. Då gäller någon annan rad för mappen, eller
ingen, och ingen märker att fel person får frågan om att godkänna. Mönstren liknar dem i
.gitignore, men utropstecken, hakparenteser och omvända snedstreck finns inte. En ägare är
@användare, @organisation/grupp eller en e-postadress.

Fel: @ saknas framför gruppen.

```
/plan/rutiner/  exempelstad/forvaltningen
```

Rätt: gruppen skrivs med @.

```
/plan/rutiner/  @exempelstad/forvaltningen
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Location, Problem, Severity

ID = "oklar-agarrad"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each line that the forge would pass over."""
    for line in context.ägarlista.rader if context.ägarlista else ():
        if line.fel:
            yield Problem(
                Location(context.ägarlista.fil if context.ägarlista else "", line.nummer),
                ID,
                f"{line.fel}, så raden räknas inte när någon ska godkänna en ändring",
                "skriv en mapp eller fil och sedan ägarna: /plan/rutiner/ @organisation/grupp",
            )
