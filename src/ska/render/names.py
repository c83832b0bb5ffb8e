"""What things are called where a text names them, without links."""

from __future__ import annotations

from collections.abc import Iterable

from ska import words
from ska.model import SAMLINGAR, Plan
from ska.render.addresses import MIXED
from ska.ting import EJ_ANGIVET, Delplan, Författning, Lagrum, Metod, Roll, Ting


class Names:
    """Names a plan's things."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def namn(self, slag: str, ids: Iterable[str]) -> str:
        """Name things of a kind, or of the kinds that a field mixes, joined as Swedish does.

        The laws are parted by semicolons: their names hold both commas and ”och”.
        """
        found = [self._ting(slag, id) for id in ids]
        names = [self._ett(thing) for thing in found]
        for at, thing in enumerate(found):
            if at and isinstance(thing, Roll | Metod):
                names[at] = words.liten(names[at])
        return "; ".join(names) if slag == "lag" else words.uppräkning(names)

    def _ting(self, slag: str, id: str) -> Ting:
        for kind in MIXED.get(slag, (slag,)):
            found: Ting | None = getattr(self._plan, SAMLINGAR[kind]).get(id)
            if found is not None:
                return found
        raise KeyError(slag, id)

    def _ett(self, thing: Ting) -> str:
        if isinstance(thing, Lagrum):
            statute = self._plan.författningar[thing.författning]
            return f"{statute.namn} {words.paragraf(thing)}".strip()
        if isinstance(thing, Författning) and thing.nummer != EJ_ANGIVET:
            known = thing.nummer.split()[-1] in thing.namn
            return thing.namn if known else f"{thing.namn} ({thing.nummer})"
        if isinstance(thing, Delplan):
            return f"{thing.nummer} {thing.titel}"
        return thing.rubrik
