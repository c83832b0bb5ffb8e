"""What the rules on links share: how what a thing rests on is named, and what to run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ska import words
from ska.lankar.avtryck import Länkläge
from ska.model import Plan
from ska.problems import Related
from ska.rules._hjalp import den
from ska.rules._lag import namn
from ska.ting import Författning, Lagrum, Ting

#: Names in one sentence before ”och tre till”.
_MEST: Final = 3


def kallas(plan: Plan, thing: Ting) -> str:
    """Name what is rested on; a provision by its act and paragraph."""
    if isinstance(thing, Författning | Lagrum):
        return den(thing, namn(plan, thing))
    return den(thing)


def uppräknade(plan: Plan, things: Sequence[Ting]) -> str:
    """List what is rested on."""
    names = [kallas(plan, thing) for thing in things]
    if len(names) > _MEST + 1:
        names = [*names[:_MEST], f"{words.tal(len(names) - _MEST)} till"]
    return words.uppräkning(names)


def platser(found: Sequence[Länkläge]) -> tuple[Related, ...]:
    """Locate what is rested on."""
    return tuple(Related(one.länk.upp.where(), "här står det som den vilar på") for one in found)


def kommando(thing: Ting, val: str) -> str:
    """Write out the command that remembers a look at a thing."""
    return f"ska granskad {thing.slag}/{thing.id} --roll ROLL --datum ÅÅÅÅ-MM-DD {val}".strip()
