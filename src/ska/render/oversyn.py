"""What is due in words: for pages and calendars, lines for a terminal, data, issues."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple, assert_never

from ska import words
from ska.due import Översyn, by_role
from ska.forge import Wanted
from ska.model import SAMLINGAR, Plan
from ska.namn import BESTÄMT
from ska.render.addresses import address
from ska.report import unmarked
from ska.rules._lag import namn
from ska.rules._lankar import uppräknade
from ska.ting import Författning, Lagrum, Roll, Undantag

UTAN_ROLL: Final = "Utan angiven roll"
#: Grows when a program that reads the file would have to change.
VERSION: Final = 1


class Uppgift(NamedTuple):
    """What is to be done, around the name of the thing: ”Se över rutinen” X."""

    gör: str
    namn: str
    efter: str = ""

    def __str__(self) -> str:
        text = f"{self.gör} ”{self.namn}”"
        return f"{text} ({self.efter})" if self.efter else text


class Antal(NamedTuple):
    """How much of a list is late, near and without a day."""

    försenade: int
    snart: int
    utan_dag: int

    @classmethod
    def av(cls, found: Iterable[Översyn]) -> Antal:
        """Count."""
        late = near = dayless = 0
        for översyn in found:
            late += översyn.försenad
            dayless += översyn.dag is None
            near += översyn.dag is not None and not översyn.försenad
        return cls(late, near, dayless)

    def ord(self, inom: int) -> str:
        """Word the counts: ”2 försenade och 1 inom 60 dagar”; ”inget” when all are nought."""
        parts = [f"{self.försenade} {'försenad' if self.försenade == 1 else 'försenade'}"]
        parts += [f"{self.snart} inom {inom} dagar", f"{self.utan_dag} utan dag"]
        counted = [text for number, text in zip(self, parts, strict=True) if number]
        return words.uppräkning(counted) or "inget"


def uppgift(plan: Plan, översyn: Översyn) -> Uppgift:
    """Word what is to be done."""
    ting = översyn.ting
    match översyn.vad:
        case "rutin":
            return Uppgift("Se över rutinen", ting.rubrik)
        case "lag":
            assert isinstance(ting, Författning | Lagrum)
            checked = (
                f"senast kontrollerad {words.datum(översyn.senast)}"
                if översyn.senast
                else "ingen dag för senaste kontrollen är angiven"
            )
            return Uppgift("Kontrollera lydelsen av", namn(plan, ting), checked)
        case "redogörelse":
            return Uppgift("Se över tillgänglighetsredogörelsen", ting.rubrik)
        case "undantag":
            assert isinstance(ting, Undantag)
            return Uppgift("Ta ställning till undantaget", ting.rubrik, _excepted(plan, ting))
        case "analys":
            lacking = words.uppräkning(översyn.saknas)
            return Uppgift(f"Skriv {lacking} för indikatorn", ting.rubrik, "målet är inte nått")
        case "granskning":
            changed = uppräknade(plan, översyn.ändrat)
            return Uppgift(f"Se över {BESTÄMT.get(ting.slag, ting.slag + 'en')}", ting.rubrik,
                           f"{changed} har ändrats")  # fmt: skip
        case _:
            assert_never(översyn.vad)


def _excepted(plan: Plan, undantag: Undantag) -> str:
    """Say what an exception is about: many have the same title."""
    thing = getattr(plan, SAMLINGAR[undantag.sakslag]).get(undantag.sak)
    if isinstance(thing, Författning | Lagrum):
        return f"gäller {namn(plan, thing)}"
    return f"gäller {thing.rubrik if thing else undantag.sak}"


def när(översyn: Översyn) -> str:
    """Word by when: ”31 december 2026”, or that no day is given."""
    return words.datum(översyn.dag) if översyn.dag else "ingen dag"


def rollnamn(roll: Roll | None) -> str:
    """Name a group."""
    return roll.titel if roll else UTAN_ROLL


# For programs and the terminal


def as_json(plan: Plan, found: Iterable[Översyn], today: date) -> bytes:
    """Give what is due as data, as in `/api/att-se-over.json` (docs/hjalp/data.md)."""
    document = {
        "version": VERSION,
        "datum": today.isoformat(),
        "att_se_över": [
            {
                "vad": översyn.vad,
                "uppgift": str(uppgift(plan, översyn)),
                "slag": översyn.ting.slag,
                "id": översyn.ting.id,
                "roll": översyn.roll,
                "dag": översyn.dag.isoformat() if översyn.dag else None,
                "försenad": översyn.försenad,
                "adress": f"/{address(översyn.ting)}",
            }
            for översyn in found
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def text(plan: Plan, found: Sequence[Översyn], today: date, inom: int) -> str:
    """Give a line for each role with its items below it, and one line for all."""
    lines = []
    for roll, group in by_role(plan, found):
        lines.append(f"{rollnamn(roll)}: {Antal.av(group).ord(inom)}")
        lines += [f"    {_line(plan, översyn)}" for översyn in group]
    lines.append(f"Att se över den {words.datum(today)}: {Antal.av(found).ord(inom)}.")
    return "\n".join(lines) + "\n"


def _line(plan: Plan, översyn: Översyn) -> str:
    day = översyn.dag.isoformat() if översyn.dag else "utan dag"
    late = " försenad" if översyn.försenad else ""
    place = översyn.ting.where()
    return f"{day}{late}: {words.liten(str(uppgift(plan, översyn)))} [{place.file}:{place.line}]"


# Issues


#: Rows of one issue: GitHub refuses a text of more than 65,536 characters.
_ROWS: Final = 100
INGET: Final = "Inget att se över just nu. Ärendet öppnas igen när det finns något."


def issues(plan: Plan, found: Iterable[Översyn], inom: int, base: str) -> list[Wanted]:
    """Give one issue for each role that has something due; `base` is where files can be read."""
    return [
        Wanted(
            roll.id if roll else "-",
            f"Att se över: {words.liten(rollnamn(roll))}",
            _issue(plan, group, inom, base),
        )
        for roll, group in by_role(plan, found)
    ]


def _issue(plan: Plan, group: Sequence[Översyn], inom: int, base: str) -> str:
    lines = [f"{words.stor(Antal.av(group).ord(inom))}.", ""]
    for översyn in group[:_ROWS]:
        late = ", försenad" if översyn.försenad else ""
        what = unmarked(str(uppgift(plan, översyn)))
        file = översyn.ting.where().file
        where = f"[{file}]({base}/{file})" if base else f"`{file}`"
        lines.append(f"- **{words.stor(när(översyn))}{late}:** {what}. {where}")
    if len(group) > _ROWS:
        lines += ["", f"… och {len(group) - _ROWS} till. Kör ”ska due” för att se alla."]
    lines += ["", "Texten skrivs om varje vecka. När allt är gjort stängs ärendet av sig självt."]
    return "\n".join(lines)
