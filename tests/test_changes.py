"""What changed: every edit is found, nothing else is, and the changes make the new plan."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ska import content
from ska.changes.compare import Change, Sort, apply, compare
from ska.changes.parts import pairs, restored, step_of
from ska.changes.weight import Klass, class_of_text
from ska.check import load
from ska.content import ENDA, canonical, contents
from ska.files.tree import Tree, read_tree
from ska.model import SAMLINGAR, Plan
from ska.reading import schema
from ska.reading.forms import Form, Former
from ska.reading.schema import forms_of
from ska.ting import EJ_ANGIVET, Del, Månad, Nyckel, Ting
from tests.helpers import TESTS, laid_over, minimal_text

SITES = {"planen": TESTS.parent, "full": TESTS / "sites" / "full"}
Edit = tuple[Nyckel, str]  # the thing and its field; no field for a whole thing


@cache
def plan_of(name: str) -> Plan:
    plan = load(read_tree(SITES[name])).plan
    assert plan is not None
    return plan


@cache
def forms() -> Former:
    kinds = schema.load(read_tree(TESTS.parent).schemas)
    return forms_of(kinds)


def with_thing(plan: Plan, slag: str, old: str | None, new: Ting | None) -> Plan:
    """Put a thing into a plan, in place of another one; None takes away."""
    name = SAMLINGAR[slag]
    things = {k: v for k, v in getattr(plan, name).items() if k != old}
    if new is not None:
        things[new.id] = new
    return replace(plan, **{name: things})


# Edits, by chance but from a seed


def edited(plan: Plan, chance: random.Random, many: int) -> tuple[Plan, set[Edit]]:
    """Make some edits, each at a place of its own; say where."""
    made: set[Edit] = set()
    touched: set[Nyckel] = set()
    while len(made) < many:
        thing = chance.choice([t for t in plan.ting() if t.nyckel not in touched])
        kind = chance.random()
        if kind < 0.1 and thing.slag not in ENDA:
            plan = with_thing(plan, thing.slag, thing.id, None)
            made.add((thing.nyckel, ""))
            touched.add(thing.nyckel)
        elif kind < 0.2 and thing.slag not in ENDA:
            new = replace(thing, id=f"ny-{len(made)}-{thing.id}")
            plan = with_thing(plan, thing.slag, None, new)
            made.add((new.nyckel, ""))
            touched.add(new.nyckel)
        else:
            names = [f.name for f in fields(thing) if f.name not in ("spår", "id")]
            for name in chance.sample(names, min(len(names), chance.choice([1, 1, 2, 3]))):
                new = replace(thing, **{name: other(getattr(thing, name), chance)})
                if same(getattr(thing, name), getattr(new, name), (thing.slag, name)):
                    continue
                plan, thing = with_thing(plan, thing.slag, thing.id, new), new
                made.add((thing.nyckel, name))
            touched.add(thing.nyckel)
    return plan, made


def same(old: Any, new: Any, at: tuple[str, str]) -> bool:
    """Tell whether two values say the same: as equal, or as sets where the schema says so."""
    if forms().av(at[0]).vid((at[1],)).mängd and isinstance(old, tuple) and isinstance(new, tuple):
        return sorted(map(str, old)) == sorted(map(str, new))
    return bool(plainly(old) == plainly(new))


def plainly(value: Any) -> Any:
    """Forget the order of the sets that stand deeper inside a value."""
    if isinstance(value, Del):
        return [
            (f.name, plainly(getattr(value, f.name))) for f in fields(value) if f.name != "spår"
        ]
    if type(value) is tuple:
        items = [plainly(item) for item in value]
        return sorted(items, key=str) if all(isinstance(i, str | Månad) for i in items) else items
    return value


def other(value: Any, chance: random.Random) -> Any:
    """Return another value of the same kind; in a list or part, somewhere inside it."""
    match value:
        case Månad():
            return Månad(value.år + 1, value.månad)
        case bool() | None:
            return value
        case int() | Decimal():
            return value + 1
        case date():
            return value.replace(year=value.year + 1)
        case str():
            return chance.choice([f"{value} igen", value[: len(value) // 2] + "x", f"ny {value}"])
        case Del():
            name = chance.choice([f.name for f in fields(value) if f.name != "spår"])
            return replace(value, **{name: other(getattr(value, name), chance)})
        case tuple():
            return list_edit(value, chance)
    raise TypeError(value)


def list_edit(value: tuple[Any, ...], chance: random.Random) -> tuple[Any, ...]:
    items = list(value)
    if not items:
        return value
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        at = chance.randrange(len(items)) if items else 0
        match chance.randrange(5):
            case 0 if items:
                del items[at]
            case 1:
                model = items[at] if items else value[0]
                items.insert(chance.randrange(len(items) + 1), fresh(model, chance))
            case 2:
                chance.shuffle(items)
            case 3 if items:
                items.insert(0, items.pop(at))
            case _ if items:
                items[at] = other(items[at], chance)
    return tuple(items)


def fresh(model: Any, chance: random.Random) -> Any:
    if isinstance(model, Del) and hasattr(model, "id"):
        return replace(model, id=f"{model.id}-{chance.randrange(1000)}")
    return other(model, chance)


@pytest.fixture
def _remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say of a thing once only what it holds: a plan differs from the next in a few things."""
    said: dict[tuple[int, Nyckel | None], tuple[Ting, dict[str, Any]]] = {}
    helt = content.helt

    def remember(thing: Ting, form: Form, owner: Nyckel | None = None) -> dict[str, Any]:
        if (id(thing), owner) not in said:
            said[id(thing), owner] = (thing, helt(thing, form, owner))  # kept: its id is its own
        return said[id(thing), owner][1]

    monkeypatch.setattr(content, "helt", remember)


