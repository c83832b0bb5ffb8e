"""A work tree as {path: bytes}. The only place that walks folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ska.problems import Location, Problem
from ska.yaml_source import MAX_BYTES

#: What operating systems and editors leave behind; never content.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_PACKAGED = Path(__file__).parent / "schemas"
_CHECKOUT = Path(__file__).parents[2] / "schemas"


@dataclass(frozen=True)
class Tree:
    """Files below plan/ and schemas/ by path (with `/`), and what could not be taken in."""

    plan: dict[str, bytes]
    schemas: dict[str, bytes]
    problems: tuple[Problem, ...] = ()


class NoPlanError(Exception):
    """The folder holds no plan; the text says so in Swedish."""


def read_tree(root: Path) -> Tree:
    """Read `root`'s plan/ and schemas/ (the program's own schemas where it has none).

    Raises `NoPlanError` where there is no plan/ to read.
    """
    if not (root / "plan").is_dir():
        raise NoPlanError(f"mappen {root} har ingen mapp plan/")
    problems: list[Problem] = []
    plan = dict(_regular_files(root, "plan", problems))
    folder = root / "schemas"
    if not folder.is_dir():
        folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    schemas = {
        f"schemas/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.schema.json"))
    }
    return Tree(plan, schemas, tuple(problems))


def _regular_files(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield each regular file in a fixed order; report what is none, without opening it."""
    pending = [folder]
    while pending:
        current = pending.pop()
        with os.scandir(root / current) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
        for entry in ordered:
            name = f"{current}/{entry.name}"
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                pending.append(name)
            elif not stat.S_ISREG(mode):
                problems.append(_not_a_file(name, mode))
            elif entry.name not in _LITTER and not entry.name.endswith(("~", ".swp")):
                try:
                    with open(entry.path, "rb") as file:
                        # One byte past the bound is enough for the reader to refuse it.
                        yield name, file.read(MAX_BYTES + 1)
                except OSError:
                    problems.append(_unreadable(name))


def _not_a_file(name: str, mode: int) -> Problem:
    what = "en länk till en annan plats" if stat.S_ISLNK(mode) else "ingen vanlig fil"
    message = f"”{name}” är {what}, och bara vanliga filer läses"
    return Problem(Location(name), "inte-vanlig-fil", message, "lägg själva filen här")


def _unreadable(name: str) -> Problem:
    message = f"”{name}” går inte att läsa"
    return Problem(Location(name), "inte-vanlig-fil", message, "ge dig själv läsrätt till filen")
