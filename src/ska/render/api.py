"""The whole plan as data: `/api/plan.json`. The shape is documented in docs/hjalp/data.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from ska.again import Again
from ska.model import SAMLINGAR, Plan
from ska.pieces import json_list
from ska.render.addresses import address
from ska.ting import Del, Månad, Ting

#: Grows when a program that reads the file would have to change.
VERSION: Final = 1


def plan_json(plan: Plan, again: Again | None = None) -> Iterator[bytes]:
    """Give every thing with its fields, address and place; same plan, same bytes (UTF-8).

    Each thing stands on a line of its own, and is made when that is asked for. `again` may know
    what one came to before.
    """
    again, ram = again or Again(), plan.ram
    frame = {
        "version": VERSION,
        "utgåva": ram.utgåva,
        "nämnd": ram.nämnd,
        "status": ram.status,
        "gäller_från": ram.gäller_från.isoformat(),
        "gäller_till": ram.gäller_till.isoformat(),
    }
    yield b"{\n" + b",\n".join(b"%s: %s" % (_json(key), _json(frame[key])) for key in frame)
    for name in SAMLINGAR.values():
        things = getattr(plan, name).values()
        lines = (again.part(f"json/{t.slag}/{t.id}", t, partial(_line, t)) for t in things)
        yield from _field(name, lines)
    mentions = (
        _json({"från": list(h.från.nyckel), "fält": h.fält, "till": list(h.till.nyckel)})
        for h in plan.hänvisningar
    )
    yield from _field("hänvisningar", mentions)
    yield b"\n}\n"


def _field(name: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Write a field that holds a list, after another field."""
    yield b",\n%s: " % _json(name)
    yield from json_list(lines, b"\n")


def _line(ting: Ting) -> bytes:
    return _json(_thing(ting))


_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


def _json(value: Any) -> bytes:
    return _encode(value).encode()


def _thing(ting: Ting) -> dict[str, Any]:
    place = ting.where()
    return {
        "slag": ting.slag,
        **_data(ting),
        "adress": f"/{address(ting)}",
        "plats": {"fil": place.file, "rad": place.line},
    }


def _data(value: Any) -> Any:
    """Give plain data: parts without their places, empty optional fields left out."""
    if isinstance(value, Del):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value) if f.name != "spår")
        return {name: _data(part) for name, part in pairs if part not in (None, ())}
    if isinstance(value, Månad):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    if isinstance(value, tuple):
        return [_data(part) for part in value]
    return value
