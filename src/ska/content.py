"""What a plan says, as plain data: what is compared, hashed and handed on as JSON.

Form and layout are gone: a set has one order, what holds nothing is left out, and where it stood
is forgotten. The schemas say what is a set, what is a fact and what stands outside a decision.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from ska.model import Plan
from ska.reading.forms import TOM, Form, Former
from ska.ting import Del, Månad, Nyckel, Ting

#: Text, number, list or mapping; None for what is not there.
Data = Any

#: A plan has one frame and one wheel: the same thing in every edition, whatever its id.
ENDA: Final = frozenset({"plan", "årshjul", "tillgänglighet"})
#: Where a thing that stands inside another one has it; not a key in the files.
LIGGER_I: Final = "ligger_i"


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
            data[name] = plain(part, form.fält.get(name, TOM), utan_förval)
        return data
    if isinstance(value, Månad | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        items = [plain(part, form.led or TOM, utan_förval) for part in value]
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
            key: _inside(part, form.fält.get(key, TOM))
            for key, part in data.items()
            if not form.fält.get(key, TOM).utanför
        }
    if isinstance(data, list):
        return [_inside(part, form.led or TOM) for part in data]
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
