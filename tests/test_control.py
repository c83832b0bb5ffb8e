"""Internal control, deviations and the older plan: what their pages say and what the data holds."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from ska.check import check
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.reading import schema
from ska.render import tree
from ska.render.gemensamt import Settings, Site
from ska.render.lists import luckor
from ska.render.page import Page
from ska.render.systemet import matris
from tests.helpers import site

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 6, 1)


def rendered(files: Tree) -> tuple[Plan, dict[str, Page]]:
    plan = check(files, DAY).plan
    assert plan is not None
    bodies = schema.bodies_of(schema.load(files.schemas))
    return plan, dict(tree.pages(plan, bodies, Settings(DAY)))


@cache
def real() -> tuple[Plan, dict[str, Page]]:
    return rendered(read_tree(ROOT))


@cache
def full() -> tuple[Plan, dict[str, Page]]:
    return rendered(site("full"))


@cache
def older() -> tuple[Plan, dict[str, Page]]:
    return rendered(site("handlingsplan-2018"))


def text(page: Page) -> str:
    """Return what one reads on a page, with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.body))


# Internal control


def test_risks_stand_in_the_square_of_their_values() -> None:
    plan = full()[0]
    risks = list(plan.risker.values())
    rows = matris(risks)
    assert [konsekvens for konsekvens, _ in rows] == [5, 4, 3, 2, 1]
    placed = {
        risk.id: (square.sannolikhet, konsekvens, square.riskvärde, number)
        for konsekvens, squares in rows
        for square in squares
        for number, risk in square.risker
    }
    assert placed == {
        risk.id: (risk.sannolikhet, risk.konsekvens, risk.riskvärde, number)
        for number, risk in enumerate(risks, 1)
        if risk.riskvärde != "ej_angivet"
    }
    assert len(placed) < len(risks)  # one isn't judged yet
    assert all(square.riskvärde == square.sannolikhet * k for k, row in rows for square in row)


def test_risks_without_values_make_no_matrix() -> None:
    plan, pages = real()
    assert matris(plan.risker.values()) == []
    body = pages["internkontroll/internkontroll-2024.md"].body
    assert "ska-matris" not in body
    assert "Otillåten påverkan" in body


def test_a_high_risk_is_said_in_words() -> None:
    body = full()[1]["internkontroll/internkontroll-2027.md"].body
    assert "16 (hög)" in body
    assert "12 (hög)" in body
    assert "4 (hög)" not in body
    assert body.count('class="ska-hog"') == 8  # 12 and more, of 25 squares


def test_the_answer_to_each_risk() -> None:
    words = text(full()[1]["internkontroll/internkontroll-2027.md"])
    assert "Medarbetare halkar 4 4 16 (hög) Godtas" in words
    assert "Bilar går sönder 2 2 4 Inget kontrollmoment" in words
    assert "Beslut kommer för sent 3 4 12 (hög) Tid till beslut" in words


def test_a_column_that_no_control_fills_is_said_once() -> None:
    without = text(real()[1]["internkontroll/internkontroll-2024.md"])
    assert (
        "Källorna säger inte hur kontrollerna görs, när de görs eller vem som gör dem." in without
    )
    with_all = text(full()[1]["internkontroll/internkontroll-2027.md"])
    assert "Källorna säger inte" not in with_all
    assert "Gå igenom tjugo ärenden." in with_all


def test_a_plan_whose_controls_are_unknown_says_so() -> None:
    body = text(real()[1]["internkontroll/internkontroll-2025.md"])
    assert "Källorna säger inte vilka kontrollmoment planen hade." in body
    assert "Antagen ej angivet" in body
    assert "Antagen november 2017, § 162" in text(
        real()[1]["internkontroll/internkontroll-2018.md"]
    )


def test_the_process_leads_through_the_wheel_to_the_report() -> None:
    plan = real()[0]
    steps = plan.internkontroller["internkontroll-2025"].process
    named = [id for step in steps for id in step.aktiviteter]
    about = {a.id for a in plan.aktiviteter.values() if "internkontroll" in a.metoder}
    assert set(named) == about
    assert steps[0].id == "riskanalys"
    assert steps[-1].id == "internkontrollrapport"


def test_the_twelve_controls_of_2024() -> None:
    plan = real()[0]
    controls = plan.inuti["internkontroll", "internkontroll-2024"]
    assert sum(thing.slag == "kontrollmoment" for thing in controls) == 12


# Deviations


def test_a_contradiction_in_a_count_is_on_both_pages() -> None:
    plan, pages = real()
    question = "Hur många noteringar fanns"
    assert question in text(pages["avvikelser/avvikelser-fut-2022.md"])
    assert question in text(pages["motsagelser/index.md"])
    found = luckor.contradictions(Site(plan, Settings(DAY)))
    inside = [m for thing, m in found if thing.id == "avvikelser-fut-2022"]
    assert len(inside) == 1


def test_each_count_has_a_row_and_only_told_ones_a_section() -> None:
    plan, pages = real()
    report = plan.avvikelser["avvikelser-2022"]
    body = pages["avvikelser/avvikelser-2022.md"].body
    table = body[: body.index("</table>")]
    for count in report.räkningar:
        assert count.titel in re.sub(r"<[^>]+>", "", table)
        told = bool(count.poster or count.text or count.motsägelser)
        assert (f"## {count.titel}" in body.replace("\\", "")) == told


def test_deviations_are_of_things_that_happened() -> None:
    counts = [c for report in real()[0].avvikelser.values() for c in report.räkningar]
    assert {count.handlar_om for count in counts} == {"händelser"}


# The older plan


def test_the_older_plan_says_that_its_period_is_read() -> None:
    plan, pages = older()
    assert plan.ram.periodens_grund
    assert "Varför perioden är den som står" in pages["planen/index.md"].body
    assert all(
        "perioden är vår läsning" in page.body for page in pages.values() if "Utgåva:" in page.body
    )
    assert "perioden är vår läsning" not in real()[1]["planen/index.md"].body


def test_work_without_a_report_says_so_in_the_wheel_s_table() -> None:
    plan, pages = older()
    table = pages["arshjul/index.md"].body.split("<tbody>")[1].split("</tbody>")[0]
    rows = {aktivitet.id: row for aktivitet in plan.aktiviteter.values()
            for row in table.split("</tr>") if f">{aktivitet.titel}</a>" in row}  # fmt: skip
    assert rows.keys() == plan.aktiviteter.keys()
    for id, row in rows.items():
        reported = re.search(r"</th> <td>\s*(.*?)\s*</td>", row, re.DOTALL)
        assert reported
        unknown = plan.aktiviteter[id].rapporteras.typ == "ej_angivet"
        assert (reported[1] == "Ej angivet") == unknown


def test_each_part_of_the_older_plan_is_accounted_for() -> None:
    """What has no counterpart in the newer plan stands in its register of what has ended."""
    old, new = older()[0], real()[0]
    ended = {(past.sakslag, past.sak) for past in new.upphörda.values()}
    kept = {thing.nyckel for thing in new.ting()}
    kinds = ("avdelning", "enhet", "verksamhet", "roll", "aktivitet", "delplan", "metod", "rutin")
    gone = {thing.nyckel for thing in old.ting() if thing.slag in kinds} - kept
    assert gone <= ended
    assert not ended & kept
