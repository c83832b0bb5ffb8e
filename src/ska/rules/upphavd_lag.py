"""Något vilar på en bestämmelse som är upphävd.

En plan eller rutin som hänvisar till en upphävd lag säger inte vad som gäller nu. Den som följer
den kan göra fel. Har bestämmelsen upphävts innan planens tid börjar är det ett fel. Upphävs den
under tiden är det en varning: en beslutad plan ändras inte för det, men det som ska gälla efter
den dagen behöver en ny hänvisning. Den som redan hänvisar till det som kom i stället får ingen
varning.

Det som har en egen tid prövas mot den: en aktivitet mot tiden då den genomförs och redovisas, en
rutin mot tiden från det att den börjar gälla till dess att den ska ses över, det som handlar om ett
visst år mot det året. En rutin som har upphört prövas inte, och inte heller det som ett krav säger
om var det stod tidigare.

Socialtjänstlagen (2001:453) upphävdes den 1 juli 2025 och ersattes av SFS 2025:400.

Fel, i en plan för 2026:

```yaml
lagrum: [socialtjanstlagen-2001]
```

Rätt:

```yaml
lagrum: [socialtjanstlagen-2025]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska import words
from ska.context import Context
from ska.derived.belagg import kontrollår
from ska.model import Hänvisning, Plan
from ska.problems import Problem, Related, Severity
from ska.rules._lag import REGISTER, Lag, ersättare, namn, slå_upp, upphävd, åberopad
from ska.rules._tid import genomförd
from ska.ting import (
    Aktivitet,
    Avvikelser,
    Kontrollmoment,
    Lagrum,
    Planering,
    Rutin,
    Ting,
    Uppdrag,
)

ID = "upphavd-lag"
SEVERITIES = (Severity.FEL, Severity.VARNING)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each mention of a provision that ceased before or during the time it is relied on."""
    for law, mention in åberopad(plan):
        source = mention.från
        if source.slag in REGISTER:
            continue
        if mention.fält == "tidigare_lagrum":  # tells of what was
            continue
        if isinstance(source, Rutin) and source.status == "upphörd":
            continue
        repealed = upphävd(plan, law)
        if repealed is None:
            continue
        day, where = repealed
        start, end = _tid(plan, source, context.today)
        if day <= start or (day <= end and not _har_ersättaren(plan, source, law)):
            related = Related(where, "här står när den upphävdes")
            yield _problem(plan, mention, law, day, (start, end), related)


def _tid(plan: Plan, thing: Ting, today: date) -> tuple[date, date]:
    """Return the first and last day on which the thing relies on its law."""
    start, end = plan.ram.gäller_från, plan.ram.gäller_till
    if isinstance(thing, Rutin):  # in use until it is next looked over
        own = thing.gäller_från if isinstance(thing.gäller_från, date) else start
        review = thing.ses_över_senast if isinstance(thing.ses_över_senast, date) else today
        return max(start, own), max(end, review)
    if isinstance(thing, Aktivitet):
        first, last = genomförd(thing)
        return first or start, last or end
    if isinstance(year := _år(plan, thing), int):  # tells of its own year
        return date(year, 1, 1), date(year, 12, 31)
    return start, end


def _år(plan: Plan, thing: Ting) -> int | None:
    """Return the year that a report, a budget text, an assignment or a control is about."""
    if isinstance(thing, Kontrollmoment):
        return kontrollår(plan).get(thing.id)
    return thing.år if isinstance(thing, Avvikelser | Planering | Uppdrag) else None


def _har_ersättaren(plan: Plan, source: Ting, law: Lag) -> bool:
    """Tell whether the source also cites what came instead, or something in that statute."""
    cited: set[str] = set()
    for mention in plan.från.get(source.nyckel, ()):
        cited.add(mention.till.id)
        if isinstance(mention.till, Lagrum):
            cited.add(mention.till.författning)
    return not cited.isdisjoint(ersättare(plan, law))


def _problem(
    plan: Plan,
    mention: Hänvisning,
    law: Lag,
    day: date,
    period: tuple[date, date],
    related: Related,
) -> Problem:
    source = mention.från
    before = day <= period[0]
    why = (
        f"före den tid som börjar den {words.datum(period[0])}; ingen kan följa den"
        if before
        else "och från den dagen säger hänvisningen inte vad som gäller"
    )
    instead = [namn(plan, new) for id in ersättare(plan, law) if (new := slå_upp(plan, id))]
    hint = (
        f"hänvisa till {words.uppräkning([f'”{name}”' for name in instead])} i stället"
        if instead
        else "ta reda på vad som gäller i stället, och skriv in det i lagrum.yml"
    )
    return Problem(
        mention.plats,
        ID,
        f"{source.slag} ”{source.rubrik}” vilar på {namn(plan, law)}, som upphävdes den "
        f"{words.datum(day)}, {why}",
        hint,
        Severity.FEL if before else Severity.VARNING,
        (related,),
        source.nyckel,
    )
