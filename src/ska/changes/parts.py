"""Lists of parts, before and after: which part is which, and which has moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from ska.content import canonical

Step = str | int
#: What tells parts without an id apart, in the order tried: each alone, or all that there are.
_SIGNS: Final = (
    ("delplan",), ("verksamhet",), ("kolumn",), ("titel",), ("fråga",),
    ("typ", "period", "indelning", "grupp", "inom"), ("dokument", "avsnitt"), ("sakslag", "sak"),
    ("datum",),
)  # fmt: skip
#: Parts without any sign are compared word by word, up to this many pairs.
_MOST: Final = 2500
_ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Pairs:
    """Old place -> new place of each part that is in both lists, and the old places that moved."""

    across: Mapping[int, int]
    moved: frozenset[int]


def step_of(items: list[Any], index: int) -> Step:
    """Name a part: by its id where that is its own, else by its place."""
    id = items[index].get("id")
    alone = id is not None and sum(item.get("id") == id for item in items) == 1
    return str(id) if alone else index


def pairs(old: list[Any], new: list[Any]) -> Pairs:
    """Find which part of `new` each part of `old` has become."""
    across: dict[int, int] = {}
    if all("id" in item for item in (*old, *new)):
        _by_sign(old, new, across, ("id",))
    else:
        _equal(old, new, across)
        for sign in _SIGNS:
            _by_sign(old, new, across, sign)
        _alike(old, new, across)
    return Pairs(across, frozenset(_moved(across)))


def _left(items: list[Any], taken: Iterable[int]) -> list[int]:
    used = set(taken)
    return [index for index in range(len(items)) if index not in used]


def _equal(old: list[Any], new: list[Any], across: dict[int, int]) -> None:
    """Pair what is the same, first what also stands in the same order."""
    first, then = [canonical(item) for item in old], [canonical(item) for item in new]
    for block in SequenceMatcher(None, first, then, autojunk=False).get_matching_blocks():
        across.update(zip(range(block.a, block.a + block.size), range(block.b, len(new))))  # noqa: B905 - the first is the shorter one
    free: dict[str, list[int]] = {}
    for j in _left(new, across.values()):
        free.setdefault(then[j], []).append(j)
    for i in _left(old, across):
        if places := free.get(first[i]):
            across[i] = places.pop(0)


def _by_sign(old: list[Any], new: list[Any], across: dict[int, int], sign: tuple[str, ...]) -> None:
    """Pair what bears the same sign, where only one on each side bears it."""

    def signs(items: list[Any], taken: Iterable[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index in _left(items, taken):
            if sign[0] in items[index]:
                shown = canonical([items[index].get(name) for name in sign])
                found.setdefault(shown, []).append(index)
        return found

    there = signs(new, across.values())
    for shown, here in signs(old, across).items():
        if len(here) == len(there.get(shown, ())) == 1:
            across[here[0]] = there[shown][0]


def _alike(old: list[Any], new: list[Any], across: dict[int, int]) -> None:
    """Pair what shares most words, the most alike first."""
    here, there = _left(old, across), _left(new, across.values())
    if not here or len(here) * len(there) > _MOST:
        return
    words = {j: canonical(new[j]).split() for j in there}
    found = []
    for i in here:
        matcher = SequenceMatcher(None, b=canonical(old[i]).split(), autojunk=False)
        for j in there:
            matcher.set_seq1(words[j])
            if matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                found.append((-ratio, i, j))
    for _, i, j in sorted(found):
        if i not in across and j not in across.values():
            across[i] = j


def _moved(across: Mapping[int, int]) -> set[int]:
    """Return the old places outside the longest run that keeps its order: as few as can be."""
    ends: list[int] = []
    at: list[int] = []
    before: dict[int, int | None] = {}
    for i in sorted(across):
        place = bisect_left(ends, across[i])
        ends[place:] = [across[i]]
        before[i] = at[place - 1] if place else None
        at[place:] = [i]
    kept: set[int] = set()
    step: int | None = at[-1] if at else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return set(across) - kept


def restored(
    items: list[Any], gone: list[Step], moved: Mapping[Step, int], come: Mapping[int, Any]
) -> list[Any]:
    """Make the new list: what stays fills the places that nothing comes or moves to."""
    taken = dict(come)
    stay = []
    for index, item in enumerate(items):
        step = next((s for s in (index, item.get("id")) if s in moved or s in gone), None)
        if step is None:
            stay.append(item)
        elif step in moved:
            taken[moved[step]] = item
    rest = iter(stay)
    return [taken[j] if j in taken else next(rest) for j in range(len(stay) + len(taken))]
