"""Show the site and follow changes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ska.commands.options import port
from ska.commands.shared import CLEAN, complain


def add(commands: Any) -> None:
    """Add the command to the others."""
    serve = commands.add_parser("serve", help="visa webbplatsen och följ ändringar")
    serve.add_argument("--port", type=port, default=8000, metavar="PORT", help="porten (8000)")
    serve.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.site.prepared import SiteError
    from ska.site.serving import serve

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    try:
        serve(Path.cwd(), options.port, say)
    except SiteError as error:
        return complain(str(error))
    return CLEAN
