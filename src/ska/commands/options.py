"""What several commands take: a day, a folder, a form of the answer."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path


def format_option(parser: argparse.ArgumentParser, *choices: str) -> None:
    """Take `--format`; the first choice is what holds where it isn't given."""
    parser.add_argument("--format", choices=choices, default=choices[0],
                        help=f"hur svaret ska se ut ({choices[0]})")  # fmt: skip


def date_option(parser: argparse.ArgumentParser) -> None:
    """Take `--date`: the day to count as today."""
    parser.add_argument("--date", type=day, metavar="ÅÅÅÅ-MM-DD", help="dagen att räkna som i dag")


def path_option(parser: argparse.ArgumentParser) -> None:
    """Take the folder of the plan; else it is the one where the user stands."""
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="SÖKVÄG",
                        help="mappen som har plan/ och schemas/ (den här)")  # fmt: skip


def horizon_options(parser: argparse.ArgumentParser) -> None:
    """Take a day, how many days to look ahead from it, and the folder of the plan."""
    date_option(parser)
    parser.add_argument("--within", type=days, default=60, metavar="DAGAR",
                        help="så många dagar framåt (60)")  # fmt: skip
    path_option(parser)


def days(text: str) -> int:
    """Read a number of days. Raises `ArgumentTypeError` where it is none, as all here do."""
    if re.fullmatch(r"[0-9]{1,5}", text):
        return int(text)
    raise argparse.ArgumentTypeError(f"”{text}” är inget antal dagar")


def day(text: str) -> date:
    """Read a day: year, month and day, and nothing else that a date can be written as."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):  # fromisoformat takes weeks too
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"”{text}” är ingen dag; skriv år-månad-dag: 2025-01-31")


def port(text: str) -> int:
    """Read a TCP port, 1 to 65535."""
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) and 0 < int(text) < 2**16:
        return int(text)
    raise argparse.ArgumentTypeError(f"”{text}” är ingen port; skriv ett tal från 1 till 65535")
