"""What rests on each place in the sources, for their own pages and those under them."""

from __future__ import annotations

from typing import Any

from ska.model import Plan
from ska.ting import Källa, Ting

Ställen = list[tuple[str, list[Ting]]]


def ställen(plan: Plan) -> dict[str, Ställen]:
    """Give each source document's places, with what rests on each, by the document's id.

    What the list of the document's parts already leads to is not repeated.
    """
    return {källa.id: _of(plan, källa) for källa in plan.källor.values()}


def _of(plan: Plan, källa: Källa) -> Ställen:
    listed = {nyckel for part in källa.innehåll for nyckel in part.nycklar}
    places: dict[str, dict[tuple[str, str], Ting]] = {}
    for mention in plan.till.get(källa.nyckel, ()):
        if mention.från.nyckel in listed:
            continue
        document, path = mention.från.spår.document, mention.väg
        place = _at(document.data, (*path[:-1], "avsnitt"))
        places.setdefault(place, {})[mention.från.nyckel] = mention.från
    return [(place, list(things.values())) for place, things in places.items()]


def _at(data: Any, path: tuple[str | int, ...]) -> str:
    for part in path:
        data = data[part]
    return str(data)
