"""En bestämmelse har fått en ny lydelse sedan den senast kontrollerades.

Registret säger från vilken dag lydelsen gäller och när någon senast jämförde med lagtexten. Gäller
lydelsen från en dag som kommer efter kontrollen har ingen läst den. Det som planen bygger på kan då
vara den gamla lydelsen.

Fel:

```yaml
lydelse_från: 2026-07-01
kontrollerad: 2026-03-01
```

Rätt, sedan någon har läst den nya lydelsen:

```yaml
lydelse_från: 2026-07-01
kontrollerad: 2026-07-02
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._lag import namn

ID = "lydelse-ej-kontrollerad"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each provision whose wording is younger than the last look at it."""
    for law in plan.lagrum.values():
        begins, checked = law.lydelse_från, law.kontrollerad
        if isinstance(begins, date) and isinstance(checked, date) and begins > checked:
            yield Problem(
                law.where("lydelse_från"),
                ID,
                f"lagrum ”{namn(plan, law)}” har en lydelse från den {words.datum(begins)} men "
                f"kontrollerades senast den {words.datum(checked)}; ingen har läst den nya",
                "jämför med den nya lydelsen, rätta säger och det som bygger på bestämmelsen, och "
                "skriv dagen i kontrollerad",
                Severity.VARNING,
                (Related(law.where("kontrollerad"), "den senaste kontrollen"),),
                law.nyckel,
            )
