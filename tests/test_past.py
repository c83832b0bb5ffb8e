"""What was told of the same commits before is told again, and never of others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ska.files.tree import Tree, read_tree
from ska.memory import cache
from ska.past import gathering as past
from ska.past.gathering import Commits, read_commits
from ska.reading import schema
from tests.helpers import MINIMAL, minimal, minimal_text
from tests.test_history import ROUTINE, WHEEL, Repository, with_title

KINDS = schema.load(minimal().schemas)

pytestmark = pytest.mark.no_cover  # the tests of history run the lines themselves


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the cache's folder."""
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "minne"))
    return tmp_path / "minne" / "ska"


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many commits were compared, each time that any were."""
    counted: list[int] = []
    real = past.chronicle

    def chronicle(revisions: list[object], *about: object, **how: object) -> object:
        counted.append(len(revisions))
        return real(revisions, *about, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(past, "chronicle", chronicle)
    return counted


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    shutil.copytree(MINIMAL, tmp_path / "rot")
    made = Repository(tmp_path / "rot")
    made.commit({})
    made.commit({WHEEL: with_title("Klagomålen följs upp")})
    return made


def read(root: Path, at: str = "HEAD") -> Commits:
    return read_commits(root, Tree(read_tree(root).plan, minimal().schemas), KINDS, at)


def anew(root: Path, at: str = "HEAD") -> Commits:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.SETTING, "")
        return read(root, at)


@pytest.mark.usefixtures("home")
def test_the_same_commits_are_compared_once(repository: Repository, compared: list[int]) -> None:
    first = read(repository.folder)
    (repository.folder / ROUTINE).write_text(minimal_text(ROUTINE) + "sökord: [nytt]\n", "utf-8")
    assert read(repository.folder) == first
    assert compared == [2]
    assert len(first.line.told.steg) == 2
    assert ("rutin", "ta-emot-klagomal") in first.line.changed


@pytest.mark.usefixtures("home")
def test_a_new_commit_is_told_at_once(repository: Repository, compared: list[int]) -> None:
    read(repository.folder)
    newest = repository.commit({WHEEL: with_title("Ett år till")})
    found = read(repository.folder)
    assert found.line.told.steg[-1].commit == newest
    assert compared == [2, 3]
    assert found == anew(repository.folder)


def amended(repository: Repository) -> None:
    repository.commit({WHEEL: with_title("Skrivet om")})
    repository.git("reset", "-q", "--soft", "HEAD~2")
    repository.git("commit", "-qm", "skrivet om")


def gone_back(repository: Repository) -> None:
    repository.git("reset", "-q", "--hard", "HEAD~1")


def other_branch(repository: Repository) -> None:
    repository.git("switch", "-qc", "förslag", "HEAD~1")
    repository.commit({WHEEL: with_title("I ett förslag")})


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("happens", [amended, gone_back, other_branch])
def test_a_rewritten_history_or_another_branch_has_its_own(
    repository: Repository, happens: Callable[[Repository], None]
) -> None:
    before = read(repository.folder)
    happens(repository)
    after = read(repository.folder)
    assert after == anew(repository.folder)
    assert after != before


@pytest.mark.usefixtures("home")
def test_a_copy_that_is_cut_and_then_made_whole_has_its_own(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({WHEEL: with_title("Ett år till")})
    whole = read(repository.folder)
    copy = tmp_path / "kopia"
    repository.git("clone", "-q", "--depth", "2", repository.folder.as_uri(), str(copy))
    cut = read(copy)
    assert cut == anew(copy)
    assert (cut.lack, len(cut.line.commits)) == ("början", 2)
    repository.git("-C", str(copy), "fetch", "-q", "--unshallow")
    assert read(copy).line == whole.line


@pytest.mark.usefixtures("home")
def test_what_is_told_while_git_lacks_a_content_is_not_kept(repository: Repository) -> None:
    wanted = anew(repository.folder)
    name = repository.git("rev-parse", f"HEAD~1:{WHEEL}")
    content = repository.folder / ".git" / "objects" / name[:2] / name[2:]
    content.rename(content.with_suffix(".undan"))
    assert read(repository.folder).line != wanted.line
    content.with_suffix(".undan").rename(content)
    assert read(repository.folder).line == wanted.line


def test_another_schema_tells_anew(repository: Repository, home: Path, compared: list[int]) -> None:
    read(repository.folder)
    schemas = {
        path: raw.replace(b'"Titel"', b'"Rubrik"') for path, raw in minimal().schemas.items()
    }
    assert schemas != minimal().schemas
    tree = Tree(read_tree(repository.folder).plan, schemas)
    told = read_commits(repository.folder, tree, schema.load(schemas)).line.told
    assert "Rubrik" in str(told.steg[-1].saker)
    assert compared == [2, 2]
    assert len(list(home.glob("historik-*"))) == 2


@pytest.mark.parametrize("damage", [b"", b"\x80\x05skr\xc3\xa4p", None])
def test_what_is_damaged_or_something_else_is_not_believed(
    repository: Repository, home: Path, compared: list[int], damage: bytes | None
) -> None:
    wanted = read(repository.folder)
    (kept,) = home.glob("historik-*")
    if damage is None:
        cache.remember(kept.name, {"något": "annat"})
    else:
        kept.write_bytes(damage)
    assert read(repository.folder) == wanted
    assert compared == [2, 2]
    assert read(repository.folder) == wanted
    assert compared == [2, 2], "det skadade är ersatt"


def test_where_nothing_can_be_kept_it_is_told_all_the_same(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fil").write_text("ingen mapp", "utf-8")
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "fil"))
    assert len(read(repository.folder).line.told.steg) == 2
    assert read(repository.folder) == anew(repository.folder)


def test_without_a_cache_nothing_is_left_behind(repository: Repository, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    anew(repository.folder)
    assert {path.name for path in tmp_path.iterdir()} == before
