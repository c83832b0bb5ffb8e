"""The year as someone uses it: on the reader's day, by pointer and keyboard, on paper."""

from __future__ import annotations

import datetime
import re
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from tests import reading_year
from tests.browser.conftest import Open
from tests.building import Built

OUTSIDE = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)
INSIDE = datetime.datetime(2025, 5, 20, 12, tzinfo=datetime.UTC)
BEFORE = datetime.datetime(2024, 12, 31, 12, tzinfo=datetime.UTC)


def on(page: Page, day: datetime.datetime) -> Page:
    """Show the page again on another day of the reader's: on all of the browser's pages."""
    page.clock.set_fixed_time(day)
    page.reload()
    return page


def shown(page: Page, selector: str) -> list[str]:
    return page.locator(selector).locator("visible=true").all_inner_texts()


# The reader's day


@pytest.mark.parametrize(
    ("day", "month", "notice"),
    [
        (INSIDE, "Maj 2025", None),
        (OUTSIDE, "Mars 2025", "Planens period har passerat. Här visas mars 2025"),
        (BEFORE, "December 2025", "Planen gäller från 1 januari 2025. Här visas december 2025"),
    ],
)
def test_the_month_is_the_reader_s(
    day: datetime.datetime, month: str, notice: str | None, open_page: Open
) -> None:
    page = on(open_page("manaden/", own=True), day)
    assert shown(page, ".ska-manaden > h2") == [month]
    notices = shown(page, ".ska-tid p")
    assert len(notices) == (notice is not None)
    assert notice is None or notices[0].startswith(notice)
    current = page.locator(".ska-manadsval [data-nu]").inner_text()
    assert current.lower() == month.split()[0].lower()


def test_a_law_stands_as_it_does_on_the_reader_s_day(open_page: Open) -> None:
    page = open_page("lagrum/sol-2001-14-3-7/", own=True)
    assert shown(page, "[data-ska-dag]") == ["Upphävd 1 juli 2025"]
    on(page, INSIDE)
    assert shown(page, "[data-ska-dag]") == ["Upphör 1 juli 2025"]
    page.goto(page.url.replace("lagrum/sol-2001-14-3-7", "forfattningar/socialtjanstlagen-2025"))
    assert shown(page, "[data-ska-dag]") == ["Gäller från 1 juli 2025"]


def test_a_law_stands_as_on_the_day_of_the_build_without_script(open_page: Open) -> None:
    page = open_page("lagrum/sol-2001-14-3-7/", script=False)
    assert shown(page, "[data-ska-dag]") == ["Upphävd 1 juli 2025"]


def test_the_wheel_and_the_start_page_follow_the_reader_s_month(
    open_page: Open, site_address: str
) -> None:
    page = on(open_page("arshjul/", own=True), INSIDE)
    expect(page.locator(".ska-hjul-manader .ska-nu")).to_have_attribute("data-manad", "5")
    page.goto(site_address)
    expect(page.locator(".ska-hjul-manader .ska-nu")).to_have_attribute("data-manad", "5")
    expect(page.locator(".ska-manadskort > :visible")).to_have_attribute("data-manad", "5")
    expect(page.locator(".ska-manadskort")).to_contain_text("I juni")


@pytest.mark.parametrize("script", [True, False])
def test_another_month_is_a_link_away(script: bool, open_page: Open) -> None:
    page = open_page("manaden/", script=script)
    page.click(".ska-manadsval a:has-text('Oktober')")
    expect(page.locator("#manad-10")).to_be_visible()
    assert len(shown(page, ".ska-manaden > h2")) == 1


def test_without_script_it_is_the_month_of_the_build_and_the_page_says_so(open_page: Open) -> None:
    page = open_page("manaden/", script=False)
    assert shown(page, ".ska-manaden > h2") == ["Mars 2025"]  # the tests' sites are built in March
    expect(page.locator("[data-utan-skript]")).to_contain_text("då sidan byggdes, 1 mars 2026")
    with_script = open_page("manaden/")
    expect(with_script.locator("[data-utan-skript]")).to_be_hidden()


# Pointer and keyboard


def told(page: Page) -> list[str]:
    """Return what is said below the wheel."""
    return page.locator(".ska-hjul-ruta").locator("visible=true").all_inner_texts()


def test_pointing_at_an_activity_tells_what_when_and_who(open_page: Open) -> None:
    page = open_page("arshjul/")
    assert told(page) == []
    page.hover(".ska-sak[data-sak='7'] use")
    assert told(page) == [
        "7. Riskbruttolistans prioriterade punkter till kommande internkontrollplan. "
        "Rapporteras: Juni. Arbetet görs: Maj–juni 2025. Gäller: IAF och Vux. "
        "Samordnare internkontroll."
    ]
    expect(page.locator("tr[data-sak='7']")).to_have_class("ska-lyst")
    page.keyboard.press("Escape")
    assert told(page) == []


