"""What a rule may know besides the plan itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ska.codeowners import Ägarlista
from ska.model import Plan
from ska.problems import Location, Problem
from ska.ting import Del


@dataclass(frozen=True, slots=True)
class Context:
    """The day that counts as today, earlier editions (newest first), and what was found so far.

    The caller reads the clock and the history, a rule never does. `found` is empty but for the
    rules about exceptions, which run last. `schemas` are their bodies, by name: what a decision
    covers stands there. `filer` are the paths below plan/, and `ägarlista` says who approves what
    in them, where there is such a list.
    """

    today: date
    earlier: tuple[Plan, ...] = ()
    found: tuple[Problem, ...] = ()
    schemas: Mapping[str, Any] = field(default_factory=dict)
    filer: tuple[str, ...] = ()
    ägarlista: Ägarlista | None = None
    #: The rules that an exception may name, and those of them whose findings come with time alone.
    regler: frozenset[str] = frozenset()
    tidsregler: frozenset[str] = frozenset()
    #: Whether who asks wants to know where in a file something stands, which costs a reading of it.
    platser: bool = True

    def plats(self, part: Del, *path: str | int) -> Location:
        """Locate a field of a part; the file alone where that is enough."""
        return part.where(*path) if self.platser else Location(part.spår.document.file)
