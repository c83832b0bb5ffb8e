"""No request leaves the site, nothing is kept that the reader didn't choose, nothing foreign runs.

Served without a header of any kind: the pages carry their policy themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.kinds import KINDS, address_of
from tests.browser.searching import answered
from tests.building import Built

#: What a reader's browser may hold after all that a reader can choose.
CHOICES = {"/.__palette", "ska-mitt"}
KEPT = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    cookie: document.cookie, databases: await indexedDB.databases(),
    caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING: dict[str, Any] = {
    "local": [], "session": [], "cookie": "", "databases": [], "caches": [], "workers": 0,
}  # fmt: skip


@dataclass
class Watched:
    """A page, with all that it asked for and all that the browser complained of."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def go(self, at: str) -> None:
        self.page.goto(self.address + at)

    @property
    def elsewhere(self) -> list[str]:
        """Return the requests to any other address than the site's."""
        return [url for url in self.asked if not url.startswith((self.address, "data:"))]

    def kept(self) -> Any:
        return self.page.evaluate(KEPT)


@pytest.fixture
def watched(browser: Browser, site_address: str) -> Iterator[Watched]:
    context: BrowserContext = browser.new_context(locale="sv-SE", reduced_motion="reduce")
    yield Watched(context.new_page(), site_address)
    context.close()


def test_nothing_leaves_and_nothing_is_kept_on_any_kind_of_page(
    watched: Watched, site_pages: dict[str, Built]
) -> None:
    for kind in KINDS:
        watched.go(address_of(kind, site_pages))
    watched.go("?q=avvikelser")
    answered(watched.page)
    watched.go("planen/")
    watched.page.hover(".ska-ord abbr")
    watched.page.wait_for_selector(".md-tooltip2--active")
    watched.page.wait_for_load_state("networkidle")
    assert len(watched.asked) > len(KINDS)
    assert watched.elsewhere == []
    assert watched.said == []
    assert watched.kept() == NOTHING
    assert watched.page.context.cookies() == []


def test_what_the_reader_chooses_is_kept_and_no_more(watched: Watched) -> None:
    page = watched.page
    watched.go("")
    choices = page.locator("[data-ska-mitt] select")
    value = choices.locator("option").nth(1).get_attribute("value")
    choices.select_option(value)
    for _ in range(2):  # and back: that too is a choice
        before = page.get_attribute("body", "data-md-color-scheme")
        page.click("label[for^=__palette]:visible")
        page.wait_for_function(f"document.body.dataset.mdColorScheme !== '{before}'")
    watched.go("rutiner/")
    kept = watched.kept()
    assert set(kept.pop("local")) == CHOICES
    assert kept == {name: value for name, value in NOTHING.items() if name != "local"}
    palette = json.loads(page.evaluate("localStorage.getItem('/.__palette')"))
    assert palette["color"]["scheme"] == "default"
    assert page.evaluate("localStorage.getItem('ska-mitt')") == value
    assert page.context.cookies() == []
    assert (watched.elsewhere, watched.said) == ([], [])


def test_the_chosen_palette_holds_on_the_next_page(watched: Watched) -> None:
    watched.go("")
    watched.page.click("label[for^=__palette]:visible")
    scheme = watched.page.locator("body[data-md-color-scheme=slate]")
    expect(scheme).to_have_count(1)
    watched.page.route("**/*.js", lambda route: route.abort())
    watched.go("rutiner/")  # the theme's script is not needed for it
    expect(scheme).to_have_count(1)


def test_the_policy_stops_what_isn_t_the_site_s(watched: Watched) -> None:
    """What the rest leans on: were text from the plan taken for markup, it would still not run."""
    watched.go("rutiner/")
    assert watched.said == []
    stopped = watched.page.evaluate(
        """async () => {
            const stopped = []
            const all = new Promise((done) => {
                addEventListener("securitypolicyviolation", (event) => {
                    stopped.push(`${event.effectiveDirective} ${event.blockedURI}`)
                    if (stopped.length === 7) done()
                })
            })
            const add = (name, given) =>
                document.body.appendChild(Object.assign(document.createElement(name), given))
            add("script", {textContent: "window.sprang = true"})
            add("div", {innerHTML: "<img src='' onerror='window.sprang = true'>"})
            add("script", {src: "http://127.0.0.2:9/"})
            add("img", {src: "http://127.0.0.2:9/"})
            add("link", {rel: "stylesheet", href: "http://127.0.0.2:9/"})
            add("div", {innerHTML: "<p style='color: red'>text</p>"})
            await fetch("http://127.0.0.2:9/").catch(() => {})
            await all
            return stopped.sort()
        }"""
    )
    assert stopped == [
        "connect-src http://127.0.0.2:9/",
        "img-src http://127.0.0.2:9/",
        "script-src-attr inline",
        "script-src-elem http://127.0.0.2:9/",
        "script-src-elem inline",
        "style-src-attr inline",
        "style-src-elem http://127.0.0.2:9/",
    ]
    assert watched.page.evaluate("window.sprang") is None


def test_every_page_has_the_same_policy_before_anything_it_holds_for(
    site_pages: dict[str, Built],
) -> None:
    policies = set()
    for at, page in site_pages.items():
        head = page.html[: page.html.index("</head>")]
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', head)
        policies.add(policy)
        assert head.index("Content-Security-Policy") < head.index("<link"), at
        assert "<style" not in page.html, at
        assert not any("style" in attrs for _, attrs in page.parts), at
        assert not any(name.startswith("on") for _, attrs in page.parts for name in attrs), at
    (policy,) = policies
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