def test_what_some_report_in_other_months_is_told_too(open_page: Open) -> None:
    page = open_page("arshjul/")
    page.hover("tr[data-sak='12'] th")
    assert told(page)[0].startswith(
        "12. Månadsrapportering från verksamheterna. "
        "Rapporteras: Varje sammanträde; Vux: februari, maj, september och november. "
    )


def test_the_start_page_tells_the_name(open_page: Open) -> None:
    page = open_page("")
    page.hover(".ska-sak[data-sak='11'] use")
    assert told(page) == ["11. Plan för nämndbesök 2026."]


def test_without_script_a_number_leads_to_its_activity(open_page: Open) -> None:
    page = open_page("arshjul/", script=False)
    page.click(".ska-sak[data-sak='7'] use")
    page.wait_for_url("**/arshjul/riskbruttolista/")


def test_a_row_lights_its_number_in_the_wheel_until_escape(open_page: Open) -> None:
    page = open_page("arshjul/")
    page.hover("tr[data-sak='9'] th")
    lit = page.locator(".ska-sak.ska-lyst")
    expect(lit).to_have_attribute("data-sak", "9")
    page.mouse.move(0, 0)
    expect(lit).to_have_count(1)
    page.keyboard.press("Escape")
    expect(lit).to_have_count(0)


def test_the_keyboard_reaches_and_reads_every_activity_in_the_wheel(open_page: Open) -> None:
    page = open_page("arshjul/")
    names = page.locator(".ska-sak").evaluate_all("es => es.map(e => e.dataset.sak)")
    assert names == [str(number) for number in range(1, 14)]
    page.focus(".ska-tabell-ar tbody tr:last-child a >> nth=-1")
    for name in names:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.sak") == name
        assert told(page)[0].startswith(f"{name}. ")
    inside = page.locator(".ska-hjul-ruta").bounding_box()
    assert inside
    assert inside["width"] > 300
    page.keyboard.press("Enter")
    page.wait_for_url("**/arshjul/namndbesok-aterrapportering/")


def test_the_wheel_s_links_have_names_for_who_hears_them(open_page: Open) -> None:
    page = open_page("arshjul/")
    link = page.get_by_role(
        "link", name=re.compile(r"^10 Plan för nämndens .*November Oktober–november 2025")
    )
    expect(link).to_have_count(1)
    expect(page.get_by_role("group", name=re.compile("Årshjulet 2025"))).to_have_count(1)


# How it is drawn


@pytest.mark.parametrize("path", ["arshjul/", "roller/sakkunnig/", ""])
def test_numbers_in_the_wheel_don_t_overlap_and_keep_to_their_boxes(
    path: str, open_page: Open
) -> None:
    page = open_page(path)
    boxes = page.locator(":is(.ska-sak, .ska-hjul-nr) text").evaluate_all(
        """es => es.map(e => {
            const t = e.getBoundingClientRect()
            const use = e.previousElementSibling
            const form = document.querySelector(use.getAttribute("href"))
            const slip = form.querySelector("rect") // a peg's is that of the lanes' where it can be
                || document.querySelector(form.querySelector("use").getAttribute("href") + " rect")
            const scale = e.ownerSVGElement.getBoundingClientRect().width / 1000
            const b = use.getBoundingClientRect()
            const x = (b.left + b.right) / 2, y = (b.top + b.bottom) / 2
            const w = slip.width.baseVal.value * scale / 2
            const h = slip.height.baseVal.value * scale / 2
            return [t.left, t.right, x - w, x + w, y - h, y + h]
        })"""
    )
    assert len(boxes) > 5
    for left, right, box_left, box_right, *_ in boxes:
        assert box_left <= left < right <= box_right
    for a, b in combinations(boxes, 2):
        apart = a[3] <= b[2] or b[3] <= a[2] or a[5] <= b[4] or b[5] <= a[4]
        assert apart


def test_on_a_wide_screen_the_wheel_stands_beside_its_table(open_page: Open) -> None:
    page = open_page("arshjul/")
    table = page.locator(".ska-tabell-ar").bounding_box()
    wheel = page.locator(".ska-hjul svg").bounding_box()
    assert table
    assert wheel
    assert table["x"] + table["width"] < wheel["x"]
    assert abs(table["y"] - wheel["y"]) < 60
    assert wheel["width"] > 480


