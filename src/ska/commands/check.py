"""Check the plan and tell all that is wrong with it."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any, Final

from ska.commands.options import date_option, format_option, path_option
from ska.commands.progress import progress
from ska.commands.shared import CLEAN, HAS_ERRORS, day_for
from ska.loading.uncollected import uncollected

_MEMORY: Final = (
    "Filer som inte har ändrats sedan förra kontrollen läses inte om. Minnet ligger i användarens "
    "mapp för sådant (~/.cache/ska) och får tas bort när som helst. SKA_CACHE=MAPP lägger det i en "
    "annan mapp, och en tom SKA_CACHE= stänger av det."
)


def add(commands: Any) -> None:
    """Add the command to the others."""
    check = commands.add_parser("check", help="kontrollera planen", epilog=_MEMORY)
    format_option(check, "text", "github", "json", "markdown")
    date_option(check)
    path_option(check)
    check.set_defaults(run=_run)


@uncollected()  # until nothing of the plan is left
def _run(options: argparse.Namespace) -> int:
    from ska import report
    from ska.check import Memory, check
    from ska.files.tree import read_tree
    from ska.memory.shelf import Shelf
    from ska.past.editions import earlier
    from ska.reading import schema

    tree = read_tree(options.path)
    kinds = schema.load(tree.schemas)
    memory: Memory = {}
    if shelf := Shelf.of(options.path, tree):
        shelf.fetch(tree, memory)
    before = earlier(options.path, tree, kinds)
    with progress() as told:
        outcome = check(tree, day_for(options), before.planer, kinds, memory, told)
    for edition in before.oläsliga:
        sys.stderr.write(
            f"ska: utgåvan ”{edition.utgåva}” i historiken ({edition.commit[:10]}) går inte att "
            "läsa och jämförs inte.\n"
        )
    if options.format == "text":
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        sys.stdout.write(report.text(outcome, colour))
    else:
        sys.stdout.write(report.FORMATS[options.format](outcome))
    if shelf:
        sys.stdout.flush()  # what comes now is for the next run
        shelf.put(memory)
    return HAS_ERRORS if outcome.errors else CLEAN
