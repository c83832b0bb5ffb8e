"""What each commit did to plan/, file by file."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ska.files.git import RevisionError, blobs, git


@dataclass(frozen=True, slots=True)
class Revision:
    """What one commit did to plan/: each changed file as it left it, None where it is gone.

    A content that git has lost is as a file that is gone; `lacks` tells.
    """

    commit: str
    when: datetime
    files: dict[str, bytes | None]
    lacks: bool = False


Brist = Literal["", "git", "förråd", "början"]


def lacks(root: Path) -> Brist:
    """Say what keeps the history from being read: no git, no repository, or a copy that is cut."""
    try:
        answer = git(root, "rev-parse", "--is-shallow-repository")
    except RevisionError:
        return "git" if shutil.which("git") is None else "förråd"
    return "början" if answer.strip() == b"true" else ""


def revisions(root: Path, at: str = "HEAD") -> list[Revision]:
    """Return what changed plan/ up to `at`, oldest first, as those who follow the branch saw it.

    A merge counts as one change, that of the day when it was made. Empty without git or history;
    a shallow copy begins where it was cut.
    """
    return listed_revisions(root, list_revisions(root, at))


def list_revisions(root: Path, at: str = "HEAD") -> bytes:
    """List what `revisions` returns, as git does: the same list, the same revisions.

    It names each commit, its time, and each changed file with its content's own hash.
    """
    try:
        return git(
            root, "log", "-z", "--format=format:%x01%H %ct", "--raw", "--no-abbrev", "--no-renames",
            "-m", "--first-parent", "--reverse", "--relative", at, "--", "plan",
        )  # fmt: skip
    except RevisionError:
        return b""


def listed_revisions(root: Path, listed: bytes) -> list[Revision]:
    """Return the revisions of a list, with their files' contents."""
    heads: list[tuple[str, int]] = []
    changed: list[tuple[int, str, str]] = []  # number of the commit, path, blob
    parts = iter(listed.split(b"\0"))
    for part in parts:
        # A commit's line is followed by a line break, and the first of its files.
        head, _, first = part.rpartition(b"\n") if b"\x01" in part else (b"", b"", part)
        if b"\x01" in part:
            name, when = (head or first).strip(b"\x01").decode().split()
            heads.append((name, int(when)))
        if first.startswith(b":"):
            _, mode, _, blob, _ = first.decode().split()
            regular = mode.startswith("100")
            changed.append((len(heads) - 1, os.fsdecode(next(parts)), blob if regular else ""))
    known = [blob for _, _, blob in changed if blob]
    contents = iter(blobs(root, known))
    files: list[dict[str, bytes | None]] = [{} for _ in heads]
    lacking: set[int] = set()
    for number, path, blob in changed:
        files[number][path] = content = next(contents) if blob else None
        if blob and content is None:
            lacking.add(number)
    return [
        Revision(name, datetime.fromtimestamp(when, UTC), made, number in lacking)
        for number, ((name, when), made) in enumerate(zip(heads, files, strict=True))
    ]
