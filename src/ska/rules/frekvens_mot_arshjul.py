"""En metod lovar nämnden ett visst antal rapporter om året, men årshjulet har ett annat antal.

Nämnden räknar med det som metoden lovar, och medarbetarna arbetar efter årshjulet. Säger de olika
missas en rapport, eller så görs en i onödan.

Löftet är frekvensen i metodens ”återkoppling”. Saknas återkoppling är det hur ofta metoden används
om året, när aktiviteter i årshjulet redovisar den. Samma månad räknas en gång. Redovisas
verksamheterna var för sig räcker det att antalet stämmer för var och en. En aktivitet som
rapporteras vid varje sammanträde räknas som de sammanträden som årshjulet har, eller som minst två
när dagarna är ``ej_angivet``. Tid som undantas med ”utom” gör antalet till ett högsta antal. Har
ingen aktivitet metoden är det ett annat fel.

Fel: metoden säger

```yaml
återkoppling:
  hur: Nämnden får en rapport.
  frekvens: {typ: antal, antal: 4, per: år}
```

men bara tre aktiviteter i årshjulet, i februari, april och september, har metoden.

Rätt: en fjärde aktivitet har metoden, eller metoden säger ``antal: 3``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.derived.belagg import aktiviteter_för_metoder
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import Antal, gånger_om_året, i_månad
from ska.ting import Aktivitet, Frekvens, Metod, Månad
from ska.words import MÅNADER, rapporteras, tal, uppräkning
from ska.words import frekvens as i_ord

ID = "frekvens-mot-arshjul"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each method whose promised number of reports is not the wheel's."""
    meetings = plan.årshjul.sammanträden
    held = {i_månad(day) for day in meetings} if isinstance(meetings, tuple) else None
    for id, activities in aktiviteter_för_metoder(plan).items():
        metod = plan.metoder.get(id)
        promised = metod and _promise(metod)
        number = promised and gånger_om_året(promised)
        if not (metod and promised and number):
            continue
        by_part: dict[str, list[Månad | int]] = {}
        for part, when in (report for a in activities for report in _reports(a, held)):
            by_part.setdefault(part, []).append(when)
        in_all = [when for reports in by_part.values() for when in reports]
        fits = [_count(reports).möts(number) for reports in by_part.values()]
        if _count(in_all).möts(number) or all(fits):
            continue
        does = "lovar nämnden återkoppling" if metod.återkoppling else "används"
        yield Problem(
            promised.where("antal"),
            ID,
            f"metoden ”{metod.titel}” {does} {i_ord(promised)}, men årshjulet har den "
            f"{_times(in_all)}",
            "rätta antalet eller årshjulet; redovisas metoden mer sällan än den används, skriv i "
            "återkoppling hur ofta nämnden får veta",
            related=tuple(
                Related(a.where("rapporteras"), f"”{a.titel}”: {rapporteras(a.rapporteras)}")
                for a in activities
            ),
            thing=metod.nyckel,
        )


def _promise(metod: Metod) -> Frekvens | None:
    """Return the promised frequency of reports; a method used by the week promises none."""
    if metod.återkoppling:
        return metod.återkoppling.frekvens
    return metod.frekvens if metod.frekvens.per == "år" else None


def _reports(aktivitet: Aktivitet, held: set[Månad] | None) -> Iterator[tuple[str, Månad | int]]:
    """Yield each part's report months, or a number of times where the months are not known."""
    report = aktivitet.rapporteras
    own = {o.verksamhet: o.månader for o in report.avvikande}
    every_meeting = report.typ == "varje_sammanträde"
    for part in aktivitet.verksamheter:
        if part in own:
            yield from ((part, month) for month in own[part])
        elif report.månad:
            yield part, report.månad
        elif every_meeting and held is not None:
            yield from ((part, month) for month in held)
        else:
            yield part, 2 if every_meeting else 1


def _count(reports: list[Månad | int]) -> Antal:
    """Count the months in which the board hears; what has no known months has no upper limit."""
    months = {when for when in reports if isinstance(when, Månad)}
    others = [when for when in reports if isinstance(when, int)]
    return Antal(max([len(months), *others]), None if others else len(months))


def _times(reports: list[Månad | int]) -> str:
    count = _count(reports)
    months = sorted({when for when in reports if isinstance(when, Månad)})
    times = f"{tal(count.minst)} gånger" if count.minst > 1 else "en gång"
    names = f" ({uppräkning([MÅNADER[month.månad - 1] for month in months])})" if months else ""
    return f"{'minst ' if count.högst is None else ''}{times}{names}"
