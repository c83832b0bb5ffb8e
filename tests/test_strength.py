"""How the strength of the tests is measured: mutants in place, and the tests that reach them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.strength import Mutant, interval, put_in_place, reached, statement
from ska.problems import nearest
from ska.reading.yaml_source import read
from ska.rules import id_inte_filnamn, oanvand
from tests.helpers import TESTS

ROOT = TESTS.parent


def mutant(file: str, before: str, after: str) -> Mutant:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert before in source
    line = source[: source.index(before)].count("\n") + 1
    return Mutant(file, line, line, before, after, source.replace(before, after, 1))


def in_fork(run: Callable[[], object]) -> object:
    """Run where nothing is left of it afterwards."""
    from_child, to_parent = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(to_parent, repr(run()).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(to_parent)
    with os.fdopen(from_child, encoding="utf-8") as answer:
        return answer.read()


@pytest.mark.no_cover  # the fork would leave half a measurement behind
def test_a_mutant_takes_the_place_of_what_others_have_imported() -> None:
    file = "src/ska/problems.py"
    body = (ROOT / file).read_text(encoding="utf-8")
    start = body.index("def nearest(")
    before = body[body.index("    ", body.index('"""', body.index('"""', start) + 3)) :]
    first = before.strip().splitlines()[0]
    changed = mutant(file, first, f"return 'mutanten'\n    {first}")

    def run() -> object:
        put_in_place(changed)
        return nearest("a", ["b"])

    assert in_fork(run) == "'mutanten'"
    assert nearest("a", ["b"]) != "mutanten"


@pytest.mark.no_cover
def test_a_mutant_changes_nothing_but_its_own_module() -> None:
    changed = mutant("src/ska/rules/oanvand.py", "def check(", "def check(nothing=0, *, a=1, b=2, ")

    def run() -> object:
        sound = read("plan/x.yml", b"a: b\n")
        put_in_place(changed)
        unchanged = id_inte_filnamn.check.__code__.co_varnames[0]
        return oanvand.check.__code__.co_varnames[0], unchanged, sound == sound

    assert in_fork(run) == "('nothing', 'plan', True)"


SOURCE = """\
def one(a):
    if a and \\
            b:
        first(
            a,
        )
        second()
    return a
"""


@pytest.mark.parametrize(
    ("lines", "around"),
    [((2, 2), (2, 3)), ((3, 3), (2, 3)), ((5, 5), (4, 6)), ((7, 7), (7, 7)), ((2, 7), (2, 7)),
     ((1, 1), (1, 1)), ((8, 8), (8, 8))],
)  # fmt: skip
def test_the_smallest_statement_around_some_lines(
    lines: tuple[int, int], around: tuple[int, int]
) -> None:
    assert statement(SOURCE, *lines) == around


def test_the_tests_that_reach_a_mutant_are_those_that_ran_its_statement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr("bench.strength.PROJECT", tmp_path)
    reach = {"x.py": {4: frozenset({"a", ""}), 6: frozenset({"b"}), 7: frozenset({"c"})}}
    assert reached(reach, Mutant("x.py", 5, 5, "a", "b", "")) == {"a", "b"}
    assert reached(reach, Mutant("x.py", 8, 8, "a", "b", "")) == set()


def test_the_interval_is_wilson_s() -> None:
    low, high = interval(270, 300)
    assert (round(low, 3), round(high, 3)) == (0.861, 0.929)
    assert interval(300, 300)[1] == pytest.approx(1)
    assert interval(0, 10)[0] == pytest.approx(0)
