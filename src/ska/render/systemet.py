"""What a thing of the larger system says in short: goals, control, requirements, exceptions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from ska.bedomning import bedömningar, läge
from ska.model import SAMLINGAR
from ska.render import words
from ska.render.addresses import ORGANISATION, SLAG
from ska.ting import EJ_ANGIVET, Cell, Indikator, Period, Ting, Värde

if TYPE_CHECKING:
    from ska.render.page import Sida

_ORG: Final = ORGANISATION[:-1]
#: Field -> its label, and the kinds that its ids name.
_LINKS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "målområde": ("Målområde", ("målområde",)),
    "målområden": ("Målområden", ("målområde",)),
    "kommunmål": ("Kommunövergripande mål", ("kommunmål",)),
    "nämnd": ("Nämnd", ("nämnd",)),
    "nämnder": ("Nämnder", ("nämnd",)),
    "mål": ("Mål", ("mål", "kommunmål")),
    "roll": ("Vem", ("roll",)),
    "avser": ("Avser", _ORG),
    "metoder": ("Mäts genom", ("metod",)),
    "risker": ("Risker", ("risk",)),
    "rutiner": ("Rutiner", ("rutin",)),
    "aktiviteter": ("I årshjulet", ("aktivitet",)),
    "aktivitet": ("I årshjulet", ("aktivitet",)),
    "uppfyller": ("Svarar mot krav", ("krav",)),
    "lagrum": ("Lag", ("lagrum", "författning")),
    "godtaget_av": ("Godtaget av", ("roll",)),
    "utgåva": ("Fanns till och med", ("utgåva",)),
}
#: Field -> its label, for fields that say it themselves.
_PLAIN: Final = {
    "år": "År",
    "beslutat_av": "Beslutat av",
    "gäller_från": "Gäller från",
    "gäller_till": "Gäller till",
    "status": "Status",
    "mäts_i": "Mäts i",
    "riktning": "Bättre när värdet är",
    "källsystem": "Källsystem",
    "sannolikhet": "Sannolikhet (1–5)",
    "konsekvens": "Konsekvens (1–5)",
    "riskvärde": "Riskvärde",
    "hur": "Hur",
    "när": "När",
    "resultat": "Resultat",
    "accepterad": "Godtas eftersom",
    "räknas_i": "Räknas i",
}
#: Field -> its label, for fields that are worth a line only where the answer is yes.
_YES: Final = {
    "ackumulerat": "Räknas från årets början",
    "obligatorisk": "Obligatorisk för alla nämnder",
}
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


def facts(s: Sida) -> list[tuple[str, Markup | str]]:
    """Collect a thing's short facts, each with its label, in the order of its kind's fields."""
    rows = _about(s) + _whole(s) + _replaced(s)
    for field, (label, kinds) in _LINKS.items():
        value = s.fält(field)
        ids = (value,) if isinstance(value, str) else value or ()
        found = [_find(s, id, kinds) for id in ids if isinstance(id, str) and id != EJ_ANGIVET]
        links = [_link(s, ting) for ting in found if ting is not None]
        if links:
            rows.append((label, Markup(", ").join(links)))
        elif value == EJ_ANGIVET:
            rows.append((label, words.EJ_ANGIVET_ORD))
    for field, label in _PLAIN.items():
        value = s.fält(field)
        if value is not None:
            shown = words.datum(value) if hasattr(value, "month") else words.angivet(value)
            rows.append((label, shown))
    return rows + [(label, "ja") for field, label in _YES.items() if s.fält(field) == "ja"]


def _about(s: Sida) -> list[tuple[str, Markup | str]]:
    """Say which rule and thing an exception, or an end, is about."""
    rows: list[tuple[str, Markup | str]] = []
    if rule := s.fält("regel"):
        at = s.länk("regler/")
        rows.append(("Regel", Markup('<a href="{}#{}">{}</a>').format(at, rule, rule)))
    if kind := s.fält("sakslag"):
        ting = _find(s, s.fält("sak"), (kind,))
        rows.append(("Gäller", _link(s, ting) if ting else f"{kind} {s.fält('sak')}"))
        if new := s.fält("ersatt_av"):
            successor = _find(s, new, (kind,))
            rows.append(("Ersatt av", _link(s, successor) if successor else new))
    return rows


def _whole(s: Sida) -> list[tuple[str, Markup | str]]:
    """Lead to what the thing is a part of: an indicator's goal, a control's plan."""
    whole = s.helhet
    return [(SLAG[whole.slag].en, _link(s, whole))] if whole else []


def _replaced(s: Sida) -> list[tuple[str, Markup | str]]:
    """Say what holds instead of a goal or an indicator."""
    kind = s.slag
    if kind not in ("mål", "indikator") or not (new := s.fält("ersatt_av")):
        return []
    successor = _find(s, new, (kind,))
    return [("Ersatt av", _link(s, successor))] if successor else []


def saknar_analys(indikator: Indikator) -> str:
    """Say what is not told of an outcome: why a target was missed, or what the outcome means."""
    said = {"orsak": indikator.orsak, "analys": indikator.analys, "åtgärd": indikator.åtgärd}
    missing = [name for name, text in said.items() if not text]
    if läge(bedömningar(indikator)) in ("når_inte", "delvis"):
        return f"Målet är inte nått. {_saknas(missing)}" if missing else ""
    told = any(v.typ == "utfall" and (v.tal is not None or v.text) for v in indikator.värden)
    return "Analys saknas. Källorna säger inget om vad utfallet betyder." if (
        told and len(missing) == len(said)
    ) else ""  # fmt: skip


def _saknas(missing: list[str]) -> str:
    return f"{words.stor(words.uppräkning(missing))} saknas."


def _find(s: Sida, id: str, kinds: tuple[str, ...]) -> Ting | None:
    found = (getattr(s.plan, SAMLINGAR[kind]).get(id) for kind in kinds if kind in SAMLINGAR)
    return next((ting for ting in found if ting is not None), None)


def _link(s: Sida, ting: Ting) -> Markup:
    return Markup('<a href="{}">{}</a>').format(s.till(ting), s.namn(ting))


def period(value: Period) -> str:
    """Word a period: ”2024”, ”till och med augusti 2023”, ”augusti 2022”, ”30 juni 2023”."""
    if value.dag:
        return words.datum(value.dag)
    month = "en månad som inte är angiven" if value.månad == EJ_ANGIVET else value.månad
    if value.typ == "månad":
        return f"{month} {value.år}"
    return f"till och med {month} {value.år}" if month else str(value.år)


def tal(value: Decimal) -> str:
    """Word a number as Swedish does: decimal comma, a hard space between thousands."""
    return f"{value:,}".replace(",", "\u00a0").replace(".", ",")


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
