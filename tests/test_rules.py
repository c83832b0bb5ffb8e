"""The rules: each finds its defect where it is, and is silent where there is none."""

from __future__ import annotations

import pkgutil
import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ska import rules
from ska.context import Context
from ska.model import Hänvisning
from ska.problems import Severity
from ska.rules import RULES, RULES_ON_EXCEPTIONS, oanvand
from tests.helpers import TESTS, TODAY, Case, cases, english, missed, outcome, outcome_of, words

FOLDER = TESTS / "rules"
ALL: list[tuple[str, Case]] = [
    (path.stem, case) for path in sorted(FOLDER.glob("*.md")) for case in cases(path)
]
EVERY = (*RULES, *RULES_ON_EXCEPTIONS)
MODULES: list[ModuleType] = [rule for rule in EVERY if isinstance(rule, ModuleType)]


def name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{stem}: {c.name}") for stem, c in ALL])
def test_exactly_the_marked_lines_are_told_of(case: Case) -> None:
    found = outcome_of(case)
    assert missed(case, found.problems) == []
    for problem in found.problems:
        assert problem.hint
        assert english(words(problem)) == []


def test_every_module_is_a_rule_and_every_rule_is_a_module() -> None:
    named = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    there = {name for name in named if not name.startswith("_")}  # the others share code
    assert len(there) >= 4
    assert {name(module) for module in MODULES} == there
    assert len(MODULES) == len(EVERY)


def test_every_rule_has_its_cases() -> None:
    assert {stem for stem, _ in ALL} == {name(module) for module in MODULES}


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_rule_has_positive_and_silent_cases(module: Any) -> None:
    own = [case for stem, case in ALL if stem == name(module)]
    told = [want for case in own for want in case.expected]
    assert module.ID in {want.rule for want in told}
    assert {want.severity for want in told if want.rule == module.ID} == set(module.SEVERITIES)
    assert any(not case.expected for case in own)


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_rule_is_its_own_manual(module: Any) -> None:
    assert name(module).replace("_", "-") == module.ID
    assert module.ID.isascii()
    assert isinstance(module.ALONG_RELATIONS, bool)
    summary, _, rest = module.__doc__.partition("\n\n")
    assert re.fullmatch(r"[A-ZÅÄÖ].*\.", summary)
    assert "\n" not in summary
    why, wrong, right = re.split(r"^(?:Fel|Rätt)\b[^:\n]*:", rest, flags=re.MULTILINE)
    assert all(len(part.split()) >= 3 for part in (why, wrong, right))
    assert module.__doc__.count("```") % 2 == 0
    assert english(re.sub(r"```.*?```", "", module.__doc__, flags=re.DOTALL)) == []


def test_case_files_are_named_as_the_rules() -> None:
    assert {path.suffix for path in FOLDER.iterdir()} == {".md"}
    for path in FOLDER.glob("*.md"):
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        assert heading == f"# {path.stem.replace('_', '-')}"


def test_the_smallest_plan_has_no_faults() -> None:
    found = outcome({})
    assert found.problems == ()
    assert found.plan is not None


ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"


def routine(old: str, new: str) -> str:
    text = (TESTS / "sites" / "minimal" / ROUTINE).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("id", "message", "hint"),
    [
        (
            "enhetchef",
            "rutinen ”Ta emot klagomål” hänvisar i ägare till roll ”enhetchef”, som inte finns",
            "menade du ”enhetschef”?",
        ),
        (
            "registrator",
            "rutinen ”Ta emot klagomål” hänvisar i ägare till roll ”registrator”, som inte finns",
            "lägg till roll ”registrator”, eller ta bort hänvisningen",
        ),
        (
            "klagomal",
            "rutinen ”Ta emot klagomål” hänvisar i ägare till roll ”klagomal”, som inte finns",
            "”klagomal” finns men är metod eller begrepp; här ska det vara roll",
        ),
    ],
)
def test_an_unknown_reference_is_explained(id: str, message: str, hint: str) -> None:
    (problem,) = outcome({ROUTINE: routine("ägare: enhetschef", f"ägare: {id}")}).problems
    assert (problem.message, problem.hint) == (message, hint)
    assert (problem.location.line, problem.location.column) == (9, 8)


def test_all_kinds_that_a_reference_may_be_of_are_named() -> None:
    (problem,) = outcome({ROUTINE: routine("  - mottagningen", "  - expeditionen")}).problems
    assert (
        "till nämnd, förvaltning, verksamhet, avdelning, enhet eller utförare ”expeditionen”"
        in problem.message
    )


def test_a_repeated_id_tells_of_the_first() -> None:
    text = (TESTS / "sites/minimal/plan/begrepp.yml").read_text(encoding="utf-8")
    twice = text + "".join(text.splitlines(keepends=True)[2:])
    (problem,) = outcome({"plan/begrepp.yml": twice}).problems
    assert problem.message == "ordet ”klagomal” finns redan, och två kan inte ha samma id"
    (first,) = problem.related
    assert (str(first.location), first.text) == ("plan/begrepp.yml:3:9", "den första")
    assert problem.location.line == 10


def test_a_repeated_part_tells_what_it_is() -> None:
    text = Path(TESTS / "sites/minimal/plan/plan.yml").read_text(encoding="utf-8")
    points = "    punkter: [{id: a, text: Ett}, {id: b, text: Två}, {id: a, text: Tre}]\n"
    (problem,) = outcome({"plan/plan.yml": text + points}).problems
    assert problem.message == "kapitlet ”Inledning” har två punkter med id ”a”"


def test_an_id_that_is_not_its_file_says_how_to_mend_it() -> None:
    (problem,) = outcome({"plan/delplaner/mottagning.yml": None, "plan/delplaner/b.yml": (
        (TESTS / "sites/minimal/plan/delplaner/mottagning.yml").read_text(encoding="utf-8")
    )}).problems  # fmt: skip
    assert problem.message == "delplanen ”mottagning” ligger i filen ”b.yml”"
    assert problem.hint == "döp om filen till ”mottagning.yml”, eller rätta id om det är fel"


def test_what_is_unused_is_a_warning() -> None:
    extra = "  - {id: x, titel: Extra, beskrivning: Extra roll, källor: [{dokument: exempelplan, "
    extra += "avsnitt: 2 Delplan}]}"
    text = (TESTS / "sites/minimal/plan/organisation.yml").read_text(encoding="utf-8")
    (problem,) = outcome({"plan/organisation.yml": f"{text}{extra}\n"}).problems
    assert problem.severity is Severity.VARNING
    assert problem.message == "rollen ”Extra” används inte av något annat i planen"


def test_what_only_mentions_itself_is_unused() -> None:
    plan = outcome({}).plan
    assert plan is not None
    method = plan.metoder["klagomal"]
    itself = Hänvisning(method, "gör", method, ("gör",))
    lonely = replace(plan, till={**plan.till, method.nyckel: (itself,)})
    (problem,) = oanvand.check(lonely, Context(TODAY))
    assert problem.location == method.where("id")
