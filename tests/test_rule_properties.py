"""What holds of all rules whatever the plan: order, notes, damaged files, no writing, growth."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ska.check import check
from ska.context import Context
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.problems import Problem
from ska.rules import RULES, RULES_ON_EXCEPTIONS, Rule
from tests.mutations import edit, sites
from tests.mutations.damage import Mutant, mutants
from tests.mutations.families import FAMILIES
from tests.mutations.sites import Site
from tests.mutations.test_mutations import MODULES

# Tracing would take twice the time, and shows no line that the rules' own cases don't.
pytestmark = pytest.mark.no_cover

FULL = sites.SITES[1]
UNREAD = ("Läsning", "Form")  # damage that stops a file before the rules see it


@pytest.fixture(scope="module", autouse=True)
def _remembering() -> Iterator[None]:
    with sites.remembering():
        yield


@cache
def made(family: str) -> tuple[Mutant, ...]:
    return tuple(mutants(family, (FULL,)))


def damaged() -> st.SearchStrategy[Mutant]:
    """Choose one of the mutants of the invented plan that only a rule can find."""
    assert MODULES
    families = [family for family in FAMILIES if family not in UNREAD and made(family)]
    return st.sampled_from(families).flatmap(lambda family: st.sampled_from(made(family)))


def facts(problems: tuple[Problem, ...]) -> set[object]:
    """Return what each problem says, without the lines, which move when fields do."""
    return {
        (p.rule, p.severity, p.location.file, p.message, p.hint, p.thing, others(p))
        for p in problems
    }


def others(problem: Problem) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((r.location.file, r.text) for r in problem.related))


# --- Order ---------------------------------------------------------------------------------


def shuffled(raw: bytes, random: Random) -> bytes:
    """Return the file with the fields of each mapping in another order."""

    def turn(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            random.shuffle(node.value)
            for _, value in node.value:
                turn(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                turn(item)

    return edit.rewritten(raw, [turn])


@settings(max_examples=15)
@given(damaged(), st.randoms(use_true_random=True))
def test_the_order_of_files_and_fields_does_not_matter(mutant: Mutant, random: Random) -> None:
    files = {**FULL.tree.plan, **FULL.damaged(mutant.damage.changes)}
    plan = {path: raw for path, raw in files.items() if raw is not None}
    paths = random.sample(list(plan), len(plan))
    turned = {path: shuffled(plan[path], random) for path in paths}
    before = check(Tree(plan, FULL.tree.schemas), FULL.today, FULL.earlier)
    after = check(Tree(turned, FULL.tree.schemas), FULL.today, FULL.earlier)
    assert before.problems
    assert facts(after.problems) == facts(before.problems)


# --- Notes ---------------------------------------------------------------------------------

WORDS = ("vi", "ser", "över", "det", "här", "nästa", "år", "tillsammans", "med", "enheten")


@cache
def noted(site: Site) -> list[Any]:
    """Return the things that may have a note."""
    return [thing for thing in site.plan.ting() if hasattr(thing, "anmärkning")]


@pytest.mark.parametrize("site", sites.SITES, ids=lambda site: site.name)
@settings(max_examples=40)
@given(st.integers(0, 1000), st.lists(st.sampled_from(WORDS), min_size=1, max_size=20))
def test_a_clean_plan_stays_clean_when_a_note_is_added(
    site: Site, number: int, words: list[str]
) -> None:
    thing = noted(site)[number % len(noted(site))]
    note = " ".join(words).capitalize() + "."
    path = (*thing.spår.path, "anmärkning")
    files = site.damaged({thing.spår.document.file: [edit.put(path, note)]})
    assert site.undamaged == ()
    assert site.checked(files).problems == ()


# --- Damaged files and writing -------------------------------------------------------------


@pytest.mark.parametrize("site", sites.SITES, ids=lambda site: site.name)
@settings(max_examples=40)
@given(st.data())
def test_files_that_fail_never_stop_the_check(site: Site, data: st.DataObject) -> None:
    paths = data.draw(st.sets(st.sampled_from(sorted(site.tree.plan)), min_size=1))
    broken: sites.Files = dict.fromkeys(paths, b"id: [\n")
    outcome = site.checked(broken)
    assert {p.location.file for p in outcome.problems if p.rule == "inte-yaml"} == paths
    gone = site.checked(dict.fromkeys(paths))
    assert gone.files == len(site.tree.plan) - len(paths)


WATCHED: list[tuple[str, object]] = []
watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note what Python does to files, while `watching`. An audit hook can't be taken away."""
    changing = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.utime",
                "os.link", "os.symlink", "os.truncate", "shutil.", "subprocess.Popen")  # fmt: skip
    if not watching:
        return
    opened = event == "open" and isinstance(arguments[2], int)
    if event.startswith(changing) or (opened and arguments[2] & 0o3):  # O_WRONLY, O_RDWR
        WATCHED.append((event, arguments[0]))


