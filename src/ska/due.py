"""What someone must look at again, and by when: facts with a day, grouped by role.

The rules that come with time decide what counts (a draft, a repealed statute or an accepted
finding does not); asked as of a later day, they tell what is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from ska.context import Context
from ska.exceptions import not_accepted
from ska.lankar.avtryck import Granskas, att_granska, granskas_av
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem
from ska.rules import (
    behover_ses_over,
    lag_ej_kontrollerad,
    mal_ej_natt_utan_analys,
    redogorelse_inaktuell,
    rutin_att_se_over,
)
from ska.rules._tid import ett_år_senare
from ska.ting import (
    EJ_ANGIVET,
    Författning,
    Indikator,
    Lagrum,
    Roll,
    Rutin,
    Tillgänglighet,
    Ting,
    Undantag,
)

Vad = Literal["rutin", "lag", "redogörelse", "undantag", "analys", "granskning"]
#: How many days ahead the site looks.
INOM: Final = 60
_ORDER: Final[tuple[Vad, ...]] = ("rutin", "lag", "redogörelse", "undantag", "analys", "granskning")
_RULES: Final = (
    rutin_att_se_over, lag_ej_kontrollerad, redogorelse_inaktuell, mal_ej_natt_utan_analys,
    behover_ses_over,
)  # fmt: skip
#: What an exception may let wait.
GODTAGBARA: Final = frozenset(rule.ID for rule in _RULES)
#: The last day but one: a rule asks whether a day lies before its own.
_FAR: Final = date.max - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Översyn:
    """One thing to look at again. `dag` is its last day, `roll` the id of who does it; or None."""

    vad: Vad
    ting: Ting
    dag: date | None
    roll: str | None
    försenad: bool
    senast: date | None = None  # when it was done last, where the plan says it
    saknas: tuple[str, ...] = ()  # what an indicator off target lacks
    ändrat: tuple[Ting, ...] = ()  # what it rests on that has changed since somebody looked


def due(plan: Plan, today: date, within: int | None = None) -> tuple[Översyn, ...]:
    """Return what is due within so many days of `today`; all that is known when not given.

    Overdue comes first, then the rest by day, last what has no day. What has no day is never
    overdue: nobody has said when it should be done.
    """
    last = _FAR if within is None or within > (_FAR - today).days else today + timedelta(within)
    found = [*_from_rules(plan, today, last), *_exceptions(plan, today, last)]
    return tuple(sorted(found, key=_key))


def by_role(plan: Plan, found: Iterable[Översyn]) -> list[tuple[Roll | None, tuple[Översyn, ...]]]:
    """Group by role in the plan's order, each group in the order given; last what has no role."""
    groups: dict[str | None, list[Översyn]] = {id: [] for id in (*plan.roller, None)}
    for översyn in found:
        groups[översyn.roll].append(översyn)
    return [
        (plan.roller[id] if id else None, tuple(group)) for id, group in groups.items() if group
    ]


def _key(översyn: Översyn) -> tuple[bool, date, int, str, str, str]:
    dag = översyn.dag or date.max
    place = _ORDER.index(översyn.vad)
    ting = översyn.ting
    return (not översyn.försenad, dag, place, ting.slag, ting.id, översyn.roll or "")


def _from_rules(plan: Plan, today: date, last: date) -> Iterator[Översyn]:
    """Yield what the rules would find the day after `last` and nobody has accepted today."""
    later = Context(last + timedelta(1), platser=False)
    problems: list[Problem] = []
    touched = {one.ting.nyckel: one for one in att_granska(plan)}
    for rule in _RULES:
        problems += rule.check(plan, later)
    for problem in not_accepted(plan, Context(today, found=tuple(problems))):
        assert problem.thing is not None, "each of these rules names its thing"
        slag, id = problem.thing
        if problem.rule == behover_ses_over.ID:
            yield from _touched(plan, touched[slag, id])
        else:
            yield _made(plan, getattr(plan, SAMLINGAR[slag])[id], today)


def _touched(plan: Plan, granskas: Granskas) -> Iterator[Översyn]:
    """Yield one for each role that answers; nobody has said by when."""
    changed = tuple(one.länk.upp for one in granskas.länkar)
    for roll in granskas_av(plan, granskas.ting) or (None,):
        yield Översyn("granskning", granskas.ting, None, roll, False, ändrat=changed)


def _made(plan: Plan, ting: Ting, today: date) -> Översyn:
    match ting:
        case Rutin(ses_över_senast=date() as dag):
            return Översyn("rutin", ting, dag, _role(plan, ting.ägare), dag < today)
        case Författning() | Lagrum():
            checked = ting.kontrollerad if isinstance(ting.kontrollerad, date) else None
            until = ett_år_senare(checked) if checked else None
            late = until is not None and until < today
            return Översyn("lag", ting, until, None, late, senast=checked)
        case Tillgänglighet(bedöms_senast=dag, bedömd=done):
            return Översyn("redogörelse", ting, dag, None, dag < today, senast=done)
        case Indikator(orsak=orsak, analys=analys, åtgärd=åtgärd):
            said = {"orsak": orsak, "analys": analys, "åtgärd": åtgärd}
            saknas = tuple(name for name, text in said.items() if not text)
            return Översyn("analys", ting, None, None, False, saknas=saknas)
    raise ValueError(ting.nyckel)


def _exceptions(plan: Plan, today: date, last: date) -> Iterator[Översyn]:
    for undantag in plan.undantag.values():
        if undantag.gäller_till <= last:
            yield _exception(plan, undantag, today)


def _exception(plan: Plan, undantag: Undantag, today: date) -> Översyn:
    dag = undantag.gäller_till
    return Översyn("undantag", undantag, dag, _role(plan, undantag.godtaget_av), dag < today)


def _role(plan: Plan, id: str) -> str | None:
    return id if id != EJ_ANGIVET and id in plan.roller else None
