"""Files are written all or none, also on a disk that fails on the way."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ska.files import writing
from ska.files.tree import read_tree
from ska.files.writing import write_file, write_files
from tests.helpers import minimal
from tests.repository import write

FRAME, REGISTER, NEW = "plan/plan.yml", "plan/utgavor.yml", "plan/ny.yml"
MADE = {FRAME: b"id: ny\n", NEW: b"id: x\n", REGISTER: b"id: annan\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "mapp med mellanslag"
    write(folder, dict(minimal().plan))
    return folder


def failing(function: Callable[..., Any], number: int, code: int) -> Callable[..., Any]:
    """Do as the function does, but fail the so-manyth time, and only then."""
    calls = iter(range(1, 100))

    def fail(*arguments: Any, **options: Any) -> Any:
        if next(calls) == number:
            raise OSError(code, os.strerror(code))
        return function(*arguments, **options)

    return fail


def left_behind(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob(".#*"))


def test_all_are_in_place_and_nothing_is_left_behind(root: Path) -> None:
    (root / FRAME).chmod(0o640)
    write_files(root, MADE)
    assert {name: (root / name).read_bytes() for name in MADE} == MADE
    assert (root / FRAME).stat().st_mode & 0o777 == 0o640
    assert left_behind(root) == []
    write_file(root / NEW, b"id: y\n")
    assert (root / NEW).read_bytes() == b"id: y\n"


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(
    ("where", "what", "code"),
    [
        (os, "fsync", errno.ENOSPC),  # full when the content goes to disk
        (os, "fsync", errno.EIO),
        (os, "replace", errno.EIO),  # fails when the name is to change
        (os, "replace", errno.EACCES),  # Windows, where another program has the file open
    ],
)
def test_a_disk_that_fails_leaves_the_old_files(
    root: Path, monkeypatch: pytest.MonkeyPatch, where: Any, what: str, code: int, number: int
) -> None:
    before = read_tree(root).plan
    with monkeypatch.context() as patched:
        patched.setattr(where, what, failing(getattr(where, what), number, code))
        with pytest.raises(OSError, match=os.strerror(code)) as failed:
            write_files(root, MADE)
    assert failed.value.filename == str(root / list(MADE)[number - 1])
    assert read_tree(root).plan == before
    assert left_behind(root) == []
    write_files(root, MADE)  # and the next time it goes well
    assert (root / REGISTER).read_bytes() == MADE[REGISTER]


@pytest.mark.parametrize("number", [1, 2])
def test_an_old_file_that_cannot_be_kept_stops_it_all(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = read_tree(root).plan
    copy = failing(writing.shutil.copy2, number, errno.ENOSPC)
    with monkeypatch.context() as patched:
        patched.setattr(writing.shutil, "copy2", copy)
        with pytest.raises(OSError, match="No space"):
            write_files(root, MADE)
    assert read_tree(root).plan == before
    assert left_behind(root) == []


def test_what_cannot_be_put_back_is_kept_beside(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is gone for good after the first file: nothing that was there is lost."""
    before = (root / FRAME).read_bytes()
    swap, calls = os.replace, iter(range(1, 100))

    def once(old: Path, new: Path) -> None:
        if next(calls) > 1:
            raise OSError(errno.EIO, "borta")
        swap(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", once)
        with pytest.raises(OSError, match="borta"):
            write_files(root, MADE)
    assert (root / "plan/.#plan.yml.gammal").read_bytes() == before
    assert read_tree(root).plan[FRAME] == MADE[FRAME]


def test_what_is_no_file_is_never_replaced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    for folder in (Path(), Path("plan"), root):
        with pytest.raises(IsADirectoryError):
            write_file(folder, b"x")
    pipe = root / "rör"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, b"hela")
        assert os.read(reader, 100) == b"hela"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert left_behind(root) == []