def test_the_wheel_can_fill_the_screen_and_goes_back(open_page: Open) -> None:
    page = open_page("arshjul/")
    page.click(".ska-hjul-stort")
    wheel = page.locator(".ska-hjul svg").bounding_box()
    assert wheel
    assert 650 < wheel["height"] <= 900
    assert wheel["y"] >= 0
    page.click(".ska-hjul-litet")
    smaller = page.locator(".ska-hjul svg").bounding_box()
    assert smaller
    assert smaller["width"] < wheel["width"]


@pytest.mark.parametrize("path", ["arshjul/", ""])
def test_on_a_phone_the_list_takes_over(path: str, open_page: Open) -> None:
    page = open_page(path, size="smal")
    expect(page.locator(".ska-hjul")).to_be_hidden()
    assert page.locator("[data-sak]:visible").count() >= 13


def test_on_paper_the_wheel_is_there_in_black(
    open_page: Open, site_pages: dict[str, Built]
) -> None:
    page = open_page("arshjul/", dark=True, own=True)
    page.emulate_media(media="print")
    expect(page.locator(".ska-hjul svg")).to_be_visible()
    colours = page.locator(".ska-sak").evaluate_all(
        "es => [...new Set(es.map(e => getComputedStyle(e).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
    assert len(reading_year.wheel(site_pages["arshjul/"].html, 2025)) == 13


# Mine


def test_the_start_page_remembers_the_reader_s_role_on_this_device(
    open_page: Open, site_address: str
) -> None:
    page = open_page("")
    expect(page.locator("[data-mitt-annars]")).to_be_hidden()
    expect(page.locator("[data-mitt-lank]")).to_be_hidden()
    page.select_option("#ska-mitt-roll", "roller/enhetschef/mottagningen/")
    page.goto(site_address + "planen/")
    page.goto(site_address)
    link = page.locator("[data-mitt-lank] > p:first-child a")
    expect(link).to_have_text("Enhetschef, Mottagningen")
    assert page.context.cookies() == []
    link.click()
    expect(page).to_have_url(f"{site_address}roller/enhetschef/mottagningen/")
    page.go_back()
    page.click("[data-mitt-glom]")
    expect(page.locator("[data-mitt-lank]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-mitt-lank]")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('ska-mitt')") is None


def test_a_role_is_chosen_where_the_browser_keeps_nothing(open_page: Open) -> None:
    page = open_page("", own=True)
    page.add_init_script("""Object.defineProperty(window, 'localStorage', {get() {
        throw new DOMException('', 'SecurityError')
    }})""")
    page.reload()
    page.select_option("#ska-mitt-roll", label="Enhetschef, Mottagningen")
    expect(page.locator("[data-mitt-lank] > p:first-child a")).to_have_text(
        "Enhetschef, Mottagningen"
    )
    page.click("[data-mitt-glom]")
    expect(page.locator("[data-mitt-lank]")).to_be_hidden()


@pytest.mark.parametrize(
    ("role", "day", "there", "not_there"),
    [
        ("Ekonomichef", datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC),
         {"Delårsrapport i april med uppföljning av verksamhetsplanen"},
         {"Redovisning av attitydundersökning"}),
        ("Sakkunnig", datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC),
         {"Redovisning av attitydundersökning"},
         {"Delårsrapport i april med uppföljning av verksamhetsplanen"}),
        ("Kommunjurist", INSIDE, set(),
         {"Internbudget med verksamhetsplan och internkontrollplan"}),
    ],
)  # fmt: skip
def test_the_start_page_shows_what_of_the_month_is_the_role_s(
    role: str, day: datetime.datetime, there: set[str], not_there: set[str], open_page: Open
) -> None:
    page = on(open_page("", own=True), day)
    page.select_option("#ska-mitt-roll", label=role)
    mine = set(shown(page, "[data-mitt-nu] dd a"))
    assert there <= mine
    assert not mine & not_there
    nothing = page.locator("[data-mitt-inget]")
    if there:
        expect(nothing).to_be_hidden()
    else:
        month = "maj" if day == INSIDE else ""
        expect(nothing).to_have_text(f"Inget av det som rapporteras eller pågår i {month} är ditt.")


def chosen(page: Page, role: str) -> Page:
    """Choose a role as the start page does, and show the page again."""
    page.evaluate("value => localStorage.setItem('ska-mitt', value)", role)
    page.reload()
    return page


