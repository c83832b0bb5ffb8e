"""Lay out the published site: the plan in force, earlier editions and proposals."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ska.commands.options import date_option
from ska.commands.progress import progress
from ska.commands.shared import CLEAN, HAS_ERRORS, day_for

if TYPE_CHECKING:
    from ska.publishing import Utfall


def add(commands: Any) -> None:
    """Add the command to the others."""
    publish = commands.add_parser("publish", help="lägg ut planen, tidigare utgåvor och förslag "
                                  "som webbplatser i en mapp")  # fmt: skip
    publish.add_argument("dir", type=Path, metavar="MAPP", help="mappen att publicera i")
    publish.add_argument("--förslag", "--forslag", action="append", default=[], metavar="GREN",
                         help="en gren med ett förslag; kan anges flera gånger")  # fmt: skip
    publish.add_argument("--gren", default="", metavar="GREN",
                         help="grenen med planen som gäller (main)")  # fmt: skip
    date_option(publish)
    publish.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.publishing import PublishError, publish
    from ska.site.prepared import SiteError

    drafts = getattr(options, "förslag")  # noqa: B009 - argparse's name for it
    try:
        with progress() as told:
            done = publish(
                Path.cwd(), Path.cwd() / options.dir, day_for(options), drafts, options.gren, told
            )
    except (PublishError, SiteError) as error:
        sys.stderr.write(f"{error}\n")
        return HAS_ERRORS
    for line in _told(done):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"Publicerat i {options.dir}.\n")
    return CLEAN


def _told(done: Utfall) -> Iterator[str]:
    yield f"Gällande: {done.gällande}, från {done.källa}."
    if done.osparat:
        yield "Mappen plan/ har ändringar som inte är sparade i git. De är inte med."
    for said, folders in (
        ("Byggt", done.byggda),
        ("Oförändrat", done.oförändrade),
        ("Borttaget", done.borttagna),
    ):
        if folders:
            yield f"{said}: {', '.join(folders)}."
    for title in done.saknade:
        yield (
            f"Saknas: utgåvan ”{title}” finns enligt registret, men inte i historiken här. "
            "Om kopian inte har hela historiken: kör ”git fetch --unshallow” och sedan om."
        )
    for title in done.kvar:
        yield f"Kvar som förut: utgåvan ”{title}”, som historiken här inte längre har."
    for title in done.oläsliga:
        yield f"Går inte att läsa: utgåvan ”{title}” i historiken."
    for edition in done.utanför:
        yield (
            f"Inte publicerad: utgåvan ”{edition}” finns i historiken, men står inte i registret "
            "som beslutad eller återgiven."
        )
