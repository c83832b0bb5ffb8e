"""What the check costs: to start, for each routine, and once more after one edit."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Final

from bench.figures import Figure
from bench.generator import PROJECT
from bench.ground import Ground
from bench.timing import Cost, by_turns, ratios, spread

_MINIMAL: Final = PROJECT / "tests/sites/minimal"


def start_up(ground: Ground) -> list[Figure]:
    """What it costs to start, with next to nothing to check."""

    def run() -> Cost:
        return ground.check("ska check, en minimal plan", _MINIMAL)

    run()  # compiles the modules
    (costs,) = by_turns(ground.sizes.starts, run)
    seconds = spread([cost.wall for cost in costs])
    processor = spread([cost.cpu for cost in costs])
    return [
        Figure("ska check: uppstart", "s", seconds, 0.3, len(costs)),
        Figure("ska check: uppstart, processortid", "s", processor, None, len(costs)),
    ]


def each_routine(ground: Ground) -> list[Figure]:
    """What a routine more costs. The surroundings are the same, so that it is what differs."""
    sizes = ground.sizes
    plans = {n: ground.plan(n, sizes.many) for n in (sizes.few, sizes.many)}

    def of(routines: int) -> Callable[[], Cost]:
        return lambda: ground.check(f"ska check, {routines} rutiner", plans[routines])

    few, many = by_turns(sizes.checks, of(sizes.few), of(sizes.many))
    more = sizes.many - sizes.few
    each = spread([(b.cpu - a.cpu) * 1000 / more for a, b in zip(few, many, strict=True)])
    return [Figure("ska check: per rutin på 2 kB", "ms", each, 1.5, len(few))]


def after_one_edit(ground: Ground) -> list[Figure]:
    """The whole command after one edit, with what the run before it kept, and without."""
    many, rounds = ground.sizes.many, ground.sizes.checks
    plan, kept = ground.plan(many), ground.home / "minne"
    routines = sorted((plan / "plan/rutiner").glob("*.yml"))
    edits = iter(routines[:: max(1, len(routines) // rounds)])
    what = f"ska check efter en ändring, {many} rutiner"

    def again() -> Cost:
        edited = next(edits)
        text = edited.read_bytes()
        edited.write_bytes(text.replace(b"syfte: ", "syfte: Så här. ".encode(), 1))
        cost = ground.check(what, plan, kept)
        edited.write_bytes(text)
        ground.check(what, plan, kept)  # so that the next edit too is one
        return cost

    def the_first_time() -> Cost:
        with tempfile.TemporaryDirectory(dir=ground.home) as empty:
            return ground.check(f"{what}: första gången", plan, empty)

    def without() -> Cost:
        return ground.check(f"{what}: utan minne", plan)

    ground.check(what, plan, kept)
    second, first, fresh = by_turns(rounds, again, the_first_time, without)
    beside = f"mot utan minne, {many} rutiner"
    return [
        Figure(f"ska check: efter en ändring {beside}", "×", ratios(second, fresh), 0.25, rounds),
        Figure(f"ska check: första gången {beside}", "×", ratios(first, fresh), None, rounds),
    ]
