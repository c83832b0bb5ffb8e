"""The earlier editions that git's history holds: optional, and read only where there are any.

An edition's content is plan/ at the newest commit whose plan.yml names it; nobody must remember
to tag. Of the plan's own edition it is the first commit where the board had decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ska import schema, yaml_source
from ska.check import load
from ska.files import RevisionError, Tree, at_commits, commits, read_revision
from ska.model import Plan
from ska.problems import Problem

_FRAME: Final = "plan/plan.yml"


@dataclass(frozen=True, slots=True)
class Funnen:
    """An edition in the history: its id, and the commit that holds it."""

    utgåva: str
    commit: str


@dataclass(frozen=True, slots=True)
class Tidigare:
    """The earlier editions, newest first, and those that today's program cannot read."""

    planer: tuple[Plan, ...] = ()
    oläsliga: tuple[Funnen, ...] = ()


def earlier(root: Path, tree: Tree) -> Tidigare:
    """Read the earlier editions of the plan in `root`; none without git or history."""
    own = _frame(tree.plan.get(_FRAME, b""))[0]
    try:
        found = in_history(root, own)
    except RevisionError:
        return Tidigare()
    if not found:
        return Tidigare()
    kinds = schema.load(tree.schemas)
    plans, unread = [], []
    for edition in found:
        plan = _plan(root, edition.commit, tree.schemas, kinds)
        if plan is None:
            unread.append(edition)
        else:
            plans.append(plan)
    return Tidigare(tuple(plans), tuple(unread))


def in_history(root: Path, own: str) -> list[Funnen]:
    """Find which commit holds each edition, newest first; `own` only as it was decided."""
    names = commits(root)
    frames = at_commits(root, names, _FRAME) if names else []
    read = {raw: _frame(raw) for raw in {*frames} if raw}
    newest: dict[str, str] = {}
    decided = ""
    for commit, raw in zip(names, frames, strict=True):
        edition, status = read.get(raw or b"", ("", ""))
        if edition == own and status == "beslutad":
            decided = commit  # the last that is found is the oldest
        elif edition and edition != own:
            newest.setdefault(edition, commit)
    found = {commit: Funnen(edition, commit) for edition, commit in newest.items()}
    if decided:
        found[decided] = Funnen(own, decided)
    return [found[commit] for commit in names if commit in found]


def _frame(raw: bytes) -> tuple[str, str]:
    document = yaml_source.read(_FRAME, raw)
    if isinstance(document, Problem):
        return "", ""
    return str(document.data.get("utgåva", "")), str(document.data.get("status", ""))


def _plan(
    root: Path, commit: str, schemas: Mapping[str, bytes], kinds: Mapping[str, schema.Kind]
) -> Plan | None:
    try:
        return load(read_revision(root, commit, schemas), kinds).plan
    except RevisionError:
        return None
