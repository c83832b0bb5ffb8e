"""What there is to publish: the plan in force, earlier editions and proposals, out of git."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

from ska import report
from ska.check import Memory, check
from ska.files.git import RevisionError, commit_of, fork_point, git, read_revision
from ska.files.tree import Tree, read_schemas, read_tree
from ska.memory.shelf import Shelf
from ska.model import Plan
from ska.past.chronicle import I_KRAFT
from ska.past.editions import Funnen, earlier
from ska.past.gathering import claimed
from ska.reading import schema
from ska.render.notiser import GÄLLANDE

#: The folder of the proposals.
UTKAST: Final = "utkast"
_MAIN: Final = "main"
_COMMIT: Final = 10
HÅLLEN: Final = frozenset({"beslutad", "återgivning"})


class PublishError(Exception):
    """Nothing is published; the text says why, in Swedish."""


@dataclass(frozen=True, slots=True)
class Del:
    """One site of those that are published: its folder, its plan and what it is drawn as."""

    mapp: str
    läge: Literal["gällande", "tidigare", "förslag"]
    titel: str
    plan: Plan
    tree: Tree
    at: str
    #: The day that counts as today on its pages. That of an earlier edition never changes.
    dag: date
    #: What a proposal changes: the branch it sets out from, and the commit where it left that.
    bas: str = ""
    lämnad: str = ""

    @property
    def utgåva(self) -> str:
        """Name its edition."""
        return self.plan.ram.utgåva


@dataclass(frozen=True, slots=True)
class Delar:
    """All that is to be published, and what is not and why."""

    gällande: Del
    tidigare: tuple[Del, ...] = ()
    förslag: tuple[Del, ...] = ()
    #: Editions that the register says are held, and the history lacks.
    saknade: tuple[str, ...] = ()
    #: Editions that are in the history and can't be read.
    oläsliga: tuple[Funnen, ...] = ()
    #: Editions in the history that are not in the register as decided or retold.
    utanför: tuple[str, ...] = ()
    kinds: Mapping[str, schema.Kind] = field(default_factory=dict)
    #: Where the plan in force was read, and whether the folder has changes that aren't in it.
    källa: str = ""
    osparat: bool = False

    def __iter__(self) -> Iterator[Del]:
        return iter((self.gällande, *self.tidigare, *self.förslag))


def parts(root: Path, today: date, drafts: Iterable[str], branch: str = "") -> Delar:
    """Read everything that `root` and its history hold. Raises `PublishError`.

    `branch` holds the plan in force; where none is given it is `main`.
    """
    schemas = read_schemas(root)
    kinds = schema.load(schemas)
    at, tree, branch, unsaved = _in_force(root, schemas, branch)
    plan = _sound(root, tree, today, kinds, f"Planen i {branch}")
    source = f"{branch} ({at[:_COMMIT]})" if at != "HEAD" else branch
    own = Del(GÄLLANDE, "gällande", plan.utgåvor[plan.ram.utgåva].titel, plan, tree, at, today)
    before = earlier(root, tree, kinds, at)
    older, outside, unread = [], [], [*before.oläsliga]
    newer = plan.ram.gäller_från
    found = (läst for läst in before.lästa if läst.funnen.utgåva != own.utgåva)
    for läst in sorted(found, key=lambda läst: läst.plan.ram.gäller_från, reverse=True):
        edition, ram = plan.utgåvor.get(läst.funnen.utgåva), läst.plan.ram
        if edition is None or edition.typ not in HÅLLEN or ram.status not in I_KRAFT:
            outside.append(läst.funnen.utgåva)
            continue
        if läst.plan.okända:  # nobody checks it again, and pages are made of what names lead to
            unread.append(läst.funnen)
            continue
        after = min(ram.gäller_till, newer - timedelta(1)) + timedelta(1)
        day = min(today, max(ram.gäller_från, after))
        older.append(Del(
            edition.id, "tidigare", edition.titel, läst.plan, läst.tree, läst.funnen.commit, day
        ))  # fmt: skip
        newer = ram.gäller_från
    held = {*(d.utgåva for d in older), *outside, *(f.utgåva for f in unread)}
    return Delar(
        own, tuple(older), tuple(_drafts(root, own, branch, kinds, drafts)),
        tuple(id for id in claimed(plan) if id not in held),
        tuple(f for f in unread if f.utgåva != own.utgåva), tuple(outside), kinds,
        source, unsaved,
    )  # fmt: skip


def _in_force(root: Path, schemas: Mapping[str, bytes], branch: str) -> tuple[str, Tree, str, bool]:
    """Read what the branch holds: its commit, its tree, what it is called, what is not in it.

    Where nobody has named one it is `main`; without that what is checked out, and without git
    the folder. The last part tells whether the folder has something that isn't in git.
    """
    asked = branch or _MAIN
    for name in (asked, f"origin/{asked}", *(() if branch else ("HEAD",))):
        try:
            commit = commit_of(root, name)
            tree = read_revision(root, commit, schemas)
        except RevisionError:
            continue
        return commit, tree, name, bool(git(root, "status", "--porcelain", "--", "plan"))
    if branch:
        raise PublishError(f"Grenen ”{branch}” finns inte här, eller har ingen mapp plan/.")
    return "HEAD", read_tree(root), "mappen plan/", False


def _drafts(
    root: Path,
    own: Del,
    bas: str,
    kinds: Mapping[str, schema.Kind],
    branches: Iterable[str],
) -> Iterator[Del]:
    taken: dict[str, str] = {}
    for branch in dict.fromkeys(branches):
        folder = f"{UTKAST}/{_slug(branch)}"
        if folder in taken:
            raise PublishError(
                f"Förslagen ”{taken[folder]}” och ”{branch}” skulle hamna i samma mapp, {folder}. "
                "Döp om den ena grenen."
            )
        taken[folder] = branch
        commit = _commit_of_draft(root, branch)
        tree = read_revision(root, commit, own.tree.schemas)
        plan = _sound(root, tree, own.dag, kinds, f"Förslaget på grenen {branch}")
        title = plan.utgåvor[plan.ram.utgåva].titel
        left, _ = fork_point(root, bas, commit)
        yield Del(folder, "förslag", title, plan, tree, commit, own.dag, bas, left)


def _commit_of_draft(root: Path, branch: str) -> str:
    try:
        return commit_of(root, branch)
    except RevisionError as unknown:
        try:
            return commit_of(root, f"origin/{branch}")
        except RevisionError:
            raise PublishError(f"Förslaget går inte att läsa: {unknown}.") from None


def _sound(
    root: Path, tree: Tree, today: date, kinds: Mapping[str, schema.Kind], what: str
) -> Plan:
    memory: Memory = {}
    if shelf := Shelf.of(root, tree):  # most files are as they were when the folder was checked
        shelf.fetch(tree, memory)
    outcome = check(tree, today, kinds=kinds, memory=memory)
    if outcome.plan is None or outcome.errors:
        raise PublishError(f"{report.text(outcome)}{what} har fel, så ingenting är publicerat.")
    return outcome.plan


def _slug(branch: str) -> str:
    plain = unicodedata.normalize("NFKD", branch).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not slug:
        raise PublishError(f"Grenen ”{branch}” har inget namn som kan bli en mapp. Döp om den.")
    return slug
