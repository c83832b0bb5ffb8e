"""What a schema finds wrong, in Swedish: the field, the reason, and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final

from ska.problems import Problem, nearest
from ska.reading.yaml_source import Document, Path

#: A jsonschema ValidationError. Its stubs say that any part may be unset, which one that was
#: raised for an instance never is.
_Error = Any

#: Rule id -> what it means. Also the manual of these ids on the site.
MANUAL: Final[dict[str, str]] = {
    "okant-falt": "Ett fält som schemat inte känner till. Oftast ett stavfel.",
    "saknat-falt": "Ett fält som måste finnas saknas.",
    "fel-typ": "Ett värde av fel sort: text där det ska vara en lista, eller tvärtom.",
    "fel-form": "Ett värde som inte har den form som fältet kräver: datum, id, diarienummer.",
    "fel-val": "Ett värde som inte är ett av dem man kan välja mellan.",
    "fel-antal": "För få eller för många värden, eller samma värde två gånger.",
    "otydligt-varde": "Ett värde som andra program läser som något annat än text.",
    "okand-fil": "En fil i plan/ som inte är av något känt slag, och som därför inte läses.",
    "saknad-fil": "En fil som planen inte är hel utan.",
    "inte-vanlig-fil": "En länk, en mapp eller något annat där det ska vara en fil.",
    "for-manga-fel": "Filen har så många fel att bara de första visas.",
}

_TYPES: Final = {
    "object": "en uppställning av fält",
    "array": "en lista",
    "string": "text",
    "integer": "ett heltal",
    "number": "ett tal",
}
_TYPE_HINTS: Final = {
    ("string", "object"): "sätt citattecken om kolonet eller klammern hör till texten",
    ("string", "array"): "sätt citattecken om hakparentesen eller strecket hör till texten",
    ("array", "string"): "skriv varje värde på en egen rad, med bindestreck och mellanslag framför",
    ("array", "object"): "sätt bindestreck och mellanslag framför varje del",
    ("integer", "string"): "skriv bara siffror",
    ("number", "string"): "skriv siffror utan mellanslag, med punkt före decimalerna",
}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MISREAD: Final = {
    "sanningsvärde": "ja eller nej",
    "datum": "ett datum",
    "klockslag": "ett klockslag, som räknas om till ett tal",
    "tal": "ett tal",
    "tecken": "ett särskilt tecken",
}


def field_name(path: Path) -> str:
    """Name a place in a document: fältet ”dokument” i källor 1 i steg 2."""
    if not path:
        return "filen"
    parts: list[str] = []
    for part in path:
        if isinstance(part, int) and parts:
            parts[-1] = f"{parts[-1].strip('”')} {part + 1}"
        else:
            parts.append(f"”{_short(part)}”")
    name = " i ".join(reversed(parts))
    return f"fältet {name}" if isinstance(path[-1], str) else name


def fingerprint(value: Any) -> str:
    """Return a text that equal values share and others don't."""
    return json.dumps(value, sort_keys=True, default=str)


def too_many(document: Document, shown: int) -> Problem:
    """Say that a file has more problems than are told."""
    message = f"filen har fler fel än de {shown} som visas"
    return Problem(document.where(), "for-manga-fel", message, "rätta dem och kontrollera igen")


def misread(document: Document, path: Path, value: str, as_what: str) -> Problem:
    """A plain scalar in a text field that other readers of YAML take for something else."""
    name = field_name(path)
    if as_what == "tomt":
        message, hint = _empty(name, value)
    else:
        message = f"{name} ska vara text, men ”{value}” läses som {_MISREAD[as_what]}"
        hint = f'sätt citattecken: "{value}"'
    return Problem(document.where(path), "otydligt-varde", message, hint)


def _empty(name: str, value: str = "") -> tuple[str, str]:
    what = f" (”{value}” betyder inget värde)" if value else ""
    return f"{name} är {'tom' if name == 'filen' else 'tomt'}{what}", (
        "skriv ett värde, eller ta bort fältet"
    )


