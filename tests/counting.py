"""What work costs in calls of functions: the same number on any machine, however busy it is."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from pathlib import Path

from bench.generator import generate
from ska.check import load
from ska.files.tree import read_tree
from ska.model import Plan
from ska.reading import schema


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions that some work makes, of Python's own among them."""
    profile = Profile()
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def plan_of(folder: Path, **sizes: int) -> Plan:
    """Load a generated plan of such a size."""
    generate(folder, **sizes)
    files = read_tree(folder)
    plan = load(files, schema.load(files.schemas)).plan
    assert plan is not None
    return plan
