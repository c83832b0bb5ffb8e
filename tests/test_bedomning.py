"""Is a target reached: what is compared with what, and what can't be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.derived.bedomning import Bedömning, bedömningar, läge, slut
from ska.reading.yaml_source import Document
from ska.ting import Indikator, Period, Spår, Värde

SPÅR = Spår(Document("plan/mal/x.yml", {}, {}, {}, {}), ())


def period(år: int, typ: str = "helår", **more: Any) -> Period:
    return Period(spår=SPÅR, typ=typ, år=år, **more)


def värde(typ: str, år: int | Period, tal: object = None, **more: Any) -> Värde:
    when = period(år) if isinstance(år, int) else år
    number = None if tal is None else Decimal(str(tal))
    return Värde(spår=SPÅR, typ=typ, period=when, tal=number, **more)


def utfall(år: int | Period, tal: object = None, **more: Any) -> Värde:
    return värde("utfall", år, tal, **more)


def mål(år: int | Period, tal: object = None, **more: Any) -> Värde:
    return värde("mål", år, tal, **more)


def indikator(*värden: Värde, riktning: str = "högre", **more: Any) -> Indikator:
    return Indikator(
        spår=SPÅR, id="x", titel="X", mäts_i="procent", helhet="medelvärde",
        riktning=riktning, värden=värden, **more,
    )  # fmt: skip


def judged(*värden: Värde, riktning: str = "högre") -> Bedömning:
    (only,) = bedömningar(indikator(*värden, riktning=riktning))
    return only


RELATIONS = [
    # relation, target, the outcome just on the good side, the one just on the other
    ("minst", 90, "90", "89.9"),
    ("högst", 90, "90", "90.1"),
    ("över", 90, "90.1", "90"),
    ("under", 90, "89.9", "90"),
    ("ökar", None, "80.1", "80"),
    ("minskar", None, "79.9", "80"),
    ("ej_öka", None, "80", "80.1"),
]


@pytest.mark.parametrize(("relation", "target", "good", "bad"), RELATIONS)
def test_a_relation_is_judged_at_its_edge(
    relation: str, target: int | None, good: str, bad: str
) -> None:
    goal = mål(2025, target, relation=relation)
    before = utfall(2024, 80)
    assert judged(before, utfall(2025, good), goal).läge == "når"
    assert judged(before, utfall(2025, bad), goal).läge == "når_inte"


@pytest.mark.parametrize(
    ("riktning", "reached"),
    [
        ("högre", {"90", "91"}),
        ("lägre", {"90", "89"}),
        ("oförändrat", {"90", "90.0"}),
        ("ej_angivet", set()),
    ],
)
def test_equal_is_judged_by_the_direction(riktning: str, reached: set[str]) -> None:
    for tal in ("89", "90", "90.0", "91"):
        found = judged(utfall(2025, tal), mål(2025, 90), riktning=riktning)
        if riktning == "ej_angivet":
            assert (found.läge, found.skäl) == ("oklart", "riktning_saknas")
        else:
            good = tal in reached or Decimal(tal) == Decimal(90)
            assert found.läge == ("når" if good else "når_inte"), tal


UNCLEAR = [
    ("inga_värden", [utfall(2025, tillstånd="ingen_uppgift")]),
    ("inga_värden", [mål(2025, tillstånd="tomt")]),
    ("inget_mål", [utfall(2025, 80)]),
    ("inget_mål", [utfall(2025, 80), mål(2025, tillstånd="tas_fram")]),
    ("inget_utfall", [mål(2025, 80)]),
    ("inget_utfall", [utfall(2025, tillstånd="basvärde_saknas"), mål(2025, 80)]),
    ("olika_perioder", [utfall(2024, 80), mål(2025, 80)]),
    (
        "olika_perioder",
        [utfall(period(2025, "till_och_med", månad="augusti"), 80), mål(2025, 80)],
    ),
    (
        "olika_perioder",
        [
            utfall(period(2025, "per_dag", dag=date(2025, 6, 30)), 80),
            mål(period(2025, "per_dag", dag=date(2025, 12, 31)), 80),
        ],
    ),
    ("preliminärt", [utfall(2025, 80, tillstånd="preliminärt"), mål(2025, 80)]),
    ("inget_före", [utfall(2025, 80), mål(2025, relation="ökar")]),
    ("inget_före", [utfall(2025, 79), utfall(2025, 80), mål(2025, relation="ökar")]),
    ("inget_tal", [utfall(2025, 80), mål(2025, relation="stabiliseras")]),
    ("inget_tal", [utfall(2025, 80), mål(2025, relation="inga_skillnader")]),
    ("inget_tal", [utfall(2025, 80), mål(2025, relation="minst")]),
]


@pytest.mark.parametrize(("why", "values"), UNCLEAR)
def test_what_can_t_be_judged_says_why(why: str, values: list[Värde]) -> None:
    found = judged(*values)
    assert (found.läge, found.skäl) == ("oklart", why)


def test_a_month_that_no_source_gives_equals_no_other() -> None:
    unknown = period(2025, "till_och_med", månad="ej_angivet")
    assert judged(utfall(unknown, 80), mål(unknown, 80)).skäl == "olika_perioder"


def test_a_change_is_counted_from_an_equal_period_of_an_earlier_year() -> None:
    august = [period(år, "till_och_med", månad="augusti") for år in (2023, 2025)]
    values = [utfall(august[0], 70), utfall(2024, 90), utfall(august[1], 80)]
    assert judged(*values, mål(august[1], relation="ökar")).läge == "når"


def test_the_latest_outcome_with_a_target_counts() -> None:
    values = [utfall(2023, 95), mål(2023, 90), utfall(2024, 85), mål(2024, 90), utfall(2025, 95)]
    found = judged(*values, mål(2027, 96), mål(2028, 97))
    assert found.läge == "når_inte"
    assert found.utfall == values[2]
    assert found.nummer == 2
    assert found.mål == values[3]
    assert [target.tal for target in found.nästa] == [96]


def test_a_lower_and_an_upper_limit_must_both_be_kept() -> None:
    limits = (mål(2025, 10, relation="minst"), mål(2025, 20, relation="högst"))
    assert judged(utfall(2025, 15), *limits, riktning="oförändrat").läge == "når"
    for tal in (9, 21):
        found = judged(utfall(2025, tal), *limits, riktning="oförändrat")
        assert found.läge == "når_inte"
        assert found.mål in limits
    half = (limits[0], mål(2025, relation="stabiliseras"))
    assert judged(utfall(2025, 15), *half).läge == "oklart"
    assert judged(utfall(2025, 9), *half).läge == "når_inte"


def test_each_group_is_judged_by_itself_and_summed_up() -> None:
    men = {"indelning": "kön", "grupp": "män"}
    women = {"indelning": "kön", "grupp": "kvinnor"}
    reached = [utfall(2025, 95), mål(2025, 90)]
    missed = [utfall(2025, 80, **men), mål(2025, 90, **men)]
    unknown = [utfall(2025, 80, **women)]
    for values, expected in [
        (reached, "når"),
        (missed, "når_inte"),
        (reached + missed, "delvis"),
        (reached + unknown, "når"),
        (unknown, "oklart"),
        ([], "oklart"),
    ]:
        assert läge(bedömningar(indikator(*values))) == expected


PERIODS = st.one_of(
    st.integers(2020, 2026).map(period),
    st.builds(
        lambda år, månad: period(år, "till_och_med", månad=månad),
        st.integers(2020, 2026),
        st.sampled_from(["april", "augusti", "ej_angivet"]),
    ),
)
VALUES = st.builds(
    värde,
    st.sampled_from(["utfall", "mål"]),
    PERIODS,
    st.one_of(st.none(), st.integers(-50, 50)),
    relation=st.sampled_from(
        ["lika", "minst", "högst", "över", "under", "ökar", "minskar", "ej_öka", "stabiliseras"]
    ),
    tillstånd=st.sampled_from(["angivet", "preliminärt", "ingen_uppgift", "tomt"]),
    grupp=st.sampled_from([None, "kvinnor", "män"]),
)


@pytest.mark.no_cover
@given(st.lists(VALUES, max_size=12), st.sampled_from(["högre", "lägre", "oförändrat"]))
def test_whatever_the_values_only_equal_periods_of_a_group_are_compared(
    values: list[Värde], riktning: str
) -> None:
    thing = indikator(*values, riktning=riktning)
    for found in bedömningar(thing):
        assert (found.läge == "oklart") == (found.skäl is not None)
        if found.läge != "oklart":
            assert found.utfall is not None
            assert found.mål is not None
            assert found.nummer is not None
            assert thing.värden[found.nummer] is found.utfall
            assert found.utfall.period == found.mål.period
            assert found.utfall.grupp == found.mål.grupp == found.grupp.grupp
            assert found.utfall.tillstånd == "angivet"
        for later in found.nästa:
            assert found.utfall is None or slut(later.period) > slut(found.utfall.period)


@pytest.mark.no_cover
@given(st.lists(VALUES, max_size=8, unique_by=lambda v: (v.typ, v.period, v.grupp)), st.randoms())
def test_the_order_in_the_file_doesn_t_matter(values: list[Värde], random: Any) -> None:
    turned = values[:]
    random.shuffle(turned)

    def said(some: list[Värde]) -> list[Bedömning]:
        found = [replace(b, nummer=None) for b in bedömningar(indikator(*some))]
        return sorted(found, key=lambda b: repr(b.grupp))

    assert said(values) == said(turned)
