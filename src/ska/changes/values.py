"""What stands on each side of a change, in Swedish words: names, dates, choices, whole parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from ska import words
from ska.content import Data
from ska.matt import period, tal
from ska.model import SAMLINGAR, Plan
from ska.namn import den
from ska.reading.forms import Form, Former
from ska.ting import (
    EJ_ANGIVET,
    Frekvens,
    Genomförs,
    Inom,
    Lagrum,
    Månad,
    Nyckel,
    Period,
    Roll,
    Säsong,
    Ting,
)

#: What a part is known by, the first that it has.
_NAMES: Final = ("titel", "term", "fråga", "gör", "vad", "text", "säger", "hur", "skäl")
_NOWHERE: Final = cast(Any, None)  # these parts are made to be worded, and stand in no file


def ordat(value: str) -> str:
    """Word a value that isn't prose: a date, a month, one of several choices."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return words.datum(date.fromisoformat(value))
    if re.fullmatch(r"\d{4}-\d\d", value):
        return words.månad(Månad.läs(value))
    return value.replace("_", " ") if re.fullmatch(r"[a-zåäö]+(_[a-zåäö]+)*", value) else value


def fakta(data: dict[str, Data]) -> str:
    """Word a part that is one fact: how often, when, how soon."""
    keys = set(data)
    if "enhet" in keys and keys <= {"antal", "enhet"}:
        return words.inom(Inom(spår=_NOWHERE, **data)).removeprefix("inom ")
    if keys & {"årstid", "månader", "längd"} and "typ" not in keys:
        rest: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return words.säsong(Säsong(spår=_NOWHERE, **rest))
    match data.get("typ"):
        case "period" | "löpande" | "återkommande" if keys & {"från", "år"} or keys == {"typ"}:
            months = {k: Månad.läs(v) for k, v in data.items() if k in ("från", "till")}
            return words.genomförs(Genomförs(spår=_NOWHERE, **{**data, **months}))
        case "helår" | "till_och_med" | "per_dag" | "månad" if "år" in keys:
            day = {"dag": date.fromisoformat(data["dag"])} if "dag" in data else {}
            return period(Period(spår=_NOWHERE, **{**data, **day}))
        case "antal" | "löpande" | "återkommande" | "enligt_plan" | "vid_behov" | "ej_angivet" if (
            keys <= {"typ", "antal", "per", "gräns", "utom"}
        ):
            return words.frekvens(Frekvens(spår=_NOWHERE, **data))
    return ""


class Värden:
    """The two plans, what things are called in them, and values by what the schemas say."""

    def __init__(self, old: Plan, new: Plan, forms: Former) -> None:
        """Keep the plans, and the forms of what stands in them."""
        self.old, self.new, self.forms = old, new, forms

    def namn(self, slag: Iterable[str], id: str) -> str:
        """Name what an id refers to, by what it is called now, else was."""
        for plan in (self.new, self.old):
            for kind in slag:
                thing: Ting | None = getattr(plan, SAMLINGAR[kind]).get(id)
                if isinstance(thing, Lagrum):
                    statute = plan.författningar.get(thing.författning)
                    name = statute.namn if statute else thing.författning
                    return f"{name} {words.paragraf(thing)}".strip()
                if thing is not None:
                    return words.liten(thing.rubrik) if isinstance(thing, Roll) else thing.rubrik
        return id

    def sak(self, nyckel: Nyckel) -> str:
        """Name a thing with its kind."""
        return den(nyckel[0], self.namn((nyckel[0],), nyckel[1]))

    def del_(self, data: Data, form: Form) -> str:
        """Word a whole part: what it says first, then its other facts in short."""
        first = next((name for name in _NAMES if isinstance(data.get(name), str)), "")
        said = []
        for name, value in data.items():
            own = form.fält.get(name, Form())
            if name in (first, "id") or own.tyngd == "redaktionell" or value == EJ_ANGIVET:
                continue
            text = self.värde(value, own)
            said.append(
                (f"{words.liten(own.titel or name)}: {text}" if first else text).rstrip(".")
            )
        if not first:
            return "; ".join(said)
        name = self.värde(data[first], form.fält.get(first, Form())).rstrip(".")
        return f"{name} ({', '.join(said)})" if said else name

    def text(self, value: str, form: Form) -> str:
        """Give a text as it is read, in one line."""
        if value == EJ_ANGIVET:
            return words.EJ_ANGIVET_ORD
        return " ".join(re.sub(r"^- ", "• ", value, flags=re.MULTILINE).split())

    def värde(self, value: Data, form: Form) -> str:
        """Word a value by what the schema says that it is."""
        if isinstance(value, list):
            if form.led is not None and form.led.fält and not form.hel:
                return "; ".join(self.del_(item, form.led) for item in value)
            if form.hel:
                return "; ".join(fakta(item) for item in value)
            return words.uppräkning([self.värde(item, form.led or Form()) for item in value])
        if isinstance(value, dict):
            return fakta(value) or self.del_(value, form)
        if value == EJ_ANGIVET:
            return words.EJ_ANGIVET_ORD
        if form.tal:
            return tal(Decimal(value))
        if form.refererar:
            return self.namn(form.refererar, str(value))
        if form.tyngd == "text":
            return self.text(value, form)
        slag, slash, id = str(value).partition("/")
        if slash and slag in SAMLINGAR:  # a place in the plan, as a source's contents tells it
            return self.sak((slag, id))
        return ordat(str(value))
