"""Charts: every value is drawn once, nothing touches anything, and text stays text."""

from __future__ import annotations

import os
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska import matt
from ska.check import check
from ska.model import Plan
from ska.render.diagrams.charts import svg
from ska.render.diagrams.diagram import Diagram, Linje, Punkt
from ska.render.diagrams.indikatorbild import bild
from ska.render.diagrams.placering import WIDTH, från_noll, placera
from ska.render.indikatorer import delar
from ska.ting import Indikator, Värde
from tests.helpers import TODAY, site
from tests.test_bedomning import VALUES, indikator, mål, utfall

GOLDEN = Path(__file__).resolve().parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"

NUMBERS = st.one_of(
    st.integers(-3, 3).map(float),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.floats(80, 81, allow_nan=False),
)
TEXTS = st.sampled_from(["9", "81,1", "≥ 90", "(1 363)", "−1 234 567,5", "≤ 0,05"])
NAMES = st.sampled_from(["alla", "IAF: kvinnor", "förvaltningsexterna", "x" * 70, "en lång " * 12])


def points(columns: int) -> st.SearchStrategy[Punkt]:
    return st.builds(
        Punkt, st.sampled_from(["utfall", "mål"]), st.integers(0, columns - 1), NUMBERS, TEXTS,
        st.sampled_from(["a", "b"]),
    )  # fmt: skip


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    columns = draw(st.integers(1, 10))
    lines = st.builds(Linje, NAMES, st.lists(points(columns), min_size=1, max_size=8).map(tuple))
    panels = st.lists(st.lists(lines, min_size=1, max_size=5).map(tuple), min_size=1, max_size=4)
    names = st.sampled_from([("2024",), ("2023", "jan–aug"), ("…",)])
    return Diagram(
        "Titel", "Beskrivning", tuple(draw(names) for _ in range(columns)),
        tuple(draw(panels)), draw(st.booleans()),
    )  # fmt: skip


def values(diagram: Diagram) -> list[Punkt]:
    return [p for panel in diagram.paneler for line in panel for p in line.punkter]


@given(diagrams())
def test_no_number_touches_another_or_a_mark(diagram: Diagram) -> None:
    for panel in placera(diagram).paneler:
        for one, other in combinations(panel.märken, 2):
            assert not one.tal_låda.rör(other.tal_låda), (one, other)
            assert not one.tal_låda.rör(other.låda), (one, other)
            assert not other.tal_låda.rör(one.låda), (one, other)
        for mark in panel.märken:
            assert not mark.tal_låda.rör(mark.låda)


@given(diagrams())
def test_everything_is_inside_the_picture_and_each_value_is_in_it_once(diagram: Diagram) -> None:
    picture = placera(diagram)
    assert picture.bredd >= WIDTH
    drawn = Counter((mark.typ, mark.tal.text) for panel in picture.paneler for mark in panel.märken)
    assert drawn == Counter((p.typ, p.text) for p in values(diagram))
    below = 0.0
    for panel in picture.paneler:
        assert panel.topp >= below
        for mark in panel.märken:
            for box in (mark.låda, mark.tal_låda):
                assert box.x >= 0
                assert box.x + box.bredd <= picture.bredd
                assert panel.topp <= mark.tal_låda.y
                assert mark.tal_låda.y + mark.tal_låda.höjd <= panel.botten
        for text in panel.kolumner:
            assert panel.botten < text.y <= picture.höjd
            below = max(below, text.y)
        for x, y, _, _ in panel.namn:
            assert 0 <= x <= picture.bredd
            assert y < panel.topp


@given(st.lists(st.tuples(st.integers(0, 3), NUMBERS), min_size=1, max_size=12), st.booleans())
def test_higher_is_higher_in_every_panel(numbers: list[tuple[int, float]], split: bool) -> None:
    made = [Punkt("utfall", column, value, str(n)) for n, (column, value) in enumerate(numbers)]
    lines = [Linje("a", tuple(made[::2])), Linje("b", tuple(made[1::2]))] if len(made) > 1 else []
    panels = ((lines[0],), (lines[1],)) if lines and split else ((Linje("a", tuple(made)),),)
    columns = tuple((str(n),) for n in range(4))
    heights: dict[int, float] = {}
    for panel in placera(Diagram("t", "b", columns, panels)).paneler:
        for mark in panel.märken:
            heights[int(mark.tal.text)] = mark.y
        found = [(made[int(m.tal.text)].värde, -m.y) for m in panel.märken]
        for one, other in combinations(found, 2):
            assert (one[0] - other[0]) * (one[1] - other[1]) >= 0
    assert len(heights) == len(made)


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


