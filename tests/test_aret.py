"""The year on the pages: the wheel says what the table says, each slice holds what is its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from ska.check import check
from ska.derived import arbetsar
from ska.derived.ansvar import ansvar, egna_sidor, enheter
from ska.model import Plan
from ska.reading import schema
from ska.reading.schema import bodies_of
from ska.render import handbook, tree
from ska.render.addresses import address, source_path, unit_address
from ska.render.gemensamt import Settings, Site
from ska.render.page import Page
from tests import reading_year
from tests.building import Built
from tests.helpers import laid_over, site, site_text
from tests.test_arbetsar import plan_of

TODAY = date(2027, 3, 10)
Pages = Mapping[str, Page]


def pages_of(plan: Plan, today: date = TODAY) -> Pages:
    bodies = bodies_of(schema.load(laid_over({}, "full").schemas))
    return tree.pages(plan, bodies, Settings(today))


@cache
def full() -> tuple[Plan, Pages]:
    plan = check(laid_over({}, "full"), TODAY).plan
    assert plan is not None
    return plan, pages_of(plan)


def compare(html: str, year: int, meetings: reading_year.Months) -> int:
    """Compare a page's table with its wheel; return how many activities they hold."""
    table = reading_year.table(html, year, meetings)
    wheel = reading_year.wheel(html, year)
    assert table.keys() == wheel.keys()
    assert {len(rows) for rows in (*table.values(), *wheel.values())} == {1}
    for id, (said,) in table.items():
        (drawn,) = wheel[id]
        assert drawn.number == said.number, id
        assert drawn.reported == said.reported, id
        assert drawn.whole == said.whole, id
        this = {month for month in said.work if month[0] == year}
        assert {month for month in drawn.work if month[0] == year} == this, id
        other = {m for y, m in said.work if y != year} - {m for _, m in this}
        assert {m for y, m in drawn.work if y != year} == other, id
    return len(table)


# The wheel and the table


def test_every_activity_is_once_in_the_wheel_and_once_in_the_table_with_the_same_months(
    site_pages: dict[str, Built],
) -> None:
    """Of the site as it is built: the whole year, and each slice of it."""
    with_wheel = {at: page for at, page in site_pages.items() if 'class="ska-aret"' in page.html}
    counts = {at: compare(page.html, 2025, frozenset()) for at, page in with_wheel.items() if at}
    assert counts["arshjul/"] == 13
    assert counts["forvaltningar/integrations-och-arbetsmarknadsforvaltningen/"] == 12
    assert counts["forvaltningar/utbildningsforvaltningen/"] == 12
    for part in ("roller/", "enheter/", "delplaner/", "verksamheter/", "avdelningar/"):
        assert any(at.startswith(part) for at in counts), part
    assert min(counts.values()) > 0


def test_the_same_holds_where_meetings_and_three_parts_are_known() -> None:
    plan, pages = full()
    assert not isinstance(plan.årshjul.sammanträden, str)
    meetings = frozenset((day.year, day.month) for day in plan.årshjul.sammanträden)
    counts = [
        compare(page.body, plan.årshjul.år, meetings)
        for page in pages.values() if 'class="ska-aret"' in page.body
    ]  # fmt: skip
    assert max(counts) == len(plan.aktiviteter)
    assert len(counts) > 10


def test_the_same_holds_where_the_source_leaves_times_and_roles_out() -> None:
    plan = check(site("handlingsplan-2018"), date(2018, 3, 1)).plan
    assert plan is not None
    body = pages_of(plan, date(2018, 3, 1))["arshjul/index.md"].body
    assert compare(body, 2018, frozenset()) == len(plan.aktiviteter)
    assert {a.genomförs.typ for a in plan.aktiviteter.values()} >= {"ej_angivet", "period"}
    assert "</th> <td>Ej angivet</td>" in body


def test_a_month_that_is_drawn_wrong_is_seen() -> None:
    """What the tests above rest on."""
    _, pages = full()
    body = pages["arshjul/index.md"].body
    with pytest.raises(AssertionError):
        compare(body.replace("</th> <td>Februari", "</th> <td>Maj"),
                2027, frozenset((2027, n) for n in (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)))  # fmt: skip


def test_the_start_page_lists_what_its_wheel_draws(site_pages: dict[str, Built]) -> None:
    html = site_pages[""].html
    listed = re.findall(r'<dd id="hjul-\d+" data-sak="([^"]+)"', html)
    assert sorted(listed) == sorted(reading_year.wheel(html, 2025))
    assert len(listed) == 13


def test_the_table_comes_before_the_wheel(site_pages: dict[str, Built]) -> None:
    for page in site_pages.values():
        assert ("ska-hjul" in page.html) == ('class="ska-aret"' in page.html)
        for part in page.html.split('class="ska-aret"')[1:]:
            first_list = min(part.find("<table") % 10**9, part.find("<dl") % 10**9)
            assert first_list < part.find("<svg")


