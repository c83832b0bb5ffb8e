"""A work tree or a git revision as {path: bytes}. Only here are folders walked and git asked."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from ska import codeowners
from ska.problems import Location, Problem
from ska.reading.yaml_source import MAX_BYTES

#: What operating systems and editors leave behind; never content.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_PACKAGED = Path(__file__).parent / "schemas"
_CHECKOUT = Path(__file__).parents[2] / "schemas"


@dataclass(frozen=True)
class Tree:
    """Files below plan/ and schemas/ by path (with `/`), and what could not be taken in."""

    plan: dict[str, bytes]
    schemas: dict[str, bytes]
    problems: tuple[Problem, ...] = ()
    #: The file that says who approves what, by path; only of a work tree, which it is about.
    codeowners: tuple[str, bytes] | None = None


class NoPlanError(Exception):
    """The folder holds no plan; the text says so in Swedish."""


def read_tree(root: Path) -> Tree:
    """Read `root`'s plan/ and schemas/ (the program's own schemas where it has none).

    Raises `NoPlanError` where there is no plan/ to read.
    """
    if not os.path.isdir(root / "plan"):
        raise NoPlanError(f"mappen {root} har ingen mapp plan/")
    problems: list[Problem] = []
    plan = dict(_regular_files(root, "plan", problems))
    owners = _codeowners(root, problems)
    return Tree(plan, read_schemas(root), tuple(problems), owners)


def _codeowners(root: Path, problems: list[Problem]) -> tuple[str, bytes] | None:
    for place in codeowners.PLACES:
        try:
            if (root / place).is_file():
                return place, _content(str(root / place))
        except OSError:
            problems.append(_unreadable(place, "filen"))
    return None


def read_schemas(root: Path) -> dict[str, bytes]:
    """Read `root`'s schemas, or the program's own where it has none."""
    folder = root / "schemas"
    if not folder.is_dir():
        folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    schemas = {}
    for path in sorted(folder.glob("*.schema.json")):
        try:
            schemas[f"schemas/{path.name}"] = path.read_bytes()
        except OSError:
            raise NoPlanError(f"schemat {path} går inte att läsa") from None
    return schemas


def _regular_files(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield each regular file in a fixed order; report what is none, without opening it."""
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            with os.scandir(root / current) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            problems.append(_unreadable(current, "mappen"))
            continue
        for entry in ordered:
            if _is_litter(entry.name):
                continue
            name = f"{current}/{entry.name}"
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
                content = _content(entry.path) if stat.S_ISREG(mode) else None
            except FileNotFoundError:
                continue  # an editor has just put another file in its place
            except OSError:
                problems.append(_unreadable(name, "filen"))
                continue
            if content is not None:
                yield name, content
                continue
            if stat.S_ISDIR(mode):
                pending.append(name)
                if not name.lower().endswith((".yml", ".yaml")):
                    continue
            problems.append(_not_a_file(name, mode))


def _is_litter(name: str) -> bool:
    return name in _LITTER or name.startswith(".#") or name.endswith(("~", ".swp"))


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        # One byte past the bound is enough to refuse it; to make room for that much each time
        # would take three times as long as the reading itself.
        size = min(os.fstat(file.fileno()).st_size, MAX_BYTES)
        content = file.read(size + 1)
        return content if len(content) <= size else content + file.read(MAX_BYTES - size)


def _not_a_file(name: str, mode: int) -> Problem:
    if stat.S_ISDIR(mode):
        message = f"”{name}” är en mapp, men heter som en fil och läses inte"
        return Problem(Location(name), "inte-vanlig-fil", message, "döp om eller ta bort mappen")
    what = "en länk till en annan plats" if stat.S_ISLNK(mode) else "ingen vanlig fil"
    message = f"”{name}” är {what}, och bara vanliga filer läses"
    return Problem(Location(name), "inte-vanlig-fil", message, "lägg själva filen här")


def _unreadable(name: str, what: str) -> Problem:
    message = f"{what} ”{name}” går inte att läsa"
    hint = "kontrollera att du har rätt att läsa, och att inget annat program har låst"
    return Problem(Location(name), "inte-vanlig-fil", message, hint)


