"""A built site on this machine, and a real browser to read it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
FORGOTTEN = """() => {
    if (location.protocol !== 'about:') sessionStorage.clear()
    return true
}"""
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


@dataclass
class Reader:
    """A reader's browser, and the tabs that no test has open."""

    context: BrowserContext
    tabs: list[Page] = field(default_factory=list)

    def tab(self) -> Page:
        return self.tabs.pop() if self.tabs else self.context.new_page()

    def forget(self, used: list[Page]) -> None:
        """Leave nothing of a test to the next one but what has been fetched."""
        for page in used:
            page.emulate_media(media="null")
            page.wait_for_function(FORGOTTEN)  # the test may just have followed a link
            at = urlsplit(page.url)._replace(path="", query="", fragment="").geturl()
            tab = self.context.new_cdp_session(page)
            tab.send("Storage.clearDataForOrigin", {"origin": at, "storageTypes": "all"})
            tab.detach()
            page.goto("about:blank")
            page.mouse.move(0, 0)
        self.tabs += used
        for page in self.context.pages:
            if page not in self.tabs:  # a link opened it
                page.close()


Readers = dict[tuple[bool, bool], Reader]  # by palette and whether scripts run


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    kept: Readers = {}
    yield kept
    for reader in kept.values():
        reader.context.close()


@pytest.fixture
def open_page(browser: Browser, site_address: str, readers: Readers) -> Iterator[Open]:
    """Return what opens a page of the site: `open_page("rutiner/", size="smal", dark=True)`.

    A test that changes more of the browser than what pages keep in it, such as its clock or what
    is fetched, opens the page in a browser of its `own`: that takes a second longer.
    """
    alone: list[BrowserContext] = []
    used: dict[tuple[bool, bool], list[Page]] = {}

    def reader(dark: bool, script: bool) -> BrowserContext:
        context = browser.new_context(
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="sv-SE",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE)
        return context

    def open_page(
        path: str,
        *,
        size: str = "bred",
        dark: bool = False,
        script: bool = True,
        at: str = "",
        own: bool = False,
    ) -> Page:
        if own:
            alone.append(reader(dark, script))
            page = alone[-1].new_page()
        else:
            if (dark, script) not in readers:
                readers[dark, script] = Reader(reader(dark, script))
            page = readers[dark, script].tab()
            used.setdefault((dark, script), []).append(page)
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.goto((at or site_address) + path)
        return page

    yield open_page
    for context in alone:
        context.close()
    for who, pages in used.items():
        readers[who].forget(pages)


@pytest.fixture
def open_kind(open_page: Open, site_pages: dict[str, Built]) -> Open:
    """Return what opens a page of a kind."""
    return lambda kind, **how: open_page(address_of(kind, site_pages), **how)
