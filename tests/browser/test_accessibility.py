"""axe finds nothing, on any kind of page, in either palette, wide or narrow; nothing runs out."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES, Open
from tests.browser.kinds import KINDS, address_of
from tests.browser.searching import answered
from tests.building import Built

PICTURES = Path(__file__).resolve().parent / "bilder"
TALL = 4000  # pixels; the rest of a longer page looks like its beginning
#: 320 pixels is what 400 percent of a wide screen comes to.
WIDTHS = (1280, 390, 320)
PALETTES = {"ljus": "default", "mork": "slate"}
#: What a palette can change; all else is the same in both.
OF_COLOUR = ("color-contrast", "link-in-text-block")
#: What changes between 390 and 320 pixels, where the same is shown (tried below): its place.
OF_PLACE = (*OF_COLOUR, "scrollable-region-focusable")
#: Leaves three of what is made alike side by side, so that odd and even are there: what holds of
#: their colours and places holds of the hundreds. Alike is what has the same tags, classes and
#: attributes within, whatever the text.
THREE_OF_EACH = """() => {
    const alike = (element) => {
        const seen = new Map()
        for (const child of [...element.children]) {
            const make = alike(child)
            seen.set(make, (seen.get(make) ?? 0) + 1)
            if (seen.get(make) > 3) child.remove()
        }
        const names = element.getAttributeNames().join(" ")
        return `${element.nodeName}.${element.className} ${names}(${[...seen.keys()].sort()})`
    }
    for (const article of document.querySelectorAll("article")) alike(article)
}"""
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
#: A transition would be judged half-way through. All that axe can tell of what passed takes time.
RUN = """async ([only, but]) => {
    for (const moving of document.getAnimations()) moving.finish()
    const found = await axe.run(document, {
        resultTypes: ["violations"], ...(only.length ? {runOnly: only} : {}),
        rules: Object.fromEntries(but.map((rule) => [rule, {enabled: false}])),
    })
    return found.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)} (${node.failureSummary})`))
}"""


def problems(page: Page, only: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds by all rules, `only` some, or all `but` some: a line for each place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, [list(only), list(but)])
    return found


def in_every_way(page: Page, name: str = "", widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Return what axe finds at each width, in both palettes; leave pictures under a name.

    All rules where the page is laid out otherwise, in one palette; then those that judge what
    another palette or width can change, on a page without the many that are alike. Most of the
    time goes to colours: all of them are judged once, on the wide page.
    """
    found = []
    for width in widths:
        resize_to(page, width)
        for palette in PALETTES if name and width != 390 else ():
            wear(page, palette)
            picture(page, f"{name}-{palette}-{'bred' if width == 1280 else 'smal'}")
        wear(page, "ljus")
        if width != 320 or 390 not in widths:
            but = () if width == widths[0] else OF_COLOUR
            found += [f"{width} ljus {line}" for line in problems(page, but=but)]
    page.evaluate(THREE_OF_EACH)
    for width in widths:
        resize_to(page, width)
        for palette in PALETTES if width == 320 else ("mork",):
            wear(page, palette)
            only = OF_COLOUR if palette == "mork" else OF_PLACE
            found += [f"{width} {palette} {line}" for line in problems(page, only)]
    return found


def resize_to(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def wear(page: Page, palette: str) -> None:
    scheme = PALETTES[palette]
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)


def resize(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})


def picture(page: Page, name: str) -> None:
    """Leave a picture of the page for whoever wants to look."""
    PICTURES.mkdir(exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    height = min(TALL, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    tab = page.context.new_cdp_session(page)
    # As Playwright does it, but packed in half the time.
    how = {"clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True}
    taken = tab.send("Page.captureScreenshot", how)
    tab.detach()
    (PICTURES / f"{name}.png").write_bytes(b64decode(taken["data"]))


@pytest.fixture(scope="module")
def one_page(browser: Browser, site_address: str) -> Iterator[Callable[[str], Page]]:
    """Return what opens a page in the one tab that they all are read in."""
    context = browser.new_context(reduced_motion="reduce", locale="sv-SE")
    page = context.new_page()

    def go(at: str) -> Page:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site_address + at)
        return page

    yield go
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    kind: str, one_page: Callable[[str], Page], site_pages: dict[str, Built]
) -> None:
    page = one_page(address_of(kind, site_pages))
    assert in_every_way(page, kind) == []


@pytest.mark.parametrize("dark", [False, True], ids=["ljus", "mork"])
def test_the_device_s_palette_is_the_page_s(dark: bool, open_page: Open) -> None:
    page = open_page("rutiner/", dark=dark)
    assert page.get_attribute("body", "data-md-color-scheme") == ("slate" if dark else "default")


def test_axe_finds_nothing_in_the_open_search(one_page: Callable[[str], Page]) -> None:
    page = one_page("?q=avvikelser")
    answered(page)
    page.locator(".md-search-result__more summary").first.click()
    assert in_every_way(page, "sok") == []


def test_axe_finds_nothing_where_the_search_found_nothing(one_page: Callable[[str], Page]) -> None:
    page = one_page("?q=xyzzy")
    expect(page.locator(".md-search-result__meta")).to_contain_text("Inget hittades")
    assert in_every_way(page) == []


def test_axe_finds_nothing_in_the_open_menu(one_page: Callable[[str], Page]) -> None:
    page = one_page("roller/enhetschef/")
    page.set_viewport_size({"width": 390, "height": 900})
    page.click(".ska-meny summary")
    expect(page.locator(".ska-underflikar")).to_be_visible()
    page.click(".ska-har summary")
    expect(page.locator(".ska-rubriker")).to_be_visible()
    assert in_every_way(page, "meny", (390, 320)) == []


def test_axe_finds_nothing_where_an_abbreviation_is_explained(open_page: Open) -> None:
    page = open_page("planen/")
    page.hover(".ska-ord abbr")
    page.wait_for_selector(".md-tooltip2--active")
    # The theme hangs the explanation outside every landmark while it is shown, and names it as
    # the word's description, which is what is read aloud.
    assert [
        line for line in problems(page) if not line.startswith('region: <div class="md-tool')
    ] == []
    described = page.get_attribute("abbr[aria-describedby]", "aria-describedby")
    expect(page.locator(f"#{described}")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(
    kind: str, one_page: Callable[[str], Page], site_pages: dict[str, Built]
) -> None:
    """At 320 pixels too: that is what 400 percent of a wide screen comes to."""
    page = one_page(address_of(kind, site_pages))
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 780})
        wide = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(e => e.checkVisibility() && !e.closest('pre, .md-search'))
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                .map(e => e.outerHTML.slice(0, 150))"""
        )
        assert wide == []
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0


def test_what_scrolls_sideways_can_be_reached_with_the_keyboard(open_page: Open) -> None:
    page = open_page("falt/rutin/", size="smal")
    unreachable = page.evaluate(
        """() => [...document.querySelectorAll('article *')]
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.checkVisibility())
            .filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
            .filter(e => e.tabIndex < 0)
            .map(e => e.outerHTML.slice(0, 150))"""
    )
    assert unreachable == []


def test_axe_itself_can_find_something(open_page: Open) -> None:
    """What the tests above rest on: also that a colour is wrong in one place and palette."""
    page = open_page("rutiner/")
    page.evaluate(
        """() => {
            const text = document.createElement("p")
            text.textContent = "Knappt synlig i mörkt läge"
            text.style.color = "#222"
            const rows = [...document.querySelectorAll("article tbody tr:not([hidden])")]
            if (rows.length < 9) throw new Error("för få rader")
            rows.at(-1).cells[0].append(text)
            document.querySelector("article").append(document.createElement("img"))
        }"""
    )
    found = in_every_way(page, widths=(1280,))
    assert [line.split(":")[0] for line in found] == [
        "1280 ljus image-alt",
        "1280 mork color-contrast",
    ]


def test_the_same_is_shown_on_every_narrow_screen(open_page: Open) -> None:
    """So that what is judged by all rules at 390 pixels need not be so at 320."""
    page = open_page("rutiner/")
    asked = """() => {
        const within = (rules) => [...rules].flatMap((rule) => [
            ...(rule.media ? [rule.media.mediaText] : []), ...within(rule.cssRules ?? []),
        ])
        const all = new Set([...document.styleSheets].flatMap((sheet) => within(sheet.cssRules)))
        return [...all].sort().map((query) => [query, matchMedia(query).matches])
    }"""
    answers = []
    for width in WIDTHS:
        resize_to(page, width)
        answers.append(page.evaluate(asked))
    wide, narrow, narrowest = answers
    assert wide != narrow
    assert narrow == narrowest


def test_nothing_is_told_by_colour_alone(
    browser: Browser, site_address: str, site_pages: dict[str, Built]
) -> None:
    """Where the device decides the colours, all that has a meaning still has words and edges."""
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    for kind in ("rutin", "indikator", "internkontroll", "årshjul", "att se över", "lista"):
        page.goto(site_address + address_of(kind, site_pages))
        picture(page, f"tvingade-{kind}")
        badges = page.locator(".ska-bricka:visible").all_inner_texts()
        assert all(text.strip() for text in badges), kind
        # What is drawn can be seen: neither filled nor edged with the colour it stands on. (This
        # month stands on a colour of its own.)
        unseen = page.evaluate(
            """() => {
                const ground = getComputedStyle(document.body).backgroundColor
                return [...document.querySelectorAll("article svg :is(text, line)")]
                    .filter((part) => part.checkVisibility() && !part.closest(".ska-nu"))
                    .filter((part) => {
                        const {fill, stroke} = getComputedStyle(part)
                        return [fill, stroke].every((c) => c === "none" || c === ground)
                    })
                    .map((part) => part.outerHTML.slice(0, 120))
            }"""
        )
        assert unseen == [], kind
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    context.close()
