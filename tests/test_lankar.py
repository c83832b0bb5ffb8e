"""Links that remember: what is touched by a change, and that somebody has looked again."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ska.check import load
from ska.cli import main
from ska.due import due
from ska.files.tree import Tree
from ska.lankar import avtryck
from ska.lankar.avtryck import Avtryck, Läge, att_granska, granskas_av, lägen, länkar, minnen
from ska.lankar.granska import Blick, GranskningError, granskad, nya
from ska.model import SAMLINGAR, Plan
from ska.once import once_a_plan
from ska.reading.bindning import bindningar
from ska.reading.schema import bodies_of
from ska.reading.schema import load as load_schemas
from ska.render.gemensamt import Settings
from ska.render.tree import pages
from ska.ting import Nyckel, Ting
from tests.helpers import TESTS, laid_over, site, site_text
from tests.mutations import edit
from tests.mutations.links import SAYS
from tests.mutations.sites import SITES, remembering

DAY = date(2027, 2, 1)
KINDS = load_schemas(site("full").schemas)
BODIES = bodies_of(KINDS)


def read(plan: dict[str, bytes]) -> Plan:
    found = load(Tree(plan, site("full").schemas), KINDS)
    assert found.plan is not None, found.problems
    return found.plan


@cache
def full() -> Plan:
    return read(site("full").plan)


def with_texts(plan: dict[str, bytes], things: list[Ting], text: str) -> dict[str, bytes]:
    """Let each thing say something else."""
    edits: dict[str, list[edit.Edit]] = {}
    for thing in things:
        new = edit.put((*thing.spår.path, SAYS[thing.slag]), text)
        edits.setdefault(thing.spår.document.file, []).append(new)
    return plan | {path: edit.rewritten(plan[path], made) for path, made in edits.items()}


def touched(plan: Plan) -> set[Nyckel]:
    return {one.ting.nyckel for one in att_granska(plan)}


def look(plan: Plan, things: list[Nyckel]) -> dict[str, bytes]:
    """Let somebody in the right role look at things; return the files that remember it."""
    files: dict[str, bytes] = {}
    for slag, id in things:
        thing = getattr(plan, SAMLINGAR[slag])[id]
        role = next(iter(granskas_av(plan, thing) or plan.roller))
        files |= granskad(plan, [f"{slag}/{id}"], Blick(role, DAY, "oförändrad")).files
    return files


#: What rests on what, said once more and apart from the schemas: kind, field, and whether the
#: thing named is the one above (else it is the one below).
LINKS = {
    ("krav", "lagrum"): True,
    ("kapitel", "lagrum"): True,
    ("kapitel", "punkter.lagrum"): True,
    ("avdelning", "lagrum"): True,
    ("delplan", "lagrum"): True,
    ("delplan", "avsnitt.lagrum"): True,
    **{
        (slag, fält): True
        for slag in ("metod", "aktivitet", "rutin", "kontrollmoment")
        for fält in ("lagrum", "uppfyller", "uppfyller_delvis.krav")
    },
    ("aktivitet", "metoder"): True,
    ("rutin", "metoder"): True,
    ("rutin", "aktiviteter"): True,
    ("kontrollmoment", "risker"): True,
    ("kontrollmoment", "rutiner"): True,
    ("kontrollmoment", "aktiviteter"): True,
    ("risk", "rutiner"): False,
}


def reached(plan: Plan, changed: set[Nyckel]) -> set[Nyckel]:
    """Walk down from what was changed, and on from a thing only if it was changed itself."""
    dead = {r.nyckel for r in plan.rutiner.values()
            if r.status in ("utkast", "upphörd") or r.ersatt_av}  # fmt: skip
    for kontroll in plan.internkontroller.values():
        if kontroll.år < plan.ram.gäller_från.year:
            dead |= {part.nyckel for part in plan.inuti.get(kontroll.nyckel, ())}
    down: dict[Nyckel, set[Nyckel]] = {}
    for mention in plan.hänvisningar:
        above = LINKS.get((mention.från.slag, mention.fält))
        if above is not None:
            ends = mention.till.nyckel, mention.från.nyckel
            upp, ned = ends if above else ends[::-1]
            if ned not in dead and (upp not in dead or upp[0] == "rutin"):
                down.setdefault(upp, set()).add(ned)
    found: set[Nyckel] = set()
    left = list(changed)
    while left:
        for below in down.get(left.pop(), ()):
            if below not in found:
                found.add(below)
                left += [below] if below in changed else []
    return found


ABOVE = sorted(
    {länk.upp.nyckel for länk in länkar(full()) if länk.upp.slag in SAYS}
)  # fmt: skip


@pytest.fixture(scope="module")
def _remembering() -> Iterator[None]:
    with remembering():
        yield


# Tracing would take twice the time, and shows no line that the other tests don't.
@pytest.mark.no_cover
@pytest.mark.usefixtures("_remembering")
@settings(max_examples=60)
@given(st.data())
def test_what_needs_a_look_is_what_is_reached_and_looking_clears_it(data: st.DataObject) -> None:
    changed = data.draw(st.sets(st.sampled_from(ABOVE), min_size=1, max_size=6))
    things = [getattr(full(), SAMLINGAR[slag])[id] for slag, id in sorted(changed)]
    files = with_texts(site("full").plan, things, "Något helt annat än förut.")
    plan = read(files)
    expected = reached(plan, changed)
    assert touched(plan) == expected

    # Some of it is looked at, the rest is left; then that too.
    seen = data.draw(st.sets(st.sampled_from(sorted(expected)))) if expected else set()
    files |= look(plan, sorted(seen))
    assert touched(read(files)) == expected - seen
    files |= look(plan, sorted(expected - seen))
    plan = read(files)
    assert touched(plan) == set()

    # What was changed because of the look touches what rests on it, and no more.
    again = [key for key in sorted(expected) if key in ABOVE][:2]
    things = [getattr(plan, SAMLINGAR[slag])[id] for slag, id in again]
    assert touched(read(with_texts(files, things, "Ändrat efter granskningen."))) == reached(
        plan, set(again)
    )


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_links_are_those_that_are_declared(site: object) -> None:
    plan: Plan = site.plan  # type: ignore[attr-defined]  # a Site
    declared = {
        (m.till.nyckel, m.från.nyckel)[:: 1 if LINKS[m.från.slag, m.fält] else -1]
        for m in plan.hänvisningar
        if (m.från.slag, m.fält) in LINKS
    }
    assert {(länk.upp.nyckel, länk.ned.nyckel) for länk in länkar(plan, alla=True)} == declared
    assert {one.läge for one in lägen(plan)} == {Läge.SEDD}


# --- The print -----------------------------------------------------------------------------


def prints(files: dict[str, str]) -> dict[Nyckel, str]:
    plan = read(laid_over(files, "full").plan)
    made = Avtryck(plan)
    return {länk.upp.nyckel: made.av(länk.upp) for länk in länkar(plan)}


def changed(path: str, *changes: tuple[str, str]) -> set[str]:
    """Return the ids of what has another print after a change in a file of the full plan."""
    text = site_text("full", path)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    was, now = prints({}), prints({path: text})
    return {id for (slag, id) in was if was[slag, id] != now[slag, id]}


METHOD = "plan/metoder/avvikelser.yml"


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        ("Samma fel ska inte", "Samma fel ska aldrig", {"avvikelser"}),
        ("[enhetschef, kvalitetssamordnare]", "[enhetschef]", {"avvikelser"}),
        ("syfte: Samma fel ska", "syfte: >-\n  Samma fel\n  ska", set()),
        ("titel: Avvikelser", "titel: Fel", set()),
        ("lagrum: [kvalitetsforeskriften-5, omsorgslagen-4-2]", "lagrum: [omsorgslagen-4-2]",
         set()),
    ],
)  # fmt: skip
def test_a_print_is_of_what_counts(old: str, new: str, ids: set[str]) -> None:
    assert changed(METHOD, (old, new)) == ids


def test_a_provision_is_repealed_with_its_act() -> None:
    act = (
        "    gäller_från: 2019-07-01\n",
        "    gäller_från: 2019-07-01\n    upphävd: 2030-01-01\n",
    )
    ids = changed("plan/lagrum.yml", act)
    assert {"omsorgslagen-4-1", "omsorgslagen-4-2"} <= ids
    assert not any("kvalitetsforeskriften" in id for id in ids)


def test_a_new_year_alone_changes_nothing() -> None:
    plan = full()
    later = site_text("full", "plan/arshjul.yml")
    later = re.sub(r"(?<=[ \[])20\d\d(?=-\d\d\b|$)", lambda year: f"{int(year[0]) + 1}",
                   later, flags=re.MULTILINE)  # fmt: skip
    later = later.replace("besök 2028", "besök 2027")  # what a document is called
    moved = read(laid_over({"plan/arshjul.yml": later}, "full").plan)
    assert moved.årshjul.år == plan.årshjul.år + 1
    was, now = Avtryck(plan), Avtryck(moved)
    for id, aktivitet in plan.aktiviteter.items():
        assert was.av(aktivitet) == now.av(moved.aktiviteter[id]), id


def test_a_print_is_the_same_in_every_version_of_the_program() -> None:
    """Where this fails every memory in every plan is lost."""
    assert Avtryck(full()).av(full().metoder["avvikelser"]) == "5962a3d60aa3e833"


# --- What the schemas declare --------------------------------------------------------------


def test_what_is_declared_is_in_the_schemas() -> None:
    declared = bindningar(BODIES)
    assert len(declared) >= 10
    for slag, bindning in declared.items():
        paths = chain(bindning.vilar_på, bindning.bär, bindning.granskas_av)
        for path in [*paths, *bindning.avtryck, *bindning.avtryck_med]:
            form = bindning.form
            for step in path.split("."):
                form = (form.led or form).fält[step]
            named = form.refererar
            if path in bindning.vilar_på:
                assert all(declared[kind].avtryck for kind in named), f"{slag}.{path}"
            if path in bindning.granskas_av:
                assert "roll" in named, f"{slag}.{path}"
        assert not bindning.bär or bindning.avtryck


def test_everything_is_read_once_whatever_the_size() -> None:
    """Neither the links nor the prints are worked out again and again as the plan grows."""

    class Counted(tuple):  # type: ignore[type-arg]  # of anything
        rounds = 0

        def __iter__(self) -> Iterator[object]:
            Counted.rounds += 1
            return super().__iter__()

    plan = full()
    made: list[Nyckel] = []

    class Counting(Avtryck):
        def _innehåll(self, thing: Ting) -> list[object]:
            made.append(thing.nyckel)
            return super()._innehåll(thing)

    counted = replace(plan, hänvisningar=Counted(plan.hänvisningar))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(avtryck, "Avtryck", Counting)
        found = lägen(counted)
    assert Counted.rounds == 1
    assert len(made) == len(set(made)) == len({one.länk.upp.nyckel for one in found})


# --- A look is written in ------------------------------------------------------------------


def said(plan: Plan, *ids: str, role: str, what: str = "oförändrad") -> str:
    with pytest.raises(GranskningError) as caught:
        granskad(plan, ids, Blick(role, DAY, what))  # type: ignore[arg-type]  # one of the three
    return str(caught.value)


def test_the_right_role_looks() -> None:
    plan = full()
    assert said(plan, "ta-emot-klagomal", role="enhetschef") == (
        "rutinen ”Ta emot och besvara klagomål” granskas av rollen ”kvalitetssamordnare”, inte av "
        "”enhetschef”"
    )
    assert "menade du ”enhetschef”?" in said(plan, "ta-emot-klagomal", role="enhetschf")


def test_anyone_may_look_at_what_nobody_here_answers_for() -> None:
    retold = site_text("full", "plan/rutiner/ta-emot-klagomal.yml").replace(
        "status: gällande", "status: återgiven"
    )
    plan = read(laid_over({"plan/rutiner/ta-emot-klagomal.yml": retold}, "full").plan)
    assert granskad(plan, ["ta-emot-klagomal"], Blick("enhetschef", DAY, "ändrad")).files
    assert granskad(plan, ["krav/klagomal-besvaras"], Blick("enhetschef", DAY, "ändrad")).files


def test_a_thing_is_named_by_its_kind_where_its_id_is_not_enough() -> None:
    plan = full()
    assert said(plan, "riskanalys-x", role="enhetschef").startswith(
        "”riskanalys-x” finns inte i planen, eller vilar inte på något annat; menade du "
    )
    assert said(plan, "metod/anhorigrad", role="enhetschef").startswith(
        "”metod/anhorigrad” finns inte"
    )
    ours = SITES[0].plan
    ids = Counter(key[1] for key in {länk.ned.nyckel for länk in länkar(ours, alla=True)})
    twice = next(id for id, kinds in ids.items() if kinds > 1)
    assert "kan betyda flera saker" in said(ours, twice, role=next(iter(ours.roller)))


def test_a_look_is_one_file_of_sorted_lines() -> None:
    done = granskad(full(), ["rutin/ta-emot-klagomal"],
                    Blick("kvalitetssamordnare", DAY, "ändrad"))  # fmt: skip
    ((path, raw),) = done.files.items()
    assert path == "plan/granskat/rutin-ta-emot-klagomal.yml"
    lines = raw.decode().splitlines()
    assert lines[1:3] == ["sak: rutin/ta-emot-klagomal", "länkar:"]
    assert lines[3:] == sorted(lines[3:])
    assert all(line.endswith("roll: kvalitetssamordnare, utfall: ändrad}") for line in lines[3:])
    again = read({**site("full").plan, **done.files})
    assert granskad(again, ["rutin/ta-emot-klagomal"],
                    Blick("kvalitetssamordnare", DAY, "ändrad")).files == done.files  # fmt: skip


def test_a_look_is_not_replaced_by_an_earlier_one() -> None:
    done = look(full(), [("rutin", "ta-emot-klagomal")])
    plan = read({**site("full").plan, **done})

    def with_day(plan: Plan, day: date, *ids: str) -> dict[str, bytes]:
        return granskad(plan, ids, Blick("kvalitetssamordnare", day, "oförändrad")).files

    with pytest.raises(GranskningError) as caught:
        with_day(plan, DAY - timedelta(1), "ta-emot-klagomal")
    assert str(caught.value) == (
        "rutinen ”Ta emot och besvara klagomål” kan inte granskas med dagen 2027-01-31, eftersom "
        "saken granskades 2027-02-01. Ange den dag då saken är läst igen, tidigast 2027-02-01"
    )
    assert with_day(plan, DAY, "ta-emot-klagomal") == done  # the same day may be written again
    assert with_day(plan, DAY + timedelta(1), "ta-emot-klagomal") != done

    # That a link was written in counts too: a look from before that day hasn't seen it.
    written_in = max(minne.datum for minne in minnen(full()).values())
    with pytest.raises(GranskningError, match=f"en av sakens länkar skrevs in {written_in}"):
        with_day(full(), written_in - timedelta(1), "ta-emot-klagomal")
    assert with_day(full(), written_in, "ta-emot-klagomal")

    # What is remembered of another thing is nothing to this one.
    others = {länk.ned.nyckel for länk in länkar(plan)} - {("rutin", "ta-emot-klagomal")}
    kept = {key[0] for key in minnen(plan) if key[0] in others}
    routines = [plan.rutiner[id] for slag, id in sorted(kept) if slag == "rutin"]
    thing = next(r.id for r in routines if "kvalitetssamordnare" in granskas_av(plan, r))
    assert with_day(plan, DAY - timedelta(1), f"rutin/{thing}")


def test_what_the_tool_wrote_is_what_the_tests_plans_hold() -> None:
    """Their memory is in its one form, so that a merge never meets two."""
    for one in SITES:
        bare = {p: raw for p, raw in one.tree.plan.items() if "/granskat/" not in p}
        plan = load(Tree(bare, one.tree.schemas), one.kinds).plan
        assert plan is not None
        first = next(iter(one.plan.granskningar)).länkar[0]
        made = nya(plan, Blick(first.roll, first.datum, "ny")).files
        held = {p: raw for p, raw in one.tree.plan.items() if "/granskat/" in p}
        assert made.keys() == held.keys()
        if one.name != "plan":  # ours has been looked at since
            assert made == held


def test_new_links_are_written_in_and_the_rest_stays() -> None:
    path = "plan/rutiner/fatta-bistandsbeslut.yml"
    memory = "plan/granskat/rutin-fatta-bistandsbeslut.yml"
    text = site_text("full", path)
    cited = "lagrum: [omsorgslagen-4-1]\n"
    assert cited in text
    more = text.replace(cited, "lagrum: [omsorgslagen-4-1, omsorgslagen-4-2]\n")
    files = {**site("full").plan, path: more.encode()}
    done = nya(read(files), Blick("enhetschef", DAY, "ny"))
    assert list(done.files) == [memory]
    was, now = site_text("full", memory).splitlines(), done.files[memory].decode().splitlines()
    assert set(was) < set(now)
    (added,) = set(now) - set(was)
    assert added.startswith("- {till: lagrum/omsorgslagen-4-2,")
    assert nya(read(files | done.files), Blick("enhetschef", DAY, "ny")).files == {}

    # The other way: the row of a link that is gone goes, and a memory of nothing goes whole.
    back = nya(read({**files, **done.files, path: text.encode()}), Blick("enhetschef", DAY, "ny"))
    assert back.files == {memory: site("full").plan[memory]}
    none = text.replace(cited, "")
    gone = nya(read({**files, path: none.encode()}), Blick("enhetschef", DAY, "ny"))
    rest = [länk for länk in länkar(read({**files, path: none.encode()}), alla=True)
            if länk.ned.id == "fatta-bistandsbeslut"]  # fmt: skip
    assert gone.bort == (() if rest else (memory,))


def test_the_command_tells_of_what_it_could_not_take_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TESTS / "sites" / "full", tmp_path / "rot")
    stale = tmp_path / "rot" / "plan" / "granskat" / "rutin-borta.yml"
    look = ["granskad", "--nya", "--roll", "enhetschef", "--datum", "2026-11-02",
            "--path", str(tmp_path / "rot")]  # fmt: skip
    memory = (stale.parent / "rutin-ta-emot-klagomal.yml").read_text(encoding="utf-8")
    stale.write_text(memory.replace("rutin/ta-emot-klagomal", "rutin/borta"), encoding="utf-8")

    def held(path: Path, **_: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        assert main(look) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"ska: filen {stale} gick inte att ta bort. Resten är skrivet; ")
    assert main(look) == 0
    assert capsys.readouterr().out == "Filer skrivna i plan/granskat: 0, 1 borttagna.\n"
    assert not stale.exists()


# --- Where it is seen ----------------------------------------------------------------------


def after(old: str, new: str) -> Plan:
    text = site_text("full", METHOD).replace(old, new)
    return read(laid_over({METHOD: text}, "full").plan)


def test_it_stands_among_what_is_due_for_each_who_answers() -> None:
    plan = after("Samma fel ska inte", "Samma fel ska aldrig")
    found = [one for one in due(plan, DAY) if one.vad == "granskning"]
    assert {(one.ting.id, one.roll) for one in found} == {
        (länk.ned.id, role)
        for länk in länkar(plan)
        if länk.upp.nyckel == ("metod", "avvikelser")
        for role in granskas_av(plan, länk.ned) or (None,)
    }
    assert found
    assert not any(one.försenad or one.dag for one in found)
    assert [one for one in due(full(), DAY) if one.vad == "granskning"] == []


def test_it_stands_on_the_things_own_page() -> None:
    page = "rutiner/ta-emot-klagomal.md"
    made = pages(after("Samma fel ska inte", "Samma fel ska aldrig"), BODIES, Settings(DAY))
    assert "Behöver ses över." in made[page].body
    notice = made[page].body.split("Behöver ses över.")[1].split("</p>")[0]
    assert "metoder/avvikelser/" in notice
    assert "Behöver ses över." not in made["rutiner/fatta-bistandsbeslut.md"].body
    calm = pages(full(), BODIES, Settings(DAY))[page].body
    assert "Behöver ses över." not in calm
    assert "Senast granskad" not in calm  # that a link was written in is no look


def test_the_page_says_who_looked_last() -> None:
    plan = full()
    files = {**site("full").plan, **look(plan, [("rutin", "ta-emot-klagomal")])}
    body = pages(read(files), BODIES, Settings(DAY))["rutiner/ta-emot-klagomal.md"].body
    assert "Senast granskad 1 februari 2027 av" in body
    assert "utan ändring" in body


def test_data_for_other_programs_has_it() -> None:
    from ska.render import oversyn

    plan = after("Samma fel ska inte", "Samma fel ska aldrig")
    rows = json.loads(oversyn.as_json(plan, due(plan, DAY), DAY))["att_se_över"]
    row = next(row for row in rows if row["vad"] == "granskning" and row["slag"] == "rutin")
    assert row["dag"] is None
    assert row["uppgift"].endswith("(metoden ”Avvikelser, klagomål och synpunkter” har ändrats)")


def test_what_follows_from_a_plan_is_worked_out_once_and_not_for_another() -> None:
    asked: list[int] = []

    @once_a_plan
    def how_many(plan: Plan) -> int:
        asked.append(len(plan.rutiner))
        return asked[-1]

    first, second = (load(site("full")).plan for _ in range(2))
    assert first is not None
    assert second is not None
    assert how_many(first) == how_many(first) == how_many(second)
    assert len(asked) == 2
    del first
    third = replace(second, rutiner={})
    assert how_many(third) == 0
