"""The undamaged plans, and a check of them that is quick because it remembers what it has read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unittest import mock

from ska import check as checking
from ska.check import Outcome, check
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.problems import Problem
from ska.reading import schema
from ska.ting import Nyckel
from tests.mutations import edit
from tests.mutations.edit import Edit

ROOT = Path(__file__).resolve().parents[2]
Files = Mapping[str, bytes | None]  # a path without bytes is a file taken away


@dataclass(frozen=True)
class Copy:
    """Another file, with edits."""

    path: str
    edits: list[Edit]


#: What becomes of a file: edits of it, other bytes, another file's content, or nothing.
Change = list[Edit] | Copy | bytes | None


@dataclass(frozen=True, eq=False)
class Site:
    """A whole plan, the day on which it is checked, and its earlier edition."""

    name: str
    folder: Path
    today: date

    @cached_property
    def tree(self) -> Tree:
        return read_tree(self.folder)

    @cached_property
    def kinds(self) -> dict[str, schema.Kind]:
        return schema.load(self.tree.schemas)

    @cached_property
    def plan(self) -> Plan:
        found = check(self.tree, self.today).plan
        assert found is not None, f"{self.name} har filer som inte godtas"
        return found

    @cached_property
    def undamaged(self) -> tuple[Problem, ...]:
        """What the check says of the plan as it is."""
        return self.checked().problems

    @cached_property
    def disputed(self) -> frozenset[Nyckel]:
        """What the undamaged plan already has a problem with, or an accepted one."""
        found = {problem.thing for problem in self.undamaged if problem.thing}
        accepted = {(u.sakslag, u.sak) for u in self.plan.undantag.values()}
        return frozenset(found | accepted)

    @cached_property
    def earlier(self) -> tuple[Plan, ...]:
        """The plan as it was decided, and the edition before it, which had the same things."""
        ram = self.plan.ram
        before = replace(ram, utgåva=f"{ram.utgåva}-innan", status="beslutad")
        return (self.plan, replace(self.plan, ramar={ram.id: before}))

    def damaged(self, changes: Mapping[str, Change]) -> Files:
        """Return the files that the changes come to."""
        return {path: self._changed(path, change) for path, change in changes.items()}

    def _changed(self, path: str, change: Change) -> bytes | None:
        if isinstance(change, Copy):
            return edit.rewritten(self.tree.plan[change.path], change.edits)
        return edit.rewritten(self.tree.plan[path], change) if isinstance(change, list) else change

    def checked(self, files: Files = {}) -> Outcome:  # noqa: B006 - never changed
        """Check the plan with some files changed."""
        owners = self.tree.codeowners
        if owners and owners[0] in files:
            files = dict(files)
            raw = files.pop(owners[0])
            owners = (owners[0], raw) if raw is not None else None
        plan = {k: v for k, v in {**self.tree.plan, **files}.items() if v is not None}
        tree = Tree(plan, self.tree.schemas, codeowners=owners)
        return check(tree, self.today, self.earlier)


SITES = (
    Site("plan", ROOT, date(2026, 6, 1)),
    Site("full", ROOT / "tests" / "sites" / "full", date(2027, 3, 1)),
    Site("handlingsplan-2018", ROOT / "tests" / "sites" / "handlingsplan-2018", date(2018, 6, 1)),
)


@contextmanager
def remembering() -> Iterator[None]:
    """Read a file, and make its things, once only: a mutant differs from the next in one file."""
    one: Callable[..., Any] = checking._one
    load: Callable[..., Any] = schema.load
    read: dict[tuple[str, bytes], Any] = {}
    loaded = cache(lambda items: load(dict(items)))

    def remember_one(path: str, raw: bytes, kinds: Any) -> Any:
        if (path, raw) not in read:
            read[path, raw] = one(path, raw, kinds)
        return read[path, raw]

    with (
        mock.patch.object(checking, "_one", remember_one),
        mock.patch.object(schema, "load", lambda files: loaded(tuple(sorted(files.items())))),
    ):
        yield


@contextmanager
def asking_only(ids: Collection[str]) -> Iterator[None]:
    """Ask no other rules: what one rule finds doesn't hang on the others."""
    rules = tuple(rule for rule in checking.RULES if rule.ID in ids)
    with mock.patch.object(checking, "RULES", rules):
        yield
