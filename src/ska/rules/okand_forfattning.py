"""En text nämner en författning som inte finns i registret.

Författningar har nummer: SFS 2010:800, SOSFS 2011:9. Står ett nummer i en text men inte i
lagrum.yml kan ingen se om författningen gäller eller när den senast kontrollerades. Ofta är det
ett skrivfel: planen för 2025 skriver SOSFS 2011:19 på ett ställe och menar SOSFS 2011:9.

Ett nummer räknas när utgivaren står före, när det står inom parentes och när det står efter ett
ord som lag, förordning eller föreskrift. Källornas egna ord (källor, motsägelser) prövas inte,
och inte heller anmärkningarna i registret: de får berätta om andra nummer.

Fel, när registret bara har SOSFS 2011:9:

```yaml
text: Nämnden följer Socialstyrelsens föreskrifter (SOSFS 2011:19).
```

Rätt:

```yaml
text: Nämnden följer Socialstyrelsens föreskrifter (SOSFS 2011:9).
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.lag.citat import nummer
from ska.model import Plan
from ska.problems import Problem, Severity, nearest
from ska.rules._hjalp import egna_ord
from ska.rules._lag import REGISTER
from ska.ting import EJ_ANGIVET

ID = "okand-forfattning"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each cited number of a regulation that the register lacks."""
    known = {f.nummer for f in plan.författningar.values() if f.nummer != EJ_ANGIVET}
    amending = {lag.lydelse for lag in plan.lagrum.values() if lag.lydelse}
    numbers = {name.rpartition(" ")[2] for name in known | amending}
    for text in egna_ord(plan, _nämner):
        thing = text.ting
        # An exception, or a note in the register itself, may tell of the very mistake.
        if thing.slag == "undantag" or (thing.slag in REGISTER and text.fält == ("anmärkning",)):
            continue
        for series, number, index in nummer(text.text):
            cited = f"{series} {number}" if series else number
            if cited not in (known | amending if series else numbers):
                yield Problem(
                    text.plats(index),
                    ID,
                    f"{thing.slag} ”{thing.rubrik}” nämner {cited}, som inte finns i registret "
                    "över författningar; då syns det inte om den gäller",
                    _tips(cited, known),
                    thing=thing.nyckel,
                )


def _nämner(text: str) -> object:
    return next(nummer(text), None)


def _tips(cited: str, known: set[str]) -> str:
    guess = nearest(cited, sorted(known))
    add = "lägg till författningen i lagrum.yml om numret är rätt"
    return f"{guess} Annars: {add}" if guess else add
