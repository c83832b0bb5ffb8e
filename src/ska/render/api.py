"""The whole plan as data: `/api/plan.json`. The shape is documented in docs/hjalp/data.md."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from ska.again import Again
from ska.model import SAMLINGAR, Plan
from ska.render.addresses import address
from ska.ting import Del, Månad, Ting

#: Grows when a program that reads the file would have to change.
VERSION: Final = 1


def plan_json(plan: Plan, again: Again | None = None) -> bytes:
    """Give every thing with its fields, address and place; same plan, same bytes (UTF-8).

    Each thing stands on a line of its own. `again` may know what one came to before.
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
    lists = {
        name: [
            again.part(f"json/{ting.slag}/{ting.id}", ting, partial(_line, ting))
            for ting in getattr(plan, name).values()
        ]
        for name in SAMLINGAR.values()
    }
    lists["hänvisningar"] = [
        _json({"från": list(h.från.nyckel), "fält": h.fält, "till": list(h.till.nyckel)})
        for h in plan.hänvisningar
    ]
    parts = [b"%s: %s" % (_json(name), _json(value)) for name, value in frame.items()]
    for name, lines in lists.items():
        held = b"\n" + b",\n".join(lines) + b"\n" if lines else b""
        parts.append(b"%s: [%s]" % (_json(name), held))
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


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
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    return value
