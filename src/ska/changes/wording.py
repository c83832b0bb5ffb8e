"""A change as a Swedish sentence, with what goes and what comes marked in it.

A sentence is pieces; `report.py` decides how a piece that goes or comes is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ska import words
from ska.changes import krav, tider
from ska.changes.compare import Change, Sort, Väg
from ska.changes.marked import Bit, Mening, kortad, ord_för_ord, uppräknade
from ska.changes.values import Värden, fakta, ordat
from ska.content import LIGGER_I, Data, plain, saker
from ska.model import SAMLINGAR, Plan
from ska.reading.forms import Form, Former
from ska.ting import Nyckel, Ting


class Ordare(Värden):
    """Words each change, once."""

    def __init__(self, old: Plan, new: Plan, forms: Former, proposed: bool | None = None) -> None:
        """Keep the plans. The new one is a proposal where its status, or the caller, says so."""
        super().__init__(old, new, forms)
        status = new.ramar and new.ram.status in ("utkast", "remiss", "förslag")
        self.proposed = bool(status) if proposed is None else proposed
        self._said: dict[tuple[Nyckel, Väg, Sort], Mening] = {}

    def mening(self, change: Change) -> Mening:
        """Word a change of a field or a part."""
        place = (change.nyckel, change.väg, change.sort)
        if place not in self._said:
            self._said[place] = self._mening(change)
        return self._said[place]

    def _mening(self, change: Change) -> Mening:
        if change.väg == (LIGGER_I,):
            return self._flyttad_hem(change)
        special = _SÄRSKILDA.get((change.slag, str(change.väg[0])))
        if special and (said := special(self, change)):
            return said
        form = self.forms.av(change.slag)
        if change.väg == ("id",):
            return (Bit("Id: "), Bit(str(change.före), "-"), Bit(" "), Bit(str(change.efter), "+"))
        if change.plats is not None or change.sort is Sort.BORTTAGEN:
            return self._del(change, form)
        return self._fält(change, form)

    # What the two sides of a change are called, and a time as a whole (for sides.py)

    def uppgift(self, change: Change) -> tuple[str, Form]:
        """Name what a change is of, as the label of a row, and say its form."""
        form = self.forms.av(change.slag)
        if tider.båda(self, change):
            return form.vid(change.väg[:1]).titel, form
        inside = self._inuti(change, form)
        own = form.vid(change.väg)
        if change.sort is Sort.FLYTTAD and change.plats is not None:
            label = self._vilken(change, change.väg, form)
        elif change.plats is not None or change.sort is Sort.BORTTAGEN:
            label = own.titel or "Del"
        elif own.tal and inside:
            return inside.removesuffix(": "), own
        else:
            return f"{inside}{self._etikett(change.väg, form)}", own
        return f"{inside}{words.liten(label) if inside else words.stor(label)}", own

    # Fields

    def _fält(self, change: Change, form: Form) -> Mening:
        own = form.vid(change.väg)
        inside, label = self._inuti(change, form), self._etikett(change.väg, form)
        if inside:  # what sort of number it is, the part has said
            inside = inside.removesuffix(": ")
            label = inside if own.tal else f"{inside}, {words.liten(label)}"
        before, after = change.före, change.efter
        if own.led is not None and not own.led.fält and _lists(before, after):
            return self._lista(label, before or [], after or [], own)
        if own.tyngd == "text" and isinstance(before, str) and isinstance(after, str):
            was, now = self.text(before, own), self.text(after, own)
            if was == now:
                return (Bit(f"{label}: samma ord, men styckena är indelade på ett annat sätt."),)
            marked = ord_för_ord(was, now)
            return (Bit(f"{label}: "), *kortad(marked))
        if before is None:
            return (Bit(f"{label} tillkommer: "), Bit(self.värde(after, own), "+"))
        if after is None:
            return (Bit(f"{label} tas bort: "), Bit(self.värde(before, own), "-"))
        was, now = self.värde(before, own), self.värde(after, own)
        return (Bit(f"{label}: "), Bit(was, "-"), Bit(" "), Bit(now, "+"))

    def _lista(self, label: str, before: list[Data], after: list[Data], form: Form) -> Mening:
        gone = [self.värde(v, form) for v in before if v not in after]
        come = [self.värde(v, form) for v in after if v not in before]
        if not gone and not come:
            order = words.uppräkning([self.värde(v, form) for v in after])
            return (Bit(f"{label} står i en annan ordning: "), Bit(order, "+"))
        made = [Bit(f"{label}: ")]
        if come:
            made += [*uppräknade(come, "+"), Bit(" tillkommer")]
        if gone:
            made += [Bit(", och ")] if come else []
            made += [*uppräknade(gone, "-"), Bit(" tas bort")]
        return (*made, Bit("."))

    def _etikett(self, väg: Väg, form: Form) -> str:
        names = [str(step) for step in väg if isinstance(step, str)]
        own = form.vid(väg)
        title = own.titel or names[-1]
        above = form.vid(väg[:-1])
        if len(väg) > 1 and above.led is None and above.titel and isinstance(väg[-2], str):
            inner = names[-1] if names[-1] != "typ" else ""
            if form.vid(väg[:-2]).led is None:  # a field of a field: ”Rapporteras, månad”
                return f"{above.titel}, {words.liten(title)}" if inner else above.titel
        return title

    def _inuti(self, change: Change, form: Form) -> str:
        """Say in which part of the thing a field stands: ”Steg 2, ”."""
        said = [
            self._vilken(change, change.väg[: at + 1], form)
            for at in range(len(change.väg) - 1)
            if form.vid(change.väg[:at]).led is not None
        ]
        return words.stor("".join(f"{part}: " for part in said))

    def _vilken(self, change: Change, väg: Väg, form: Form) -> str:
        """Name a part of a list: by its title, else by its place in the old list."""
        kind = words.liten(form.vid(väg).titel or "del")
        data = _at(self._data(self.old, change), väg)
        if isinstance(data, dict):
            if "kolumn" in data:
                return self._kolumn(change, data["kolumn"])
            if "period" in data:
                group = f" ({data['grupp']})" if "grupp" in data else ""
                return f"{ordat(data['typ'])} {fakta(data['period'])}{group}"
            for name in ("titel", "term", "verksamhet", "delplan", "krav"):
                if isinstance(data.get(name), str):
                    own = form.vid((*väg, name))
                    return f"{kind} ”{self.värde(data[name], own)}”"
        place = _place(_at(self._data(self.old, change), väg[:-1]), väg[-1])
        return f"{kind} {place + 1}"

    def _kolumn(self, change: Change, id: str) -> str:
        columns = self._data(self.old, change).get("kolumner", ())
        return next((str(c["titel"]) for c in columns if c.get("id") == id), id)

    def _data(self, plan: Plan, change: Change) -> Data:
        things: dict[str, Ting] = getattr(plan, SAMLINGAR[change.slag])
        thing = things.get(change.id)
        if thing is None:  # the frame and the wheel may bear another id
            thing = next(t for (slag, _), t in saker(plan) if slag == change.slag)
        return plain(thing, self.forms.av(change.slag))

    # Parts of lists

    def _del(self, change: Change, form: Form) -> Mening:
        inside = self._inuti(change, form)
        kind = form.vid(change.väg).titel or "Del"
        kind = words.liten(kind) if inside else kind
        if change.sort is Sort.FLYTTAD:
            which = self._vilken(change, change.väg, form)
            which = which if inside else words.stor(which)
            return (Bit(f"{inside}{which} flyttas till plats {(change.plats or 0) + 1}."),)
        own = form.vid(change.väg)
        if change.sort is Sort.TILLAGD:
            said = self.del_(change.efter, own)
            return (Bit(f"{inside}{kind} tillkommer: "), Bit(said, "+"))
        return (Bit(f"{inside}{kind} tas bort: "), Bit(self.del_(change.före, own), "-"))

    # Some fields have sentences of their own

    def _flyttad_hem(self, change: Change) -> Mening:
        was, now = (self.sak((side[0], side[1])) for side in (change.före, change.efter))
        return (Bit("Flyttas från "), Bit(was, "-"), Bit(" till "), Bit(now, "+"), Bit("."))


_SÄRSKILDA: Final[dict[tuple[str, str], Callable[[Värden, Change], Mening | None]]] = {
    **{("aktivitet", name): tider.tid for name in tider.TIDER},
    ("kapitel", "nummer"): tider.nummer,
    ("delplan", "nummer"): tider.nummer,
    **{(slag, "uppfyller"): krav.helt for slag in krav.SLAG},
    **{(slag, "uppfyller_delvis"): krav.delvis for slag in krav.SLAG},
}


def _lists(*sides: Data) -> bool:
    return all(side is None or isinstance(side, list) for side in sides)


def _at(data: Data, väg: Väg) -> Data:
    for step in väg:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list):
            place = _place(data, step)
            data = data[place] if place < len(data) else None
    return data


def _place(items: Data, step: str | int) -> int:
    if isinstance(step, int) or not isinstance(items, list):
        return step if isinstance(step, int) else 0
    return next((i for i, item in enumerate(items) if item.get("id") == step), len(items))
