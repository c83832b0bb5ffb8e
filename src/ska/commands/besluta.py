"""Enter the board's decision."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ska.commands.options import day, path_option
from ska.commands.shared import CLEAN, HAS_ERRORS, complain, day_for, unwritten


def add(commands: Any) -> None:
    """Add the command to the others."""
    besluta = commands.add_parser("besluta", help="skriv in nämndens beslut om planen")
    for name, meta, said in (
        ("organ", "NAMN", "vem som beslutade"),
        ("paragraf", "§", "paragrafen i protokollet: ”§ 12” eller 12"),
        ("dnr", "DNR", "ärendets diarienummer: ”AN 2025-7”"),
    ):
        besluta.add_argument(f"--{name}", required=True, metavar=meta, help=said)
    besluta.add_argument("--datum", required=True, type=day, metavar="ÅÅÅÅ-MM-DD",
                         help="dagen för beslutet")  # fmt: skip
    besluta.add_argument("--justerat", type=day, metavar="ÅÅÅÅ-MM-DD",
                         help="dagen då protokollet justerades")  # fmt: skip
    besluta.add_argument("--laga-kraft", type=day, metavar="ÅÅÅÅ-MM-DD",
                         help="dagen då beslutet vann laga kraft")  # fmt: skip
    path_option(besluta)
    besluta.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska import report
    from ska.beslut.decide import Beslutsdata, DecisionError
    from ska.beslut.decision import decide
    from ska.files.tree import read_tree
    from ska.files.writing import write_files
    from ska.past.editions import earlier

    paragraf = options.paragraf.strip().removeprefix("§").strip()
    beslut = Beslutsdata(
        options.organ, options.datum, f"§ {paragraf}", options.dnr, options.justerat,
        options.laga_kraft,
    )  # fmt: skip
    try:
        tree = read_tree(options.path)
        before = earlier(options.path, tree).planer
        made = decide(tree, beslut, day_for(options), before)
        if made.files is None:
            sys.stdout.write(report.text(made.outcome))
            given = "Så blir planen med uppgifterna om beslutet: rätta dem"
            what = given if made.inskrivet else "Rätta felen"
            sys.stderr.write(f"ska: ingenting är skrivet. {what} och kör om.\n")
            return HAS_ERRORS
        write_files(options.path, made.files)
    except DecisionError as error:
        return complain(f"{error}. Ingenting är skrivet.")
    except OSError as error:
        return unwritten(error)
    sys.stdout.write(
        f"Beslutet är inskrivet i {' och '.join(made.files) or 'planen sedan förut'}.\n"
        f"Manifest: {made.sha256}\n"
    )
    return CLEAN
