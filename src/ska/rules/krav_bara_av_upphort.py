"""Ett krav i lag uppfylls bara av det som inte gäller.

En rutin som har upphört, är ersatt eller är ett utkast svarar inte mot något krav i dag. Det gör
inte heller en rutin som börjar gälla efter planens tid, eller ett kontrollmoment i ett tidigare års
internkontrollplan. Kravet ser ut att vara uppfyllt men är det inte. Ofta har en rutin ersatts utan
att den nya fick med sig kravet.

Fel: den enda rutin som svarar mot kravet har

```yaml
status: upphörd
uppfyller: [klagomal-besvaras]
```

Rätt: rutinen som gäller i stället säger

```yaml
uppfyller: [klagomal-besvaras]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska import words
from ska.context import Context
from ska.derived.belagg import kontrollår
from ska.derived.tackning import Hinder, hinder, svarande
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den

ID = "krav-bara-av-upphort"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True

_ORD: Final[dict[Hinder, str]] = {
    "upphörd": "har upphört",
    "ersatt": "är ersatt",
    "utkast": "är ett utkast",
    "senare": "börjar gälla efter planens tid",
    "tidigare_år": "gällde ett tidigare år",
}


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each requirement whose every answer is one that doesn't hold."""
    years = kontrollår(plan)
    for krav in plan.krav.values():
        mentions = list(svarande(plan, krav))
        stops = [hinder(plan, m.från, years.get(m.från.id)) for m in mentions]
        if not mentions or not all(stops):
            continue
        things = dict.fromkeys(
            f"{den(m.från)}, som {_ORD[stop]}" for m, stop in zip(mentions, stops, strict=True)
        )
        yield Problem(
            krav.where("id"),
            ID,
            f"kravet ”{krav.titel}” uppfylls bara av {words.uppräkning(list(things))}; i dag "
            "svarar ingenting mot det",
            f"skriv uppfyller: [{krav.id}] på det som gäller i stället",
            related=tuple(Related(m.plats, "här står det") for m in mentions),
            thing=krav.nyckel,
        )