def test_parts_are_told_apart_by_pattern_and_by_text() -> None:
    plan, pages = full()
    body = pages["arshjul/index.md"].body
    styles = dict(re.findall(r'class="ska-sak ska-stil-(\d)"[^>]* data-sak="([^"]+)"', body))
    assert len(styles) == 3
    named = re.findall(r'<span class="ska-nr ska-nr-(\d)" aria-hidden="true"></span> ([^<]+)', body)
    assert len({style for style, _ in named}) == len({name for _, name in named}) == 3
    for pattern in re.findall(r'fill="url\(#([^)]+)\)"', body):
        assert f'<pattern id="{pattern}"' in body
    for activity in plan.aktiviteter.values():
        number = arbetsar.nummer(plan)[activity.id]
        spoken = re.search(rf'<tr id="hjul-{number}".*?</tr>', body)  # what names its link
        assert spoken
        for part in activity.verksamheter:
            assert plan.verksamheter[part].kortnamn in spoken[0]
        for role in activity.ansvariga:
            assert plan.roller[role].titel.lower() in spoken[0].lower()


def test_a_wheel_has_a_title_and_a_description_and_a_name_for_each_link() -> None:
    _, pages = full()
    for page in pages.values():
        for svg in re.findall(r"<svg viewBox.*?</svg>", page.body, re.DOTALL):
            assert re.search(r'<title id="hjul-namn">[^<]+</title><desc id="hjul-text">[^<]+', svg)
            ids = re.findall(r' id="([^"]+)"', page.body)
            assert len(ids) == len(set(ids))
            names = re.findall(r'(?:aria-labelledby="|<use href="#)([^"]+)"', svg)
            assert set(names) <= set(ids)
            assert svg.count("aria-labelledby=") == svg.count("<a ") + 1


def test_nothing_on_the_pages_of_the_year_needs_more_than_our_own_files() -> None:
    """So that a strict content security policy can be set."""
    plan, pages = full()
    start = str(handbook.start(Site(plan, Settings(TODAY))))
    for body in (start, *(page.body for page in pages.values())):
        assert "<script" not in body
        assert not re.search(r"<[^>]+\s(style|on\w+)=", body)


# The day


def said(page: Page) -> list[str]:
    """Return the notices about the day that are shown without script."""
    found = re.findall(r'<p class="ska-notis" data-lage="[^"]+">(.*?)</p>', page.body)
    return [reading_year.text(text).replace("  ", " ") for text in found]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 3, 10), []),
        (date(2028, 11, 2), ["Planens period har passerat. Här visas november 2027, ur den "
                             "nyaste utgåvan som finns här."]),
        (date(2026, 11, 30), ["Planen gäller från 1 januari 2027. Här visas november 2027."]),
    ],
)  # fmt: skip
def test_a_page_says_when_its_month_isn_t_now(today: date, expected: list[str]) -> None:
    plan, _ = full()
    pages = pages_of(plan, today)
    for path in ("manaden/index.md", "arshjul/index.md"):
        assert said(pages[path]) == expected
    shown = re.findall(r'<section [^>]*data-manad="(\d+)" data-nu', pages["manaden/index.md"].body)
    assert shown == [str(today.month)]
    marked = re.findall(r'<g class="ska-nu" data-manad="(\d+)"', pages["arshjul/index.md"].body)
    assert marked == [str(today.month)]


def test_a_long_period_says_that_the_wheel_is_of_one_year() -> None:
    long = plan_of(("gäller_till: 2027-12-31", "gäller_till: 2028-12-31"), path="plan/plan.yml")
    pages = pages_of(long, date(2028, 5, 1))
    assert said(pages["arshjul/index.md"]) == ["Årshjulet är för 2027. Här visas maj det året."]


def test_the_page_says_that_the_month_is_that_of_the_build() -> None:
    body = full()[1]["manaden/index.md"].body
    assert "då sidan byggdes, 10 mars 2027" in body


def test_each_month_has_its_part_and_leads_to_what_it_holds() -> None:
    body = full()[1]["manaden/index.md"].body
    parts = re.findall(r'<section [^>]*id="manad-(\d+)".*?</section>', body, re.DOTALL)
    assert parts == [str(n) for n in range(1, 13)]
    (may,) = re.findall(r'id="manad-5" .*?</section>', body, re.DOTALL)
    due, rest = may.split("<h3>Arbete som pågår</h3>")
    ongoing, later = rest.split("<h3>Kommer härnäst</h3>")
    assert "delarsrapport-april/" in due
    assert "Nämnden sammanträder 26 maj." in due
    assert "egenkontroll-var/" in ongoing
    assert "delarsrapport-april/" not in ongoing
    assert "Rapporteras i juni" in later
    (december,) = re.findall(r'id="manad-12" .*?</section>', body, re.DOTALL)
    assert "Inget mer rapporteras i det här årshjulet." in december