@pytest.mark.parametrize(
    ("role", "standing"),
    [
        # From the routines and methods of the role in its unit; nothing comes back.
        ("roller/enhetschef/mottagningen/", {
            "Metoder": ["Avvikelser, synpunkter och klagomål"],
            "Rutiner": ["Ta emot och hantera avvikelser, synpunkter och klagomål på IAF"],
            "Deltar i": ["Förbättra riktlinjer och ta hand om domar",
                         "Forum för riktlinjer och domar"],
        }),
        # What follows a plan of its own has no month.
        ("roller/ledamot/", {
            "Återkommer": [
                "Deltagande nämndbesök och återrapportering från genomförda nämndbesök"
            ],
        }),
    ],
)  # fmt: skip
def test_the_start_page_shows_what_the_role_does_all_the_time(
    role: str, standing: dict[str, list[str]], open_page: Open
) -> None:
    page = on(open_page(""), INSIDE.replace(month=7))
    expect(page.locator("[data-mitt-lopande]")).to_be_hidden()
    page.select_option("#ska-mitt-roll", role)
    part = page.locator("[data-mitt-lopande]")
    for kind, names in standing.items():
        group = part.locator(f"dl > div:has(> dt:text-is('{kind}'))")
        expect(group.locator("dd a")).to_have_text(names)
    part.locator("dd a").last.click()
    expect(page.locator("h1")).to_have_count(1)
    assert "Sidan finns inte" not in page.inner_text("h1")


def test_much_standing_work_is_a_few_and_the_way_to_the_rest(open_page: Open) -> None:
    page = on(open_page(""), INSIDE)
    page.select_option("#ska-mitt-roll", "roller/sakkunnig/")
    group = page.locator("[data-mitt-lopande] div:has(> dt:text-is('Rutiner'))")
    expect(group.locator("dd")).to_have_count(5)
    expect(group.locator("dd a").last).to_have_text(re.compile(r"^och \d+ till$"))
    expect(group.locator("dd a").last).to_have_attribute("href", re.compile("/roller/sakkunnig/$"))
    page.click("[data-mitt-glom]")
    expect(page.locator("[data-mitt-lopande]")).to_be_hidden()


def test_the_page_of_the_month_marks_what_is_the_role_s(open_page: Open) -> None:
    page = chosen(on(open_page("manaden/"), INSIDE), "roller/ekonomichef/")
    box = page.locator("[data-mitt-manad]")
    expect(box.locator("a:visible")).to_have_text("Ekonomichef")
    expect(box).to_contain_text("Inget den här månaden är ditt")
    page.click(".ska-manadsval a:has-text('April')")
    expect(box.locator("[data-mitt-inget]")).to_be_hidden()
    report = page.locator(".ska-manaden:target li", has_text="Delårsrapport i april")
    expect(report.first.locator(".ska-bricka")).to_have_text("Mitt")
    others = page.locator(".ska-manaden:target li:not([data-mitt])")
    assert others.locator("visible=true").count()
    box.get_by_label("Visa bara det som är mitt").check()
    expect(report.first).to_be_visible()
    assert not others.locator("visible=true").count()
    headings = shown(page, ".ska-manaden:target h3")
    assert "Rapporteras till nämnden" in headings
    assert "Återkommer hela året" not in headings
    box.get_by_label("Visa bara det som är mitt").uncheck()
    assert others.locator("visible=true").count()


@pytest.mark.parametrize(
    "role", ["", "javascript:alert(1)", "roller/finns-inte/", "//example.org/"]
)
def test_without_a_role_the_page_of_the_month_says_where_one_is_chosen(
    role: str, open_page: Open
) -> None:
    page = chosen(open_page("manaden/"), role)
    box = page.locator("[data-mitt-manad]")
    expect(box).to_have_text(re.compile(r"^\s*Välj din roll på startsidan"), use_inner_text=True)
    assert not page.locator(".ska-manaden .ska-bricka").count()
    box.get_by_role("link").click()
    expect(page.locator("#ska-mitt-roll")).to_be_in_viewport()


def test_without_script_the_month_is_whole_and_asks_for_no_role(open_page: Open) -> None:
    page = open_page("manaden/", script=False)
    expect(page.locator("[data-mitt-manad]")).to_be_hidden()
    assert page.locator(".ska-manaden li[data-sak]:visible").count()


def test_a_remembered_role_that_is_gone_is_forgotten(open_page: Open) -> None:
    page = open_page("")
    page.evaluate("localStorage.setItem('ska-mitt', 'javascript:alert(1)')")
    page.reload()
    expect(page.locator("#ska-mitt-roll")).to_be_visible()
    expect(page.locator("[data-mitt-lank]")).to_be_hidden()


def test_without_script_the_roles_are_plain_links(open_page: Open) -> None:
    page = open_page("", script=False)
    expect(page.locator("#ska-mitt-roll")).to_be_hidden()
    page.click("[data-mitt-annars] a:has-text('Sakkunnig')")
    expect(page).to_have_url(re.compile("/roller/sakkunnig/$"))
