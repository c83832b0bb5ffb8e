"""A plan in which every field of every kind holds something, made from the schemas.

A field that a schema gains is in it at once, so a page that forgets to show it is found out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import yaml

from ska.reading import schema
from tests.helpers import minimal

#: (how the field is shown, the kind of thing it belongs to, its path in the file) -> its text.
Write = Callable[[str, str, str], str]

#: Kind -> the id of the one thing of it, which every reference to the kind leads to.
IDS = {slag: f"x-{number}" for number, slag in enumerate((
    "plan", "årshjul", "kapitel", "utgåva", "nämnd", "förvaltning", "verksamhet", "avdelning",
    "enhet", "utförare", "roll", "aktivitet", "delplan", "metod", "rutin", "författning", "lagrum",
    "begrepp", "källa", "uppdrag", "planering", "budget", "avvikelser", "internkontroll", "risk",
    "kontrollmoment", "krav", "tillgänglighet",
))}  # fmt: skip
#: Fields that go only with another `typ` than the first one, which is taken.
_ELSEWHERE = {"rapporteras": "plan", "genomförs": "år"}
#: Fields that name other rows of a table, which here has one.
_OTHER_ROWS = {"delar", "andra_delar", "ingår_i"}
#: What a text field's pattern begins with -> a value of that form.
_FORMS = {
    "^([A-ZÅÄÖ]{2,4}": "EX 2025-7",
    "^§": "§ 12",
    "^[0-9]+([.]": "2",
    "^(SFS": "SFS 2020:1",
    "^[0-9]{1,3}( [a-z])?$": "1",
    "^[0-9]{1,3}( [a-z])?(–": "2",
    "^([01][0-9]|2": "13:30",
    "^https": "https://example.org/blankett",
    "^[0-9a-f]{64}": "5d" * 32,
    "^[a-z0-9]+(-": "x-0",  # a thing of the kind that a field beside it names, which is the first
    "^[a-zåäö]+/": f"metod/{IDS['metod']}",
}
#: The larger system's kinds: their content and their own pages come later.
LATER = {
    "mal", "malomraden", "undantag", "upphort",
}  # fmt: skip
_DATES = {"date": "2026-02-01", "year-month": "2026-02"}
_YEAR = 2026


def files(write: Write) -> dict[str, bytes]:
    """Make the plan's files; `write` says what stands in each field of free text."""
    made = {}
    for name, kind in schema.load(minimal().schemas).items():
        if name in LATER or "x-minne" in kind.body:  # a memory holds nothing for a reader
            continue
        slag = str(kind.body.get("x-slag", ""))
        path = f"plan/{kind.patterns[0].replace('*', IDS.get(slag, ''))}"
        data = _value(kind.body, name, slag, write)
        made[path] = yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()
    return made


def _value(node: Mapping[str, Any], path: str, slag: str, write: Write) -> Any:
    inside = partial(_value, slag=slag, write=write)
    if "anyOf" in node:  # "ej_angivet", or a value
        return inside(next(branch for branch in node["anyOf"] if "const" not in branch), path)
    if "enum" in node:
        return node["enum"][0]
    match node.get("type"):
        case "object":
            own = str(node.get("x-slag", slag))
            left_out = _ELSEWHERE.get(path.rsplit(".", 1)[-1])
            return {
                key: IDS[own] if key == "id" and own else _value(part, f"{path}.{key}", own, write)
                for key, part in node["properties"].items()
                if key != left_out and key not in _OTHER_ROWS and _names_known_kinds(part)
            }
        case "array":
            return [inside(node["items"], f"{path}.{i}") for i in range(node.get("minItems", 1))]
        case "integer":
            return _YEAR if node.get("maximum", 0) > _YEAR else 1
        case "number":
            return 1
        case _:
            return _text(node, path, slag, write)


def _names_known_kinds(node: Mapping[str, Any]) -> bool:
    """Tell whether a field, and what the parts of a list must have, can be filled."""
    item = node.get("items", node)
    target = item.get("x-refererar", "plan")
    must = item.get("required", ()) if "items" in node else ()
    return (target if isinstance(target, str) else target[0]) in IDS and all(
        _names_known_kinds(item["properties"][name]) for name in must
    )


def _text(node: Mapping[str, Any], path: str, slag: str, write: Write) -> str:
    if target := node.get("x-refererar"):
        return IDS[target if isinstance(target, str) else target[0]]
    pattern = node.get("pattern", "")
    if pattern.startswith("^[a-z0-9]+(-"):  # an id inside the thing, such as a column's
        return IDS[slag]
    known = [value for start, value in _FORMS.items() if pattern.startswith(start)]
    if form := _DATES.get(node.get("format", ""), known[0] if known else ""):
        return form
    shown = "text" if node.get("x-rik") else "titel" if "<" in pattern else "rad"
    return write(shown, slag, path)
