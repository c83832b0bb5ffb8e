"""Tell what a list of changed provisions touches."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ska.commands.options import format_option
from ska.commands.shared import CLEAN, HAS_ERRORS, complain, day_for, plan_for


def add(commands: Any) -> None:
    """Add the command to the others."""
    lagkoll = commands.add_parser("lagkoll", help="visa vad i planen som lagändringar berör")
    lagkoll.add_argument("fil", nargs="+", type=Path, metavar="FIL",
                         help="lista över ändrade bestämmelser, som CSV eller JSON")  # fmt: skip
    format_option(lagkoll, "text", "markdown", "json")
    lagkoll.add_argument("--path", type=Path, default=Path(), metavar="SÖKVÄG",
                         help="mappen som har plan/ och schemas/ (den här)")  # fmt: skip
    lagkoll.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.lag.andringar import Lagändring, Radfel, läs
    from ska.lag.lagkoll import lagkoll
    from ska.render.lagkoll import FORMATS

    changes: list[Lagändring] = []
    bad: list[Radfel] = []
    for path in options.fil:
        try:
            found, wrong = läs(str(path), path.read_bytes())
        except FileNotFoundError:
            return complain(f"filen {path} finns inte.")
        changes += found
        bad += wrong
    plan = plan_for(options, day_for(options))
    if isinstance(plan, int):
        return plan
    sys.stdout.write(FORMATS[options.format](plan, lagkoll(plan, changes)))
    for fault in bad:
        sys.stderr.write(f"{fault}\n")
    if bad and not changes:
        sys.stderr.write("ska: inget i listan gick att läsa, så ingenting är prövat.\n")
    elif bad:
        one = "en rad gick inte att läsa och är inte prövad"
        many = f"{len(bad)} fel i listan; de raderna är inte prövade"
        sys.stderr.write(f"ska: {one if len(bad) == 1 else many}.\n")
    return HAS_ERRORS if bad else CLEAN
