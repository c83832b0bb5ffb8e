"""Which commit changed which thing: tried in real repositories of git."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ska.files.git import commits
from ska.files.revisions import Revision, revisions
from ska.files.tree import read_schemas
from ska.past.history import Historik, changes, history
from ska.reading import schema
from ska.ting import Nyckel
from tests.helpers import MINIMAL, minimal, minimal_text

WHEEL = "plan/arshjul.yml"
ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
ACTIVITY: Nyckel = ("aktivitet", "uppfoljning-klagomal")
YEAR: Nyckel = ("årshjul", "arshjul-2026")
KINDS = schema.load(minimal().schemas)


class Repository:
    """A folder under git, whose commits are a day apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.day = 0
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        when = f"2026-01-{self.day + 1:02}T12:00:00+01:00"
        who = {"NAME": "Prov", "EMAIL": "prov@example.org"}
        env = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            **{
                f"GIT_{part}_{key}": v for part in ("AUTHOR", "COMMITTER") for key, v in who.items()
            },
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_DATE": when,
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str | None], message: str = "x") -> str:
        for path, text in files.items():
            file = self.folder / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        self.day += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    shutil.copytree(MINIMAL, tmp_path / "rot")
    made = Repository(tmp_path / "rot")
    made.commit({})
    return made


def read(root: Path) -> Historik:
    return history(revisions(root), KINDS)


def counts(root: Path) -> dict[Nyckel, int]:
    """Return the things that have changed since they came, and how often."""
    return {key: len(found) - 1 for key, found in read(root).items() if len(found) > 1}


def with_title(title: str) -> str:
    return minimal_text(WHEEL).replace("titel: Uppföljning av klagomål", f"titel: {title}")


def test_every_thing_comes_with_the_first_commit(repository: Repository) -> None:
    found = read(repository.folder)
    assert len(found) > 15
    assert {len(made) for made in found.values()} == {1}
    ((commit, when),) = found[ACTIVITY]
    assert commit == repository.git("rev-parse", "HEAD")
    assert when == datetime(2026, 1, 2, 11, tzinfo=UTC)


def test_a_change_is_the_thing_s_own(repository: Repository) -> None:
    commit = repository.commit({WHEEL: with_title("Annat")})
    assert counts(repository.folder) == {ACTIVITY: 1}
    assert read(repository.folder)[ACTIVITY][-1].commit == commit


def test_layout_comments_and_order_are_no_change(repository: Repository) -> None:
    text = minimal_text(WHEEL).replace("- enhetschef", "-   enhetschef  # den som ansvarar")
    lines = text.splitlines()
    lines.remove("titel: Årshjul 2026")
    repository.commit({WHEEL: "\n".join([*lines, "titel: Årshjul 2026", ""])})
    assert counts(repository.folder) == {}


def test_a_move_to_another_file_is_no_change_and_a_new_id_is_a_new_thing(
    repository: Repository,
) -> None:
    text = minimal_text(ROUTINE)
    repository.commit({ROUTINE: None, "plan/rutiner/annan.yml": text})
    assert counts(repository.folder) == {}
    repository.commit({"plan/rutiner/annan.yml": text.replace("ta-emot-klagomal", "annan")})
    assert counts(repository.folder) == {("rutin", "ta-emot-klagomal"): 1}
    assert len(read(repository.folder)[("rutin", "annan")]) == 1


def test_what_goes_and_comes_back_has_changed_twice(repository: Repository) -> None:
    repository.commit({ROUTINE: None})
    repository.commit({ROUTINE: minimal_text(ROUTINE)})
    assert counts(repository.folder) == {("rutin", "ta-emot-klagomal"): 2}


def test_a_file_that_can_t_be_read_says_nothing(repository: Repository) -> None:
    for broken in ("id: [", "id: x\n", "\tid: x\n"):
        repository.commit({WHEEL: broken})
    assert counts(repository.folder) == {}
    repository.commit({WHEEL: with_title("Annat")})
    assert counts(repository.folder) == {ACTIVITY: 1}


def test_a_merge_is_one_change_on_the_day_it_was_made(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "forslag")
    for title in ("Ett", "Två", "Tre"):
        repository.commit({WHEEL: with_title(title)})
    repository.git("checkout", "-q", "main")
    repository.commit({"README.md": "x"})
    repository.day += 1
    repository.git("merge", "-q", "--no-ff", "-m", "beslut", "forslag")
    (_, merged) = read(repository.folder)[ACTIVITY]
    assert merged.commit == repository.git("rev-parse", "HEAD")
    assert merged.när.day == repository.day + 1


