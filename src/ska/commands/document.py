"""Write the plan, or what changes, as PDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ska.commands.options import date_option, path_option
from ska.commands.shared import CLEAN, HAS_ERRORS, complain, day_for, tree_of, unreadable


def add(commands: Any) -> None:
    """Add the command to the others."""
    document = commands.add_parser("document", help="skriv planen, eller det som ändras, som PDF")
    document.add_argument("--ändringar", "--andringar", metavar="BAS", dest="bas",
                          help="skriv bara det som skiljer från BAS: en revision i git (till "
                          "exempel main) eller en mapp")  # fmt: skip
    document.add_argument("--out", type=Path, metavar="FIL",
                          help="filen att skriva (plan.pdf eller andringar.pdf)")  # fmt: skip
    date_option(document)
    path_option(document)
    document.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska import report
    from ska.documents import document
    from ska.files.tree import NoPlanError, read_tree
    from ska.files.writing import write_file
    from ska.reading.schema import SchemaError

    try:
        tree = read_tree(options.path)
        base = tree_of(options.path, options.bas, tree.schemas) if options.bas else None
        made = document.make(tree, base, day_for(options))
    except (NoPlanError, SchemaError) as error:
        return complain(f"{error}.")
    except document.DocumentError as error:
        sys.stderr.write(f"ska: {error}. Inget dokument är gjort.\n")
        return HAS_ERRORS
    if made.pdf is None:
        if made.bas:
            return unreadable(options.bas, made.outcome)
        sys.stdout.write(report.text(made.outcome))
        sys.stderr.write("ska: inget dokument är gjort. Rätta felen och kör om.\n")
        return HAS_ERRORS
    out = options.out or Path("andringar.pdf" if options.bas else "plan.pdf")
    write_file(out, made.pdf)
    sys.stdout.write(f"Dokumentet är skrivet: {out}.\n")
    return CLEAN
