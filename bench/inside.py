"""What is worked out of a plan once it is loaded, measured in this process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace

from bench.figures import Figure
from bench.generator import TODAY, generate
from bench.ground import Ground
from bench.timing import Cost, Spread, by_turns, spread
from ska import check as checks
from ska.changes.report import report
from ska.context import Context
from ska.derived.tackning import täckning
from ska.derived.tackning_vyer import per_enhet, per_roll
from ska.files.tree import Tree, read_tree
from ska.lankar.avtryck import att_granska, lägen
from ska.lankar.granska import Blick, nya
from ska.model import Plan
from ska.reading.schema import bodies_of, forms_of
from ska.reading.schema import load as load_schemas
from ska.render.calendars.calendar import feeds
from ska.render.calendars.ics import forget_events


def rules(ground: Ground) -> list[Figure]:
    """All rules."""
    folder = ground.home / "rules"
    generate(folder, routines=1000, activities=300, indicators=500)
    tree = read_tree(folder)
    kinds = load_schemas(tree.schemas)
    context = Context(TODAY, schemas=bodies_of(kinds))

    def make_ready() -> Callable[[], object]:
        plan = checks.load(tree, kinds).plan  # anew: a file's texts are searched once
        assert plan is not None
        return lambda: [list(rule.check(plan, context)) for rule in checks.RULES]

    seconds = _seconds(ground, "reglerna på en stor plan", make_ready)
    what = "alla regler: 1 000 rutiner, 300 aktiviteter, 500 indikatorer"
    return [Figure(what, "s", seconds, 0.5, ground.sizes.checks)]


def changes(ground: Ground) -> list[Figure]:
    """The whole change report, one routine in ten changed."""
    folder = ground.home / "changes"
    generate(folder, routines=2800)
    tree = read_tree(folder)
    edited = {
        path: raw.replace(b"syfte: ", "syfte: Så här från och med nu. ".encode(), 1)
        for path, raw in sorted(tree.plan.items())[::10]
        if "/rutiner/" in path
    }
    kinds = load_schemas(tree.schemas)
    forms = forms_of(kinds)
    old = _loaded(tree)
    new = _loaded(replace(tree, plan={**tree.plan, **edited}))

    def work() -> None:
        report(replace(old), replace(new), forms)

    seconds = _seconds(ground, "ändringsrapporten för två stora planer", lambda: work)
    count = round(sum(1 for _ in old.ting()), -2)
    what = f"ska diff: två planer med {count} saker, {len(edited)} ändrade"
    return [Figure(what, "s", seconds, 1.0, ground.sizes.checks)]


def coverage(ground: Ground) -> list[Figure]:
    """Coverage: each requirement, each unit, each role."""
    folder = ground.home / "coverage"
    generate(folder, routines=5000, krav=400)
    loaded = _loaded(read_tree(folder))

    def work() -> None:
        plan = replace(loaded)
        found = täckning(plan, TODAY)
        per_enhet(plan, found)
        per_roll(found)

    seconds = _seconds(ground, "täckningen i en stor plan", lambda: work)
    what = "täckning: 5 000 rutiner och 400 krav"
    return [Figure(what, "s", seconds, 0.5, ground.sizes.checks)]


def links(ground: Ground) -> list[Figure]:
    """All links: what each rests on, and what has changed since somebody looked at it."""
    folder = ground.home / "links"
    generate(folder, routines=5000, krav=400)
    tree = read_tree(folder)
    plan = _loaded(tree)
    memory = nya(plan, Blick(next(iter(plan.roller)), TODAY, "ny")).files
    seen = _loaded(replace(tree, plan={**tree.plan, **memory}))

    def work() -> None:
        assert not att_granska(replace(seen))

    number = round(len(lägen(seen)), -2)
    seconds = _seconds(ground, "länkarna i en stor plan", lambda: work)
    what = f"länkar: 5 000 rutiner och 400 krav, {number} länkar"
    return [Figure(what, "s", seconds, 0.5, ground.sizes.checks)]


def calendars(ground: Ground) -> list[Figure]:
    """Every calendar of a large year, made and written."""
    folder = ground.home / "calendars"
    generate(folder, routines=700, activities=60)
    plan = checks.check(read_tree(folder), TODAY).plan
    assert plan is not None
    roles = len(plan.roller)

    def make_ready() -> Callable[[], object]:
        forget_events()  # else the second run finds the first one's
        return lambda: [feed.fil() for feed in feeds(plan, {})]

    seconds = _seconds(ground, "kalendrarna för ett stort år", make_ready)
    what = f"alla kalendrar: 60 aktiviteter, {roles} roller, 700 rutiner"
    return [Figure(what, "s", seconds, 0.5, ground.sizes.checks)]


def _loaded(tree: Tree) -> Plan:
    """Load a plan. What is worked out once of it isn't found again by a copy (`replace`) of it."""
    plan = checks.load(tree, load_schemas(tree.schemas)).plan
    assert plan is not None
    return plan


def _seconds(ground: Ground, what: str, make_ready: Callable[[], Callable[[], object]]) -> Spread:
    """Seconds of processor that the work takes, each time on what is made ready for it."""

    def run() -> Cost:
        work = make_ready()
        gc.freeze()  # as the command does
        began = time.process_time()
        work()
        return Cost(0, time.process_time() - began, 0)

    ground.runner.say(what)
    (costs,) = by_turns(ground.sizes.checks, run)
    gc.unfreeze()
    return spread([cost.cpu for cost in costs])
