"""What staff search for is found: through the search box, in a browser, on the real content."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SIZES, Open
from tests.browser.searching import FIELD, ITEM, RESULT, answered, ask
from tests.building import until
from tests.search import HALVES, questions

#: How many of the questions must have their page among the first three.
ENOUGH = 0.95


@pytest.fixture
def searching(open_page: Open) -> Page:
    """A start page with the search open."""
    page = open_page("")
    page.focus(FIELD)
    return page


@pytest.mark.parametrize("half", HALVES)
def test_staff_find_their_page_among_the_first_three(
    half: str, searching: Page, record_property: Callable[[str, object], None]
) -> None:
    asked = questions(half)
    missed = [
        f"{one.art}: {one.fråga} gav {found}"
        for one in asked
        if not set(one.sidor) & set(found := ask(searching, one.fråga)[:3])
    ]
    record_property("sökningar", (half, len(asked) - len(missed), len(asked)))
    assert len(missed) <= (1 - ENOUGH) * len(asked), "\n".join(missed)


def test_every_page_asked_for_is_there(site: Path) -> None:
    wanted = {page for half in HALVES for one in questions(half) for page in one.sidor}
    assert [page for page in sorted(wanted) if not (site / page / "index.html").exists()] == []


# The order


def test_the_routine_comes_before_the_law_and_the_word(searching: Page) -> None:
    found = ask(searching, "lex sarah")
    assert found[0] == "rutiner/lex-sarah/"
    assert found.index("begrepp/lex-sarah-begrepp/") < found.index("lagrum/sol-2025-27-2/")


def test_what_no_longer_holds_comes_last_and_says_so(searching: Page) -> None:
    ask(searching, "klagomål")
    searching.wait_for_selector(f"{RESULT} .ska-visa-fler:visible")
    while searching.locator(".ska-visa-fler").is_visible():
        before = searching.locator(ITEM).count()
        searching.click(".ska-visa-fler")
        expect(searching.locator(ITEM).nth(before)).to_be_attached()
    said = searching.locator(".ska-traff")
    past = said.evaluate_all("all => all.map(p => p.hasAttribute('data-galler-inte'))")
    assert True in past
    assert past == sorted(past)
    words = searching.locator(".ska-traff[data-galler-inte]").all_inner_texts()
    assert any("Rutin · Ersatt" in text for text in words)
    assert all(" · " in text for text in words), words


def test_who_names_a_repealed_law_gets_it_first(searching: Page) -> None:
    assert ask(searching, "2001:453")[0] == "forfattningar/socialtjanstlagen-2001/"
    assert "Upphävd" in searching.locator(".ska-traff").first.inner_text()


# What a result says


def test_a_result_says_kind_status_and_unit(searching: Page) -> None:
    ask(searching, "lex sarah")
    first = searching.locator(".ska-traff").first
    assert first.inner_text() == "Rutin · Återgiven ur källa · IAF"


def test_label_and_value_are_told_apart(searching: Page) -> None:
    ask(searching, "internbudget ansvarar ekonomichef")
    place = searching.locator("[href*='arshjul/internbudget/'] p:not(.ska-traff)").first
    assert place.inner_text() == "Ansvarar: Ekonomichef och utvecklingschef"


def test_the_places_on_a_page_lead_to_their_headings(searching: Page) -> None:
    ask(searching, "klagomål")
    searching.locator(".md-search-result__more summary").first.click()
    place = searching.locator(".md-search-result__more a").first
    anchor = urlsplit(place.get_attribute("href") or "").fragment
    place.click()
    searching.wait_for_url(lambda url: url.endswith(f"#{anchor}"))
    assert searching.locator(f"[id='{anchor}']").count() == 1
    assert "klagomål" in [text.lower() for text in searching.locator("mark").all_inner_texts()]


def test_nothing_found_is_said_calmly_and_leads_on(searching: Page) -> None:
    assert ask(searching, "xyzzyx") == []
    assert searching.inner_text(".md-search-result__meta").startswith("Inget hittades")
    searching.keyboard.press("Enter")  # nothing is the best
    assert searching.evaluate("location.pathname") == "/"
    searching.click(f"{RESULT} a:has-text('ordlistan')")
    searching.wait_for_url("**/begrepp/")


def test_the_number_of_results_and_the_best_are_announced_when_the_writing_pauses(
    open_page: Open,
) -> None:
    page = open_page("", own=True)
    page.clock.install(time=0)
    page.clock.pause_at(1)  # else it goes on by itself
    page.focus(FIELD)
    voice = page.locator(".md-search [role=status]")
    expect(voice).to_have_count(1)
    heard = []
    for written in ("le", "lex", "lex sarah"):
        found = ask(page, written)
        page.clock.run_for(500)
        heard.append(voice.inner_text())
    assert heard == ["", "", ""]
    page.clock.run_for(1000)
    assert f"{len(found)} " in page.inner_text(".md-search-result__meta")
    assert voice.inner_text().startswith(page.inner_text(".md-search-result__meta"))
    best = page.locator(".md-search-result__link h1").first.inner_text()
    assert voice.inner_text().endswith(f"Först: {best}")
    ask(page, "xyzzyx")
    page.clock.run_for(1000)
    assert voice.inner_text().startswith("Inget hittades")


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("vem beslutar", "hjalp/registrator/"),
        ("originalet", "hjalp/registrator/"),
        ("var är originalet?", "hjalp/registrator/"),
        ("allmän handling", "hjalp/registrator/"),
        ("sekretess", "hjalp/registrator/"),
        ("diarieföra", "hjalp/registrator/"),
        ("arkivera", "hjalp/dokument/"),
    ],
)
def test_a_question_that_the_help_answers_leads_there(
    question: str, page: str, searching: Page
) -> None:
    assert page in ask(searching, question)[:3]


# Sharing, sub-folders, failure


def test_the_address_bar_has_a_link_to_the_search(open_page: Open, searching: Page) -> None:
    ask(searching, "lex sarah")
    shared = searching.evaluate("location.search")
    assert shared == "?q=lex+sarah"
    other = open_page(shared)
    answered(other)
    assert other.input_value(FIELD) == "lex sarah"
    other.keyboard.press("Escape")
    assert other.evaluate("location.search") == ""


@pytest.mark.parametrize("size", SIZES)
def test_it_works_from_a_page_deep_down_in_a_folder(
    size: str, site: Path, tmp_path: Path, open_page: Open
) -> None:
    from tests.browser.server import serving

    (tmp_path / "kommun").mkdir()
    (tmp_path / "kommun" / "plan").symlink_to(site)
    with serving(tmp_path) as address:
        page = open_page("kommun/plan/roller/enhetschef/?q=klagomål", at=address, size=size)
        link = page.locator(".md-search-result__link").first
        link.click()
        page.wait_for_url(lambda url: "/kommun/plan/" in url and "enhetschef" not in url)
        assert page.locator("h1").count() == 1


def test_it_works_where_no_page_is(open_page: Open) -> None:
    page = open_page("finns/inte/alls/")
    page.fill(FIELD, "lex sarah")
    answered(page)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/rutiner/lex-sarah/" in url)


def test_a_search_that_cannot_load_says_so(open_page: Open) -> None:
    page = open_page("rutiner/", own=True)
    page.route("**/sok/index.json", lambda route: route.fulfill(status=500))
    told = page.locator(".md-search-result__meta")
    page.fill(FIELD, "klagomål")
    expect(told).to_contain_text("går inte att ladda")
    page.fill(FIELD, "")
    expect(told).to_contain_text("Skriv")
    page.fill(FIELD, "avvikelse")
    expect(told).to_contain_text("går inte att ladda")


def test_pages_are_found_by_name_where_their_text_cannot_load(open_page: Open) -> None:
    page = open_page("rutiner/", own=True)
    held: list[Route] = []
    page.route("**/sok/text.json", lambda route: held.append(route))
    page.fill(FIELD, "klagomål")
    expect(page.locator(ITEM).first).to_be_visible()
    until("sidornas text begärs", lambda: bool(page.title()) and held)
    held[0].fulfill(status=500)
    answered(page)
    expect(page.locator(".md-search-result__meta")).to_contain_text("sidor")


def test_the_index_comes_only_to_who_searches(open_page: Open, site_address: str) -> None:
    page = open_page("", own=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_address}rutiner/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/sok/" in url or "sok-" in url]
    page.focus(FIELD)
    page.keyboard.type("klagomål")
    answered(page)
    assert [url for url in asked if url.endswith("sok/index.json")]


def test_without_script_the_search_leads_to_where_things_are(open_page: Open) -> None:
    page = open_page("", script=False)
    page.fill("#ska-sok", "klagomål")
    page.press("#ska-sok", "Enter")
    expect(page).to_have_url(re.compile(r"/hjalp/sok/(\?|$)"))
    assert page.locator("article a[href$='rutiner/']").count()


def test_the_index_of_the_site_is_small(
    site: Path, record_property: Callable[[str, object], None]
) -> None:
    size = sum(path.stat().st_size for path in (site / "sok").iterdir())
    pages = len(json.loads((site / "sok" / "index.json").read_text("utf-8"))["sidor"])
    # 25 MB on 5,000 pages.
    assert size / pages < 5000, f"{size} byte för {pages} sidor"
