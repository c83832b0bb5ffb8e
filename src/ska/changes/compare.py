"""What differs between two plans, thing by thing on permanent ids. Facts only, no wording.

Order of files and keys, layout and comments are gone before this module sees a plan. A change
holds enough to be made again: `apply` turns the old plan's content into the new one's.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from ska.changes.parts import Step, pairs, restored, step_of
from ska.changes.weight import Klass, class_of_text, names_of
from ska.content import ENDA, LIGGER_I, Data, helt, saker, ägare
from ska.model import Plan
from ska.reading.forms import Form, Former
from ska.ting import Mål, Nyckel, Rutin, Ting

Väg = tuple[Step, ...]
#: Where a chapter stands in the document: a new number is a move.
_NUMMER: Final = "nummer"


class Sort(StrEnum):
    """What has happened to a thing, a field or a part."""

    TILLAGD = "tillagd"
    BORTTAGEN = "borttagen"
    ÄNDRAD = "ändrad"
    FLYTTAD = "flyttad"
    ERSATT = "ersatt"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `väg` leads from the thing to what differs, and is empty for a whole thing.

    A part of a list is named by its id, else by its place in the old list, counted from 0; one
    that comes or moves has its place in the new list in `plats`.
    """

    sort: Sort
    slag: str
    id: str
    titel: str
    klass: Klass
    väg: Väg = ()
    före: Data = None
    efter: Data = None
    plats: int | None = None
    ersatt_av: Nyckel | None = None

    @property
    def nyckel(self) -> Nyckel:
        """Kind and id of the thing."""
        return (self.slag, self.id)


#: Changes by the thing that they are of.
Saker = Mapping[Nyckel, list[Change]]


def compare(old: Plan, new: Plan, forms: Former) -> tuple[Change, ...]:
    """Return every difference between two plans, in the plan's order; none for equal plans."""
    before, after = dict(saker(old)), dict(saker(new))
    stood, stands = ägare(old), ägare(new)
    heirs = _heirs(old, new)
    names = names_of(old) | names_of(new)
    raised = _raised(new)
    found: list[Change] = []
    for key in {**after, **before}:
        was, now = before.get(key), after.get(key)
        owners = stood.get(key), stands.get(key)
        if was == now and owners[0] == owners[1]:
            continue
        thing = now or was
        assert thing is not None
        form = forms.av(thing.slag)
        data = [
            None if side is None else helt(side, form, owner)
            for side, owner in zip((was, now), owners, strict=True)
        ]
        if was is None or now is None:
            found.append(_whole(thing, data[0], data[1], form, heirs.get(key)))
            continue
        for change in _differences(data[0], data[1], _with_owner(form), (), names):
            found.append(_of(thing, change))
    return tuple(_sorted(_raise(change, raised) for change in found))


def _sorted(changes: Iterable[Change]) -> list[Change]:
    order = {kind: number for number, kind in enumerate(_ORDER)}
    return sorted(changes, key=lambda change: order.get(change.slag, len(order)))


def _of(thing: Ting, change: Change) -> Change:
    return replace(change, slag=thing.slag, id=thing.id, titel=thing.rubrik)


