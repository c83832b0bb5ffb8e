"""Plans in earlier formats are read as today's; those in later ones are refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from ska.check import load
from ska.files.tree import Tree
from ska.loading import formats, frame
from ska.loading.formats import Data
from ska.past.chronicle import chronicle
from tests.building import ROOT
from tests.helpers import minimal
from tests.test_chronicle import FORMS, KINDS
from tests.test_chronicle import Revision as Made

FRAME = frame.FRAME


def from_1(files: Mapping[str, Data]) -> Mapping[str, Data]:
    """In the made-up format 1 a routine's `titel` was `namn`, and the terms were in ord.yml."""
    made = {}
    for path, data in files.items():
        own: dict[str, Any] = dict(data)
        if path == FRAME:
            own["format"] = "1"  # what today's schemas know; theirs would be 2
        if path.startswith("plan/rutiner/"):
            own["titel"] = own.pop("namn")
        made["plan/begrepp.yml" if path == "plan/ord.yml" else path] = own
    return made


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Return the smallest plan in a format that has been left behind."""
    monkeypatch.setattr(formats, "UPPGRADERINGAR", {1: from_1})
    plan = dict(minimal().plan)
    plan["plan/ord.yml"] = plan.pop("plan/begrepp.yml")
    for path in [p for p in plan if p.startswith("plan/rutiner/")]:
        plan[path] = plan[path].replace(b"titel: ", b"namn: ", 1)
    return replace(minimal(), plan=plan)


def test_the_format_of_today_is_the_one_that_the_schema_knows() -> None:
    schema = json.loads((ROOT / "schemas" / "plan.schema.json").read_bytes())
    assert schema["properties"]["format"]["enum"] == [formats.current()]


def test_a_plan_in_an_older_format_is_read_as_today_s(older: Tree) -> None:
    outcome = load(older)
    assert outcome.problems == ()
    assert outcome.plan is not None
    assert outcome.plan.rutiner["ta-emot-klagomal"].titel
    assert outcome.plan.begrepp


def test_a_problem_in_an_older_format_is_located(older: Tree) -> None:
    path = "plan/rutiner/ta-emot-klagomal.yml"
    broken = older.plan[path].replace(b"namn: ", b"namn: [x]\nblaj: ", 1)
    problems = load(replace(older, plan={**older.plan, path: broken})).problems
    assert {(p.location.file, p.rule) for p in problems} >= {(path, "okant-falt")}
    assert all(p.location.line >= 1 for p in problems)


def test_without_its_step_an_older_plan_is_not_taken_for_one_of_today_s(older: Tree) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "UPPGRADERINGAR", {})
        assert load(older).plan is None


@pytest.mark.parametrize("said", [b"format: 2", b'format: "17"   # nytt'])
def test_a_plan_in_a_newer_format_is_refused(said: bytes) -> None:
    plan = minimal().plan
    tree = replace(minimal(), plan={**plan, FRAME: plan[FRAME].replace(b"format: 1", said)})
    outcome = load(tree)
    assert outcome.plan is None
    (problem,) = outcome.problems
    assert (problem.rule, problem.location.file, problem.location.line) == (formats.NYARE, FRAME, 2)
    assert "kan bara läsa till och med 1" in problem.message


def test_a_byte_order_mark_does_not_hide_the_format() -> None:
    frame_alone = b"\xef\xbb\xbfformat: 2\r\nid: x\r\n"
    assert formats.of(frame_alone) == 2
    assert (problem := formats.newer(frame_alone)) is not None
    assert (problem.rule, str(problem.location)) == (formats.NYARE, f"{FRAME}:1:9")
    assert formats.of(b"id: x\n\xef\xbb\xbfformat: 2\n") == formats.current()


def test_a_new_format_is_no_change_of_what_the_plan_says(older: Tree) -> None:
    from datetime import UTC, datetime

    now = {**minimal().plan, FRAME: minimal().plan[FRAME].replace(b"format: 1", b"format: 2")}
    gone = dict.fromkeys(set(older.plan) - set(now), None)
    day = datetime(2026, 1, 1, tzinfo=UTC)
    told = chronicle(
        [Made("a", day, dict(older.plan)), Made("b", day, {**gone, **now})], KINDS, FORMS
    )
    assert [step.commit for step in told.steg] == ["a"]
