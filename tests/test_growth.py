"""Work grows as the plan does, and stays small beside others': counted calls, no seconds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from yamllint import linter
from yamllint.config import YamlLintConfig

from bench.beside import LINT, one_schema
from bench.generator import TODAY, generate
from ska.changes.report import report
from ska.check import RULES, Memory, check, load
from ska.context import Context
from ska.derived import arbetsar
from ska.derived.ansvar import enheter
from ska.files.tree import Tree, read_tree
from ska.lankar.avtryck import att_granska
from ska.lankar.granska import Blick, nya
from ska.memory import cache
from ska.memory.shelf import Shelf
from ska.model import Plan
from ska.reading import schema
from ska.reading.schema import bodies_of, forms_of
from ska.render import tree
from ska.render.calendars.calendar import feeds
from ska.render.calendars.ics import forget_events
from ska.render.gemensamt import Settings, Site
from ska.render.lists import listor
from ska.render.lists.alla_listor import listsidor
from ska.render.wheels.wheel import draw
from ska.render.where import Where
from tests.counting import calls, plan_of
from tests.test_wheel import made as activities

# What is large here is there to be large; the smaller plans show every line.
pytestmark = pytest.mark.no_cover


def loaded(files: Tree) -> Plan:
    plan = load(files, schema.load(files.schemas)).plan
    assert plan is not None
    return plan


def growth(work: Callable[[int], Callable[[], object]], small: int = 60) -> float:
    """Tell how many times as much it is to do with a plan that is four times as large."""
    few, many = (calls(work(size)) for size in (small, 4 * small))
    return many / few


# The check


def test_a_file_is_checked_with_a_fraction_of_the_work_of_others(tmp_path: Path) -> None:
    """A routine more costs the same in a large plan, and little of what two others take.

    yamllint reads it and looks at its layout; what check-jsonschema does beyond reading is to ask
    jsonschema. Neither reads with more calls than it must: its reading isn't counted.
    """
    found = []
    for routines in (50, 50, 100, 200):  # the first time compiles patterns
        folder = tmp_path / str(routines)
        generate(folder, routines=routines, surroundings=200)
        files = read_tree(folder)
        kinds = schema.load(files.schemas)
        found.append(calls(lambda files=files, kinds=kinds: check(files, TODAY, kinds=kinds)))  # type: ignore[misc]
    _, base, few, many = found
    each = (many - few) / 100
    assert each < 1.05 * (few - base) / 50
    paths = sorted((tmp_path / "50/plan/rutiner").iterdir())
    config = YamlLintConfig(LINT)
    linted = calls(lambda: [list(linter.run(path.read_bytes(), config)) for path in paths])
    whole = one_schema(tmp_path / "50/schemas", "rutin", tmp_path / "rutin.json")
    judge = Draft202012Validator(json.loads(whole.read_text("utf-8")))
    docs = [yaml.safe_load(path.read_text("utf-8")) for path in paths]
    judged = calls(lambda: [list(judge.iter_errors(doc)) for doc in docs])
    assert each < 0.12 * (linted + judged) / len(paths)


def test_after_one_edit_the_check_is_a_fraction_of_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "minne"))
    generate(tmp_path, routines=200)

    def again() -> None:
        files = read_tree(tmp_path)
        memory: Memory = {}
        shelf = Shelf.of(tmp_path, files)
        assert shelf is not None
        shelf.fetch(files, memory)
        check(files, TODAY, kinds=schema.load(files.schemas), memory=memory)
        shelf.put(memory)

    def without() -> None:
        files = read_tree(tmp_path)
        check(files, TODAY, kinds=schema.load(files.schemas))

    again()
    edited = min((tmp_path / "plan/rutiner").iterdir())
    edited.write_bytes(edited.read_bytes().replace(b"syfte: ", b"syfte: Nu. ", 1))
    assert calls(again) < 0.2 * calls(without)


def test_the_rules_grow_with_the_plan(tmp_path: Path) -> None:
    def work(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        generate(folder, routines=size, activities=size // 3, indicators=size // 2)
        files = read_tree(folder)
        context = Context(TODAY, schemas=bodies_of(schema.load(files.schemas)))
        plan = loaded(files)
        return lambda: [list(rule.check(plan, context)) for rule in RULES]

    assert growth(work) < 4


# What is worked out of a plan


def test_the_difference_of_two_plans_grows_with_them(tmp_path: Path) -> None:
    def work(size: int) -> Callable[[], object]:
        generate(tmp_path / str(size), routines=size)
        files = read_tree(tmp_path / str(size))
        routines = [path for path in sorted(files.plan) if "/rutiner/" in path]
        edited = {
            path: files.plan[path].replace(b"syfte: ", b"syfte: Nu. ", 1) for path in routines[::10]
        }
        forms = forms_of(schema.load(files.schemas))
        old, new = loaded(files), loaded(replace(files, plan={**files.plan, **edited}))
        return lambda: report(old, new, forms)

    assert growth(work) < 4


def test_links_that_remember_grow_with_the_plan(tmp_path: Path) -> None:
    def work(size: int) -> Callable[[], object]:
        generate(tmp_path / str(size), routines=size, krav=size // 4)
        files = read_tree(tmp_path / str(size))
        plan = loaded(files)
        memory = nya(plan, Blick(next(iter(plan.roller)), TODAY, "ny")).files
        seen = loaded(replace(files, plan={**files.plan, **memory}))
        return lambda: att_granska(seen)

    assert growth(work) < 4


def test_the_calendars_grow_with_the_plan(tmp_path: Path) -> None:
    """Of four times as many routines, and three times as many activities and twice the roles."""

    def work(size: int) -> Callable[[], object]:
        plan = plan_of(tmp_path / str(size), routines=size)
        forget_events()
        return lambda: [feed.fil() for feed in feeds(plan, {})]

    assert growth(work) < 3.3


def test_an_event_is_written_once_for_all_calendars(tmp_path: Path) -> None:
    """The board's calendar and that of all reviews hold them all."""
    board, *others, reviews = feeds(plan_of(tmp_path, routines=60), {})
    forget_events()
    written = calls(lambda: [board.fil(), reviews.fil()])
    assert len(others) > 10
    assert calls(lambda: [feed.fil() for feed in others]) < 0.2 * written


