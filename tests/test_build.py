"""From typed files to one plan: what its things hold, and how they are tied together."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from typing import Any

import pytest

from ska.loading import build
from ska.loading.held import hold
from ska.model import SAMLINGAR, Plan
from ska.reading import schema, yaml_source
from ska.reading.yaml_source import Document
from ska.ting import EJ_ANGIVET, KINDS, Månad
from tests.helpers import minimal, minimal_text

LOADED = schema.load(minimal().schemas)
ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
METHOD = "plan/metoder/klagomal.yml"


def plan_of(**changed: str) -> Plan:
    """Build the smallest plan, with other text for some files: `metoder_klagomal="…"`."""
    files = {path: raw.decode() for path, raw in minimal().plan.items()}
    for name, text in changed.items():
        files["plan/" + name.replace("__", "/").replace("_", "-") + ".yml"] = text
    accepted = []
    for path, text in sorted(files.items()):
        document = yaml_source.read(path, text.encode())
        assert isinstance(document, Document), document
        kind = next(k for k in LOADED.values() if k.claims(path.removeprefix("plan/")))
        checked = schema.check(document, kind)
        assert checked.problems == []
        accepted.append(hold(checked))
    return build.plan(accepted)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of()


def test_each_thing_is_in_its_collection(plan: Plan) -> None:
    assert {name: list(getattr(plan, name)) for name in SAMLINGAR.values()} == {
        "ramar": ["exempelnamnden-2026"],
        "årshjulen": ["arshjul-2026"],
        "kapitel": ["inledning"],
        "utgåvor": ["exempelnamnden-2026"],
        "nämnder": ["exempelnamnden"],
        "förvaltningar": ["exempelforvaltningen"],
        "verksamheter": ["ex"],
        "avdelningar": [],
        "enheter": ["mottagningen"],
        "utförare": [],
        "roller": ["enhetschef"],
        "aktiviteter": ["uppfoljning-klagomal"],
        "delplaner": ["mottagning"],
        "metoder": ["klagomal"],
        "rutiner": ["ta-emot-klagomal"],
        "författningar": ["exempellagen"],
        "lagrum": ["exempellagen-1-2"],
        "begrepp": ["klagomal"],
        "källor": ["exempelplan"],
        "målområden": [],
        "kommunmål": [],
        "mål": [],
        "indikatorer": [],
        "uppdrag": [],
        "planeringar": [],
        "internkontroller": [],
        "risker": [],
        "kontrollmoment": [],
        "avvikelser": [],
        "budgetar": [],
        "krav": [],
        "redogörelser": [],
        "undantag": [],
        "upphörda": [],
    }
    assert plan.ram.id == "exempelnamnden-2026"
    assert plan.årshjul.id == "arshjul-2026"
    for slag, name in SAMLINGAR.items():
        assert all(type(thing) is KINDS[slag] for thing in getattr(plan, name).values())


def test_things_come_kind_by_kind(plan: Plan) -> None:
    slag = [thing.slag for thing in plan.ting()]
    assert slag == sorted(slag, key=list(SAMLINGAR).index)
    assert len(slag) == 17


def test_values_have_their_types(plan: Plan) -> None:
    rutin = plan.rutiner["ta-emot-klagomal"]
    assert rutin.gäller_från == date(2026, 1, 1)
    assert rutin.gäller_för == ("mottagningen",)
    assert rutin.gäller_inte_när is None
    assert rutin.blanketter == ()
    first, second = rutin.steg
    assert (first.inom.antal, first.inom.enhet) == (1, "dag")  # type: ignore[union-attr]
    assert second.inom == EJ_ANGIVET
    rapporteras = plan.aktiviteter["uppfoljning-klagomal"].rapporteras
    assert rapporteras.månad == Månad(2026, 3)
    assert str(rapporteras.månad) == "2026-03"
    assert plan.metoder["klagomal"].frekvens.antal == 1
    assert plan.årshjul.år == 2026
    assert plan.lagrum["exempellagen-1-2"].paragraf == "2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-20", date(2025, 11, 20)),
        ("2025-11", Månad(2025, 11)),
        ("ej_angivet", EJ_ANGIVET),
    ],
)
def test_a_source_is_of_a_day_or_a_month(text: str, expected: object) -> None:
    kallor = minimal_text("plan/kallor.yml").replace("2025-11-20", text)
    assert plan_of(kallor=kallor).källor["exempelplan"].datum == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ej_angivet", EJ_ANGIVET),
        ("[2026-01-20, 2026-02-17]", (date(2026, 1, 20), date(2026, 2, 17))),
    ],
)
def test_meetings_are_days_or_not_stated(text: str, expected: object) -> None:
    wheel = minimal_text("plan/arshjul.yml").replace("ej_angivet", text, 1)
    assert plan_of(arshjul=wheel).årshjul.sammanträden == expected


def test_every_part_knows_its_place(plan: Plan) -> None:
    rutin = plan.rutiner["ta-emot-klagomal"]
    steg = rutin.steg[1]
    lines = minimal_text(ROUTINE).splitlines()
    for at, word in (
        (rutin.where(), "id"),
        (rutin.where("syfte"), "Den som klagar"),
        (rutin.where("steg", 1, "gör"), "Svara"),
        (steg.where(), "roll"),
        (steg.where("gör"), "Svara"),
        (steg.källor[0].where("avsnitt"), "2 Delplan"),
    ):
        assert at.file == ROUTINE
        assert lines[at.line - 1][at.column - 1 :].startswith(word)


def test_parts_are_compared_by_what_they_say_not_where(plan: Plan) -> None:
    moved = plan_of(metoder__klagomal="# en rad till\n" + minimal_text(METHOD))
    one, two = plan.metoder["klagomal"], moved.metoder["klagomal"]
    assert one == two
    assert one.where() != two.where()
    changed = plan_of(metoder__klagomal=minimal_text(METHOD).replace("per: år", "per: kvartal"))
    assert one != changed.metoder["klagomal"]


def test_parts_are_found_and_written_by_what_they_say_too(plan: Plan) -> None:
    moved_plan = plan_of(metoder__klagomal="# en rad till\n" + minimal_text(METHOD))
    first, moved = plan.metoder["klagomal"], moved_plan.metoder["klagomal"]
    assert hash(first) == hash(moved)
    assert {first, moved} == {first}
    assert repr(first) == repr(moved)
    assert repr(first).startswith("Metod(id='klagomal', källor=(")
    assert first != first.id


def test_all_parts_are_compared_alike() -> None:
    """A class with functions of its own for that takes time in every command that starts."""
    for kind in KINDS.values():
        assert not {"__eq__", "__hash__", "__repr__"} & vars(kind).keys()


def test_nothing_can_be_changed(plan: Plan) -> None:
    target: Any = plan.metoder["klagomal"]
    with pytest.raises(FrozenInstanceError):
        target.titel = "Något annat"


def test_mentions_are_read_both_ways(plan: Plan) -> None:
    role, routine = plan.roller["enhetschef"], plan.rutiner["ta-emot-klagomal"]
    assert {(h.från.nyckel, h.fält) for h in plan.till[role.nyckel]} == {
        (("aktivitet", "uppfoljning-klagomal"), "ansvariga"),
        (("metod", "klagomal"), "ansvariga"),
        (("rutin", "ta-emot-klagomal"), "steg.roll"),
        (("rutin", "ta-emot-klagomal"), "ägare"),
    }
    assert {(h.fält, h.till.nyckel) for h in plan.från[routine.nyckel]} == {
        ("aktiviteter", ("aktivitet", "uppfoljning-klagomal")),
        ("gäller_för", ("enhet", "mottagningen")),
        ("källor.dokument", ("källa", "exempelplan")),
        ("lagrum", ("lagrum", "exempellagen-1-2")),
        ("metoder", ("metod", "klagomal")),
        ("steg.källor.dokument", ("källa", "exempelplan")),
        ("steg.roll", ("roll", "enhetschef")),
        ("ägare", ("roll", "enhetschef")),
    }
    assert sum(map(len, plan.till.values())) == sum(map(len, plan.från.values()))
    assert sum(map(len, plan.till.values())) == len(plan.hänvisningar)
    assert plan.okända == ()
    (owner,) = (h for h in plan.från[routine.nyckel] if h.fält == "ägare")
    assert (owner.plats.file, owner.plats.line, owner.plats.column) == (ROUTINE, 9, 8)


def test_what_is_not_stated_is_told(plan: Plan) -> None:
    gaps = {(gap.ting.slag, gap.fält, str(gap.plats)) for gap in plan.luckor}
    assert ("rutin", "steg.inom", f"{ROUTINE}:29:11") in gaps
    assert ("utgåva", "beslut.justerat", "plan/utgavor.yml:14:17") in gaps
    assert len(gaps) == 4


def test_a_mention_of_nothing_is_told_with_its_place() -> None:
    text = minimal_text(ROUTINE).replace("ägare: enhetschef", "ägare: chefen")
    (unknown,) = plan_of(rutiner__ta_emot_klagomal=text).okända
    assert (unknown.från.id, unknown.fält, unknown.slag, unknown.id) == (
        "ta-emot-klagomal", "ägare", ("roll",), "chefen"
    )  # fmt: skip
    assert (unknown.plats.line, unknown.plats.column) == (9, 8)


def test_a_mention_may_be_of_one_of_several_kinds() -> None:
    text = minimal_text(METHOD).replace(
        "  - exempellagen-1-2", "  - exempellagen\n  - exempellagen-1-2"
    )
    plan = plan_of(metoder__klagomal=text)
    mentions = plan.från["metod", "klagomal"]
    assert [h.till.nyckel for h in mentions if h.fält == "lagrum"] == [
        ("författning", "exempellagen"), ("lagrum", "exempellagen-1-2")
    ]  # fmt: skip


def test_of_two_with_the_same_id_the_first_counts() -> None:
    other = minimal_text(METHOD).replace("titel: Klagomål", "titel: Synpunkter")
    plan = plan_of(metoder__synpunkter=other)
    ((first, second),) = plan.dubbletter
    assert (first.rubrik, second.rubrik) == ("Klagomål", "Synpunkter")
    assert plan.metoder["klagomal"] is first
    assert second.where().file == "plan/metoder/synpunkter.yml"


def test_what_the_second_says_is_said_by_the_first_and_stands_where_it_stands() -> None:
    text = minimal_text(METHOD).replace("titel: Klagomål", "titel: Synpunkter")
    plan = plan_of(metoder__synpunkter=text.replace("  - exempellagen-1-2", "  - finns-inte"))
    ((first, _),) = plan.dubbletter
    said = [mention.från for mention in (*plan.från["metod", "klagomal"], *plan.okända)]
    said += [told.ting for told in (*plan.texter, *plan.luckor)]
    assert {id(thing) for thing in said if thing.nyckel == first.nyckel} == {id(first)}
    assert plan.okända[0].plats.file == "plan/metoder/synpunkter.yml"
    texts = [text.text for text in plan.texter if text.ting is first]
    assert texts.count("Synpunkter") == texts.count("Klagomål")


def test_one_id_may_be_of_two_kinds(plan: Plan) -> None:
    assert plan.metoder["klagomal"].id == plan.begrepp["klagomal"].id
    assert plan.dubbletter == ()


@pytest.mark.parametrize(
    ("kind", "id", "expected"),
    [
        ("metoder", "klagomal", "Klagomål"),
        ("enheter", "mottagningen", "Mottagningen"),
        ("begrepp", "klagomal", "klagomål"),
    ],
)
def test_a_thing_is_known_by_its_heading(plan: Plan, kind: str, id: str, expected: str) -> None:
    assert getattr(plan, kind)[id].rubrik == expected


def test_an_abbreviation_is_known_with_what_it_stands_for() -> None:
    text = minimal_text("plan/begrepp.yml").replace(
        "typ: begrepp", "typ: förkortning\n    utläses: ord"
    )
    assert plan_of(begrepp=text).begrepp["klagomal"].rubrik == "klagomål – ord"


def test_a_plan_of_no_files_is_empty() -> None:
    plan = build.plan([])
    assert list(plan.ting()) == []
    assert plan.hänvisningar == ()
