"""The year of work: when, whose, and what a month holds."""

from __future__ import annotations

from datetime import date

import pytest

from ska.check import check
from ska.derived import arbetsar
from ska.derived.arbetsar import Arbete, Rapport
from ska.model import Plan
from ska.ting import Månad, Ting
from tests.helpers import laid_over, site_text

WHEEL = "plan/arshjul.yml"


def plan_of(*changes: tuple[str, str], path: str = WHEEL, name: str = "full") -> Plan:
    """Build a whole plan after replacing pieces of one of its files."""
    text = site_text(name, path)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    plan = check(laid_over({path: text}, name), date(2027, 3, 1)).plan
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of()


def ids(things: tuple[Ting, ...]) -> list[str]:
    return [thing.id for thing in things]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("verksamhetsberattelse", Arbete(Månad(2026, 12), Månad(2027, 1), hela=False)),
        ("redovisning-avvikelser", Arbete(Månad(2026, 1), Månad(2026, 12), hela=True)),
        ("ekonomi", Arbete(Månad(2027, 1), Månad(2027, 12), hela=True)),
    ],
)
def test_work_is_done_in_its_months_or_all_through_a_year(
    id: str, expected: Arbete, plan: Plan
) -> None:
    assert arbetsar.arbete(plan, plan.aktiviteter[id]) == expected


def test_work_over_new_year_has_every_month_in_between(plan: Plan) -> None:
    work = arbetsar.arbete(plan, plan.aktiviteter["verksamhetsberattelse"])
    assert work
    assert work.månader() == (Månad(2026, 12), Månad(2027, 1))
    assert work.omfattar(Månad(2027, 1))
    assert not work.omfattar(Månad(2027, 2))
    assert not work.omfattar(Månad(2027, 12))
    long = Arbete(Månad(2025, 11), Månad(2027, 2), hela=False).månader()
    assert len(long) == 16
    assert len(set(long)) == 16


def test_work_that_no_source_dates_has_no_months() -> None:
    plan = plan_of(
        ("      typ: period\n      från: 2027-03\n      till: 2027-05", "      typ: ej_angivet")
    )
    activity = plan.aktiviteter["egenkontroll-var"]
    assert arbetsar.arbete(plan, activity) is None
    found = arbetsar.månadsläge(plan, [activity], Månad(2027, 4))
    assert found.pågår == found.återkommer == ()
    assert found.kommer == (activity,)


def test_a_report_has_the_meetings_of_its_month(plan: Plan) -> None:
    (report,) = arbetsar.rapporter(plan, plan.aktiviteter["egenkontroll-var"])
    parts = ("daglig-verksamhet", "hemtjanst", "sarskilt-boende")
    assert report == Rapport(Månad(2027, 6), (date(2027, 6, 16),), parts)


def test_every_meeting_means_its_months_but_for_those_with_months_of_their_own(plan: Plan) -> None:
    reports = arbetsar.rapporter(plan, plan.aktiviteter["ekonomi"])
    months = {report.månad.månad for report in reports if "hemtjanst" in report.verksamheter}
    own = {report.månad.månad for report in reports if "daglig-verksamhet" in report.verksamheter}
    assert months == {1, 2, 3, 4, 5, 6, 9, 10, 11, 12}
    assert own == {3, 6, 10}
    assert all(len(report.dagar) == 1 for report in reports)


def test_where_no_meeting_is_stated_only_the_own_months_are_known() -> None:
    text = site_text("full", WHEEL)
    meetings = text[text.index("sammanträden:") : text.index("källor:")]
    plan = plan_of((meetings, "sammanträden: ej_angivet\n"))
    reports = arbetsar.rapporter(plan, plan.aktiviteter["ekonomi"])
    assert [report.månad.månad for report in reports] == [3, 6, 10]
    assert {report.dagar for report in reports} == {()}
    assert arbetsar.rapporter(plan, plan.aktiviteter["namndbesok-rapport"]) == ()


