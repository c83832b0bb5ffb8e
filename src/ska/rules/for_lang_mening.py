"""En mening är för lång att följa.

Den som läser en rutin ska förstå den vid första läsningen. En mening med fler än 35 ord har
nästan alltid flera tankar, och blir lättare att följa som två meningar eller som en lista.
Punkterna i en lista räknas var för sig. Källornas egna ord prövas inte.

Fel: en mening på fyrtio ord med tre bisatser.

Rätt:

```yaml
gör: |-
  Gå igenom

  - vad som hände
  - varför det hände
  - vad ni ska göra nu.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den, egna_ord

ID = "for-lang-mening"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False

_LÄNGST: Final = 35
#: Where a sentence ends: before a capital, at an empty line, at a point of a list.
_SLUT: Final = re.compile(
    r"(?<=[.!?:])[”\")]*\s+(?=[”\"(]?[A-ZÅÄÖ])|\n\s*\n|\n\s*[-–•] |\n\s*\d+[.)] "
)


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each sentence in our own words that is too long."""
    for text in egna_ord(plan, _långa):
        for start, words in _långa(text.text):
            yield Problem(
                text.plats(start),
                ID,
                f"{den(text.ting)} har en mening med {words} ord i "
                f"{text.fält[-1]}; efter {_LÄNGST} är den svår att följa",
                "dela meningen, eller gör en lista av leden",
                Severity.VARNING,
                thing=text.ting.nyckel,
            )


def _långa(text: str) -> list[tuple[int, int]]:
    """Return where each sentence that is too long begins, and how many words it has."""
    if text.count(" ") + text.count("\n") < _LÄNGST:
        return []
    found = []
    start = 0
    for end in [*_SLUT.finditer(text), None]:
        sentence = text[start : end.start() if end else None]
        words = sum(any(map(str.isalnum, word)) for word in sentence.split())
        if words > _LÄNGST:
            found.append((start, words))
        start = end.end() if end else 0
    return found
