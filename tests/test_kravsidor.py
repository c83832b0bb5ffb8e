"""The pages on requirements and on the law: what they say, and how few steps lead there."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ska.check import check
from ska.files.tree import Tree, read_tree
from ska.lag.andringar import Lagändring
from ska.lag.lagkoll import lagkoll, vilar_på
from ska.lankar.avtryck import länkar
from ska.lankar.granska import Blick, granskad
from ska.problems import Location
from ska.reading import schema
from ska.render import handbook, tree
from ska.render import tackning as ord
from ska.render.addresses import address, source_path
from ska.render.gemensamt import Settings, Site
from ska.render.page import Page
from ska.render.sida import Sida
from ska.ting import EJ_ANGIVET, Lagrum
from tests.helpers import laid_over, site

ROOT = Path(__file__).resolve().parent.parent
Built = tuple[Site, dict[str, Page]]


def rendered(files: Tree, day: date) -> tuple[Site, dict[str, Page]]:
    plan = check(files, day).plan
    assert plan is not None
    bodies = schema.bodies_of(schema.load(files.schemas))
    settings = Settings(day)
    return Site(plan, settings), dict(tree.pages(plan, bodies, settings))


@cache
def real(day: date = date(2025, 6, 15)) -> tuple[Site, dict[str, Page]]:
    return rendered(read_tree(ROOT), day)


@cache
def full() -> tuple[Site, dict[str, Page]]:
    return rendered(site("full"), date(2027, 3, 1))


@cache
def minimal() -> tuple[Site, dict[str, Page]]:
    return rendered(site("minimal"), date(2026, 6, 1))


def words(page: Page | str) -> str:
    """Return what one reads, with single spaces."""
    body = page if isinstance(page, str) else page.body
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace(" ,", ",").replace(" .", ".")


def row(page: Page, name: str) -> str:
    """Return a table's row by what it begins with."""
    rows = re.findall(r"<tr\b[^>]*><th.*?</tr>", page.body, re.S)
    (found,) = [each for each in rows if f">{name}</a>" in each.partition("</th>")[0]]
    return words(found)


# The inspector's question


def test_two_clicks_from_the_start_page_answer_the_inspector() -> None:
    """Which routine meets it, who answers, when was it looked at, what came of it?"""
    held, pages = real()
    assert 'href="krav/"' in handbook.start(held)
    listed = pages["krav/index.md"]
    said = row(listed, "Mönster i klagomål och avvikelser analyseras")
    assert "Sammanställa och analysera årets avvikelser, klagomål och synpunkter rutin Helt" in said
    assert "utvecklingsledare" in said
    assert "Mars 2025: rapport enligt årshjulet, Uppföljning av avvikelser" in said
    assert 'href="../krav/monster-analyseras/"' in listed.body
    own = words(pages["krav/monster-analyseras.md"])
    assert "2022: redovisade avvikelser, Avvikelser, klagomål och synpunkter 2022" in own


def test_the_start_page_has_one_number() -> None:
    counts = re.compile(r"Krav i lagen \d+ av \d+ uppfylls helt, \d+ inte alls")
    assert counts.search(words(handbook.start(real()[0])))
    assert "Krav i lagen 5 av 5 uppfylls helt" in words(handbook.start(full()[0]))
    assert "Krav i lagen inga krav inskrivna" in words(handbook.start(minimal()[0]))


def test_gaps_come_first_with_their_reasons() -> None:
    page = real()[1]["krav/index.md"]
    headings = re.findall(r"^## (.*)$", page.body, re.M)
    assert headings == ["Uppfylls inte", "Uppfylls delvis", "Uppfylls helt", "Gäller inte än"]
    said = row(page, "Klagomål bekräftas")
    assert "Inget i planen." in said
    assert "ingen av dem nämner någon bekräftelse" in said
    part = row(page, "Klagomål utreds utan dröjsmål")
    assert "Delvis Klagomålet följs alltid upp, men källorna säger inte" in part


def test_the_list_says_who_answers_only_for_the_report() -> None:
    listed = real()[1]["krav/index.md"]
    told = {}
    for one in real()[0].täckning.values():
        if not one.gäller:
            continue
        said = row(listed, one.krav.titel)
        told[one.krav.id] = (bool(one.bara_via_årshjulet), "för rapporten i årshjulet" in said)
    assert all(via == said for via, said in told.values())
    assert {via for via, _ in told.values()} == {True, False}
    table = ord.as_csv(real()[0]).decode("utf-8-sig")
    assert ";Sakkunnig, Utvecklingsledare (för rapporten i årshjulet);" in table
    # One who is named by another thing that counts answers for more than a report.
    one = next(o for o in real()[0].täckning.values() if o.bara_via_årshjulet and o.gäller)
    named = replace(one.gäller[0], via_årshjulet=False)
    assert replace(one, svar=(*one.svar, named)).bara_via_årshjulet != one.bara_via_årshjulet


