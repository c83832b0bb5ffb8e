"""Tell what differs between two plans."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import Any

from ska.commands.options import format_option
from ska.commands.shared import CLEAN, complain, tree_of, unreadable


def add(commands: Any) -> None:
    """Add the command to the others."""
    diff = commands.add_parser("diff", help="visa vad som skiljer två planer")
    diff.add_argument("bas", metavar="BAS", help="planen att jämföra med: en revision i git (till "
                      "exempel main) eller en mapp")  # fmt: skip
    diff.add_argument("head", nargs="?", metavar="NY", help="den nya planen: en revision eller en "
                      "mapp (det som står i mappen nu)")  # fmt: skip
    format_option(diff, "text", "markdown", "json")
    diff.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.changes import formats, report
    from ska.check import load
    from ska.files.tree import NoPlanError, read_schemas
    from ska.reading import schema

    here = Path()
    try:
        schemas = read_schemas(here)
        kinds = schema.load(schemas)
        trees = [tree_of(here, name, schemas) for name in (options.bas, options.head or ".")]
    except (NoPlanError, schema.SchemaError) as error:
        return complain(f"{error}.")
    plans = []
    for name, tree in zip((options.bas, options.head or "den här mappen"), trees, strict=True):
        outcome = load(tree, kinds)
        if outcome.plan is None:
            return unreadable(name, outcome)
        plans.append(outcome.plan)
    forms = schema.forms_of(kinds)
    gc.freeze()  # the plans stay to the end: to look through them for rubbish takes half the time
    rapport = report.report(plans[0], plans[1], forms)
    sys.stdout.write(formats.FORMATS[options.format](rapport))
    return CLEAN
