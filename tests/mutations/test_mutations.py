"""The check finds the damage: each kind, at several places of both whole plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Final

import pytest

from ska.problems import Problem
from ska.reading.schema_words import MANUAL
from ska.reading.yaml_words import REFUSALS
from ska.rules import RULES, RULES_ON_EXCEPTIONS
from tests.mutations import figures, links, owners, reading, shape, things, times, words
from tests.mutations.damage import OPERATORS, Mutant, mutants
from tests.mutations.families import FAMILIES
from tests.mutations.sites import SITES, Site, asking_only, remembering

# Tracing would take twice the time, and shows no line that the rules' own cases don't.
pytestmark = pytest.mark.no_cover

#: Imported for their operators.
MODULES = (reading, shape, things, times, figures, words, owners, links)

EVERY: Final = frozenset(rule.ID for rule in RULES)
#: Mutants that are no defect, as they call themselves, and why they can't matter.
NO_DEFECT: Final[dict[str, str]] = {}
MOST_ACCEPTED: Final = 3


@pytest.fixture(scope="module", autouse=True)
def _remembering() -> Iterator[None]:
    with remembering():
        yield


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_undamaged_plan_has_no_problem(site: Site) -> None:
    assert site.undamaged == ()


@cache
def made_of(family: str) -> tuple[Mutant, ...]:
    return tuple(mutants(family, SITES))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_damage_is_found(family: str, record_property: Callable[[str, object], None]) -> None:
    made = made_of(family)
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
    before = {signature(problem) for problem in mutant.site.undamaged}
    with asking_only(rules_of(mutant.family)):
        problems = told_of(mutant, exceptions)
    return any(signature(problem) not in before for problem in problems)


def rules_of(family: str) -> frozenset[str]:
    """Return what must be asked: exceptions are judged by what all the other rules say."""
    return EVERY if family == "Undantag" else FAMILIES[family]


def told_of(mutant: Mutant, exceptions: bool = True) -> list[Problem]:
    """Return what the family's rules say of the files that were damaged."""
    right = {*mutant.damage.changes, *mutant.damage.also}
    files = dict(mutant.site.damaged(mutant.damage.changes))
    if not exceptions:
        files["plan/undantag.yml"] = None
    return [
        problem
        for problem in mutant.site.checked(files).problems
        if problem.rule in FAMILIES[mutant.family]
        and right & {problem.location.file, *(other.location.file for other in problem.related)}
    ]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_rule_says_the_same_when_no_others_are_asked(family: str) -> None:
    made = made_of(family)
    for mutant in Random(family).sample(made, min(4, len(made))):
        alone = told_of(mutant)
        with asking_only(rules_of(family)):
            assert told_of(mutant) == alone


def signature(problem: Problem) -> tuple[str, str, str]:
    """Tell a problem from another wherever it stands: the damage may have moved it."""
    return (problem.rule, problem.location.file, problem.message)


def test_there_are_enough_mutants() -> None:
    made = [mutant for family in FAMILIES for mutant in made_of(family)]
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
