"""What a screen reader gets: the browser's own tree of names, roles and levels."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.searching import answered


def told(page: Page, role: str) -> list[str]:
    """Return the names of what has a role, as the browser hands them on."""
    tab = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = tab.send("Accessibility.getFullAXTree")["nodes"]
    tab.detach()
    return [
        node["name"].get("value", "")
        for node in nodes
        if not node["ignored"] and node["role"]["value"] == role
    ]


def levels(page: Page, within: str) -> list[str | None]:
    headings = page.locator(f"{within} :is(h1, h2)").all()
    return [heading.get_attribute("aria-level") for heading in headings]


def test_a_hit_is_a_link_that_says_where_it_leads(open_page: Open) -> None:
    page = open_page("?q=lex+sarah")
    answered(page)
    links = told(page, "link")
    assert "" not in links
    hits = [name for name in links if "Återgiven ur källa" in name]
    assert hits[0].startswith("Rapportera missförhållanden (lex Sarah)")
    assert "Rutin" in hits[0]


def test_an_empty_search_is_not_read_as_wrongly_filled_in(open_page: Open) -> None:
    page = open_page("")
    for field in ("#ska-sok", ".md-search__input"):
        page.locator(field).focus()
        assert not page.locator(field).evaluate("field => field.matches(':invalid, :required')")
    empty = page.get_by_role("button", name="Rensa")
    expect(empty).to_have_css("opacity", "0")
    page.fill(".md-search__input", "klagomål")
    expect(empty).to_have_css("opacity", "1")


def test_the_hits_headings_are_below_the_page_s(open_page: Open) -> None:
    page = open_page("?q=klagomål")
    answered(page)
    page.locator(".md-search-result__more summary").first.click()
    assert set(levels(page, ".md-search-result__item")) == {"2", "3"}
    assert levels(page, "article") != ["2"]


def test_a_heading_is_its_words_and_no_stop(open_page: Open) -> None:
    page = open_page("rutiner/lex-sarah/")
    headings = told(page, "heading")
    assert {"Steg", "Lag", "Historik"} <= set(headings)
    assert not [name for name in (*headings, *told(page, "link")) if "¶" in name]
    sign = page.locator("#steg > .headerlink")
    expect(sign).to_be_hidden()
    page.locator("#steg").hover()  # who points at a heading still gets its address
    expect(sign).to_be_visible()


@pytest.mark.parametrize("path", ["rutiner/lex-sarah/", "avvikelser/avvikelser-2022/"])
def test_a_link_to_a_source_says_that_it_is_one(path: str, open_page: Open) -> None:
    page = open_page(path)
    links = told(page, "link")
    notes = [name for name in links if re.fullmatch(r"Källa.\d+", name)]
    assert {name[-1] for name in notes} >= {"1", "2"}
    assert len(notes) == page.locator(".ska-kalla a").count()
    assert not [name for name in links if re.fullmatch(r"\d+", name)]


def test_links_with_the_same_name_lead_to_the_same_role(open_page: Open) -> None:
    page = open_page("tackning/roller/")
    links = page.locator("article a:has-text('Allt som')").all()
    assert len(links) > 1
    assert len({link.inner_text() for link in links}) == len(links)


# Enlarged letters, forced colours


@pytest.mark.parametrize("path", ["", "planen/", "rutiner/klagomal-vuxenutbildningen/"])
def test_twice_as_large_letters_keep_within_a_phone(path: str, open_page: Open) -> None:
    page = open_page(path)
    page.set_viewport_size({"width": 390, "height": 780})
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = page.locator("h1").evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme's is 125
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 1  # a border's half pixel
    title, below = (page.locator(tag).first.evaluate(size) for tag in ("h1", "article h2"))
    assert title > max(before, below)


@pytest.mark.parametrize(
    "path", ["delplaner/iaf/", "avvikelser/avvikelser-2022/", "utgavor/", "budget/drift-2024/"]
)
def test_a_table_keeps_to_its_place_where_letters_are_twice_as_large(
    path: str, open_page: Open
) -> None:
    page = open_page(path)
    head = page.locator("article table thead").first
    expect(head).to_be_visible()
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme's is 125
    expect(head).to_be_hidden()  # each cell says what it is
    wide = page.evaluate(
        """() => [...document.querySelectorAll('article table')]
            .filter(e => e.getBoundingClientRect().right
                > e.closest('article').getBoundingClientRect().right + 1)
            .map(e => e.outerHTML.slice(0, 150))"""
    )
    assert wide == []
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) == 0


@pytest.mark.parametrize("path", ["utgavor/", "krav/", "budget/drift-2024/"])
def test_a_table_of_many_columns_keeps_within_a_tablet(path: str, open_page: Open) -> None:
    page = open_page(path)
    page.set_viewport_size({"width": 730, "height": 900})
    assert page.locator("article thead").first.is_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


@pytest.mark.parametrize(
    "path",
    [
        "verksamheter/iaf/",
        "forvaltningar/integrations-och-arbetsmarknadsforvaltningen/",
        "metoder/anordnarmoten/",
    ],
)
def test_a_title_s_long_words_are_whole_on_the_narrowest_phone(path: str, open_page: Open) -> None:
    page = open_page(path)
    page.set_viewport_size({"width": 320, "height": 640})
    cut = page.locator("h1").evaluate(
        """title => [...title.firstChild.data.matchAll(/[\\p{L}]+/gu)].filter((word) => {
            const range = document.createRange()
            range.setStart(title.firstChild, word.index)
            range.setEnd(title.firstChild, word.index + word[0].length)
            return new Set([...range.getClientRects()].map((line) => line.top)).size > 1
        }).map(([word]) => word)"""
    )
    assert cut == []


def test_forced_colours_show_which_page_one_is_on(open_page: Open) -> None:
    page = open_page("rutiner/", own=True)
    page.emulate_media(forced_colors="active")
    edge = "e => getComputedStyle(e).borderBottomColor"
    here = page.locator(".ska-flikar a[aria-current]").evaluate(edge)
    others = page.locator(".ska-flikar a:not([aria-current])")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert {other.evaluate(edge) for other in others.all()} == {ground}
    assert here != ground


def test_who_asks_for_contrast_gets_no_quiet_text(open_page: Open) -> None:
    page = open_page("rutiner/lex-sarah/", own=True)
    colour = "e => getComputedStyle(e).color"
    quiet, text = page.locator(".ska-slag"), page.locator("h1")
    assert quiet.evaluate(colour) != text.evaluate(colour)
    page.emulate_media(contrast="more")
    assert quiet.evaluate(colour) == text.evaluate(colour)
