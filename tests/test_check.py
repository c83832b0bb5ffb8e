"""From a folder to a plan and its problems: no stage hides another, and nothing is guessed."""

from __future__ import annotations

import gc
import os
import random
import shutil
import socket
from datetime import date
from pathlib import Path

import pytest

from ska.check import check
from ska.files import tree as files_tree
from ska.files.tree import NoPlanError, Tree, read_tree
from ska.problems import Location, Problem, Severity
from ska.reading.schema import SchemaError
from ska.reading.yaml_text import MAX_BYTES
from tests.helpers import MINIMAL, TODAY, english, minimal, minimal_text, outcome, words

ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
METHOD = "plan/metoder/klagomal.yml"


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    assert all(problem.hint for problem in problems)
    assert not [word for problem in problems for word in english(words(problem))]
    return [(problem.location.file, problem.rule) for problem in problems]


# --- The folder ----------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(MINIMAL, tmp_path, dirs_exist_ok=True)
    return tmp_path


def checked(root: Path) -> list[tuple[str, str]]:
    return told(check(read_tree(root), TODAY).problems)


def test_a_healthy_folder(root: Path) -> None:
    assert checked(root) == []
    assert read_tree(root).plan == minimal().plan


def test_what_editors_and_systems_leave_behind_is_no_content(root: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "plan.yml~", ".plan.yml.swp"):
        (root / "plan" / "rutiner" / name).write_bytes(b"\x00\xff")
    (root / "plan" / ".#plan.yml").symlink_to("nagon@dator.1234")
    assert checked(root) == []


@pytest.mark.parametrize("target", ["../metoder/klagomal.yml", "finns-inte.yml", "/", ".."])
def test_a_link_is_not_followed(root: Path, target: str) -> None:
    (root / "plan" / "rutiner" / "x.yml").symlink_to(target)
    assert checked(root) == [("plan/rutiner/x.yml", "inte-vanlig-fil")]


def test_a_linked_folder_is_not_followed(root: Path) -> None:
    (root / "plan" / "metoder2").symlink_to("metoder", target_is_directory=True)
    (problem,) = check(read_tree(root), TODAY).problems
    assert problem.message == (
        "”plan/metoder2” är en länk till en annan plats, och bara vanliga filer läses"
    )


def test_a_fifo_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "plan" / "rutiner" / "x.yml")
    assert checked(root) == [("plan/rutiner/x.yml", "inte-vanlig-fil")]


def test_a_socket_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "plan" / "rutiner")  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x.yml")
        assert checked(root) == [("plan/rutiner/x.yml", "inte-vanlig-fil")]


@pytest.mark.parametrize("name", ["x.yml", "x.yaml", "X.YML"])
def test_a_folder_with_the_name_of_a_file(root: Path, name: str) -> None:
    (root / "plan" / "rutiner" / name).mkdir()
    (problem,) = check(read_tree(root), TODAY).problems
    assert (
        problem.message == f"”plan/rutiner/{name}” är en mapp, men heter som en fil och läses inte"
    )


def test_an_empty_folder_is_nothing(root: Path) -> None:
    (root / "plan" / "bilder").mkdir()
    assert checked(root) == []


