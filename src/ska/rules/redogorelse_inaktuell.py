"""Webbplatsens tillgänglighet skulle ha bedömts igen.

Tillgänglighetsredogörelsen säger hur tillgänglig webbplatsen är. Webbplatsen ändras, och en gammal
bedömning kan lova för mycket. Därför har redogörelsen en sista dag. Har den gått är det en
varning, som försvinner när någon har bedömt webbplatsen på nytt och satt en ny dag.

Fel, den 1 juni 2026:

```yaml
bedömd: 2025-04-01
bedöms_senast: 2026-04-01
```

Rätt, sedan webbplatsen har bedömts igen:

```yaml
bedömd: 2026-05-28
bedöms_senast: 2027-05-28
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den

ID = "redogorelse-inaktuell"
SEVERITIES = (Severity.VARNING,)
COMES_WITH_TIME = True
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield the accessibility statement when its last day has passed."""
    for ting in plan.redogörelser.values():
        if ting.bedöms_senast < context.today:
            yield Problem(
                ting.where("bedöms_senast"),
                ID,
                f"{den(ting)} gällde till och med den {words.datum(ting.bedöms_senast)}; "
                "webbplatsen kan ha fått brister som den inte nämner",
                "bedöm webbplatsen igen, rätta redogörelsen och sätt en ny dag",
                Severity.VARNING,
                thing=ting.nyckel,
            )
