"""Damage to shape: what the schemas say of fields and values, walked along with the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

from ska.reading import schema
from ska.ting import EJ_ANGIVET
from tests.mutations import edit
from tests.mutations.damage import Damage, operator
from tests.mutations.edit import Path
from tests.mutations.reading import documents
from tests.mutations.sites import Site

#: Values that almost have the form that a pattern or format asks for, by a word in the pattern.
NEARLY = {
    "date": ("2027-02-30", "2027-2-28", "2027-13-01", "28 februari 2027"),
    "year-month": ("2027-13", "2027-1", "mars 2027"),
    "§": ("94", "§94", "94 §"),
    "SFS": ("2010:800", "SFS 10:800", "SFS 2010/800"),
    "{2,4}": ("2026/311", "ON26-311", "ON 2026:311"),
    "(-[a-z0-9]+)*": ("Två ord", "å-ä-ö", "-streck", "slut-"),
    "https": ("http://exempel.example", "exempel.example"),
}


class Valued(NamedTuple):
    """A value of a file, and the part of the schema that it must follow."""

    file: str
    path: Path
    value: Any
    schema: Mapping[str, Any]


def values(site: Site) -> Iterator[Valued]:
    for file, document in documents(site).items():
        name = file.removeprefix("plan/")
        kind = next(kind for kind in site.kinds.values() if kind.claims(name))
        yield from _values(file, (), document.data, kind.body)


def _values(file: str, path: Path, value: Any, body: Mapping[str, Any]) -> Iterator[Valued]:
    for branch in body.get("anyOf", ()):
        if schema._fits(branch)(value):
            body = branch
            break
    yield Valued(file, path, value, body)
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _values(file, (*path, key), item, body["properties"][key])
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _values(file, (*path, index), item, body["items"])


def damage(value: Valued, *edits: edit.Edit, what: str = "") -> Damage:
    place = f"{value.file} {'/'.join(map(str, value.path))} {what}".rstrip()
    return Damage(place, {value.file: list(edits)})


@operator("Form")
def a_misspelt_field(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if isinstance(value.value, dict) and value.value:
            random = Random(str(value.path))
            key = random.choice(list(value.value))
            index = random.randrange(len(key))
            wrong = random.choice([key[:index] + key[index + 1 :], key[:index] + key[index:] * 2])
            if wrong and wrong not in value.schema["properties"]:
                yield damage(value, edit.rename((*value.path, key), wrong), what=wrong)


@operator("Form")
def an_invented_field(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if isinstance(value.value, dict):
            yield damage(value, edit.put((*value.path, "prioritet"), "hög"))


@operator("Form")
def a_missing_field(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if isinstance(value.value, dict):
            for key in value.schema.get("required", ()):
                yield damage(value, edit.drop((*value.path, key)), what=key)


@operator("Form")
def a_text_where_a_list_belongs(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if value.schema.get("type") == "array" and value.path:
            yield damage(value, edit.put(value.path, "ett värde"))


@operator("Form")
def a_list_where_a_text_belongs(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if value.schema.get("type") == "string":
            yield damage(value, edit.put(value.path, [value.value, "och ett till"]))


@operator("Form")
def fields_where_a_text_belongs(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if value.schema.get("type") == "string":
            yield damage(value, edit.put(value.path, {"text": value.value}))


@operator("Form")
def words_where_a_number_belongs(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if value.schema.get("type") in ("integer", "number"):
            yield damage(value, edit.put(value.path, Random(str(value.path)).choice(
                ["tolv", "1 200", "12,5", "ca 12"])))  # fmt: skip


@operator("Form")
def a_number_in_quotation_marks(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if value.schema.get("type") in ("integer", "number"):
            yield damage(value, edit.put(value.path, edit.Quoted(value.value)))


@operator("Form")
def a_number_outside_its_bounds(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if "minimum" in value.schema:
            yield damage(value, edit.put(value.path, value.schema["minimum"] - 1))
        if "maximum" in value.schema:
            yield damage(value, edit.put(value.path, value.schema["maximum"] + 1))


@operator("Form")
def a_value_that_cannot_be_chosen(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if "enum" in value.schema and isinstance(value.value, str) and len(value.value) > 1:
            yield damage(value, edit.put(value.path, value.value[:-1] + "x"))


@operator("Form")
def a_value_nearly_in_form(site: Site) -> Iterator[Damage]:
    """A month, date, number of a case or law, paragraph or id that is none."""
    for value in values(site):
        form = f"{value.schema.get('format', '')}{value.schema.get('pattern', '')}"
        wrong = next((nearly for mark, nearly in NEARLY.items() if mark in form), ())
        if wrong and isinstance(value.value, str) and value.value != EJ_ANGIVET:
            chosen = Random(str(value.path)).choice(wrong)
            yield damage(value, edit.put(value.path, chosen), what=chosen)


@operator("Form")
def an_empty_list(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if value.schema.get("minItems") == 1:
            yield damage(value, edit.put(value.path, []))


@operator("Form")
def the_same_value_twice(site: Site) -> Iterator[Damage]:
    for value in values(site):
        if value.schema.get("uniqueItems") and value.value:
            yield damage(value, edit.add(value.path, value.value[0]))


@operator("Form")
def a_file_of_no_kind(site: Site) -> Iterator[Damage]:
    for path, raw in site.tree.plan.items():
        folder, _, name = path.rpartition("/")
        wrong = f"{folder}/{name.removesuffix('.yml')}.yaml"
        yield Damage(wrong, {path: None, wrong: raw}, (path,))
