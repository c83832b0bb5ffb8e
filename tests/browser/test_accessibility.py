"""axe finds nothing, on any kind of page, in either palette, wide or narrow; nothing runs out."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIZES, Open
from tests.browser.kinds import KINDS

PICTURES = Path(__file__).resolve().parent / "bilder"
TALL = 6000  # pixels; the rest of a longer page looks like its beginning


def problems(page: Page) -> list[str]:
    """Return what axe finds, a line for each rule and place."""
    # All else that axe can tell (what passed, and where) takes most of its time.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for rule in found
        for node in rule["nodes"]
    ]


def resize(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})


def picture(page: Page, name: str) -> None:
    """Leave a picture of the page for whoever wants to look."""
    PICTURES.mkdir(exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    height = min(TALL, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, clip=clip)


@pytest.mark.parametrize("dark", [False, True], ids=["ljus", "mork"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, dark: bool, open_kind: Open) -> None:
    page = open_kind(kind, dark=dark)
    scheme = page.get_attribute("body", "data-md-color-scheme")
    assert scheme == ("slate" if dark else "default")
    for size in SIZES:
        resize(page, size)
        picture(page, f"{kind}-{'mork' if dark else 'ljus'}-{size}")
        assert problems(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["ljus", "mork"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_the_open_search(size: str, dark: bool, open_page: Open) -> None:
    page = open_page("?q=avvikelser", size=size, dark=dark)
    page.wait_for_selector(".md-search-result__item")
    page.locator(".md-search-result__more summary").first.click()
    assert problems(page) == []
    picture(page, f"sok-{'mork' if dark else 'ljus'}-{size}")
    page.fill(".md-search__input", "xyzzy")
    page.wait_for_function("document.querySelectorAll('.md-search-result__item').length == 0")
    assert problems(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["ljus", "mork"])
def test_axe_finds_nothing_in_the_open_menu(dark: bool, open_page: Open) -> None:
    page = open_page("roller/enhetschef/", size="smal", dark=dark)
    page.click(".ska-meny summary")
    assert page.is_visible(".ska-meny nav")
    assert problems(page) == []
    picture(page, f"meny-{'mork' if dark else 'ljus'}-smal")


def test_axe_finds_nothing_where_an_abbreviation_is_explained(open_page: Open) -> None:
    page = open_page("planen/")
    page.hover(".ska-ord abbr")
    page.wait_for_selector(".md-tooltip2--active")
    # The theme hangs the explanation outside every landmark while it is shown, and names it as
    # the word's description, which is what is read aloud.
    assert [
        line for line in problems(page) if not line.startswith('region: <div class="md-tool')
    ] == []
    described = page.get_attribute("abbr[aria-describedby]", "aria-describedby")
    expect(page.locator(f"#{described}")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(kind: str, open_kind: Open) -> None:
    """At 320 pixels too: that is what 400 percent of a wide screen comes to."""
    page = open_kind(kind, size="smal")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 780})
        wide = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(e => e.checkVisibility() && !e.closest('pre, .md-search'))
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                .map(e => e.outerHTML.slice(0, 150))"""
        )
        assert wide == []
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0


def test_what_scrolls_sideways_can_be_reached_with_the_keyboard(open_page: Open) -> None:
    page = open_page("falt/rutin/", size="smal")
    unreachable = page.evaluate(
        """() => [...document.querySelectorAll('article *')]
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.checkVisibility())
            .filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
            .filter(e => e.tabIndex < 0)
            .map(e => e.outerHTML.slice(0, 150))"""
    )
    assert unreachable == []


def test_axe_itself_can_find_something(open_page: Open) -> None:
    """What the tests above rest on."""
    page = open_page("rutiner/")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img>')")
    assert any(line.startswith("image-alt") for line in problems(page))
