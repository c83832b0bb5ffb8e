"""The manifest: the same however it is written, another when anything decided is another."""

from __future__ import annotations

import errno
import json
import os
import random
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ska.beslut.decide import Beslutsdata, DecisionError
from ska.beslut.decision import decide
from ska.check import check, load
from ska.cli import main
from ska.files.tree import Tree, read_tree
from ska.manifest import manifest
from ska.model import SAMLINGAR, Plan
from ska.reading import schema
from ska.reading.forms import Form, Former
from ska.reading.schema import forms_of
from ska.ting import Del, Månad, Ting
from tests import filled
from tests.helpers import TESTS, laid_over, minimal_text, site
from tests.test_changes import other, turned, with_thing

TODAY = date(2026, 6, 1)
BESLUT = Beslutsdata("Exempelnämnden", date(2025, 11, 20), "§ 45", "EX 2025-8")
#: What a decision leaves open, by kind. Everything else it fixes.
FREE = {
    "plan": {"format", "status", "periodens_grund"},
    "årshjul": {"sammanträden", "anmärkning"},
    "aktivitet": {"anmärkning", "uppfyller", "uppfyller_delvis"},
    "metod": {"anmärkning", "uppfyller", "uppfyller_delvis"},
}
#: Lists of things of their own kind.
INNER = {"kapitel", "aktiviteter"}
NOTES = {"källor", "motsägelser", "sökord"}


@cache
def forms() -> Former:
    kinds = schema.load(site("minimal").schemas)
    return forms_of(kinds)


@cache
def full() -> Plan:
    plan = load(read_tree(TESTS / "sites" / "full")).plan
    assert plan is not None
    return plan


def number(plan: Plan) -> str:
    return manifest(plan, forms()).sha256


def test_the_decision_covers_the_plan_and_only_that() -> None:
    assert set(forms().beslutade) == {
        "plan", "kapitel", "årshjul", "aktivitet", "delplan", "metod",
    }  # fmt: skip


def test_it_never_becomes_another_by_itself() -> None:
    """A number in minutes must be worked out the same for ever: mend the code, not this."""
    plan = load(site("minimal")).plan
    assert plan is not None
    assert number(plan) == ("48266ea5389c7a95d79f6ee30bf603d9b25d74ba80ea57613493d5861c614b95")


@pytest.mark.parametrize("name", ["minimal", "full"])
def test_order_and_layout_make_no_difference(name: str) -> None:
    tree = site(name)
    first = load(tree).plan
    again = load(Tree({path: turned(raw) for path, raw in tree.plan.items()}, tree.schemas)).plan
    assert first is not None
    assert again is not None
    assert number(first) == number(again)


def test_what_a_field_holds_unwritten_makes_no_difference() -> None:
    text = minimal_text("plan/metoder/klagomal.yml")
    exact = text.replace("  per: år\n", "  per: år\n  gräns: exakt\n")
    assert exact != text
    plans = [load(laid_over({"plan/metoder/klagomal.yml": t})).plan for t in (text, exact)]
    assert plans[0] is not None
    assert plans[1] is not None
    assert number(plans[0]) == number(plans[1])


def decided_fields() -> Iterator[tuple[str, str]]:
    for slag in ("plan", "kapitel", "årshjul", "aktivitet", "delplan", "metod"):
        for name in forms().av(slag).fält:
            yield slag, name


@cache
def filled_plan() -> Plan:
    made = filled.files(lambda shown, slag, path: f"Text {path}")
    outcome = load(Tree(made, site("minimal").schemas))
    assert outcome.plan is not None, outcome.problems
    return outcome.plan


def holding(slag: str, name: str) -> tuple[Plan, Ting]:
    """Find a thing whose field holds something, in a plan of ours or in the filled one."""
    return next(
        (plan, thing)
        for plan in (full(), filled_plan())
        for thing in getattr(plan, SAMLINGAR[slag]).values()
        if getattr(thing, name, None) not in (None, ())
    )


