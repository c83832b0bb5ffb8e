"""What git holds: a revision's files, and which commits there are. Only here is git run."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ska.files.tree import NoPlanError, Tree, is_litter, not_a_file
from ska.problems import Problem
from ska.reading.yaml_text import MAX_BYTES

#: Nothing of the user's may reach in: no translated answers, no fetching of what is missing,
#: no lock that a running editor would wait for.
_QUIET: Final = {
    "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
}  # fmt: skip
#: What git tells its hooks; it would lead away from the folder that is asked about.
_OF_HOOKS: Final = frozenset({
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
})  # fmt: skip
#: What a user may have asked `git log` to do otherwise: to leave out merges, or tell them another
#: way; to follow one file; to tell of signatures among the commits.
_AS_EVER: Final = (
    "log.diffMerges=separate", "log.follow=false", "log.showSignature=false", "log.showRoot=true",
)  # fmt: skip
_LINK, _FOLDER_OF_OTHERS = "120000", "160000"


class RevisionError(NoPlanError):
    """A revision cannot be read; the text says why in Swedish."""


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in `root` and return what it answers. Raises `RevisionError` where it refuses."""
    surroundings = {name: text for name, text in os.environ.items() if name not in _OF_HOOKS}
    settings = [part for one in _AS_EVER for part in ("-c", one)]
    try:
        done = subprocess.run(
            ["git", "--literal-pathspecs", *settings, "-C", str(root), *arguments],
            input=given, capture_output=True, check=False, env={**surroundings, **_QUIET},
        )  # fmt: skip
    except OSError:
        raise RevisionError("programmet git finns inte på den här datorn") from None
    if done.returncode:
        raise RevisionError(_refusal(root, done.stderr.decode(errors="replace")))
    return done.stdout


def _refusal(root: Path, answer: str) -> str:
    if "not a git repository" in answer:
        return f"mappen {root} hör inte till något git-förråd, så den har inga revisioner"
    if "dubious ownership" in answer:
        return f"mappen {root} tillhör någon annan, och därför vill git inte läsa den"
    if "promisor remote" in answer:
        return (
            f"mappen {root} är en kopia som inte har allt filerna har innehållit (den är hämtad "
            "med --filter), och ”git fetch --refetch --no-filter” hämtar det"
        )
    return f"git kan inte läsa revisionen i mappen {root}"


def commit_of(root: Path, revision: str) -> str:
    """Return the full name of the commit that `revision` means."""
    if revision.startswith("-") or not revision.isprintable() or not revision:
        raise RevisionError(f"”{revision}” är inget namn på en revision")
    git(root, "rev-parse", "--git-dir")  # tells a folder without git from an unknown name
    try:
        named = git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except RevisionError:
        raise RevisionError(_unknown(root, revision)) from None
    return named.decode().strip()


def _unknown(root: Path, revision: str) -> str:
    message = f"revisionen ”{revision}” finns inte här"
    if git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        message += "; kopian har bara en del av historiken, och ”git fetch --unshallow” hämtar allt"
    return message


def read_revision(root: Path, revision: str, schemas: Mapping[str, bytes]) -> Tree:
    """Read plan/ as it stood at any commit, without touching the work tree.

    `schemas` are today's: it is today's program that reads. Raises `RevisionError`.
    """
    commit = commit_of(root, revision)
    folder = f"{_prefix(root)}plan/"
    problems: list[Problem] = []
    names: dict[str, str] = {}
    listed = git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", folder)
    for entry in listed.split(b"\0")[:-1]:
        about, _, raw = entry.partition(b"\t")
        mode, _, blob = about.decode().split()
        name = "plan/" + os.fsdecode(raw)[len(folder) :]
        if is_litter(name.rpartition("/")[2]):
            continue
        if mode in (_LINK, _FOLDER_OF_OTHERS):
            problems.append(not_a_file(name, stat.S_IFLNK if mode == _LINK else stat.S_IFDIR))
        else:
            names[name] = blob
    if not names and not problems:
        raise RevisionError(f"revisionen ”{revision}” har ingen mapp plan/")
    contents = blobs(root, list(names.values()))
    plan = dict(zip(names, (content or b"" for content in contents), strict=True))
    return Tree(plan, dict(schemas), tuple(problems))


def fork_point(root: Path, revision: str, at: str = "HEAD") -> tuple[str, datetime]:
    """Return the commit where the work that `at` holds left a revision, and when that was made.

    Where the two have nothing in common, as in a shallow copy, it is the revision itself.
    """
    commit = commit_of(root, revision)
    with contextlib.suppress(RevisionError):
        commit = git(root, "merge-base", commit, at).decode().strip()
    made = git(root, "show", "--no-patch", "--format=%ct", commit)
    return commit, datetime.fromtimestamp(int(made), UTC)


def commits(root: Path, at: str = "HEAD") -> list[str]:
    """Return the commits up to `at` that changed plan/, newest first; none without history."""
    try:
        listed = git(root, "log", "--full-history", "--format=%H", at, "--", "plan")
    except RevisionError:
        return []
    return listed.decode().split()


def at_commits(root: Path, commits: Sequence[str], path: str) -> list[bytes | None]:
    """Return a file as it stood at each of `commits`; None where it was missing."""
    where = f"{_prefix(root)}{path}"
    return blobs(root, [f"{commit}:{where}" for commit in commits])


def _prefix(root: Path) -> str:
    """Say where in its repository `root` lies: empty, or a path that ends with `/`."""
    return os.fsdecode(git(root, "rev-parse", "--show-prefix")).rstrip("\n")


def blobs(root: Path, names: Sequence[str]) -> list[bytes | None]:
    """Read many objects at once, each no further than what the reader refuses anyway."""
    asked = "".join(f"{name}\n" for name in names)
    answer = git(root, "cat-file", "--batch", given=os.fsencode(asked)) if names else b""
    found: list[bytes | None] = []
    at = 0
    for _ in names:
        end = answer.index(b"\n", at)
        told = answer[at:end].split(b" ")
        at = end + 1
        if told[-1] == b"missing" or told[-2] != b"blob":
            found.append(None)
            at += 0 if told[-1] == b"missing" else int(told[-1]) + 1
            continue
        size = int(told[-1])
        found.append(answer[at : at + min(size, MAX_BYTES + 1)])
        at += size + 1
    return found
