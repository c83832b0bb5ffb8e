"""What an indicator's page says: its state in words, its chart, its table. Wording only.

Whether a target is reached is judged in `ska.bedomning`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from ska.bedomning import Bedömning, Grupp, Läge, Skäl, bedömningar, grupp, läge, serie, slut
from ska.render import systemet, words
from ska.render.charts import Diagram, Linje, Punkt, från_noll
from ska.ting import EJ_ANGIVET, Indikator, Period, Värde

#: State -> its sign, and its words. The words say it; the sign helps who skims.
LÄGEN: Final[dict[Läge, tuple[str, str]]] = {
    "når": ("✓", "Når målet"),
    "delvis": ("½", "Når målet delvis"),
    "når_inte": ("✗", "Når inte målet"),
    "oklart": ("?", "Kan inte bedömas"),
}
#: Reason -> what an indicator lacks, after how many they are.
_SAKNAS: Final[dict[Skäl, str]] = {
    "inga_värden": "har inga värden som är tal",
    "inget_mål": "har inget mål att jämföra med",
    "inget_utfall": "har inget utfall än",
    "olika_perioder": "har utfall och mål för olika perioder",
    "preliminärt": "har ett preliminärt utfall",
    "inget_före": "har inget tidigare utfall att jämföra med",
    "riktning_saknas": "har ingen angiven riktning",
    "inget_tal": "har ett mål som inte är ett tal",
}
_TECKEN: Final = {"minst": "≥", "högst": "≤", "över": ">", "under": "<"}
_MÄTS_I: Final = {"procent", "procentenheter", "dagar", "kronor", "tkr", "mnkr", "tkr per år"}
_FÅ: Final = 2  # values; fewer are read faster than drawn
_KORT: Final = 3  # letters of a month's name


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


class Bild(NamedTuple):
    """A chart, and what must be said beside it."""

    diagram: Diagram
    noter: list[str]


def lägesord(state: Läge) -> str:
    """Word a state: ”Når inte målet”."""
    return LÄGEN[state][1]


def lägestecken(state: Läge) -> str:
    """Give a state's sign, beside its words."""
    return LÄGEN[state][0]


def lägen(indikator: Indikator) -> list[Bedömning]:
    """Judge an indicator's groups, the whole first."""
    return sorted(bedömningar(indikator), key=lambda b: _ordning(b.grupp))


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
    if not parts or not _är_del(parts[0].grupp):
        return parts[:1] or aimed[:1] or found[:1]
    return [b for b in parts if b.grupp.indelning == parts[0].grupp.indelning]


def mening(indikator: Indikator, b: Bedömning, namn: bool = True) -> str:
    """Say in a sentence or two what a state rests on, and which target comes next."""
    who = f" för {gruppnamn(b.grupp)}" if namn and _är_del(b.grupp) else ""
    parts = []
    if b.utfall:
        when = i_tiden(b.utfall.period)
        parts.append(f"Utfallet{who} {when} var {_med_enhet(indikator, b.utfall)}")
    if b.läge != "oklart" and b.mål:
        parts[-1] += f", och målet {_mål(indikator, b.mål)}."
    else:
        parts[-1:] = [f"{parts[-1]}."] if parts else []
        parts.append(_varför(b))
    if b.nästa:
        target = words.uppräkning([_mål(indikator, v) for v in b.nästa])
        parts.append(f"Nästa mål{who}, {i_tiden(b.nästa[0].period)}, {target}.")
    return " ".join(parts)


def _varför(b: Bedömning) -> str:
    """Say why a target can't be judged."""
    match b.skäl:
        case "inga_värden":
            return "Varken utfall eller mål finns som tal."
        case "inget_mål":
            return "Inget mål finns att jämföra med."
        case "inget_utfall":
            return "Inget utfall finns än."
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
    """Sum up why targets can't be judged: ”45 har inget mål för samma period, …”."""
    unclear = (lägen(thing) for thing in things if sammanlagt(thing) == "oklart")
    why = Counter(viktiga_av(found)[0].skäl for found in unclear if found)
    return words.uppräkning(
        [f"{times} {_SAKNAS[skäl]}" for skäl, times in why.most_common() if skäl]
    )