def quoted_number(document: Document, path: Path, value: str) -> Problem:
    """A number in quotes is text to every other reader."""
    message = f"{field_name(path)} ska vara ett tal, men står inom citattecken och blir text"
    return Problem(document.where(path), "fel-typ", message, f"skriv {value} utan citattecken")


def worded(error: _Error, document: Document) -> Iterator[Problem]:
    """Turn one of jsonschema's errors into problems at their places."""
    path: Path = tuple(error.absolute_path)
    if error.validator == "anyOf":
        yield from _any_of(error, document)
        return
    make = _WORDS.get(str(error.validator), _other)
    yield from make(error, document, path)


def _any_of(error: _Error, document: Document) -> Iterator[Problem]:
    """Report the branch that was meant: never the constant, and the one that got furthest."""
    branches: dict[int, list[_Error]] = {}
    for inner in error.context or ():
        branches.setdefault(int(inner.relative_schema_path[0]), []).append(inner)
    constants = [branch["const"] for branch in error.validator_value if "const" in branch]
    meant = [b for i, b in sorted(branches.items()) if "const" not in error.validator_value[i]]
    path: Path = tuple(error.absolute_path)
    if isinstance(error.instance, str) and (close := nearest(error.instance, constants)):
        message = f"{field_name(path)} kan inte vara ”{_short(error.instance)}”"
        yield Problem(document.where(path), "fel-val", message, close)
        return

    deepest = max(meant, key=lambda errors: max(len(e.relative_path) for e in errors))
    others = [_description(b[0]) for b in meant if b is not deepest and b[0].validator == "format"]
    instead = "".join(f", eller {words}" for words in others)
    instead += "".join(f", eller skriv {constant}" for constant in constants)
    for inner in deepest:
        for problem in worded(inner, document):
            if problem.hint and not inner.relative_path:
                problem = replace(problem, hint=problem.hint + instead)
            yield problem


def _misspelt(instance: Mapping[str, Any], known: Iterable[str]) -> dict[str, str]:
    """Pair each unknown key with the missing one it resembles."""
    missing = [key for key in known if key not in instance]
    unknown = (key for key in instance if key not in known)
    close = {key: get_close_matches(key, missing, n=1) for key in islice(unknown, 100)}
    return {key: match[0] for key, match in close.items() if match}


