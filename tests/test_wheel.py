"""The wheel's geometry: nothing overlaps, and everything stands in its month."""

from __future__ import annotations

import re
from itertools import combinations
from math import atan2, degrees, hypot
from random import Random

import pytest

from ska.render.wheels.lanes import Insats
from ska.render.wheels.rings import SIZE, märke
from ska.render.wheels.wheel import Ritning, draw

MIDDLE = SIZE / 2


def made(count: int, seed: int) -> list[Insats]:
    """Make activities as unlike each other as a plan's may be, from a seed."""
    random = Random(f"{count}/{seed}")
    one_month = random.randrange(12) if seed % 3 == 2 else None
    found = []
    for number in range(1, count + 1):
        report = random.randrange(12) if one_month is None else one_month
        kind = random.random()
        if kind < 0.2:
            whole = Insats(
                f"a{number}", number, number % 3 + 1, hela=True,
                annat=frozenset(range(12)) if number % 2 else frozenset(),
                pinnar=(report,) if number % 2 else (),
                prickar=() if number % 2 else tuple(sorted(random.sample(range(12), 4))),
            )  # fmt: skip
            found.append(whole)
            continue
        first, length = random.randrange(12), random.randrange(1, 12 if seed % 2 else 4)
        months = [first + n for n in range(length)]
        found.append(Insats(
            f"a{number}", number, number % 3 + 1,
            månader=frozenset(m - 12 for m in months if m > 11) or frozenset(months),
            annat=frozenset(m for m in months if m < 12) if months[-1] > 11 else frozenset(),
            pinnar=(report,),
        ))  # fmt: skip
    return found


def clock(x: float, y: float) -> float:
    """Return the month, with decimals, that a point lies in."""
    return (degrees(atan2(x - MIDDLE, MIDDLE - y)) % 360) / 30


def overlapping(drawing: Ritning) -> list[tuple[str, str]]:
    return [
        (a.text, b.text) for a, b in combinations(drawing.märken, 2) if a.ruta.möter(b.ruta)
    ]  # fmt: skip


@pytest.mark.parametrize("count", range(1, 61))
def test_no_two_numbers_overlap(count: int) -> None:
    for seed in range(2):
        drawing = draw(made(count, seed))
        assert overlapping(drawing) == []
        assert len(drawing.ritade) == count


def test_not_even_when_all_is_reported_in_one_month() -> None:
    activities = made(60, 2)
    assert len({month for a in activities for month in a.pinnar}) == 1
    assert overlapping(draw(activities)) == []


def test_not_even_when_all_is_done_all_year() -> None:
    whole = [Insats(f"a{n}", n, 1, hela=True) for n in range(1, 61)]
    assert overlapping(draw(whole)) == []
    same = [Insats(f"a{n}", n, 1, månader=frozenset({2}), pinnar=(3,)) for n in range(1, 61)]
    assert overlapping(draw(same)) == []


def test_there_is_no_number_of_activities_that_cannot_be_drawn() -> None:
    assert overlapping(draw([Insats(f"a{n}", n, 1, hela=True) for n in range(1, 201)])) == []
    assert overlapping(draw(made(200, 1))) == []


def test_boxes_that_overlap_are_seen_to() -> None:
    """What the tests above rest on."""
    drawing = draw(made(13, 0))
    first = drawing.märken[0]
    assert overlapping(
        Ritning(
            drawing.fält,
            (),
            0,
            (first, märke(first.text, first.x + first.höjd / 2, first.y, first.höjd)),
        )
    )


@pytest.mark.parametrize("count", [1, 13, 60])
def test_everything_lies_inside_the_drawing_and_outside_the_middle(count: int) -> None:
    for seed in range(3):
        drawing = draw(made(count, seed))
        for mark in drawing.märken:
            assert 0 < mark.ruta.x0 < mark.ruta.x1 < SIZE
            assert 0 < mark.ruta.y0 < mark.ruta.y1 < SIZE
            assert hypot(mark.x - MIDDLE, mark.y - MIDDLE) > drawing.mitt


@pytest.mark.parametrize("count", [1, 13, 60])
def test_a_peg_stands_in_its_month_and_touches_no_other(count: int) -> None:
    drawing = draw(made(count, 0))
    pegs = [peg for one in drawing.ritade for peg, _ in one.pinnar]
    for a, b in combinations(pegs, 2):
        assert hypot(a.x - b.x, a.y - b.y) >= a.r + b.r
    for one in drawing.ritade:
        assert [int(clock(peg.x, peg.y)) for peg, _ in one.pinnar] == list(one.insats.pinnar)
        assert [int(clock(x, y)) for x, y, _ in one.prickar] == list(one.insats.prickar)


def months_of(d: str) -> set[int]:
    """Read the months back from a band's outline: its first point, and where its arc ends."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", d)]
    first, last = clock(*numbers[:2]), clock(*numbers[7:9])
    if "a" in d:  # a whole circle is written from where it began
        return set(range(12))
    return set(range(int(first), int(last if last > first else last + 12) + 1))


def test_a_band_covers_the_months_of_the_work() -> None:
    for one in draw(made(60, 1)).ritade:
        this = {m for band in one.band if not band.annat_år for m in months_of(band.d)}
        other = {m for band in one.band if band.annat_år for m in months_of(band.d)}
        if one.insats.hela:
            assert this | other == set(range(12))
            assert bool(other) == bool(one.insats.annat)
        else:
            assert this == one.insats.månader
            assert other == one.insats.annat - one.insats.månader


def test_bands_share_a_lane_only_where_their_months_differ() -> None:
    drawing = draw(made(40, 0))
    lanes: dict[float, list[frozenset[int]]] = {}
    for one in drawing.ritade:
        if not one.insats.hela:
            radius = hypot(one.nummer.x - MIDDLE, one.nummer.y - MIDDLE)
            lanes.setdefault(round(radius), []).append(one.insats.månader | one.insats.annat)
    for found in lanes.values():
        assert sum(map(len, found)) == len(frozenset().union(*found))
    busiest = max(sum(m in lane for found in lanes.values() for lane in found) for m in range(12))
    assert busiest <= len(lanes) < 2 * busiest


def test_few_activities_are_drawn_larger_than_many() -> None:
    few, many = draw(made(13, 1)), draw(made(60, 1))
    assert few.märken[0].höjd > many.märken[0].höjd > 6
    assert few.märken[0].höjd > 15


def test_what_is_partly_unknown_is_drawn_as_far_as_it_is_known() -> None:
    reported = Insats("a", 1, 1, pinnar=(4,))
    dotted = Insats("b", 2, 1, prickar=(1, 7))
    drawing = draw([reported, dotted, Insats("c", 3, 1)])
    first, second = drawing.ritade
    assert (first.band, first.nummer, len(first.pinnar)) == ((), None, 1)
    assert (second.band, len(second.prickar)) == ((), 2)
    assert second.nummer
    assert overlapping(drawing) == []


def test_a_wheel_of_nothing_is_only_the_months() -> None:
    drawing = draw([])
    assert drawing.ritade == ()
    assert [month.nummer for month in drawing.månader] == list(range(1, 13))
    assert [month.vrid / 30 for month in drawing.månader] == [n + 0.5 for n in range(12)]
    assert [month.nummer for month in drawing.månader if month.nere] == [4, 5, 6, 7, 8, 9]


def test_the_same_activities_give_the_same_drawing() -> None:
    assert draw(made(30, 0)) == draw(made(30, 0))
