"""What a template may say about a source: its places, its parts, and what rests on them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from ska import words
from ska.render.grund import Grund
from ska.ting import Källa, Källdel, Ting

#: A source's own page holds no longer table than this.
PÅ_SIDAN: Final = 30


class Källsida(Grund):
    """What a source holds, and where it is used."""

    @property
    def ställen(self) -> list[tuple[str, list[Ting]]]:
        """The places of this page's source document, with what rests on each.

        What the list of the document's parts already leads to is not repeated.
        """
        assert isinstance(self._ting, Källa)
        return self.site.ställen[self._ting.id]

    @property
    def innehåll(self) -> list[tuple[list[Källdel], list[Ting]]]:
        """The parts of this page's source document, with the things that hold them.

        Points in a row that one and the same thing holds go together.
        """
        assert isinstance(self._ting, Källa)
        return [
            (parts, [self.ting(slag, id) for slag, id in parts[0].nycklar])
            for _, group in groupby(self._ting.innehåll, key=_as_one)
            for parts in [list(group)]
        ]

    def lång(self, rader: Sequence[object]) -> bool:
        """Tell whether a table of so many rows stands on pages of its own."""
        return len(rader) > PÅ_SIDAN

    @property
    def innehåll_ord(self) -> str:
        """Say how many parts this page's source document has, and how many are left out."""
        assert isinstance(self._ting, Källa)
        return words.innehåll(self._ting)


def _as_one(part: Källdel) -> tuple[object, ...]:
    if part.typ == "punkt":
        return (part.finns_i, part.utelämnat)
    return (part.rad,)
