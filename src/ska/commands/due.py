"""Tell what somebody has to look after, now or soon."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ska.commands.options import format_option, horizon_options
from ska.commands.shared import CLEAN, HAS_ERRORS, day_for, plan_for


def add(commands: Any) -> None:
    """Add the command to the others."""
    due = commands.add_parser("due", help="visa det som någon behöver se över")
    format_option(due, "text", "json")
    horizon_options(due)
    due.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.due import due
    from ska.render import oversyn

    today = day_for(options)
    plan = plan_for(options, today)
    if isinstance(plan, int):
        return plan
    found = due(plan, today, options.within)
    if options.format == "json":
        sys.stdout.write(oversyn.as_json(plan, found, today).decode())
    else:
        sys.stdout.write(oversyn.text(plan, found, today, options.within))
    return HAS_ERRORS if any(one.försenad for one in found) else CLEAN
