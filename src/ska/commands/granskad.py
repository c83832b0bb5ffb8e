"""Write in that somebody has looked at something again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ska.commands.options import day
from ska.commands.shared import CLEAN, complain, day_for, plan_for, unwritten


def add(commands: Any) -> None:
    """Add the command to the others."""
    granskad = commands.add_parser("granskad", help="skriv in att någon har sett över en sak")
    granskad.add_argument("sak", nargs="*", metavar="SAK",
                          help="vad som är granskat: slag/id, eller bara id")  # fmt: skip
    granskad.add_argument("--roll", required=True, metavar="ROLL", help="rollen som har granskat")
    granskad.add_argument("--datum", required=True, type=day, metavar="ÅÅÅÅ-MM-DD",
                          help="dagen då det gjordes")  # fmt: skip
    came_of_it = granskad.add_mutually_exclusive_group(required=True)
    for name, said in (
        ("oförändrad", "saken behövde inte ändras"),
        ("ändrad", "saken ändrades"),
        ("ny", "skriv in alla länkar som är nya i planen"),
    ):
        flags = ("--nya",) if name == "ny" else (f"--{name}", f"--{_plain(name)}")
        came_of_it.add_argument(*flags, dest="utfall", action="store_const", const=name, help=said)
    granskad.add_argument("--path", type=Path, default=Path(), metavar="SÖKVÄG",
                          help="mappen som har plan/ och schemas/ (den här)")  # fmt: skip
    granskad.set_defaults(run=_run)


def _plain(name: str) -> str:
    """Give the name for a keyboard without å, ä and ö."""
    return name.translate(str.maketrans("åäö", "aao"))


def _run(options: argparse.Namespace) -> int:
    from ska.files.writing import remove_files, write_files
    from ska.lankar.granska import Blick, GranskningError, granskad, nya
    from ska.namn import den

    if (options.utfall == "ny") == bool(options.sak):
        return complain("ange de saker som är granskade, eller bara --nya för alla nya länkar.")
    today = day_for(options)
    if options.datum > today:
        return complain(f"dagen {options.datum} har inte varit än.")
    plan = plan_for(options, today)
    if isinstance(plan, int):
        return plan
    blick = Blick(options.roll, options.datum, options.utfall)
    try:
        done = nya(plan, blick) if options.utfall == "ny" else granskad(plan, options.sak, blick)
        write_files(options.path, done.files)
    except GranskningError as error:
        return complain(f"{error}. Ingenting är skrivet.")
    except OSError as error:
        return unwritten(error)
    try:
        remove_files(options.path, done.bort)
    except OSError as error:
        return complain(
            f"filen {error.filename} gick inte att ta bort. Resten är skrivet; kör om, eller ta "
            "bort filen för hand."
        )
    for thing, number in done.saker:
        links = "en länk" if number == 1 else f"{number} länkar"
        sys.stdout.write(f"{den(thing.slag, thing.rubrik)}: {links}\n")
    if not (done.files or done.bort):
        sys.stdout.write("Alla länkar är redan inskrivna. Ingenting är skrivet.\n")
        return CLEAN
    taken = f", {len(done.bort)} borttagna" if done.bort else ""
    sys.stdout.write(f"Filer skrivna i plan/granskat: {len(done.files)}{taken}.\n")
    return CLEAN
