"""What the schemas say of fields: title, weight, what is a set, what no decision covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Tyngd = Literal["redaktionell", "text", "materiell"]

#: Told as one fact: what of it changed says little by itself.
_HELA: Final = frozenset({"frekvens", "genomförs", "inom", "säsonger", "period"})


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
            form = form.led if form.led is not None else form.fält.get(str(step), TOM)
        return form


#: Of what no schema names.
TOM: Final = Form()


@dataclass(frozen=True, slots=True)
class Former:
    """The forms of all kinds, and the kinds that a decision on the plan covers, in order."""

    slag: Mapping[str, Form]
    beslutade: tuple[str, ...]

    def av(self, slag: str) -> Form:
        """Return the form of a kind."""
        return self.slag.get(slag, TOM)


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
