"""What a plan says, as plain data: what is compared, hashed and handed on as JSON.

Form and layout are gone: a set has one order, what holds nothing is left out, and where it stood
is forgotten. The schemas say what is a set, what is a fact and what stands outside a decision.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal

from ska.model import Plan
from ska.ting import Del, Månad, Nyckel, Ting

#: Text, number, list or mapping; None for what is not there.
Data = Any
Tyngd = Literal["redaktionell", "text", "materiell"]

#: A plan has one frame and one wheel: the same thing in every edition, whatever its id.
ENDA: Final = frozenset({"plan", "årshjul", "tillgänglighet"})
#: Told as one fact: what of it changed says little by itself.
_HELA: Final = frozenset({"frekvens", "genomförs", "inom", "säsonger", "period"})
#: Where a thing that stands inside another one has it; not a key in the files.
LIGGER_I: Final = "ligger_i"


@dataclass(frozen=True, slots=True)
class Form:
    """What the schema says about a field and what stands in it."""

    titel: str = ""
    fält: Mapping[str, Form] = field(default_factory=dict)
    led: Form | None = None  # what a list holds
    mängd: bool = False  # the order means nothing
    hel: bool = False
    tyngd: Tyngd = "materiell"
    utanför: bool = False  # not part of what is decided
    refererar: tuple[str, ...] = ()
    tal: bool = False  # a number with decimals, as the data has it in text

    def vid(self, väg: tuple[str | int, ...]) -> Form:
        """Return the form of what stands at a path; a place in a list leads into the list."""
        form = self
        for step in väg:
            form = form.led if form.led is not None else form.fält.get(str(step), _EMPTY)
        return form


_EMPTY: Final = Form()


@dataclass(frozen=True, slots=True)
class Former:
    """The forms of all kinds, and the kinds that a decision on the plan covers, in order."""

    slag: Mapping[str, Form]
    beslutade: tuple[str, ...]

    def av(self, slag: str) -> Form:
        """Return the form of a kind."""
        return self.slag.get(slag, _EMPTY)


def former(schemas: Mapping[str, Mapping[str, Any]]) -> Former:
    """Read off the schemas (bodies by name, every reference written out) what they say."""
    kinds: dict[str, Form] = {}
    decided: list[str] = []

    def compiled(node: Mapping[str, Any], name: str, note: bool, locked: bool) -> Form:
        note = note or bool(node.get("x-notis"))
        inner = next((b for b in node.get("anyOf", ()) if "const" not in b), node)
        parts = {
            key: compiled(part, key, note, locked)
            for key, part in inner.get("properties", {}).items()
        }
        led = compiled(inner["items"], "", note, locked) if "items" in inner else None
        target = (led.refererar if led else ()) or inner.get("x-refererar", ())
        form = Form(
            str(node.get("title", name)),
            parts,
            led,
            bool(inner.get("x-mängd")),
            name in _HELA,
            "redaktionell" if note else _weight(inner),
            note or bool(node.get("x-utanför_beslutet")),
            (target,) if isinstance(target, str) else tuple(target),
            inner.get("type") == "number",
        )
        if "x-slag" in node:
            kinds[node["x-slag"]] = form
            if locked:
                decided.append(node["x-slag"])
        return form

    for body in schemas.values():
        compiled(body, "", False, bool(body.get("x-ingår_i_planen")))
    return Former(kinds, tuple(sorted(decided)))


def _weight(node: Mapping[str, Any]) -> Tyngd:
    """Words may be mended; what a program or a person goes by may not: ids, dates, figures."""
    return "text" if node.get("x-rik") or node.get("x-text") else "materiell"


def saker(plan: Plan) -> Iterator[tuple[Nyckel, Ting]]:
    """Yield each thing by what identifies it between editions."""
    for thing in plan.ting():
        yield ((thing.slag, "") if thing.slag in ENDA else thing.nyckel), thing


def ägare(plan: Plan) -> dict[Nyckel, Nyckel]:
    """Return which thing each thing stands in, where there may be several to stand in."""
    return {
        part.nyckel: owner
        for owner, parts in plan.inuti.items()
        if owner[0] not in ENDA
        for part in parts
    }


def contents(plan: Plan, forms: Former) -> dict[Nyckel, dict[str, Data]]:
    """Return everything in a plan as plain data, by kind and id."""
    owners = ägare(plan)
    return {key: helt(thing, forms.av(thing.slag), owners.get(key)) for key, thing in saker(plan)}


def helt(thing: Ting, form: Form, owner: Nyckel | None = None) -> dict[str, Data]:
    """Return one thing as plain data, with what it stands in."""
    data: dict[str, Data] = plain(thing, form)
    if owner:
        data[LIGGER_I] = list(owner)
    return data


def plain(value: Any, form: Form, utan_förval: bool = False) -> Data:
    """Return plain data. `utan_förval` leaves out what a field holds when it isn't written.

    A field that a schema gains later then changes nothing about what was decided before.
    """
    if isinstance(value, Del):
        data = {}
        kind: Any = type(value)
        for name, default in fields_of(kind):
            part = getattr(value, name)
            if part is None or part == () or (utan_förval and part == default):
                continue
            data[name] = plain(part, form.fält.get(name, _EMPTY), utan_förval)
        return data
    if isinstance(value, Månad | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        items = [plain(part, form.led or _EMPTY, utan_förval) for part in value]
        return sorted(items, key=canonical) if form.mängd else items
    return value


def decided(thing: Ting, form: Form) -> dict[str, Data]:
    """Return what a decision fixes about a thing: without sources, notes, state and search words.

    The same in every edition of the program, as long as nobody changes what is written.
    """
    data: dict[str, Data] = _inside(plain(thing, form, utan_förval=True), form)
    return data


def _inside(data: Data, form: Form) -> Data:
    if isinstance(data, dict):
        return {
            key: _inside(part, form.fält.get(key, _EMPTY))
            for key, part in data.items()
            if not form.fält.get(key, _EMPTY).utanför
        }
    if isinstance(data, list):
        return [_inside(part, form.led or _EMPTY) for part in data]
    return data


def canonical(data: Data) -> str:
    """Write data as JSON in the one way that a hash can rest on. Texts are in NFC since reading."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def fields_of(kind: Any) -> tuple[tuple[str, object], ...]:
    """Name a kind's fields, each with what it holds when it isn't written."""
    return tuple(
        (f.name, None if f.default is MISSING else f.default)
        for f in fields(kind)
        if f.name != "spår"
    )
