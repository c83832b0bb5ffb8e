"""The whole plan as data: `/api/plan.json`. The shape is documented in docs/hjalp/data.md."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ska.model import SAMLINGAR, Plan
from ska.render.addresses import address
from ska.ting import Del, Månad, Ting

#: Grows when a program that reads the file would have to change.
VERSION: Final = 1


def plan_json(plan: Plan) -> bytes:
    """Give every thing with its fields, address and place; same plan, same bytes (UTF-8)."""
    ram = plan.ram
    document = {
        "version": VERSION,
        "utgåva": ram.utgåva,
        "nämnd": ram.nämnd,
        "status": ram.status,
        "gäller_från": ram.gäller_från.isoformat(),
        "gäller_till": ram.gäller_till.isoformat(),
        **{
            name: [_thing(ting) for ting in getattr(plan, name).values()]
            for name in SAMLINGAR.values()
        },
        "hänvisningar": [
            {"från": list(h.från.nyckel), "fält": h.fält, "till": list(h.till.nyckel)}
            for h in plan.hänvisningar
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


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
