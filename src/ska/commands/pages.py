"""Write the site's pages as Markdown, for any other site engine."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ska.commands.options import date_option, path_option
from ska.commands.shared import CLEAN, HAS_ERRORS, complain, day_for


def add(commands: Any) -> None:
    """Add the command to the others."""
    pages = commands.add_parser("pages", help="skriv webbplatsens sidor som Markdown till en mapp")
    pages.add_argument("dir", type=Path, metavar="MAPP", help="mappen att skriva till")
    pages.add_argument("--repository", default="", metavar="ADRESS", help="var filerna kan ändras")
    date_option(pages)
    path_option(pages)
    pages.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.render.gemensamt import Settings
    from ska.render.tree import markdown
    from ska.site.prepared import SiteError, prepare

    try:
        built = prepare(options.path, Settings(day_for(options), options.repository))
    except SiteError as error:
        sys.stdout.write(str(error))
        return HAS_ERRORS
    if options.dir.exists() and any(options.dir.iterdir()):
        return complain(f"mappen {options.dir} är inte tom. Ange en mapp som inte finns.")
    for path, page in built.pages.items():
        target = options.dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown(page), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(built.pages)} sidor skrivna till {options.dir}.\n")
    return CLEAN