def _unknown(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    known = error.schema["properties"]
    misspelt = _misspelt(error.instance, known)
    for key in error.instance:
        if key not in known:
            message = f"{field_name((*path, key))} är okänt"
            hint = f"menade du ”{misspelt[key]}”?" if key in misspelt else nearest(key, known)
            hint = hint or f"fälten som finns är {_listed(known)}"
            yield Problem(document.where_key((*path, key)), "okant-falt", message, hint)


def _missing(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    # A key that is only misspelt is told of once, where it stands.
    misspelt = _misspelt(error.instance, error.schema.get("properties", ())).values()
    for key in error.validator_value:
        if key not in error.instance and key not in misspelt:
            at = f" i {field_name(path).removeprefix('fältet ')}" if path else ""
            message = f"fältet ”{key}” saknas{at}"
            yield Problem(document.where(path), "saknat-falt", message, f"lägg till ”{key}:”")


def _misplaced(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    for key in error.validator_value["required"]:
        message = f"{field_name((*path, key))} hör inte hit så som ”typ” är valt"
        hint = f"ta bort ”{key}”, eller välj en annan typ"
        yield Problem(document.where_key((*path, key)), "okant-falt", message, hint)


def _type(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    expected, name = str(error.validator_value), field_name(path)
    actual = _type_of(error.instance)
    message = f"{name} ska vara {_TYPES[expected]}, men är {_TYPES[actual]}"
    hint = _TYPE_HINTS.get((expected, actual), "kontrollera indrag, kolon och citattecken")
    if document.ambiguous.get(path) == "tomt":
        message, hint = _empty(name, error.instance)
    elif (expected, actual) == ("object", "string"):
        fields = _listed(error.schema.get("properties", ()))
        hint = f"skriv fälten på egna rader, med indrag: {fields}"
    elif actual == "string" and expected in ("integer", "number"):
        message = f"{name} ska vara {_TYPES[expected]}, men är ”{_short(error.instance)}”"
    yield Problem(document.where(path), "fel-typ", message, hint)


def _type_of(value: object) -> str:
    kinds: dict[type, str] = {dict: "object", list: "array", str: "string"}
    return kinds.get(type(value), "number")


def _choice(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    values = error.validator_value if error.validator == "enum" else [error.validator_value]
    allowed = [str(value) for value in values]
    name, actual = field_name(path), _type_of(error.instance)
    if actual in ("object", "array"):
        message = f"{name} ska vara text, men är {_TYPES[actual]}"
        hint = f"skriv {_listed(allowed, 'eller')}"
        yield Problem(document.where(path), "fel-typ", message, hint)
    elif _type_of(values[0]) == actual:  # else `type` tells
        close = nearest(str(error.instance), allowed)
        hint = f"{close} " if close else ""
        message = f"{name} kan inte vara ”{_short(error.instance)}”"
        hint += f"skriv {_listed(allowed, 'eller')}"
        yield Problem(document.where(path), "fel-val", message, hint)


def _form(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    name = field_name(path)
    message = f"”{_short(error.instance)}” duger inte som {name.removeprefix('fältet ')}"
    if error.validator_value == "date" and _DAY.fullmatch(error.instance):
        message = f"{name} är {error.instance}, en dag som inte finns"
    elif not error.instance:
        message, _ = _empty(name)
    if error.instance or "minLength" not in error.schema:  # else `minLength` tells
        yield Problem(document.where(path), "fel-form", message, _description(error))


def _description(error: _Error) -> str:
    words = str(error.schema.get("x-form") or error.schema.get("description", "")).rstrip(".")
    return words[:1].lower() + words[1:]


def _length(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    limit = error.validator_value
    name = field_name(path)
    if error.validator == "maxLength":
        message, hint = f"{name} är längre än {limit} tecken", "korta texten, eller dela upp den"
    elif not error.instance:
        message, hint = _empty(name)
    elif error.validator == "minLength":
        message, hint = f"{name} är kortare än {limit} tecken", "skriv ut texten"
    else:
        message, hint = f"{name} har färre än {limit} värden", "lägg till det som saknas"
    yield Problem(document.where(path), "fel-antal", message, hint)


def _bound(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    word = "minst" if error.validator == "minimum" else "högst"
    message = f"{field_name(path)} ska vara {word} {error.validator_value}, men är {error.instance}"
    yield Problem(document.where(path), "fel-form", message, "kontrollera siffrorna")


def _repeated(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(error.instance):
        if (mark := fingerprint(item)) in seen:
            message = f"”{_short(item)}” står mer än en gång i {field_name(path)}"
            yield Problem(document.where((*path, index)), "fel-antal", message, "ta bort det ena")
        seen.add(mark)


def _other(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    message = f"{field_name(path)} följer inte schemat"
    yield Problem(document.where(path), "fel-form", message, "jämför med fältets beskrivning")


_WORDS: Final = {
    "additionalProperties": _unknown,
    "required": _missing,
    "not": _misplaced,
    "type": _type,
    "enum": _choice,
    "const": _choice,
    "pattern": _form,
    "format": _form,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _length,
    "minProperties": _length,
    "minimum": _bound,
    "maximum": _bound,
    "uniqueItems": _repeated,
}


def _listed(names: Iterable[str], last: str = "och") -> str:
    *first, final = list(names) or ["inga"]
    return f"{', '.join(first)} {last} {final}" if first else final


def _short(value: object) -> str:
    """Put a value on one line: line breaks are shown, and a long text is cut."""
    if isinstance(value, dict | list):
        return "…"
    text = str(value).replace("\n", "↵")
    return text if len(text) <= 60 else text[:57] + "…"