@pytest.mark.parametrize(("slag", "name"), list(decided_fields()))
def test_each_field_of_each_decided_kind_counts_or_is_known_to_be_free(
    slag: str, name: str
) -> None:
    if name in INNER:
        return
    base, thing = holding(slag, name)
    free = name in FREE.get(slag, set()) | NOTES
    for path in leaves(getattr(thing, name), forms().av(slag).fält[name]):
        new = replace(thing, **{name: put(getattr(thing, name), path)})
        inside = free or not NOTES.isdisjoint(map(str, path))
        plan = with_thing(base, slag, thing.id, new)
        assert (number(plan) == number(base)) is inside, path


def leaves(value: Any, form: Form) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each single fact inside a value."""
    if isinstance(value, Del):
        for part in fields(value):
            held = getattr(value, part.name)
            if part.name != "spår" and held is not None and held != ():
                for rest in leaves(held, form.fält.get(part.name, Form())):
                    yield part.name, *rest
    elif isinstance(value, tuple) and not isinstance(value, Månad):
        for rest in leaves(value[0], form.led or Form()):
            yield 0, *rest
    else:
        yield ()


def put(value: Any, path: tuple[str | int, ...]) -> Any:
    if not path:
        return other(value, random.Random(1)) if value != "ej_angivet" else "angivet"
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], put(value[step], rest), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), rest)})


@pytest.mark.parametrize("slag", ["kapitel", "aktivitet", "delplan", "metod"])
def test_a_thing_more_or_less_counts(slag: str) -> None:
    thing: Ting = next(iter(getattr(full(), SAMLINGAR[slag]).values()))
    assert number(with_thing(full(), slag, thing.id, None)) != number(full())
    more = with_thing(full(), slag, None, replace(thing, id="en-till"))
    assert number(more) != number(full())


@pytest.mark.parametrize("slag", [s for s in SAMLINGAR if s not in set(forms().beslutade)])
def test_what_others_decide_does_not_count(slag: str) -> None:
    thing: Ting | None = next(iter(getattr(full(), SAMLINGAR[slag]).values()), None)
    assert thing is not None
    more = with_thing(full(), slag, None, replace(thing, id="en-till"))
    assert number(more) == number(full())


def changed(path: str, before: str, after: str, name: str = "minimal") -> Plan:
    text = site(name).plan[path].decode()
    assert before in text
    plan = load(laid_over({path: text.replace(before, after)}, name)).plan
    assert plan is not None
    return plan


def test_the_title_shown_of_a_role_counts_but_not_what_is_said_about_it() -> None:
    path = "plan/organisation.yml"
    plan = load(site("minimal")).plan
    assert plan is not None
    assert number(changed(path, "titel: Enhetschef", "titel: Verksamhetschef")) != number(plan)
    told = minimal_text(path).partition("beskrivning: ")[2].partition("\n")[0]
    assert number(changed(path, told, f"{told} Mer.")) == number(plan)


def test_the_list_tells_which_thing_is_another() -> None:
    before = manifest(full(), forms())
    thing = next(iter(full().metoder.values()))
    after = manifest(with_thing(full(), "metod", thing.id, replace(thing, gör="Nytt.")), forms())
    differ = {r.id for r, o in zip(after.rader, before.rader, strict=True) if r != o}
    assert differ == {thing.id}


# The decision


def proposal(**files: str) -> Tree:
    """Return the smallest plan as a proposal to decide on."""
    plan = minimal_text("plan/plan.yml").replace("status: utkast", "status: förslag")
    register = minimal_text("plan/utgavor.yml")
    typ = yaml.safe_load(register)["utgåvor"][0]["typ"]
    register = register.replace(f"typ: {typ}", "typ: förslag")
    made = {"plan/plan.yml": plan, "plan/utgavor.yml": register}
    return laid_over({**made, **{f"plan/{name}.yml": text for name, text in files.items()}})


def text_of(tree: Tree, name: str) -> str:
    return tree.plan[f"plan/{name}.yml"].decode()


def test_a_proposal_is_decided_and_nothing_else_is_touched() -> None:
    tree = proposal()
    made = decide(tree, BESLUT, TODAY)
    assert made.files is not None
    assert set(made.files) == {"plan/plan.yml", "plan/utgavor.yml"}
    assert made.files["plan/plan.yml"].decode() == text_of(tree, "plan").replace(
        "status: förslag", "status: beslutad"
    )
    old, new = (t.splitlines() for t in (text_of(tree, "utgavor"),
                                         made.files["plan/utgavor.yml"].decode()))  # fmt: skip
    gone = [line.strip() for line in old if line not in new]
    come = [line.strip() for line in new if line not in old]
    assert {line.partition(":")[0] for line in gone} <= {
        "typ", "organ", "datum", "paragraf", "dnr",
    }  # fmt: skip
    assert come[-3:] == ["manifest:", "version: 1", f'sha256: "{made.sha256}"']
    assert made.outcome.plan is not None
    edition = made.outcome.plan.utgåvor[made.outcome.plan.ram.utgåva]
    assert (edition.typ, edition.beslut.paragraf, edition.beslut.datum) == (
        "beslutad", "§ 45", date(2025, 11, 20),
    )  # fmt: skip


LAYOUTS = {
    "comments": lambda text: text.replace("    beslut:\n", "    # beslutet\n    beslut: # §\n"),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "bom": lambda text: "\ufeff" + text,
    "quotes": lambda text: text.replace("typ: förslag", "typ: 'förslag'  # så länge"),
    "no last line": lambda text: text.rstrip("\n"),
    "nfd": lambda text: __import__("unicodedata").normalize("NFD", text),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_file_s_own_layout_is_kept(layout: str) -> None:
    text = LAYOUTS[layout](text_of(proposal(), "utgavor"))
    made = decide(proposal(utgavor=text), BESLUT, TODAY)
    assert made.files is not None, made.outcome.problems
    new = made.files["plan/utgavor.yml"].decode()
    assert new.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in new) == ("\r\n" in text)
    assert new.count("\n") - new.count("\r\n") == (0 if layout == "crlf" else text.count("\n") + 3)
    for line in text.splitlines():
        if "#" in line:
            assert line.partition("#")[2] in new


def test_an_edition_on_one_line() -> None:
    data = yaml.safe_load(text_of(proposal(), "utgavor"))
    text = "utgåvor:\n" + "".join(f"  - {_flow(edition)} # sist\n" for edition in data["utgåvor"])
    made = decide(proposal(utgavor=text), BESLUT, TODAY)
    assert made.files is not None, made.outcome.problems
    assert "# sist" in made.files["plan/utgavor.yml"].decode()


def _flow(data: Any) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_flow, data)) + "]"
    return str(data)


def test_a_body_with_odd_letters_is_quoted() -> None:
    organ = 'Nämnden: "arbete" # kl\\ass'
    made = decide(proposal(), replace(BESLUT, organ=organ), TODAY)
    assert made.outcome.plan is not None
    edition = made.outcome.plan.utgåvor[made.outcome.plan.ram.utgåva]
    assert edition.beslut.organ == organ


def decided_tree() -> Tree:
    tree = proposal()
    made = decide(tree, BESLUT, TODAY)
    assert made.files is not None
    return replace(tree, plan={**tree.plan, **made.files})


def test_a_decision_that_was_interrupted_can_be_run_again() -> None:
    tree = decided_tree()
    again = decide(tree, BESLUT, TODAY)
    assert again.files == {}


def test_what_the_minutes_say_later_can_be_added() -> None:
    adjusted = replace(BESLUT, justerat=date(2025, 12, 1), laga_kraft=date(2025, 12, 22))
    made = decide(decided_tree(), adjusted, TODAY)
    assert set(made.files or {}) == {"plan/utgavor.yml"}
    assert made.outcome.plan is not None
    edition = made.outcome.plan.utgåvor[made.outcome.plan.ram.utgåva]
    assert edition.beslut.laga_kraft == date(2025, 12, 22)


@pytest.mark.parametrize(
    ("files", "beslut", "says"),
    [
        ({"plan/plan.yml": ("status: beslutad", "status: utkast")}, BESLUT, None),
        ({}, replace(BESLUT, paragraf="§ 46"), "redan beslutad, med andra uppgifter"),
    ],
)
def test_what_is_decided_is_not_decided_again(
    files: dict[str, tuple[str, str]], beslut: Beslutsdata, says: str | None
) -> None:
    tree = decided_tree()
    plan = dict(tree.plan)
    for path, (old, new) in files.items():
        plan[path] = plan[path].decode().replace(old, new).encode()
    if says is None:
        assert decide(replace(tree, plan=plan), beslut, TODAY).files is None
        return
    with pytest.raises(DecisionError, match=says):
        decide(replace(tree, plan=plan), beslut, TODAY)


def test_only_a_proposal_can_be_decided() -> None:
    with pytest.raises(DecisionError, match="återger en plan"):
        decide(site("minimal"), BESLUT, TODAY)
    draft = text_of(proposal(), "plan").replace("status: förslag", "status: utkast")
    with pytest.raises(DecisionError, match="status ”utkast”"):
        decide(proposal(plan=draft), BESLUT, TODAY)


def test_a_plan_with_errors_is_not_decided() -> None:
    text = minimal_text("plan/metoder/klagomal.yml").replace("enhetschef", "finns-inte")
    tree = proposal(**{"metoder/klagomal": text})
    made = decide(tree, BESLUT, TODAY)
    assert made.files is None
    assert made.outcome.errors


def test_a_decision_with_impossible_data_is_not_written() -> None:
    made = decide(proposal(), replace(BESLUT, datum=date(2026, 3, 1)), TODAY)
    assert made.files is None
    made = decide(proposal(), replace(BESLUT, dnr="nej"), TODAY)
    assert made.files is None


# The rule, where no history helps


def findings(tree: Tree) -> list[str]:
    return [p.rule for p in check(tree, TODAY).problems if p.rule == "beslutat-andrat"]


def with_text(tree: Tree, path: str, old: str, new: str) -> Tree:
    text = tree.plan[path].decode()
    assert old in text
    return replace(tree, plan={**tree.plan, path: text.replace(old, new).encode()})


def test_a_decided_plan_that_nobody_touched_is_fine() -> None:
    assert findings(decided_tree()) == []


def test_a_decided_plan_may_not_be_changed() -> None:
    tree = with_text(decided_tree(), "plan/metoder/klagomal.yml", "antal: 1", "antal: 2")
    assert findings(tree) == ["beslutat-andrat"]


def recorded_tree() -> tuple[Tree, str]:
    """Give a decided plan with an editorial change that is recorded, and its number now."""
    tree = with_text(
        decided_tree(), "plan/plan.yml", "text: Nämnden följer", "text: Nämnden foljer"
    )
    plan = load(tree).plan
    assert plan is not None
    at = "    redaktionella:\n    - {datum: 2026-01-10, roll: enhetschef, vad: Ett ord., "
    at += f'delegation: Punkt 3, sha256: "{number(plan)}"}}\n    manifest:\n'
    return with_text(tree, "plan/utgavor.yml", "    manifest:\n", at), number(plan)


def test_a_recorded_editorial_change_is_fine_and_a_second_one_is_not() -> None:
    recorded, _ = recorded_tree()
    assert findings(recorded) == []
    again = with_text(recorded, "plan/plan.yml", "Nämnden foljer", "Namnden foljer")
    assert findings(again) == ["beslutat-andrat"]


def test_what_the_minutes_say_later_can_be_added_after_an_editorial_change_too() -> None:
    recorded, now = recorded_tree()
    made = decide(recorded, replace(BESLUT, justerat=date(2025, 12, 1)), TODAY)
    assert made.sha256 == now
    (written,) = (made.files or {}).values()
    old, new = (
        recorded.plan["plan/utgavor.yml"].decode().splitlines(),
        written.decode().splitlines(),
    )
    assert [line for line in new if line not in old] == ["      justerat: 2025-12-01"]


# The commands


def on_disk(tree: Tree, root: Path) -> Path:
    for path, raw in tree.plan.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    return root


DECIDE = ["besluta", "--organ", "Exempelnämnden", "--datum", "2025-11-20", "--paragraf", "45",
          "--dnr", "EX 2025-8"]  # fmt: skip


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(on_disk(proposal(), tmp_path))
    assert main(["manifest", root]) == 0
    before = capsys.readouterr().out
    assert "inget beslutat manifest" in before
    assert main([*DECIDE, root]) == 0
    said = capsys.readouterr().out
    sha = said.strip().rpartition(" ")[2]
    assert sha in before
    assert main(["manifest", "--format", "json", root]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["sha256"] == data["beslutat"] == sha
    assert main(["check", "--date", "2026-06-01", root]) == 0
    capsys.readouterr()
    assert not list(tmp_path.rglob(".#*"))


def test_a_retold_plan_is_told_to_have_none_before_any_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    retold = on_disk(site("handlingsplan-2018"), tmp_path / "a")
    assert main(["manifest", str(retold)]) == 0
    first, where, decision, about, empty, number, *rest = capsys.readouterr().out.splitlines()
    assert first.endswith("har inget manifest, för den är en återgivning.")
    assert where.endswith("originalet är den beslutade planen med nämndens protokoll.")
    assert decision == "Beslutet: Bildningsnämnden, 11 december 2017, § 175, BIN 2016-134."
    assert about.endswith("Den visar inte vad nämnden beslutade.")
    assert (empty, number.split(":")[0]) == ("", "Summa, version 1")
    assert "stämmer" not in " ".join(rest)
    assert main(["manifest", "--format", "json", str(retold)]) == 0
    assert json.loads(capsys.readouterr().out)["återgivning"] is True

    unknown = with_text(site("handlingsplan-2018"), "plan/utgavor.yml", "datum: 2017-12-11",
                        "datum: ej_angivet")  # fmt: skip
    assert main(["manifest", str(on_disk(unknown, tmp_path / "b"))]) == 0
    said = capsys.readouterr().out
    assert "fråga registratorn efter originalet." in said
    assert "Beslutet:" not in said

    ours = on_disk(proposal(), tmp_path / "c")
    assert main(["manifest", str(ours)]) == 0
    assert capsys.readouterr().out.startswith("Manifest, version ")
    assert main(["manifest", "--format", "json", str(ours)]) == 0
    assert json.loads(capsys.readouterr().out)["återgivning"] is False


def test_nothing_is_written_when_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = on_disk(site("minimal"), tmp_path)
    before = read_tree(root)
    assert main([*DECIDE, str(root)]) == 2
    assert "Ingenting är skrivet" in capsys.readouterr().err
    assert read_tree(root) == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"--dnr": "nej"}, "Så blir planen med uppgifterna om beslutet: rätta dem och kör om."),
        ({}, "Rätta felen och kör om."),
    ],
)
def test_it_says_whether_the_plan_or_the_decision_is_at_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: dict[str, str], says: str
) -> None:
    root = on_disk(proposal(), tmp_path)
    if not given:
        (root / "plan" / "metoder" / "klagomal.yml").write_text("id: klagomal\n")
    wanted = [*DECIDE, str(root), *(part for pair in given.items() for part in pair)]
    assert main(wanted) == 1
    assert capsys.readouterr().err == f"ska: ingenting är skrivet. {says}\n"


def test_a_full_disk_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = on_disk(proposal(), tmp_path)
    before = read_tree(root)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # as write(2) has it: of no file

    monkeypatch.setattr(os, "fsync", full)
    assert main([*DECIDE, str(root)]) == 2
    assert capsys.readouterr().err == (
        f"ska: det gick inte att skriva i {root}/plan/utgavor.yml: disken är full. "
        "Gör plats och kör kommandot igen. Ingenting är skrivet.\n"
    )
    assert read_tree(root) == before
