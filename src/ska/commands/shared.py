"""What several commands do: end with a code, complain, tell the day, read a plan."""

from __future__ import annotations

import argparse
import errno
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

#: What a person can mend when a file or a folder can't be read or written.
TROUBLE: Final = {
    errno.ENOSPC: "disken är full. Gör plats och kör kommandot igen",
    errno.EDQUOT: "utrymmet är slut. Gör plats och kör kommandot igen",
    errno.EACCES: "åtkomst nekas. Kontrollera rättigheterna",
    errno.EPERM: "åtkomst nekas. Kontrollera rättigheterna",
    errno.EROFS: "disken går bara att läsa. Välj en annan mapp",
    errno.ENOTDIR: "en del av sökvägen är en fil, inte en mapp",
    errno.EISDIR: "det är en mapp, inte en fil",
    errno.EEXIST: "det finns redan en fil med det namnet",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EMFILE: "för många filer är öppna samtidigt. Stäng något program",
}


def complain(message: str) -> int:
    """Say what the user must do differently; return the exit code for it."""
    sys.stderr.write(f"ska: {message}\n")
    return WRONG_USE


def unwritten(error: OSError) -> int:
    """Say what kept a file from being written, and that none was; return the exit code for it."""
    where = f" i {error.filename}" if error.filename else ""
    why = f": {TROUBLE[error.errno]}" if error.errno in TROUBLE else ""
    return complain(f"det gick inte att skriva{where}{why}. Ingenting är skrivet.")


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
    """Read a folder where there is one with a plan in it, else a revision of what is `here`."""
    from ska.files.git import read_revision
    from ska.files.tree import read_tree

    if Path(name, "plan").is_dir():
        return replace(read_tree(Path(name)), schemas=schemas)
    return read_revision(here, name, schemas)


def unreadable(name: str, outcome: Outcome) -> int:
    """Tell why a plan can't be compared; return the exit code for it."""
    from ska import report

    sys.stderr.write(report.text(outcome))
    sys.stderr.write(f"ska: planen i {name} går inte att läsa, så det finns inget att jämföra.\n")
    return HAS_ERRORS
