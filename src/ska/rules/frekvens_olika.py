"""En metod ska användas olika ofta enligt olika ställen i planen.

Metoden har ett antal gånger, och en delplan eller dess figur säger ett annat. Den som arbetar efter
det ena stället gör för mycket eller för lite enligt det andra. En uttalad skillnad under
”skillnader” är också en fråga som någon behöver ta ställning till: är den meningen godtas den med
ett undantag.

Bara antal jämförs. ”Löpande” och ”enligt plan” går inte att räkna. ”Minst fyra” och ”fyra” går
ihop, men inte ”minst fyra” och ”tre”.

Fel: metoden säger

```yaml
frekvens: {typ: antal, antal: 2, per: år}
```

och ett forum i en delplan säger om samma metod

```yaml
frekvens: {typ: antal, antal: 4, per: år}
```

Rätt: båda ställena säger samma sak.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import gånger_om_året
from ska.ting import Delplan, Forum, Frekvens, Metod
from ska.words import frekvens as i_ord

ID = "frekvens-olika"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


class _Uppgift(NamedTuple):
    var: str
    frekvens: Frekvens


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each place that says another number of times than the method itself."""
    forums: dict[str, list[tuple[Delplan, Forum]]] = {}
    for delplan in plan.delplaner.values():
        for forum in delplan.forum:
            if forum.metod:
                forums.setdefault(forum.metod, []).append((delplan, forum))
    for metod in plan.metoder.values():
        for first, other in _pairs(plan, metod, forums.get(metod.id, [])):
            if _agree(first.frekvens, other.frekvens):
                continue
            yield Problem(
                other.frekvens.where("antal"),
                ID,
                f"metoden ”{metod.titel}” används {i_ord(other.frekvens)} enligt {other.var}, men "
                f"{i_ord(first.frekvens)} enligt {first.var}",
                "rätta den som är fel; är skillnaden avsedd godtas den med ett undantag",
                related=(Related(first.frekvens.where("antal"), first.var),),
                thing=metod.nyckel,
            )


def _pairs(
    plan: Plan, metod: Metod, forums: list[tuple[Delplan, Forum]]
) -> Iterator[tuple[_Uppgift, _Uppgift]]:
    """Yield what to compare: each difference with the method, each forum with its sub-plan's.

    Where the method itself gives no number, the first place that does takes its part.
    """
    main = [_Uppgift("metoden", metod.frekvens)]
    own: dict[str, _Uppgift] = {}
    for difference in metod.skillnader:
        if difference.frekvens and difference.frekvens.typ == "antal":
            known = plan.delplaner.get(difference.delplan)
            name = known.titel if known else difference.delplan
            said = _Uppgift(f"metodens skillnad för delplanen ”{name}”", difference.frekvens)
            own[difference.delplan] = said
            main.append(said)
    stated = [
        (delplan.id, _Uppgift(f"delplanen ”{delplan.titel}”, ”{forum.titel}”", forum.frekvens))
        for delplan, forum in forums
        if forum.frekvens.typ == "antal"
    ]
    base = next((u for u in [*main, *(u for _, u in stated)] if u.frekvens.typ == "antal"), None)
    if base is None:
        return
    for said in own.values():
        yield base, said
    for delplan_id, said in stated:
        yield own.get(delplan_id, base), said


def _agree(a: Frekvens, b: Frekvens) -> bool:
    """Tell whether two numbers of times can both be true."""
    same_per = a.per == b.per
    if a.gräns == b.gräns and same_per:
        return a.antal == b.antal
    if not same_per and ("vecka" in (a.per, b.per) or a.utom or b.utom):
        return True  # how many weeks a year has at work is not known
    first, second = gånger_om_året(a), gånger_om_året(b)
    if first is None or second is None:
        return True
    return first == second if a.gräns == b.gräns else first.möts(second)
