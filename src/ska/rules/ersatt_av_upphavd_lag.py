"""En upphävd lag har ersatts av något som inte gällde längre då.

Det som ersätter en lag ska gälla när den gamla upphävs. Var ersättaren själv upphävd den dagen
leder hänvisningen till något som inte gäller, eller runt i en ring. Ofta har två lagar förväxlats
eller ett årtal blivit fel.

Fel:

```yaml
- id: socialtjanstlagen-2025
  upphävd: 2025-07-01
  ersatt_av: socialtjanstlagen-2001
- id: socialtjanstlagen-2001
  upphävd: 2025-07-01
```

Rätt:

```yaml
- id: socialtjanstlagen-2001
  upphävd: 2025-07-01
  ersatt_av: socialtjanstlagen-2025
- id: socialtjanstlagen-2025
  gäller_från: 2025-07-01
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._lag import namn, upphävd, åberopad
from ska.ting import Författning, Lagrum

ID = "ersatt-av-upphavd-lag"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each successor that had ceased by the day when it should have taken over."""
    for new, mention in åberopad(plan):
        old = mention.från
        if not isinstance(old, Författning | Lagrum) or not mention.fält.startswith("ersatt_av"):
            continue
        before, after = upphävd(plan, old), upphävd(plan, new)
        if not before or not after:
            continue
        if after[0] <= before[0]:
            yield Problem(
                mention.plats,
                ID,
                f"{old.slag} ”{namn(plan, old)}” upphävdes den {words.datum(before[0])} och ska ha "
                f"ersatts av {namn(plan, new)}, som upphävdes den {words.datum(after[0])}; då "
                "visar registret ingenting som gäller",
                "rätta ersatt_av eller den av dagarna som är fel",
                related=(Related(after[1], f"{namn(plan, new)} upphävdes"),),
                thing=old.nyckel,
            )
