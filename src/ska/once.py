"""What follows from a plan, worked out once for each plan: several rules and pages ask the same."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from ska.model import Plan

T = TypeVar("T")


def once_a_plan(function: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """Keep what `function` gave for as long as the plan lives. A plan is changed by nobody."""
    kept: dict[int, T] = {}

    @wraps(function)
    def asked(plan: Plan) -> T:
        key = id(plan)
        if key not in kept:
            kept[key] = function(plan)
            weakref.finalize(plan, kept.pop, key, None)
        return kept[key]

    return asked