# Tracing would take three times the time, and shows no line that the cases don't.
@pytest.mark.no_cover
@pytest.mark.usefixtures("_remembering")
@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("part", range(10))
def test_each_edit_is_found_and_nothing_else(name: str, part: int) -> None:
    old = plan_of(name)
    before = contents(old, forms())
    for seed in range(part * 30, part * 30 + 30):
        chance = random.Random(f"{name}-{seed}")
        new, edits = edited(old, chance, chance.choice([1, 1, 2, 3, 5, 8]))
        changes = compare(old, new, forms())
        found = {(change.nyckel, str(change.väg[0]) if change.väg else "") for change in changes}
        assert found == edits, seed
        after = contents(new, forms())
        assert apply(before, changes) == after, seed
        assert apply(after, compare(new, old, forms())) == before, seed


@pytest.mark.parametrize("name", SITES)
def test_a_plan_against_itself_gives_nothing(name: str) -> None:
    again = load(read_tree(SITES[name])).plan
    assert again is not None
    assert again is not plan_of(name)
    assert compare(plan_of(name), again, forms()) == ()


def turned(raw: bytes) -> bytes:
    """Lay a file out otherwise: keys and the things of a register backwards, other lines."""
    top = yaml.compose(raw.decode())

    def turn(node: Any) -> None:
        if isinstance(node, yaml.MappingNode):
            node.value.reverse()
            node.flow_style = False
            for _, value in node.value:
                turn(value)
        elif isinstance(node, yaml.SequenceNode):
            node.flow_style = False
            for item in node.value:
                turn(item)

    turn(top)
    for key, value in top.value:
        registers = set(SAMLINGAR.values()) - {"mål"}  # a list of parts in internal control
        if key.value in registers and isinstance(value.value[0], yaml.MappingNode):
            names = {name.value for name, _ in value.value[0].value}
            value.value.reverse() if "id" in names else None
    return b"# nytt\n\n" + yaml.serialize(top, allow_unicode=True, width=10_000).encode()


@pytest.mark.no_cover
@pytest.mark.parametrize("name", SITES)
def test_order_and_layout_of_files_never_count(name: str) -> None:
    tree = read_tree(SITES[name])
    outcome = load(Tree({path: turned(raw) for path, raw in tree.plan.items()}, tree.schemas))
    assert outcome.plan is not None, outcome.problems[:3]
    assert [t.id for t in outcome.plan.ting()] != [t.id for t in plan_of(name).ting()]
    assert compare(plan_of(name), outcome.plan, forms()) == ()


# Cases of one kind each


def changed(path: str, before: str, after: str) -> tuple[Change, ...]:
    text = minimal_text(path)
    assert before in text
    old = load(laid_over({})).plan
    outcome = load(laid_over({path: text.replace(before, after)}))
    assert old is not None
    assert outcome.plan is not None, outcome.problems
    return compare(old, outcome.plan, forms())


METOD = "plan/metoder/klagomal.yml"


def test_a_field_is_told_with_both_values() -> None:
    (change,) = changed(METOD, "antal: 1", "antal: 2")
    assert (change.sort, change.slag, change.id, change.väg) == (
        Sort.ÄNDRAD, "metod", "klagomal", ("frekvens",)
    )  # fmt: skip
    assert (change.före["antal"], change.efter["antal"]) == (1, 2)
    assert change.klass is Klass.MATERIELL