def write_file(path: Path, content: bytes) -> None:
    """Put a whole file in place: what was there stays until all of the new is on disk."""
    write_files(path.parent, {path.name: content})


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Put new contents in place of old ones, all or none.

    All are on disk before the first is seen. Where one can't be put in place those before it are
    put back; an old file that can't be stays beside it, named `.#….gammal`.
    """
    paths = [root / name for name in files]
    try:
        for path, content in zip(paths, files.values(), strict=True):
            _put(_beside(path, "ny"), content)
            if path.exists():
                shutil.copymode(path, _beside(path, "ny"))
                shutil.copy2(path, _beside(path, "gammal"))
    except OSError:
        _tidy(paths, "ny", "gammal")
        raise
    try:
        _swap(paths)
    finally:
        _tidy(paths, "ny")
    _tidy(paths, "gammal")


def remove_files(root: Path, names: Iterable[str]) -> None:
    """Take files away; one that is gone already is no fault."""
    for name in names:
        (root / name).unlink(missing_ok=True)


def _tidy(paths: Sequence[Path], *what: str) -> None:
    for path in paths:
        for one in what:
            _beside(path, one).unlink(missing_ok=True)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".#{path.name}.{what}")  # a name that is never read as content


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _swap(paths: Sequence[Path]) -> None:
    done: list[Path] = []
    try:
        for path in paths:
            os.replace(_beside(path, "ny"), path)
            done.append(path)
    except OSError:
        for path in done:
            if _beside(path, "gammal").exists():
                os.replace(_beside(path, "gammal"), path)
            else:
                path.unlink()
        _tidy(paths, "gammal")
        raise


# Revisions

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
_LINK, _FOLDER_OF_OTHERS = "120000", "160000"


class RevisionError(NoPlanError):
    """A revision cannot be read; the text says why in Swedish."""


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in `root` and return what it answers. Raises `RevisionError` where it refuses."""
    surroundings = {name: text for name, text in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(
            ["git", "--literal-pathspecs", "-C", str(root), *arguments],
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
        if _is_litter(name.rpartition("/")[2]):
            continue
        if mode in (_LINK, _FOLDER_OF_OTHERS):
            problems.append(_not_a_file(name, stat.S_IFLNK if mode == _LINK else stat.S_IFDIR))
        else:
            names[name] = blob
    if not names and not problems:
        raise RevisionError(f"revisionen ”{revision}” har ingen mapp plan/")
    contents = _blobs(root, list(names.values()))
    plan = dict(zip(names, (content or b"" for content in contents), strict=True))
    return Tree(plan, dict(schemas), tuple(problems))


def fork_point(root: Path, revision: str, at: str = "HEAD") -> tuple[str, datetime]:
    """Return the commit where the work that `at` holds left a revision, and when that was made.

    Where the two have nothing in common, as in a shallow copy, it is the revision itself.
    """
    commit = commit_of(root, revision)
    with contextlib.suppress(RevisionError):
        commit = git(root, "merge-base", commit, at).decode().strip()
    made = git(root, "show", "--no-patch", "--no-show-signature", "--format=%ct", commit)
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
    return _blobs(root, [f"{commit}:{where}" for commit in commits])


def _prefix(root: Path) -> str:
    """Say where in its repository `root` lies: empty, or a path that ends with `/`."""
    return os.fsdecode(git(root, "rev-parse", "--show-prefix")).rstrip("\n")


def _blobs(root: Path, names: Sequence[str]) -> list[bytes | None]:
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


@dataclass(frozen=True, slots=True)
class Revision:
    """What one commit did to plan/: each changed file as it left it, None where it is gone."""

    commit: str
    when: datetime
    files: dict[str, bytes | None]


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
    try:
        listed = git(
            root, "-c", "log.showSignature=false", "-c", "log.showRoot=true",
            "log", "-z", "--format=format:%x01%H %ct", "--raw", "--no-abbrev", "--no-renames",
            "-m", "--first-parent", "--reverse", "--relative", at, "--", "plan",
        )  # fmt: skip
    except RevisionError:
        return []
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
    contents = iter(_blobs(root, known))
    files: list[dict[str, bytes | None]] = [{} for _ in heads]
    for number, path, blob in changed:
        files[number][path] = next(contents) if blob else None
    return [
        Revision(name, datetime.fromtimestamp(when, UTC), made)
        for (name, when), made in zip(heads, files, strict=True)
    ]
