"""A proposal: the plan as it would become, beside the plan that it sets out from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ska.changes.report import Rapport, compared
from ska.changes.sides import Par, sides
from ska.check import Memory, Outcome, load
from ska.files.git import fork_point, read_revision
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.reading.forms import Former
from ska.reading.schema import Kind
from ska.ting import Nyckel


@dataclass(frozen=True, slots=True)
class Bas:
    """What a proposal is compared with: its name, and the commit and its time where it is one."""

    namn: str
    commit: str = ""
    när: datetime | None = None


@dataclass(frozen=True, slots=True)
class Förslag:
    """What a proposal changes: the report, and each changed thing's two sides."""

    bas: Bas
    före: Plan
    rapport: Rapport
    sidor: Mapping[Nyckel, tuple[Par, ...]]


class BaseError(Exception):
    """The plan to compare with holds faults; `outcome` has them."""

    def __init__(self, namn: str, outcome: Outcome) -> None:
        """Keep what was found."""
        super().__init__(f"planen i {namn} går inte att läsa, så det finns inget att jämföra")
        self.outcome = outcome


def propose(bas: Bas, old: Plan, new: Plan, forms: Former) -> Förslag:
    """Compare the plan with what it sets out from."""
    ordare, things, rapport = compared(old, new, forms, proposed=True)
    return Förslag(
        bas, old, rapport, {key: sides(ordare, changes) for key, changes in things.items()}
    )


def base(
    root: Path,
    name: str,
    schemas: Mapping[str, bytes],
    kinds: Mapping[str, Kind],
    at: str = "HEAD",
    memory: Memory | None = None,
) -> tuple[Bas, Plan]:
    """Read what a proposal in `root` is compared with: a folder with a plan in it, or a revision.

    Of a revision it is the commit where the work that `at` holds left it: what has been done
    there since is no part of the proposal. `memory` holds what files came to, most of which are
    the same here. Raises `RevisionError`, or `BaseError` where the plan has faults.
    """
    tree, bas = _tree(root, name, schemas, at)
    outcome = load(tree, kinds, {**memory} if memory else None)
    if outcome.plan is None:
        raise BaseError(name, outcome)
    return bas, outcome.plan


def _tree(root: Path, name: str, schemas: Mapping[str, bytes], at: str) -> tuple[Tree, Bas]:
    if (root / name / "plan").is_dir():
        return replace(read_tree(root / name), schemas=dict(schemas)), Bas(Path(name).name or name)
    commit, when = fork_point(root, name, at)
    return read_revision(root, commit, schemas), Bas(name, commit, when)
