"""Finding in a list: by words, place, role, law and state, with the address to share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.server import serving
from tests.browser.test_accessibility import picture, problems
from tests.building import build, shared, small, until
from tests.helpers import minimal

ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
MANY = 205


def names(page: Page) -> list[str]:
    """Return the names of the rows that are shown."""
    return page.locator("[data-rad] > :first-child").locator("visible=true").all_inner_texts()


def count(page: Page) -> str:
    return page.locator("[data-urval-antal]").inner_text()


@pytest.fixture(scope="session")
def long_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with a list that is longer than one page."""

    def make(folder: Path) -> None:
        text = minimal().plan[ROUTINE].decode()
        more = {
            f"plan/rutiner/nr-{n}.yml": text.replace("ta-emot-klagomal", f"nr-{n}")
            .replace("Ta emot klagomål", f"Ärende {n}")
            .replace("ägare: enhetschef", f"ägare: {'ej_angivet' if n % 2 else 'enhetschef'}")
            .encode()
            for n in range(1, MANY)
        }  # fmt: skip
        build(small(folder, {**minimal().plan, **more}), folder / "site")

    site = shared(tmp_path_factory, "lang", make) / "site"
    with serving(site) as address:
        yield address


# A list in one page


def test_words_are_looked_for_as_they_are_written(open_page: Open) -> None:
    page = open_page("rutiner/")
    every = names(page)
    page.fill("#urval-text", "emot KLAGOMAL vuxen")
    assert names(page) == ["Ta emot och hantera klagomål i vuxenutbildningen"]
    assert count(page) == f"1 av {len(every)} i listan."
    page.fill("#urval-text", "komvux antagningsbesked")  # search words that the page doesn't show
    assert len(names(page)) == 1
    page.fill("#urval-text", "xyzzy")
    assert names(page) == []
    assert count(page) == f"0 av {len(every)} i listan."
    page.click("text=Visa alla")
    expect(page.locator("#urval-text")).to_be_focused()  # when the rows are back
    assert names(page) == every


def test_choices_narrow_together_and_headings_without_rows_go(open_page: Open) -> None:
    page = open_page("rutiner/")
    every = len(names(page))
    page.select_option("#urval-enhet", label="Mottagningen")
    here = names(page)
    assert 0 < len(here) < every
    page.select_option("#urval-roll", label="Enhetschef")
    both = names(page)
    assert 0 < len(both) < len(here)
    assert set(both) < set(here)
    headings = page.locator("article h2").locator("visible=true").all_inner_texts()
    assert not [text for text in headings if text.startswith("Stommar")]


def test_the_address_leads_to_the_same_rows(open_page: Open, site_address: str) -> None:
    page = open_page("rutiner/")
    page.select_option("#urval-enhet", label="Mottagningen")
    page.fill("#urval-text", "sarah")
    expect(page).to_have_url(f"{site_address}rutiner/?text=sarah&enhet=mottagningen")
    left = names(page)
    again = open_page("rutiner/?text=sarah&enhet=mottagningen")
    assert names(again) == left == ["Rapportera missförhållanden (lex Sarah)"]
    again.click("text=Visa alla")
    expect(again).to_have_url(f"{site_address}rutiner/")


@pytest.mark.parametrize("query", ["?enhet=finns-inte", "?text=", "?constructor=x", "?hidden=1"])
def test_an_address_that_says_nothing_shows_everything(query: str, open_page: Open) -> None:
    page = open_page(f"rutiner/{query}")
    assert len(names(page)) == len(names(open_page("rutiner/")))
    expect(page.locator("#urval-enhet")).to_have_value("")
    assert page.locator("#urval-enhet option:checked").count() == 1


def test_a_role_s_page_leads_to_the_routines_where_it_is(open_page: Open) -> None:
    page = open_page("roller/handlaggare/")
    page.click("text=Rutiner som gäller för Integrations")
    assert "Rapportera missförhållanden (lex Sarah)" in names(page)
    assert "Ta emot och hantera klagomål i vuxenutbildningen" not in names(page)


def test_an_indicator_s_goal_goes_with_its_last_row(open_page: Open) -> None:
    page = open_page("indikatorer/")
    page.fill("#urval-text", "sjukfrånvaro")
    assert names(page)
    for body in page.locator("tbody").locator("visible=true").all():
        assert body.locator("[data-rad]").locator("visible=true").count() > 0
    assert page.locator("article h2").locator("visible=true").count() < 5


def test_the_wheel_follows_what_is_chosen(open_page: Open) -> None:
    page = open_page("arshjul/?roll=ekonomichef")
    rows = page.locator(".ska-tabell-ar tr[data-sak]").locator("visible=true")
    left = {row.get_attribute("data-sak") for row in rows.all()}
    assert left
    faint = page.locator(".ska-sak.ska-bortvald")
    gone = {drawn.get_attribute("data-sak") for drawn in faint.all()}
    assert gone
    assert not gone & left


