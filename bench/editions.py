"""A repository whose history holds many editions of a generated plan, to publish."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.generator import TODAY, generate
from bench.ground import Ground
from bench.timing import Cost, spread

#: How many; the figures say it in words.
_EDITIONS: Final = 10
_WHO: Final = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")


def publishing(ground: Ground) -> list[Figure]:
    """Measure ten editions published, and the same once more when nothing has changed."""
    folder, routines = ground.home / "publicerat", ground.sizes.few
    ground.runner.say(f"{_EDITIONS} utgåvor skrivs")
    lay_out(folder, _EDITIONS, routines)

    def run(what: str) -> Cost:
        arguments = ("-m", "ska.cli", "publish", "publicerat", "--date", str(TODAY))
        return ground.runner.run(f"ska publish, {what}", arguments, folder)

    first, again = [], []
    for _ in range(ground.sizes.large_sites):
        shutil.rmtree(folder / "publicerat", ignore_errors=True)
        first.append(run("allt nytt"))
        again.append(run("inget nytt"))
    what, runs = f"Publicera tio utgåvor, {routines} rutiner i var", len(first)
    most = spread([cost.memory / 1e6 for cost in first])
    return [
        Figure(what, "s", spread([cost.wall for cost in first]), None, runs),
        Figure("Publicera tio utgåvor: processortid", "s", spread([cost.cpu for cost in first]),
               None, runs),
        Figure("Publicera tio utgåvor: en gång till, inget ändrat", "s",
               spread([cost.cpu for cost in again]), None, runs),
        Figure("Publicera tio utgåvor: på disk", "MB", spread([_size(folder) / 1e6])),
        Figure("Publicera tio utgåvor: minne som mest", "MB", most, None, runs),
    ]  # fmt: skip


def _size(folder: Path) -> int:
    """Sum up what the published files take; those with two names once."""
    found = [path.stat() for path in (folder / "publicerat").rglob("*") if path.is_file()]
    return sum({(file.st_dev, file.st_ino): file.st_size for file in found}.values())


def lay_out(folder: Path, editions: int, routines: int) -> None:
    """Write a plan for each of as many years, one commit a year, the newest last.

    Each has other routines than the one before it: one in ten has another purpose.
    """
    generate(folder, routines=routines)
    files = {path: path.read_text("utf-8") for path in sorted((folder / "plan").rglob("*.yml"))}
    frame, register = folder / "plan/plan.yml", folder / "plan/utgavor.yml"
    head, _, entry = files[register].partition("  - id: ")
    _git(folder, "init", "-q", "-b", "main")
    for year in range(TODAY.year - editions + 1, TODAY.year + 1):
        known = range(year, TODAY.year - editions, -1)
        texts = {
            frame: _of_year(files[frame], year),
            register: head
            + "".join(f"  - id: {_of_year(entry, known_year)}" for known_year in known),
        }
        for number, path in enumerate(p for p in files if p.parent.name == "rutiner"):
            if number % 10 == year % 10:
                texts[path] = files[path].replace(
                    "syfte: ", f"syfte: Sedan {year} gäller det här. ", 1
                )
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        _git(folder, "add", "-A")
        _git(folder, "commit", "-qm", f"Planen för {year}")


def _of_year(text: str, year: int) -> str:
    return text.replace(str(TODAY.year - 1), str(year - 1)).replace(str(TODAY.year), str(year))


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *_WHO, *arguments], cwd=folder, check=True, capture_output=True)