@given(diagrams())
def test_the_svg_is_whole_and_holds_nothing_that_runs_or_is_fetched(diagram: Diagram) -> None:
    text = svg(diagram, "d")
    assert svg(diagram, "d") == text
    root = parsed(text)
    assert root.get("role") == "img"
    labels = str(root.get("aria-labelledby")).split()
    found = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert [found[label] for label in labels] == ["Titel", "Beskrivning"]
    assert len(found) == len(labels)
    numbers = [t.text for g in root.iter(f"{SVG}g") if g.get("class") == "ska-tal" for t in g]
    assert sorted(map(str, numbers)) == sorted(p.text for p in values(diagram))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "g", "path", "circle", "text",
    }  # fmt: skip
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith(("on", "style", "href"))]
    assert "\n\n" not in text  # a blank line would end the block of HTML in Markdown
    assert not re.search(
        r"nan|inf|e[+-]\d", " ".join(d for p in root.iter() for d in p.attrib.values())
    )


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60))
def test_text_stays_text(text: str) -> None:
    point = Punkt("utfall", 0, 1.0, text)
    diagram = Diagram(text, text, ((text,),), ((Linje(text, (point,)),),))
    root = parsed(svg(diagram, "d"))
    (title,), (description,) = root.findall(f"{SVG}title"), root.findall(f"{SVG}desc")
    assert (title.text or "") == (description.text or "") == text
    (number,) = [t for g in root.iter(f"{SVG}g") if g.get("class") == "ska-tal" for t in g]
    assert (number.text or "") == text


def test_marks_of_groups_differ_in_shape() -> None:
    lines = tuple(Linje(name, (Punkt("utfall", 0, n, str(n)),)) for n, name in enumerate("abcd"))
    (panel,) = placera(Diagram("t", "b", (("2024",),), (lines,))).paneler
    assert len({mark.form for mark in panel.märken}) == len(lines)
    named = {name: shape for _, _, shape, name in panel.namn}
    assert [named[name] for name in "abcd"] == [mark.form for mark in panel.märken]


def test_only_comparable_values_are_joined() -> None:
    drawn = bild(
        indikator(
            utfall(2022, 70), utfall(2023, 72), mål(2024, 75), mål(2025, 80), utfall(2025, 71),
            utfall(2024, tillstånd="ingen_uppgift"),
        )
    )  # fmt: skip
    assert drawn
    (panel,) = placera(drawn.diagram).paneler
    assert Counter(typ for typ, *_ in panel.streck) == {"utfall": 2, "mål": 1}
    assert drawn.noter[-1] == "Ett värde är inget tal och står bara i tabellen."


def test_a_year_without_values_leaves_a_gap() -> None:
    one = bild(indikator(utfall(2020, 70), utfall(2022, 72)))
    several = bild(indikator(utfall(2015, 70), utfall(2022, 72)))
    assert one
    assert several
    assert one.diagram.kolumner == (("2020",), ("2021",), ("2022",))
    assert several.diagram.kolumner == (("2015",), ("…",), ("2022",))


@pytest.mark.parametrize(
    "few",
    [
        indikator(),
        indikator(utfall(2024, 70)),
        indikator(utfall(2024, 70), mål(2024, 80)),
        indikator(utfall(2024, 70), mål(2025, relation="ökar")),
    ],
)
def test_one_period_is_read_not_drawn(few: Indikator) -> None:
    assert bild(few) is None


@pytest.mark.parametrize(
    ("numbers", "expected"), [((0, 90), True), ((40, 90), True), ((81, 82), False), ((-5, 5), True)]
)
def test_a_scale_that_doesn_t_begin_at_nought_is_said(
    numbers: tuple[int, int], expected: bool
) -> None:
    drawn = bild(indikator(utfall(2023, numbers[0]), utfall(2024, numbers[1])))
    assert drawn
    assert från_noll(drawn.diagram) is expected
    assert ("Skalan börjar inte på noll." in drawn.noter) is not expected


@given(st.lists(VALUES, max_size=14))
def test_every_value_is_in_the_table_once_and_every_number_in_the_chart(some: list[Värde]) -> None:
    thing = indikator(*some)
    table = [v for part in delar(thing) for row in part.rader for v in (*row.utfall, *row.mål)]
    assert Counter(map(id, table)) == Counter(map(id, thing.värden))
    for part in delar(thing):
        for row in part.rader:
            assert {v.period for v in (*row.utfall, *row.mål)} == {row.period}
    numbers = [v for v in some if v.tal is not None]
    drawn = bild(thing)
    assert (drawn is None) == (len({v.period for v in numbers}) < 2)
    if drawn:
        assert len(values(drawn.diagram)) == len(numbers)
        assert placera(drawn.diagram)


# As they look


def full() -> Plan:
    plan = check(site("full"), TODAY).plan
    assert plan
    return plan


@pytest.mark.parametrize(
    "id", ["trygghet-hemtjanst", "vantetid", "deltagare", "sjukfranvaro", "kontinuitet"]
)
def test_a_chart_is_as_it_was_looked_at(id: str) -> None:
    """Renew with SKA_FORNYA=1, and look at what has changed before it is committed."""
    drawn = bild(full().indikatorer[id])
    assert drawn
    made = svg(drawn.diagram, id) + "\n"
    kept = GOLDEN / f"diagram-{id}.svg"
    if os.environ.get("SKA_FORNYA"):
        kept.write_text(made, encoding="utf-8", newline="\n")
    assert made == kept.read_text(encoding="utf-8")


def test_the_chart_says_what_the_table_says() -> None:
    for thing in full().indikatorer.values():
        drawn = bild(thing)
        if drawn is None:
            continue
        shown = Counter(p.text.strip("≥≤<> ()") for p in values(drawn.diagram))
        assert shown == Counter(matt.tal(v.tal) for v in thing.värden if v.tal is not None)
