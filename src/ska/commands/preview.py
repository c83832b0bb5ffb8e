"""Build the site with a proposal in it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from ska.commands.progress import progress
from ska.commands.shared import CLEAN, HAS_ERRORS

_OUT: Final = "forhandsvisning"


def add(commands: Any) -> None:
    """Add the command to the others."""
    preview = commands.add_parser("preview", help="bygg webbplatsen med förslaget i")
    preview.add_argument("bas", metavar="BAS", help="planen som förslaget ändrar: en revision i "
                         "git (till exempel main) eller en mapp")  # fmt: skip
    preview.add_argument("--out", default=_OUT, metavar="MAPP",
                         help=f"mappen att bygga i ({_OUT})")  # fmt: skip
    preview.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.files.tree import read_tree
    from ska.site.building import build
    from ska.site.prepared import Order, SiteError

    try:
        here = Path.cwd()
        with progress() as told:
            build(here, here / options.out, Order(read_tree(here), bas=options.bas), told)
    except SiteError as error:
        sys.stderr.write(f"{error}\n")
        return HAS_ERRORS
    sys.stdout.write(
        f"Webbplatsen med förslaget är byggd i {options.out}. Öppna {options.out}/index.html.\n"
    )
    return CLEAN
