"""Check the plan and tell all that is wrong with it."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from ska.commands.options import date_option, format_option, path_option
from ska.commands.progress import progress
from ska.commands.shared import CLEAN, HAS_ERRORS, day_for


def add(commands: Any) -> None:
    """Add the command to the others."""
    check = commands.add_parser("check", help="kontrollera planen")
    format_option(check, "text", "github", "json", "markdown")
    date_option(check)
    path_option(check)
    check.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska import report, schema
    from ska.check import check
    from ska.editions import earlier
    from ska.files import read_tree

    tree = read_tree(options.path)
    kinds = schema.load(tree.schemas)
    before = earlier(options.path, tree, kinds)
    with progress() as told:
        outcome = check(tree, day_for(options), before.planer, kinds, told=told)
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
    return HAS_ERRORS if outcome.errors else CLEAN
