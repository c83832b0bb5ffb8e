"""En period slutar innan den börjar.

Två dagar, månader eller år har bytt plats, eller så är ett årtal fel. Ingen kan följa en sådan tid,
och allt som räknas ut av den blir fel. Regeln gäller planen, utgåvor, rutiner, aktiviteter, mål,
begrepp, författningar och nämndens sammanträdestid. Samma dag, månad eller år som början och slut
går bra, men inte samma klockslag.

Fel:

```yaml
genomförs: {typ: period, från: 2026-05, till: 2026-03}
```

Rätt:

```yaml
genomförs: {typ: period, från: 2026-03, till: 2026-05}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den
from ska.ting import EJ_ANGIVET, Del, Månad, Ting
from ska.words import datum

ID = "omvand-period"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False

_SLUT: Final = {
    "ses_över_senast": "ska ses över senast",
    "bedöms_senast": "ska bedömas igen senast",
    "upphävd": "är upphävd",
}


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each period whose end is before its start."""
    for thing, part, first, last in _periods(plan):
        start: Any = getattr(part, first)  # a day, a month or a year: of one type in each pair
        end: Any = getattr(part, last)
        if EJ_ANGIVET in (start, end) or None in (start, end) or start < end:
            continue
        if start == end and last != "slutar":  # a day has a morning and an evening, an hour hasn't
            continue
        yield Problem(
            part.where(last),
            ID,
            f"{den(thing)} {_told(last, start, end)}",
            "rätta den ena; kanske har de bytt plats",
            related=(Related(part.where(first), "början"),),
            thing=thing.nyckel,
        )


def _periods(plan: Plan) -> Iterator[tuple[Ting, Del, str, str]]:
    """Yield each thing that has a period, the part that holds it, and its two fields."""
    spans: tuple[Any, ...] = (
        plan.ramar, plan.utgåvor, plan.kommunmål, plan.mål, plan.begrepp,
    )  # fmt: skip
    for things in spans:
        for thing in things.values():
            yield thing, thing, "gäller_från", "gäller_till"
    for rutin in plan.rutiner.values():
        yield rutin, rutin, "gäller_från", "ses_över_senast"
    for redogörelse in plan.redogörelser.values():
        yield redogörelse, redogörelse, "bedömd", "bedöms_senast"
    for författning in plan.författningar.values():
        yield författning, författning, "gäller_från", "upphävd"
    for hjul in plan.årshjulen.values():
        if hjul.sammanträdestid:
            yield hjul, hjul.sammanträdestid, "börjar", "slutar"
    for aktivitet in plan.aktiviteter.values():
        yield aktivitet, aktivitet.genomförs, "från", "till"


def _told(last: str, start: Any, end: Any) -> str:
    if last == "slutar":
        first, then = (text.replace(":", ".") for text in (start, end))
        return f"har sammanträden som börjar klockan {first} och slutar klockan {then}"
    return f"{_SLUT.get(last, 'slutar')} {_ord(end)}, före sin början {_ord(start)}"


def _ord(value: date | Månad | int) -> str:
    return str(value) if isinstance(value, int) else datum(value)
