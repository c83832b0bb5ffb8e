"""What is measured in Swedish words and digits: outcomes and targets, their periods and numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ska.ting import EJ_ANGIVET, Cell, Period, Värde
from ska.words import datum

_STATES: Final = {
    "ingen_uppgift": "ingen uppgift",
    "basvärde_saknas": "basvärde saknas",
    "tas_fram": "tas fram",
    "tomt": "inget angivet",
}
_RELATIONS: Final = {
    "minst": "minst", "högst": "högst", "över": "över", "under": "under", "ökar": "ska öka",
    "minskar": "ska minska", "ej_öka": "ska inte öka", "stabiliseras": "ska stabiliseras",
    "inga_skillnader": "inga signifikanta skillnader",
}  # fmt: skip


def period(value: Period) -> str:
    """Word a period: ”2024”, ”till och med augusti 2023”, ”augusti 2022”, ”30 juni 2023”."""
    if value.dag:
        return datum(value.dag)
    month = "en månad som inte är angiven" if value.månad == EJ_ANGIVET else value.månad
    if value.typ == "månad":
        return f"{month} {value.år}"
    return f"till och med {month} {value.år}" if month else str(value.år)


def tal(value: Decimal) -> str:
    """Word a number as Swedish does: decimal comma, a hard space between thousands."""
    return f"{value:,}".replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")


def värde(value: Värde) -> str:
    """Word an outcome or a target, whatever it holds: a number, a relation, or that it lacks."""
    return value.text or _held(value.relation, value.tal, value.tillstånd)


def cell(value: Cell) -> str:
    """Word a cell of a table."""
    return _held("lika", value.tal, value.tillstånd)


def _held(relation: str, number: Decimal | None, state: str) -> str:
    if state in _STATES:
        return _STATES[state]
    parts = [_RELATIONS.get(relation, ""), "" if number is None else tal(number)]
    text = " ".join(part for part in parts if part)
    return f"{text} (preliminärt)" if state == "preliminärt" else text
