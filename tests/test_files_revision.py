"""Reading plan/ out of git: any commit, the work tree untouched, refusals in Swedish."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ska.files import (
    NoPlanError,
    RevisionError,
    at_commits,
    commit_of,
    commits,
    read_revision,
    read_schemas,
    read_tree,
)
from tests.helpers import english, minimal

WHO = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *WHO, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def write(root: Path, files: dict[str, bytes | str]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def commit(root: Path, files: dict[str, bytes | str], message: str = "x") -> str:
    write(root, files)
    git(root, "add", "-A")
    git(root, "commit", "-qm", message, "--allow-empty")
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with the smallest plan in its first commit."""
    folder = tmp_path / "förråd"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, dict(minimal().plan))
    return folder


def test_a_revision_is_the_tree_that_was_committed(root: Path) -> None:
    tree = read_revision(root, "HEAD", read_schemas(root))
    assert tree == minimal()


def test_the_work_tree_is_left_alone(root: Path) -> None:
    write(root, {"plan/begrepp.yml": "ändrat och inte sparat\n"})
    before = git(root, "status", "--porcelain=v1", "-z")
    tree = read_revision(root, "HEAD", {})
    assert tree.plan["plan/begrepp.yml"] == minimal().plan["plan/begrepp.yml"]
    assert (root / "plan/begrepp.yml").read_text(encoding="utf-8").startswith("ändrat")
    assert git(root, "status", "--porcelain=v1", "-z") == before
    assert git(root, "branch", "--format=%(refname)") == "refs/heads/main"


def test_what_git_tells_its_hooks_does_not_lead_astray(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "annat"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert read_revision(root, "HEAD", {}).plan == minimal().plan


def test_paths_may_hold_any_letter(root: Path) -> None:
    commit(root, {"plan/rutiner/å ä\tö ”x”.yml": "id: x\n"})
    assert read_revision(root, "HEAD", {}).plan["plan/rutiner/å ä\tö ”x”.yml"] == b"id: x\n"


def test_each_kind_of_name_of_a_commit_will_do(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    git(root, "tag", "-a", "-m", "utgåva", "utgåva-1")
    git(root, "branch", "förslag/nytt")
    commit(root, {"plan/begrepp.yml": "begrepp: []\n"})
    for name in (first, first[:10], "utgåva-1", "förslag/nytt", "HEAD~1", "main^"):
        assert read_revision(root, name, {}).plan == minimal().plan
        assert commit_of(root, name) == first


def test_a_plan_in_a_folder_of_the_repository(root: Path) -> None:
    write(root, {f"under/ö/{name}": content for name, content in minimal().plan.items()})
    newest = commit(root, {"under/ö/plan/begrepp.yml": "begrepp: []\n"})
    inner = root / "under" / "ö"
    assert read_revision(inner, "HEAD", {}).plan["plan/begrepp.yml"] == b"begrepp: []\n"
    assert commits(inner) == [newest]
    assert at_commits(inner, [newest, f"{newest}~1"], "plan/begrepp.yml") == [
        b"begrepp: []\n",
        None,
    ]


def test_a_link_is_refused_as_in_the_work_tree(root: Path) -> None:
    os.symlink("begrepp.yml", root / "plan/ord.yml")
    write(root, {"plan/.DS_Store": b"\0", "plan/begrepp.yml~": "x"})
    commit(root, {})
    assert read_revision(root, "HEAD", {}).problems == read_tree(root).problems
    assert read_revision(root, "HEAD", {}).plan == read_tree(root).plan


def test_an_empty_file_is_there(root: Path) -> None:
    commit(root, {"plan/tom.yml": b"", "plan/efter.yml": b"\n\nx\n"})
    plan = read_revision(root, "HEAD", {}).plan
    assert (plan["plan/tom.yml"], plan["plan/efter.yml"]) == (b"", b"\n\nx\n")


def test_what_is_too_large_is_cut_where_the_reader_refuses_it(root: Path) -> None:
    commit(root, {"plan/stor.yml": b"x" * 1_200_000, "plan/sist.yml": b"y"})
    plan = read_revision(root, "HEAD", {}).plan
    assert len(plan["plan/stor.yml"]) == 1_000_001
    assert plan["plan/sist.yml"] == b"y"


@pytest.mark.parametrize("name", ["finns-inte", "-x", "--output=x", "", "a\nb", "HEAD:plan"])
def test_an_unknown_revision_is_named_in_swedish(root: Path, name: str) -> None:
    with pytest.raises(RevisionError) as refused:
        read_revision(root, name, {})
    assert english(str(refused.value)) == []
    assert not (root / "x").exists()


def test_a_shallow_clone_says_how_to_get_the_rest(root: Path, tmp_path: Path) -> None:
    commit(root, {"plan/begrepp.yml": "begrepp: []\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), "kopia")
    with pytest.raises(RevisionError, match="--unshallow"):
        read_revision(tmp_path / "kopia", "HEAD~1", {})
    assert len(commits(tmp_path / "kopia")) == 1


def test_a_revision_without_a_plan(root: Path) -> None:
    git(root, "rm", "-qr", "plan")
    commit(root, {"annat": "x"})
    with pytest.raises(NoPlanError, match="ingen mapp plan/"):
        read_revision(root, "HEAD", {})


def test_a_folder_without_git(tmp_path: Path) -> None:
    with pytest.raises(RevisionError, match="inte till något git-förråd"):
        read_revision(tmp_path, "HEAD", {})
    assert commits(tmp_path) == []


def test_a_computer_without_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RevisionError, match="git finns inte"):
        read_revision(root, "HEAD", {})


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert commits(tmp_path) == []
    with pytest.raises(RevisionError, match="finns inte här"):
        read_revision(tmp_path, "HEAD", {})
