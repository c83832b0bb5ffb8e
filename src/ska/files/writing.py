"""New contents of files, put in place whole and all at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Put a whole file in place: what was there stays until all of the new is on disk.

    What is there and is no file is written to as it stands: a printer or a pipe can be, a folder
    can't.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
    else:
        write_files(path.parent, {path.name: content})


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Put new contents in place of old ones, all or none.

    All are on disk before the first is seen. Where one can't be put in place those before it are
    put back; an old file that can't be stays beside it, named `.#….gammal`.
    """
    paths = [root / name for name in files]
    try:
        for path, content in zip(paths, files.values(), strict=True):
            with _told_of(path):
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


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Let a fault name the file itself: a full disk names none, and the one beside it is ours."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


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
            with _told_of(path):
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
