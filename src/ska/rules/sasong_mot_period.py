"""En metod ska användas en viss tid på året, men årshjulet har arbetet en annan tid.

Metoden säger till exempel hösten och aktiviteten i årshjulet mars. Då vet den som ska göra arbetet
inte när det ska göras. Vår är mars–maj, sommar juni–augusti, höst september–november och vinter
december–februari. Menar planen något annat skrivs månaderna ut i metoden; då räknas de.

Aktiviteten behöver ligga i någon av metodens tider, och varje tid behöver en aktivitet som ligger i
den. Vilket år det är spelar ingen roll, för en rapport kan handla om året före. Regeln är tyst när
aktiviteten görs löpande eller återkommande.

Fel: metoden ”Brukarundersökning” säger

```yaml
säsonger:
  - årstid: höst
```

och aktiviteten som rapporterar den säger

```yaml
genomförs: {typ: period, från: 2025-03, till: 2025-03}
```

Rätt:

```yaml
genomförs: {typ: period, från: 2025-09, till: 2025-10}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.derived.belagg import aktiviteter_för_metoder
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import månader
from ska.ting import Aktivitet, Metod, Säsong
from ska.words import MÅNADER, genomförs, säsong

ID = "sasong-mot-period"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True

_ÅRSTIDER: Final = {
    "vår": {3, 4, 5}, "sommar": {6, 7, 8}, "höst": {9, 10, 11}, "vinter": {12, 1, 2},
}  # fmt: skip


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield activities in none of their method's seasons, and seasons with no activity in them."""
    carried = aktiviteter_för_metoder(plan)
    for metod in plan.metoder.values():
        for season in metod.säsonger:
            if _self_contradicting(season):
                yield _own(metod, season)
        seasons = [s for s in metod.säsonger if _months(s) and not _self_contradicting(s)]
        activities = carried.get(metod.id, [])
        dated = [a for a in activities if _has_months(a)]
        if not seasons or not dated:
            continue
        outside = [a for a in dated if not any(_meet(a, season) for season in seasons)]
        for aktivitet in outside:
            yield _wrong_time(aktivitet, metod, seasons)
        if outside or len(dated) < len(activities):
            continue  # told above, or some work goes on all year
        for season in seasons:
            if not any(_meet(a, season) for a in dated):
                yield _no_time(metod, season, dated)


def _self_contradicting(season: Säsong) -> bool:
    both = season.årstid and season.månader
    return bool(both) and not _months(season) & _ÅRSTIDER[season.årstid or ""]


def _months(season: Säsong) -> set[int]:
    """Return the season's months; those that the plan spells out count before a time of year."""
    if season.månader:
        return {MÅNADER.index(name) + 1 for name in season.månader}
    return _ÅRSTIDER[season.årstid] if season.årstid else set()


def _has_months(aktivitet: Aktivitet) -> bool:
    """Tell whether the work has a period; one that ends before it starts has another rule."""
    work = aktivitet.genomförs
    return bool(work.från and work.till and work.från <= work.till)


def _meet(aktivitet: Aktivitet, season: Säsong) -> bool:
    work = aktivitet.genomförs
    if not (work.från and work.till):
        return False
    months = _months(season)
    return any(month.månad in months for month in månader(work.från, work.till))


def _wrong_time(aktivitet: Aktivitet, metod: Metod, seasons: list[Säsong]) -> Problem:
    said = " eller ".join(säsong(season) for season in seasons)
    return Problem(
        aktivitet.where("genomförs", "från"),
        ID,
        f"aktiviteten ”{aktivitet.titel}” genomförs i {genomförs(aktivitet.genomförs)}, men "
        f"metoden ”{metod.titel}” används {said}",
        "rätta tiden i årshjulet eller i metoden, så att de säger samma sak",
        related=tuple(Related(season.where(), säsong(season)) for season in seasons),
        thing=aktivitet.nyckel,
    )


def _no_time(metod: Metod, season: Säsong, dated: list[Aktivitet]) -> Problem:
    return Problem(
        season.where(),
        ID,
        f"metoden ”{metod.titel}” används {säsong(season)}, men ingen aktivitet i årshjulet "
        "genomförs då",
        "rätta metodens tid eller aktivitetens, eller lägg till en aktivitet för den tiden",
        related=tuple(
            Related(
                a.where("genomförs", "från"), f"”{a.titel}” genomförs i {genomförs(a.genomförs)}"
            )
            for a in dated
        ),
        thing=metod.nyckel,
    )


def _own(metod: Metod, season: Säsong) -> Problem:
    return Problem(
        season.where("månader"),
        ID,
        f"metoden ”{metod.titel}” används {säsong(season)}, men ingen av månaderna hör till "
        f"årstiden {season.årstid}",
        "rätta årstiden eller månaderna",
        related=(Related(season.where("årstid"), "årstiden"),),
        thing=metod.nyckel,
    )
