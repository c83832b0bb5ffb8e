"""What a schema finds wrong, in Swedish: the field, the reason, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ska.problems import Problem, nearest
from ska.yaml_source import Document, Path

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
}

_TYPES: Final = {
    "object": "en uppställning av fält",
    "array": "en lista",
    "string": "text",
    "integer": "ett heltal",
    "number": "ett tal",
}
_MISREAD: Final = {
    "tomt": "ett tomt värde",
    "sanningsvärde": "ja eller nej",
    "datum": "ett datum",
    "klockslag": "ett klockslag, som räknas om till ett tal",
    "tal": "ett tal",
    "tecken": "ett särskilt tecken",
}


def field_name(path: Path) -> str:
    """Name a place in a document: ”steg 2, fältet ”roll””."""
    if not path:
        return "filen"
    parts: list[str] = []
    for part in path:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(str(part))
    last = parts.pop() if isinstance(path[-1], str) else None
    inside = ", ".join(parts)
    if last is None:
        return inside
    return f"fältet ”{last}” i {inside}" if inside else f"fältet ”{last}”"


def misread(document: Document, path: Path, value: str, as_what: str) -> Problem:
    """A plain scalar in a text field that other readers of YAML take for something else."""
    name = field_name(path)
    if as_what == "tomt" and not value:
        message, hint = f"{name} är tomt", "skriv värdet, eller ta bort fältet"
    else:
        message = f"{name} ska vara text, men ”{value}” läses som {_MISREAD[as_what]}"
        hint = f'sätt citattecken: "{value}"'
    return Problem(document.where(path), "otydligt-varde", message, hint)


def quoted_number(document: Document, path: Path, value: str) -> Problem:
    """A number in quotes is text to every other reader."""
    message = f"{field_name(path)} ska vara ett tal, men står inom citattecken och blir text"
    return Problem(document.where(path), "fel-typ", message, f"skriv {value} utan citattecken")


def typed_wrong(document: Document, path: Path, value: str, whole: bool) -> Problem:
    """Text where a number belongs."""
    kind = _TYPES["integer" if whole else "number"]
    message = f"{field_name(path)} ska vara {kind}, men är ”{value[:40]}”"
    hint = "skriv siffror utan mellanslag, med punkt före decimalerna"
    return Problem(document.where(path), "fel-typ", message, hint)


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
    meant = [b for i, b in sorted(branches.items()) if "const" not in error.validator_value[i]]

    deepest = max(meant, key=lambda errors: max(len(e.relative_path) for e in errors))
    allows_unknown = any("const" in branch for branch in error.validator_value)
    for inner in deepest:
        for problem in worded(inner, document):
            if allows_unknown and not inner.relative_path:
                hint = f"{problem.hint}, eller skriv ej_angivet" if problem.hint else None
                problem = Problem(problem.location, problem.rule, problem.message, hint)
            yield problem


def _unknown(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    known = error.schema["properties"]
    missing = [key for key in known if key not in error.instance]
    for key in error.instance:
        if key not in known:
            hint = nearest(key, missing) or nearest(key, known)
            message = f"{field_name((*path, key))} finns inte i schemat"
            hint = hint or f"fälten som finns är {_listed(known)}"
            yield Problem(document.where_key((*path, key)), "okant-falt", message, hint)


def _missing(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    for key in error.validator_value:
        if key not in error.instance:
            at = f" i {field_name(path)}" if path else ""
            message = f"fältet ”{key}” saknas{at}"
            yield Problem(document.where(path), "saknat-falt", message, f"lägg till ”{key}:”")


def _misplaced(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    for key in error.validator_value.get("required", ()):
        if key in error.instance:
            message = f"{field_name((*path, key))} hör inte hit så som ”typ” är valt"
            hint = f"ta bort ”{key}”, eller välj en annan typ"
            yield Problem(document.where_key((*path, key)), "okant-falt", message, hint)


def _type(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    expected = str(error.validator_value)
    kinds: dict[type, str] = {dict: "object", list: "array", str: "string"}
    actual = kinds.get(type(error.instance), "number")
    message = f"{field_name(path)} ska vara {_TYPES[expected]}, men är {_TYPES[actual]}"
    hints = {
        ("string", "object"): "sätt citattecken om kolonet hör till texten",
        ("string", "array"): "sätt citattecken om hakparentesen eller strecket hör till texten",
        ("array", "string"): "skriv värdena på egna rader med ”- ” framför",
        ("array", "object"): "sätt ”- ” framför varje del",
        ("object", "string"): "skriv fälten på egna rader, med indrag",
    }
    hint = hints.get((expected, actual), "kontrollera indrag, kolon och citattecken")
    yield Problem(document.where(path), "fel-typ", message, hint)


def _choice(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    allowed = [str(value) for value in error.validator_value]
    message = f"{field_name(path)} kan inte vara ”{_short(error.instance)}”"
    close = nearest(str(error.instance), allowed)
    hint = f"{close} " if close else ""
    yield Problem(document.where(path), "fel-val", message, f"{hint}välj bland {_listed(allowed)}")


def _form(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    message = f"”{_short(error.instance)}” duger inte som {field_name(path).replace('fältet ', '')}"
    words = error.schema.get("x-form") or error.schema.get("description", "")
    yield Problem(document.where(path), "fel-form", message, _lower_first(words.rstrip(".")))


def _length(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    limit = error.validator_value
    name = field_name(path)
    if error.validator == "maxLength":
        message, hint = f"{name} är längre än {limit} tecken", "korta texten, eller dela upp den"
    elif not error.instance:
        message, hint = f"{name} är tomt", "skriv ett värde, eller ta bort fältet"
    elif error.validator == "minLength":
        message, hint = f"{name} är kortare än {limit} tecken", "skriv ut texten"
    else:
        message, hint = f"{name} har färre än {limit} värden", "lägg till det som saknas"
    yield Problem(document.where(path), "fel-antal", message, hint)


def _bound(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    word = "mindre" if error.validator == "minimum" else "större"
    message = f"{field_name(path)} är {error.instance}, {word} än {error.validator_value}"
    yield Problem(document.where(path), "fel-form", message, "kontrollera siffrorna")


def _repeated(error: _Error, document: Document, path: Path) -> Iterator[Problem]:
    seen: list[Any] = []
    for index, item in enumerate(error.instance):
        if item in seen:
            message = f"”{_short(item)}” står mer än en gång i {field_name(path)}"
            yield Problem(document.where((*path, index)), "fel-antal", message, "ta bort det ena")
        seen.append(item)


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


def _listed(names: Any) -> str:
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def _short(value: object) -> str:
    if isinstance(value, dict | list):
        return "…"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
