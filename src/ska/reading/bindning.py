"""What the schemas declare about links between things: what rests on what, and what of it counts.

`x-vilar_på` names a kind's fields whose things it rests on, `x-bär` those whose things rest on it.
`x-avtryck` names the fields that count when what rests on a thing must be looked at again, and
`x-avtryck_med` those whose thing's own fields count too. `x-granskas_av` names who looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ska.reading.forms import Form, former


@dataclass(frozen=True, slots=True)
class Bindning:
    """What one kind's schema declares. Fields are paths: `avsnitt.lagrum`."""

    vilar_på: frozenset[str]
    bär: frozenset[str]
    avtryck: tuple[str, ...]
    avtryck_med: tuple[str, ...]
    granskas_av: frozenset[str]
    form: Form


def bindningar(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Bindning]:
    """Read off the schemas (bodies by name, every reference written out) each kind's links."""
    forms = former(schemas)
    return {
        node["x-slag"]: Bindning(
            frozenset(node.get("x-vilar_på", ())),
            frozenset(node.get("x-bär", ())),
            tuple(node.get("x-avtryck", ())),
            tuple(node.get("x-avtryck_med", ())),
            frozenset(node.get("x-granskas_av", ())),
            forms.av(node["x-slag"]),
        )
        for body in schemas.values()
        for node in _kinds(body)
        if not _DECLARED.isdisjoint(node)
    }


_DECLARED = frozenset({"x-vilar_på", "x-bär", "x-avtryck"})


def _kinds(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield each part of a schema that describes a kind."""
    if "x-slag" in node:
        yield node
    for part in node.get("properties", {}).values():
        yield from _kinds(part)
    for part in [node["items"]] if "items" in node else node.get("anyOf", ()):
        yield from _kinds(part)