def test_coverage_tells_when_somebody_last_looked() -> None:
    plan = full()[0].plan
    blick = Blick("kvalitetssamordnare", date(2027, 2, 1), "oförändrad")
    looked = granskad(plan, ["rutin/ta-emot-klagomal"], blick).files
    held, pages = rendered(Tree({**site("full").plan, **looked}, site("full").schemas),
                           date(2027, 3, 1))  # fmt: skip
    said = "Ta emot och besvara klagomål rutin Helt granskad 1 februari 2027"
    for path in ("krav/index.md", "tackning/lagar.md", "krav/klagomal-besvaras.md"):
        assert said in words(pages[path])
        assert "granskad 1" not in words(full()[1][path])  # that a link was written in is no look
    assert "rutin granskad 1 februari 2027" in words(pages["tackning/roller.md"])
    assert words(pages["krav/index.md"]).count("granskad 1") == 1  # of no other thing

    (krav,) = [k for k in json.loads(ord.as_json(held))["krav"] if k["id"] == "klagomal-besvaras"]
    assert krav["granskad"] is None  # the requirement itself
    assert [svar["granskad"] for svar in krav["svar"]] == [
        {"datum": "2027-02-01", "roll": "kvalitetssamordnare", "utfall": "oförändrad"}
    ]
    head, *body = csv.reader(io.StringIO(ord.as_csv(held).decode("utf-8-sig")), delimiter=";")
    days = {(row[head.index("Id")], row[head.index("Granskad")]) for row in body}
    assert {day for id, day in days if id == "ta-emot-klagomal"} == {"2027-02-01"}
    assert {day for id, day in days if id != "ta-emot-klagomal"} == {""}


def test_what_does_not_count_says_why() -> None:
    files = laid_over(
        {
            "plan/rutiner/klagomal-2022.yml": site("full")
            .plan["plan/rutiner/klagomal-2022.yml"]
            .decode()
            .replace("\nkällor:", "\nuppfyller: [klagomal-besvaras]\nkällor:", 1)
        },
        "full",
    )
    page = rendered(files, date(2027, 3, 1))[1]["krav/klagomal-besvaras.md"]
    assert re.search(r"rutin räknas inte: (är ersatt|har upphört)", words(page))
    assert "Krav. Uppfylls: Helt" in words(page)


@pytest.mark.parametrize("of", [real, full, minimal])
def test_the_pages_are_there_whatever_the_plan_holds(of: type) -> None:
    held, pages = of()
    for path in ("krav/index.md", *(f"tackning/{n}.md" for n in ("lagar", "enheter", "roller"))):
        assert "tackning.csv" in pages[path].body
    assert held.plan.krav or "Registret över krav är tomt" in words(pages["krav/index.md"])


def test_by_law_by_unit_and_by_role() -> None:
    held, pages = real()
    laws = re.findall(r"^## (.*)$", pages["tackning/lagar.md"].body, re.M)
    assert len(laws) == 4
    assert laws[0].startswith("Skollagen")
    units = pages["tackning/enheter.md"].body
    assert all(f"/enheter/{id}/" in units for id in held.plan.enheter)
    roles = words(pages["tackning/roller.md"])
    assert "ansvarar för rapporten i årshjulet" in roles
    assert "Ingen roll angiven" in roles


def test_what_meets_a_requirement_shows_it() -> None:
    pages = real()[1]
    said = words(pages["rutiner/klagomal-vuxenutbildningen.md"])
    assert "Krav som uppfylls Klagomål tas emot helt" in said
    assert "Klagomål utreds utan dröjsmål delvis: Klagomålet följs alltid upp" in said
    assert "Krav som uppfylls" in words(pages["metoder/internkontroll.md"])
    assert "Krav som uppfylls" in words(pages["arshjul/plan-systematiskt-kvalitetsarbete.md"])
    assert "Krav som uppfylls" not in words(pages["rutiner/lonekorning.md"])
    own = full()[1]
    (moment,) = [p for p in own if p.startswith("kontrollmoment/") and "Krav som" in own[p].body]
    assert words(own[moment]).count("helt") == 1


