"""The contract of each kind of file: JSON Schemas that type, check and point out.

One walk along a schema turns text into numbers where the schema says number, and collects what
the schema marks: things (`x-slag`), references (`x-refererar`) and memories of what was seen
(`x-minne`). Then jsonschema judges the
typed data, and `schema_words.py` says in Swedish what it found.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from itertools import islice
from typing import Any, Final

from jsonschema.exceptions import ValidationError

from ska.problems import Location, Problem
from ska.reading.forms import Former, former
from ska.reading.schema_words import misread, quoted_number, too_many, worded
from ska.reading.validator import FORMATS, FORMS, Validator
from ska.reading.yaml_source import Document, Path

EJ_ANGIVET: Final = "ej_angivet"
#: Problems told about one file. A file with more is another kind of file.
MAX_PROBLEMS: Final = 100
_INTEGER: Final = re.compile(r"-?[1-9][0-9]{0,14}|0")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")


class SchemaError(Exception):
    """A schema cannot be used; the text says why in Swedish."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing as it stands in a file: its kind, its data and where it begins."""

    slag: str
    id: str
    data: dict[str, Any]
    document: Document
    path: Path
    inside: tuple[str, str]  # kind and id of the thing that this one stands in, or two empty texts


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing's mention of another by id; `kinds` are the kinds that the id may name."""

    slag: str
    id: str
    kinds: tuple[str, ...]
    target: str
    document: Document
    path: Path

    def where(self) -> Location:
        """Locate the mention."""
        return self.document.where(self.path)


