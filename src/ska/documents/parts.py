"""The parts of a plan as blocks: chapters, sub-plans, the year, methods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska import words
from ska.derived.skillnader import i_delplan
from ska.documents import blocks, year
from ska.documents.blocks import Block
from ska.model import Plan
from ska.render.names import Names
from ska.ting import EJ_ANGIVET, Avsnitt, Delplan, Forum, Kapitel, Metod, Skillnad

_LAG: Final = "Lag"


class Delar:
    """A plan's parts, in the order in which one reads them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._n = Names(plan)
        numbered: list[Kapitel | Delplan] = [*plan.kapitel.values(), *plan.delplaner.values()]
        self._numbered = sorted(numbered, key=lambda part: [int(n) for n in part.nummer.split(".")])
        self._numbers = {part.nummer for part in numbered}

    def läsordning(self) -> Iterator[Block]:
        """Yield chapters and sub-plans by their numbers, the year with the chapter about it."""
        waiting = True
        for part in self._numbered:
            level = self._level(part.nummer)
            yield blocks.rubrik(level, f"{part.nummer} {part.titel}")
            if isinstance(part, Delplan):
                yield from self._delplan(part, level)
                continue
            yield from self._kapitel(part)
            if waiting and "årshjul" in part.titel.lower():
                waiting = False
                yield from year.year(self._plan, level + 1)
        if waiting:
            yield from year.year(self._plan, 1)

    def metoder(self) -> Iterator[Block]:
        """Yield the methods, in the plan's order."""
        if self._plan.metoder:
            yield blocks.rubrik(1, "Metoder")
        for metod in self._plan.metoder.values():
            yield blocks.rubrik(2, metod.titel)
            yield from self._metod(metod)

    def _level(self, nummer: str) -> int:
        """Count the numbers above one that there are, as no level may be skipped."""
        steps = nummer.split(".")
        above = [".".join(steps[:end]) for end in range(1, len(steps))]
        return 1 + sum(number in self._numbers for number in above)

    def _kapitel(self, kapitel: Kapitel) -> Iterator[Block]:
        yield from blocks.text(kapitel.text)
        if kapitel.punkter:
            points = []
            for punkt in kapitel.punkter:
                laws = f"{_LAG}: {self._n.namn('lag', punkt.lagrum)}" if punkt.lagrum else ""
                points.append([*blocks.text(punkt.text), *blocks.rad(laws)])
            yield blocks.lista(points, 1)
        yield from blocks.fakta([
            ("Nämnder", self._n.namn("nämnd", kapitel.nämnder)),
            (_LAG, self._n.namn("lag", kapitel.lagrum)),
        ])  # fmt: skip

    # Sub-plans

    def _delplan(self, delplan: Delplan, level: int) -> Iterator[Block]:
        n = self._n
        yield from blocks.text(delplan.sammanfattning)
        yield from blocks.fakta([
            ("Gäller", n.namn("verksamhet", delplan.verksamheter)),
            ("Avdelningar", n.namn("avdelning", delplan.avdelningar)),
            ("Enheter", n.namn("enhet", delplan.enheter)),
            ("Utförare", n.namn("utförare", delplan.utförare)),
            (_LAG, n.namn("lag", delplan.lagrum)),
        ])  # fmt: skip
        for avsnitt in delplan.avsnitt:
            yield from self._avsnitt(avsnitt, level + 1)
        if delplan.metoder:
            yield self._metodtabell(delplan)
        if delplan.forum:
            yield self._forumtabell(delplan)

    def _avsnitt(self, avsnitt: Avsnitt, level: int) -> Iterator[Block]:
        yield blocks.rubrik(level, avsnitt.titel)
        yield from blocks.text(avsnitt.text)
        yield from blocks.fakta([(_LAG, self._n.namn("lag", avsnitt.lagrum))])

    def _metodtabell(self, delplan: Delplan) -> Block:
        def row(metod: Metod) -> list[list[Block]]:
            return [
                blocks.rad(metod.titel),
                blocks.rad(words.stor(words.frekvens(metod.frekvens))),
                blocks.rad(self._n.namn("roll", metod.ansvariga)),
                blocks.rad(self._n.namn("org", metod.utförs_av)),
            ]

        return blocks.tabell(
            f"Metoder i delplan {delplan.nummer} {delplan.titel}",
            [("Metod", 3), ("Hur ofta", 2.4), ("Ansvarar", 2.4), ("Utförs av", 2.4)],
            [row(i_delplan(self._plan.metoder[id], delplan)) for id in delplan.metoder],
        )

    def _forumtabell(self, delplan: Delplan) -> Block:
        levels = any(forum.nivå != EJ_ANGIVET for forum in delplan.forum)

        def row(forum: Forum) -> list[list[Block]]:
            level = [blocks.rad(words.stor(words.angivet(forum.nivå)))] if levels else []
            often = blocks.rad(words.stor(words.frekvens(forum.frekvens)))
            return [blocks.rad(forum.titel), *level, often, blocks.text(forum.säger)]

        return blocks.tabell(
            f"Forum i figuren till delplan {delplan.nummer} {delplan.titel}",
            [
                ("Forum", 2.4),
                *([("Nivå", 1.8)] if levels else []),
                ("Hur ofta", 2),
                ("Vad figuren säger", 4),
            ],
            [row(forum) for forum in delplan.forum],
        )

    # Methods

    def _metod(self, metod: Metod) -> Iterator[Block]:
        n = self._n
        yield from blocks.text("" if metod.syfte == EJ_ANGIVET else metod.syfte)
        yield from blocks.fakta([
            ("Hur ofta", words.stor(words.frekvens(metod.frekvens))),
            ("När på året", words.stor(self._säsonger(metod))),
            ("Ansvarar", n.namn("roll", metod.ansvariga)),
            ("Utförs av", n.namn("org", metod.utförs_av)),
            ("Deltar", n.namn("roll", metod.deltar)),
            ("Omfattar", n.namn("org", metod.omfattar)),
            ("Stödjer", n.namn("roll", metod.stödjer)),
            ("Kallas också", ", ".join(metod.kallas_också)),
            ("Kvalitetsområde", _känt(metod.kvalitetsområde)),
            ("Steg i förbättringsarbetet", _känt(metod.förbättringssteg)),
            (_LAG, n.namn("lag", metod.lagrum)),
        ])  # fmt: skip
        yield blocks.rubrik(3, "Så går det till")
        yield from blocks.text(metod.gör)
        if metod.återkoppling:
            yield blocks.rubrik(3, "Återkoppling till nämnden")
            yield from blocks.text(metod.återkoppling.hur)
            often = words.stor(words.frekvens(metod.återkoppling.frekvens))
            yield from blocks.fakta([("Hur ofta", often)])
        if metod.skillnader:
            yield blocks.rubrik(3, "Skillnader mellan delplaner")
            yield blocks.lista(self._skillnad(own) for own in metod.skillnader)
        if metod.anmärkning:
            yield blocks.rubrik(3, "Anmärkning")
            yield from blocks.text(metod.anmärkning)

    def _säsonger(self, metod: Metod) -> str:
        parts = []
        for season in metod.säsonger:
            who = self._n.namn("org", season.omfattar)
            parts.append(f"{who}: {words.säsong(season)}" if who else words.säsong(season))
        return "; ".join(parts)

    def _skillnad(self, own: Skillnad) -> list[Block]:
        return [
            blocks.stycke(blocks.bit(self._n.namn("delplan", [own.delplan]), "fet")),
            *blocks.text(own.vad),
            *blocks.fakta([
                ("Hur ofta", words.stor(words.frekvens(own.frekvens)) if own.frekvens else ""),
                ("Ansvarar", self._n.namn("roll", own.ansvariga)),
                ("Utförs av", self._n.namn("org", own.utförs_av)),
            ]),
        ]  # fmt: skip


def _känt(value: str) -> str:
    return "" if value == EJ_ANGIVET else words.stor(value.replace("_", " "))