def senaste(indikator: Indikator, b: Bedömning) -> str:
    """Word the outcome of a list's row: ”81,7 procent, 30 juni 2023”."""
    if b.utfall is None:
        return ""
    return f"{_med_enhet(indikator, b.utfall)}, {systemet.period(b.utfall.period)}"


def målet(indikator: Indikator, b: Bedömning) -> str:
    """Word the target of a list's row: the one judged, else the next."""
    targets = [b.mål] if b.mål and b.läge != "oklart" else list(b.nästa)
    if not targets:
        return ""
    said = words.uppräkning([_med_enhet(indikator, v) for v in targets])
    return f"{said}, {systemet.period(targets[0].period)}"


def gruppnamn(group: Grupp) -> str:
    """Name a group: ”kvinnor inom IAF”, ”IAF”, ”alla”."""
    if group.grupp and group.inom:
        return f"{group.grupp} inom {group.inom}"
    return group.grupp or group.inom or "alla"


def delar(indikator: Indikator) -> list[Del]:
    """Sort an indicator's values for its table: by group, then by period."""
    found = {b.grupp: b for b in bedömningar(indikator)}
    parts = []
    for group in sorted(found, key=_ordning):
        mine = [v for v in indikator.värden if grupp(v) == group]
        parts.append(Del(gruppnamn(group), found[group], _rader(mine)))
    return parts


def i_tiden(value: Period) -> str:
    """Word a period inside a sentence: ”2024”, ”till och med augusti 2023”, ”den 30 juni 2023”."""
    said = systemet.period(value)
    return f"den {said}" if value.dag else said


def _rader(values: list[Värde]) -> list[Rad]:
    rows: dict[Period, Rad] = {}
    for v in sorted(values, key=lambda v: _period(v.period)):
        row = rows.setdefault(v.period, Rad(v.period, [], []))
        (row.utfall if v.typ == "utfall" else row.mål).append(v)
    return list(rows.values())


def _ordning(group: Grupp) -> tuple[object, ...]:
    """Put the whole first, then each part with its own parts after it."""
    part = group.inom or group.grupp or ""
    return (_är_del(group), part, group.inom is not None, group.grupp or "", group.indelning or "")


def _är_del(group: Grupp) -> bool:
    return bool(group.grupp or group.inom)


def _med_enhet(indikator: Indikator, v: Värde) -> str:
    said = systemet.värde(v)
    return (
        f"{said} {indikator.mäts_i}" if v.tal is not None and indikator.mäts_i in _MÄTS_I else said
    )


def _mål(indikator: Indikator, v: Värde) -> str:
    """Word a target after its subject: ”är minst 90 procent”, ”är att värdet ska öka”."""
    if v.tal is not None:
        return f"är {_med_enhet(indikator, v)}"
    return f"är ”{systemet.värde(v)}”"


# The chart


def bild(indikator: Indikator) -> Bild | None:
    """Make an indicator's chart; None where there is too little to draw."""
    drawn = [v for v in indikator.värden if v.tal is not None]
    if len(drawn) < _FÅ:
        return None
    columns = _kolumner(drawn)
    groups = sorted({grupp(v) for v in drawn}, key=_panelordning)
    alone = len(groups) == 1
    panels = [
        tuple(_linje(group, drawn, columns, alone) for group in part)
        for _, part in groupby(groups, key=_panel)
    ]
    diagram = Diagram(
        f"{indikator.titel}: utfall och mål", _beskrivning(indikator, drawn, groups),
        tuple(_rubrik(period, columns) for period in columns), tuple(panels),
        any(v.typ == "mål" for v in drawn),
    )  # fmt: skip
    return Bild(diagram, _noter(indikator, diagram, drawn))


def _panel(group: Grupp) -> tuple[object, ...]:
    """Groups of one division stand in one panel; the whole has its own."""
    return (group.indelning, group.inom, group.grupp is None)


