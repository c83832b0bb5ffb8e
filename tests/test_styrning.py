"""Pages about the system that the plan stands in: assignments, budget sections, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from ska.check import check
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.reading import schema
from ska.render import tree
from ska.render.addresses import SYSTEM
from ska.render.gemensamt import Settings, Site
from ska.render.lists import overviews
from ska.render.lists.luckor import contradictions
from ska.render.page import Page
from ska.ting import Budget
from tests.building import ROOT
from tests.helpers import minimal

DAY = date(2027, 3, 1)
Pages = Mapping[str, Page]


def render(files: Tree) -> tuple[Plan, Pages]:
    plan = check(files, DAY).plan
    assert plan is not None
    bodies = schema.bodies_of(schema.load(files.schemas))
    return plan, tree.pages(plan, bodies, Settings(DAY))


@cache
def full() -> tuple[Plan, Pages]:
    return render(read_tree(ROOT / "tests" / "sites" / "full"))


@cache
def real() -> Plan:
    plan = check(read_tree(ROOT), DAY).plan
    assert plan is not None
    return plan


def body(path: str) -> str:
    return full()[1][path].body


def row(page: str, title: str) -> str:
    """Return a table's row by its title, with its own tag."""
    found = [line for line in page.splitlines() if f">{title}" in line and "<tr" in line]
    assert len(found) == 1, title
    return found[0]


# Tables


def test_a_table_tells_totals_from_what_they_hold() -> None:
    page = body("budget/drift-2027.md")
    assert 'class="ska-summa"' in row(page, "Summa kostnader")
    assert 'class="ska-varav"' in row(page, "Varav löner")
    assert "class=" not in row(page, "Hemtjänst").partition("<th")[0]
    assert "Indragna rader är redan inräknade" in page
    assert "Indragna rader" not in body("budget/personal-2027.md")


def test_an_empty_cell_is_a_dash_and_said_to_be_empty() -> None:
    page = body("budget/investering-2027.md")
    larm = row(page, "Trygghetslarm")
    assert larm.count(">–</td>") == 1
    assert "inget angivet" not in page
    assert "Ett streck betyder att rutan är tom i källan." in page
    assert "Ett streck" not in body("budget/drift-2027.md")


def test_a_cell_without_a_number_says_why() -> None:
    page = body("budget/volym-2027.md")
    assert row(page, "Kvinnor med hemtjänst").count(">ingen uppgift</td>") == 1
    assert "164 (preliminärt)" in row(page, "Platser i särskilt boende")


def test_numbers_are_written_as_in_swedish() -> None:
    page = body("budget/drift-2027.md")
    assert "\u2212182\u00a0400<" in row(page, "Hemtjänst")
    assert ">512,5<" in row(body("budget/personal-2027.md"), "Årsarbetare")


def test_a_row_with_its_own_unit_says_it() -> None:
    page = body("budget/personal-2027.md")
    assert ">Sjukfrånvaro (procent)" in page
    assert ">Årsarbetare<" in page


@pytest.mark.parametrize("name", ["drift-2027", "investering-2027", "personal-2027", "volym-2027"])
def test_each_footnote_is_numbered_once_and_reached(name: str) -> None:
    plan, _ = full()
    page = body(f"budget/{name}.md")
    used = set(re.findall(r'href="#not-(\d+)"', page))
    kept = re.findall(r'id="not-(\d+)"', page)
    assert used == set(kept)
    assert kept == [str(number) for number in range(1, len(kept) + 1)]
    budget = plan.budgetar[name]
    assert len(kept) == len(notes(budget)) > 0


def notes(budget: Budget) -> set[str]:
    cells = (cell for rad in budget.rader for cell in rad.värden)
    return {part.fotnot for part in (*budget.kolumner, *budget.rader, *cells) if part.fotnot}


# Sections of the budget document


def test_a_decision_says_who_when_and_where() -> None:
    page = body("planering/beslut-2027.md")
    for said in ("Omsorgsnämnden", "18 november 2026", "§ 121", "ON 2026-288", "25 november 2026"):
        assert said in page
    assert "## Beslutets punkter" in page
    assert "Laga kraft</dt> <dd>ej angivet" in page
    assert "Beslutsdatum" not in body("planering/utvecklingsomraden-2027.md")


def test_a_point_leads_to_what_answers_it_and_back() -> None:
    page = body("planering/utvecklingsomraden-2027.md")
    assert 'href="../../metoder/egenkontroll/"' in page
    assert 'href="../../rutiner/genomfora-egenkontroll/"' in page
    for path in ("metoder/egenkontroll.md", "rutiner/genomfora-egenkontroll.md"):
        back = body(path)
        assert "## Svarar på punkter i internbudgeten" in back
        assert 'href="../../planering/utvecklingsomraden-2027/"' in back
    assert "## Svarar på uppdrag" in body("metoder/brukarundersokning.md")


def test_a_development_area_without_an_answer_says_so() -> None:
    said = "Inget i planen svarar på punkten."
    first, second = body("planering/utvecklingsomraden-2027.md").split("<li id=")[1:3]
    assert said not in first
    assert said in second
    assert said not in body("planering/beslut-2027.md")


# Lists