# The law


def test_a_provision_shows_what_it_demands_and_what_rests_on_it() -> None:
    said = words(real()[1]["lagrum/skollagen-4-8.md"])
    assert "Krav härifrån" in said
    assert "Klagomål bekräftas Inte" in said
    assert "Rutiner som vilar på detta" in said
    moved = words(real()[1]["lagrum/sol-2001-14-3-7.md"])
    assert "Krav som stod här tidigare Missförhållanden rapporteras" in moved
    assert "Redovisningar som nämner detta" in moved
    now = words(real()[1]["lagrum/kommunallagen-6-6.md"])
    assert "Lydelsen gäller från 1 juli 2025" in now
    assert "Kontrollerad av ej angivet" in now


@pytest.mark.parametrize("of", [real, full])
def test_a_law_s_page_lists_what_lagkoll_says_rests_on_it(of: Callable[[], Built]) -> None:
    """Only what cites a statute as a whole stands on the statute's page alone."""
    plan, made = of()[0].plan, of()[1]
    place = Location("lista.csv", 1, 1)
    tried = 0
    for law in (*plan.författningar.values(), *plan.lagrum.values()):
        whole = plan.författningar[law.författning] if isinstance(law, Lagrum) else law
        if whole.nummer == EJ_ANGIVET:
            continue
        where = (law.kapitel or "", law.paragraf or "") if isinstance(law, Lagrum) else ("", "")
        change = Lagändring(whole.nummer, *where, date(2027, 3, 1), "Ändras.", place)
        hits = lagkoll(plan, [change]).berörda[0].träffar
        body = made[source_path(address(law))].body
        told = set(re.findall(r'href="(?:\.\./)*([^"]*)"', body))
        own = [hit for hit in hits if law is whole or hit.av is not whole]
        assert {address(hit.ting) for hit in own} <= told, law.id
        assert (f"{address(whole)}" in told) or law is whole
        tried += len(own)
        # Nothing else is said to rest on it, save what nobody goes by any longer.
        following = {länk.ned.nyckel for länk in länkar(plan)}
        more = {hit.ting.nyckel for hit in vilar_på(plan, law)} - {h.ting.nyckel for h in hits}
        assert not more & following, law.id
    assert tried > 10


def test_a_statute_s_page_says_in_which_provision() -> None:
    law = words(real()[1]["forfattningar/socialtjanstlagen-2001.md"])
    assert "Rapportera missförhållanden (lex Sarah) återgiven ur källa, 14 kap. 3–7 §§" in law
    assert "Handlägga dödsbon återgiven ur källa Ta emot" in law  # which cites the whole statute
    sarah = words(real()[1]["lagrum/sol-2001-14-3-7.md"])
    assert "missförhållanden (lex Sarah) återgiven ur källa En del" in sarah  # its own place
    assert "Handlägga dödsbon" not in sarah
    assert "åberopar lagen i dess helhet. Det står på sidan om " in sarah
    assert "i dess helhet" not in law
    assert "i dess helhet" not in words(real()[1]["lagrum/sol-2025-27-2.md"])


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2025, 6, 30), "Upphör 1 juli 2025", "Gäller från 1 juli 2025"),
        (date(2025, 7, 1), "Upphävd 1 juli 2025", "Gäller"),
    ],
)
def test_a_law_stands_as_it_does_on_the_day(day: date, old: str, new: str) -> None:
    held = real(day)[0]
    s = Sida(held, "lagar/")
    assert s.lagläge(held.plan.författningar["socialtjanstlagen-2001"]) == old
    assert s.lagläge(held.plan.lagrum["sol-2001-3-3"]) == old
    assert s.lagläge(held.plan.författningar["socialtjanstlagen-2025"]) == new
    assert s.lagläge(held.plan.lagrum["sol-2025-27-2"]) == new


def test_a_page_carries_each_state_for_the_readers_day() -> None:
    body = real(date(2025, 6, 30))[1]["lagrum/sol-2001-14-3-7.md"].body
    marks = re.findall(r'data-ska-dag data-fran="(.*?)" data-till="(.*?)"( hidden)?>(.*?)<', body)
    assert marks == [
        ("", "2025-07-01", "", "Upphör 1 juli 2025"),
        ("2025-07-01", "", " hidden", "Upphävd 1 juli 2025"),
    ]
