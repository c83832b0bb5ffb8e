"""What a program that lives on keeps from one reading of a plan to the next.

Each part names what it rests on, and is made anew when that is another: an answer is the same as
that of a program that has just begun.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ska.check import Memory
from ska.files.git import RevisionError, commit_of
from ska.files.tree import Tree
from ska.loading.frame import FRAME
from ska.memory.shelf import Shelf
from ska.past.gathering import Commits, read_commits
from ska.reading import schema


@dataclass(slots=True)
class Kept:
    """Schemas as they are used, files as they were read, and what the commits say."""

    files: Memory = field(default_factory=dict)
    _schemas: dict[str, bytes] = field(default_factory=dict)
    _kinds: dict[str, schema.Kind] = field(default_factory=dict)
    _commits: dict[tuple[str, bytes], Commits] = field(default_factory=dict)
    _shelf: Shelf | None = None

    def kinds(self, tree: Tree) -> dict[str, schema.Kind]:
        """Load the schemas. With other schemas nothing else is kept either."""
        if self._schemas != tree.schemas:
            self._kinds = schema.load(tree.schemas)
            self._schemas = dict(tree.schemas)
            self.files.clear()
            self._commits.clear()
        return self._kinds

    def fetch(self, root: Path, tree: Tree) -> None:
        """Take in what an earlier run kept on disk of the plan below `root`."""
        self.kinds(tree)
        self._shelf = Shelf.of(root, tree)
        if self._shelf:
            self._shelf.fetch(tree, self.files)

    def put(self) -> None:
        """Keep what has been read since `fetch` for the next run."""
        if self._shelf:
            self._shelf.put(self.files)

    def commits(self, root: Path, tree: Tree, at: str = "HEAD") -> Commits:
        """Read the commits. Which are of other editions than the tree's, its frame says."""
        kinds = self.kinds(tree)
        try:
            key = (commit_of(root, at), tree.plan.get(FRAME, b""))
        except RevisionError:  # no git, or no commit yet
            return read_commits(root, tree, kinds, at)
        if key not in self._commits:
            self._commits = {key: read_commits(root, tree, kinds, at)}
        return self._commits[key]
