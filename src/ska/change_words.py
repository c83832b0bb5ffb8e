"""A change as a Swedish sentence, with what goes and what comes marked in it.

A sentence is pieces; `change_report.py` decides how a piece that goes or comes is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final, Literal, NamedTuple, cast

from ska.changes import Change, Sort, Väg
from ska.content import LIGGER_I, Data, Form, Former, plain, saker
from ska.model import SAMLINGAR, Plan
from ska.render import words
from ska.render.systemet import period
from ska.ting import (
    EJ_ANGIVET,
    Frekvens,
    Genomförs,
    Inom,
    Månad,
    Nyckel,
    Period,
    Roll,
    Säsong,
    Ting,
)

Märke = Literal["", "-", "+"]


class Bit(NamedTuple):
    """Some text, and whether it goes (-), comes (+) or stays."""

    text: str
    märke: Märke = ""


Mening = tuple[Bit, ...]
_NOWHERE: Final = cast(Any, None)  # these parts are made to be worded, and stand in no file
_WORD: Final = re.compile(r"\s+|[^\s]+")
#: What a part is known by, the first that it has.
_NAMES: Final = ("titel", "term", "fråga", "gör", "vad", "text", "säger", "hur", "skäl")
#: Kinds of which a definite form is irregular; the others take -en: ”metoden”.
BESTÄMT: Final = {
    "plan": "planen", "årshjul": "årshjulet", "kapitel": "kapitlet", "utgåva": "utgåvan",
    "utförare": "utföraren", "källa": "källan", "målområde": "målområdet", "lagrum": "lagrummet",
    "kommunmål": "det kommunövergripande målet", "indikator": "indikatorn", "mål": "nämndmålet",
    "uppdrag": "uppdraget", "kontrollmoment": "kontrollmomentet", "begrepp": "ordet",
    "krav": "kravet", "avvikelser": "redovisningen", "undantag": "undantaget",
    "upphört": "raden", "internkontroll": "internkontrollplanen", "delplan": "delplanen",
}  # fmt: skip


def den(slag: str, titel: str) -> str:
    """Name a thing as a sentence does: ”metoden ”Klagomål””."""
    return f"{BESTÄMT.get(slag, slag + 'en')} ”{titel}”"


class Ordare:
    """What words need of the two plans: names, and which year's wheel a month belongs to."""

    def __init__(self, old: Plan, new: Plan, forms: Former) -> None:
        """Keep the plans."""
        self.old, self.new, self.forms = old, new, forms

    def namn(self, slag: Iterable[str], id: str) -> str:
        """Name what an id refers to, by what it is called now, else was."""
        for plan in (self.new, self.old):
            for kind in slag:
                thing: Ting | None = getattr(plan, SAMLINGAR[kind]).get(id)
                if thing is not None:
                    return words.liten(thing.rubrik) if isinstance(thing, Roll) else thing.rubrik
        return id

    def sak(self, nyckel: Nyckel) -> str:
        """Name a thing with its kind."""
        return den(nyckel[0], self.namn((nyckel[0],), nyckel[1]))

    def mening(self, change: Change) -> Mening:
        """Word a change of a field or a part; `hel` words a whole thing."""
        if change.väg == (LIGGER_I,):
            return self._flyttad_hem(change)
        special = _SÄRSKILDA.get((change.slag, str(change.väg[0])))
        if special and (said := special(self, change)):
            return said
        form = self.forms.av(change.slag)
        if change.plats is not None or change.sort is Sort.BORTTAGEN:
            return self._del(change, form)
        return self._fält(change, form)

    # Fields

    def _fält(self, change: Change, form: Form) -> Mening:
        own = form.vid(change.väg)
        label = f"{self._inuti(change, form)}{self._etikett(change.väg, form)}"
        before, after = change.före, change.efter
        if own.led is not None and not own.led.fält and _lists(before, after):
            return self._lista(label, before or [], after or [], own)
        if own.tyngd == "text" and isinstance(before, str) and isinstance(after, str):
            return (Bit(f"{label}: "), *ord_för_ord(self.text(before, own), self.text(after, own)))
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
            made += [*_uppräknade(come, "+"), Bit(" tillkommer")]
        if gone:
            made += [Bit("; ")] if come else []
            made += [*_uppräknade(gone, "-"), Bit(" tas bort")]
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
            for name in ("titel", "term", "kolumn", "verksamhet", "delplan"):
                if isinstance(data.get(name), str):
                    own = form.vid((*väg, name))
                    return f"{kind} ”{self.värde(data[name], own)}”"
        place = _place(_at(self._data(self.old, change), väg[:-1]), väg[-1])
        return f"{kind} {place + 1}"

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

    def del_(self, data: Data, form: Form) -> str:
        """Word a whole part: what it says first, then its other facts in short."""
        first = next((name for name in _NAMES if isinstance(data.get(name), str)), "")
        said = [self.värde(data[first], form.fält.get(first, Form()))] if first else []
        for name, value in data.items():
            own = form.fält.get(name, Form())
            if name in (first, "id") or own.tyngd == "redaktionell" or value == EJ_ANGIVET:
                continue
            text = self.värde(value, own)
            said.append(f"{words.liten(own.titel or name)} {text}" if first else text)
        return "; ".join(part.rstrip(".") for part in said)

    # Values

    def text(self, value: str, form: Form) -> str:
        """Give a text as it is read, in one line."""
        return words.EJ_ANGIVET_ORD if value == EJ_ANGIVET else " ".join(value.split())

    def värde(self, value: Data, form: Form) -> str:
        """Word a value by what the schema says that it is."""
        if isinstance(value, list):
            if form.led is not None and form.led.fält and not form.hel:
                return "; ".join(self.del_(item, form.led) for item in value)
            if form.hel:
                return "; ".join(_fakta(item) for item in value)
            return words.uppräkning([self.värde(item, form.led or Form()) for item in value])
        if isinstance(value, dict):
            return _fakta(value) or self.del_(value, form)
        if value == EJ_ANGIVET:
            return words.EJ_ANGIVET_ORD
        if form.refererar:
            return self.namn(form.refererar, str(value))
        if form.tyngd == "text":
            return self.text(value, form)
        return _ord(str(value))

    # Some fields have sentences of their own

    def _flyttad_hem(self, change: Change) -> Mening:
        was, now = (self.sak((side[0], side[1])) for side in (change.före, change.efter))
        return (Bit("Flyttas från "), Bit(was, "-"), Bit(" till "), Bit(now, "+"), Bit("."))

    def nummer(self, change: Change) -> Mening | None:
        """Word that a chapter has another number."""
        if change.sort is not Sort.FLYTTAD:
            return None
        was, now = Bit(str(change.före), "-"), Bit(str(change.efter), "+")
        return (Bit("Flyttas från nummer "), was, Bit(" till nummer "), now, Bit("."))

    def tid(self, change: Change) -> Mening | None:
        """Word when an activity is done or reported, as a whole."""
        before = self.old.aktiviteter.get(change.id)
        after = self.new.aktiviteter.get(change.id)
        name = str(change.väg[0])
        if before is None or after is None or "avvikande" in change.väg:
            return None
        sides = [
            self._när(aktivitet, name, plan)
            for plan, aktivitet in ((self.old, before), (self.new, after))
        ]
        if sides[0] == sides[1]:  # only the year is another
            sides = [self._när(a, name, None) for a in (before, after)]
        verb = "Rapporteras" if name == "rapporteras" else "Arbetet görs"
        was, now = sides
        return (Bit(f"{verb} "), Bit(now, "+"), Bit(" i stället för "), Bit(was, "-"), Bit("."))

    def _när(self, aktivitet: Any, name: str, plan: Plan | None) -> str:
        if name == "rapporteras":
            month = aktivitet.rapporteras.månad
            said = words.rapporteras(aktivitet.rapporteras)
            if month:
                own = plan is not None and month.år == plan.årshjul.år
                return f"i {words.MÅNADER[month.månad - 1] if own else said}"
            return f"vid {said}" if said.startswith("varje") else said
        said = words.genomförs(aktivitet.genomförs)
        if plan is not None:
            said = said.replace(f" {plan.årshjul.år}", "").replace(" under", "")
        return said if said.startswith(("löpande", "återkommande")) else f"i {said}"


