"""Bars in tables: how long they are, and what is set beside what."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.check import check
from ska.model import Plan
from ska.render.diagrams.staplar import Skala, förklaring, skala, skalor, stapel, över_åren
from tests.helpers import TODAY, Files, laid_over, site_text
from tests.helpers import site as whole

NUMBERS = st.decimals(-(10**7), 10**7, places=1)


def full(files: Files | None = None) -> Plan:
    plan = check(laid_over(files or {}, "full"), TODAY).plan
    assert plan
    return plan


def span(bar: str) -> tuple[float, float]:
    """Return where a bar begins and ends, of a hundred."""
    if line := re.search(r'<line x1="([\d.]+)%" x2="([\d.]+)%"/>', bar):
        return float(line[1]), float(line[2])
    found = re.search(r'<rect x="([\d.]+)%" width="([\d.]+)%" height', bar)
    assert found, bar
    return float(found[1]), float(found[1]) + float(found[2])


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_a_bar_is_as_long_as_its_number_and_inside_its_cell(numbers: list[Decimal]) -> None:
    scale = skala(numbers)
    zero = float(-scale.lägst * 100 / (scale.högst - scale.lägst)) if any(numbers) else 0.0
    for number in numbers:
        bar = stapel(number, scale)
        if not number:
            assert not bar
            continue
        begin, end = span(bar)
        share = abs(float(number)) * 100 / float(scale.högst - scale.lägst)
        assert end - begin == pytest.approx(share, abs=0.06)
        assert (begin if number > 0 else end) == pytest.approx(zero, abs=0.11)
        assert -0.06 <= begin <= end <= 100.11


def test_below_nought_is_told_apart_without_colour() -> None:
    scale = Skala(Decimal(-50), Decimal(50))
    assert "<line" in stapel(25, scale)
    assert "<rect" in stapel(-25, scale)
    assert all('aria-hidden="true"' in stapel(n, scale) for n in (25, -25))


@pytest.mark.parametrize("nothing", [None, 0, Decimal("0.0")])
def test_nothing_has_no_bar(nothing: Decimal | int | None) -> None:
    assert stapel(nothing, Skala(Decimal(0), Decimal(5))) == ""
    assert stapel(nothing, skala([])) == ""
    assert stapel(3, skala([])) == ""


def test_money_shares_a_scale_and_totals_have_none() -> None:
    scales = skalor(full().budgetar["drift-2027"])
    assert set(scales) == {"hemtjanst", "boende", "daglig", "intakter"}
    assert set(scales.values()) == {Skala(Decimal(-198000), Decimal(44500))}


@pytest.mark.parametrize(
    "field", ["ingår_i: boende", "räknas_i: procent", "delar: [boende]", "andra_delar: [boende]"]
)
def test_what_can_t_be_added_to_the_others_has_no_bar(field: str) -> None:
    path = "plan/budget/drift-2027.yml"
    text = site_text("full", path)
    assert "titel: Hemtjänst\n" in text
    changed = text.replace("titel: Hemtjänst\n", f"titel: Hemtjänst\n    {field}\n")
    assert "hemtjanst" not in skalor(full({path: changed}).budgetar["drift-2027"])


def test_volumes_count_different_things_so_each_row_has_its_own_scale() -> None:
    scales = skalor(full().budgetar["volym-2027"])
    assert scales["platser"] == Skala(Decimal(0), Decimal(164))
    assert scales["hemtjanst-alla"] == Skala(Decimal(0), Decimal(1230))


def test_a_lone_number_is_compared_with_nothing() -> None:
    path = "plan/budget/volym-2027.yml"
    text = re.sub(r"tal: 1[26]\d\b", "tillstånd: tomt", site_text("full", path), count=3)
    text = text.replace("        tillstånd: preliminärt\n", "")
    rows = {rad.id: rad for rad in full({path: text}).budgetar["volym-2027"].rader}
    assert [cell.tal for cell in rows["platser"].värden] == [None, None, None, 164]
    assert "platser" not in skalor(full({path: text}).budgetar["volym-2027"])


def test_the_reader_learns_what_the_bars_compare() -> None:
    budgets = full().budgetar
    assert "samma skala i hela tabellen" in förklaring(budgets["drift-2027"])
    assert "Varje rad har sin egen skala" in förklaring(budgets["volym-2027"])


def years(plan: Plan, report: str, count: str) -> list[tuple[int, int]]:
    thing = plan.avvikelser[report]
    (räkning,) = [r for r in thing.räkningar if r.id == count]
    return [(a.år, a.antal) for a in över_åren(plan, thing, räkning)]


def test_the_years_of_a_count_come_from_its_reports() -> None:
    plan = full()
    assert years(plan, "avvikelser-2026", "avvikelser") == [(2024, 244), (2025, 230), (2026, 212)]
    assert years(plan, "avvikelser-2025", "avvikelser") == [(2024, 244), (2025, 230)]
    assert years(plan, "avvikelser-2025", "avvikelser-norr") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("räknar: avvikelser", "räknar: noteringar"),
        ("handlar_om: händelser", "handlar_om: personer"),
        ("gäller: [hemtjanst-norr]", "gäller: [hemtjanst-soder]"),
        ("id: avvikelser-norr", "id: annat"),
    ],
)
def test_what_is_counted_otherwise_is_not_set_beside(old: str, new: str) -> None:
    path = "plan/avvikelser/avvikelser-2025.yml"
    head, _, tail = site_text("full", path).partition("  - id: avvikelser-norr")
    changed = head + ("  - id: avvikelser-norr" + tail).replace(old, new, 1)
    assert years(full(), "avvikelser-2026", "avvikelser-norr") == [(2025, 66), (2026, 60)]
    later = {"plan/avvikelser/avvikelser-2026.yml": without_year_before()}
    assert years(full(later), "avvikelser-2026", "avvikelser-norr") == [(2025, 66), (2026, 60)]
    before = full({path: changed, **later})
    assert years(before, "avvikelser-2026", "avvikelser-norr") == []


def without_year_before() -> str:
    """Return the later report without what it says itself of the year before."""
    text = whole("full").plan["plan/avvikelser/avvikelser-2026.yml"].decode()
    return re.sub(r"året_före: \d+", "året_före: ej_angivet", text)
