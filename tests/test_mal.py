"""Goals and indicators: their words, their pages, and what became of the earlier ones."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ska import matt, words
from ska.check import check
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.reading import schema
from ska.reading.schema import bodies_of
from ska.reading.yaml_source import Document
from ska.render import systemet
from ska.render.addresses import address, relative, source_path
from ska.render.api import plan_json
from ska.render.gemensamt import Settings, Site
from ska.render.page import Page, thing_page
from ska.render.sida import Sida
from ska.render.tree import pages
from ska.rules._matt import perioden
from ska.ting import EJ_ANGIVET, Indikator, Period, Spår, Ting, Värde
from tests.helpers import TESTS, TODAY, site

ROOT = TESTS.parent


@cache
def plan_of(folder: Path) -> Plan:
    result = check(read_tree(folder), TODAY)
    assert result.plan is not None, result.problems
    return result.plan


def full(*changes: tuple[str, str, str]) -> Plan:
    """Return the plan of sites/full, with (path, old text, new text) changed in it."""
    tree = site("full")
    files = dict(tree.plan)
    for path, old, new in changes:
        text = files[path].decode()
        assert old in text
        files[path] = text.replace(old, new, 1).encode()
    result = check(Tree(files, tree.schemas), TODAY)
    assert result.plan is not None, result.problems
    return result.plan


def page(plan: Plan, ting: Ting) -> Page:
    return thing_page(Site(plan, Settings(TODAY)), ting)


def link(at: Ting, to: Ting) -> str:
    return f'href="{relative(address(to), address(at))}"'


NOWHERE = Spår(Document("plan/mal/x.yml", {}, {}, {}, {}), ())


def period(typ: Any, **fields: Any) -> Period:
    return Period(spår=NOWHERE, typ=typ, år=2023, **fields)


def value(**fields: Any) -> Värde:
    return Värde(spår=NOWHERE, typ="utfall", period=period("helår"), **fields)


@pytest.mark.parametrize(
    ("made", "said", "in_a_rule"),
    [
        (period("helår"), "2023", "helåret 2023"),
        (period("till_och_med", månad="augusti"), "till och med augusti 2023", None),
        (period("månad", månad="augusti"), "augusti 2023", None),
        (
            period("till_och_med", månad=EJ_ANGIVET),
            "till och med en månad som inte är angiven 2023",
            "till och med ej angiven månad 2023",
        ),
    ],
)
def test_a_period_has_words(made: Period, said: str, in_a_rule: str | None) -> None:
    assert matt.period(made) == said
    assert perioden(made) == (in_a_rule or said)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (value(tal=Decimal("86.0")), "86,0"),
        (value(tal=Decimal(1363), tillstånd="preliminärt"), "1\u00a0363 (preliminärt)"),
        (value(text="har förbättrats"), "har förbättrats"),
        (value(relation="ej_öka"), "ska inte öka"),
        (value(relation="högst", tal=Decimal(30)), "högst 30"),
        (value(tillstånd="basvärde_saknas"), "basvärde saknas"),
        (value(tillstånd="tomt"), "inget angivet"),
    ],
)
def test_a_value_has_words_also_when_it_is_no_number(made: Värde, said: str) -> None:
    assert matt.värde(made) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (2019, 2022, "2019–2022"),
        (2019, 2019, "2019"),
        (2024, None, "från 2024"),
        (None, 2022, "till och med 2022"),
        (None, None, ""),
    ],
)
def test_years_have_words(first: int | None, last: int | None, said: str) -> None:
    assert words.åren(first, last) == said


def test_an_earlier_goal_says_when_it_held_wherever_it_is_named() -> None:
    plan = full()
    earlier, later = plan.mål["trygg-hemtjanst-2022"], plan.mål["trygg-omsorg"]
    assert "Nämndmål, gällde 2022–2025" in page(plan, earlier).body
    assert "Hemtjänsten är trygg (2022–2025)" in page(plan, later).body
    measure = plan.indikatorer["trygghet-2022"]
    assert "Indikator, gällde 2022–2025" in page(plan, measure).body
    assert "gällde" not in page(plan, plan.mål["lika-delaktighet"]).body


def test_a_list_has_the_goals_that_hold_first() -> None:
    plan = full()
    bodies = bodies_of(schema.load(site("full").schemas))
    listed = pages(plan, bodies, Settings(TODAY))["mal/index.md"].body
    order = ("Alla kan delta", "Omsorgen är trygg", "Hemtjänsten är trygg (2022–2025)")
    places = [listed.index(f">{title}<") for title in order]
    assert places == sorted(places)


def test_a_goal_that_ends_in_the_plan_s_own_time_still_holds() -> None:
    path = "plan/mal/trygg-hemtjanst-2022.yml"
    plan = full((path, "gäller_till: 2025", "gäller_till: 2027"))
    goal = plan.mål["trygg-hemtjanst-2022"]
    assert Sida(Site(plan, Settings(TODAY)), address(goal), goal).gällde == ""


def test_an_indicator_leads_to_its_goal_and_its_successor_and_back() -> None:
    plan = full()
    for old, new in (
        (plan.indikatorer["trygghet-2022"], plan.indikatorer["trygghet-hemtjanst"]),
        (plan.mål["trygg-hemtjanst-2022"], plan.mål["trygg-omsorg"]),
    ):
        assert "Ersatt av" in page(plan, old).body
        assert link(old, new) in page(plan, old).body
        assert "Ersätter" in page(plan, new).body
        assert link(new, old) in page(plan, new).body
    measure, goal = plan.indikatorer["trygghet-2022"], plan.mål["trygg-hemtjanst-2022"]
    assert link(measure, goal) in page(plan, measure).body
    method = plan.metoder["brukarundersokning"]
    assert "Indikatorer som mäts så här" in page(plan, method).body
    assert link(method, measure) in page(plan, method).body


def test_what_no_source_says_is_no_text_of_the_page() -> None:
    plan = full()
    body = page(plan, plan.mål["trygg-hemtjanst-2022"]).body
    assert "ej_angivet" not in body
    assert "ska-ingress" not in body
    assert "Kommunstyrelsen, för alla nämnder" in body


KONTINUITET = "plan/mal/trygg-omsorg.yml"
SAID = (
    "    orsak: Många medarbetare slutade under sommaren.\n",
    "    analys: Antalet steg mest i Hemtjänst söder, där flest var nya.\n",
    "    åtgärd: Enheterna planerar i mindre grupper från januari.\n",
)


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ((), ""),
        (SAID[1:2], "Målet är inte nått. Analys saknas."),
        (SAID, "Målet är inte nått. Orsak, analys och åtgärd saknas."),
    ],
)
def test_an_indicator_off_target_says_what_is_missing(gone: tuple[str, ...], said: str) -> None:
    plan = full(*((KONTINUITET, text, "") for text in gone))
    measure = plan.indikatorer["kontinuitet"]
    assert systemet.saknar_analys(measure) == said
    assert ("saknas." in page(plan, measure).body) == bool(said)


def test_an_outcome_that_can_t_be_judged_says_that_nothing_is_told_of_it() -> None:
    def indikator(*values: Värde, **told: str) -> Indikator:
        fields: dict[str, Any] = {"mäts_i": "procent", "riktning": "högre", "helhet": "ingen"}
        return Indikator(spår=NOWHERE, id="x", titel="X", värden=values, **fields, **told)

    outcome = value(tal=Decimal(7))
    assert systemet.saknar_analys(indikator(outcome)).startswith("Analys saknas.")
    assert systemet.saknar_analys(indikator(value(text="bra"))).startswith("Analys saknas.")
    assert systemet.saknar_analys(indikator(outcome, analys="Bra.")) == ""
    assert systemet.saknar_analys(indikator(value(tillstånd="tomt"))) == ""


def test_a_number_is_a_number_in_the_data_file() -> None:
    data = json.loads(b"".join(plan_json(full())))
    found = {ting["id"]: ting for ting in data["indikatorer"]}
    assert found["trygghet-2022"]["värden"][1]["tal"] == 82
    assert isinstance(found["trygghet-2022"]["värden"][1]["tal"], int)
    assert 85.5 in [v.get("tal") for v in found["trygghet-hemtjanst"]["värden"]]


# The board's own goals


def test_each_earlier_goal_says_what_became_of_it() -> None:
    plan = plan_of(ROOT)
    past = [mål for mål in plan.mål.values() if mål.gäller_till]
    assert past
    for mål in past:
        assert mål.anmärkning
        assert "Internbudgeten för 2024" in mål.anmärkning


def test_each_goal_leads_up_to_a_målområde() -> None:
    plan = plan_of(ROOT)
    for mål in plan.mål.values():
        whole = plan.kommunmål.get(mål.kommunmål)
        areas = (whole.målområde,) if whole else mål.målområden
        assert areas
        assert all(id in plan.målområden for id in areas)


def test_a_footnote_s_mark_is_no_digit_of_a_value() -> None:
    values = plan_of(ROOT).indikatorer["mycket-langvarigt-bistand-2019"].värden
    assert [(v.tal, v.tillstånd) for v in values if v.tal] == [
        (1384, "angivet"),
        (1363, "preliminärt"),
    ]


def test_a_footnote_s_period_goes_before_the_column_s() -> None:
    plan = plan_of(ROOT)
    periods = {
        id: [matt.period(v.period) for v in plan.indikatorer[id].värden if v.typ == "utfall"]
        for id in ("andel-av-befolkningen-med-bistand", "vantetid-forsta-ansokan-till-beslut")
    }
    assert list(periods.values()) == [["augusti 2022", "2022"], ["2022", "till och med juni 2023"]]


def test_every_page_of_a_goal_is_made() -> None:
    plan = plan_of(ROOT)
    made = Site(plan, Settings(TODAY))
    for ting in (*plan.mål.values(), *plan.indikatorer.values(), *plan.kommunmål.values()):
        built = thing_page(made, ting)
        assert built.path == source_path(address(ting))
        assert ">ej_angivet<" not in built.body
