"""What an indicator's page says: its state in words, and its table. Wording only.

Whether a target is reached is judged in `ska.derived.bedomning`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from ska import matt, words
from ska.derived.bedomning import Bedömning, Grupp, Läge, Skäl, bedömningar, grupp, läge, slut
from ska.ting import Indikator, Period, Värde

#: State -> its sign, and its words. The words say it; a sign helps who skims for the judged.
LÄGEN: Final[dict[Läge, tuple[str, str]]] = {
    "når": ("✓", "Når målet"),
    "delvis": ("½", "Når målet delvis"),
    "når_inte": ("✗", "Når inte målet"),
    "oklart": ("", "Kan inte bedömas"),
}
#: Reason -> what stands in the way.
_HINDER: Final[dict[Skäl, str]] = {
    "inga_värden": "bara ord, inga tal",
    "inget_mål": "inget mål att jämföra med",
    "inget_utfall": "inget utfall än",
    "olika_perioder": "utfall och mål för olika perioder",
    "preliminärt": "preliminärt utfall",
    "inget_före": "inget tidigare utfall att jämföra med",
    "riktning_saknas": "riktning inte angiven",
    "inget_tal": "mål som inte är ett tal",
}
ENHETER: Final = {"procent", "procentenheter", "dagar", "kronor", "tkr", "mnkr", "tkr per år"}


class Rad(NamedTuple):
    """A period of a group: its outcomes and targets."""

    period: Period
    utfall: list[Värde]
    mål: list[Värde]


class Del(NamedTuple):
    """A group's rows in the table, with its state."""

    namn: str
    bedömning: Bedömning
    rader: list[Rad]


def lägesord(state: Läge) -> str:
    """Word a state: ”Når inte målet”."""
    return LÄGEN[state][1]


def lägestecken(state: Läge) -> str:
    """Give a state's sign, beside its words."""
    return LÄGEN[state][0]


def lägen(indikator: Indikator) -> list[Bedömning]:
    """Judge an indicator's groups, the whole first."""
    return sorted(bedömningar(indikator), key=lambda b: ordning(b.grupp))


def sammanlagt(indikator: Indikator) -> Läge:
    """Give an indicator's state."""
    return läge(bedömningar(indikator))


def viktiga(indikator: Indikator) -> list[Bedömning]:
    """Choose what a summary says: the whole where it has a target, else the parts that have.

    Where the state comes from other groups, those that are judged.
    """
    return viktiga_av(lägen(indikator))


def viktiga_av(found: list[Bedömning]) -> list[Bedömning]:
    """Choose likewise among an indicator's judged groups."""
    judged = [b for b in found if b.läge != "oklart"]
    if judged:
        return judged[:1] if len({b.läge for b in judged}) == 1 else judged
    aimed = [b for b in found if b.nästa or b.skäl not in ("inget_mål", "inga_värden")]
    parts = [b for b in aimed if not b.grupp.inom]
    if not parts or not är_del(parts[0].grupp):
        return parts[:1] or aimed[:1] or found[:1]
    return [b for b in parts if b.grupp.indelning == parts[0].grupp.indelning]


def mening(indikator: Indikator, b: Bedömning) -> str:
    """Say in a sentence or two what a state rests on, and which target comes next."""
    who = _för(b.grupp)
    parts = []
    if b.utfall:
        when = i_tiden(b.utfall.period)
        parts.append(f"Utfallet{who} {when} var {med_enhet(indikator, b.utfall)}")
    if b.läge != "oklart" and b.mål:
        parts[-1] += f", och målet {_mål(indikator, b.mål)}."
    else:
        parts[-1:] = [f"{parts[-1]}."] if parts else []
        parts.append(_varför(b))
    if b.nästa:
        target = words.uppräkning([_mål(indikator, v) for v in b.nästa])
        parts.append(f"Målet därefter{who}, {i_tiden(b.nästa[0].period)}, {target}.")
    return " ".join(parts)


