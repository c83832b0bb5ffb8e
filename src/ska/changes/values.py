"""Values that aren't prose in Swedish words: dates, months, choices, how often, how soon."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, cast

from ska import words
from ska.content import Data
from ska.matt import period
from ska.ting import Frekvens, Genomförs, Inom, Månad, Period, Säsong

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
        case "helår" | "till_och_med" | "per_dag":
            day = {"dag": date.fromisoformat(data["dag"])} if "dag" in data else {}
            return period(Period(spår=_NOWHERE, **{**data, **day}))
        case "antal" | "löpande" | "återkommande" | "enligt_plan" | "vid_behov" | "ej_angivet" if (
            keys <= {"typ", "antal", "per", "gräns", "utom"}
        ):
            return words.frekvens(Frekvens(spår=_NOWHERE, **data))
    return ""
