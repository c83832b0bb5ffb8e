"""The site as someone uses it: searching, with the keyboard, on paper, without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SIZES, Open
from tests.browser.searching import answered
from tests.building import Built
from tests.pdf_reading import opened

#: Whether what has focus can be seen, and is seen to have it. A toggle shows it on its label.
FOCUS = """() => {
    const e = document.activeElement
    const shown = e.matches('.md-option') ? e.form.querySelector('label:not([hidden])') : e
    const style = getComputedStyle(shown), box = shown.getBoundingClientRect()
    return {
        what: e.outerHTML.slice(0, 120),
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight
            && shown.checkVisibility({opacityProperty: true, visibilityProperty: true}),
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    }
}"""


def titles(page: Page) -> list[str]:
    answered(page)
    return [text.lower() for text in page.locator(".md-search-result__item h1").all_inner_texts()]


# Search


@pytest.mark.parametrize("size", SIZES)
def test_search_from_the_start_page_finds_complaints(size: str, open_page: Open) -> None:
    page = open_page("", size=size)
    page.fill("#ska-sok", "klagomål")
    page.press("#ska-sok", "Enter")
    found = titles(page)
    assert "klagomål" in found[0]
    assert len([title for title in found if "klagomål" in title]) > 3
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(lambda url: "?h=klagom" in url)
    assert "klagomål" in page.locator("h1").inner_text().lower()


def test_the_search_field_is_the_largest_thing_on_the_start_page(open_page: Open) -> None:
    page = open_page("")
    box = page.locator("#ska-sok").bounding_box()
    assert box
    assert box["width"] > 500
    assert box["height"] > 48
    assert box["y"] < 450


def test_a_search_word_that_isn_t_in_the_text_finds_the_page(open_page: Open) -> None:
    """`sökord` in plan/ are there for that."""
    page = open_page("?q=enkät")
    assert titles(page)


def test_a_result_shows_the_page_s_own_words(open_page: Open) -> None:
    """Not the way back, which stands first on each page."""
    page = open_page("?q=lex+sarah")
    answered(page)
    teasers = page.locator(".md-search-result__article").all_inner_texts()
    assert not [text for text in teasers if "Start" in text.splitlines()]


# The keyboard


def test_the_first_stop_skips_to_the_text(open_page: Open) -> None:
    page = open_page("rutiner/lex-sarah/")
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_have_css("opacity", "1")
    assert skip.inner_text() == "Gå till innehållet"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#"))
    page.keyboard.press("Tab")
    expect(page.locator("article :focus")).to_have_count(1)


# What has focus and how wide its edge is does not hang on the palette: each is tried in one size.
@pytest.mark.parametrize(("size", "dark"), [("bred", False), ("smal", True)])
@pytest.mark.parametrize("path", ["", "planen/", "rutiner/lex-sarah/"])
def test_focus_is_seen_at_every_stop(path: str, size: str, dark: bool, open_page: Open) -> None:
    page = open_page(path, size=size, dark=dark)
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        page.wait_for_function(f"() => ({FOCUS})().seen")
        stops.append(page.evaluate(FOCUS))
        if "md-search__input" in stops[-1]["what"]:
            page.keyboard.press("Escape")  # it opens when it gets focus, and closes so
    assert len(stops) > 15
    assert [stop["what"] for stop in stops if not stop["marked"]] == []


def test_search_is_used_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("planen/")
    page.keyboard.press("Control+k")
    field = page.locator(".md-search__input")
    expect(field).to_be_focused()
    page.keyboard.type("klagomål")
    titles(page)
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    page.keyboard.press("Control+k")
    expect(page.locator("#__search")).to_be_checked()
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "planen" not in url)


def test_no_letter_alone_does_anything(open_page: Open) -> None:
    """Who speaks to the computer would do it with a word: WCAG 2.1.4."""
    page = open_page("planen/")
    for letter in "abcdefghijklmnopqrstuvwxyz/,.-?0123456789":
        page.keyboard.press(letter)
    page.keyboard.press("Tab")  # the first stop, if the page is the same and nothing is open
    expect(page.locator(".md-skip")).to_be_focused()
    expect(page.locator("#__search")).not_to_be_checked()
    assert page.evaluate("location.pathname") == "/planen/"


def test_enter_before_the_search_is_ready_is_not_lost(open_page: Open) -> None:
    page = open_page("planen/", own=True)
    held: list[Route] = []

    asked: list[str] = []

    def hold(route: Route) -> None:
        if asked:
            route.continue_()
        else:
            held.append(route)

    page.route("**/sok/index.json", hold)  # it doesn't come yet
    page.reload()
    page.keyboard.press("Control+k")
    page.keyboard.type("klagomål")
    page.keyboard.press("Enter")
    asked.append("klagomål")
    for route in held:
        route.continue_()
    assert any("klagomål" in title for title in titles(page))


def test_the_menu_opens_with_the_keyboard_on_a_narrow_screen(open_page: Open) -> None:
    page = open_page("rutiner/", size="smal")
    page.focus(".ska-meny summary")
    menu = page.locator(".ska-flikar")
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Start")
    current = page.locator(".ska-flikar [aria-current]")
    assert current.all_inner_texts() == ["Rutiner"]

    page.goto(page.url.replace("rutiner/", "roller/"))
    page.click(".ska-meny summary")
    below = page.locator(".ska-underflikar a:visible")
    expect(below).to_have_text(["Översikt", "Roller", "Enheter"])


def test_the_headings_stand_behind_a_word_on_a_narrow_screen(open_page: Open) -> None:
    page = open_page("rutiner/lex-sarah/", script=False)
    headings = page.locator(".ska-rubriker nav")
    expect(headings).to_be_visible()
    expect(page.locator(".ska-har")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 780})
    expect(headings).to_be_hidden()
    page.click(".ska-har summary")
    page.click(".ska-rubriker a:has-text('Källor')")
    expect(page).to_have_url(re.compile("#kallor$"))


# Abbreviations, notes


def test_an_abbreviation_explains_itself_and_leads_to_its_page(open_page: Open) -> None:
    page = open_page("planen/")
    link = page.locator(".ska-ord").first
    meaning = link.locator("abbr").get_attribute("title")
    assert meaning
    after = "e => getComputedStyle(e.querySelector('abbr'), '::after').content"
    assert meaning not in link.evaluate(after)
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")  # as the keyboard comes to it
    assert meaning in link.evaluate(after)
    link.locator("abbr").hover()
    expect(page.locator(".md-tooltip2--active")).to_have_text(meaning)
    link.click()
    page.wait_for_url(lambda url: "/begrepp/" in url)
    assert meaning in page.locator("h1").inner_text()


def test_the_word_list_is_one_click_away(site_pages: dict[str, Built]) -> None:
    for at, page in site_pages.items():
        assert [href for href in page.links if href.endswith("begrepp/")] or at == "begrepp/"


def test_a_note_leads_to_its_source_below_the_header(open_page: Open) -> None:
    page = open_page("rutiner/lex-sarah/")
    page.set_viewport_size({"width": 1280, "height": 300})  # else the page ends before it is there
    note = page.locator(".ska-kalla a").first
    target = note.get_attribute("href")
    note.click()
    place = page.locator(f"li{target}").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert place
    assert header
    assert header["y"] + header["height"] <= place["y"] < 300


# How it is set


def test_text_is_set_to_be_read(open_page: Open) -> None:
    page = open_page("rutiner/lex-sarah/")
    measure = """() => {
        const p = [...document.querySelectorAll('article > div > p')]
            .sort((a, b) => b.textContent.length - a.textContent.length)[0]
        const probe = p.cloneNode(true)
        probe.style.cssText = 'position:absolute;white-space:nowrap;max-width:none'
        p.after(probe)
        const one = probe.getBoundingClientRect().width / probe.textContent.length
        probe.remove()
        return {size: parseFloat(getComputedStyle(p).fontSize), line: p.clientWidth / one}
    }"""
    wide = page.evaluate(measure)
    assert 17 <= wide["size"] <= 18
    assert 60 <= wide["line"] <= 76
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate(measure)["size"] == 16


def test_the_start_page_is_at_most_a_screen_and_a_half(open_page: Open) -> None:
    page = open_page("")
    assert page.evaluate("document.documentElement.scrollHeight") <= 1.5 * 900
    tops = page.locator(".ska-spalter > section").evaluate_all("es => es.map(e => e.offsetTop)")
    assert len(tops) == 3
    assert len(set(tops)) == 1
    page.set_viewport_size({"width": 360, "height": 780})
    tops = page.locator(".ska-spalter > section").evaluate_all("es => es.map(e => e.offsetTop)")
    assert tops == sorted(set(tops))


def test_a_reader_s_choice_of_palette_stays(open_page: Open, site_address: str) -> None:
    page = open_page("rutiner/")
    page.locator("label[for^=__palette]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(site_address + "metoder/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize(("dark", "name"), [(False, "Mörkt läge"), (True, "Ljust läge")])
def test_a_palette_is_chosen_by_its_name(dark: bool, name: str, open_page: Open) -> None:
    page = open_page("rutiner/", dark=dark)
    page.get_by_role("radio", name=name).press("Space")
    scheme = "default" if dark else "slate"
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


def test_on_paper_only_the_page_is_left_in_black(open_page: Open) -> None:
    page = open_page("rutiner/lex-sarah/", dark=True, own=True)
    page.emulate_media(media="print")
    for gone in (".md-header", ".ska-menyer", ".ska-stig", ".ska-sidfot", ".ska-rubriker"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in ("h1", ".ska-steg", ".ska-fot", ".md-banner", ".ska-utskrift"):
        expect(page.locator(there).first).to_be_visible()
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize(
    "routine", ["klagomal-vuxenutbildningen", "avvikelser-synpunkter-klagomal-iaf", "lex-sarah"]
)
def test_a_routine_is_one_sheet_of_paper(routine: str, open_page: Open) -> None:
    page = open_page(f"rutiner/{routine}/", own=True)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(opened(printed).pages) == 1


@pytest.mark.parametrize("path", ["", "budget/drift-2024/", "budget/personal-2024/"])
def test_on_paper_nothing_is_wider_than_the_sheet(path: str, open_page: Open) -> None:
    page = open_page(path, own=True)
    page.set_viewport_size({"width": 673, "height": 950})  # A4 within its margins
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    crowded = page.locator(".ska-manader dt:visible").evaluate_all(
        "all => all.filter(dt => dt.scrollWidth > dt.clientWidth).map(dt => dt.textContent)"
    )
    assert crowded == []


def test_a_board_s_name_is_whole_on_the_narrowest_phone(open_page: Open) -> None:
    page = open_page("namnder/arbetsmarknadsnamnden/")
    page.set_viewport_size({"width": 320, "height": 640})
    name = page.locator(".md-header__topic .md-ellipsis").first
    assert name.evaluate("e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight")
    heading = page.locator("h1")
    assert heading.evaluate("e => e.offsetHeight < 2 * parseFloat(getComputedStyle(e).lineHeight)")


@pytest.mark.parametrize("path", ["hjalp/", "hjalp/registrator/"])
def test_a_page_of_help_leads_back(path: str, open_page: Open) -> None:
    page = open_page(path)
    way = page.locator(".ska-stig a").all_inner_texts()
    assert way == (["Start"] if path == "hjalp/" else ["Start", "Hjälp"])


def test_without_script_everything_but_the_search_is_there(
    open_page: Open, site_pages: dict[str, Built]
) -> None:
    page = open_page("rutiner/lex-sarah/", size="smal", script=False)
    expect(page.locator(".ska-steg")).to_be_visible()
    page.click(".ska-meny summary")
    page.click(".ska-flikar a:has-text('Organisation')")
    page.click(".ska-meny summary")
    page.click(".ska-flikar a:has-text('Roller')")
    expect(page).to_have_url(re.compile("/roller/$"))
    assert page.locator("article a").count() > 10
    assert "roller/" in site_pages


def test_a_page_that_isn_t_there_leads_on(open_page: Open, site_address: str) -> None:
    page = open_page("rutiner/finns-inte/alls/")
    assert page.locator("h1").inner_text() == "Sidan finns inte"
    page.click("article a:has-text('Alla rutiner')")
    expect(page).to_have_url(f"{site_address}rutiner/")
