"""En roll nämns i planen men har inget att göra.

Rollen står hos en enhet eller får stöd av en metod, men ansvarar inte för något, deltar inte och
gör inget steg i en rutin. Då är antingen rollen en rest, eller så har den glömts där dess arbete
beskrivs. Nämns rollen inte alls är det regeln ”oanvand” som säger till.

Arbete är att ansvara för en aktivitet eller en metod, delta i en metod, äga en rutin, göra eller
delta i ett av dess steg, eller göra ett kontrollmoment. Rutiner som har upphört räknas inte.

Fel: rollen ”samordnare” står hos en enhet

```yaml
roller: [samordnare]
```

men ingen aktivitet, metod, rutin eller kontroll ger den något att göra.

Rätt: en metod säger

```yaml
deltar: [samordnare]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Hänvisning, Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den, har_upphört

ID = "roll-utan-arbete"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True

#: The mentions that give a role something to do: the mentioning kind and its field.
_WORK = frozenset(
    {
        ("aktivitet", "ansvariga"), ("metod", "ansvariga"), ("metod", "deltar"),
        ("metod", "skillnader.ansvariga"), ("rutin", "ägare"), ("rutin", "steg.roll"),
        ("rutin", "steg.med"), ("kontrollmoment", "roll"),
    }
)  # fmt: skip


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each role that something mentions and nothing gives work."""
    for roll in plan.roller.values():
        mentions = plan.till.get(roll.nyckel, ())
        if not mentions or any(map(_is_work, mentions)):
            continue
        first = mentions[0]
        yield Problem(
            roll.where("id"),
            ID,
            f"rollen ”{roll.titel}” nämns i planen men har inget att göra i den",
            "skriv rollen där dess arbete beskrivs, eller ta bort den",
            Severity.VARNING,
            related=(Related(first.plats, f"{den(first.från)} nämner den"),),
            thing=roll.nyckel,
        )


def _is_work(mention: Hänvisning) -> bool:
    source = mention.från
    return (source.slag, mention.fält) in _WORK and not har_upphört(source)
