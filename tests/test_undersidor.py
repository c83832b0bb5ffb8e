"""What stands on pages under a thing's own: nothing is lost, and little is not moved."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from ska.render import historik, undersidor
from ska.render.addresses import address, source_path
from ska.render.gemensamt import Settings, Site
from ska.render.historik import Rad, Sakhistorik
from ska.render.mallar import template
from ska.render.page import thing_page
from ska.render.sida import Sida
from tests.fakta import DAY, plan_for

SITE = Site(plan_for("ska-plan-2025"), Settings(DAY))
RUTIN = next(iter(SITE.plan.rutiner.values()))


def steps(count: int, lines: int) -> Sakhistorik:
    rows = tuple(Markup("rad {}").format(n) for n in range(lines))
    return Sakhistorik(tuple(Rad(f"dag {n}", "u", "Ändrades.", rows, "") for n in range(count)), "")


@pytest.mark.parametrize(("count", "lines"), [(1, 0), (historik.STEG, historik.RADER)])
def test_a_short_history_is_told_in_full(count: int, lines: int) -> None:
    sida = Sida(SITE, address(RUTIN), RUTIN)
    assert historik.kort(sida, steps(count, lines)) == steps(count, lines)


def test_of_a_long_history_the_newest_is_told_with_a_way_to_the_rest() -> None:
    sida = Sida(SITE, address(RUTIN), RUTIN)
    short = historik.kort(sida, steps(historik.STEG + 1, 1))
    assert [rad.dag for rad in short.rader] == [f"dag {n}" for n in range(historik.STEG)]
    assert short.hela == sida.länk(f"{address(RUTIN)}historik/")
    long = historik.kort(sida, steps(1, historik.RADER + 3))
    assert [(len(rad.rader), rad.kvar) for rad in long.rader] == [(historik.RADER, 3)]
    assert long.hela == sida.länk(f"{address(RUTIN)}historik/")


@pytest.mark.parametrize(
    ("more", "said"), [(1, "… och 1 ändring till"), (2, "… och 2 ändringar till")]
)
def test_how_much_is_left_is_said_in_words_that_agree(more: int, said: str) -> None:
    sida = Sida(SITE, address(RUTIN), RUTIN)
    told = template("_historikrader.html").module
    short = historik.kort(sida, steps(1, historik.RADER + more))
    assert f"<li>{said}</li>" in told.rader(sida, short)  # type: ignore[attr-defined]


def test_a_short_history_says_nothing_of_what_is_left() -> None:
    sida = Sida(SITE, address(RUTIN), RUTIN)
    told = template("_historikrader.html").module
    assert "till</li>" not in told.rader(sida, steps(1, historik.RADER))  # type: ignore[attr-defined]


def test_no_history_was_asked_for_so_there_are_no_pages_of_it() -> None:
    assert not [page for page in undersidor.pages(SITE) if "historik" in page.path]


def test_a_short_table_stays_and_a_long_one_has_pages_of_its_own() -> None:
    under = {page.path: page for page in undersidor.pages(SITE)}
    for källa in SITE.plan.källor.values():
        sida = Sida(SITE, address(källa), källa)
        own = thing_page(SITE, källa).body
        for folder, rows in (("innehall/", sida.innehåll), ("stallen/", sida.ställen)):
            moved = len(rows) > 30
            assert (f'href="{folder}"' in own) is moved
            assert (source_path(address(källa) + folder) in under) is moved


def test_no_page_is_longer_than_it_may_be_and_each_leads_to_all() -> None:
    pages = [page for page in undersidor.pages(SITE) if "/innehall" in page.path]
    assert len(pages) > 3
    for page in pages:
        assert page.body.count('<tr><th scope="row">') <= 100
        assert page.träff.vikt < 0.5
        shown = re.findall(r'aria-label="Sida \d+"( aria-current="page")?', page.body)
        assert len([here for here in shown if here]) == (1 if shown else 0)
