"""Det som nämnden har beslutat är ändrat utan ett nytt beslut.

När en utgåva är beslutad ligger den fast: planen med sina kapitel, årshjulet, delplanerna och
metoderna. Ändras texten efteråt står det något annat än det som nämnden beslutade. En ändring
kräver ett nytt beslut och en ny utgåva. Rutiner, utfall och register ändras utan nämndens beslut
och prövas inte. Källor, motsägelser, anmärkningar, sökord och sammanträdesdagar får också
ändras.

Regeln är enkel med avsikt. Den jämför med den senaste tidigare utgåva som har samma id och är
beslutad, fält för fält. Ordningen i en lista med id spelar ingen roll.

Fel, när utgåvan är beslutad med frekvensen en gång om året:

```yaml
frekvens: {typ: antal, antal: 2, per: år}
```

Rätt; ändringen föreslås i nästa utgåva:

```yaml
frekvens: {typ: antal, antal: 1, per: år}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Related, Severity
from ska.ting import Del, Ting

ID = "beslutat-andrat"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True

#: Kinds that the decision on the plan covers (`x-beslutas_av`: nämnd). Goals, money and internal
#: control are the board's too, but in decisions of their own.
_BESLUTADE: Final = ("plan", "kapitel", "årshjul", "aktivitet", "delplan", "metod")
_FRIA: Final = frozenset(
    {
        "spår", "källor", "motsägelser", "anmärkning", "sökord",
        "format", "status", "sammanträden",
    }
)  # fmt: skip


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each decided field that differs from the edition as it was decided."""
    if not plan.ramar:
        return
    decided = next(
        (
            old
            for old in context.earlier
            if old.ram.utgåva == plan.ram.utgåva and old.ram.status == "beslutad"
        ),
        None,
    )
    if decided is None:
        return
    for slag in _BESLUTADE:
        then: dict[str, Ting] = getattr(decided, SAMLINGAR[slag])
        now: dict[str, Ting] = getattr(plan, SAMLINGAR[slag])
        for id in {**then, **now}:
            yield from _skillnad(plan, then.get(id), now.get(id))


def _skillnad(plan: Plan, then: Ting | None, now: Ting | None) -> Iterator[Problem]:
    if now is None and then is not None:
        yield Problem(
            plan.ram.where("utgåva"),
            ID,
            f"{then.slag} ”{then.rubrik}” finns i utgåvan som nämnden beslutade men är borttagen; "
            "planen säger något annat än beslutet",
            "lägg tillbaka den, eller ta bort den i en ny utgåva",
            related=(Related(then.where(), "så stod det i den beslutade utgåvan"),),
            thing=then.nyckel,
        )
    elif then is None and now is not None:
        yield Problem(
            now.where("id"),
            ID,
            f"{now.slag} ”{now.rubrik}” finns inte i utgåvan som nämnden beslutade; planen säger "
            "något annat än beslutet",
            "lägg till den i en ny utgåva i stället",
            thing=now.nyckel,
        )
    elif then is not None and now is not None:
        for name in _fält(now):
            if _innehåll(getattr(then, name)) != _innehåll(getattr(now, name)):
                yield Problem(
                    now.where(name),
                    ID,
                    f"{now.slag} ”{now.rubrik}”: {name} är ändrat sedan nämnden beslutade utgåvan; "
                    "planen säger något annat än beslutet",
                    "låt det stå som det beslutades, och föreslå ändringen i nästa utgåva",
                    related=(Related(then.where(name), "så stod det i den beslutade utgåvan"),),
                    thing=now.nyckel,
                )


def _innehåll(value: object) -> object:
    """Return what was decided: without sources and notes, lists of ids in any order."""
    if isinstance(value, Del):
        return {name: _innehåll(getattr(value, name)) for name in _fält(value)}
    if type(value) is tuple:  # a month is a tuple too, but one fact
        if all(isinstance(part, str) for part in value):
            return sorted(value)
        return [_innehåll(part) for part in value]
    return value


def _fält(thing: Del) -> list[str]:
    return [field.name for field in fields(thing) if field.name not in _FRIA]