_SÄRSKILDA: Final[dict[tuple[str, str], Callable[[Ordare, Change], Mening | None]]] = {
    ("aktivitet", "rapporteras"): Ordare.tid,
    ("aktivitet", "genomförs"): Ordare.tid,
    ("kapitel", "nummer"): Ordare.nummer,
    ("delplan", "nummer"): Ordare.nummer,
}


def _uppräknade(parts: list[str], mark: Märke) -> Iterator[Bit]:
    for number, part in enumerate(parts):
        if number:
            yield Bit(" och " if number == len(parts) - 1 else ", ")
        yield Bit(part, mark)


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


def _ord(value: str) -> str:
    """Word a value that isn't prose: a date, a month, one of several choices."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return words.datum(date.fromisoformat(value))
    if re.fullmatch(r"\d{4}-\d\d", value):
        return words.månad(Månad.läs(value))
    if re.fullmatch(r"-?\d+\.\d+", value):
        return value.replace(".", ",")
    return value.replace("_", " ") if re.fullmatch(r"[a-zåäö]+(_[a-zåäö]+)*", value) else value


def _fakta(data: dict[str, Data]) -> str:
    """Word a part that is one fact: how often, when, how soon."""
    keys = set(data)
    if "enhet" in keys and keys <= {"antal", "enhet"}:
        return words.inom(Inom(spår=_NOWHERE, **data))
    if keys & {"årstid", "månader", "längd"} and "typ" not in keys:
        rest: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return words.säsong(Säsong(spår=_NOWHERE, **rest))
    match data.get("typ"):
        case "period" | "löpande" | "återkommande" if keys & {"från", "år"} or keys == {"typ"}:
            months = {k: Månad.läs(v) for k, v in data.items() if k in ("från", "till")}
            return words.genomförs(Genomförs(spår=_NOWHERE, **{**data, **months}))
        case "helår" | "till_och_med" | "per_dag":
            day = {"dag": date.fromisoformat(data["dag"])} if "dag" in data else {}
            return period(Period(spår=_NOWHERE, **{**data, **day}))
        case "antal" | "löpande" | "återkommande" | "enligt_plan" | "vid_behov" | "ej_angivet" if (
            keys <= {"typ", "antal", "per", "gräns", "utom"}
        ):
            return words.frekvens(Frekvens(spår=_NOWHERE, **data))
    return ""


def ord_för_ord(old: str, new: str) -> Iterator[Bit]:
    """Yield a text with its words marked; the untouched words between changes stay."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Bit] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            text = "".join(before[i1:i2])
            # A lone space between two rewritten words belongs to both.
            if text.isspace() and pieces and i2 < len(before):
                pieces += [Bit(text, "-"), Bit(text, "+")]
            else:
                pieces.append(Bit(text))
            continue
        pieces.append(Bit("".join(before[i1:i2]), "-"))
        pieces.append(Bit("".join(after[j1:j2]), "+"))
    return _joined(pieces)


def _joined(pieces: list[Bit]) -> Iterator[Bit]:
    """Put what goes before what comes within each run of changes; white space stays outside."""
    gone = come = ""
    for piece in [*pieces, Bit("")]:
        if piece.märke == "-":
            gone += piece.text
        elif piece.märke == "+":
            come += piece.text
        else:
            yield from _pair(gone, come)
            gone = come = ""
            if piece.text:
                yield piece


def _pair(gone: str, come: str) -> Iterator[Bit]:
    lead = " " if gone[:1].isspace() or come[:1].isspace() else ""
    tail = " " if gone[-1:].isspace() or come[-1:].isspace() else ""
    gone, come = gone.strip(), come.strip()
    if lead and (gone or come):
        yield Bit(" ")
    if gone:
        yield Bit(gone, "-")
    if gone and come:
        yield Bit(" ")
    if come:
        yield Bit(come, "+")
    if tail or (lead and not (gone or come)):
        yield Bit(" ")