def _panelordning(group: Grupp) -> tuple[object, ...]:
    inside = (group.inom is not None, group.inom or "", group.indelning or "")
    return (_är_del(group), *inside, group.grupp or "")


def _linje(group: Grupp, drawn: list[Värde], columns: list[Period | None], alone: bool) -> Linje:
    points = tuple(
        Punkt(v.typ, _plats(columns, v.period), float(v.tal), _märkt(v), serie(v))
        for v in drawn
        if grupp(v) == group and v.tal is not None
    )
    return Linje("utfall" if alone else gruppnamn(group), points)


def _kolumner(drawn: list[Värde]) -> list[Period | None]:
    """Put the periods in order; None stands for years between that have no value."""
    periods = sorted({v.period for v in drawn}, key=_period)
    columns: list[Period | None] = []
    for period in periods:
        before = columns[-1] if columns else None
        if before and period.år > before.år + 1:
            columns.append(None)
        columns.append(period)
    return columns


def _period(value: Period) -> tuple[object, ...]:
    return (*slut(value), value.typ, value.månad or "")


def _plats(columns: list[Period | None], period: Period) -> int:
    return next(i for i, column in enumerate(columns) if column == period)


def _rubrik(period: Period | None, columns: Iterable[Period | None]) -> tuple[str, ...]:
    """Name a column in two short lines: the year, and which part of it."""
    if period is None:
        return ("…",)
    year = str(period.år)
    month = (period.månad or "")[:_KORT]
    if period.dag:
        return (year, f"{period.dag.day} {words.MÅNADER[period.dag.month - 1][:_KORT]}")
    if period.typ == "till_och_med":
        return (year, "del av år" if period.månad == EJ_ANGIVET else f"jan–{month}")
    if month:
        return (year, month)
    twins = [other for other in columns if other and other.år == period.år]
    return (year, "helår") if len(twins) > 1 else (year,)


def _märkt(v: Värde) -> str:
    """Write a value in the chart: ”≥ 90”; a number that may change in parentheses."""
    number = systemet.tal(v.tal) if v.tal is not None else ""
    sign = _TECKEN.get(v.relation)
    text = f"{sign} {number}" if sign else number
    return f"({text})" if v.tillstånd == "preliminärt" else text


def _beskrivning(indikator: Indikator, drawn: list[Värde], groups: list[Grupp]) -> str:
    """Say in words what the chart shows: first and last of each group."""
    parts = []
    for group in groups:
        mine = sorted((v for v in drawn if grupp(v) == group), key=lambda v: slut(v.period))
        said = []
        for typ, one in (("utfall", "utfall"), ("mål", "mål")):
            some = [v for v in mine if v.typ == typ]
            ends = some[:1] + some[-1:] if len(some) > 1 else some
            if ends:
                said.append(f"{one} " + words.uppräkning([_i_tid(indikator, v) for v in ends]))
        parts.append(f"{words.stor(gruppnamn(group))}: {'; '.join(said)}.")
    return " ".join([*parts, "Alla värden står i tabellen efter diagrammet."])


def _i_tid(indikator: Indikator, v: Värde) -> str:
    return f"{_med_enhet(indikator, v)} {i_tiden(v.period)}"


def _noter(indikator: Indikator, diagram: Diagram, drawn: list[Värde]) -> list[str]:
    notes = [f"Värdena anges i {indikator.mäts_i}."] if indikator.mäts_i in _MÄTS_I else []
    if not från_noll(diagram):
        notes.append("Skalan börjar inte på noll.")
    if any(v.tillstånd == "preliminärt" for v in drawn):
        notes.append("Tal inom parentes är preliminära.")
    left = len(indikator.värden) - len(drawn)
    if left:
        what = (
            "Ett värde är inget tal"
            if left == 1
            else f"{words.stor(words.tal(left))} värden är inga tal"
        )
        notes.append(f"{what} och står bara i tabellen.")
    return notes
