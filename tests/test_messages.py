"""Every message of every case, word for word, as a person has read and approved them.

Renew with SKA_FORNYA=1, and read the difference aloud before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ska import report
from ska.check import Outcome
from ska.problems import Problem
from ska.reading.yaml_source import Document, read
from tests.helpers import ALONE, TESTS, Case, cases, outcome_of

# Tracing would take twice the time, and shows no line that the cases' own tests don't.
pytestmark = pytest.mark.no_cover

APPROVED = TESTS / "golden" / "meddelanden"
ALONE_ON = ("tecken", "texter", "uppstallning")  # read without a schema
FILES = [
    path
    for folder in ("reading", "rules")
    for path in sorted((TESTS / folder).glob("*.md"))
    if path.stem != "friska"
]


def told(case: Case, alone: bool) -> Outcome:
    if not alone:
        return outcome_of(case)
    answer = read(ALONE, (case.files[ALONE] or "").encode())
    assert not isinstance(answer, Document)
    return Outcome(None, (answer,), 1)


def in_full(problem: Problem) -> str:
    """Word a problem, and add what an exception would have to name."""
    text = report.text(Outcome(None, (problem,), 1)).rstrip("\n").rpartition("\n")[0]
    about = f"    sak: {' '.join(problem.thing)}\n" if problem.thing else ""
    return f"{text}\n{about}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_messages_are_as_they_were_approved(path: Path) -> None:
    alone = path.parent.name == "reading" and path.stem in ALONE_ON
    parts = [f"# {path.stem}\n"]
    for case in cases(path):
        said = [in_full(problem) for problem in told(case, alone).problems]
        if said:
            parts.append(f"## {case.name}\n\n{''.join(said)}")
    made = "\n".join(parts)
    kept = APPROVED / f"{path.parent.name}-{path.stem}.txt"
    if os.environ.get("SKA_FORNYA"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(made, encoding="utf-8", newline="\n")
    assert made == kept.read_text(encoding="utf-8")


def test_nothing_is_approved_that_no_case_says() -> None:
    assert {path.stem for path in APPROVED.iterdir()} == {
        f"{path.parent.name}-{path.stem}" for path in FILES
    }
