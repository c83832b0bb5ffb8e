"""What the board decides, as one number that minutes can name: the manifest.

SHA-256 over the decided content as canonical JSON, with the titles that a reader is shown of the
roles and units referred to. State, decision, sources and notes stand outside, and so do routines,
outcomes and registers. What the number covers never changes within a version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ska.changes.compare import Change, compare
from ska.content import ENDA, canonical, decided
from ska.model import SAMLINGAR, Hänvisning, Plan
from ska.reading.forms import Former
from ska.ting import Ting, Utgåva

#: Changes only if the same plan would get another number.
VERSION: Final = 1
#: Kinds whose titles the reader of a decided text sees.
_VISADE: Final = frozenset(
    {
        "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rad:
    """One decided thing, and the number of it alone."""

    slag: str
    id: str
    titel: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Summa:
    """The manifest, and what it was worked out from."""

    sha256: str
    rader: tuple[Rad, ...]
    titlar: tuple[tuple[str, str, str], ...]
    version: int = VERSION


def manifest(plan: Plan, forms: Former) -> Summa:
    """Work out the manifest of a plan, whatever its state."""
    things = sorted(_things(plan, forms), key=lambda thing: thing.nyckel)
    content: list[list[Any]] = [
        [thing.slag, thing.id, decided(thing, forms.av(thing.slag))] for thing in things
    ]
    titles = sorted({(t.slag, t.id, t.rubrik) for t in _shown(plan, things, forms)})
    whole = {"version": VERSION, "saker": content, "titlar": [list(title) for title in titles]}
    rows = tuple(
        Rad(thing.slag, thing.id, thing.rubrik, _sha(data))
        for thing, data in zip(things, content, strict=True)
    )
    return Summa(_sha(whole), rows, tuple(titles))


def _sha(data: Any) -> str:
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def _things(plan: Plan, forms: Former) -> Iterator[Ting]:
    for slag in forms.beslutade:
        yield from getattr(plan, SAMLINGAR[slag]).values()


def _shown(plan: Plan, things: list[Ting], forms: Former) -> Iterator[Ting]:
    for thing in things:
        for mention in plan.från.get(thing.nyckel, ()):
            if mention.till.slag in _VISADE and not _utanför(mention, forms):
                yield mention.till


def _utanför(mention: Hänvisning, forms: Former) -> bool:
    inside = mention.väg[len(mention.från.spår.path) :]
    form = forms.av(mention.från.slag)
    return any(form.vid(inside[:end]).utanför for end in range(1, len(inside) + 1))


def gällande_summa(edition: Utgåva) -> str:
    """Return the number that the content should have now: after the last recorded mending."""
    if edition.redaktionella:
        return edition.redaktionella[-1].sha256
    return edition.manifest.sha256 if edition.manifest else ""


def changed_since(decision: Plan, now: Plan, forms: Former) -> Iterator[Change]:
    """Yield what differs in decided content, shown titles among it."""
    shown = {
        t.nyckel
        for plan in (decision, now)
        for t in _shown(plan, list(_things(plan, forms)), forms)
    }
    for change in compare(decision, now, forms):
        form = forms.av(change.slag)
        if change.slag in forms.beslutade:
            outside = any(
                form.vid(change.väg[:end]).utanför for end in range(1, len(change.väg) + 1)
            )
            if not outside:
                yield change
        elif change.nyckel in shown and change.väg in (("titel",), ("namn",)):
            yield change


def sak_i(plan: Plan, change: Change) -> Ting | None:
    """Find the thing that a change is about, in one of the two plans."""
    things: dict[str, Ting] = getattr(plan, SAMLINGAR[change.slag])
    if change.slag in ENDA:
        return next(iter(things.values()), None)
    return things.get(change.id)


def beslutad_plan(plan: Plan, earlier: tuple[Plan, ...]) -> Plan | None:
    """Find the plan's own edition as it stood when the board had decided."""
    return next(
        (e for e in earlier if e.ram.utgåva == plan.ram.utgåva and e.ram.status == "beslutad"),
        None,
    )