def test_assignments_are_listed_by_year_and_who_gave_them() -> None:
    page = body("uppdrag/index.md")
    headings = re.findall(r"^## (.*)$", page, re.MULTILINE)
    assert headings == [
        "Strategiska utvecklingsuppdrag 2027, för alla nämnder", "Nämndens egna uppdrag",
    ]  # fmt: skip
    common, own = page.split("## ")[1:3]
    assert "Omsorgsnämnden" not in common  # all boards have it
    assert "Omsorgsnämnden" in own


def test_tables_are_listed_by_the_last_year_that_they_budget_for() -> None:
    _, pages = render(read_tree(ROOT))
    page = pages["budget/index.md"].body
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["Budgeten 2024", "Budgeten 2019"]
    newer, older = page.split("## ")[1:3]
    assert "../budget/drift-2024/" in newer
    assert "../budget/drift-2019/" in older


def test_one_page_leads_to_every_list_that_there_is() -> None:
    page = body("styrning/index.md")
    for folder in ("mal", "indikatorer", "uppdrag", "planering", "internkontroll", "budget"):
        assert f'href="../{folder}/"' in page
    assert "2 sidor" in page
    _, pages = render(minimal())
    assert 'href="../uppdrag/' not in pages["styrning/index.md"].body
    assert "Planen har inga mål, uppdrag eller tabeller." in pages["styrning/index.md"].body


def test_every_kind_of_the_larger_system_answers_one_question() -> None:
    answering = [slag for _, kinds in overviews.QUESTIONS for slag in kinds]
    assert sorted(answering) == sorted(SYSTEM)


def test_what_belongs_to_a_year_is_listed_with_the_newest_first() -> None:
    _, pages = render(read_tree(ROOT))
    for folder in ("internkontroll", "avvikelser"):
        years = re.findall(r'data-rubrik="År">(\d+)<', pages[f"{folder}/index.md"].body)
        assert years == sorted(years, reverse=True) != []


def test_a_state_that_all_indicators_have_is_said_once() -> None:
    same, differ = body("roller/enhetschef/kvarnen.md"), body("mal/trygg-omsorg.md")
    assert "<p>Läge för alla 3: Når målet.</p>" in same
    assert "<small>når målet</small>" not in same
    assert "Läge för alla" not in differ
    assert "<small>når inte målet</small>" in differ


def test_what_all_rows_share_is_a_sentence() -> None:
    _, pages = render(read_tree(ROOT))
    said = re.findall(r"^<p>(.* alla \d+: .*)</p>$", "".join(p.body for p in pages.values()), re.M)
    assert "För alla 7: gäller till 30 juni 2027." in said
    assert any(line.startswith("Skäl för alla 4: Planen för 2025 har ingen") for line in said)
    assert [line for line in said if line.endswith("..") or not line.endswith(".")] == []


def test_a_title_with_its_years_does_not_say_them_twice() -> None:
    _, pages = render(read_tree(ROOT))
    listed = pages["mal/index.md"].body
    assert "ska minska 2019–2022</a>" in listed
    assert "(2019–2022)</a>" in listed


def test_a_list_names_what_has_replaced_a_routine() -> None:
    _, pages = render(read_tree(ROOT))
    listed = pages["rutiner/index.md"].body
    ended = listed.partition("## Ersatta eller upphörda")[2]
    assert ended.count('Ersatt av <a href="../rutiner/avvikelser-synpunkter-klagomal-iaf/">') > 1
    assert "Ersatt av" not in listed.partition("## Ersatta eller upphörda")[0]


# The real plan


def test_the_real_assignments_are_all_there() -> None:
    kinds = Counter((u.år, u.typ, u.omfattning) for u in real().uppdrag.values())
    assert kinds == {
        (2024, "strategiskt", "kommungemensamt"): 12,
        (2024, "strategiskt", "nämndspecifikt"): 6,
        (2024, "nämnd", None): 6,
        (2019, "strategiskt", "kommungemensamt"): 4,
        (2019, "strategiskt", "nämndspecifikt"): 7,
    }


def test_the_decision_has_its_points_and_the_addition() -> None:
    decision = real().planeringar["beslut-internbudget-2024"]
    assert decision.beslut is not None
    assert (decision.beslut.paragraf, decision.beslut.dnr) == ("§ 90", "AN 2023-167")
    points = {point.id: point for point in decision.punkter}
    assert points["tillagg"].uppdrag == ("tillganglighet-vuxenutbildning",)
    assert [*points][:4] == ["faststalls", "overlamnas", "noteras", "aktiviteter-internkontroll"]


def test_what_the_tables_contradict_is_on_the_list_of_contradictions() -> None:
    found = contradictions(Site(real(), Settings(DAY)))
    about = {thing.id for thing, _ in found}
    assert {
        "volym-2024", "hushall-med-ekonomiskt-bistand", "total-sjukfranvaro",
        "personalavgangar-externt",
    } <= about  # fmt: skip
    for table in ("volym-2024", "personal-2024", "drift-2024"):  # what stands elsewhere is told
        assert re.search(r"motsägelse\w* står (på|hos)", real().budgetar[table].anmärkning)


def test_a_question_stands_once_on_the_list_of_contradictions() -> None:
    questions = [m.fråga for _, m in contradictions(Site(real(), Settings(DAY)))]
    assert len(questions) > 40
    assert [q for q in questions if questions.count(q) > 1] == []


def test_no_two_exceptions_have_the_same_title() -> None:
    titles = [undantag.titel for undantag in real().undantag.values()]
    assert len(set(titles)) == len(titles) > 30
