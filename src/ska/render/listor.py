"""Lists of things: which columns say something, what holds for all rows, and no page too long.

A list of more rows than one page holds goes on, on pages of its own that need no script; what
narrows the whole list reads all of its rows from a file beside them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from ska.render.addresses import relative, source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page
from ska.render.sida import Sida
from ska.render.urval import Urval
from ska.render.words import EJ_ANGIVET_ORD
from ska.sok.index import Träff
from ska.ting import Ting

#: Rows on one page.
PER_SIDA: Final = 100
_FEW: Final = 2  # rows; so few can say the same without wearying anyone
#: In the search the list itself comes before the pages that it goes on to.
_LISTED: Final = Träff("Översikt", vikt=0.9)
_GOES_ON: Final = Träff("Översikt", vikt=0.2)
#: What a cell holds that says nothing.
_NOTHING: Final = ("", EJ_ANGIVET_ORD)


class Kolumn(NamedTuple):
    """A column of a list: its heading, and what a row says there."""

    rubrik: str
    värde: Callable[[Sida, Any], str | Markup]


def _alone(sak: Any) -> Ting | None:
    return None


class Del(NamedTuple):
    """A part of a list before it is drawn: `över` is what a row stands under, if anything."""

    rubrik: str
    kolumner: tuple[Kolumn, ...]
    saker: tuple[Any, ...]
    över: Callable[[Any], Ting | None] = _alone


class Rad(NamedTuple):
    """A row: its attributes for what narrows the list, its cells."""

    attribut: Markup
    celler: tuple[str | Markup, ...]


class Lista(NamedTuple):
    """A list as a page shows it: what holds for all rows, headings, rows under what they share."""

    rubrik: str
    antal: int
    alla: list[tuple[str, str | Markup]]
    kolumner: list[str]
    grupper: list[tuple[Ting | None, list[Rad]]]


class Listsida(NamedTuple):
    """A page about many: its address, its words, the lists, and what is above it."""

    at: str
    titel: str
    ingress: str
    delar: tuple[Del, ...]
    över: tuple[tuple[str, str], ...] = ()
    mall: str = "lista.md"
    mer: dict[str, Any] = {}  # noqa: RUF012 - what the template is told besides, only read


def pages(site: Site, listsida: Listsida, per: int = PER_SIDA) -> Iterator[Page]:
    """Make the list's page, and those that it goes on to."""
    cuts = _cut(listsida.delar, per)
    urval = Urval(site, (sak for part in listsida.delar for sak in part.saker))
    first = Sida(site, listsida.at)
    columns = [_columns(first, part) for part in listsida.delar]
    for number, cut in enumerate(cuts, 1):
        at = _address(listsida.at, number)
        s = Sida(site, at)
        more = number > 1
        title = f"{listsida.titel}, sida {number}" if more else listsida.titel
        above = (*listsida.över, (listsida.titel, listsida.at)) if more else listsida.över
        body = template(listsida.mall).render(
            s=s, titel=title, ingress="" if more else listsida.ingress, nummer=number,
            rubriker=len(listsida.delar) > 1,
            listor=[
                _drawn(s, listsida.delar[n], columns[n], saker, urval) for n, saker in cut
            ],
            urval=urval if urval and not more else None,
            rader=relative(rows_address(listsida.at), at) if len(cuts) > 1 else "",
            sidor=[relative(_address(listsida.at, n), at) for n in range(1, len(cuts) + 1)],
            bakåt=[(name, relative(target, at)) for name, target in above], **listsida.mer,
        )  # fmt: skip
        lead = f"{title}, av {len(cuts)}." if more else listsida.ingress or title
        yield Page(
            source_path(at), title, lead, body, way=tuple(to for _, to in above),
            träff=_GOES_ON if more else _LISTED,
        )  # fmt: skip


def rows_address(at: str) -> str:
    """Give the address of the file with all rows of a list that is longer than one page."""
    return f"listor/{at.strip('/')}.json"


def rows_file(site: Site, listsida: Listsida, per: int = PER_SIDA) -> bytes | None:
    """Make the file with all rows, as the list's own page shows them; None where it has all."""
    if sum(len(part.saker) for part in listsida.delar) <= per:
        return None
    s = Sida(site, listsida.at)
    urval = Urval(site, (sak for part in listsida.delar for sak in part.saker))
    parts = template("_rader.html").module
    held = [
        {
            "rubrik": lista.rubrik,
            "tabell": str(parts.tabell(lista)),  # type: ignore[attr-defined]  # the macro's name
            "rader": str(parts.rader(s, lista)),  # type: ignore[attr-defined]
        }
        for part in listsida.delar
        if part.saker
        for lista in [_drawn(s, part, _columns(s, part), part.saker, urval)]
    ]
    return (json.dumps({"delar": held}, ensure_ascii=False) + "\n").encode()


def _address(at: str, number: int) -> str:
    return at if number == 1 else f"listor/{at}{number}/"


def _cut(parts: Sequence[Del], per: int) -> list[list[tuple[int, tuple[Any, ...]]]]:
    """Share the rows out on pages: for each page, the parts by number with their things there."""
    made: list[list[tuple[int, tuple[Any, ...]]]] = [[]]
    room = per
    for number, part in enumerate(parts):
        left = part.saker
        while left:
            if not room:
                made.append([])
                room = per
            made[-1].append((number, left[:room]))
            left, room = left[room:], max(room - len(left), 0)
    return made


def _columns(s: Sida, part: Del) -> tuple[list[int], list[int]]:
    """Choose the columns to show, and those that say the same in every row.

    One that says nothing, or the same everywhere, only takes the width of the others.
    """
    shown, same = [0], []
    for i, column in enumerate(part.kolumner[1:], 1):
        values = {column.värde(s, sak) for sak in part.saker}
        if len(values) == 1 and len(part.saker) > _FEW:
            same += [i] if values.isdisjoint(_NOTHING) else []
        elif not values.issubset(_NOTHING):
            shown.append(i)
    return shown, same


def _drawn(
    s: Sida, part: Del, columns: tuple[list[int], list[int]], saker: tuple[Any, ...], urval: Urval
) -> Lista:
    shown, same = ([part.kolumner[i] for i in chosen] for chosen in columns)
    rows = (
        (part.över(sak), Rad(urval.attribut(sak), tuple(column.värde(s, sak) for column in shown)))
        for sak in saker
    )
    return Lista(
        part.rubrik,
        len(part.saker),
        [(column.rubrik, column.värde(s, saker[0])) for column in same],
        [column.rubrik for column in shown],
        [(över, [row for _, row in group]) for över, group in groupby(rows, key=itemgetter(0))],
    )
