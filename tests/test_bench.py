"""The generator behind `make bench`: its plans are valid at any size, and always the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean, median

import pytest

from bench import hugo, mutations, prose
from bench.figures import Figure, page, table
from bench.generator import TODAY, generate, sizes, slug
from bench.timing import Cost, Runner, by_turns, spread
from ska import report
from ska.check import Outcome, check
from ska.files.tree import read_tree
from ska.site.building import build
from tests.mutations.damage import OPERATORS, Mutant, mutants
from tests.mutations.families import FAMILIES
from tests.mutations.sites import SITES

# What is large here is there to be large; the smaller plans show every line.
pytestmark = pytest.mark.no_cover


def checked(folder: Path) -> Outcome:
    return check(read_tree(folder), TODAY)


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.parametrize("indicators", [1, 7, 500])
def test_goals_are_valid_too(tmp_path: Path, indicators: int) -> None:
    generate(tmp_path, routines=1, indicators=indicators)
    outcome = checked(tmp_path)
    assert not outcome.problems, report.text(outcome)
    assert outcome.plan is not None
    assert len(outcome.plan.indikatorer) == indicators


@pytest.mark.parametrize(
    ("routines", "activities", "seed"),
    [(1, 1, 0), (2, None, 1), (7, 40, 2), (30, None, 3), (150, 3, 4), (250, 300, 5)],
)
def test_any_size_is_valid(
    tmp_path: Path, routines: int, activities: int | None, seed: int
) -> None:
    generate(tmp_path, routines=routines, activities=activities, seed=seed)
    outcome = checked(tmp_path)
    assert not outcome.problems, report.text(outcome)
    assert outcome.plan is not None
    assert len(outcome.plan.rutiner) == routines
    if activities is not None:
        assert len(outcome.plan.aktiviteter) == activities


def test_no_two_things_get_the_same_id() -> None:
    names = (prose.routine, prose.method, prose.role, prose.unit, prose.field)
    for name in names:
        assert len({slug(name(number)) for number in range(10_000)}) == 10_000, name
    assert len({prose.term(number)[0] for number in range(10_000)}) == 10_000


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate(tmp_path / name, routines=40, seed=seed)
    first, again, other = (files(tmp_path / name) for name in "abc")
    assert first == again
    assert first != other


def test_only_the_routines_tell_two_plans_with_the_same_surroundings_apart(tmp_path: Path) -> None:
    generate(tmp_path / "few", routines=10, surroundings=60)
    generate(tmp_path / "many", routines=60)
    few, many = files(tmp_path / "few"), files(tmp_path / "many")
    assert few.items() <= many.items()
    assert {Path(name).parts[:2] for name in many.keys() - few.keys()} == {("plan", "rutiner")}
    assert not checked(tmp_path / "few").problems


def test_a_routine_is_as_large_as_a_real_one(tmp_path: Path) -> None:
    generate(tmp_path, routines=200)
    assert 1800 < mean(sizes(tmp_path)) < 2200


def test_some_roles_own_many_routines(tmp_path: Path) -> None:
    generate(tmp_path, routines=200)
    plan = checked(tmp_path).plan
    assert plan is not None
    owners = Counter(rutin.ägare for rutin in plan.rutiner.values())
    assert max(owners.values()) > 4 * median(owners[role] for role in plan.roller)


def test_the_table_says_which_targets_are_met() -> None:
    figures = [
        Figure("uppstart", "s", spread([0.1, 0.3, 0.2]), 0.2, 3),
        Figure("kvot", "×", spread([1.3]), 1.2),
        Figure("minne", "MB", spread([80.0])),
    ]
    lines = [line.split() for line in table(figures).splitlines()]
    assert lines[1:] == [
        ["uppstart", "0.20", "s", "0.10", "0.30", "0.2", "s", "nått", "3"],
        ["kvot", "1.30", "×", "1.30", "1.30", "1.2", "×", "MISSAT", "1"],
        ["minne", "80.00", "MB", "80.00", "80.00", "1"],
    ]


def test_the_page_says_what_the_table_says() -> None:
    figures = [
        Figure("uppstart", "s", spread([0.1, 0.3, 0.2]), 0.2, 3),
        Figure("kvot", "×", spread([12.34]), 1.2),
        Figure("minne", "MB", spread([80.0])),
    ]
    text = page(figures, [mutations.Score("Tid", 8, 7, 1)], ["Hugo är inte med."])
    assert "| uppstart | 0,20 s | högst 0,20 s | nått | 3 |" in text
    assert "| kvot | 12 × | högst 1,20 × | missat | 1 |" in text
    assert "| minne | 80 MB |  |  | 1 |" in text
    assert "| Tid | 8 | 7 | 1 |" in text
    assert text.startswith("---\n")
    assert "\n- Hugo är inte med.\n" in text


def test_hugo_gets_the_same_pages(tmp_path: Path) -> None:
    for name in ("index.md", "rutiner/index.md", "rutiner/a.md", "stil/ska.css"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(name, encoding="utf-8")
    laid_out = files(hugo.lay_out(tmp_path / "docs", tmp_path / "hugo"))
    assert {name: text for name, text in laid_out.items() if name[0] in "cs" and "/" in name} == {
        "content/_index.md": b"index.md",
        "content/rutiner/_index.md": b"rutiner/index.md",
        "content/rutiner/a.md": b"rutiner/a.md",
        "static/stil/ska.css": b"stil/ska.css",
    }


def test_sides_take_turns() -> None:
    order: list[str] = []

    def side(name: str) -> Cost:
        order.append(name)
        return Cost(len(order), 0, 0)

    a, b = by_turns(3, lambda: side("a"), lambda: side("b"))
    assert "".join(order) == "abbaab"
    assert [cost.wall for cost in a] == [1, 4, 5]
    assert [cost.wall for cost in b] == [2, 3, 6]


def test_a_command_is_measured(tmp_path: Path) -> None:
    cost = Runner(1, tmp_path).run("räkna", ["-c", "sum(range(1_000_000))"], tmp_path)
    assert 0 < cost.cpu <= cost.wall + 0.1
    assert cost.memory > 1_000_000


def test_a_command_that_fails_stops_the_measuring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="bench: bygga: avslutades med 3"):
        Runner(1, tmp_path).run("bygga", ["-c", "print('åh nej'); raise SystemExit(3)"], tmp_path)
    assert "åh nej" in capsys.readouterr().err


def test_a_generated_plan_becomes_a_site(tmp_path: Path) -> None:
    generate(tmp_path, routines=3)
    build(tmp_path, tmp_path / "site")
    made = {path.parent.name for path in (tmp_path / "site/rutiner").glob("*/index.html")}
    assert len(made) == 3


def test_the_sample_has_mutants_of_every_family_and_plan() -> None:
    small = SITES[1:]
    first, again, other = (
        [str(mutant) for mutant in mutations.sample(seed=seed, sites=small)] for seed in (0, 0, 1)
    )
    assert first == again
    assert first != other
    families = Counter(text.partition(":")[0] for text in first)
    there = {family: sum(1 for _ in mutants(family, small)) for family in FAMILIES}
    assert families == Counter({f: min(mutations.EACH, count) for f, count in there.items()})
    assert families.total() >= 100
    assert all(any(f"({site.name})" in text for text in first) for site in small)


def test_what_others_find_of_a_mutant() -> None:
    """Many files at once are told of as each alone: the batches stand for single commands."""
    names = ("the_same_field_twice", "a_missing_field", "a_misspelt_reference")
    kinds = [next(kind for kind in OPERATORS if kind.name == name) for name in names]
    made = [
        Mutant(kind.family, kind.name, SITES[2], next(iter(kind.places(SITES[2]))))
        for kind in kinds
    ]
    together = mutations.by_others(made)
    assert together == [True, True, False]
    assert [mutations.by_others([mutant]) for mutant in made] == [[found] for found in together]


def test_the_scores_are_told_by_family() -> None:
    scores = [mutations.Score("Tid", 4, 4, 1), mutations.Score("Alla", 4, 4, 1)]
    assert [line.split() for line in mutations.table(scores).splitlines()[1:]] == [
        ["Tid", "4", "av", "4", "100%", "1", "av", "4", "25%"],
        ["Alla", "4", "av", "4", "100%", "1", "av", "4", "25%"],
    ]
