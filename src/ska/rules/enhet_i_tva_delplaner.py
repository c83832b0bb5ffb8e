"""En enhet finns i två delplaner.

Varje delplan säger hur dess enheter följs upp. Står en enhet i två vet den inte vilken som gäller,
och den räknas dubbelt i sammanställningar. Enheten kan stå i en delplan själv eller genom sin
avdelning; står både enheten och dess avdelning i samma delplan är det en. Är det meningen att
enheten hör till båda godtas det med ett undantag.

Fel: både delplanen ”mottagning” och delplanen ”stod” säger

```yaml
enheter: [mottagningen]
```

Rätt: bara en av dem har enheten.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Hänvisning, Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den, listade_i_delplaner
from ska.ting import Avdelning, Enhet

ID = "enhet-i-tva-delplaner"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each unit or department that a second sub-plan lists."""
    listed = listade_i_delplaner(plan)
    for avdelning in plan.avdelningar.values():
        yield from _twice(avdelning, listed.get(avdelning.nyckel, []))
    for enhet in plan.enheter.values():
        own = listed.get(enhet.nyckel, [])
        if own:  # one that is listed through its department only was told of above
            above = listed.get(("avdelning", enhet.avdelning or ""), [])
            yield from _twice(enhet, [*above[:1], *own])


def _twice(part: Avdelning | Enhet, mentions: list[Hänvisning]) -> Iterator[Problem]:
    by_plan: dict[str, Hänvisning] = {}
    for mention in mentions:
        by_plan.setdefault(mention.från.id, mention)
    for other in list(by_plan.values())[1:]:
        first = mentions[0]
        yield Problem(
            other.plats,
            ID,
            f"{den(part)} finns både i delplanen ”{first.från.rubrik}” och i "
            f"delplanen ”{other.från.rubrik}”, så det går inte att veta vilken som gäller",
            "ta bort den ur den ena; hör den till båda, skriv ett undantag",
            related=(Related(first.plats, "den första delplanen"),),
            thing=part.nyckel,
        )
