"""The cache on disk: what was saved or nothing, and only where nobody else can have written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ska.memory import cache


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.SETTING, str(tmp_path))
    return tmp_path / "ska"


@pytest.fixture(autouse=True)
def _looked_at_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_since_look", {})


@pytest.fixture
def anew() -> Iterator[None]:
    """Let the program be looked at again, as a new run does."""
    cache.program.cache_clear()
    yield
    cache.program.cache_clear()


def test_what_was_saved_is_found(home: Path) -> None:
    assert cache.load("sak") is None
    cache.save("sak", b"ett")
    cache.save("tom", b"")
    assert (cache.load("sak"), cache.load("tom"), cache.load("annan")) == (b"ett", b"", None)
    cache.save("sak", b"tv\0")
    assert cache.load("sak") == b"tv\0"
    assert sorted(os.listdir(home)) == ["sak", "tom"]


def test_only_the_user_can_read_it(home: Path) -> None:
    old = os.umask(0)
    try:
        cache.save("sak", b"ett")
    finally:
        os.umask(old)
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "sak").stat().st_mode & 0o777 == 0o600


def test_a_deleted_cache_is_made_again(home: Path) -> None:
    cache.save("sak", b"ett")
    (home / "sak").unlink()
    home.rmdir()
    assert cache.load("sak") is None
    cache.save("sak", b"ett")
    assert cache.load("sak") == b"ett"


@pytest.mark.parametrize("length", [0, 3, 4, 10, 19, 20, 25])
def test_a_truncated_file_is_not_used(home: Path, length: int) -> None:
    cache.save("sak", "innehåll".encode())
    whole = (home / "sak").read_bytes()
    os.truncate(home / "sak", length)
    assert len(whole) > length
    assert cache.load("sak") is None


def test_no_damaged_byte_goes_unseen(home: Path) -> None:
    cache.save("sak", b"some content")
    whole = (home / "sak").read_bytes()
    for index in range(len(whole)):
        (home / "sak").write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        assert cache.load("sak") is None
    (home / "sak").write_bytes(whole + b"!")
    assert cache.load("sak") is None
    (home / "sak").write_bytes(whole)
    assert cache.load("sak") == b"some content"


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o640, 0o604, 0o666])
def test_a_file_that_others_reach_is_not_used(home: Path, mode: int) -> None:
    cache.save("sak", b"ett")
    (home / "sak").chmod(mode)
    assert cache.load("sak") is None


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o750, 0o705, 0o755, 0o777])
def test_a_folder_that_others_reach_is_not_used(home: Path, mode: int) -> None:
    cache.save("sak", b"ett")
    home.chmod(mode)
    assert cache.folder() is None
    assert cache.load("sak") is None
    cache.save("sak", b"tv\0")
    home.chmod(0o700)
    assert cache.load("sak") == b"ett"


def test_what_is_somebody_elses_is_not_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.save("sak", b"ett")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert cache.folder() is None
    assert cache.load("sak") is None


def test_somebody_elses_file_in_ones_own_folder_is_not_used(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.save("sak", b"ett")
    monkeypatch.setattr(cache, "folder", lambda: home)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert cache.load("sak") is None


def test_links_are_not_followed(home: Path, tmp_path: Path) -> None:
    cache.save("sak", b"ett")
    os.replace(home / "sak", tmp_path / "annan")
    (home / "sak").symlink_to(tmp_path / "annan")
    assert cache.load("sak") is None
    os.replace(home, tmp_path / "flyttad")
    home.symlink_to(tmp_path / "flyttad")
    assert cache.folder() is None


def test_what_is_no_file_is_not_used(home: Path) -> None:
    cache.save("sak", b"ett")
    (home / "sak").unlink()
    (home / "sak").mkdir()
    os.mkfifo(home / "annan", 0o600)
    assert (cache.load("sak"), cache.load("annan")) == (None, None)
    cache.save("sak", b"ett")  # can't be put in place; nothing is left beside it
    assert sorted(os.listdir(home)) == ["annan", "sak"]


def test_without_a_place_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fil").write_bytes(b"")
    for where in ("", "relativ", str(tmp_path / "fil"), "/dev/null/x"):
        monkeypatch.setenv(cache.SETTING, where)
        assert cache.folder() is None
        cache.save("sak", b"ett")
        assert cache.load("sak") is None
    assert os.listdir(tmp_path) == ["fil"]


def test_where_it_lies_when_nobody_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.SETTING)
    monkeypatch.setenv("HOME", str(tmp_path / "hem"))
    monkeypatch.setenv("XDG_CACHE_HOME", "relativ")
    assert cache.folder() == tmp_path / "hem/.cache/ska"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.folder() == tmp_path / "xdg/ska"


def test_the_oldest_goes_when_there_is_too_much(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "LIMIT", 400)
    for number in range(3):
        cache.save(str(number), bytes(100))
        os.utime(home / str(number), (number, number))
    os.utime(home / "0")  # as `load` does: this one is in use
    monkeypatch.setattr(cache, "_since_look", {})
    cache.save("3", bytes(100))
    assert sorted(os.listdir(home)) == ["0", "2", "3"]


def test_what_is_used_stays(home: Path) -> None:
    cache.save("sak", b"ett")
    os.utime(home / "sak", (1, 1))
    cache.load("sak")
    assert (home / "sak").stat().st_mtime > 1


def test_a_process_that_saves_much_looks_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LIMIT", 1000)
    monkeypatch.setattr(cache, "_LOOK", 300)
    for number in range(40):
        cache.save(str(number), bytes(100))
        assert sum(path.stat().st_size for path in home.iterdir()) <= 1300


@pytest.mark.usefixtures("anew")
def test_another_program_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {cache.named("sak", "a")}
    for what, files in (
        ("own", {"a.py": b"1"}),
        ("text", {"a.py": b"2"}),
        ("name", {"b.py": b"2"}),
        ("more", {"b.py": b"2", "mallar/b.html": b""}),
    ):
        for name, content in files.items():
            path = tmp_path / what / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        monkeypatch.setattr(cache, "__file__", str(tmp_path / what / "memory/cache.py"))
        cache.program.cache_clear()
        names.add(cache.named("sak", "a"))
    (tmp_path / "libraries/PyYAML-7.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "libraries")
    cache.program.cache_clear()
    names.add(cache.named("sak", "a"))
    monkeypatch.setattr(sys, "version", "4.0")
    cache.program.cache_clear()
    names.add(cache.named("sak", "a"))
    assert len(names) == 7


def test_what_python_compiles_is_not_the_program(root: Path) -> None:
    files = [name for name, _ in cache._files(root / "src/ska")]
    assert "memory/cache.py" in files
    assert "rules/__init__.py" in files
    assert not [name for name in files if "__pycache__" in name]


def test_a_name_tells_what_it_rests_on_apart() -> None:
    names = [("a",), ("b",), ("a", ""), ("", "a"), ("ab", "c"), ("a", "bc"), ("1", "a", "")]
    assert len({cache.named("sak", *parts) for parts in names}) == len(names)
    assert cache.named("sak", "å") == cache.named("sak", "å".encode())
    assert cache.named("sak", "a") != cache.named("annan", "a")


def test_two_at_once_see_the_old_or_the_new(home: Path, root: Path) -> None:
    script = (
        "import sys; from ska.memory import cache\n"
        "own = sys.argv[1].encode() * 200_000\n"
        "for _ in range(60):\n"
        "    cache.save('sak', own)\n"
        "    assert cache.load('sak') in (b'a' * 200_000, b'b' * 200_000)\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script, letter], cwd=root / "src")
        for letter in "ab"
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert os.listdir(home) == ["sak"]
