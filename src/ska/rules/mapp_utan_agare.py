"""En mapp i planen har ingen som ska godkänna ändringar i den.

Filen CODEOWNERS säger vem som ska godkänna en ändring innan den tas in: nämndens sida för planen
och delplanerna, förvaltningen för rutinerna. Saknar en mapp ägare kan en ändring i den tas in utan
att rätt person har sett den. Den sista raden som passar en fil gäller. En rad utan ägare tar bort
dem som raderna ovanför har satt. Regeln prövas bara där det finns en CODEOWNERS.

Fel: mappen plan/rutiner har ingen ägare.

```
/plan/delplaner/  @exempelstad/namnden
```

Rätt:

```
/plan/            @exempelstad/namnden
/plan/rutiner/    @exempelstad/forvaltningen
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.codeowners import Ägarlista
from ska.context import Context
from ska.model import Plan
from ska.problems import Location, Problem, Severity

ID = "mapp-utan-agare"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each folder below plan/ with a file that nobody owns."""
    owners = context.ägarlista
    if owners is None:
        return
    seen: set[str] = set()
    for path in context.filer:
        folder = path.rpartition("/")[0]
        line = owners.rad_för(path)
        if folder not in seen and (line is None or not line.ägare):
            seen.add(folder)
            yield _problem(owners, folder, path, line.nummer if line else 1)


def _problem(owners: Ägarlista, folder: str, path: str, line: int) -> Problem:
    return Problem(
        Location(owners.fil, line),
        ID,
        f"mappen ”{folder}” har ingen ägare i {owners.fil}, så en ändring i till exempel "
        f"”{path.rpartition('/')[2]}” kan tas in utan att någon har godkänt den",
        f"skriv en rad med mappen och vem som ska godkänna: /{folder}/ @organisation/grupp",
    )
