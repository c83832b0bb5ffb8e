"""CODEOWNERS as GitHub reads it, and the project's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ska.codeowners import PLACES, matches, read
from ska.files.git import read_revision
from ska.files.tree import read_schemas, read_tree
from tests.helpers import minimal
from tests.repository import commit, git, write

FILES = (
    "plan/plan.yml", "plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml", "plan.yml",
    "annat/plan/x.yml", "docs/plan/a.md",
)  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*", FILES),
        ("**", FILES),
        ("*.yml", [name for name in FILES if name.endswith(".yml")]),
        ("plan.yml", ["plan/plan.yml", "plan.yml"]),
        ("/plan.yml", ["plan.yml"]),
        ("plan", ["plan/plan.yml", "plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml",
                  "annat/plan/x.yml", "docs/plan/a.md"]),
        ("plan/", ["plan/plan.yml", "plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml",
                   "annat/plan/x.yml", "docs/plan/a.md"]),
        ("/plan/", ["plan/plan.yml", "plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml"]),
        ("/plan", ["plan/plan.yml", "plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml"]),
        ("plan/rutiner", ["plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml"]),
        ("/plan/*", ["plan/plan.yml"]),  # not what lies deeper, unlike .gitignore
        ("plan/*.yml", ["plan/plan.yml"]),
        ("/plan/*/", ["plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml"]),
        ("/plan/*/x.yml", []),
        ("/plan/**/x.yml", ["plan/rutiner/äldre/x.yml"]),
        ("/plan/**", ["plan/plan.yml", "plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml"]),
        ("**/äldre", ["plan/rutiner/äldre/x.yml"]),
        ("**/plan/x.yml", ["annat/plan/x.yml"]),
        ("plan/ruti?er/", ["plan/rutiner/lex-sarah.yml", "plan/rutiner/äldre/x.yml"]),
        ("/pla", []),
        ("plan.y.l", []),  # a dot is a dot
        ("/Plan/", []),
    ],
)  # fmt: skip
def test_which_files_a_pattern_means(pattern: str, fits: list[str]) -> None:
    assert [name for name in FILES if matches(pattern, name)] == list(fits)


def test_the_last_line_that_fits_counts() -> None:
    rows = b"* @alla\n/plan/ @org/namnd x@exempel.example # not this\n\n# @nej\n/plan/rutiner/\n"
    owners = read("CODEOWNERS", rows)
    found = {name: owners.rad_för(name) for name in FILES}
    said = {name: row.ägare if row else None for name, row in found.items()}
    assert said == {
        "plan/plan.yml": ("@org/namnd", "x@exempel.example"),
        "plan/rutiner/lex-sarah.yml": (),
        "plan/rutiner/äldre/x.yml": (),
        "plan.yml": ("@alla",),
        "annat/plan/x.yml": ("@alla",),
        "docs/plan/a.md": ("@alla",),
    }
    row = found["plan/rutiner/lex-sarah.yml"]
    assert row is not None
    assert row.nummer == 5


@pytest.mark.parametrize(
    "line",
    ["!/plan/ @a", "/plan/[ab] @a", "\\#x @a", "/ @a", "//plan @a", "* namnd", "* @", "* @a/",
     "* @a/b/c", "* @-a", "* x@y", "* @a @b c"],
)  # fmt: skip
def test_what_github_would_pass_over_is_told(line: str) -> None:
    (row,) = read("CODEOWNERS", line.encode()).rader
    assert row.fel
    assert read("CODEOWNERS", line.encode()).rad_för("plan/plan.yml") is None


def test_bytes_that_are_no_text_are_no_owner() -> None:
    (row,) = read("CODEOWNERS", b"\xef\xbb\xbf* @\xff\xfe").rader
    assert row.fel


def test_the_first_place_counts_and_revisions_have_none(tmp_path: Path) -> None:
    write(tmp_path, dict(minimal().plan))
    assert read_tree(tmp_path).codeowners is None
    for place in reversed(PLACES):
        write(tmp_path, {place: f"# {place}\n"})
        assert read_tree(tmp_path).codeowners == (place, f"# {place}\n".encode())
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, {})
    # An earlier plan isn't judged by who approves changes today.
    assert read_revision(tmp_path, "main", read_schemas(tmp_path)).codeowners is None


def test_a_folder_in_its_place_is_no_list(tmp_path: Path) -> None:
    write(tmp_path, {**minimal().plan, ".github/CODEOWNERS/x": "* @a\n"})
    assert read_tree(tmp_path).codeowners is None


def test_the_projects_own_gives_routines_to_the_administration(root: Path) -> None:
    tree = read_tree(root)
    assert tree.codeowners is not None
    owners = read(*tree.codeowners)
    board, office = ("@ORGANISATION/namnden",), ("@ORGANISATION/forvaltningen",)
    whose = {path: row.ägare for path in tree.plan if (row := owners.rad_för(path))}
    assert set(whose) == set(tree.plan)
    assert {whose[path] for path in whose if path.startswith("plan/rutiner/")} == {office}
    for folder in ("delplaner", "metoder", "mal", "budget", "internkontroll"):
        assert {whose[path] for path in whose if path.startswith(f"plan/{folder}/")} == {board}
    for name in ("plan.yml", "arshjul.yml", "utgavor.yml"):
        assert whose[f"plan/{name}"] == board
