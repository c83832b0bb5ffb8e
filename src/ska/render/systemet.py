"""What a thing of the larger system says in short: goals, control, requirements, exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from markupsafe import Markup

from ska import words
from ska.derived.bedomning import bedömningar, läge
from ska.model import SAMLINGAR
from ska.render.addresses import ORGANISATION, SLAG
from ska.render.grund import Grund
from ska.render.regelnamn import regelnamn
from ska.ting import (
    EJ_ANGIVET,
    HÖG_RISK,
    Antagen,
    Beslut,
    Budget,
    Indikator,
    Risk,
    Ting,
)

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
    "begrepp": ("Ord", ("begrepp",)),
    "gäller_för": ("Gäller för", _ORG),
    "lagrum": ("Lag", ("lagrum", "författning")),
    "tidigare_lagrum": ("Stod tidigare i", ("lagrum", "författning")),
    "godtaget_av": ("Godtaget av", ("roll",)),
    "utgåva": ("Fanns till och med", ("utgåva",)),
}
#: Kind and field -> a label that only this kind has.
_OTHER_LABELS: Final = {("avvikelser", "utgåva"): "Begärs av"}
#: Field -> its label, for fields that say it themselves.
_PLAIN: Final = {
    "typ": "Typ",
    "omfattning": "Omfattning",
    "år": "År",
    "beslutat_av": "Beslutat av",
    "gäller_från": "Gäller från",
    "gäller_till": "Gäller till",
    "status": "Läge enligt källan",
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
#: A thing's `typ` or `omfattning`, where the word alone says too little.
_TYPES: Final = {
    "strategiskt": "Strategiskt utvecklingsuppdrag från kommunfullmäktige",
    "nämnd": "Nämndens eget uppdrag",
    "kommungemensamt": "Alla nämnder",
    "nämndspecifikt": "Vissa nämnder",
    "beslut": "Nämndens beslut",
    "uppgifter": "Uppgifter enligt reglementet",
    "styrning": "Styrning",
    "prioriteringar": "Prioriteringar",
    "styrdokument": "Prioriterade styrdokument",
    "principer": "Principer och vision",
    "förutsättningar": "Förutsättningar",
    "utvecklingsområden": "Utvecklingsområden",
    "uppföljning": "Uppföljning",
    "lokaler": "Lokaler",
    "digitalisering": "Digitalisering",
    "drift": "Drift",
    "investering": "Investeringar",
    "ram": "Ram",
    "volym": "Volymer",
    "personal": "Personal",
}


class Ruta(NamedTuple):
    """A square of the risk matrix: probability, risk value, and the risks there by number."""

    sannolikhet: int
    riskvärde: int
    risker: list[tuple[int, Risk]]

    @property
    def hög(self) -> bool:
        """Tell whether risks here are high."""
        return self.riskvärde >= HÖG_RISK


_STEPS: Final = (1, 2, 3, 4, 5)


def facts(s: Grund) -> list[tuple[str, Markup | str]]:
    """Collect a thing's short facts, each with its label, in the order of its kind's fields."""
    rows = _about(s) + _whole(s) + _replaced(s)
    for field, (label, kinds) in _LINKS.items():
        value = s.fält(field)
        ids = (value,) if isinstance(value, str) else value or ()
        found = [_find(s, id, kinds) for id in ids if isinstance(id, str) and id != EJ_ANGIVET]
        links = [_link(s, ting) for ting in found if ting is not None]
        label = _OTHER_LABELS.get((s.slag, field), label)
        if links:
            rows.append((label, Markup(", ").join(links)))
        elif value == EJ_ANGIVET:
            rows.append((label, words.EJ_ANGIVET_ORD))
    if (decision := s.fält("antagen")) is not None:
        rows.append(("Antagen", antagen(decision)))
    rows += _decision(s.fält("beslut"))
    for field, label in _PLAIN.items():
        value = s.fält(field)
        if field in ("typ", "omfattning"):
            value = typ(value)
        if value is not None:
            shown = words.datum(value) if hasattr(value, "month") else words.angivet(value)
            rows.append((label, shown))
    return rows + [(label, "ja") for field, label in _YES.items() if s.fält(field) == "ja"]


def antagen(value: Antagen) -> str:
    """Word a decision as far as the source gives it: ”25 oktober 2023, § 90, AN 2023-167”."""
    known = [words.datum(value.datum)] if value.datum != EJ_ANGIVET else []
    known += [text for text in (value.paragraf, value.dnr) if text != EJ_ANGIVET]
    return ", ".join(known) or words.EJ_ANGIVET_ORD


def matris(risker: Iterable[Risk]) -> list[tuple[int, list[Ruta]]]:
    """Lay out risks by consequence (rows, the worst first) and probability; empty with none."""
    placed = [
        (n, r) for n, r in enumerate(risker, 1) if EJ_ANGIVET not in (r.sannolikhet, r.konsekvens)
    ]
    if not placed:
        return []
    return [
        (k, [
            Ruta(s, s * k, [(n, r) for n, r in placed if (r.sannolikhet, r.konsekvens) == (s, k)])
            for s in _STEPS
        ])
        for k in reversed(_STEPS)
    ]  # fmt: skip


def typ(value: str) -> str:
    """Word a thing's `typ` or `omfattning`."""
    return _TYPES.get(value, value)


