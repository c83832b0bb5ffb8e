"""Earlier editions out of real git repositories, and what the check makes of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest import mock

import pytest

from ska import check as checking
from ska.beslut.decide import Beslutsdata
from ska.beslut.decision import decide
from ska.cli import main
from ska.files.tree import Tree, read_tree
from ska.memory import cache, shelf
from ska.past.editions import earlier, in_history
from tests.helpers import minimal
from tests.repository import commit, git, write
from tests.test_manifest import TODAY, proposal

DECISION = Beslutsdata("Exempelnämnden", date(2025, 11, 20), "§ 45", "EX 2025-8")
NEXT = "exempelnamnden-2027"


def as_edition(tree: Tree, edition: str, year: int) -> Tree:
    """Give a plan another edition, with its own line in the register."""
    plan = dict(tree.plan)
    frame = plan["plan/plan.yml"].decode()
    frame = frame.replace("utgåva: exempelnamnden-2026", f"utgåva: {edition}")
    frame = frame.replace("gäller_från: 2026", f"gäller_från: {year}")
    frame = frame.replace("gäller_till: 2026", f"gäller_till: {year}")
    plan["plan/plan.yml"] = frame.replace("status: beslutad", "status: utkast").encode()
    register = plan["plan/utgavor.yml"].decode()
    head, _, entry = register.partition("  - id: exempelnamnden-2026")
    new = f"  - id: {edition}{entry.partition('    manifest:')[0]}".replace("2026-", f"{year}-")
    new = new.replace("typ: beslutad", "typ: förslag").replace("Plan för 2026", f"Plan för {year}")
    if "källor" not in new:
        new += f"    källor:{entry.rpartition('    källor:')[2]}"
    plan["plan/utgavor.yml"] = f"{head}{new}  - id: exempelnamnden-2026{entry}".encode()
    return replace(tree, plan=plan)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "förråd"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def decided(tree: Tree) -> Tree:
    made = decide(tree, DECISION, TODAY)
    assert made.files is not None
    return replace(tree, plan={**tree.plan, **made.files})


def save(root: Path, tree: Tree, message: str = "x") -> str:
    shutil.rmtree(root / "plan", ignore_errors=True)
    return commit(root, dict(tree.plan), message)


def rules(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["check", "--date", "2026-06-01", str(root)])
    said = capsys.readouterr().out.splitlines()
    return sorted(line.rpartition("[")[2].rstrip("]") for line in said if ": fel: " in line)


def test_without_git_there_are_no_earlier_editions(tmp_path: Path) -> None:
    write(tmp_path, dict(minimal().plan))
    assert earlier(tmp_path, minimal()).planer == ()


def test_a_draft_is_no_earlier_edition_of_itself(root: Path) -> None:
    save(root, proposal())
    commit(root, {"plan/begrepp.yml": minimal().plan["plan/begrepp.yml"] + b"# x\n"})
    assert earlier(root, read_tree(root)).planer == ()


def test_an_earlier_edition_is_the_newest_commit_that_names_it(root: Path) -> None:
    save(root, proposal())
    tree = decided(proposal())
    save(root, tree)
    newest = commit(root, {"plan/begrepp.yml": tree.plan["plan/begrepp.yml"] + b"# x\n"})
    save(root, as_edition(tree, NEXT, 2027))
    assert [found.commit for found in in_history(root, NEXT)] == [newest]
    (plan,) = earlier(root, read_tree(root)).planer
    assert plan.ram.utgåva == "exempelnamnden-2026"


def test_the_own_edition_is_the_commit_where_it_was_decided(root: Path) -> None:
    save(root, proposal())
    tree = decided(proposal())
    first = save(root, tree)
    text = tree.plan["plan/metoder/klagomal.yml"].decode().replace("antal: 1", "antal: 2")
    commit(root, {"plan/metoder/klagomal.yml": text})
    assert [f.commit for f in in_history(root, "exempelnamnden-2026")] == [first]


def test_the_check_names_the_field_that_is_another_than_decided(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(root, proposal())
    tree = decided(proposal())
    save(root, tree)
    assert rules(root, capsys) == []
    text = tree.plan["plan/metoder/klagomal.yml"].decode().replace("antal: 1", "antal: 2")
    write(root, {"plan/metoder/klagomal.yml": text})
    main(["check", "--date", "2026-06-01", str(root)])
    said = capsys.readouterr().out
    assert "plan/metoder/klagomal.yml:7:3: fel: metod ”Klagomål”: frekvens är ändrat" in said


def test_a_manifest_can_be_neither_taken_away_nor_replaced(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = decided(proposal())
    save(root, tree)
    register = tree.plan["plan/utgavor.yml"].decode()
    at = register.index("    manifest:")
    end = register.index("\n", register.index("sha256")) + 1
    write(root, {"plan/utgavor.yml": register[:at] + register[end:]})
    assert rules(root, capsys) == ["beslutat-andrat"]
    sha = register[at:end].rpartition('"')[0].rpartition('"')[2]
    write(root, {"plan/utgavor.yml": register.replace(sha, "0" * 64)})
    assert set(rules(root, capsys)) == {"beslutat-andrat"}


def test_a_squash_loses_no_edition(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = decided(proposal())
    save(root, tree)
    git(root, "checkout", "-qb", "forslag-2027")
    after = as_edition(tree, NEXT, 2027)
    save(root, after)
    commit(root, {"plan/metoder/klagomal.yml": after.plan["plan/metoder/klagomal.yml"] + b"# y\n"})
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--squash", "forslag-2027")
    git(root, "commit", "-qm", "2027")
    (plan,) = earlier(root, read_tree(root)).planer
    assert (plan.ram.utgåva, plan.ram.status) == ("exempelnamnden-2026", "beslutad")
    assert rules(root, capsys) == []


def after_a_decided_one(root: Path) -> Tree:
    """Decide an edition in `root`; give the next one."""
    tree = decided(proposal())
    save(root, tree)
    return as_edition(tree, NEXT, 2027)


def with_a_term_under_another_id(tree: Tree) -> Tree:
    terms = tree.plan["plan/begrepp.yml"].decode().replace("- id: ", "- id: ny-", 1)
    return replace(tree, plan={**tree.plan, "plan/begrepp.yml": terms.encode()})


def test_what_disappeared_since_the_earlier_edition_is_found(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(root, with_a_term_under_another_id(after_a_decided_one(root)))
    assert rules(root, capsys) == ["forsvunnet-id"]


def test_what_only_the_earlier_edition_tells_keeps_a_plan_from_being_decided(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    after = after_a_decided_one(root)
    renamed = with_a_term_under_another_id(after).plan
    frame = after.plan["plan/plan.yml"].decode().replace("status: utkast", "status: förslag")
    save(root, replace(after, plan={**renamed, "plan/plan.yml": frame.encode()}))
    before = read_tree(root)
    look = ["--organ", "Exempelnämnden", "--datum", "2025-11-20", "--paragraf", "45",
            "--dnr", "EX 2025-8", str(root)]  # fmt: skip
    assert main(["besluta", *look]) == 1
    said = capsys.readouterr()
    assert "[forsvunnet-id]" in said.out
    assert "ingenting är skrivet" in said.err
    assert read_tree(root) == before
    write(root, {"plan/begrepp.yml": after.plan["plan/begrepp.yml"]})
    assert main(["besluta", *look]) == 0


def test_an_edition_that_today_s_program_cannot_read_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = decided(proposal())
    save(root, replace(tree, plan={**tree.plan, "plan/begrepp.yml": b"ord: []\n"}))
    save(root, as_edition(tree, NEXT, 2027))
    assert main(["check", "--date", "2026-06-01", str(root)]) == 0
    assert "utgåvan ”exempelnamnden-2026” i historiken" in capsys.readouterr().err


def test_an_edition_that_an_earlier_run_has_read_is_not_read_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "minne"))
    monkeypatch.setattr(shelf, "FILES", 1)
    save(root, decided(proposal()))
    tree = as_edition(decided(proposal()), NEXT, 2027)
    save(root, tree)
    first = earlier(root, tree)
    with mock.patch.object(checking, "_one", side_effect=AssertionError):
        again = earlier(root, tree)
    assert again == first
    assert [plan.ram.utgåva for plan in again.planer] == ["exempelnamnden-2026"]
    monkeypatch.setenv(cache.SETTING, "")
    assert earlier(root, tree) == first