def test_a_new_number_is_a_move() -> None:
    (change,) = changed("plan/plan.yml", 'nummer: "1"', 'nummer: "2"')
    assert (change.sort, change.före, change.efter) == (Sort.FLYTTAD, "1", "2")


def test_sources_are_editorial() -> None:
    changes = changed(METOD, "avsnitt: 2 Delplan", "avsnitt: 3 Metoder")
    assert {change.klass for change in changes} == {Klass.REDAKTIONELL}


@pytest.mark.parametrize(
    ("old", "new", "klass"),
    [
        ("Enheten samlar in svaren.", "Enheten samlar ihop svaren.", Klass.REDAKTIONELL),
        ("Enheten samlar in svaren.", "Enheten samlar in svaren, och läser dem.", Klass.MATERIELL),
        ("Enheten samlar in\nsvaren.", "Enheten samlar in svaren", Klass.REDAKTIONELL),
        ("Det görs i mars på enheten.", "Det görs i april på enheten.", Klass.MATERIELL),
        ("Chefen bör läsa svaren först.", "Chefen ska läsa svaren först.", Klass.MATERIELL),
        ("Svaret kommer inom 10 dagar.", "Svaret kommer inom 20 dagar.", Klass.MATERIELL),
        ("Arbetet leds av rektorn här.", "Arbetet leds av chefen här.", Klass.MATERIELL),
        ("Enligt SFS gäller det här alla.", "Enligt lag gäller det här alla.", Klass.MATERIELL),
        ("Rapporten skrivs av sakkunig på hösten.", "Rapporten skrivs av sakkunnig på hösten.",
         Klass.REDAKTIONELL),
        ("Ett", "Två", Klass.MATERIELL),
        ("Anordnare", "Utbildare", Klass.MATERIELL),
        ("Klagomal", "Klagomål", Klass.REDAKTIONELL),
    ],
)  # fmt: skip
def test_what_a_text_change_weighs(old: str, new: str, klass: Klass) -> None:
    assert class_of_text(old, new, frozenset({"rektor"})) is klass
    assert class_of_text(new, old, frozenset({"rektor"})) is klass


# Lists of parts


parts = st.lists(
    st.fixed_dictionaries(
        {"gör": st.sampled_from(["läs alla svar noga", "läs alla svar", "skriv", "ring", "vänta"])},
        optional={"titel": st.sampled_from("abc"), "id": st.sampled_from("xyz")},
    ),
    max_size=7,
)


@given(parts, parts)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_the_new_list_can_be_made_from_the_pairs(
    old: list[dict[str, str]], new: list[dict[str, str]]
) -> None:
    found = pairs(old, new)
    assert len(set(found.across.values())) == len(found.across)
    turned = [{**item, "nr": i} for i, item in enumerate(old)]  # to see which one it is
    gone = [step_of(turned, i) for i in range(len(old)) if i not in found.across]
    moved = {step_of(turned, i): found.across[i] for i in found.moved}
    come = {j: new[j] for j in range(len(new)) if j not in found.across.values()}
    made = restored(turned, gone, moved, come)
    back = {j: i for i, j in found.across.items()}
    assert [item.get("nr") for item in made] == [back.get(j) for j in range(len(new))]


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [("abcd", "abcd", 0), ("abcd", "bcda", 1), ("abcd", "dcba", 3), ("ab", "ba", 1), ("", "ab", 0)],
)
def test_as_few_as_possible_have_moved(old: str, new: str, moves: int) -> None:
    found = pairs([{"id": c} for c in old], [{"id": c} for c in new])
    assert len(found.moved) == moves


def test_a_step_that_is_rewritten_is_the_same_step() -> None:
    old = [{"gör": "Läs klagomålet och svara den som klagar."}, {"gör": "Spara svaret."}]
    new = [{"gör": "Spara svaret."}, {"gör": "Läs klagomålet noga och svara den som klagar."}]
    assert pairs(old, new).across == {0: 1, 1: 0}


def test_data_has_one_form() -> None:
    assert canonical({"b": 1, "a": ["å"]}) == '{"a":["å"],"b":1}'


def test_ej_angivet_is_a_value() -> None:
    changes = changed(METOD, "syfte: Att", "syfte: ej_angivet\nanmärkning: Att")
    assert [(c.väg, c.efter, c.klass) for c in changes] == [
        (("syfte",), EJ_ANGIVET, Klass.MATERIELL),
        (("anmärkning",), "Att samma fel inte ska hända igen.", Klass.REDAKTIONELL),
    ]
