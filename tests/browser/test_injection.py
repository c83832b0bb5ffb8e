"""Text from plan/ is text: it doesn't run, doesn't break a page, and doesn't reach another.

Every free text field of every kind holds all of it, on a site of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests import filled
from tests.browser.conftest import Open
from tests.browser.planted import planted
from tests.browser.searching import answered
from tests.building import Built
from tests.helpers import minimal, outcome


def plain(text: str) -> str:
    return " ".join(text.split())


#: What no page may hold, whatever stands in the plan.
WRONG = """() => {
    const all = [...document.querySelectorAll('*')]
    const article = document.querySelector('article')
    return {
        ran: window.sprang === true,
        handlers: all.filter(e => [...e.attributes].some(a => a.name.startsWith('on')))
            .map(e => e.outerHTML.slice(0, 99)),
        scripts: article.querySelectorAll('script, img, iframe, style, object').length,
        links: [...document.querySelectorAll('a')]
            .map(a => new URL(a.getAttribute('href') ?? '', location).protocol)  // a drawing's too
            .filter(p => !['http:', 'https:', 'mailto:'].includes(p)),
        headings: document.querySelectorAll('h1').length,
        articles: document.querySelectorAll('main article').length,
        foot: document.querySelector('.md-container > footer.ska-sidfot') !== null,
        last: article.lastElementChild.className,
    }
}"""
RIGHT: dict[str, Any] = {
    "ran": False, "handlers": [], "scripts": 0, "links": [], "headings": 1, "articles": 1,
    "foot": True,
}  # fmt: skip


def open_planted(open_page: Open, address: str, path: str) -> Page:
    page = open_page("404.html", at=address, own=True)
    page.add_init_script("window.rann = () => { window.sprang = true }")
    page.goto(address + path)
    return page


def test_it_doesn_t_run_nor_break_a_page_and_is_read_as_it_was_written(
    open_page: Open, planted_address: str, planted_pages: dict[str, Built]
) -> None:
    _, wrote = planted()
    page = open_planted(open_page, planted_address, "")
    assert len(planted_pages) > 50
    everything = ""
    for at in planted_pages:
        page.goto(planted_address + at)
        found = page.evaluate(WRONG)
        assert found.pop("last") in (
            {"ska-lista"} if at == "404.html" else {"ska-fot", "ska-utskrift"}
        ), at
        assert found == RIGHT, at
        everything += " " + plain(page.evaluate("document.querySelector('article').innerText"))
    assert "49" not in re.findall(r"\b\d+\b", everything)
    missing = [
        (slag, how, line)
        for text, slag, how in wrote
        for line in map(plain, text.split("\n\n"))
        if how != "dold" and line not in everything
    ]
    assert missing == []


def test_a_title_is_text_wherever_it_stands(
    open_page: Open, planted_address: str, planted_pages: dict[str, Built]
) -> None:
    _, wrote = planted()
    title = next(text for text, slag, how in wrote if (slag, how) == ("rutin", "titel"))
    at = f"rutiner/{filled.IDS['rutin']}/"
    page = open_planted(open_page, planted_address, at)
    assert page.title() == f"{plain(title)} - Arbetsmarknadsnämndens kvalitetsarbete"
    assert plain(page.locator("h1").inner_text().replace("¶", "")) == plain(title)
    description = page.locator("meta[name=description]").get_attribute("content")
    assert description == f"Rutin: {title}"
    assert planted_pages[at].language == "sv"


def test_search_shows_it_as_text(open_page: Open, planted_address: str) -> None:
    _, wrote = planted()
    page = open_planted(open_page, planted_address, "")
    for how in ("titel", "rad", "text"):
        text = next(t for t, slag, h in wrote if (slag, h) == ("rutin", how))
        mark = re.search(r"Text\d+x", text)
        assert mark
        page.goto(f"{planted_address}?q={mark[0]}")
        answered(page)
        assert (
            page.locator(".md-search-result__item script, .md-search-result__item img").count() == 0
        )
        assert page.evaluate("window.sprang") is None
        result = plain(page.locator(".md-search-result__list").inner_text())
        assert mark[0] in result
        assert "<" in result


def test_the_search_index_holds_text_only(planted_site: Path) -> None:
    shown = json.loads((planted_site / "sok" / "text.json").read_text("utf-8"))
    lines = [line for page in shown for _, _, text in page for line in text.split("\n")]
    # What was written is there as it was written, and no tag of the page's own.
    assert [line for line in lines if "<script>rann()</script>" in line]
    ours = re.compile(r'</(ul|ol|li|dl|dt|dd|span|table|tr|td|th|h[1-6])>|class="(ska|md)-')
    assert [line for line in lines if ours.search(line)] == []


def test_the_data_is_what_was_written(planted_site: Path) -> None:
    _, wrote = planted()

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            for part in value.values() if isinstance(value, dict) else value:
                yield from strings(part)

    data = json.loads((planted_site / "api" / "plan.json").read_text("utf-8"))
    held = set(strings(data))
    assert [text for text, _, _ in wrote if text not in held] == []


def test_the_schemas_refuse_signs_in_titles() -> None:
    """What MkDocs prints without escaping: the page's title, in every menu."""
    nothing = dict.fromkeys(minimal().plan, None)
    for sign in "<>{}":
        title = f"Titel {sign}"

        def write(shown: str, slag: str, path: str, title: str = title) -> str:
            return title if shown == "titel" else "Text"

        result = outcome({**nothing, **filled.files(write)})
        assert {problem.rule for problem in result.problems} == {"fel-form"}
