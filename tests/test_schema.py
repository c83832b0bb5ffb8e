"""The schemas, what they find wrong, and that they and the model cannot drift apart."""

from __future__ import annotations

import ast
import json
import time
import types
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

import ska
from ska.files.tree import read_tree
from ska.model import SAMLINGAR
from ska.reading import schema, yaml_source
from ska.reading.schema import MAX_PROBLEMS, Kind, SchemaError
from ska.reading.schema_words import _WORDS, MANUAL
from ska.reading.validator import FORMATS, Validator
from ska.reading.yaml_source import Document
from ska.reading.yaml_words import REFUSALS
from ska.rules import RULES
from ska.ting import EJ_ANGIVET, KINDS, Del, Månad, Ting
from tests.helpers import ALONE, TESTS, Case, cases, english, minimal, missed, outcome, words

FILES = {name.removeprefix("schemas/"): json.loads(raw) for name, raw in minimal().schemas.items()}
LOADED = schema.load(minimal().schemas)
REFUSED = [
    pytest.param(case, id=case.name)
    for name in ("falt", "varden")
    for case in cases(TESTS / "reading" / f"{name}.md")
]


def kind(body: dict[str, Any]) -> Kind:
    """Make a kind of a schema's body."""
    whole = {"x-filer": ["fil.yml"], "type": "object", "additionalProperties": False, **body}
    return schema.load({"schemas/fil.schema.json": json.dumps(whole).encode()})["fil"]


def check(body: dict[str, Any], text: str) -> schema.Checked:
    document = yaml_source.read(ALONE, text.encode())
    assert isinstance(document, Document), document
    return schema.check(document, kind(body))


# --- What is found wrong -------------------------------------------------------------------


@pytest.mark.parametrize("case", REFUSED)
def test_damage_is_refused_at_its_place(case: Case) -> None:
    problems = outcome(case.files).problems
    assert case.expected
    assert missed(case, problems) == []
    for problem in problems:
        assert problem.hint
        assert english(words(problem)) == []


def test_there_are_many_kinds_of_damage() -> None:
    assert len(REFUSED) >= 90


def test_every_finding_of_a_schema_has_a_case() -> None:
    shown = {want.rule for parameter in REFUSED for want in parameter.values[0].expected}  # type: ignore[union-attr]
    elsewhere = {"okand-fil", "saknad-fil", "inte-vanlig-fil", "for-manga-fel"}  # test_check, below
    assert shown | elsewhere == set(MANUAL)


def rule_ids() -> Iterator[str]:
    """Yield each id that the program gives a problem outright."""
    for path in Path(ska.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                rule = node.args[1]
                if isinstance(rule, ast.Constant):
                    yield rule.value


def test_every_id_of_a_problem_is_explained_once() -> None:
    used = set(rule_ids())
    assert len(used) >= 10
    assert used <= set(MANUAL)
    ids = [*MANUAL, *REFUSALS, *(rule.ID for rule in RULES)]
    assert len(set(ids)) == len(ids)
    for text in MANUAL.values():
        assert text.endswith(".")
        assert english(text) == []


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        ("titel: Ta", "titl: Ta", "menade du ”titel”?"),
        ("\nsteg:", "\nstegg:", "menade du ”steg”?"),
        ("titel: Ta", "rubrik: x\ntitel: Ta", "fälten som finns är id, titel"),
        ("status: återgiven", "status: Återgiven", "menade du ”återgiven”? skriv gällande, "),
        ("status: återgiven", "status: klar", "skriv gällande, återgiven, utkast eller upphörd"),
        ("gäller_från: 2026-01-01", "gäller_från: 1 maj", "år, månad och dag: 2025-01-31, eller "),
        ("ägare: enhetschef", "ägare: Chef", "till exempel ”attitydundersokning”, eller skriv ej_"),
        ("antal: 1", 'antal: "1"', "skriv 1 utan citattecken"),
        ("antal: 1", "antal: ett", "skriv bara siffror"),
        ("inom: ej_angivet", "inom: en dag", "med indrag: antal och enhet, eller skriv ej_angivet"),
        ("inom: ej_angivet", "inom: ej_anigvet", "menade du ”ej_angivet”?"),
        ("ägare: enhetschef", "ägare:", "skriv ett värde, eller ta bort fältet"),
    ],
)
def test_the_hint_says_what_to_do(before: str, after: str, hint: str) -> None:
    path = "plan/rutiner/ta-emot-klagomal.yml"
    text = minimal().plan[path].decode()
    assert before in text
    (problem,) = outcome({path: text.replace(before, after, 1)}).problems
    assert hint in (problem.hint or "")


