"""Mellan två av nämndens utgåvor finns en tid då ingen gäller.

Utgåvorna i plan/utgavor.yml följer på varandra, en nämnd i taget. En lucka betyder oftast att en
utgåva saknas i registret eller att en dag är fel. Ibland är det så att ingen plan fanns, eller att
källorna inte nämner den; det godtas i så fall med ett undantag.

Fel:

```yaml
utgåvor:
  - id: exempelnamnden-2024
    gäller_från: 2024-01-01
    gäller_till: 2024-12-31
  - id: exempelnamnden-2026
    gäller_från: 2026-01-01
    gäller_till: 2026-12-31
```

Rätt: utgåvan för 2025 står också i registret. Har vi den inte är den av typen ”känd”.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import utgåvor_i_följd
from ska.words import datum

ID = "utgavor-lucka"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True
_DAY = timedelta(days=1)


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each edition that begins later than the day after the one before it."""
    for editions in utgåvor_i_följd(plan):
        last, longest = editions[0][1], editions[0][2]
        for start, end, edition in editions[1:]:
            if start - _DAY > last:  # the last may be the last day that there is
                yield Problem(
                    edition.where("gäller_från"),
                    ID,
                    f"ingen utgåva gäller {_tid(last + _DAY, start - _DAY)}, mellan "
                    f"”{longest.titel}” och ”{edition.titel}”",
                    "lägg till utgåvan som saknas, eller rätta dagarna",
                    Severity.VARNING,
                    related=(Related(longest.where("gäller_till"), "den förras sista dag"),),
                    thing=edition.nyckel,
                )
            if end > last:
                last, longest = end, edition


def _tid(first: date, last: date) -> str:
    return f"från {datum(first)} till {datum(last)}" if first < last else f"den {datum(first)}"
