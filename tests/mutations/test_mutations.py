"""The check finds the damage: each kind, at several places of both whole plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest

from ska.problems import Problem
from ska.rules import RULES, RULES_ON_EXCEPTIONS
from ska.schema_words import MANUAL
from ska.yaml_words import REFUSALS
from tests.mutations import figures, owners, reading, shape, things, times, words
from tests.mutations.damage import OPERATORS, Mutant, mutants
from tests.mutations.families import FAMILIES
from tests.mutations.sites import SITES, Site, remembering

MODULES = (reading, shape, things, times, figures, words, owners)  # imported for their operators

#: Mutants that are no defect, as they call themselves, and why they can't matter.
NO_DEFECT: Final[dict[str, str]] = {}
MOST_ACCEPTED: Final = 3


@pytest.fixture(autouse=True)
def _remembering() -> Iterator[None]:
    with remembering():
        yield


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_undamaged_plan_has_no_problem(site: Site) -> None:
    assert site.undamaged == ()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_damage_is_found(family: str, record_property: Callable[[str, object], None]) -> None:
    made = list(mutants(family, SITES))
    missed = [mutant for mutant in made if not found(mutant)]
    accepted = [mutant for mutant in missed if found(mutant, exceptions=False)]
    record_property("mutanter", (family, len(made) - len(missed), len(made)))
    assert made
    unexplained = [str(m) for m in missed if m not in accepted and str(m) not in NO_DEFECT]
    assert unexplained == []
    # What a recorded exception accepts can't matter either, but must be rare: three in a family
    # keep the whole below 2 %.
    assert len(accepted) <= MOST_ACCEPTED


def found(mutant: Mutant, exceptions: bool = True) -> bool:
    """Tell whether a new problem, by a rule of the family, points to a file that was damaged."""
    right = {*mutant.damage.changes, *mutant.damage.also}
    files = dict(mutant.site.damaged(mutant.damage.changes))
    if not exceptions:
        files["plan/undantag.yml"] = None
    before = {signature(problem) for problem in mutant.site.undamaged}
    return any(
        problem.rule in FAMILIES[mutant.family]
        and signature(problem) not in before
        and right & {problem.location.file, *(other.location.file for other in problem.related)}
        for problem in mutant.site.checked(files).problems
    )


def signature(problem: Problem) -> tuple[str, str, str]:
    """Tell a problem from another wherever it stands: the damage may have moved it."""
    return (problem.rule, problem.location.file, problem.message)


def test_there_are_enough_mutants() -> None:
    made = [mutant for family in FAMILIES for mutant in mutants(family, SITES)]
    assert len(made) >= 300
    assert len({str(mutant) for mutant in made}) == len(made)
    assert len(NO_DEFECT) <= len(made) * 0.02
    assert set(NO_DEFECT) <= {str(mutant) for mutant in made}


def test_every_operator_has_places() -> None:
    empty = {
        kind.name
        for kind in OPERATORS
        if not any(damage for site in SITES for damage in kind.places(site))
    }
    assert empty == set()


def test_every_rule_has_one_family() -> None:
    ids = {rule.ID for rule in (*RULES, *RULES_ON_EXCEPTIONS)}
    ids |= {*REFUSALS, *MANUAL, "okand-fil", "saknad-fil", "inte-vanlig-fil"}
    assert set().union(*FAMILIES.values()) == ids
    assert sum(map(len, FAMILIES.values())) == len(ids)


def test_every_family_has_operators() -> None:
    assert {kind.family for kind in OPERATORS} == set(FAMILIES)


def test_what_is_rewritten_says_the_same() -> None:
    """A file that is written anew without a change has no new problem, so the damage is ours."""
    for site in SITES:
        again = site.damaged({path: [] for path in site.tree.plan})
        before = {signature(problem) for problem in site.undamaged}
        assert {signature(problem) for problem in site.checked(again).problems} == before
