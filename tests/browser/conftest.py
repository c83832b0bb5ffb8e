"""A built site on this machine, and a real browser to read it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser.kinds import address_of
from tests.browser.planted import (  # noqa: F401 - fixtures
    planted_address,
    planted_pages,
    planted_site,
)
from tests.browser.server import serving
from tests.building import Built, until

#: The browser looks nothing up on the network by itself, and runs where there is no screen.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
SIZES = {"bred": (1280, 900), "smal": (360, 780)}
PATIENCE = 30_000  # milliseconds; the machine may be shared

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no lines here: what a browser is shown is made elsewhere."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.no_cover)


def _wait_for_function(page: Page, expression: str, *, arg: Any = None, **how: Any) -> None:
    """Wait as Playwright does, but ask from outside.

    Its own way is an `eval` in the page, which the site's content security policy stops.
    """

    def holds() -> object:
        try:
            return page.evaluate(expression, arg)
        except Error:  # a page that is just being left
            return False

    until(f"{expression} gäller", holds, how.get("timeout", PATIENCE) / 1000)


Page.wait_for_function = _wait_for_function  # type: ignore[assignment,method-assign]


@pytest.fixture(scope="session")
def site_address(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def readers(browser: Browser) -> Iterator[dict[tuple[bool, bool], BrowserContext]]:
    """Keep what readers have their tabs in, by palette and whether scripts run."""
    contexts: dict[tuple[bool, bool], BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def open_page(
    browser: Browser, site_address: str, readers: dict[tuple[bool, bool], BrowserContext]
) -> Iterator[Open]:
    """Return what opens a page of the site: `open_page("rutiner/", size="smal", dark=True)`.

    Each test has its own tabs, and finds nothing kept by another one; but what is fetched and
    compiled stays, as most of the time of a short test would go to that.
    """
    visited: list[tuple[Page, str]] = []
    alone: dict[tuple[bool, bool], BrowserContext] = {}

    def open_page(
        path: str,
        *,
        size: str = "bred",
        dark: bool = False,
        script: bool = True,
        at: str = "",
        own: bool = False,
    ) -> Page:
        """Open a page; in a browser of its `own` where more than its storage is changed."""
        reader = (alone if own else readers).get((dark, script))
        if reader is None:
            reader = (alone if own else readers)[dark, script] = browser.new_context(
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                locale="sv-SE",
                java_script_enabled=script,
            )
            reader.set_default_timeout(PATIENCE)
        page = reader.new_page()
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        visited.append((page, at or site_address))
        page.goto((at or site_address) + path)
        return page

    yield open_page
    for page, address in visited:
        everything = {"origin": address, "storageTypes": "all"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
    for page, _ in visited:
        for tab in page.context.pages:
            tab.close()
    for reader in alone.values():
        reader.close()


@pytest.fixture
def open_kind(open_page: Open, site_pages: dict[str, Built]) -> Open:
    """Return what opens a page of a kind."""
    return lambda kind, **how: open_page(address_of(kind, site_pages), **how)
