"""What is worked out once: of a plan, as many rules and pages ask the same; of texts."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from ska import reads
from ska.model import Plan, Text

T = TypeVar("T")


def once_a_plan(function: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """Keep what `function` gave for as long as the plan lives. A plan is changed by nobody."""
    kept: dict[int, T] = {}
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(plan: Plan) -> T:
        key = id(plan)
        with reads.once(plan, name):
            if key not in kept:
                kept[key] = function(plan)
                weakref.finalize(plan, kept.pop, key, None)
        return kept[key]

    return asked


def texts_with(
    plan: Plan, sign: Callable[[str], object], among: Callable[[Text], bool] | None = None
) -> Iterator[Text]:
    """Yield each text in which `sign` finds something. Each file's texts are asked once.

    `sign` is a function of a module that looks at nothing but the words, and `among`, which says
    which texts are meant, at nothing but what the file holds: what they find in a file is kept
    for as long as that file is the same, also from one run to the next.
    """
    name = f"{sign.__module__}.{sign.__qualname__} {among.__qualname__ if among else ''}"
    for texts in plan.filers_texter:
        if (found := texts.funna.get(name)) is None:
            found = tuple(
                index
                for index, text in enumerate(texts.alla)
                if (among is None or among(text)) and sign(text.text)
            )
            texts.funna[name] = found
        for index in found:
            yield texts.alla[index]
