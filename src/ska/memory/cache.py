"""What one run may leave on disk for the next: name -> bytes, in a folder of the user's own.

All of it is safe to delete at any time, and none of it is needed: where anything is amiss there
is no cache, and never an error. What is kept must be named by, or hold, all that it rests on;
`program` says what the code is.

What is kept may be unpickled, and to unpickle is to run code. So a folder or a file is used only
where nobody but the user can have written it: its owner is the user, and others may neither write
nor read it. Git makes no such folders, so one that came with a repository isn't used either.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import stat
import sys
import threading
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")

#: Where the cache lies instead; without text there is none.
SETTING: Final = "SKA_CACHE"
#: How much is kept at most; what was used longest ago goes first.
LIMIT: Final = 400_000_000
#: The folder is looked through when a process first saves, and after each such amount.
_LOOK: Final = LIMIT // 20
_HEAD: Final = b"ska\n"
_DIGEST: Final = 16
_UNFINISHED: Final = ".ny-"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO  # an ACL for others shows among the group's

_lock: Final = threading.Lock()
_since_look: dict[Path, int] = {}


def folder() -> Path | None:
    """Return the cache's folder, made where it is missing; None where there can be none."""
    base = _base()
    if not base or not os.path.isabs(base):  # what is relative may lead into somebody's repository
        return None
    path = Path(base) / "ska"
    try:
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path if stat.S_ISDIR(path.lstat().st_mode) and _own(path.lstat()) else None
    except OSError:
        return None


def _base() -> str:
    given = os.environ.get(SETTING)
    if sys.platform == "win32":  # where a folder has no owner to ask for, but a place of the user's
        base = os.environ.get("LOCALAPPDATA", "")
        return base if given is None or (given and Path(given).is_relative_to(base)) else ""
    if given is not None:
        return given
    named = os.environ.get("XDG_CACHE_HOME", "")
    # As the XDG specification wants: one that is relative counts for nothing.
    return named if os.path.isabs(named) else os.path.expanduser("~/.cache")


def _own(about: os.stat_result) -> bool:
    if sys.platform == "win32":  # the folder's place says it
        return True
    return about.st_uid == os.geteuid() and not about.st_mode & _OTHERS


@cache
def program() -> str:
    """Name the code that runs: ska's own files, Python, and each library that is installed."""
    digest = blake2b(f"{sys.version}\0{sys.platform}".encode(), digest_size=_DIGEST)
    try:
        files = {name: path.read_bytes() for name, path in _files(Path(__file__).parents[1])}
    except OSError:
        files = {}
    for name, content in files.items():
        digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
    if not files:  # as in a zip: nobody can tell whether it is another program
        digest.update(os.urandom(_DIGEST))
    for place in sys.path:
        for library in _libraries(place):  # as "PyYAML-6.0.3.dist-info"
            digest.update(f"\0{library}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(top: Path) -> Iterator[tuple[str, Path]]:
    for base, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = Path(base, name)
            yield path.relative_to(top).as_posix(), path


def _libraries(place: str) -> list[str]:
    try:
        names = os.listdir(place or ".")
    except OSError:
        return []  # no folder, as python311.zip
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def named(what: str, *rests_on: str | bytes) -> str:
    """Return a name for `what`, another for each program and each state of what it rests on."""
    digest = blake2b(program().encode(), digest_size=_DIGEST)
    for part in rests_on:
        raw = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        digest.update(b"%d\0" % len(raw) + raw)
    return f"{what}-{digest.hexdigest()}"


def load(name: str) -> bytes | None:
    """Return what was saved under a name; None where nothing was, or what is there isn't that."""
    home = folder()
    if home is None:
        return None
    try:
        with open(home / name, "rb", opener=_not_by_link) as file:
            about = os.fstat(file.fileno())
            if not (stat.S_ISREG(about.st_mode) and _own(about)):
                return None
            head = file.read(len(_HEAD) + _DIGEST)
            content = file.read()
        os.utime(home / name)  # was used
    except OSError:
        return None
    return content if head == _head(content) else None


def save(name: str, content: bytes) -> None:
    """Keep `content` under a name, whole or not at all."""
    home = folder()
    if home is None:
        return
    with contextlib.suppress(OSError):
        _put(home / name, _head(content), content)
    with _lock:
        _since_look[home] = since = _since_look.get(home, _LOOK) + len(content)
        if since >= _LOOK:
            _since_look[home] = 0
            _tidy(home)


def remember(name: str, value: object) -> None:
    """Keep a value under a name, for `recall`."""
    if folder() is not None:
        save(name, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def recall(name: str, kind: type[T]) -> T | None:
    """Return the value that was kept under a name, if it is one of this kind."""
    raw = load(name)
    try:
        # Only the user can have written it, and the name tells that it was this program.
        held = pickle.loads(raw) if raw else None
    except Exception:  # whatever a file may hold that this program did not write
        return None
    return held if isinstance(held, kind) else None


def _head(content: bytes) -> bytes:
    return _HEAD + blake2b(content, digest_size=_DIGEST).digest()


def _not_by_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _put(path: Path, *content: bytes) -> None:
    """Write beside and put in place, so that another process sees the old or the new."""
    import tempfile  # here and not above: start-up time

    number, beside = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)  # for the user alone
    try:
        with os.fdopen(number, "wb") as file:
            file.writelines(content)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _tidy(home: Path) -> None:
    """Remove what was used longest ago until the rest is within the limit."""
    held: list[tuple[float, str, int]] = []
    try:
        with os.scandir(home) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    about = entry.stat(follow_symlinks=False)
                    held.append((about.st_mtime, entry.path, about.st_size))
    except OSError:
        return
    total = sum(size for _, _, size in held)
    for _, path, size in sorted(held):
        if total <= LIMIT:
            return
        with contextlib.suppress(OSError):
            os.unlink(path)
        total -= size
