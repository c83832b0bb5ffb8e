"""What an answer costs as the pages grow: counted steps of the search's engine, no seconds."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.search import QUESTIONS, large_index
from ska.sok.index import INDEX
from tests.browser.test_search_words import ENGINE

pytestmark = pytest.mark.no_cover


def steps(browser: Browser, index: bytes) -> int:
    """Count how often each piece of the engine runs, when questions are typed letter by letter."""
    page = browser.new_page()
    page.add_script_tag(path=str(ENGINE))
    page.evaluate("index => { window.plan = skaSok.open(index) }", json.loads(index))
    typed = [text for question in QUESTIONS for text in accumulate(question)]
    tools = page.context.new_cdp_session(page)
    tools.send("Profiler.enable")
    tools.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
    page.evaluate("typed => typed.forEach(text => plan.find(text))", typed)
    told = tools.send("Profiler.takePreciseCoverage")
    page.close()
    return sum(
        piece["count"]
        for script in told["result"]
        for function in script["functions"]
        for piece in function["ranges"]
    )


def test_an_answer_grows_no_faster_than_the_pages(browser: Browser, tmp_path: Path) -> None:
    found = []
    for routines in (20, 160):
        made = large_index(tmp_path / str(routines), routines)
        found.append(steps(browser, made.files[INDEX]) / made.pages)
    assert found[0] > 100
    assert found[1] < 0.7 * found[0]  # of each word of the index, which has fewer new ones then
