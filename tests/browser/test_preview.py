"""The preview of a proposal in a real browser: found, read, without colour, and from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIZES, Open
from tests.browser.server import serving
from tests.browser.test_accessibility import picture, problems, resize
from tests.building import shared, ska, small
from tests.helpers import minimal_text
from tests.repository import commit, git, write

WHEEL, ROUTINE = "plan/arshjul.yml", "plan/rutiner/ta-emot-klagomal.yml"
PART = "andring-rutin-ta-emot-klagomal"


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built preview of a small proposal: a month, a sentence, a term taken away."""

    def make(folder: Path) -> None:
        project = small(folder)
        git(project, "init", "-q", "-b", "main")
        commit(project, {})
        routine = minimal_text(ROUTINE).replace("ska få svar", "får alltid svar")
        write(project, {
            WHEEL: minimal_text(WHEEL).replace("månad: 2026-03", "månad: 2026-05"),
            ROUTINE: routine,
        })  # fmt: skip
        (project / "plan/begrepp.yml").unlink()
        done = ska("preview", "main", cwd=project)
        assert done.returncode == 0, done.stdout + done.stderr

    return shared(tmp_path_factory, "förslag", make) / "forhandsvisning"


@pytest.fixture
def address(preview: Path) -> Iterator[str]:
    with serving(preview) as at:
        yield at


@pytest.mark.parametrize("script", [True, False], ids=["skript", "utan-skript"])
def test_from_the_start_page_to_the_letter_and_back_to_the_page(
    address: str, open_page: Open, script: bool
) -> None:
    page = open_page("", at=address, script=script)
    first = page.locator("nav.ska-flikar a").first
    expect(first).to_have_text("Ändringar i förslaget")
    page.locator(".ska-forslagsnotis a").click()
    expect(page.locator("h1")).to_contain_text("Ändringar i förslaget")
    expect(page.locator(".ska-ingress p").first).to_contain_text("Förslaget ändrar två saker")
    page.get_by_role("link", name="Läs hela rutinen").click()
    expect(page.locator(".ska-forslagsnotis")).to_contain_text("Ändrad i förslaget.")
    page.locator(".ska-forslagsnotis a").click()
    page.wait_for_url(lambda url: url.endswith(f"/forslag/index.html#{PART}"))
    expect(page.locator(f"#{PART}")).to_be_in_viewport()


def box(page: Page, cell: int) -> dict[str, float]:
    row = page.locator(f".ska-andrad:has(#{PART}) table.ska-sidor tbody tr").first
    found = row.locator("td").nth(cell).bounding_box()
    assert found
    return dict(found)


def test_old_and_new_are_beside_each_other_and_on_a_phone_stacked(
    address: str, open_page: Open
) -> None:
    page = open_page(f"forslag/#{PART}", at=address)
    old, new = box(page, 0), box(page, 1)
    assert old["y"] == new["y"]
    assert old["x"] + old["width"] <= new["x"] + 1
    resize(page, "smal")
    old, new = box(page, 0), box(page, 1)
    assert old["x"] == new["x"]
    assert old["y"] + old["height"] <= new["y"] + 1
    names = page.evaluate(
        "[...document.querySelectorAll('table.ska-sidor td')].slice(0, 2)"
        ".map(e => getComputedStyle(e, '::before').content)"
    )
    assert "Förut" in names[0]
    assert "I förslaget" in names[1]


@pytest.mark.parametrize("dark", [False, True], ids=["ljus", "mork"])
def test_what_goes_and_comes_is_told_apart_without_colour(
    address: str, open_page: Open, dark: bool
) -> None:
    page = open_page("forslag/", at=address, dark=dark)
    lines = "e => getComputedStyle(e).textDecorationLine"
    for tag, line in (("del", "line-through"), ("ins", "underline")):
        marks = page.locator(f".ska-forslag {tag}")
        assert marks.count() > 1
        assert {mark.evaluate(lines) for mark in marks.all()} == {line}


@pytest.mark.parametrize("dark", [False, True], ids=["ljus", "mork"])
@pytest.mark.parametrize("path", ["forslag/", "rutiner/ta-emot-klagomal/", "arshjul/", ""])
def test_axe_finds_nothing_in_a_preview(
    address: str, open_page: Open, path: str, dark: bool
) -> None:
    page = open_page(path, at=address, dark=dark)
    page.evaluate("document.querySelectorAll('.ska-forslag details').forEach(d => d.open = true)")
    for size in SIZES:
        resize(page, size)
        picture(page, f"forslag-{path.strip('/').replace('/', '-') or 'start'}-"
                      f"{'mork' if dark else 'ljus'}-{size}")  # fmt: skip
        assert problems(page) == []
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0


def test_the_pages_open_from_the_folder_that_was_unpacked(preview: Path, open_page: Open) -> None:
    page = open_page("index.html", at=f"{preview.as_uri()}/", own=True)
    page.locator("nav.ska-flikar a").first.click()
    expect(page.locator("h1")).to_contain_text("Ändringar i förslaget")
    page.get_by_role("link", name="Läs hela rutinen").click()
    page.locator(".ska-forslagsnotis a").click()
    page.wait_for_url(lambda url: url.endswith(f"/forslag/index.html#{PART}"))
