"""Ett skäl till en ändring gäller en sak som inte finns.

I utgåvans motiveringar står varför förslaget ändrar något. Skälet visas i ändringsrapporten vid
saken som ändras. Är id felskrivet visas skälet ingenstans, och nämnden får inte veta varför. Ett
skäl kan också gälla något som har tagits bort: då finns det i plan/upphort.yml eller i en tidigare
utgåva.
Bara skälen i planens egen utgåva prövas.

Fel: metoden heter klagomal.

```yaml
motiveringar:
  - sakslag: metod
    sak: klagomalen
    skäl: Fler hör av sig.
```

Rätt:

```yaml
motiveringar:
  - sakslag: metod
    sak: klagomal
    skäl: Fler hör av sig.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Severity, nearest
from ska.rules._hjalp import finns
from ska.ting import Nyckel

ID = "okand-sak-i-motivering"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each reason of the plan's own edition that is for nothing."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    for reason in edition.motiveringar if edition else ():
        key = (reason.sakslag, reason.sak)
        if _known(plan, context, key):
            continue
        yield Problem(
            reason.where("sak"),
            ID,
            f"skälet gäller {reason.sakslag} ”{reason.sak}”, som varken finns i planen eller har "
            "upphört, så skälet visas inte i ändringsrapporten",
            nearest(reason.sak, getattr(plan, SAMLINGAR[reason.sakslag]))
            or "rätta id, eller skriv in i plan/upphort.yml att saken har upphört",
            thing=edition.nyckel if edition else None,
        )


def _known(plan: Plan, context: Context, key: Nyckel) -> bool:
    ended = {(past.sakslag, past.sak) for past in plan.upphörda.values()}
    return key in ended or any(finns(one, key) for one in (plan, *context.earlier))
