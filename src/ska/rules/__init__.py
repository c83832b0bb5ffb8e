"""The rules: one defect a module, named in `RULES`. A rule's docstring is its manual page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem
from ska.rules import dubbelt_id, id_inte_filnamn, oanvand, okand_hanvisning


class Rule(Protocol):
    """What a rule's module holds."""

    ID: str
    ALONG_RELATIONS: bool  # waits until every file is accepted
    __doc__: str | None

    def check(self, plan: Plan, context: Context) -> Iterator[Problem]:
        """Yield each place where the plan has the defect."""


#: Rules on exceptions run last: they look at what the others found.
RULES_ON_EXCEPTIONS: tuple[Rule, ...] = ()

RULES: tuple[Rule, ...] = (dubbelt_id, id_inte_filnamn, okand_hanvisning, oanvand)
