"""Ways from a letter about changes to what it names, so that nobody has to look for it below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup, escape

#: A name as the report writes it.
_NAMN: Final = re.compile("”([^”]+)”")


def vägar(ställen: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the way to each name; none to a name that several things share."""
    found: dict[str, str] = {}
    for name, way in ställen:
        found[name] = way if found.get(name, way) == way else ""
    return {name: way for name, way in found.items() if way}


def ledd(text: str, vägar: Mapping[str, str]) -> Markup:
    """Make a link of each name within quotation marks that has a way."""
    made = Markup()
    for number, part in enumerate(_NAMN.split(text)):
        way = vägar.get(part, "") if number % 2 else ""
        inner = Markup('<a href="{}">{}</a>').format(way, part) if way else escape(part)
        made += Markup("”{}”").format(inner) if number % 2 else inner
    return made
