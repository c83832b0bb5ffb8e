"""Build the site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ska.commands.progress import progress
from ska.commands.shared import CLEAN, HAS_ERRORS


def add(commands: Any) -> None:
    """Add the command to the others."""
    site = commands.add_parser("site", help="bygg webbplatsen i mappen site/")
    site.add_argument("--out", default="site", metavar="MAPP", help="mappen att bygga i (site)")
    site.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.site.building import build
    from ska.site.prepared import SiteError

    try:
        with progress() as told:
            build(Path.cwd(), Path.cwd() / options.out, told=told)
    except SiteError as error:
        sys.stderr.write(f"{error}\n")
        return HAS_ERRORS
    sys.stdout.write(f"Webbplatsen är byggd i {options.out}.\n")
    return CLEAN