def test_a_date_or_a_month_where_both_will_do() -> None:
    text = minimal().plan["plan/kallor.yml"].decode().replace("2025-11-20", "2025")
    (problem,) = outcome({"plan/kallor.yml": text}).problems
    assert problem.hint == (
        "år, månad och dag: 2025-01-31, eller år och månad: 2025-03, eller skriv ej_angivet"
    )


def test_what_is_shown_of_a_value_fits_on_a_line() -> None:
    body = {"properties": {"a": {"type": "string", "pattern": "^x$"}}}
    (form,) = check(body, f'a: "{"y" * 40}\\n{"z" * 40}"').problems
    (key,) = check({"properties": {"a": {"enum": ["x"]}}}, f'"{"b" * 40}\\n{"c" * 40}": x').problems
    for problem in (form, key):
        assert "\n" not in problem.message
        assert "↵" in problem.message
        assert len(problem.message) < 120


def test_other_keywords_than_ours_are_still_told_of_in_swedish() -> None:
    body = {"properties": {"a": {"type": "integer", "multipleOf": 2}}}
    (problem,) = check(body, "a: 3").problems
    assert (problem.rule, problem.message) == ("fel-form", "fältet ”a” följer inte schemat")


def test_a_constant_outside_a_choice() -> None:
    (problem,) = check({"properties": {"a": {"const": "ja"}}}, "a: nej").problems
    assert (problem.rule, problem.hint) == ("fel-val", "skriv ja")


def test_many_problems_are_cut_short() -> None:
    body = {"properties": {"a": {"type": "array", "items": {"type": "string", "maxLength": 1}}}}
    few = check(body, "a:\n" + "- xx\n" * MAX_PROBLEMS).problems
    assert [problem.rule for problem in few] == ["fel-antal"] * MAX_PROBLEMS
    many = check(body, "a:\n" + "- xx\n" * (MAX_PROBLEMS + 1)).problems
    assert [problem.rule for problem in many] == ["fel-antal"] * MAX_PROBLEMS + ["for-manga-fel"]
    mistyped = check(body, "a:\n" + "- 1\n" * (MAX_PROBLEMS + 1)).problems
    assert [problem.rule for problem in mistyped] == (
        ["otydligt-varde"] * MAX_PROBLEMS + ["for-manga-fel"]
    )
    assert english(words(many[-1])) == []


MANY = ", ".join(f"x{n}" for n in range(60_000))
HEAVY = {
    "the same value twice among many": f"lagrum: [{MANY}, x1]",
    "mixed kinds": "lagrum: [" + ", ".join(f"{{a: {n}}}, [{n}]" for n in range(15_000)) + "]",
    "unknown names": "\n".join(f"gäller_{n}: x" for n in range(40_000)),
    "wrong parts": "steg:\n" + "- x: y\n" * 30_000,
    "numbers as text": "lagrum: [" + ", ".join(map(str, range(20_000))) + "]",
    "a long id": "id: " + "x-" * 400_000,
    "a long name": "? " + "x" * 900_000 + "\n: y",
}  # fmt: skip


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_no_file_takes_long(text: str) -> None:
    document = yaml_source.read(ALONE, text.encode())
    assert isinstance(document, Document)
    started = time.process_time()
    checked = schema.check(document, LOADED["rutin"])
    assert time.process_time() - started < 5
    assert 0 < len(checked.problems) <= MAX_PROBLEMS + 1


# --- Typing --------------------------------------------------------------------------------


