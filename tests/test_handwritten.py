"""A page in docs/ that uses the one of the build before is what it would have been made to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mkdocs.structure.files import File

from ska.memory import cache
from ska.site import building
from ska.site.making import Making
from ska.site.prepared import SiteError
from tests.building import EPOCH, small

ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
HELP = "docs/hjalp/sok.md"

pytestmark = pytest.mark.no_cover  # the lines are run by the tests of a build's other pages


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "minne"))
    return small(tmp_path / "projekt")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the pages in docs/ that have been made, by their sources."""
    found: list[str] = []
    page = Making.page

    def counted(self: Making, file: File) -> None:
        if file.src_uri not in self.built.pages:
            found.append(f"docs/{file.src_uri}")
        page(self, file)

    monkeypatch.setattr(Making, "page", counted)
    return found


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def build(project: Path) -> None:
    building.build(project, project / "site")


def assert_as_anew(project: Path) -> None:
    """See that the site is that of a build that knows of none before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.SETTING, "")
        building.build(project, project / "nytt")
    wanted, got = project / "nytt", project / "site"
    names = sorted(path.relative_to(wanted) for path in wanted.rglob("*.*"))
    assert [
        name for name in names if (got / name).read_bytes() != (wanted / name).read_bytes()
    ] == []
    shutil.rmtree(wanted)


def test_one_that_reads_nothing_of_what_was_edited_is_used_again(
    project: Path, made: list[str]
) -> None:
    build(project)
    every = len(made)
    made.clear()
    add(project / ROUTINE, "anmärkning: Nytt.\n")
    build(project)
    assert HELP not in made
    assert len(made) < every
    assert_as_anew(project)


def test_one_that_tells_what_was_edited_is_made_anew(project: Path, made: list[str]) -> None:
    (project / HELP).write_text(
        "---\ntitle: Sök\nrender_macros: true\n---\n# Sök\n\n"
        '{{ antal("rutiner") }} i {{ plan_titel() }}\n',
        "utf-8",
    )
    build(project)
    made.clear()
    frame = project / "plan" / "plan.yml"
    frame.write_text(frame.read_text("utf-8").replace("titel: ", "titel: Ny ", 1), "utf-8")
    build(project)
    assert HELP in made
    assert " i Ny " in (project / "site/hjalp/sok/index.html").read_text("utf-8")
    assert_as_anew(project)


def test_all_are_made_anew_when_a_page_comes(project: Path, made: list[str]) -> None:
    """One may lead there."""
    build(project)
    every = sorted(made)
    made.clear()
    text = (project / ROUTINE).read_text("utf-8")
    other = project / "plan" / "rutiner" / "en-till.yml"
    other.write_text(text.replace("id: ta-emot-klagomal", "id: en-till"), "utf-8")
    build(project)
    assert sorted(made) == every
    assert_as_anew(project)


def test_the_search_finds_one_that_is_used_again(project: Path, made: list[str]) -> None:
    build(project)
    before = (project / "site/sok/text.json").read_bytes()
    made.clear()
    build(project)
    assert made == []
    assert (project / "site/sok/text.json").read_bytes() == before


def test_a_place_that_is_gone_stops_the_build(project: Path, made: list[str]) -> None:
    add(project / ROUTINE, "anmärkning: Ett ställe att leda till.\n")
    add(project / HELP, "\n[Anmärkning](../rutiner/ta-emot-klagomal.md#anmarkning)\n")
    build(project)
    made.clear()
    build(project)
    assert made == []
    text = (project / ROUTINE).read_text("utf-8")
    (project / ROUTINE).write_text(
        text.replace("anmärkning: Ett ställe att leda till.\n", ""), "utf-8"
    )
    with pytest.raises(SiteError):
        build(project)
    (project / ROUTINE).write_text(text.replace("Ett ställe", "Samma ställe"), "utf-8")
    build(project)


def test_one_that_says_what_nobody_keeps_account_of_is_made_each_time(
    project: Path, made: list[str]
) -> None:
    (project / HELP).write_text(
        "---\ntitle: Sök\nrender_macros: true\n---\n# Sök\n\nKlockan är {{ now() }}.\n", "utf-8"
    )
    build(project)
    made.clear()
    build(project)
    assert made == [HELP]