@dataclass(slots=True)
class Checked:
    """What one file came to: typed data, its things and references, and its problems."""

    document: Document
    data: Any = None
    found: list[Found] = field(default_factory=list)
    minnen: list[tuple[Any, Path]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    unstated: list[Reference] = field(default_factory=list)
    texts: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    owner: tuple[str, str] = ("", "")


Walk = Callable[[Any, Path, Checked], Any]


@dataclass(frozen=True)
class Kind:
    """One schema, ready for use. `body` has every `$ref` written out."""

    name: str
    body: Mapping[str, Any]
    walk: Walk
    validator: Any  # jsonschema makes its validator classes at run time; none has a static type

    @property
    def patterns(self) -> tuple[str, ...]:
        """File names under plan/ that follow this schema, as shell patterns."""
        return tuple(self.body.get("x-filer", ()))

    def claims(self, name: str) -> bool:
        """Tell whether the file `name` (below plan/) follows this schema."""
        return any(
            fnmatchcase(name, pattern) and name.count("/") == pattern.count("/")
            for pattern in self.patterns
        )


def bodies_of(kinds: Mapping[str, Kind]) -> dict[str, Mapping[str, Any]]:
    """Give the schemas themselves, by name: what they declare is read off them."""
    return {name: kind.body for name, kind in kinds.items()}


def forms_of(kinds: Mapping[str, Kind]) -> Former:
    """Give what the schemas say of fields."""
    return former(bodies_of(kinds))


def load(files: Mapping[str, bytes]) -> dict[str, Kind]:
    """Read every `*.schema.json` of `files` (name -> bytes).

    Raises `SchemaError` when one is not JSON or refers to nothing.
    """
    raw: dict[str, Any] = {}
    for name, content in sorted(files.items()):
        try:
            raw[name.rsplit("/", 1)[-1]] = json.loads(content)
        except (ValueError, RecursionError):
            raise SchemaError(f"{name} är inte giltig JSON") from None
    kinds = {}
    for name, body in raw.items():
        if "x-filer" in body:
            written_out = _written_out(body, name, raw)
            short = name.removesuffix(".schema.json")
            validator = Validator(written_out, format_checker=FORMATS)
            kinds[short] = Kind(short, written_out, _walk(written_out), validator)
    return kinds


def check(document: Document, kind: Kind) -> Checked:
    """Type and judge one document. Nothing is raised; problems are in the answer."""
    checked = Checked(document)
    checked.data = kind.walk(document.data, (), checked)
    found = dict.fromkeys(_judged(checked, kind))  # each once, in order
    checked.problems += islice(found, max(0, MAX_PROBLEMS - len(checked.problems)))
    if len(found) > MAX_PROBLEMS or len(checked.problems) > MAX_PROBLEMS:
        checked.problems[MAX_PROBLEMS:] = [too_many(document, MAX_PROBLEMS)]
    return checked


def _judged(checked: Checked, kind: Kind) -> Iterator[Problem]:
    """What the schema says about the typed data, less what would only echo another problem."""
    document = checked.document
    mistyped = {problem.location for problem in checked.problems}
    errors = list(islice(kind.validator.iter_errors(checked.data), MAX_PROBLEMS + 1))
    misnamed = {tuple(e.absolute_path) for e in errors if e.validator == "enum"}
    _lend_properties(errors)
    problems = (
        problem
        for error in errors
        # Whether a field belongs to a `typ` can't be said while the `typ` itself is wrong.
        if error.validator != "not" or _has_kind(error, misnamed)
        for problem in worded(error, document)
        if problem.location not in mistyped
    )
    return islice(problems, MAX_PROBLEMS + 1)


def _lend_properties(errors: list[ValidationError]) -> None:
    """Let a field that only some kinds require be known for misspelt too.

    The part of the schema that requires it (`then`) doesn't say which fields there are.
    """
    strict = (error for error in errors if error.validator == "additionalProperties")
    known = {tuple(error.absolute_path): error.schema for error in strict}
    for error in errors:
        if error.validator == "required":
            error.schema = known.get(tuple(error.absolute_path), error.schema)


def _has_kind(error: ValidationError, misnamed: set[Path]) -> bool:
    path: Path = (*error.absolute_path, "typ")
    return isinstance(error.instance, dict) and "typ" in error.instance and path not in misnamed


def _written_out(node: Any, name: str, raw: Mapping[str, Any]) -> Any:
    """Replace each `$ref` by what it names, so that nothing is looked up while validating."""
    if isinstance(node, list):
        return [_written_out(item, name, raw) for item in node]
    if not isinstance(node, dict):
        return node
    rest = {key: _written_out(value, name, raw) for key, value in node.items() if key != "$ref"}
    rest.pop("$defs", None)
    if "$ref" not in node:
        return rest
    file, _, pointer = node["$ref"].partition("#")
    target: Any = raw.get(file or name)
    for part in pointer.strip("/").split("/"):
        if not isinstance(target, dict) or part not in target:
            raise SchemaError(f"{name} hänvisar till {node['$ref']}, som inte finns")
        target = target[part]
    target = _written_out(target, file or name, raw)
    # The referring place may rename a part; the part's own words still say what form it takes.
    return {**target, "x-form": target.get("description", ""), **rest}


def _walk(node: Mapping[str, Any]) -> Walk:
    """Compile a schema node to a function that types a value and collects what it marks."""
    if "anyOf" in node:
        return _walk_any([_walk(branch) for branch in node["anyOf"]], node["anyOf"])
    match node.get("type"):
        case "object":
            return _walk_object(node)
        case "array":
            return _walk_array(_walk(node["items"]))
        case "integer":
            return _walk_number(_INTEGER, int)
        case "number":
            return _walk_number(_NUMBER, Decimal)
        case _:
            return _walk_text(node)


def _walk_object(node: Mapping[str, Any]) -> Walk:
    walks = {key: _walk(value) for key, value in node.get("properties", {}).items()}
    slag = node.get("x-slag")
    remembers = node.get("x-minne")

    def walk(value: Any, path: Path, checked: Checked) -> Any:
        if not isinstance(value, dict):
            return value
        outer = checked.owner
        if slag:
            checked.owner = (slag, str(value.get("id", "")))
        typed = {
            key: walks[key](item, (*path, key), checked) if key in walks else item
            for key, item in value.items()
        }
        if slag:
            checked.found.append(Found(*checked.owner, typed, checked.document, path, outer))
            checked.owner = outer
        elif remembers:
            checked.minnen.append((typed, path))
        return typed

    return walk


def _walk_array(walk_item: Walk) -> Walk:
    def walk(value: Any, path: Path, checked: Checked) -> Any:
        if not isinstance(value, list):
            return value
        return [walk_item(item, (*path, index), checked) for index, item in enumerate(value)]

    return walk


def _walk_number(form: re.Pattern[str], make: Callable[[str], object]) -> Walk:
    def walk(value: Any, path: Path, checked: Checked) -> Any:
        if isinstance(value, str) and form.fullmatch(value):
            if path in checked.document.ambiguous:
                return make(value)
            checked.problems.append(quoted_number(checked.document, path, value))
        return value

    return walk


def _walk_text(node: Mapping[str, Any]) -> Walk:
    target = node.get("x-refererar")
    kinds = (target,) if isinstance(target, str) else tuple(target or ())
    dated = node.get("format") == "date"
    prose = bool(node.get("x-rik") or node.get("x-text"))
    few = bool(kinds or "enum" in node or "const" in node)  # other values than there are places

    def would_do(value: str, misreading: str) -> bool:
        """Tell whether quotes are all that is missing; else the schema says what is wrong."""
        return misreading == "tomt" or Validator(node, format_checker=FORMATS).is_valid(value)

    def walk(value: Any, path: Path, checked: Checked) -> Any:
        if not isinstance(value, str):
            return value
        value = sys.intern(value) if few else value
        misreading = checked.document.ambiguous.get(path)
        if misreading and not (dated and misreading == "datum") and would_do(value, misreading):
            checked.problems.append(misread(checked.document, path, value, misreading))
        elif kinds or prose or value == EJ_ANGIVET:
            slag, id = checked.owner
            mention = Reference(slag, id, kinds, value, checked.document, path)
            rest = checked.unstated if value == EJ_ANGIVET else checked.texts
            (checked.references if kinds else rest).append(mention)
        return value

    return walk


def _walk_any(walks: list[Walk], branches: list[Mapping[str, Any]]) -> Walk:
    """Take the branch whose constant or type fits; the last one where none does."""
    fits = [_fits(branch) for branch in branches]

    def walk(value: Any, path: Path, checked: Checked) -> Any:
        chosen = next((w for w, fit in zip(walks, fits, strict=True) if fit(value)), walks[-1])
        return chosen(value, path, checked)

    return walk


def _fits(branch: Mapping[str, Any]) -> Callable[[Any], bool]:
    if "const" in branch:
        constant = branch["const"]
        return lambda value: bool(value == constant)
    types = {"object": dict, "array": list}
    expected = types.get(branch.get("type", ""), str)
    form = branch.get("format")
    if form in FORMS:
        return lambda value: isinstance(value, str) and FORMS[form](value)
    return lambda value: isinstance(value, expected)