def test_a_project_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    shutil.copytree(MINIMAL, tmp_path / "å ä" / "rot")
    repository.commit({})
    repository.commit({f"å ä/rot/{WHEEL}": with_title("Annat")})
    assert counts(tmp_path / "å ä" / "rot") == {ACTIVITY: 1}
    assert counts(tmp_path) == {}


def test_names_that_break_lines_and_links_are_taken_as_they_are(repository: Repository) -> None:
    repository.commit({"plan/metoder/a\nb ”c”.yml": "id: x\n"})
    (repository.folder / "plan" / "lank.yml").symlink_to("plan.yml")
    repository.commit({})
    found = revisions(repository.folder)
    assert list(found[1].files) == ["plan/metoder/a\nb ”c”.yml"]
    assert found[2].files == {"plan/lank.yml": None}
    assert counts(repository.folder) == {}


def test_settings_of_the_user_s_do_not_reach_in(repository: Repository) -> None:
    for key, value in (
        ("log.showSignature", "true"), ("color.ui", "always"), ("log.follow", "true"),
        ("core.quotePath", "true"), ("diff.renames", "copies"), ("log.showRoot", "false"),
        ("format.pretty", "fuller"), ("diff.relative", "false"), ("log.decorate", "full"),
    ):  # fmt: skip
        repository.git("config", key, value)
    repository.commit({WHEEL: with_title("Annat")})
    assert [len(made.files) > 0 for made in revisions(repository.folder)] == [True, True]
    assert counts(repository.folder) == {ACTIVITY: 1}


@pytest.mark.parametrize(
    ("key", "value"),
    [("log.diffMerges", "combined"), ("log.diffMerges", "off"), ("log.follow", "true")],
)
def test_nor_do_they_change_what_a_merge_is(repository: Repository, key: str, value: str) -> None:
    repository.git("checkout", "-q", "-b", "forslag")
    repository.commit({WHEEL: with_title("Annat")})
    repository.git("checkout", "-q", "main")
    repository.commit({WHEEL: minimal_text(WHEEL) + "# slut\n"})
    repository.git("merge", "-q", "-m", "beslut", "forslag")
    told, named = revisions(repository.folder), commits(repository.folder)
    assert [list(made.files) for made in told[1:]] == [[WHEEL], [WHEEL]]
    repository.git("config", key, value)
    assert revisions(repository.folder) == told
    assert commits(repository.folder) == named


def test_without_git_or_history_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert revisions(tmp_path) == []
    Repository(tmp_path)
    assert revisions(tmp_path) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert revisions(tmp_path) == []


def test_the_project_s_own_history_can_be_read() -> None:
    root = MINIMAL.parents[2]
    found = history(revisions(root), schema.load(read_schemas(root)))
    assert all(made == tuple(sorted(made, key=lambda m: m.när)) for made in found.values())


# --- Summing up ------------------------------------------------------------------------------


def revision(number: int, files: dict[str, str]) -> Revision:
    when = datetime(2026, 1, number, tzinfo=UTC)
    return Revision(str(number), when, {path: text.encode() for path, text in files.items()})


def test_the_number_grows_with_each_change_of_the_thing_and_of_what_is_around_it() -> None:
    made = [revision(1, {WHEEL: minimal_text(WHEEL)})]
    numbers = []
    for day, text in enumerate(
        (
            with_title("Ett"),
            with_title("Ett") + "\n# samma\n",
            with_title("Ett").replace("sammanträden: ej_angivet", "sammanträden: [2026-03-04]"),
            with_title("Två").replace("sammanträden: ej_angivet", "sammanträden: [2026-03-11]"),
        ),
        2,
    ):
        made.append(revision(day, {WHEEL: text}))
        found = changes(history(made, KINDS), [ACTIVITY], [YEAR])
        assert found is not None
        numbers.append((found.antal, found.senast.day))
    assert numbers == [(1, 2), (1, 2), (2, 4), (3, 5)]  # one commit that changes both counts once
    alone = changes(history(made, KINDS), [ACTIVITY])
    assert alone is not None
    assert alone.antal == 2


def test_what_was_around_before_the_thing_came_does_not_count() -> None:
    text = minimal_text(WHEEL)
    empty = text.replace("id: uppfoljning-klagomal", "id: annan")
    moved = empty.replace("sammanträden: ej_angivet", "sammanträden: [2026-03-04]")
    with_it = text.replace("sammanträden: ej_angivet", "sammanträden: [2026-03-04]")
    made = [revision(n, {WHEEL: t}) for n, t in enumerate((empty, moved, with_it), 1)]
    found = changes(history(made, KINDS), [ACTIVITY], [YEAR])
    assert found is not None
    assert (found.antal, found.senast.day) == (0, 3)
    assert changes({}, [ACTIVITY], [YEAR]) is None
