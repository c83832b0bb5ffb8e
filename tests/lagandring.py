"""The surroundings of the help page on a law that changed: the plan as it was the day before.

The branch main holds the plan of this project as it would be had nobody written in that
socialtjänstlagen (2001:453) was repealed; the work tree holds it as it is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

from ska.check import load
from ska.files.tree import read_tree
from ska.files.writing import write_files
from ska.lankar.granska import Blick, nya

ROOT = Path(__file__).resolve().parent.parent
LAW = "plan/lagrum.yml"
#: What the register says of these because of the repeal.
REPEALED = ("socialtjanstlagen-2001", "sol-2001-3-3", "sol-2001-14-3-7")
_BECAUSE = re.compile(r"^    (upphävd|ersatt_av|ersatt): .*\n", re.MULTILINE)


def before(text: str) -> str:
    """Take the repeal out of the register."""
    entries = re.split(r"(?m)^(?=  - id: )", text)
    return "".join(
        _BECAUSE.sub("", entry) if entry.startswith(tuple(f"  - id: {id}\n" for id in REPEALED))
        else entry
        for entry in entries
    )  # fmt: skip


def make(root: Path) -> Path:
    """Make the project in a folder; return it."""
    for name in ("plan", "schemas", "docs/hjalp"):
        shutil.copytree(ROOT / name, root / name)
    shutil.rmtree(root / "plan" / "granskat")
    now = (root / LAW).read_text(encoding="utf-8")
    was = before(now)
    assert was != now
    (root / LAW).write_text(was, encoding="utf-8")
    plan = load(read_tree(root)).plan
    assert plan is not None
    write_files(root, nya(plan, Blick("planens-redaktion", date(2025, 6, 2), "ny")).files)
    for command in ("init -q -b main", "add -A", "commit -qm Planen"):
        subprocess.run(["git", "-C", str(root), *command.split()], check=True)
    (root / LAW).write_text(now, encoding="utf-8")
    return root
