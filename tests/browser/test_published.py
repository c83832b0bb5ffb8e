"""The published editions in a real browser: the picker, the notices, the permanent addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, Open
from tests.browser.server import serving
from tests.browser.test_accessibility import picture, problems, resize
from tests.test_publish import FOLDER, GONE, NOW, OLD, made  # noqa: F401 - a fixture

ROUTINE = "rutiner/ta-emot-klagomal/"


@pytest.fixture(scope="session")
def address(made: Path) -> Iterator[str]:  # noqa: F811 - the fixture above
    with serving(made / "ute") as at:
        yield at


@pytest.mark.parametrize(
    ("folder", "shown"),
    [("gallande", "2027"), (NOW, "2027"), (OLD, "2026"), (FOLDER, "Förslag 2027")],
)
def test_the_picker_names_the_edition_and_leads_to_the_others(
    folder: str, shown: str, address: str, open_page: Open
) -> None:
    page = open_page(f"{folder}/{ROUTINE}", at=address)
    now = page.locator(".md-version__current")
    expect(now).to_have_text(shown)
    expect(now).to_have_attribute("aria-label", "Välj utgåva")
    expect(page.locator(".md-version__link")).to_have_count(3)
    other = "2027" if shown == "2026" else "2026"
    to = page.locator(".md-version__link", has_text=other).filter(has_not_text="Förslag")
    assert page.request.get(str(to.evaluate("link => link.href"))).ok
    page.locator(".md-version").hover()
    to.click()
    target = NOW if other == "2027" else OLD
    expect(page).to_have_url(f"{address}{target}/")


@pytest.mark.parametrize("dark", [False, True], ids=["ljus", "mork"])
def test_axe_finds_nothing_in_an_edition_with_the_picker_open(
    dark: bool, address: str, open_page: Open
) -> None:
    page = open_page(f"{OLD}/{ROUTINE}", at=address, dark=dark)
    for size in SIZES:
        resize(page, size)
        page.locator(".md-version__current").focus()
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        picture(page, f"utgava-{'mork' if dark else 'ljus'}-{size}")


def test_without_script_the_notice_is_there_and_leads_on(address: str, open_page: Open) -> None:
    page = open_page(f"{OLD}/{ROUTINE}", at=address, script=False)
    notice = page.locator(".md-banner")
    expect(notice).to_contain_text("Du läser en tidigare utgåva")
    notice.get_by_role("link").click()
    expect(page).to_have_url(f"{address}gallande/{ROUTINE}")
    expect(page.locator(".md-banner")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_permanent_addresses_lead_on(script: bool, address: str, open_page: Open) -> None:
    for at, folder in (("", "gallande"), (ROUTINE, "gallande"), (GONE, OLD)):
        page = open_page(at, at=address, script=script)
        expect(page).to_have_url(f"{address}{folder}/{at}")


def test_what_is_missing_is_told_in_the_site_s_own_way(address: str, open_page: Open) -> None:
    page = open_page("rutiner/finns/inte/", at=address)
    expect(page.locator("h1")).to_have_text("Sidan finns inte")
    page.get_by_role("link", name="Alla rutiner").click()
    expect(page).to_have_url(f"{address}gallande/rutiner/")
