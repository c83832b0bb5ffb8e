"""The pages of indicators: the state in words, the chart, the table, and the list of them all."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from ska import matt
from ska.check import check
from ska.derived.bedomning import bedömningar
from ska.files.tree import read_tree
from ska.model import Plan
from ska.render import indikatorer
from ska.render.diagrams.indikatorbild import bild
from ska.render.gemensamt import Settings, Site
from ska.render.indikatorer import LÄGEN, mening, sammanlagt, viktiga
from ska.render.lists import listor
from ska.render.lists.indikatorlista import listsida
from ska.render.page import thing_page
from ska.ting import Indikator, Värde
from tests.building import Built
from tests.helpers import TODAY, laid_over, site, site_text
from tests.test_bedomning import indikator, mål, period, utfall

ROOT = Path(__file__).resolve().parent.parent
HEAVY = 40_000  # bytes of HTML; more takes long on a phone
MEN = {"indelning": "kön", "grupp": "män"}


@cache
def plan(name: str) -> Plan:
    made = check(read_tree(ROOT) if name == "real" else site(name), TODAY).plan
    assert made
    return made


def body(name: str, id: str) -> str:
    made = Site(plan(name), Settings(TODAY))
    return thing_page(made, made.plan.indikatorer[id]).body


def listed(made: Plan) -> str:
    """Give every page of the list, in one."""
    whole = Site(made, Settings(TODAY))
    return "".join(page.body for page in listor.pages(listsida(whole)))


def the_list(name: str) -> str:
    return listed(plan(name))


SENTENCES = [
    (
        [utfall(2025, 84.5), mål(2025, 90, relation="minst"), mål(2026, 91)],
        "Utfallet 2025 var 84,5 procent, och målet är minst 90 procent. "
        "Målet därefter, 2026, är 91 procent.",
    ),
    (
        [utfall(period(2023, "till_och_med", månad="augusti"), 872), mål(2024, 900)],
        "Utfallet till och med augusti 2023 var 872 procent. Inget mål gäller samma period. "
        "Målet därefter, 2024, är 900 procent.",
    ),
    (
        [utfall(period(2023, "per_dag", dag=date(2023, 6, 30)), 81.7), mål(2024, relation="ökar")],
        "Utfallet den 30 juni 2023 var 81,7 procent. Inget mål gäller samma period. "
        "Målet därefter, 2024, är ”ska öka”.",
    ),
    (
        [utfall(2025, 80), utfall(2024, 81), mål(2025, relation="ej_öka")],
        "Utfallet 2025 var 80 procent, och målet är ”ska inte öka”.",
    ),
    ([utfall(2025, 80)], "Utfallet 2025 var 80 procent. Inget mål finns att jämföra med."),
    ([mål(2025, 80)], "Inget utfall finns här. Målet därefter, 2025, är 80 procent."),
    ([utfall(2025, tillstånd="tomt")], "Varken utfall eller mål finns som tal."),
    (
        [utfall(2025, 80, tillstånd="preliminärt"), mål(2025, 70)],
        "Utfallet för målets period är preliminärt. Målet därefter, 2025, är 70 procent.",
    ),
    (
        [utfall(2025, 80), mål(2025, relation="minskar")],
        "Utfallet 2025 var 80 procent. Målet är en förändring, och inget tidigare utfall går att "
        "jämföra med.",
    ),
    (
        [utfall(2025, 80), mål(2025, relation="stabiliseras")],
        "Utfallet 2025 var 80 procent. Målet går inte att jämföra med ett tal.",
    ),
    (
        [utfall(2025, 80, **MEN, inom="IAF"), mål(2025, 90, **MEN, inom="IAF")],
        "Utfallet för män inom IAF 2025 var 80 procent, och målet är 90 procent.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("values", "said"), SENTENCES)
def test_a_state_has_a_sentence(values: list[Värde], said: str) -> None:
    thing = indikator(*values)
    (found,) = bedömningar(thing)
    assert mening(thing, found) == said


def test_an_unknown_direction_is_said() -> None:
    thing = indikator(utfall(2025, 80), mål(2025, 90), riktning="ej_angivet")
    (found,) = bedömningar(thing)
    assert "inte sagt om högre eller lägre är bättre" in mening(thing, found)


def groups(thing: Indikator) -> list[str]:
    return [indikatorer.gruppnamn(b.grupp) for b in viktiga(thing)]


def test_a_summary_is_about_the_whole_or_the_parts_that_have_targets() -> None:
    women = {"indelning": "kön", "grupp": "kvinnor"}
    whole = [utfall(2024, 80), mål(2025, 90)]
    parts = [utfall(2024, 70, **MEN), mål(2025, 80, **MEN), mål(2025, 85, **women)]
    assert groups(indikator(*parts, *whole)) == ["alla"]
    assert groups(indikator(*parts, whole[0])) == ["kvinnor", "män"]
    assert groups(indikator(*parts, *whole, utfall(2025, 60, **MEN))) == ["män"]
    judged = [*parts, *whole, utfall(2025, 60, **MEN), utfall(2025, 95)]
    assert groups(indikator(*judged)) == ["alla", "män"]
    assert sammanlagt(indikator(*judged)) == "delvis"


def test_a_page_says_the_state_first_and_shows_chart_and_table() -> None:
    text = body("full", "kontinuitet")
    assert text.index("Når inte målet") < text.index("<svg") < text.index("<table")
    assert "Utfallet 2026 var 15, och målet är högst 14." in text
    assert re.search(r'<figure class="ska-figur" data-search-exclude>\s*<svg', text)
    assert text.count("Mätt under två veckor i oktober.") == 1


def cells(text: str) -> Counter[str]:
    """Return what the table of values holds, cell by cell and value by value."""
    table = text[text.index("ska-tabell-varden") : text.index("</table>")]
    found = re.findall(r'<td data-rubrik="\w+">(.*?)</td>', table, re.DOTALL)
    values = (value for cell in found for value in cell.split("<br>"))
    return Counter(
        said
        for value in values
        if (said := unescape(re.sub(r" <(small|span).*", "", value)).strip())
    )


@pytest.mark.parametrize("name", ["full", "real"])
def test_every_value_of_a_plan_stands_in_its_table_once(name: str) -> None:
    for thing in plan(name).indikatorer.values():
        if thing.värden:
            expected = Counter(matt.värde(v) for v in thing.värden)
            assert cells(body(name, thing.id)) == expected, thing.id


def test_every_number_of_the_real_plan_stands_in_its_chart() -> None:
    drawn = 0
    for thing in plan("real").indikatorer.values():
        numbers = [v for v in thing.värden if v.tal is not None]
        made = bild(thing)
        points = [p for panel in made.diagram.paneler for line in panel for p in line.punkter] if (
            made
        ) else []  # fmt: skip
        assert len(points) == (len(numbers) if made else 0)
        drawn += len(points)
    assert drawn > 200


def test_the_list_shows_every_indicator_by_its_area_with_its_state() -> None:
    text = the_list("full")
    headings = re.findall(r"## (.*)", text)
    assert headings == ["En trygg kommun", "En kommun för alla", "Tidigare mål"]
    earlier = text.index("Tidigare mål")
    for thing in plan("full").indikatorer.values():
        row = re.search(rf'<tr><th scope="row"><a href="{thing.id}/".*?</tr>', text, re.DOTALL)
        row = row or re.search(
            rf'<tr><th scope="row"><a href="[^"]*/{thing.id}/".*?</tr>', text, re.DOTALL
        )
        assert row, thing.id
        assert LÄGEN[sammanlagt(thing)][1] in row[0]
        assert (row.start() > earlier) == (thing.id == "trygghet-2022")
    states = Counter(map(sammanlagt, plan("full").indikatorer.values()))
    counted = re.findall(r"<dd>(\d+) av (\d+)", text)
    assert counted == [(str(states[state]), str(states.total())) for state in LÄGEN]
    assert "inget utfall än (2)" in text


def test_the_real_list_leaves_none_out() -> None:
    text = the_list("real")
    for thing in plan("real").indikatorer.values():
        assert f"/{thing.id}/" in text or f'"{thing.id}/' in text


def test_a_plan_without_indicators_says_so() -> None:
    assert "Planen har inga indikatorer." in the_list("minimal")
    assert "<table" not in the_list("minimal")


def test_names_of_groups_and_values_in_words_stay_text() -> None:
    path, bad = "plan/mal/trygg-omsorg.yml", "<b onclick=x()>&amp;"
    text = site_text("full", path).replace("grupp: kvinnor", f"grupp: '{bad}'")
    text = text.replace("fotnot: Mätt", f"fotnot: '{bad}'\n        text: '{bad}' #", 1)
    made = check(laid_over({path: text}, "full"), TODAY).plan
    assert made
    for id in ("trygghet-hemtjanst", "kontinuitet"):
        shown = thing_page(Site(made, Settings(TODAY)), made.indikatorer[id]).body
        assert "<b onclick" not in shown
        assert "&lt;b onclick=x()&gt;&amp;amp;" in shown or "&lt;B onclick" in shown
    assert "<b onclick" not in listed(made)


def test_a_page_of_an_indicator_is_light(site_pages: dict[str, Built]) -> None:
    sizes = {
        at: len(page.html.encode())
        for at, page in site_pages.items()
        if at.startswith("indikatorer/")
    }
    assert sizes
    assert {at: size for at, size in sizes.items() if at != "indikatorer/" and size > HEAVY} == {}
