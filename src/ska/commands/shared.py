"""What several commands do: end with a code, complain, tell the day, read a plan."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # what a command needs it imports itself: start-up time
    from ska.check import Outcome
    from ska.files.tree import Tree
    from ska.model import Plan

CLEAN: Final = 0
HAS_ERRORS: Final = 1
WRONG_USE: Final = 2


def complain(message: str) -> int:
    """Say what the user must do differently; return the exit code for it."""
    sys.stderr.write(f"ska: {message}\n")
    return WRONG_USE


def day_for(options: argparse.Namespace) -> date:
    """Give the day to count as today: the one given, else that of the clock in Sweden."""
    given: date | None = getattr(options, "date", None)
    return given or datetime.now(ZoneInfo("Europe/Stockholm")).date()


def plan_for(options: argparse.Namespace, today: date) -> Plan | int:
    """Read the plan for a command that needs it whole; else say why not, and the exit code."""
    from ska import report
    from ska.check import check
    from ska.files.tree import read_tree

    outcome = check(read_tree(options.path), today)
    if outcome.plan is None:
        sys.stdout.write(report.text(outcome))
        return HAS_ERRORS
    return outcome.plan


def tree_of(here: Path, name: str, schemas: dict[str, bytes]) -> Tree:
    """Read a folder where there is one with a plan in it, else a revision."""
    from ska.files.git import read_revision
    from ska.files.tree import read_tree

    if (here / name / "plan").is_dir():
        return replace(read_tree(here / name), schemas=schemas)
    return read_revision(here, name, schemas)


def unreadable(name: str, outcome: Outcome) -> int:
    """Tell why a plan can't be compared; return the exit code for it."""
    from ska import report

    sys.stderr.write(report.text(outcome))
    sys.stderr.write(f"ska: planen i {name} går inte att läsa, så det finns inget att jämföra.\n")
    return HAS_ERRORS
