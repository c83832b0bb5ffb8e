"""En rutin börjar gälla senare än den används.

En aktivitet i årshjulet görs enligt sin rutin. Börjar rutinen gälla först när arbetet är klart
har arbetet gjorts utan rutin, eller så är någon av tiderna fel. Börjar den gälla medan arbetet
pågår, eller först efter planens sista dag, är det en varning. Utkast och rutiner som har upphört
prövas inte.

Fel, när aktiviteten genomförs i januari och februari 2026:

```yaml
gäller_från: 2026-05-01
aktiviteter: [uppfoljning-klagomal]
```

Rätt:

```yaml
gäller_från: 2026-01-01
aktiviteter: [uppfoljning-klagomal]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._tid import sista
from ska.ting import Aktivitet, Rutin

ID = "rutin-galler-senare"
SEVERITIES = (Severity.FEL, Severity.VARNING)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each routine that comes into force after work that follows it, or after the plan."""
    for rutin in plan.rutiner.values():
        start = rutin.gäller_från
        if rutin.status not in ("gällande", "återgiven") or not isinstance(start, date):
            continue
        if start > plan.ram.gäller_till:
            yield Problem(
                rutin.where("gäller_från"),
                ID,
                f"rutinen ”{rutin.titel}” gäller från den {words.datum(start)}, men planens "
                f"sista dag är den {words.datum(plan.ram.gäller_till)}; då gällde ingen rutin",
                "rätta dagen, eller låt rutinen vara ett utkast tills den gäller",
                Severity.VARNING,
                (Related(plan.ram.where("gäller_till"), "planens sista dag"),),
                rutin.nyckel,
            )
            continue
        for id in rutin.aktiviteter:
            if aktivitet := plan.aktiviteter.get(id):
                yield from _före(rutin, start, aktivitet)


def _före(rutin: Rutin, start: date, aktivitet: Aktivitet) -> Iterator[Problem]:
    work = aktivitet.genomförs
    done = work.till or aktivitet.rapporteras.månad
    begun = work.från or done
    if not begun or not done or start <= sista(begun):
        return
    late = start > sista(done)
    field = "genomförs" if work.till else "rapporteras"
    when = words.genomförs(work) if work.till else words.rapporteras(aktivitet.rapporteras)
    yield Problem(
        rutin.where("gäller_från"),
        ID,
        f"rutinen ”{rutin.titel}” gäller från den {words.datum(start)}, men aktiviteten "
        f"”{aktivitet.titel}” har tiden {when}; {'arbetet' if late else 'en del av arbetet'} "
        "görs innan rutinen gäller",
        "rätta dagen eller aktivitetens tid, eller hänvisa till den rutin som gällde då",
        Severity.FEL if late else Severity.VARNING,
        (Related(aktivitet.where(field), f"”{aktivitet.titel}”: {when}"),),
        rutin.nyckel,
    )
