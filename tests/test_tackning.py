"""Coverage: what counts, who answers, what shows it; recomputed by a second, independent query."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.generator import TODAY, generate
from ska.check import check, load
from ska.derived.belagg import Underlag
from ska.derived.tackning import antal, läge, täckning
from ska.derived.tackning_vyer import per_enhet, per_roll
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.reading import schema
from ska.render import api, kravsidor, tackning
from ska.render.gemensamt import Settings, Site
from ska.ting import Kontrollmoment, Krav, Månad, Rutin
from tests.counting import calls
from tests.helpers import site

ROOT = Path(__file__).resolve().parent.parent
DAYS = (date(2025, 6, 1), date(2025, 7, 1), date(2026, 6, 1), date(2027, 3, 1), date(2028, 1, 1))


@cache
def plan_of(name: str) -> Plan:
    files = read_tree(ROOT) if name == "plan" else site(name)
    plan = check(files, date(2026, 6, 1)).plan
    assert plan is not None
    return plan


@pytest.fixture(params=["plan", "full", "handlingsplan-2018", "minimal"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return plan_of(request.param)


# A second query, over the published data alone. It shares no code with the first.


class Query:
    def __init__(self, plan: Plan, today: date) -> None:
        self.data: dict[str, Any] = json.loads(b"".join(api.plan_json(plan)))
        self.today = today.isoformat()
        self.laws = {law["id"]: law for law in self.data["författningar"]}
        self.places = {place["id"]: place for place in self.data["lagrum"]}
        self.years = {plan["plats"]["fil"]: plan["år"] for plan in self.data["internkontroller"]}

    def things(self) -> Iterator[dict[str, Any]]:
        for name in ("metoder", "rutiner", "aktiviteter", "kontrollmoment"):
            yield from self.data[name]

    def holds(self, thing: dict[str, Any]) -> bool:
        if thing["slag"] == "rutin":
            ended = thing["status"] in ("upphörd", "utkast") or "ersatt_av" in thing
            begins = thing["gäller_från"]
            return not ended and (begins == "ej_angivet" or begins <= self.data["gäller_till"])
        if thing["slag"] == "kontrollmoment":
            return bool(str(self.years[thing["plats"]["fil"]]) >= self.data["gäller_från"][:4])
        return True

    def statute(self, krav: dict[str, Any]) -> dict[str, Any]:
        at = krav["lagrum"]
        found: dict[str, Any] = self.laws[
            self.places[at]["författning"] if at in self.places else at
        ]
        return found

    def in_force(self, krav: dict[str, Any]) -> bool:
        place, law = self.places.get(krav["lagrum"], {}), self.statute(krav)
        ends = min(place.get("upphävd", "9999"), law.get("upphävd", "9999"))
        begins = krav.get("gäller_från", "0000")
        if "gäller_från" not in krav and "tidigare_lagrum" not in krav:
            begins = law["gäller_från"] if law["gäller_från"] != "ej_angivet" else "0000"
        return begins <= self.today < ends

    def grade(self, krav: dict[str, Any]) -> str:
        whole = [t for t in self.things() if krav["id"] in t.get("uppfyller", ())]
        part = [
            t for t in self.things()
            if any(p["krav"] == krav["id"] for p in t.get("uppfyller_delvis", ()))
        ]  # fmt: skip
        only = [t for t in whole if t not in part]
        if any(map(self.holds, only)):
            return "helt"
        return "delvis" if any(map(self.holds, part)) else "inte"

    def grades(self) -> dict[str, str]:
        return {k["id"]: self.grade(k) for k in self.data["krav"] if self.in_force(k)}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_second_query_over_the_published_data_agrees(plan: Plan, today: date) -> None:
    found = täckning(plan, today)
    query = Query(plan, today)
    expected = query.grades()
    assert {t.krav.id: t.grad for t in found if t.läge == "gäller"} == expected
    counted = antal(found)
    assert {"helt": counted.helt, "delvis": counted.delvis, "inte": counted.inte} == {
        grade: list(expected.values()).count(grade) for grade in ("helt", "delvis", "inte")
    }


def test_so_do_the_figures_by_law(plan: Plan) -> None:
    today = date(2026, 6, 1)
    query = Query(plan, today)
    counts = Counter(query.statute(krav)["id"] for krav in query.data["krav"])
    held = Site(plan, Settings(today))
    shown = kravsidor._by_law(held, held.täckning.values())
    assert {law.id: len(group) for law, group in shown} == counts


def test_so_do_the_published_figures(plan: Plan) -> None:
    today = date(2026, 6, 1)
    data = json.loads(tackning.as_json(Site(plan, Settings(today))))
    grades = Query(plan, today).grades()
    assert {k["id"]: k["grad"] for k in data["krav"] if k["läge"] == "gäller"} == grades
    assert data["antal"] == {g: list(grades.values()).count(g) for g in ("helt", "delvis", "inte")}


# What is said on the real content


def test_the_gaps_of_the_real_plan_have_reasons() -> None:
    found = täckning(plan_of("plan"), date(2026, 6, 1))
    assert len(found) >= 30
    gaps = [t for t in found if t.grad == "inte"]
    assert gaps
    assert all(t.skäl for t in gaps)
    assert [t.grad for t in found] == sorted((t.grad for t in found), key=_worst)
    for t in found:
        assert all(svar.saknas for svar in t.gäller if svar.grad == "delvis")


def _worst(grade: str) -> int:
    return ("inte", "delvis", "helt").index(grade)


def test_who_answers_when_it_was_looked_at_and_what_is_next() -> None:
    found = {t.krav.id: t for t in täckning(plan_of("plan"), date(2025, 6, 15))}
    patterns = found["monster-analyseras"]
    assert patterns.ansvariga == ("enhetschef", "utvecklingsledare", "sakkunnig")
    assert patterns.senaste is not None
    assert (patterns.senaste.typ, patterns.senaste.när) == ("rapport", Månad(2025, 3))
    assert patterns.nästa is None
    risks = found["riskanalys-gors"]
    assert risks.nästa is not None
    assert (risks.nästa.ting.id, risks.nästa.när) == ("riskbruttolista", Månad(2025, 6))
    assert {b.typ for s in patterns.svar for b in s.belägg} == {"rapport", "avvikelser"}


def test_a_report_of_this_month_is_still_to_come() -> None:
    def of(day: date) -> tuple[object, object]:
        found = {t.krav.id: t for t in täckning(plan_of("plan"), day)}["monster-analyseras"]
        return (found.senaste and found.senaste.när, found.nästa and found.nästa.när)

    assert of(date(2025, 3, 31)) == (2022, Månad(2025, 3))
    assert of(date(2025, 4, 1)) == (Månad(2025, 3), None)


def test_a_requirement_that_moved_is_as_old_as_before_and_a_new_one_is_not() -> None:
    plan = plan_of("plan")
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    moved, new = (
        plan.krav["missforhallanden-rapporteras"],
        plan.krav["intern-kontroll-forebygger-fel"],
    )
    assert [läge(plan, moved, day) for day in (before, after)] == ["gäller", "gäller"]
    assert [läge(plan, new, day) for day in (before, after)] == ["senare", "gäller"]
    alone = replace(moved, tidigare_lagrum=())
    assert [läge(plan, alone, day) for day in (before, after)] == ["senare", "gäller"]
    old = replace(moved, lagrum="sol-2001-14-3-7", tidigare_lagrum=())
    assert [läge(plan, old, day) for day in (before, after)] == ["gäller", "upphört"]


# What counts


def covered(plan: Plan, id: str, day: date = date(2027, 3, 1)) -> Any:
    return {t.krav.id: t for t in täckning(plan, day)}[id]


@pytest.mark.parametrize(
    ("fields", "obstacle"),
    [
        ({"status": "upphörd"}, "upphörd"),
        ({"status": "upphörd", "ersatt_av": "annan"}, "upphörd"),
        ({"ersatt_av": "annan"}, "ersatt"),
        ({"status": "utkast"}, "utkast"),
        ({"gäller_från": date(2031, 1, 1)}, "senare"),
        ({"status": "gällande"}, ""),
    ],
)
def test_what_does_not_hold_meets_nothing(fields: dict[str, Any], obstacle: str) -> None:
    plan = plan_of("full")
    krav = plan.krav["klagomal-besvaras"]
    mentions = tuple(
        m._replace(från=replace(m.från, **fields)) if m.fält == "uppfyller" else m
        for m in plan.till[krav.nyckel]
    )
    changed = replace(plan, till={**plan.till, krav.nyckel: mentions})
    found = covered(changed, krav.id)
    assert {svar.hinder for svar in found.svar} == {obstacle}
    assert found.grad == ("inte" if obstacle else "helt")
    assert not obstacle or (found.gäller, found.ansvariga, found.senaste) == ((), (), None)


def test_a_control_of_an_earlier_year_meets_nothing() -> None:
    plan = plan_of("full")
    moment = next(k for k in plan.kontrollmoment.values() if "riskanalys-gors" in k.uppfyller)
    held = next(i for i in plan.internkontroller.values() if moment in plan.inuti[i.nyckel])

    def hinders(year: int) -> set[str]:
        year_plan = {**plan.internkontroller, held.id: replace(held, år=year)}
        found = covered(replace(plan, internkontroller=year_plan), "riskanalys-gors")
        return {s.hinder for s in found.svar if isinstance(s.ting, Kontrollmoment)}

    assert hinders(plan.ram.gäller_från.year) == {""}
    assert hinders(plan.ram.gäller_från.year - 1) == {"tidigare_år"}


def test_parts_are_never_added_up_and_the_careful_word_counts() -> None:
    plan = plan_of("full")
    krav = plan.krav["avvikelser-redovisas"]
    (part,) = [m for m in plan.till[krav.nyckel] if m.fält == "uppfyller_delvis.krav"]
    twice = (part, part._replace(från=replace(part.från, id="en-till")))
    assert covered(replace(plan, till={**plan.till, krav.nyckel: twice}), krav.id).grad == "delvis"
    both = (part, part._replace(fält="uppfyller"))
    found = covered(replace(plan, till={**plan.till, krav.nyckel: both}), krav.id)
    assert (len(found.svar), found.grad) == (1, "delvis")
    assert covered(plan, krav.id).grad == "helt"  # the activity meets all of it


def test_a_units_requirements_are_met_by_what_holds_there() -> None:
    plan = plan_of("plan")
    found = täckning(plan, date(2026, 6, 1))
    units = per_enhet(plan, found)
    assert set(units) == set(plan.enheter)
    school = {one.krav.id: grad for one, grad in units["centrum-for-vuxenutbildning"]}
    social = {one.krav.id: grad for one, grad in units["mottagningen"]}
    assert school["klagomal-tas-emot"] == "helt"
    assert "klagomal-tas-emot" not in social
    assert "missforhallanden-rapporteras" in social
    assert social["intern-kontroll-racker"] == school["intern-kontroll-racker"] == "helt"
    # A routine for one unit does not answer in another.
    krav = plan.krav["intern-kontroll-racker"]
    own = [m for m in plan.till[krav.nyckel] if m.från.id == "internkontrollplan"]
    alone = tuple(m._replace(från=replace(m.från, gäller_för=("mottagningen",))) for m in own)
    less = replace(plan, till={**plan.till, krav.nyckel: alone})
    units = per_enhet(less, täckning(less, date(2026, 6, 1)))
    assert {o.krav.id: g for o, g in units["mottagningen"]}[krav.id] == "helt"
    assert {o.krav.id: g for o, g in units["enhet-1"]}[krav.id] == "inte"
    # Nor does a method that is used in one part of the organisation only.
    school_method = tuple(m._replace(från=plan.metoder["attitydundersokning"]) for m in own)
    less = replace(plan, till={**plan.till, krav.nyckel: school_method})
    units = per_enhet(less, täckning(less, date(2026, 6, 1)))
    assert {o.krav.id: g for o, g in units["centrum-for-vuxenutbildning"]}[krav.id] == "helt"
    assert {o.krav.id: g for o, g in units["enhet-1"]}[krav.id] == "inte"


def test_a_role_has_what_it_answers_for(plan: Plan) -> None:
    found = täckning(plan, date(2026, 6, 1))
    for id, rows in per_roll(found).items():
        assert id in plan.roller
        for _, answers in rows:
            assert answers
            assert all(id in svar.ansvariga and not svar.hinder for svar in answers)
    named = {(one.krav.id, id) for one in found for id in one.ansvariga}
    assert named == {(o.krav.id, id) for id, rows in per_roll(found).items() for o, _ in rows}


# Published


def rows(plan: Plan) -> list[list[str]]:
    raw = tackning.as_csv(Site(plan, Settings(date(2026, 6, 1))))
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_table_has_a_row_for_each_answer(plan: Plan) -> None:
    head, *body = rows(plan)
    assert {len(row) for row in body} <= {len(head)}
    found = täckning(plan, date(2026, 6, 1))
    assert len(body) == sum(max(1, len(t.svar)) for t in found)
    assert Counter(row[12] for row in body) == {t.krav.id: max(1, len(t.svar)) for t in found}


@pytest.mark.parametrize(
    "text", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", " =1", "\n=HYPERLINK(1)"]
)
def test_the_table_holds_no_formula(text: str) -> None:
    plan = plan_of("full")
    first = next(iter(plan.krav.values()))
    krav: dict[str, Krav] = {**plan.krav, first.id: replace(first, kräver=text)}
    for row in rows(replace(plan, krav=krav))[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert any(row[1].startswith("'") for row in rows(replace(plan, krav=krav)))


def test_ordinary_words_stand_as_they_are() -> None:
    assert tackning._cell("Två - tre; fyra = fem") == "Två - tre; fyra = fem"


# How it grows


def work(plan: Plan) -> int:
    """Count the calls of functions during the whole of it."""

    def whole() -> None:
        found = täckning(plan, TODAY)
        per_roll(found)
        per_enhet(plan, found)

    return calls(whole)


@pytest.mark.no_cover  # as long again, and no line that the others don't show
def test_the_work_grows_as_the_plan_does(tmp_path: Path) -> None:
    made = []
    for size in (100, 400):
        folder = tmp_path / str(size)
        generate(folder, routines=size, krav=size // 4)
        files: Tree = read_tree(folder)
        plan = load(files, schema.load(files.schemas)).plan
        assert plan is not None
        assert len(plan.krav) == size // 4
        made.append(plan)
    small, large = map(work, made)
    links = [sum(m.fält.startswith("uppfyller") for m in plan.hänvisningar) for plan in made]
    assert links[1] == 4 * links[0]
    assert large / small < 4 * 1.25


def test_deviations_that_name_their_routines_show_nothing_of_others() -> None:
    real = load(read_tree(Path(__file__).parent.parent)).plan
    assert real is not None
    shown = Underlag(real, TODAY)
    report = next(one for one in real.avvikelser.values() if "fut" in one.id)
    named = {m.till.id for m in real.från[report.nyckel] if isinstance(m.till, Rutin)}
    assert named
    told = {
        rutin.id
        for rutin in real.rutiner.values()
        if any(one.ting is report for one in shown.visar(rutin)[0])
    }
    assert told == named
