"""Keep an issue for each role about what it has to look after."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from ska.commands.options import horizon_options
from ska.commands.shared import CLEAN, complain, day_for, plan_for


def add(commands: Any) -> None:
    """Add the command to the others."""
    issues = commands.add_parser(
        "issues",
        help="skriv och uppdatera ärenden i GitHub, ett för varje roll som har något att se över",
    )
    horizon_options(issues)
    issues.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.due import due
    from ska.forge import Forge, ForgeError, sync
    from ska.render import oversyn

    given = os.environ.get  # as GitHub's workflows set them
    repository = given("GITHUB_REPOSITORY", "")
    today = day_for(options)
    plan = plan_for(options, today)
    if isinstance(plan, int):
        return plan
    server = given("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
    base = f"{server}/{repository}/blob/{given('GITHUB_REF_NAME', 'main')}"
    found = due(plan, today, options.within)
    wanted = oversyn.issues(plan, found, options.within, base)
    try:
        api = given("GITHUB_API_URL", "https://api.github.com")
        forge = Forge(api, repository, given("GITHUB_TOKEN", ""))
        for done in sync(forge, wanted, oversyn.INGET):
            sys.stdout.write(f"{done}\n")
    except ForgeError as error:
        return complain(f"ärendena kunde inte hållas aktuella: {error}.")
    sys.stdout.write(f"Roller som har något att se över: {len(wanted)}.\n")
    return CLEAN
