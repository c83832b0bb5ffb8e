"""En beslutad plan saknar uppgifter om beslutet.

Ett beslut går att hitta i protokollet bara om det står vem som beslutade, vilken dag, i vilken
paragraf och i vilket ärende. Protokollet är originalet. Det gäller utgåvor som är beslutade här.
En återgivning har de uppgifter som källan ger. Kommunallagen 5 kap. 65–69 §§ handlar om
protokoll.

Fel:

```yaml
typ: beslutad
beslut:
  organ: Exempelnämnden
  datum: 2025-11-20
  paragraf: ej_angivet
  dnr: EX 2025-7
```

Rätt:

```yaml
typ: beslutad
beslut:
  organ: Exempelnämnden
  datum: 2025-11-20
  paragraf: § 12
  dnr: EX 2025-7
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.ting import EJ_ANGIVET

ID = "beslut-ofullstandigt"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False

_KRÄVS: Final = {
    "organ": "vem som beslutade",
    "datum": "vilken dag beslutet togs",
    "paragraf": "beslutets paragraf",
    "dnr": "ärendets diarienummer",
}


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each fact that the decision on an edition of our own lacks."""
    decided = {ram.utgåva for ram in plan.ramar.values() if ram.status == "beslutad"}
    for edition in plan.utgåvor.values():
        if edition.typ != "beslutad" and edition.id not in decided:
            continue
        for field, what in _KRÄVS.items():
            if getattr(edition.beslut, field) == EJ_ANGIVET:
                yield Problem(
                    edition.beslut.where(field),
                    ID,
                    f"utgåvan ”{edition.titel}” är beslutad, men {what} saknas; då går beslutet "
                    "inte att hitta i protokollet",
                    f"skriv {what} i {field}, eller vänta med att kalla planen beslutad",
                    thing=edition.nyckel,
                )