def test_it_is_used_with_the_keyboard_and_said_aloud(open_page: Open) -> None:
    page = open_page("rutiner/")
    said = page.locator("[role=status][data-urval-antal]")
    expect(said).to_have_count(1)
    page.focus("#urval-text")
    page.keyboard.type("lex sarah")
    page.keyboard.press("Enter")  # sends nothing away
    expect(said).to_have_text("1 av 43 i listan.")
    page.keyboard.press("Tab")
    expect(page.locator("#urval-enhet")).to_be_focused()
    assert problems(page) == []
    picture(page, "lista-urval-bred")


def test_on_a_phone_the_choices_wait_behind_a_word(open_page: Open) -> None:
    page = open_page("rutiner/", size="smal", dark=True)
    expect(page.locator("#urval-enhet")).to_be_hidden()
    page.click(".ska-urval-fler summary")
    expect(page.locator("#urval-enhet")).to_be_visible()
    assert problems(page) == []
    picture(page, "lista-urval-smal")
    chosen = open_page("rutiner/?enhet=mottagningen", size="smal")
    expect(chosen.locator("#urval-enhet")).to_be_visible()


def test_without_script_the_whole_list_is_there(open_page: Open) -> None:
    page = open_page("rutiner/?enhet=mottagningen", script=False)
    assert len(names(page)) == 43
    expect(page.locator("[data-urval]")).to_be_hidden()


# A list of several pages


def test_a_long_list_is_read_page_by_page_without_script(
    open_page: Open, long_address: str
) -> None:
    page = open_page("rutiner/", at=long_address, script=False)
    seen = []
    for number in (1, 2, 3):
        if number > 1:
            page.click(f".ska-bladdra a:has-text('{number}')")
        shown = names(page)
        assert len(shown) <= 100
        seen += shown
    assert len(seen) == len(set(seen)) == MANY


def test_a_long_list_is_narrowed_over_all_of_its_pages(open_page: Open, long_address: str) -> None:
    page = open_page("rutiner/", at=long_address)
    page.fill("#urval-text", "arende 204")
    expect(page.locator("[data-urval-antal]")).to_have_text(f"1 av {MANY} i listan.")
    assert names(page) == ["Ärende 204"]
    expect(page.locator(".ska-bladdra")).to_be_hidden()
    page.click("a:has-text('Ärende 204')")
    assert page.locator("h1").inner_text().startswith("Ärende 204")
    page.go_back()
    expect(page.locator("[data-urval-antal]")).to_have_text(f"1 av {MANY} i listan.")
    page.click("text=Visa alla")
    expect(page.locator(".ska-bladdra")).to_be_visible()
    assert len(names(page)) == 100


def test_no_more_than_a_hundred_rows_are_shown_at_once(open_page: Open, long_address: str) -> None:
    page = open_page("rutiner/?text=arende", at=long_address)
    said = page.locator("[data-urval-antal]")
    expect(said).to_have_text(
        f"{MANY - 1} av {MANY} i listan. De 100 första visas. Skriv fler ord, så blir de färre."
    )
    assert len(names(page)) == 100
    assert problems(page) == []


def test_a_list_that_cannot_be_fetched_stays(open_page: Open, long_address: str) -> None:
    page = open_page("rutiner/", at=long_address, own=True)
    page.route("**/listor/*.json", lambda route: route.abort())
    page.fill("#urval-text", "arende 204")
    expect(page.locator("[data-urval-antal]")).to_contain_text("gick inte att hämta")
    assert len(names(page)) == 100
    page.unroute("**/listor/*.json")
    page.fill("#urval-text", "arende 20")
    expect(page.locator("[data-urval-antal]")).to_contain_text(" av ")


def test_what_is_taken_away_while_a_list_is_fetched_is_forgotten(
    open_page: Open, long_address: str
) -> None:
    page = open_page("rutiner/", at=long_address, own=True)
    held: list[Route] = []
    page.route("**/listor/*.json", lambda route: held.append(route))
    every = count(page)
    page.fill("#urval-text", "arende 204")
    until("listan begärs", lambda: bool(page.title()) and held)
    page.fill("#urval-text", "")
    with page.expect_response("**/listor/*.json") as got:
        held[0].continue_()
    got.value.finished()
    page.evaluate("() => new Promise((done) => setTimeout(done))")  # what waited for it has run
    expect(page.locator("nav.ska-bladdra")).to_be_visible()
    assert (count(page), len(names(page))) == (every, 100)
