"""Rules that hold a table of kinds, fields or months: every row of it counts, and no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ska.check import check
from ska.context import Context
from ska.files.tree import read_tree
from ska.model import SAMLINGAR, Hänvisning, Plan
from ska.rules import (
    forsvunnet_id,
    hanvisning_till_upphord,
    oanvand,
    roll_utan_arbete,
    rutin_utan_grund,
    sasong_mot_period,
)
from ska.rules._hjalp import Antal, gånger_om_året
from ska.ting import KINDS, Frekvens, Månad, Säsong
from ska.words import MÅNADER

TODAY = date(2026, 6, 1)
LIVE_ON = {
    "utgåva", "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll",
    "aktivitet", "delplan", "metod", "rutin", "begrepp", "målområde", "kommunmål", "mål",
    "indikator", "uppdrag", "krav",
}  # fmt: skip
NEED_USE = {
    "nämnd", "förvaltning", "verksamhet", "avdelning", "utförare", "roll", "metod", "källa",
    "målområde", "kommunmål",
}  # fmt: skip
WORK = {
    ("aktivitet", "ansvariga"), ("metod", "ansvariga"), ("metod", "deltar"),
    ("metod", "skillnader.ansvariga"), ("rutin", "ägare"), ("rutin", "steg.roll"),
    ("rutin", "steg.med"), ("kontrollmoment", "roll"),
}  # fmt: skip
SEASONS = {
    "vår": ("mars", "april", "maj"),
    "sommar": ("juni", "juli", "augusti"),
    "höst": ("september", "oktober", "november"),
    "vinter": ("december", "januari", "februari"),
}


@pytest.fixture(scope="module")
def full() -> Plan:
    """Return the plan that has things of every kind."""
    root = Path(__file__).parent / "sites" / "full"
    plan = check(read_tree(root), TODAY).plan
    assert plan is not None
    return plan


def things(plan: Plan, slag: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(plan, SAMLINGAR[slag])
    return found


def found_by(rule: Any, plan: Plan, earlier: tuple[Plan, ...] = ()) -> set[tuple[str, str]]:
    return {problem.thing for problem in rule.check(plan, Context(TODAY, earlier))}


@pytest.mark.parametrize("slag", [slag for slag in KINDS if slag not in ("plan", "undantag")])
def test_what_lives_on_may_not_disappear(full: Plan, slag: str) -> None:
    gone, *kept = things(full, slag)
    now = replace(full, **{SAMLINGAR[slag]: {id: things(full, slag)[id] for id in kept}})
    assert found_by(forsvunnet_id, now, (full,)) == ({(slag, gone)} if slag in LIVE_ON else set())


def test_what_lives_by_being_mentioned(full: Plan) -> None:
    unused = found_by(oanvand, replace(full, till={}))
    assert {slag for slag, _ in unused} == NEED_USE


def test_each_field_that_gives_a_role_work(full: Plan) -> None:
    roll = next(iter(full.roller.values()))
    fields = {(m.från.slag, m.fält) for m in full.hänvisningar if m.till.slag == "roll"}
    for slag, fält in fields | WORK | {("metod", "stödjer"), ("enhet", "roller")}:
        source = next(iter(things(full, slag).values()), roll)
        only = replace(full, till={roll.nyckel: (Hänvisning(source, fält, roll, ()),)})
        idle = roll.nyckel in found_by(roll_utan_arbete, only)
        assert idle is ((slag, fält) not in WORK), (slag, fält)


@pytest.mark.parametrize("årstid", SEASONS)
@pytest.mark.parametrize("månad", range(1, 13))
def test_each_month_has_its_season(full: Plan, årstid: str, månad: int) -> None:
    aktivitet = next(a for a in full.aktiviteter.values() if a.genomförs.från and a.metoder)
    month = Månad(2026, månad)
    work = replace(aktivitet.genomförs, från=month, till=month)
    metod = full.metoder[aktivitet.metoder[0]]
    season = Säsong(spår=metod.spår, årstid=årstid)
    plan = replace(
        full,
        metoder={metod.id: replace(metod, säsonger=(season,))},
        aktiviteter={aktivitet.id: replace(aktivitet, genomförs=work)},
    )
    outside = MÅNADER[månad - 1] not in SEASONS[årstid]
    assert found_by(sasong_mot_period, plan) == ({aktivitet.nyckel} if outside else set())


@pytest.mark.parametrize(
    ("första", "sista", "ersatt_av", "holds"),
    [
        (2027, None, None, True),
        (2020, 2026, None, False),
        (2020, 2027, None, True),
        (2027, 2030, "nästa", True),  # replaced, but not until the period is over
        (2020, None, "nästa", False),
        (2020, 2026, "nästa", False),
        (2028, None, None, False),
    ],
)
def test_when_a_goal_holds(
    full: Plan, första: int, sista: int | None, ersatt_av: str | None, holds: bool
) -> None:
    assert (full.ram.gäller_från.year, full.ram.gäller_till.year) == (2027, 2027)
    mål = replace(
        next(iter(full.mål.values())), gäller_från=första, gäller_till=sista, ersatt_av=ersatt_av
    )
    uppdrag = next(u for u in full.uppdrag.values() if u.status == "pågår")
    mention = Hänvisning(uppdrag, "mål", mål, ("mål", 0))
    plan = replace(full, mål={mål.id: mål}, till={mål.nyckel: (mention,)})
    assert bool(found_by(hanvisning_till_upphord, plan)) is not holds


@pytest.mark.parametrize("status", ["klart", "avbrutet"])
def test_what_is_over_may_name_what_held_then(full: Plan, status: Any) -> None:
    mål = replace(next(iter(full.mål.values())), gäller_från=2020, gäller_till=2021)
    first = next(iter(full.uppdrag.values()))
    uppdrag = replace(first, status=status)
    mention = Hänvisning(uppdrag, "mål", mål, ("mål", 0))
    plan = replace(
        full,
        mål={mål.id: mål},
        uppdrag={uppdrag.id: uppdrag},
        till={mål.nyckel: (mention,)},
    )
    assert not found_by(hanvisning_till_upphord, plan)


@pytest.mark.parametrize("slag", ["risk", "kontrollmoment"])
def test_a_routine_that_a_control_asks_for(full: Plan, slag: str) -> None:
    first = next(iter(full.rutiner.values()))
    rutin = replace(
        first, status="gällande", ersatt_av=None, metoder=(), aktiviteter=(), lagrum=(),
        uppfyller=(),
    )  # fmt: skip
    alone = replace(full, rutiner={rutin.id: rutin}, till={})
    assert found_by(rutin_utan_grund, alone) == {rutin.nyckel}
    source = next(iter(things(full, slag).values()))
    asked = replace(alone, till={rutin.nyckel: (Hänvisning(source, "rutiner", rutin, ()),)})
    assert not found_by(rutin_utan_grund, asked)


@pytest.mark.parametrize("field", ["metoder", "aktiviteter", "lagrum", "uppfyller", "ersatt_av"])
def test_a_routine_with_one_ground(full: Plan, field: str) -> None:
    first = next(iter(full.rutiner.values()))
    bare: dict[str, Any] = dict.fromkeys(("metoder", "aktiviteter", "lagrum", "uppfyller"), ())
    bare |= {"ersatt_av": None, "status": "gällande"}
    rutin = replace(first, **(bare | {field: "x" if field == "ersatt_av" else ("x",)}))
    plan = replace(full, rutiner={rutin.id: rutin}, till={})
    assert not found_by(rutin_utan_grund, plan)


@pytest.mark.parametrize(
    ("antal", "per", "gräns", "utom", "expected"),
    [
        (3, "år", "exakt", None, Antal(3, 3)),
        (1, "termin", "exakt", None, Antal(2, 2)),
        (1, "kvartal", "minst", None, Antal(4, None)),
        (1, "månad", "högst", None, Antal(0, 12)),
        (1, "vecka", "exakt", None, Antal(52, 52)),
        (1, "månad", "exakt", "sommaren", Antal(0, 12)),
        (1, "månad", "minst", "sommaren", Antal(0, None)),
    ],
)
def test_how_many_times_a_year(
    full: Plan, antal: int, per: str, gräns: Any, utom: str | None, expected: Antal
) -> None:
    said = Frekvens(spår=full.ram.spår, typ="antal", antal=antal, per=per, gräns=gräns, utom=utom)
    assert gånger_om_året(said) == expected
    assert gånger_om_året(replace(said, typ="löpande")) is None


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        (Antal(2, 2), Antal(2, 2), True),
        (Antal(2, 2), Antal(3, 3), False),
        (Antal(2, None), Antal(3, 3), True),
        (Antal(3, 3), Antal(4, None), False),
        (Antal(0, 3), Antal(3, None), True),
        (Antal(4, None), Antal(0, 3), False),
    ],
)
def test_two_numbers_that_can_both_be_true(a: Antal, b: Antal, meet: bool) -> None:
    assert a.möts(b) is meet
    assert b.möts(a) is meet


def test_kinds_that_a_register_may_name() -> None:
    schemas = Path(__file__).parent.parent / "schemas" / "gemensamt.schema.json"
    assert json.loads(schemas.read_text(encoding="utf-8"))["$defs"]["sakslag"]["enum"] == [*KINDS]
