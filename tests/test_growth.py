"""The work of lists and of who is where grows as the plan does: counted calls, no seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from bench.generator import TODAY, generate
from ska.check import load
from ska.derived import arbetsar
from ska.derived.ansvar import enheter
from ska.files import read_tree
from ska.memory import cache
from ska.model import Plan
from ska.reading import schema
from ska.render import listor, tree
from ska.render.gemensamt import Settings, Site
from ska.render.where import Where
from ska.site.building import build
from tests.building import EPOCH

# What is large here is there to be large; the smaller plans show every line.
pytestmark = pytest.mark.no_cover


def plan_of(folder: Path, routines: int, surroundings: int | None = None) -> Plan:
    generate(folder, routines=routines, surroundings=surroundings)
    files = read_tree(folder)
    plan = load(files, schema.load(files.schemas)).plan
    assert plan is not None
    return plan


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the calls of functions that are made inside."""
    count = [0]

    def profile(frame: FrameType, event: str, arg: object) -> None:
        count[0] += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        yield count
    finally:
        sys.setprofile(None)


def calls(work: Callable[[], object]) -> int:
    with counted() as count:
        work()
    return count[0]


def test_a_page_costs_the_same_in_a_large_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What any site costs is taken off first. MkDocs itself looks through all pages for each."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv(cache.SETTING, "")
    found = []
    for routines in (2, 2, 40, 160):  # the first time compiles templates
        plan = tmp_path / str(routines)
        generate(plan, routines=routines, surroundings=160)
        work = calls(lambda plan=plan: build(plan, plan / "site"))  # type: ignore[misc]
        found.append((work, sum(1 for _ in (plan / "site").rglob("*.html"))))
    _, (base, fewest), (few, some), (many, most) = found
    assert (many - base) / (most - fewest) < (few - base) / (some - fewest)


def test_a_list_and_the_file_of_its_rows_grow_with_the_rows(tmp_path: Path) -> None:
    """Neither the choices that narrow it nor its columns are worked out anew for each page."""
    found = []
    for routines in (200, 800):
        plan = plan_of(tmp_path / str(routines), routines, surroundings=200)
        listed = Site(plan, Settings(TODAY)).listor["rutiner/"]

        def work(listed: listor.Listsida = listed) -> None:
            listor.rows_file(listed)
            for page in listor.pages(listed):
                assert page.marked

        work()  # templates are compiled by the first who asks
        again = Site(plan, Settings(TODAY)).listor["rutiner/"]
        found.append(calls(lambda work=work, again=again: work(again)))  # type: ignore[misc]
    assert found[1] / found[0] < 4 * 1.1


def test_where_things_are_is_found_without_asking_each_unit(tmp_path: Path) -> None:
    """Four times as many routines, roles and units are four times the work, not sixteen."""
    found = []
    for size in (100, 400):
        plan = plan_of(tmp_path / str(size), size)

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
    plan = plan_of(tmp_path, 150)
    files = read_tree(tmp_path)
    bodies = {name: kind.body for name, kind in schema.load(files.schemas).items()}
    made = []
    real = listor._text
    monkeypatch.setattr(listor, "_text", lambda *told: (made.append(told[0].at), real(*told))[1])
    pages = tree.site_pages(Site(plan, Settings(TODAY)), bodies)
    assert made == []
    assert "data-rad=" in pages["listor/rutiner/2.md"].body
    assert made == ["rutiner/"]
