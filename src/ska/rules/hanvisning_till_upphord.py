"""Något hänvisar till en sak som har slutat gälla eller som ännu inte gäller.

Den som följer hänvisningen hamnar hos en rutin som ingen längre arbetar efter, eller ett mål som är
ersatt. Planen säger då en sak men menar en annan.

Regeln gäller rutiner som är upphörda eller ersatta, rutiner och mål som börjar gälla efter planens
sista dag, och mål som slutade gälla före dess första dag.

Det som handlar om tidigare år får hänvisa till det som gällde då: redovisningen av det årets
avvikelser, ett uppdrag som är klart, en rutin som själv har upphört. Lästips i begrepp får det
också.

Fel: rutinen ”klagomal-2017” har status ”upphörd”, och en risk säger

```yaml
rutiner: [klagomal-2017]
```

Rätt:

```yaml
rutiner: [ta-emot-klagomal]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den, är_lästips
from ska.ting import Avvikelser, Internkontroll, Mål, Nyckel, Rutin
from ska.words import datum

ID = "hanvisning-till-upphord"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each reference to what does not hold in the plan's period."""
    things: list[Rutin | Mål] = [*plan.rutiner.values(), *plan.mål.values()]
    ended = {thing.nyckel: (thing, *why) for thing in things if (why := _why_not(plan, thing))}
    past = _of_earlier_years(plan)
    for nyckel, (thing, reason, field, hint) in ended.items():
        for mention in plan.till.get(nyckel, ()):
            source = mention.från
            if mention.fält == "ersatt_av" or är_lästips(mention):
                continue
            if source.nyckel in ended or source.nyckel in past:
                continue
            yield Problem(
                mention.plats,
                ID,
                f"{den(source)} hänvisar till {den(mention.till)}, som {reason}",
                hint,
                related=(Related(thing.where(field), "här står det"),),
                thing=source.nyckel,
            )


def _why_not(plan: Plan, thing: Rutin | Mål) -> tuple[str, str, str] | None:
    """Say why the thing does not hold in the plan's period, in which field, and what to do."""
    return _routine(plan, thing) if isinstance(thing, Rutin) else _goal(plan, thing)


def _routine(plan: Plan, rutin: Rutin) -> tuple[str, str, str] | None:
    if rutin.ersatt_av:
        hint = f"hänvisa till rutinen ”{rutin.ersatt_av}”"
        return f"är ersatt av ”{rutin.ersatt_av}”", "ersatt_av", hint
    if rutin.status == "upphörd":
        hint = "hänvisa till den rutin som gäller, eller ta bort hänvisningen"
        return "har upphört", "status", hint
    start, last = rutin.gäller_från, plan.ram.gäller_till
    if isinstance(start, date) and start > last:
        why = f"börjar gälla {datum(start)}, efter planens sista dag {datum(last)}"
        return why, "gäller_från", "hänvisa till den rutin som gäller nu"
    return None


def _goal(plan: Plan, mål: Mål) -> tuple[str, str, str] | None:
    first, last = plan.ram.gäller_från.year, plan.ram.gäller_till.year
    if mål.ersatt_av and mål.gäller_till is None:
        hint = f"hänvisa till målet ”{mål.ersatt_av}”"
        return f"är ersatt av ”{mål.ersatt_av}”", "ersatt_av", hint
    hint = f"hänvisa till ett mål som gäller {last}, eller ta bort hänvisningen"
    if mål.gäller_till is not None and mål.gäller_till < first:
        return f"gällde till och med {mål.gäller_till}", "gäller_till", hint
    if mål.gäller_från > last:
        return f"gäller först från {mål.gäller_från}", "gäller_från", hint
    return None


def _of_earlier_years(plan: Plan) -> set[Nyckel]:
    """Return what tells of a time before the plan's: it may name what held then."""
    past = {u.nyckel for u in plan.uppdrag.values() if u.status in ("klart", "avbrutet")}
    yearly: list[Avvikelser | Internkontroll] = [
        *plan.avvikelser.values(),
        *plan.internkontroller.values(),
    ]
    for thing in yearly:
        if thing.år < plan.ram.gäller_från.year:
            past |= {thing.nyckel, *(part.nyckel for part in plan.inuti.get(thing.nyckel, ()))}
    return past
