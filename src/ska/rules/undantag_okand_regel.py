"""Ett undantag gäller en regel som inte finns.

Regelns namn står inom hakparentes sist i varje meddelande. Är namnet fel godtar undantaget
ingenting, och den som skrev det tror att saken är avgjord. Fel som hindrar planen från att läsas,
och fynd om undantagen själva, går inte att undanta.

Fel:

```yaml
regel: aktivitet-utan-grnd
```

Rätt:

```yaml
regel: aktivitet-utan-grund
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity, nearest

ID = "undantag-okand-regel"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each exception from what is no rule, or none that takes exceptions."""
    for undantag in plan.undantag.values():
        if undantag.regel not in context.regler:
            yield Problem(
                undantag.where("regel"),
                ID,
                f"undantaget ”{undantag.titel}” gäller regeln ”{undantag.regel}”, men ingen regel "
                "som går att undanta heter så",
                nearest(undantag.regel, context.regler)
                or "skriv namnet inom hakparentes i meddelandet",
                thing=undantag.nyckel,
            )