def _varför(b: Bedömning) -> str:
    """Say why a target can't be judged."""
    match b.skäl:
        case "inga_värden":
            return "Varken utfall eller mål finns som tal."
        case "inget_mål":
            return "Inget mål finns att jämföra med."
        case "inget_utfall":
            return "Inget utfall finns här."
        case "olika_perioder":
            return "Inget mål gäller samma period."
        case "preliminärt":
            return "Utfallet för målets period är preliminärt."
        case "inget_före":
            return "Målet är en förändring, och inget tidigare utfall går att jämföra med."
        case "riktning_saknas":
            return "Det är inte sagt om högre eller lägre är bättre."
        case _:
            return "Målet går inte att jämföra med ett tal."


def varför_oklart(things: Iterable[Indikator]) -> str:
    """Sum up why targets can't be judged: ”inget utfall än (2) och preliminärt utfall (1)”."""
    unclear = (lägen(thing) for thing in things if sammanlagt(thing) == "oklart")
    why = Counter(viktiga_av(found)[0].skäl for found in unclear if found)
    return words.uppräkning(
        [f"{_HINDER[skäl]} ({times})" for skäl, times in why.most_common() if skäl]
    )


def senaste(indikator: Indikator, b: Bedömning) -> str:
    """Word the outcome of a list's row: ”81,7 procent, 30 juni 2023”."""
    if b.utfall is None:
        return ""
    return f"{med_enhet(indikator, b.utfall)}, {matt.period(b.utfall.period)}"


def målet(indikator: Indikator, b: Bedömning) -> str:
    """Word the target of a list's row: the one judged, else the next."""
    targets = [b.mål] if b.mål and b.läge != "oklart" else list(b.nästa)
    if not targets:
        return ""
    said = words.uppräkning([med_enhet(indikator, v) for v in targets])
    return f"{said}, {matt.period(targets[0].period)}"


def gruppnamn(group: Grupp) -> str:
    """Name a group: ”IAF: kvinnor”, ”IAF”, ”alla”."""
    return ": ".join(part for part in (group.inom, group.grupp) if part) or "alla"


def _för(group: Grupp) -> str:
    """Say inside a sentence whom it is about: ” för kvinnor inom IAF”; nothing for all."""
    names = [part for part in (group.grupp, group.inom) if part]
    return f" för {' inom '.join(names)}" if names else ""


def delar(indikator: Indikator) -> list[Del]:
    """Sort an indicator's values for its table: by group, then by period."""
    found = {b.grupp: b for b in bedömningar(indikator)}
    parts = []
    for group in sorted(found, key=ordning):
        mine = [v for v in indikator.värden if grupp(v) == group]
        parts.append(Del(gruppnamn(group), found[group], _rader(mine)))
    return parts


def i_tiden(value: Period) -> str:
    """Word a period inside a sentence: ”2024”, ”till och med augusti 2023”, ”den 30 juni 2023”."""
    said = matt.period(value)
    return f"den {said}" if value.dag else said


def _rader(values: list[Värde]) -> list[Rad]:
    rows: dict[Period, Rad] = {}
    for v in sorted(values, key=lambda v: periodordning(v.period)):
        row = rows.setdefault(v.period, Rad(v.period, [], []))
        (row.utfall if v.typ == "utfall" else row.mål).append(v)
    return list(rows.values())


def ordning(group: Grupp) -> tuple[object, ...]:
    """Put the whole first, then each part with its own parts after it."""
    part = group.inom or group.grupp or ""
    return (är_del(group), part, group.inom is not None, group.grupp or "", group.indelning or "")


def är_del(group: Grupp) -> bool:
    """Tell whether a group is a part, not the whole."""
    return bool(group.grupp or group.inom)


def med_enhet(indikator: Indikator, v: Värde) -> str:
    """Word a value with its unit: ”81,1 procent”."""
    said = matt.värde(v)
    return (
        f"{said} {indikator.mäts_i}" if v.tal is not None and indikator.mäts_i in ENHETER else said
    )


def _mål(indikator: Indikator, v: Värde) -> str:
    """Word a target after its subject: ”är minst 90 procent”, ”är att värdet ska öka”."""
    if v.tal is not None:
        return f"är {med_enhet(indikator, v)}"
    return f"är ”{matt.värde(v)}”"


def periodordning(value: Period) -> tuple[object, ...]:
    """Give the key that puts periods in order."""
    return (*slut(value), value.typ, value.månad or "")
