"""A work tree as {path: bytes}, and what in it could not be taken in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ska import codeowners
from ska.problems import Location, Problem
from ska.reading.yaml_text import MAX_BYTES

#: What operating systems and editors leave behind; never content.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_PACKAGED = Path(__file__).parents[1] / "schemas"
_CHECKOUT = Path(__file__).parents[3] / "schemas"


@dataclass(frozen=True)
class Tree:
    """Files below plan/ and schemas/ by path (with `/`), and what could not be taken in."""

    plan: dict[str, bytes]
    schemas: dict[str, bytes]
    problems: tuple[Problem, ...] = ()
    #: The file that says who approves what, by path; only of a work tree, which it is about.
    codeowners: tuple[str, bytes] | None = None


class NoPlanError(Exception):
    """The folder holds no plan; the text says so in Swedish."""


def read_tree(root: Path) -> Tree:
    """Read `root`'s plan/ and schemas/ (the program's own schemas where it has none).

    Raises `NoPlanError` where there is no plan/ to read.
    """
    if not os.path.isdir(root / "plan"):
        raise NoPlanError(f"mappen {root} har ingen mapp plan/")
    problems: list[Problem] = []
    plan = dict(_regular_files(root, "plan", problems))
    owners = _codeowners(root, problems)
    return Tree(plan, read_schemas(root), tuple(problems), owners)


def _codeowners(root: Path, problems: list[Problem]) -> tuple[str, bytes] | None:
    for place in codeowners.PLACES:
        try:
            if (root / place).is_file():
                return place, _content(str(root / place))
        except OSError:
            problems.append(_unreadable(place, "filen"))
    return None


def read_schemas(root: Path) -> dict[str, bytes]:
    """Read `root`'s schemas, or the program's own where it has none."""
    folder = root / "schemas"
    if not folder.is_dir():
        folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    schemas = {}
    for path in sorted(folder.glob("*.schema.json")):
        try:
            schemas[f"schemas/{path.name}"] = path.read_bytes()
        except OSError:
            raise NoPlanError(f"schemat {path} går inte att läsa") from None
    return schemas


def _regular_files(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield each regular file in a fixed order; report what is none, without opening it."""
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            with os.scandir(root / current) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            problems.append(_unreadable(current, "mappen"))
            continue
        for entry in ordered:
            if is_litter(entry.name):
                continue
            name = f"{current}/{entry.name}"
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
                content = _content(entry.path) if stat.S_ISREG(mode) else None
            except FileNotFoundError:
                continue  # an editor has just put another file in its place
            except OSError:
                problems.append(_unreadable(name, "filen"))
                continue
            if content is not None:
                yield name, content
                continue
            if stat.S_ISDIR(mode):
                pending.append(name)
                if not name.lower().endswith((".yml", ".yaml")):
                    continue
            problems.append(not_a_file(name, mode))


def is_litter(name: str) -> bool:
    """Tell whether a name is of what systems and editors leave behind."""
    return name in _LITTER or name.startswith(".#") or name.endswith(("~", ".swp"))


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        # One byte past the bound is enough to refuse it; to make room for that much each time
        # would take three times as long as the reading itself.
        size = min(os.fstat(file.fileno()).st_size, MAX_BYTES)
        content = file.read(size + 1)
        return content if len(content) <= size else content + file.read(MAX_BYTES - size)


def not_a_file(name: str, mode: int) -> Problem:
    """Say that what bears a name, of such a mode, is no file to read."""
    if stat.S_ISDIR(mode):
        message = f"”{name}” är en mapp, men heter som en fil och läses inte"
        return Problem(Location(name), "inte-vanlig-fil", message, "döp om eller ta bort mappen")
    what = "en länk till en annan plats" if stat.S_ISLNK(mode) else "ingen vanlig fil"
    message = f"”{name}” är {what}, och bara vanliga filer läses"
    return Problem(Location(name), "inte-vanlig-fil", message, "lägg själva filen här")


def _unreadable(name: str, what: str) -> Problem:
    message = f"{what} ”{name}” går inte att läsa"
    hint = "kontrollera att du har rätt att läsa, och att inget annat program har låst"
    return Problem(Location(name), "inte-vanlig-fil", message, hint)
