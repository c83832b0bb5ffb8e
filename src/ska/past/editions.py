"""The earlier editions that git's history holds: optional, and read only where there are any.

An edition's content is plan/ at the newest commit whose plan.yml names it; nobody must remember
to tag. Of the plan's own edition it is the first commit where the board had decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ska.check import Memory, load
from ska.files.git import RevisionError, at_commits, commits, read_revision
from ska.files.tree import Tree
from ska.loading import frame
from ska.memory.shelf import Shelf
from ska.model import Plan
from ska.reading import schema


@dataclass(frozen=True, slots=True)
class Funnen:
    """An edition in the history: its id, and the commit that holds it."""

    utgåva: str
    commit: str


@dataclass(frozen=True, slots=True)
class Läst:
    """An edition in the history that today's program has read: where, its files, its plan."""

    funnen: Funnen
    tree: Tree
    plan: Plan


@dataclass(frozen=True, slots=True)
class Tidigare:
    """The earlier editions, newest first, and those that today's program cannot read."""

    lästa: tuple[Läst, ...] = ()
    oläsliga: tuple[Funnen, ...] = ()

    @property
    def planer(self) -> tuple[Plan, ...]:
        """The plans alone, for who compares with them."""
        return tuple(läst.plan for läst in self.lästa)


def earlier(
    root: Path, tree: Tree, kinds: Mapping[str, schema.Kind] | None = None, at: str = "HEAD"
) -> Tidigare:
    """Read the earlier editions of a plan in `root`; none without git or history.

    Its history is that of the revision `at`. `kinds` are the schemas, where the caller has
    loaded them already. An edition for a later time, of which this is an older one put in
    afterwards, is not earlier.
    """
    own = frame.read(tree.plan.get(frame.FRAME, b""))
    try:
        found = in_history(root, own.utgåva, at)
    except RevisionError:
        return Tidigare()
    if not found:
        return Tidigare()
    kinds = schema.load(tree.schemas) if kinds is None else kinds
    read, unread = [], []
    for edition in found:
        held = _read(root, edition, tree.schemas, kinds)
        if held is None:
            unread.append(edition)
        elif edition.utgåva == own.utgåva or not (
            own.från and held.plan.ram.gäller_från > own.från
        ):
            read.append(held)
    return Tidigare(tuple(read), tuple(unread))


def in_history(root: Path, own: str, at: str = "HEAD") -> list[Funnen]:
    """Find which commit holds each edition, newest first; `own` only as it was decided."""
    names = commits(root, at)
    frames = at_commits(root, names, frame.FRAME) if names else []
    read = {raw: frame.read(raw) for raw in {*frames} if raw}
    newest: dict[str, str] = {}
    decided = ""
    for commit, raw in zip(names, frames, strict=True):
        edition, status, _ = read.get(raw or b"", frame.Ramen())
        if edition == own and status == "beslutad":
            decided = commit  # the last that is found is the oldest
        elif edition and edition != own:
            newest.setdefault(edition, commit)
    found = {commit: Funnen(edition, commit) for edition, commit in newest.items()}
    if decided:
        found[decided] = Funnen(own, decided)
    return [found[commit] for commit in names if commit in found]


def _read(
    root: Path, found: Funnen, schemas: Mapping[str, bytes], kinds: Mapping[str, schema.Kind]
) -> Läst | None:
    try:
        tree = read_revision(root, found.commit, schemas)
    except RevisionError:
        return None
    memory: Memory = {}
    if shelf := Shelf.of(root, tree, found.utgåva):
        shelf.fetch(tree, memory)
    plan = load(tree, kinds, memory).plan
    if shelf:
        shelf.put(memory)
    return Läst(found, tree, plan) if plan else None
