"""Show the checksum over what the board decides."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ska.commands.options import format_option, path_option
from ska.commands.shared import CLEAN, HAS_ERRORS


def add(commands: Any) -> None:
    """Add the command to the others."""
    manifest = commands.add_parser("manifest", help="visa kontrollsumman över det som beslutas")
    format_option(manifest, "text", "json")
    path_option(manifest)
    manifest.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska import report
    from ska.beslut import manifest_report
    from ska.check import load
    from ska.files.tree import read_tree
    from ska.manifest import manifest
    from ska.reading import schema

    tree = read_tree(options.path)
    kinds = schema.load(tree.schemas)
    outcome = load(tree, kinds)
    if outcome.plan is None:
        sys.stderr.write(report.text(outcome))
        return HAS_ERRORS
    summa = manifest(outcome.plan, schema.forms_of(kinds))
    sys.stdout.write(manifest_report.FORMATS[options.format](outcome.plan, summa))
    return CLEAN
