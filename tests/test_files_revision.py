"""Reading plan/ out of git: any commit, the work tree untouched, refusals in Swedish."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ska.files.git import RevisionError, at_commits, commit_of, commits, read_revision
from ska.files.tree import NoPlanError, read_schemas, read_tree
from tests.helpers import english, minimal
from tests.repository import commit, git, write


def test_a_revision_is_the_tree_that_was_committed(repository: Path) -> None:
    tree = read_revision(repository, "HEAD", read_schemas(repository))
    assert tree == minimal()


def test_the_work_tree_is_left_alone(repository: Path) -> None:
    write(repository, {"plan/begrepp.yml": "ändrat och inte sparat\n"})
    before = git(repository, "status", "--porcelain=v1", "-z")
    tree = read_revision(repository, "HEAD", {})
    assert tree.plan["plan/begrepp.yml"] == minimal().plan["plan/begrepp.yml"]
    assert (repository / "plan/begrepp.yml").read_text(encoding="utf-8").startswith("ändrat")
    assert git(repository, "status", "--porcelain=v1", "-z") == before
    assert git(repository, "branch", "--format=%(refname)") == "refs/heads/main"


def test_what_git_tells_its_hooks_does_not_lead_astray(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "annat"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert read_revision(repository, "HEAD", {}).plan == minimal().plan


def test_paths_may_hold_any_letter(repository: Path) -> None:
    commit(repository, {"plan/rutiner/å ä\tö ”x”.yml": "id: x\n"})
    assert read_revision(repository, "HEAD", {}).plan["plan/rutiner/å ä\tö ”x”.yml"] == b"id: x\n"


def test_each_kind_of_name_of_a_commit_will_do(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "tag", "-a", "-m", "utgåva", "utgåva-1")
    git(repository, "branch", "förslag/nytt")
    commit(repository, {"plan/begrepp.yml": "begrepp: []\n"})
    for name in (first, first[:10], "utgåva-1", "förslag/nytt", "HEAD~1", "main^"):
        assert read_revision(repository, name, {}).plan == minimal().plan
        assert commit_of(repository, name) == first


def test_a_plan_in_a_folder_of_the_repository(repository: Path) -> None:
    write(repository, {f"under/ö/{name}": content for name, content in minimal().plan.items()})
    newest = commit(repository, {"under/ö/plan/begrepp.yml": "begrepp: []\n"})
    inner = repository / "under" / "ö"
    assert read_revision(inner, "HEAD", {}).plan["plan/begrepp.yml"] == b"begrepp: []\n"
    assert commits(inner) == [newest]
    assert at_commits(inner, [newest, f"{newest}~1"], "plan/begrepp.yml") == [
        b"begrepp: []\n",
        None,
    ]


def test_a_link_is_refused_as_in_the_work_tree(repository: Path) -> None:
    os.symlink("begrepp.yml", repository / "plan/ord.yml")
    write(repository, {"plan/.DS_Store": b"\0", "plan/begrepp.yml~": "x"})
    commit(repository, {})
    assert read_revision(repository, "HEAD", {}).problems == read_tree(repository).problems
    assert read_revision(repository, "HEAD", {}).plan == read_tree(repository).plan


def test_an_empty_file_is_there(repository: Path) -> None:
    commit(repository, {"plan/tom.yml": b"", "plan/efter.yml": b"\n\nx\n"})
    plan = read_revision(repository, "HEAD", {}).plan
    assert (plan["plan/tom.yml"], plan["plan/efter.yml"]) == (b"", b"\n\nx\n")


def test_what_is_too_large_is_cut_where_the_reader_refuses_it(repository: Path) -> None:
    commit(repository, {"plan/stor.yml": b"x" * 1_200_000, "plan/sist.yml": b"y"})
    plan = read_revision(repository, "HEAD", {}).plan
    assert len(plan["plan/stor.yml"]) == 1_000_001
    assert plan["plan/sist.yml"] == b"y"


@pytest.mark.parametrize("name", ["finns-inte", "-x", "--output=x", "", "a\nb", "HEAD:plan"])
def test_an_unknown_revision_is_named_in_swedish(repository: Path, name: str) -> None:
    with pytest.raises(RevisionError) as refused:
        read_revision(repository, name, {})
    assert english(str(refused.value)) == []
    assert not (repository / "x").exists()


def test_a_shallow_clone_says_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    commit(repository, {"plan/begrepp.yml": "begrepp: []\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "kopia")
    with pytest.raises(RevisionError, match="--unshallow"):
        read_revision(tmp_path / "kopia", "HEAD~1", {})
    assert len(commits(tmp_path / "kopia")) == 1


def test_a_clone_without_what_files_held_says_how_to_get_it(
    repository: Path, tmp_path: Path
) -> None:
    commit(repository, {"plan/begrepp.yml": "begrepp: []\n"})
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", repository.as_uri(), "kopia")
    copy = tmp_path / "kopia"
    with pytest.raises(RevisionError, match="”git fetch --refetch --no-filter” hämtar"):
        read_revision(copy, "HEAD~1", {})
    git(copy, "fetch", "-q", "--refetch", "--no-filter")
    assert read_revision(copy, "HEAD~1", {}).plan == minimal().plan


def test_a_revision_without_a_plan(repository: Path) -> None:
    git(repository, "rm", "-qr", "plan")
    commit(repository, {"annat": "x"})
    with pytest.raises(NoPlanError, match="ingen mapp plan/"):
        read_revision(repository, "HEAD", {})


def test_a_folder_without_git(tmp_path: Path) -> None:
    with pytest.raises(RevisionError, match="inte till något git-förråd"):
        read_revision(tmp_path, "HEAD", {})
    assert commits(tmp_path) == []


def test_a_computer_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RevisionError, match="git finns inte"):
        read_revision(repository, "HEAD", {})


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert commits(tmp_path) == []
    with pytest.raises(RevisionError, match="finns inte här"):
        read_revision(tmp_path, "HEAD", {})
