"""Ett undantag gäller en sak som inte finns.

Saken har tagits bort eller heter något annat, så undantaget godtar ingenting. Ett undantag kan
däremot gälla något som försvunnit, så länge en regel säger till om just det.

Fel:

```yaml
sakslag: aktivitet
sak: redovisnig
```

Rätt:

```yaml
sakslag: aktivitet
sak: redovisning
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Severity, nearest
from ska.rules._hjalp import finns, träffar

ID = "undantag-okand-sak"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each exception whose thing is neither in the plan nor what a finding is about."""
    about = {thing for _, thing in träffar(context)}
    for undantag in plan.undantag.values():
        thing = (undantag.sakslag, undantag.sak)
        if not finns(plan, thing) and thing not in about:
            yield Problem(
                undantag.where("sak"),
                ID,
                f"undantaget ”{undantag.titel}” gäller {undantag.sakslag} ”{undantag.sak}”, som "
                "inte finns",
                nearest(undantag.sak, getattr(plan, SAMLINGAR[undantag.sakslag]))
                or "rätta id, eller ta bort undantaget",
                thing=undantag.nyckel,
            )