def _raised(plan: Plan) -> frozenset[Nyckel]:
    """Return what the proposer calls material. Nobody can call a material change editorial."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    reasons = edition.motiveringar if edition else ()
    return frozenset((r.sakslag, r.sak) for r in reasons if r.klass == "materiell")


def _raise(change: Change, raised: frozenset[Nyckel]) -> Change:
    return replace(change, klass=Klass.MATERIELL) if change.nyckel in raised else change


def _heirs(old: Plan, new: Plan) -> dict[Nyckel, Nyckel]:
    """Return what came instead of each thing that somebody has said it of."""
    found: dict[Nyckel, Nyckel] = {}
    for thing in (*old.rutiner.values(), *old.mål.values()):
        assert isinstance(thing, Rutin | Mål)
        if thing.ersatt_av:
            found[thing.nyckel] = (thing.slag, thing.ersatt_av)
    for past in new.upphörda.values():
        if past.ersatt_av:
            found[past.sakslag, past.sak] = (past.sakslag, past.ersatt_av)
    return found


def _whole(thing: Ting, was: Data, now: Data, form: Form, heir: Nyckel | None) -> Change:
    sort = Sort.TILLAGD if was is None else Sort.ERSATT if heir else Sort.BORTTAGEN
    klass = Klass.REDAKTIONELL if form.tyngd == "redaktionell" else Klass.MATERIELL
    heir = heir if sort is Sort.ERSATT else None
    return Change(sort, thing.slag, thing.id, thing.rubrik, klass, (), was, now, None, heir)


def _with_owner(form: Form) -> Form:
    return replace(form, fält={**form.fält, LIGGER_I: Form()})


def _differences(
    old: Data, new: Data, form: Form, väg: Väg, names: frozenset[str]
) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and not form.hel:
        for key in form.fält:
            yield from _differences(old.get(key), new.get(key), form.fält[key], (*väg, key), names)
    elif form.led is not None and form.led.fält and not form.hel and _are_lists(old, new):
        yield from _in_list(old or [], new or [], form.led, väg, names)
    else:
        yield _leaf(old, new, form, väg, names)


def _are_lists(old: Data, new: Data) -> bool:
    return all(side is None or isinstance(side, list) for side in (old, new))


def _leaf(old: Data, new: Data, form: Form, väg: Väg, names: frozenset[str]) -> Change:
    moved = väg[-1] in (LIGGER_I, _NUMMER) and len(väg) == 1 and None not in (old, new)
    sort = Sort.FLYTTAD if moved else Sort.ÄNDRAD
    klass = Klass.MATERIELL
    if form.tyngd == "redaktionell":
        klass = Klass.REDAKTIONELL
    elif form.tyngd == "text" and isinstance(old, str) and isinstance(new, str):
        klass = class_of_text(old, new, names)
    return Change(sort, "", "", "", klass, väg, old, new)


def _in_list(
    old: list[Data], new: list[Data], form: Form, väg: Väg, names: frozenset[str]
) -> Iterator[Change]:
    klass = Klass.REDAKTIONELL if form.tyngd == "redaktionell" else Klass.MATERIELL
    matched = pairs(old, new)
    for i, was in enumerate(old):
        at = (*väg, step_of(old, i))
        if i not in matched.across:
            yield Change(Sort.BORTTAGEN, "", "", "", klass, at, före=was)
            continue
        j = matched.across[i]
        yield from _differences(was, new[j], form, at, names)
        if i in matched.moved:
            yield Change(Sort.FLYTTAD, "", "", "", klass, at, före=i, efter=j, plats=j)
    taken = set(matched.across.values())
    for j, now in enumerate(new):
        if j not in taken:
            at = (*väg, step_of(new, j))
            yield Change(Sort.TILLAGD, "", "", "", klass, at, efter=now, plats=j)


def apply(
    content: Mapping[Nyckel, Mapping[str, Data]], changes: Iterable[Change]
) -> dict[Nyckel, dict[str, Data]]:
    """Make the changes on a plan's content (`content.contents`), which is left as it was.

    What no change is about is not copied.
    """
    made: dict[Nyckel, Any] = dict(content)
    inside: dict[Nyckel, list[Change]] = {}
    for change in changes:
        key = (change.slag, "") if change.slag in ENDA else change.nyckel
        if change.väg:
            inside.setdefault(key, []).append(change)
        elif change.sort is Sort.TILLAGD:
            made[key] = copy.deepcopy(change.efter)
        else:
            del made[key]
    for key, parts in inside.items():
        made[key] = copy.deepcopy(made[key])
        _make(made[key], parts)
    return made


def _make(data: dict[str, Data], changes: list[Change]) -> None:
    """Change the fields first, then the lists, innermost first: old places hold until then."""
    lists: dict[Väg, list[Change]] = {}
    for change in changes:
        if _is_of_list(change):
            lists.setdefault(change.väg[:-1], []).append(change)
            continue
        at = _at(data, change.väg[:-1])
        if change.efter is None:
            del at[change.väg[-1]]
        else:
            at[change.väg[-1]] = copy.deepcopy(change.efter)
    for väg in sorted(lists, key=len, reverse=True):
        holder, name = _at(data, väg[:-1]), väg[-1]
        gone = [c.väg[-1] for c in lists[väg] if c.sort is Sort.BORTTAGEN]
        moved = {c.väg[-1]: c.plats or 0 for c in lists[väg] if c.sort is Sort.FLYTTAD}
        come = {c.plats or 0: copy.deepcopy(c.efter) for c in lists[väg] if c.sort is Sort.TILLAGD}
        holder[name] = restored(holder.get(name, []), gone, moved, come)
        if not holder[name]:
            del holder[name]


def _is_of_list(change: Change) -> bool:
    """Tell whether a change is about which parts a list has, and where."""
    if change.sort is Sort.FLYTTAD:
        return change.plats is not None
    return change.sort in (Sort.TILLAGD, Sort.BORTTAGEN)


def _at(data: Any, väg: Väg) -> Any:
    for step in väg:
        data = data[step] if isinstance(data, dict) else data[_index(data, step)]
    return data


def _index(items: list[Data], step: Step) -> int:
    if isinstance(step, int):
        return step
    return next(i for i, item in enumerate(items) if item.get("id") == step)


#: Kinds in the order of a report: the plan as one reads it, then what it rests on.
_ORDER: Final = (
    "plan", "kapitel", "årshjul", "aktivitet", "delplan", "metod", "rutin", "målområde",
    "kommunmål", "mål", "indikator", "uppdrag", "internkontroll", "risk", "kontrollmoment",
    "avvikelser", "planering", "budget", "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet",
    "utförare", "roll", "författning", "lagrum", "krav", "begrepp", "utgåva", "upphört", "källa",
    "undantag", "tillgänglighet",
)  # fmt: skip
