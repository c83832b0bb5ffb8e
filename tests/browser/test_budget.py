"""What a page weighs, told at the end of the run; and that its content waits for no script."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from ska.render.addresses import address
from ska.render.gemensamt import Settings
from ska.site.prepared import prepare
from tests.browser.kinds import KINDS, address_of
from tests.building import ROOT, Built
from tests.helpers import TODAY

OBJECT = 40_000  # bytes of HTML
VISIT = 120_000  # bytes, compressed

Record = Callable[[str, object], None]


def test_a_thing_s_page_is_small(site_pages: dict[str, Built], record_property: Record) -> None:
    plan = prepare(ROOT, Settings(TODAY)).plan
    sizes = {
        (ting.slag, ting.id): len(site_pages[address(ting)].html.encode("utf-8"))
        for ting in plan.ting()
    }
    record_property(
        "budget", ("Byte HTML på en saks sida, median", round(median(sizes.values())), OBJECT)
    )
    record_property("budget", ("Byte HTML på en saks sida, störst", max(sizes.values()), OBJECT))
    assert {key: size for key, size in sizes.items() if size > OBJECT} == {}


def test_a_first_visit_is_light(
    browser: Browser, site: Path, site_address: str, record_property: Record
) -> None:
    """All that a browser without a cache asks for, as a server sends it; the index not counted."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    page.goto(site_address, wait_until="networkidle")
    context.close()
    weights = {
        path: len(gzip.compress(file.read_bytes(), 6))
        for path in asked
        if (file := site / (path.lstrip("/") or "index.html")).is_file()
        and not path.startswith("/search/")
    }
    assert "/" in weights
    assert len(weights) > 5
    total = sum(weights.values())
    record_property("budget", ("Byte i ett första besök, packat", total, VISIT))
    assert total <= VISIT, weights


@pytest.mark.parametrize("kind", ["start", "rutin", "årshjul", "lista"])
def test_the_content_is_painted_though_no_script_comes(
    kind: str, browser: Browser, site_address: str, site_pages: dict[str, Built]
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    waiting: list[Route] = []
    page.route("**/*.js", lambda route: waiting.append(route))  # asked for, and never answered
    page.goto(site_address + address_of(kind, site_pages), wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    page.wait_for_selector("article h1")
    assert waiting
    assert page.locator(".ska-sidfot").is_visible()
    context.close()


def test_no_script_in_the_head_holds_a_page_up(site_pages: dict[str, Built]) -> None:
    assert len(KINDS) > 40
    for at, page in site_pages.items():
        head = page.parts[: page.parts.index(("body", _body(page)))]
        scripts = [attrs for tag, attrs in head if tag == "script"]
        held = [attrs for attrs in scripts if not {"defer", "async"} & {*attrs}]
        assert held == [], at


def _body(page: Built) -> dict[str, Any]:
    return next(attrs for tag, attrs in page.parts if tag == "body")
