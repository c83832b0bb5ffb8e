"""A repository whose history holds many editions of a generated plan, to publish."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from bench.generator import TODAY, generate

_WHO: Final = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")


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