def test_a_wheel_grows_less_than_with_the_square_of_its_activities() -> None:
    """A number looks for room among those of the same months."""
    assert growth(lambda count: lambda: draw(activities(count, 0)), small=15) < 8.8


# Pages


def test_a_list_and_the_file_of_its_rows_grow_with_the_rows(tmp_path: Path) -> None:
    """Neither the choices that narrow it nor its columns are worked out anew for each page."""
    found = []
    for routines in (200, 800):
        plan = plan_of(tmp_path / str(routines), routines=routines, surroundings=200)
        listed = listsidor(Site(plan, Settings(TODAY)))["rutiner/"]

        def work(listed: listor.Listsida = listed) -> None:
            listor.rows_file(listed)
            for page in listor.pages(listed):
                assert page.marked

        work()  # templates are compiled by the first who asks
        again = listsidor(Site(plan, Settings(TODAY)))["rutiner/"]
        found.append(calls(lambda work=work, again=again: work(again)))  # type: ignore[misc]
    assert found[1] / found[0] < 4 * 1.1


def test_where_things_are_is_found_without_asking_each_unit(tmp_path: Path) -> None:
    """Four times as many routines, roles and units are four times the work, not sixteen."""
    found = []
    for size in (100, 400):
        plan = plan_of(tmp_path / str(size), routines=size)

        def work(plan: Plan = plan) -> None:
            where = Where(plan)
            for ting in (*plan.rutiner.values(), *plan.metoder.values(), *plan.roller.values()):
                where(ting)
            for roll in plan.roller.values():
                enheter(plan, roll)
                arbetsar.urval(plan, roll)

        found.append(calls(work))
    assert found[1] / found[0] < 4 * 1.25


def test_to_list_the_pages_makes_none_of_the_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who edits waits for the page that is asked for, and for no other."""
    plan = plan_of(tmp_path, routines=150)
    files = read_tree(tmp_path)
    bodies = schema.bodies_of(schema.load(files.schemas))
    made = []
    real = listor._text
    monkeypatch.setattr(listor, "_text", lambda *told: (made.append(told[0].at), real(*told))[1])
    pages = tree.site_pages(Site(plan, Settings(TODAY)), bodies)
    assert made == []
    assert "data-rad=" in pages["listor/rutiner/2.md"].body
    assert made == ["rutiner/"]