def test_the_schema_says_what_is_a_number() -> None:
    body = {
        "properties": {
            "helt": {"type": "integer"},
            "tal": {"type": "number"},
            "text": {"type": "string"},
            "år": {"anyOf": [{"const": EJ_ANGIVET}, {"type": "integer"}]},
            "lista": {"type": "array", "items": {"type": "integer"}},
        }
    }
    checked = check(body, "helt: -12\ntal: 3.10\ntext: '12'\når: 2025\nlista: [1, 0]\n")
    assert checked.problems == []
    assert checked.data == {
        "helt": -12, "tal": Decimal("3.10"), "text": "12", "år": 2025, "lista": [1, 0]
    }  # fmt: skip
    assert str(checked.data["tal"]) == "3.10"  # no rounding on the way
    assert check(body, "år: ej_angivet").data == {"år": EJ_ANGIVET}


@pytest.mark.parametrize(
    "text", ["01", "+1", "-0", "1_000", "1 000", "0x1", "1e3", "1:30", "1" * 16]
)
def test_only_plain_digits_are_a_number(text: str) -> None:
    (problem,) = check({"properties": {"a": {"type": "integer"}}}, f"a: {text}").problems
    assert problem.rule == "fel-typ"


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        ("date", ["2024-02-29", "1900-01-01"], ["2023-02-29", "1899-12-31", "20240229", "24-2-9"]),
        ("year-month", ["2025-12", "1900-01", "2199-12"], ["2025-00", "2025-1", "1899-12", "2025"]),
    ],
)  # fmt: skip
def test_dates_and_months(form: str, good: list[str], bad: list[str]) -> None:
    body = {"properties": {"a": {"type": "string", "format": form}}}
    for text in good:
        assert check(body, f"a: {text}").problems == []
        (problem,) = check(body, f'a: "{text}\\n"').problems
        assert problem.rule == "fel-form"
    for text in bad:
        (problem,) = check(body, f"a: {text}").problems
        assert problem.rule == "fel-form"


def test_a_pattern_is_matched_to_the_very_end() -> None:
    body = {"properties": {"a": {"type": "string", "pattern": "^[a-z]+$"}}}
    assert check(body, "a: b").problems == []
    assert [problem.rule for problem in check(body, "a: |\n  b\n").problems] == ["fel-form"]


def test_equal_values_are_equal_however_they_are_written() -> None:
    body = {"properties": {"a": {"type": "array", "items": {}, "uniqueItems": True}}}
    assert check(body, "a: [x, z, [x], {x: z}, {z: x}]").problems == []
    for one, two in (("x", "'x'"), ("[x]", "[x]"), ("{a: b, c: d}", "{c: d, a: b}")):
        (problem,) = check(body, f"a: [{one}, {two}]").problems
        assert (problem.rule, problem.location.column) == ("fel-antal", len(f"a: [{one}, ") + 1)
    anything = {"properties": {"a": {"type": "array", "items": {}, "uniqueItems": False}}}
    assert check(anything, "a: [x, x]").problems == []


def test_things_and_references_are_collected_with_their_owners() -> None:
    text = minimal().plan["plan/arshjul.yml"].decode()
    document = yaml_source.read("plan/arshjul.yml", text.encode())
    assert isinstance(document, Document)
    checked = schema.check(document, LOADED["arshjul"])
    assert [(found.slag, found.id) for found in checked.found] == [
        ("aktivitet", "uppfoljning-klagomal"),
        ("årshjul", "arshjul-2026"),
    ]
    mentions = {
        (r.slag, r.path[-2 if r.path[-1] == 0 else -1], r.target) for r in checked.references
    }
    assert ("aktivitet", "ansvariga", "enhetschef") in mentions
    assert ("årshjul", "nämnd", "exempelnamnden") in mentions
    assert [(gap.slag, gap.path) for gap in checked.unstated] == [("årshjul", ("sammanträden",))]
    (role,) = (r for r in checked.references if r.target == "enhetschef")
    assert (role.where().line, role.where().column) == (21, 9)


# --- The schemas themselves ----------------------------------------------------------------


