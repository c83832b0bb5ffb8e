"""The command `ska diff` on real repositories and folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ska.cli import main
from tests.helpers import english, minimal, minimal_text
from tests.repository import commit, git, write

METHOD = "plan/metoder/klagomal.yml"


@pytest.fixture
def root(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with the smallest plan, in which the command is given."""
    monkeypatch.chdir(repository)
    return repository


def twice_a_year() -> dict[str, bytes | str]:
    return {METHOD: minimal_text(METHOD).replace("antal: 1", "antal: 2")}


def test_the_work_tree_against_a_revision(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD"]) == 0
    assert "Ingenting har ändrats." in capsys.readouterr().out
    write(root, twice_a_year())
    assert main(["diff", "main"]) == 0
    said = capsys.readouterr().out
    assert "Hur ofta: [-varje år-] [+två gånger om året+]" in said
    assert english(said) == []


def test_two_revisions_on_branches_that_were_merged(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "checkout", "-qb", "förslag/två-gånger")
    commit(root, twice_a_year())
    git(root, "checkout", "-q", "main")
    commit(root, {"README": "x"})
    git(root, "merge", "-q", "--no-edit", "förslag/två-gånger")
    assert main(["diff", "HEAD^1", "HEAD", "--format", "json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["slag"], change["id"], change["väg"]) == ("metod", "klagomal", ["frekvens"])
    assert main(["diff", "HEAD", "förslag/två-gånger", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


def test_a_file_that_was_renamed_or_split_is_no_change(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = minimal_text("plan/begrepp.yml")
    git(root, "rm", "-q", "plan/begrepp.yml")
    commit(root, {"plan/begrepp/ord.yml": text})
    assert main(["diff", "HEAD~1", "HEAD"]) == 0
    assert "Ingenting har ändrats." in capsys.readouterr().out


def test_two_folders(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "en annan"
    write(other, {**minimal().plan, **twice_a_year()})
    assert main(["diff", str(other), "."]) == 0
    assert "[-två gånger om året-] [+varje år+]" in capsys.readouterr().out


def test_a_provision_of_an_unknown_statute_is_told_by_its_id(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law = minimal_text("plan/lagrum.yml")
    write(root, {"plan/lagrum.yml": law.replace("författning: exempellagen", "författning: lagn")})
    assert main(["diff", "main"]) == 0
    assert "lagrummet ”lagn 1 kap. 2 §” ändras" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["finns-inte"], "revisionen ”finns-inte” finns inte här"),
        (["main", "finns/inte"], "revisionen ”finns/inte” finns inte här"),
        (["main:plan"], "finns inte här"),
    ],
)
def test_an_unknown_plan_is_named(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["diff", *arguments]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""


def test_a_plan_that_cannot_be_read_is_told_with_its_faults(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, {METHOD: "id: x\nid: y\n"})
    assert main(["diff", "main"]) == 1
    said = capsys.readouterr()
    assert "står två gånger" in said.err
    assert "inget att jämföra" in said.err
    assert said.out == ""


def test_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                     capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    write(tmp_path, dict(minimal().plan))
    monkeypatch.chdir(tmp_path)
    assert main(["diff", "main"]) == 2
    assert "hör inte till något git-förråd" in capsys.readouterr().err
