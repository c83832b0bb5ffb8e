"""The published folder behind nginx: every link, and the choice of edition, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests import webserver
from tests.browser.chromium import server
from tests.building import Built
from tests.test_publish import made, out, published  # noqa: F401 - fixtures
from tests.webserver import ask


@pytest.fixture(scope="module")
def connection(
    out: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[HTTPConnection]:
    program = server()
    if program is None:
        pytest.skip("nginx finns inte; installera paketet nginx-light")
    with webserver.nginx(program, out, tmp_path_factory.mktemp("nginx")) as connection:
        yield connection


def test_every_link_of_every_edition_is_answered(
    connection: HTTPConnection,
    published: dict[str, Built],  # noqa: F811
) -> None:
    links = set()
    for at, page in published.items():
        if at.endswith("/404.html"):  # only the root's is ever shown
            continue
        for href in page.links:
            target = urlsplit(urljoin(f"http://x/{quote(at)}", href))
            if target.netloc == "x":
                links.add(quote(target.path, safe="/%"))
    assert len(links) > 100
    wrong = {path: ask(connection, path, "HEAD")[0].status for path in sorted(links)}
    assert {path: status for path, status in wrong.items() if status != 200} == {}


def test_the_edition_is_chosen_in_the_browser(connection: HTTPConnection, browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.text} {message.location['url']}"))
    root = f"http://127.0.0.1:{connection.port}"
    page.goto(f"{root}/rutiner/")  # an address without an edition leads to what holds
    page.wait_for_url("**/gallande/rutiner/")
    current = page.locator(".md-version__current")
    expect(current).to_be_visible()
    choices = page.locator(".md-version__link")
    assert choices.count() > 1
    current.focus()
    other = choices.nth(choices.count() - 1)
    name = (other.text_content() or "").strip()
    assert name
    other.click()
    page.wait_for_url(lambda url: "/gallande/" not in url)
    expect(page.locator(".md-version__current")).to_contain_text(name)
    expect(page.locator(".md-banner").first).to_be_visible()
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert all(key.endswith(".__outdated") for key in kept)
    assert context.cookies() == []
    assert said == []
    answer, _ = ask(connection, "/versions.json")
    assert answer.headers["Cache-Control"] == "no-cache"
    context.close()