def test_a_plan_file_in_a_folder_with_the_name_of_a_file(root: Path) -> None:
    (root / "plan" / "rutiner" / "x.yml").mkdir()
    (root / "plan" / "rutiner" / "x.yml" / "y.yml").touch()
    assert checked(root) == [
        ("plan/rutiner/x.yml", "inte-vanlig-fil"),
        ("plan/rutiner/x.yml/y.yml", "okand-fil"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(root: Path) -> None:
    (root / METHOD).chmod(0)
    (root / "plan" / "rutiner").chmod(0)
    try:
        assert checked(root) == [(METHOD, "inte-vanlig-fil"), ("plan/rutiner", "inte-vanlig-fil")]
    finally:
        (root / "plan" / "rutiner").chmod(0o700)


def test_what_cannot_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As above, also for root: the system refuses a file and a folder."""
    content, scandir = files_tree._content, os.scandir

    def no_content(path: str) -> bytes:
        if path.endswith("klagomal.yml") and "metoder" in path:
            raise PermissionError
        return content(path)

    def no_scandir(path: Path) -> object:
        if path.name == "rutiner":
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(files_tree, "_content", no_content)
    monkeypatch.setattr(os, "scandir", no_scandir)
    assert checked(root) == [(METHOD, "inte-vanlig-fil"), ("plan/rutiner", "inte-vanlig-fil")]


def test_a_file_that_is_taken_away_meanwhile(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: str) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr(files_tree, "_content", gone)
    assert read_tree(root).plan == {}
    assert read_tree(root).problems == ()


def test_no_more_is_read_of_a_large_file_than_is_needed(root: Path) -> None:
    with open(root / ROUTINE, "wb") as file:
        file.truncate(10**12)  # takes no place on the disk
    assert len(read_tree(root).plan[ROUTINE]) == MAX_BYTES + 1
    assert checked(root) == [(ROUTINE, "for-stor-fil")]


def test_without_schemas_the_programs_own_are_used(root: Path) -> None:
    own = read_tree(root).schemas
    assert len(own) > 5
    (root / "schemas").mkdir()
    for name, raw in own.items():
        (root / name).write_bytes(raw)
    (root / "schemas" / "README.md").touch()
    assert read_tree(root).schemas == own
    (root / "schemas" / "begrepp.schema.json").unlink()
    assert checked(root) == [("plan/begrepp.yml", "okand-fil")]


def test_a_schema_that_cannot_be_read(root: Path) -> None:
    (root / "schemas" / "plan.schema.json").mkdir(parents=True)
    with pytest.raises(NoPlanError, match="går inte att läsa"):
        read_tree(root)


@pytest.mark.parametrize("kind", ["nothing", "file", "no folder at all"])
def test_no_plan(tmp_path: Path, kind: str) -> None:
    if kind == "file":
        (tmp_path / "plan").touch()
    root = tmp_path / "finns-inte" if kind == "no folder at all" else tmp_path
    with pytest.raises(NoPlanError, match="har ingen mapp plan/"):
        read_tree(root)


# --- File names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("rutiner/RUTIN.YAML", "döp om filen till ”rutin.yml”"),
        ("rutiner/svara.yaml", "döp om filen till ”svara.yml”"),
        ("rutiner/Svara.YML", "döp om filen till ”svara.yml”"),
        ("rutiner/svara.yml.txt", "döp om filen till ”svara.yml”"),
        ("rutiner/svara.docx", "skriv innehållet i en fil som slutar på .yml, eller lägg filen"),
        ("rutiner/svara", "skriv innehållet i en fil som slutar på .yml, eller lägg filen"),
        ("README.md", "skriv innehållet i en fil som slutar på .yml, eller lägg filen"),
        ("rutiner/ny/svara.yml", "lägg filen direkt i mappen ”rutiner”"),
        ("rutiner.yml", "lägg filen direkt i mappen ”rutiner”"),
        ("rutin/svara.yml", "menade du ”rutiner/”?"),
        ("Rutiner/svara.yml", "menade du ”rutiner/”?"),
        ("Plan.yml", "menade du ”plan”?"),
        ("källor.yml", "menade du ”kallor”?"),
        ("q.yml", "filer i planen heter arshjul.yml, avvikelser/*.yml, begrepp.yml"),
        ("qq/q.yml", "filer i planen heter arshjul.yml, avvikelser/*.yml, begrepp.yml"),
    ],
)
def test_a_file_that_is_no_kind_is_told_of(name: str, hint: str) -> None:
    found = outcome({f"plan/{name}": "id: x\n"})
    assert told(found.problems) == [(f"plan/{name}", "okand-fil")]
    assert (found.problems[0].hint or "").startswith(hint)


@pytest.mark.parametrize("name", ["plan.yml", "arshjul.yml", "organisation.yml", "utgavor.yml"])
def test_a_file_that_must_be_there(name: str) -> None:
    found = outcome({f"plan/{name}": None})
    assert told(found.problems) == [(f"plan/{name}", "saknad-fil")]
    assert found.plan is None


def test_files_that_may_be_lacking() -> None:
    """The rest may be: what it leaves without a target is another matter."""
    gone = [p for p in minimal().plan if p not in
            {f"plan/{n}.yml" for n in ("plan", "arshjul", "organisation", "utgavor")}]  # fmt: skip
    rules = {rule for _, rule in told(outcome(dict.fromkeys(gone)).problems)}
    assert rules == {"okand-hanvisning", "enhet-utan-delplan"}


def test_a_register_may_be_split_over_files() -> None:
    units = minimal_text("plan/organisation.yml").partition("enheter:")
    split = {"plan/organisation.yml": None, "plan/organisation/a.yml": units[0],
             "plan/organisation/b.yml": units[1] + units[2]}  # fmt: skip
    assert outcome(split).problems == ()


# --- Stages --------------------------------------------------------------------------------

BROKEN = "titel: [\n"
WRONG_SHAPE = "id: klagomal\n"
OTHER_ID = minimal_text(METHOD).replace("id: klagomal", "id: synpunkter")
UNKNOWN_ROLE = minimal_text(METHOD).replace("- enhetschef", "- chefen")


def test_a_broken_file_stops_only_itself() -> None:
    """Rules about single things run on the rest; rules along relations wait."""
    found = outcome({"plan/begrepp.yml": BROKEN, METHOD: OTHER_ID, ROUTINE: WRONG_SHAPE})
    rules = told(found.problems)
    assert rules[0] == ("plan/begrepp.yml", "inte-yaml")
    assert rules[1] == (METHOD, "id-inte-filnamn")
    assert {rule for file, rule in rules[2:] if file == ROUTINE} == {"saknat-falt"}
    assert "okand-hanvisning" not in [rule for _, rule in rules]
    assert found.plan is None


def test_the_same_without_the_broken_file() -> None:
    rules = [rule for _, rule in told(outcome({METHOD: OTHER_ID}).problems)]
    assert "id-inte-filnamn" in rules
    assert "okand-hanvisning" in rules


@pytest.mark.parametrize(
    "broken",
    [
        {"plan/begrepp.yml": BROKEN},
        {"plan/begrepp.yml": "begrepp: []\n"},
        {"plan/begrepp.yml": b"\xff"},
        {"plan/skräp.txt": "hej"},
        {"plan/plan.yml": None},
    ],
)
def test_rules_along_relations_wait_for_every_file(broken: dict[str, str | bytes | None]) -> None:
    assert "okand-hanvisning" in [r for _, r in told(outcome({METHOD: UNKNOWN_ROLE}).problems)]
    rules = [r for _, r in told(outcome({METHOD: UNKNOWN_ROLE, **broken}).problems)]
    assert len(rules) == 1


def test_rules_along_relations_wait_for_what_could_not_be_taken_in() -> None:
    problem = Problem(Location("plan/x"), "inte-vanlig-fil", "x", "y")
    tree = Tree(minimal().plan | {METHOD: UNKNOWN_ROLE.encode()}, minimal().schemas, (problem,))
    assert check(tree, TODAY).problems == (problem,)


def test_every_broken_file_is_told_of_at_once() -> None:
    found = outcome(dict.fromkeys(minimal().plan, BROKEN))
    assert told(found.problems) == [(path, "inte-yaml") for path in sorted(minimal().plan)]
    assert found.errors == found.files == len(minimal().plan)


def test_there_is_a_plan_although_a_rule_has_found_something() -> None:
    found = outcome({METHOD: UNKNOWN_ROLE})
    assert found.plan is not None
    assert found.errors == 1


def test_errors_and_warnings_are_counted_apart() -> None:
    method = UNKNOWN_ROLE.replace("id: klagomal", "id: synpunkter").replace(
        "Klagomål", "Synpunkter"
    )
    found = outcome({"plan/metoder/synpunkter.yml": method})
    severities = {problem.rule: problem.severity for problem in found.problems}
    assert severities == {"oanvand": Severity.VARNING, "okand-hanvisning": Severity.FEL}
    assert (found.errors, found.warnings, found.files) == (1, 1, 11)


def test_problems_are_sorted_by_place() -> None:
    found = outcome({
        METHOD: UNKNOWN_ROLE.replace("följa_upp", "följa upp"), "plan/begrepp.yml": BROKEN,
        "plan/q.txt": "", "plan/kallor.yml": "källor: []\nx: y\na: b\n",
    })  # fmt: skip
    places = [problem.location for problem in found.problems]
    assert len(places) == 6
    assert places == sorted(places)


def test_the_order_of_files_is_of_no_account() -> None:
    damage = {METHOD: UNKNOWN_ROLE, "plan/rutiner/b.yml": minimal_text(ROUTINE),
              "plan/rutiner/a.yml": minimal_text(ROUTINE)}  # fmt: skip
    plan = list({**minimal().plan, **{p: t.encode() for p, t in damage.items()}}.items())
    first = check(Tree(dict(plan), minimal().schemas), TODAY)
    assert len(first.problems) == 4
    for seed in range(5):
        random.Random(seed).shuffle(plan)
        schemas = list(minimal().schemas.items())
        random.Random(seed).shuffle(schemas)
        again = check(Tree(dict(plan), dict(schemas)), TODAY)
        assert again.problems == first.problems
        assert again.plan is not None
        assert first.plan is not None
        assert [t.nyckel for t in again.plan.ting()] == [t.nyckel for t in first.plan.ting()]


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        outcome({})
        assert gc.isenabled() is on
        with pytest.raises(SchemaError):
            check(Tree({}, {"a.schema.json": b"{"}), TODAY)
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_the_day_is_the_callers() -> None:
    """What time alone makes wrong is a warning, and only from its day on."""
    assert outcome({}, date(2026, 6, 1)).problems == ()
    later = outcome({}, date(2200, 1, 1)).problems
    assert {problem.rule for problem in later} == {"lag-ej-kontrollerad", "rutin-att-se-over"}
    assert {problem.severity for problem in later} == {Severity.VARNING}
