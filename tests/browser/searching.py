"""The search box as someone uses it: asked, and waited for until the answer is whole."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page

FIELD = "[data-md-component=search-query]"
RESULT = "[data-md-component=search-result]"
ITEM = ".md-search-result__item"
#: Asks through the search box; gives the addresses of what is shown, in order.
ASK = """async (question) => {
    const field = document.querySelector('[data-md-component=search-query]')
    const result = document.querySelector('[data-md-component=search-result]')
    field.value = question
    field.dispatchEvent(new Event('input', {bubbles: true}))
    await new Promise((done) => {
        const look = () => {
            if (result.dataset.fraga !== question || result.ariaBusy !== 'false') return
            changes.disconnect()
            done()
        }
        const changes = new MutationObserver(look)
        changes.observe(result, {attributes: true})
        look()
    })
    return [...result.querySelectorAll('.md-search-result__item > a')].map(a => a.href)
}"""


def ask(page: Page, question: str) -> list[str]:
    """Search from the start page; give the addresses found, from the site's root."""
    home = urlsplit(page.url).path.count("/") - 1
    assert home == 0, "fråga från startsidan"
    return [urlsplit(href).path.lstrip("/") for href in page.evaluate(ASK, question)]


def answered(page: Page) -> None:
    """Wait until there are answers, with what the pages say: that comes after their names."""
    page.wait_for_selector(f"{RESULT}[aria-busy=false] {ITEM}")