def _decision(beslut: Beslut | None) -> list[tuple[str, Markup | str]]:
    """Say who decided, when, and where it stands in the minutes."""
    if beslut is None:
        return []
    return [
        ("Beslutat av", words.angivet(beslut.organ)),
        ("Beslutsdatum", words.datum(beslut.datum)),
        ("Paragraf", words.angivet(beslut.paragraf)),
        ("Diarienummer", words.angivet(beslut.dnr)),
        ("Justerat", words.datum(beslut.justerat)),
        ("Laga kraft", words.datum(beslut.laga_kraft)),
    ]


def footnotes(budget: Budget) -> dict[str, int]:
    """Number a table's footnotes as the eye meets them: columns first, then row by row."""
    texts = [kolumn.fotnot for kolumn in budget.kolumner]
    for rad in budget.rader:
        texts += [rad.fotnot, *(cell.fotnot for cell in rad.värden)]
    known = dict.fromkeys(text for text in texts if text)
    return {text: number for number, text in enumerate(known, 1)}


def legend(budget: Budget) -> str:
    """Say what the table's look means: indented rows, a dash."""
    parts = []
    if any(rad.ingår_i for rad in budget.rader):
        parts.append("Indragna rader är redan inräknade i en annan rad.")
    if any(cell.tillstånd == "tomt" for rad in budget.rader for cell in rad.värden):
        parts.append("Ett streck betyder att rutan är tom i källan.")
    return " ".join(parts)


def _about(s: Grund) -> list[tuple[str, Markup | str]]:
    """Say which rule and thing an exception, or an end, is about."""
    rows: list[tuple[str, Markup | str]] = []
    if rule := s.fält("regel"):
        at = s.länk("regler/")
        rows.append(("Regel", Markup('<a href="{}#{}">{}</a>').format(at, rule, regelnamn(rule))))
    if kind := s.fält("sakslag"):
        ting = _find(s, s.fält("sak"), (kind,))
        was = s.fält("titel") if s.slag == "upphört" else s.fält("sak")
        label = SLAG[kind].en if s.slag == "upphört" else "Gäller"
        rows.append((label, _link(s, ting) if ting else was))
        if new := s.fält("ersatt_av"):
            successor = _find(s, new, (kind,))
            rows.append(("Ersatt av", _link(s, successor) if successor else new))
    return rows


def _whole(s: Grund) -> list[tuple[str, Markup | str]]:
    """Lead to what the thing is a part of: an indicator's goal, a control's plan."""
    whole = s.helhet
    return [(SLAG[whole.slag].en, _link(s, whole))] if whole else []


def _replaced(s: Grund) -> list[tuple[str, Markup | str]]:
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


def _find(s: Grund, id: str, kinds: tuple[str, ...]) -> Ting | None:
    found = (getattr(s.plan, SAMLINGAR[kind]).get(id) for kind in kinds if kind in SAMLINGAR)
    return next((ting for ting in found if ting is not None), None)


def _link(s: Grund, ting: Ting) -> Markup:
    return Markup('<a href="{}">{}</a>').format(s.till(ting), s.namn(ting))