def test_the_year_is_ordered_by_report_and_numbered(plan: Plan) -> None:
    order = arbetsar.i_ordning(plan)
    months = [a.rapporteras.månad for a in order]
    dated = [month for month in months if month]
    assert dated == sorted(dated)
    assert months[-2:] == [None, None]
    assert list(arbetsar.nummer(plan).values()) == list(range(1, len(order) + 1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 1, 1), "inom"),
        (date(2027, 12, 31), "inom"),
        (date(2028, 1, 1), "efter"),
        (date(2026, 12, 31), "före"),
    ],
)
def test_a_day_lies_in_the_period_or_outside(day: date, expected: str, plan: Plan) -> None:
    assert arbetsar.tidsläge(plan, day) == expected


def test_a_period_may_be_longer_than_the_wheel_s_year() -> None:
    long = plan_of(("gäller_till: 2027-12-31", "gäller_till: 2028-12-31"), path="plan/plan.yml")
    assert arbetsar.tidsläge(long, date(2028, 5, 1)) == "annat_år"
    assert arbetsar.tidsläge(long, date(2029, 5, 1)) == "efter"


def test_a_month_says_what_is_due_what_goes_on_and_what_comes(plan: Plan) -> None:
    found = arbetsar.månadsläge(plan, arbetsar.i_ordning(plan), Månad(2027, 5))
    assert ids(found.rapporteras) == ["delarsrapport-april", "ekonomi"]
    assert ids(found.pågår) == ["brukarundersokning-var", "egenkontroll-var"]
    assert ids(found.återkommer) == ["namndbesok-rapport"]
    assert found.nästa == Månad(2027, 6)
    assert ids(found.kommer) == ["brukarundersokning-var", "egenkontroll-var", "ekonomi"]
    assert found.börjar == ()


def test_a_month_says_what_begins_next(plan: Plan) -> None:
    dated = [a for a in arbetsar.i_ordning(plan) if a.rapporteras.månad]
    found = arbetsar.månadsläge(plan, dated, Månad(2027, 7))
    assert found.rapporteras == found.pågår == ()
    assert found.nästa == Månad(2027, 9)
    assert ids(found.kommer) == ["delarsrapport-augusti"]
    assert ids(found.börjar) == ["riskanalys"]


def test_after_december_nothing_comes(plan: Plan) -> None:
    found = arbetsar.månadsläge(plan, arbetsar.i_ordning(plan), Månad(2027, 12))
    assert "egenkontroll-host" in ids(found.rapporteras)
    assert (found.nästa, found.kommer, found.börjar) == (None, (), ())


def test_a_role_has_what_it_answers_for(plan: Plan) -> None:
    mine = arbetsar.urval(plan, plan.roller["ekonomichef"])
    assert ids(mine) == [
        "verksamhetsberattelse", "delarsrapport-april", "delarsrapport-augusti", "ekonomi"
    ]  # fmt: skip
    assert arbetsar.urval(plan, plan.roller["enhetschef"]) == ()


def test_a_part_of_the_organisation_has_what_concerns_it(plan: Plan) -> None:
    day = ids(arbetsar.urval(plan, plan.verksamheter["daglig-verksamhet"]))
    assert "brukarundersokning-var" in day
    assert "brukarundersokning-host" not in day
    assert len(day) == len(plan.aktiviteter) - 1
    assert arbetsar.urval(plan, plan.nämnder["omsorgsnamnden"]) == arbetsar.i_ordning(plan)


def test_a_sub_plan_has_what_its_methods_are_for_and_a_unit_also_what_has_no_method(
    plan: Plan,
) -> None:
    part = plan.delplaner["funktionsstod"]
    unit = plan.enheter["kvarnen"]
    narrow = set(ids(arbetsar.urval(plan, part)))
    wide = set(ids(arbetsar.urval(plan, unit)))
    assert {tuple(plan.aktiviteter[id].metoder) for id in wide - narrow} == {()}
    assert narrow < wide
    assert "brukarundersokning-host" not in wide
    for id in narrow:
        assert set(plan.aktiviteter[id].metoder) & set(part.metoder)
