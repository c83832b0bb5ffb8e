"""Lists of things: which columns say something, what holds for all rows, and no page too long.

A list of more rows than one page holds goes on, on pages of its own that need no script; what
narrows the whole list reads all of its rows from a file beside them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from ska import reads
from ska.render.addresses import relative, source_path
from ska.render.gemensamt import Site
from ska.render.lists.urval import Urval
from ska.render.mallar import template
from ska.render.page import Page, accounted
from ska.render.sida import Sida
from ska.sok.index import Träff
from ska.ting import Ting
from ska.words import EJ_ANGIVET_ORD

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


class _Kolumner(NamedTuple):
    """The columns of a part that are shown, and those that say the same in every row."""

    visas: list[Kolumn]
    lika: list[Kolumn]


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


@dataclass(frozen=True)
class Listsida:
    """A page about many: its address, its words, the lists, and what is above it.

    What its pages and the file with all its rows share is worked out when one of them is made.
    """

    site: Site
    at: str
    titel: str
    ingress: str
    delar: tuple[Del, ...]
    över: tuple[tuple[str, str], ...] = ()
    mall: str = "lista.md"
    mer: Mapping[str, Any] = field(default_factory=dict)  # what the template is told besides

    @cached_property
    def urval(self) -> Urval:
        """What narrows the whole of it, on however many pages."""
        return Urval(self.site, (sak for part in self.delar for sak in part.saker), self.at)

    @property
    def kolumner(self) -> list[_Kolumner]:
        """The columns that each part shows, chosen by all of its rows."""
        with reads.once(self.site.plan, f"kolumner i {self.at}"):
            return self._kolumner

    @cached_property
    def _kolumner(self) -> list[_Kolumner]:
        self.site.saw(*(sak for part in self.delar for sak in part.saker))
        s = Sida(self.site, self.at, förklarar=False)
        return [_columns(s, part) for part in self.delar]


def pages(listsida: Listsida, per: int = PER_SIDA) -> Iterator[Page]:
    """Make the list's page, and those that it goes on to."""
    cuts = _cut(listsida.delar, per)
    sizes = [(part.rubrik, len(part.saker)) for part in listsida.delar]
    for number, cut in enumerate(cuts, 1):
        about = number, len(cuts), sizes, sorted(listsida.mer.items())
        yield accounted(listsida.site, partial(_page, listsida), cut, *about)


def _page(
    listsida: Listsida, site: Site, cut: list[tuple[int, tuple[Any, ...]]], number: int,
    count: int, *_: object,
) -> Page:  # fmt: skip
    more = number > 1
    title = f"{listsida.titel}, sida {number}" if more else listsida.titel
    above = (*listsida.över, (listsida.titel, listsida.at)) if more else listsida.över
    lead = f"{title}, av {count}." if more else listsida.ingress or title
    return Page(
        source_path(_address(listsida.at, number)), title, lead,
        partial(_text, listsida, title, above, number, count, cut),
        way=tuple(to for _, to in above), träff=_GOES_ON if more else _LISTED,
    )  # fmt: skip


def _text(
    listsida: Listsida, title: str, above: tuple[tuple[str, str], ...], number: int, count: int,
    cut: list[tuple[int, tuple[Any, ...]]],
) -> str:  # fmt: skip
    at, more = _address(listsida.at, number), number > 1
    s = Sida(listsida.site, at)
    return template(listsida.mall).render(
        s=s, titel=title, ingress="" if more else listsida.ingress, nummer=number,
        rubriker=len(listsida.delar) > 1,
        listor=[_drawn(s, listsida, n, saker) for n, saker in cut],
        urval=listsida.urval if listsida.urval and not more else None,
        rader=relative(rows_address(listsida.at), at) if count > 1 else "",
        sidor=[relative(_address(listsida.at, n), at) for n in range(1, count + 1)],
        bakåt=[(name, relative(target, at)) for name, target in above], **listsida.mer,
    )  # fmt: skip


def rows_address(at: str) -> str:
    """Give the address of the file with all rows of a list that is longer than one page."""
    return f"listor/{at.strip('/')}.json"


def rows_file(listsida: Listsida, per: int = PER_SIDA) -> bytes | None:
    """Make the file with all rows, as the list's own page shows them; None where it has all.

    A row of it may come to stand anywhere, and explains no abbreviation.
    """
    if sum(len(part.saker) for part in listsida.delar) <= per:
        return None
    s = Sida(listsida.site, listsida.at, förklarar=False)
    parts = template("_rader.html").module
    held = [
        {
            "rubrik": lista.rubrik,
            "tabell": str(parts.tabell(lista)),  # type: ignore[attr-defined]  # the macro's name
            "rader": str(parts.rader(s, lista)),  # type: ignore[attr-defined]
        }
        for number, part in enumerate(listsida.delar)
        if part.saker
        for lista in [_drawn(s, listsida, number, part.saker)]
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


def _columns(s: Sida, part: Del) -> _Kolumner:
    """Choose the columns to show, and those that say the same in every row.

    One that says nothing, or the same everywhere, only takes the width of the others.
    """
    shown, same = [part.kolumner[0]], []
    for column in part.kolumner[1:]:
        values: set[str | Markup] = set()
        for sak in part.saker:
            values.add(column.värde(s, sak))
            if len(values) > 1 and not values.issubset(_NOTHING):
                break  # no other row makes it less worth showing
        if len(values) == 1 and len(part.saker) > _FEW:
            same += [column] if values.isdisjoint(_NOTHING) else []
        elif not values.issubset(_NOTHING):
            shown.append(column)
    return _Kolumner(shown, same)


def _drawn(s: Sida, listsida: Listsida, number: int, saker: tuple[Any, ...]) -> Lista:
    part, urval, (shown, same) = listsida.delar[number], listsida.urval, listsida.kolumner[number]
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