sys.addaudithook(_watch)


def test_check_never_writes(tmp_path: Path) -> None:
    global watching
    few = [mutant for family in FAMILIES for mutant in made(family)[:2]]
    for number, mutant in enumerate(few):
        files = {**FULL.tree.plan, **FULL.damaged(mutant.damage.changes)}
        folder = tmp_path / str(number)
        for path, raw in files.items():
            if raw is not None:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(raw)
        watching = True
        try:
            check(read_tree(folder), FULL.today, FULL.earlier)
        finally:
            watching = False
    assert WATCHED == []
    (tmp_path / "prov").touch()  # outside the watch, so that it is seen to be one
    watching = True
    try:
        (tmp_path / "prov").write_text("")
    finally:
        watching = False
    assert len(WATCHED) == 1
    WATCHED.clear()


# --- Growth --------------------------------------------------------------------------------


def grown(site: Site, times: int) -> Tree:
    """Return the plan so many times over: each copy has ids of its own and refers to its own."""
    puts: dict[str, list[edit.Path]] = {path: [] for path in site.tree.plan}
    once = ("plan", "årshjul", "utgåva")
    for thing in site.plan.ting():
        if thing.slag not in once:
            puts[thing.spår.document.file].append((*thing.spår.path, "id"))
    for mention in site.plan.hänvisningar:
        if mention.till.slag not in once:
            puts[mention.från.spår.document.file].append(mention.väg)
    plan = dict(site.tree.plan)
    for path, raw in site.tree.plan.items():
        root = yaml.compose(raw.decode(), Loader=yaml.CSafeLoader)
        whole = deepcopy(root)
        for number in range(1, times):
            copy = deepcopy(root)
            for place in puts[path]:
                edit.put(place, f"{edit.at(root, place).value}-kopia{number}")(copy)
            if path.count("/") == 2:
                plan[path.replace(".yml", f"-kopia{number}.yml")] = _written(copy)
            else:
                _join(whole, copy, once)
        plan[path] = _written(whole)
    return Tree(plan, site.tree.schemas)


def _join(whole: yaml.MappingNode, copy: yaml.MappingNode, once: tuple[str, ...]) -> None:
    """Let the lists of things go on with those of the copy."""
    more = {key.value: value for key, value in copy.value}
    for key, value in whole.value:
        listed = isinstance(value, yaml.SequenceNode) and key.value not in (
            "källor",
            "sammanträden",
        )
        things = listed and isinstance(value.value[0], yaml.MappingNode)
        if (things or (key.value == "källor" and "id" not in more)) and key.value != "utgåvor":
            value.value += more[key.value].value


def _written(root: yaml.Node) -> bytes:
    text: bytes = yaml.serialize(root, Dumper=yaml.CSafeDumper, encoding="utf-8",
                                 allow_unicode=True)  # fmt: skip
    return text


def steps(work: Callable[[], object]) -> int:
    """Count the lines of Python that the work goes through."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    outer = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(outer)
    return count


@pytest.fixture(scope="module")
def sizes() -> tuple[Context, Context]:
    contexts = []
    for times in (3, 6):
        outcome = check(grown(FULL, times), FULL.today)
        assert outcome.plan is not None, outcome.problems[:3]
        assert len(outcome.plan.rutiner) == times * len(FULL.plan.rutiner)
        contexts.append((outcome.plan, Context(FULL.today, (outcome.plan,), outcome.problems)))
    return tuple(contexts)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "rule", [*RULES, *RULES_ON_EXCEPTIONS], ids=lambda rule: rule.__name__.rsplit(".", 1)[-1]
)
def test_twice_the_plan_is_twice_the_work(rule: Rule, sizes: Any) -> None:
    # A copy of each plan: what follows from one may have been worked out already.
    copies = [(replace(plan), context) for plan, context in sizes]
    small, large = (steps(lambda p=plan, c=context: list(rule.check(p, c)))
                    for plan, context in copies)  # fmt: skip
    assert large <= 2.4 * small + 200


def test_the_measure_sees_what_grows_faster(sizes: Any) -> None:
    def pairs(plan: Plan) -> int:
        return sum(a is b for a in plan.rutiner for b in plan.rutiner)

    small, large = (steps(lambda p=plan: pairs(p)) for plan, _ in sizes)
    assert large > 2.4 * small + 200
