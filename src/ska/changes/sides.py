"""A change as two sides to lay beside each other: what stood there, and what stands there now.

The sentences of `wording.py` tell a change; here its values are whole, nothing left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ska import words
from ska.changes import tider
from ska.changes.compare import Change, Sort
from ska.changes.marked import Bit, Mening, Märke, ord_för_ord
from ska.changes.wording import Ordare
from ska.content import LIGGER_I, Data
from ska.reading.forms import Form
from ska.ting import EJ_ANGIVET

#: Stands in the side where there is nothing.
TOMT: Final[Mening] = (Bit("—"),)


@dataclass(frozen=True, slots=True)
class Par:
    """One row: what is told, as it was and as it becomes. What goes and comes is marked."""

    uppgift: str
    före: Mening
    efter: Mening


def sides(ordare: Ordare, changes: Iterable[Change]) -> tuple[Par, ...]:
    """Lay a thing's changes side by side, each row once; notes (sources and the like) left out."""
    rows: dict[Par, None] = {}
    for change in changes:
        form = ordare.forms.av(change.slag)
        made = _whole(ordare, change, form) if not change.väg else _part(ordare, change, form)
        rows |= dict.fromkeys(made)
    return tuple(rows)


def _whole(ordare: Ordare, change: Change, form: Form) -> Iterator[Par]:
    """Give each known fact of a thing that comes or goes."""
    comes = change.sort is Sort.TILLAGD
    for name, value in (change.efter if comes else change.före).items():
        own = form.fält.get(name, Form())
        if name in ("id", LIGGER_I) or own.tyngd == "redaktionell" or value == EJ_ANGIVET:
            continue
        said = (Bit(ordare.värde(value, own), "+" if comes else "-"),)
        title = own.titel or words.stor(name)
        yield Par(title, TOMT, said) if comes else Par(title, said, TOMT)


def _part(ordare: Ordare, change: Change, form: Form) -> Iterator[Par]:
    if _is_note(change, form):
        return
    if (times := tider.båda(ordare, change)) is not None:
        yield Par(ordare.uppgift(change)[0], _gone(times[0]), _come(times[1]))
        return
    label, own = ordare.uppgift(change)
    if change.väg == (LIGGER_I,):
        was, now = (ordare.sak((side[0], side[1])) for side in (change.före, change.efter))
        yield Par("Hör till", _gone(was), _come(now))
    elif change.sort is Sort.FLYTTAD and change.plats is not None:
        yield Par(label, _gone(_place(change.före)), _come(_place(change.plats)))
    elif own.tyngd == "text" and isinstance(change.före, str) and isinstance(change.efter, str):
        marked = tuple(ord_för_ord(ordare.text(change.före, own), ordare.text(change.efter, own)))
        yield Par(label, _without("+", marked), _without("-", marked))
    elif own.led is not None and not own.led.fält and isinstance(change.före or change.efter, list):
        yield Par(label, *_lists(ordare, change.före or [], change.efter or [], own))
    else:
        whole = change.plats is not None or change.sort in (Sort.TILLAGD, Sort.BORTTAGEN)
        yield Par(
            label,
            _value(ordare, change.före, own, whole, "-"),
            _value(ordare, change.efter, own, whole, "+"),
        )


def _value(ordare: Ordare, value: Data, form: Form, whole: bool, mark: Märke) -> Mening:
    if value is None:
        return TOMT
    part = whole and isinstance(value, dict)
    return (Bit(ordare.del_(value, form) if part else ordare.värde(value, form), mark),)


def _lists(ordare: Ordare, was: list[Data], now: list[Data], form: Form) -> tuple[Mening, Mening]:
    """Mark only what one of the lists lacks; in another order, all of it."""
    moved = sorted(map(str, was)) == sorted(map(str, now))

    def side(items: list[Data], others: list[Data], mark: Märke) -> Mening:
        bits: list[Bit] = []
        for item in items:
            bits += [Bit(", ")] if bits else []
            said = ordare.värde(item, form.led or Form())
            bits.append(Bit(said, mark if moved or item not in others else ""))
        return tuple(bits) or TOMT

    return side(was, now, "-"), side(now, was, "+")


def _place(at: Data) -> str:
    return f"plats {int(at) + 1}"


def _gone(text: str) -> Mening:
    return (Bit(text, "-"),)


def _come(text: str) -> Mening:
    return (Bit(text, "+"),)


def _without(mark: str, bits: Mening) -> Mening:
    """Give one side of a text whose words are marked, without the hole that the others leave."""
    kept: list[Bit] = []
    for bit in bits:
        if bit.märke == mark:
            continue
        if kept and kept[-1].text.endswith(" ") and bit.text.startswith(" "):
            bit = bit._replace(text=bit.text.lstrip(" "))
        if bit.text:
            kept.append(bit)
    if kept:
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip(" "))
    return tuple(bit for bit in kept if bit.text) or TOMT


def _is_note(change: Change, form: Form) -> bool:
    return change.väg == ("id",) or any(
        form.vid(change.väg[:end]).tyngd == "redaktionell" for end in range(1, len(change.väg) + 1)
    )