def nodes(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema inside a schema, itself first."""
    yield path, node
    for key in ("properties", "$defs"):
        for name, inner in node.get(key, {}).items():
            yield from nodes(inner, f"{path}/{name}")
    for key in ("items", "if", "then", "else", "not"):
        if key in node:
            yield from nodes(node[key], f"{path}/{key}")
    for number, inner in enumerate(node.get("anyOf", ())):
        yield from nodes(inner, f"{path}/{number}")


#: Keywords that hold other schemas, name things, or are ours and say how a field is used.
STRUCTURE = {"$schema", "$id", "$ref", "$defs", "title", "description", "examples"}
STRUCTURE |= {"properties", "items", "anyOf", "if", "then", "else"}
OURS = {
    "x-filer",
    "x-måste_finnas",
    "x-beslutas_av",
    "x-slag",
    "x-refererar",
    "x-mängd",
    "x-rik",
    "x-text",
    "x-ingår_i_planen",
    "x-utanför_beslutet",
    "x-notis",
    "x-minne",
    "x-vilar_på",
    "x-bär",
    "x-avtryck",
    "x-avtryck_med",
    "x-granskas_av",
}


@pytest.mark.parametrize("name", FILES)
def test_each_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(FILES[name])
    assert FILES[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert FILES[name]["$id"] == name


@pytest.mark.parametrize("name", FILES)
def test_each_keyword_has_words(name: str) -> None:
    used = {keyword for _, node in nodes(FILES[name]) for keyword in node}
    assert used <= STRUCTURE | OURS | set(_WORDS)


def test_no_word_is_for_a_keyword_that_no_schema_has() -> None:
    used = {keyword for body in FILES.values() for _, node in nodes(body) for keyword in node}
    assert set(_WORDS) <= used


@pytest.mark.parametrize("name", FILES)
def test_each_field_has_a_swedish_title_and_description(name: str) -> None:
    told = [FILES[name], *FILES[name].get("$defs", {}).values()]
    told += [
        field
        for path, node in nodes(FILES[name])
        if not path.endswith(("/if", "/then", "/else", "/not"))
        for field in node.get("properties", {}).values()
    ]
    told += [
        node["items"] for _, node in nodes(FILES[name]) if "properties" in node.get("items", {})
    ]
    assert len(told) > 2
    for node in told:
        title, description = node["title"], node["description"]
        assert title == title.strip() != ""
        assert title[0].isupper()
        assert description.endswith((".", '".'))
        assert description != title
        assert english(f"{title} {description}") == []


@pytest.mark.parametrize("name", FILES)
def test_each_object_is_closed_and_requires_what_it_has(name: str) -> None:
    for path, node in nodes(FILES[name]):
        if node.get("type") == "object":
            assert node["additionalProperties"] is False, path
            assert set(node.get("required", ())) <= set(node["properties"]), path
        if "not" in node.get("else", {}):
            assert "typ" in node["properties"], path  # what a misplaced field is told to depend on
        if "not" in node:
            assert list(node["not"]) == ["required"], path


def test_examples_follow_their_schema() -> None:
    for name, body in FILES.items():
        for path, node in nodes(body):
            for example in node.get("examples", ()):
                validator = Draft202012Validator(schema._written_out(node, name, FILES))
                assert validator.is_valid(example), f"{name}{path}: {example}"


def test_each_reference_names_kinds_that_exist() -> None:
    named = set()
    for body in FILES.values():
        for _, node in nodes(body):
            target = node.get("x-refererar", ())
            named |= {target} if isinstance(target, str) else set(target)
    assert len(named) > 10
    assert named <= set(SAMLINGAR)


def test_each_kind_is_in_one_schema_and_in_the_model() -> None:
    kinds = [
        node["x-slag"] for body in FILES.values() for _, node in nodes(body) if "x-slag" in node
    ]
    assert sorted(kinds) == sorted(KINDS) == sorted(SAMLINGAR)


def test_a_reference_stands_inside_a_thing() -> None:
    """Otherwise no thing would mention it, and it would be lost."""
    for loaded in LOADED.values():
        for path, node, owner in owned(loaded.body):
            assert owner or "x-refererar" not in node, f"{loaded.name}{path}"


def owned(node: Any, path: str = "", owner: str = "") -> Iterator[tuple[str, Any, str]]:
    owner = node.get("x-slag", owner)
    yield path, node, owner
    for name, inner in node.get("properties", {}).items():
        yield from owned(inner, f"{path}/{name}", owner)
    for inner in [node["items"]] if "items" in node else node.get("anyOf", ()):
        yield from owned(inner, path, owner)


def test_no_file_is_of_two_kinds() -> None:
    names = [pattern.replace("*", "x") for loaded in LOADED.values() for pattern in loaded.patterns]
    assert len(names) > len(LOADED)
    for one, two in combinations(LOADED.values(), 2):
        assert not [name for name in names if one.claims(name) and two.claims(name)]


@pytest.mark.parametrize(
    ("name", "claimed"),
    [
        ("rutiner/x.yml", True),
        ("rutiner/å.yml", True),
        ("rutiner/x.YML", False),
        ("rutiner/x.yaml", False),
        ("rutiner/a/x.yml", False),
        ("Rutiner/x.yml", False),
        ("x.yml", False),
        ("a/rutiner/x.yml", False),
    ],
)
def test_a_kind_claims_its_files(name: str, claimed: bool) -> None:
    assert LOADED["rutin"].claims(name) is claimed


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"a.schema.json": b"{"}, "a.schema.json är inte giltig JSON"),
        ({"a.schema.json": b"\xff"}, "a.schema.json är inte giltig JSON"),
        ({"a.schema.json": b"[" * 100_000}, "a.schema.json är inte giltig JSON"),
        ({"a.schema.json": b'{"x-filer": [], "$ref": "#/x"}'}, "hänvisar till #/x, som inte finns"),
        ({"a.schema.json": b'{"x-filer": [], "$ref": "b.json#/x"}'}, "b.json#/x, som inte finns"),
    ],
)
def test_a_broken_schema_is_told_of(files: dict[str, bytes], why: str) -> None:
    with pytest.raises(SchemaError, match=why):
        schema.load(files)


# --- Schema and model ----------------------------------------------------------------------

#: What every thing has in the model; some kinds have no such field in plan/.
INHERITED = {field.name for field in fields(Ting)} - {"id"}


def drift(node: dict[str, Any], kind: type[Del], where: str) -> Iterator[str]:
    """Say each way in which a schema's object and the class of it differ."""
    things = {
        name
        for name, field in node["properties"].items()
        if any("x-slag" in form.get("items", {}) for form in field.get("anyOf", [field]))
    }
    properties = set(node["properties"]) - things
    hints = get_type_hints(kind)
    own = {field.name: field for field in fields(kind) if field.name != "spår"}
    yield from (f"{where}.{name} is not in {kind.__name__}" for name in properties - set(own))
    optional = INHERITED if issubclass(kind, Ting) else set()
    lacking = set(own) - properties - optional
    yield from (f"{where}.{name} is not in the schema" for name in lacking)
    for name in sorted(properties & set(own)):
        required = name in node["required"] if "required" in node else False
        if required != (own[name].default is MISSING) and name not in optional:
            yield f"{where}.{name}: required in one of them only"
        yield from differs(node["properties"][name], hints[name], f"{where}.{name}")


def differs(node: dict[str, Any], hint: Any, where: str) -> Iterator[str]:
    """Say how a field's schema and its type differ."""
    options = list(get_args(hint)) if get_origin(hint) in (Union, types.UnionType) else [hint]
    options = [option for option in options if option is not type(None)]
    branches = node.get("anyOf", [node])
    if any("const" in branch for branch in branches):
        branches = [branch for branch in branches if "const" not in branch]
        if options != [str]:  # a text holds any text
            if Literal[EJ_ANGIVET] not in options:
                yield f"{where}: may be ej_angivet in the schema only"
            options = [option for option in options if option != Literal[EJ_ANGIVET]]
    if len(branches) != len(options):
        yield f"{where}: {len(branches)} forms in the schema, {len(options)} in the model"
        return
    for branch, option in zip(branches, options, strict=True):
        yield from unlike(branch, option, where)


def unlike(node: dict[str, Any], option: Any, where: str) -> Iterator[str]:
    if node.get("type") == "object":
        if isinstance(option, type) and issubclass(option, Del):
            yield from drift(node, option, where)
        else:
            yield f"{where}: an object in the schema, {option} in the model"
    elif node.get("type") == "array":
        if get_origin(option) is tuple and get_args(option)[1:] == (...,):
            yield from differs(node["items"], get_args(option)[0], f"{where}[]")
        else:
            yield f"{where}: a list in the schema, {option} in the model"
    elif get_origin(option) is Literal:
        if set(get_args(option)) != set(node.get("enum", ())):
            yield f"{where}: other choices in the schema than in the model"
    else:
        forms: dict[Any, Any] = {
            "date": date,
            "year-month": Månad,
            "integer": int,
            "number": Decimal,
        }
        expected = forms.get(node.get("format", node.get("type")), str)
        if option is not expected:
            yield f"{where}: {expected.__name__} in the schema, {option.__name__} in the model"


def objects() -> dict[str, dict[str, Any]]:
    found = (node for loaded in LOADED.values() for _, node in nodes(loaded.body))
    return {node["x-slag"]: node for node in found if "x-slag" in node}


@pytest.mark.parametrize("slag", sorted(KINDS))
def test_schema_and_model_say_the_same(slag: str) -> None:
    assert list(drift(objects()[slag], KINDS[slag], slag)) == []


def test_a_drift_would_be_seen() -> None:
    changed = json.loads(json.dumps(objects()["rutin"]))
    changed["properties"]["nytt"] = {"type": "string"}
    del changed["properties"]["syfte"]
    changed["properties"]["status"]["enum"].append("arkiverad")
    changed["properties"]["steg"]["items"]["properties"]["inom"]["anyOf"][1]["required"] = ["antal"]
    changed["properties"]["ändringar"]["items"]["properties"]["datum"] = {"type": "string"}
    changed["properties"]["titel"] = {"type": "array", "items": {"type": "string"}}
    assert sorted(drift(changed, KINDS["rutin"], "rutin")) == [
        "rutin.nytt is not in Rutin",
        "rutin.status: other choices in the schema than in the model",
        "rutin.steg[].inom.enhet: required in one of them only",
        "rutin.syfte is not in the schema",
        "rutin.titel: a list in the schema, <class 'str'> in the model",
        "rutin.ändringar[].datum: str in the schema, date in the model",
    ]


def test_parts_are_judged_as_the_library_judges_them() -> None:
    """The validator keeps a part's own validator; the library makes it anew. Nothing may differ."""
    slow = extend(Draft202012Validator, {key: Validator.VALIDATORS[key] for key in _OURS})
    random = Random(7)
    tree = read_tree(TESTS.parent)
    kinds = schema.load(tree.schemas).values()
    compared = 0
    for path, raw in sorted(tree.plan.items()):
        document = yaml_source.read(path, raw)
        assert isinstance(document, Document)
        kind = next(kind for kind in kinds if kind.claims(path.removeprefix("plan/")))
        for data in (document.data, *(_damaged(document.data, random) for _ in range(3))):
            library = slow(kind.body, format_checker=FORMATS)
            expected = [_seen(error) for error in library.iter_errors(data)]
            assert [_seen(error) for error in kind.validator.iter_errors(data)] == expected
            compared += len(expected)
    assert compared > 100


_OURS = ("pattern", "uniqueItems")


def _seen(error: ValidationError) -> tuple[object, ...]:
    inner = [_seen(each) for each in error.context or ()]
    return (
        list(error.absolute_path), list(error.absolute_schema_path), error.validator,
        error.message, error.instance, error.schema, inner,
    )  # fmt: skip


def _damaged(data: Any, random: Random) -> Any:
    """Copy a file's data with one value, at a random depth, taken away or made something else."""
    if isinstance(data, dict) and data and random.random() < 0.8:
        key = random.choice(sorted(data))
        if random.random() < 0.3:
            return {k: v for k, v in data.items() if k != key}
        return {**data, key: _damaged(data[key], random)}
    if isinstance(data, list) and data and random.random() < 0.8:
        at = random.randrange(len(data))
        return [*data[:at], _damaged(data[at], random), *data[at + 1 :]]
    return random.choice([[], {}, {"x": "y"}, "", "ej_angivet", 7, ["a", "a"]])
