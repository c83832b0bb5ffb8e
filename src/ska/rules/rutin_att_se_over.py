"""En rutin skulle ha setts över.

Rutiner åldras. Lagar, system och ansvar ändras, och den som följer en gammal rutin kan göra fel.
Därför har varje rutin en dag då den senast ska ses över. Har dagen gått är det en varning, som
försvinner när någon har sett över rutinen och satt en ny dag. Utkast och rutiner som har upphört
prövas inte.

Fel, den 1 juni 2026:

```yaml
ses_över_senast: 2026-05-31
```

Rätt:

```yaml
ses_över_senast: 2027-05-31
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity

ID = "rutin-att-se-over"
SEVERITIES = (Severity.VARNING,)
COMES_WITH_TIME = True
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each routine in use whose day of review has passed."""
    for rutin in plan.rutiner.values():
        last = rutin.ses_över_senast
        if rutin.status not in ("gällande", "återgiven") or not isinstance(last, date):
            continue
        if last < context.today:
            yield Problem(
                context.plats(rutin, "ses_över_senast"),
                ID,
                f"rutinen ”{rutin.titel}” skulle ha setts över senast den {words.datum(last)}; "
                "den kan vara inaktuell",
                "se över rutinen, ändra det som behövs och sätt en ny dag",
                Severity.VARNING,
                thing=rutin.nyckel,
            )