def test_a_year_leads_to_the_editions_before_and_after_that_are_known(
    site_pages: dict[str, Built],
) -> None:
    body = full()[1]["arshjul/index.md"].body
    assert 'Föregående utgåva: <a href="../utgavor/omsorgsnamnden-2026/"' in body
    assert "Nästa utgåva" not in body
    real = site_pages["arshjul/"]
    assert "../utgavor/arbetsmarknadsnamnden-2023/" in real.article_links
    assert "utgavor/arbetsmarknadsnamnden-2023/" in site_pages
    old = site_text("full", "plan/utgavor.yml")
    new = old.replace("2026-01-01", "2028-01-01").replace("2026-12-31", "2028-12-31")
    later = plan_of((old, new), path="plan/utgavor.yml")
    before, after = arbetsar.grannutgåvor(later)
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("omsorgsnamnden-2025", "omsorgsnamnden-2026")


# Responsibility


def test_a_role_has_everything_that_is_its_own() -> None:
    plan, _ = full()
    role = plan.roller["enhetschef"]
    own = ansvar(plan, role)
    assert {r.id for r in own.äger} == {r.id for r in plan.rutiner.values() if r.ägare == role.id}
    assert {(r.id, n) for r, steps in own.gör for n, _ in steps} == {
        (r.id, n)
        for r in plan.rutiner.values() for n, s in enumerate(r.steg, 1) if s.roll == role.id
    }  # fmt: skip
    assert {k.id for k in own.kontroller} == {
        k.id for k in plan.kontrollmoment.values() if k.roll == role.id
    }
    assert own.indikatorer
    days = [day for day, _ in own.att_se_över]
    assert days == sorted(days)
    assert days


def test_a_role_in_a_unit_has_only_what_concerns_the_unit() -> None:
    plan, _ = full()
    role = plan.roller["enhetschef"]
    whole = ansvar(plan, role)
    for unit in enheter(plan, role):
        here = ansvar(plan, role, unit)
        above = {unit.id, unit.avdelning, unit.förvaltning,
                 *arbetsar.verksamheter(plan, unit), plan.ram.nämnd}  # fmt: skip
        assert set(here.äger) == {r for r in whole.äger if above & set(r.gäller_för)}
        assert {m.id for m in here.metoder} <= {m.id for m in whole.metoder}
        assert {i.id for i in here.indikatorer} <= {i.id for i in whole.indikatorer}
    different = egna_sidor(plan, role)
    assert different
    assert all(own != whole for own in different.values())


def test_a_role_in_one_unit_or_none_has_no_further_pages() -> None:
    plan, _ = full()
    for role in plan.roller.values():
        if len(enheter(plan, role)) < 2:
            assert egna_sidor(plan, role) == {}


def test_a_role_s_page_shows_it_all_and_leads_to_its_units() -> None:
    plan, pages = full()
    for role in plan.roller.values():
        body = pages[source_path(address(role))].body
        own = ansvar(plan, role)
        for routine, steps in own.gör:
            assert f"rutiner/{routine.id}/" in body
            for number, _ in steps:
                assert f"Steg {number}." in body
        for thing in (*own.metoder, *own.deltar, *own.äger, *own.kontroller, *own.indikatorer):
            assert address(thing) in body
        for unit in egna_sidor(plan, role):
            at = unit_address(role, plan.enheter[unit])
            assert f'href="../../{at}"' in body
            assert pages[source_path(at)].title == f"{role.titel}, {plan.enheter[unit].namn}"
    made = {path for path in pages if re.fullmatch(r"roller/[^/]+/[^/]+\.md", path)}
    assert made == {
        source_path(unit_address(role, plan.enheter[unit]))
        for role in plan.roller.values() for unit in egna_sidor(plan, role)
    }  # fmt: skip


def test_a_review_that_is_past_says_so() -> None:
    plan, pages = full()
    role = next(r for r in plan.roller.values() if ansvar(plan, r).att_se_över)
    path = source_path(address(role))
    day, _ = ansvar(plan, role).att_se_över[0]
    assert "datumet har passerat" not in pages[path].body
    later = pages_of(plan, date(day.year + 1, day.month, 1))[path].body
    assert "datumet har passerat" in later


def test_the_start_page_offers_every_role_and_each_of_its_units() -> None:
    plan, pages = full()
    start = str(handbook.start(Site(plan, Settings(TODAY))))
    offered = re.findall(r'<option value="([^"]+)"', start)
    assert {*offered} == {
        at.replace(".md", "/") for at in pages
        if re.fullmatch(r"roller/(?!index)[^/]+(/[^/]+)?\.md", at)
    }  # fmt: skip
    plain = start.split("data-mitt-annars")[1]
    for role in {id for a in plan.aktiviteter.values() for id in a.ansvariga}:
        assert f'href="roller/{role}/"' in plain
