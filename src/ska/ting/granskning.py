"""The memory of what a thing rests on, as it was when someone last looked. No things of their own.

A memory has no page and no id; the schema `granskat` marks it with `x-minne`.
"""

# ruff: noqa: D101 - what a part means stands in its schema
from __future__ import annotations

from datetime import date
from typing import Literal

from ska.ting.delar import Del, Nyckel, fakta

Utfall = Literal["ny", "oförändrad", "ändrad"]


@fakta
class Länkminne(Del):
    till: str
    mot: str
    datum: date
    roll: str
    utfall: Utfall

    @property
    def nyckel(self) -> Nyckel:
        """Kind and id of what is rested on."""
        slag, _, id = self.till.partition("/")
        return (slag, id)


@fakta
class Granskning(Del):
    sak: str
    länkar: tuple[Länkminne, ...]

    @property
    def nyckel(self) -> Nyckel:
        """Kind and id of what was looked at."""
        slag, _, id = self.sak.partition("/")
        return (slag, id)
