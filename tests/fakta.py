"""The figures of the sources, read apart from plan/, and where in the model each one stands.

`facts.tsv` has one figure a line: the document (källa), its line there (rad), table, row, column
and group in the document's own words (vad), the cell as it stands (står), how it is read (värde),
the mark of its footnote (fotnot), the place in the model (adress), and a remark (anm).

An address is a kind, an id and a path: a cell of a table (`cells` lists them all), a field
(`metod/namndrapport/frekvens`), a provision (`lagrum/skollagen-4-3`), or, ending in `#`, a thing
whose text says the figure. `-` is a figure that the plan leaves out; the remark says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest

from ska.check import check
from ska.files.tree import read_tree
from ska.model import SAMLINGAR, Plan
from ska.ting import Cell, Frekvens, Lagrum, Månad, Nyckel, Period, Räkning, Säsong, Ting, Värde
from ska.words import MÅNADER, paragraf
from tests.helpers import TESTS, site

SOURCES = (
    "ska-plan-2025", "handlingsplan-2017", "internbudget-2024", "internbudget-2019",
    "avvikelser-2022",
)  # fmt: skip
COLUMNS = ("källa", "rad", "vad", "står", "värde", "fotnot", "adress", "anm")
ROOT = TESTS.parent
#: The documents themselves, where they lie beside the project.
DOCUMENTS = ROOT.parent / "shared" / "sources"
with_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the documents don't lie beside the project"
)
#: The day that counts as today: the plan is judged as it was when its figures were read.
DAY = date(2026, 9, 30)
LEFT_OUT = "-"
#: The plan of 2017 stands on its own, in a site of its own.
OLDER = "handlingsplan-2017"
_SIGNS = {"lika": "", "minst": "≥", "högst": "≤", "över": ">", "under": "<"}
_RELATIONS = {
    "ökar": "ska öka", "minskar": "ska minska", "ej_öka": "ej öka",
    "stabiliseras": "stabiliseras", "inga_skillnader": "inga signifikanta skillnader",
}  # fmt: skip
_STATES = {
    "ingen_uppgift": "I.U", "basvärde_saknas": "basvärde saknas", "tas_fram": "tas fram",
    "tomt": "tomt",
}  # fmt: skip
_NUMBERS = dict(zip(
    ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva",
     "tolv"),
    map(str, range(13)),
    strict=True,
)) | {"en": "1"}  # fmt: skip


class Faktum(NamedTuple):
    """A figure of a source."""

    källa: str
    rad: str
    vad: str
    står: str
    värde: str
    fotnot: str
    adress: str
    anm: str

    @property
    def rader(self) -> range:
        """The lines of the document that it stands on."""
        first, _, last = self.rad.partition("-")
        return range(int(first), int(last or first) + 1)


@cache
def document(källa: str) -> list[str]:
    """Read a document's lines; the first is line 1."""
    return (DOCUMENTS / f"{källa}.txt").read_text(encoding="utf-8").split("\n")


@cache
def facts() -> tuple[Faktum, ...]:
    """Read every figure."""
    head, *lines = (TESTS / "facts.tsv").read_text(encoding="utf-8").splitlines()
    assert tuple(head.split("\t")) == COLUMNS
    return tuple(Faktum(*line.split("\t")) for line in lines)


def plan_for(källa: str) -> Plan:
    """Return the plan that holds a document."""
    return _plan(källa == OLDER)


@cache
def _plan(older: bool) -> Plan:
    plan = check(site("handlingsplan-2018") if older else read_tree(ROOT), DAY).plan
    assert plan is not None
    return plan


def number(value: Decimal | int) -> str:
    """Write a number as the documents do."""
    return str(value).replace(".", ",")


def cell(value: Värde | Cell) -> str:
    """Write what a cell holds: relation, number, state."""
    if value.tillstånd in _STATES:
        return _STATES[value.tillstånd]
    relation = value.relation if isinstance(value, Värde) else "lika"
    if value.tal is not None:
        made = _SIGNS[relation] + number(value.tal)
    else:
        made = _RELATIONS.get(relation) or str(getattr(value, "text", None))
    return f"{made} (preliminärt)" if value.tillstånd == "preliminärt" else made


def _period(period: Period) -> str:
    if period.dag:
        return period.dag.isoformat()
    if period.typ == "till_och_med":
        return f"{period.år}-tom-{period.månad}"
    return f"{period.år}-{period.månad}" if period.månad else str(period.år)


@cache
def cells(källa: str) -> dict[str, str]:
    """List every cell of every table of the plan that holds a document, by its address."""
    plan = plan_for(källa)
    made = [*_indicators(plan), *_money(plan), *_deviations(plan), *_wheel(plan, källa != OLDER)]
    assert len(dict(made)) == len(made), "two cells have one address"
    return dict(made)


def _indicators(plan: Plan) -> Iterator[tuple[str, str]]:
    for indikator in plan.indikatorer.values():
        for value in indikator.värden:
            parts = (value.typ, _period(value.period), value.inom, value.grupp)
            yield "/".join(["indikator", indikator.id, *filter(None, parts)]), cell(value)


def _money(plan: Plan) -> Iterator[tuple[str, str]]:
    for budget in plan.budgetar.values():
        for rad in budget.rader:
            for value in rad.värden:
                yield f"budget/{budget.id}/{rad.id}/{value.kolumn}", cell(value)


def _deviations(plan: Plan) -> Iterator[tuple[str, str]]:
    for report in plan.avvikelser.values():
        for count in report.räkningar:
            for name, value in _counted(count):
                if isinstance(value, int):
                    yield f"avvikelser/{report.id}/{count.id}/{name}", number(value)


def _counted(count: Räkning) -> Iterator[tuple[str, int | str]]:
    yield "antal", count.antal
    yield "året_före", count.året_före
    for post in count.poster:
        yield post.titel, post.antal


def _wheel(plan: Plan, dated: bool) -> Iterator[tuple[str, str]]:
    """The wheel's table. The wheel of 2017 says no year, so neither do its cells here."""
    for aktivitet in plan.aktiviteter.values():
        at = f"aktivitet/{aktivitet.id}"
        report, work = aktivitet.rapporteras, aktivitet.genomförs
        if report.typ != "ej_angivet":
            when = MÅNADER[report.månad.månad - 1] if report.månad else report.typ
            yield f"{at}/rapporteras", when.replace("_", " ")
        for other in report.avvikande:
            months = ", ".join(MÅNADER[month.månad - 1] for month in other.månader)
            yield f"{at}/rapporteras/{other.verksamhet}", months
        if work.från and work.till:
            ends = dict.fromkeys(
                str(month) if dated else MÅNADER[month.månad - 1]
                for month in (work.från, work.till)
            )
            yield f"{at}/genomförs", "–".join(ends)
        elif work.typ != "ej_angivet":
            yield f"{at}/genomförs", " ".join(filter(None, (work.typ, str(work.år or ""))))
        for id in aktivitet.ansvariga:
            yield f"{at}/ansvariga/{id}", plan.roller[id].titel.lower()
        for id in plan.verksamheter:
            yield f"{at}/verksamheter/{id}", "x" if id in aktivitet.verksamheter else "tomt"


def field(källa: str, address: str) -> str:
    """Write what a field holds: `metod/namndrapport/frekvens`, `lista.id.fält`, `lista.0.fält`."""
    slag, id, *path = address.split("/")
    value: Any = getattr(plan_for(källa), SAMLINGAR[slag])[id]
    for part in path:
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            value = value[int(part)] if part.isdigit() else _by_id(value, part)
        else:
            value = getattr(value, part)
    return _words(value)


def _by_id(items: tuple[Any, ...], id: str) -> Any:
    return next(item for item in items if id in (getattr(item, "id", None), item))


def _words(value: Any) -> str:
    if isinstance(value, Frekvens):
        bound = "" if value.gräns == "exakt" else f"{value.gräns} "
        often = f"{bound}{value.antal} per {value.per}" if value.antal else value.typ
        return f"{often} utom {value.utom}" if value.utom else often
    if isinstance(value, Säsong):
        return " ".join(filter(None, (value.årstid, *value.månader, value.längd)))
    if isinstance(value, Lagrum):
        return paragraf(value)
    if isinstance(value, tuple) and not isinstance(value, Månad):
        return ", ".join(value)
    if isinstance(value, Månad):
        return f"{MÅNADER[value.månad - 1]} {value.år}"
    return number(value) if isinstance(value, (int, Decimal)) else str(value)


def thing(källa: str, address: str) -> Ting | None:
    """Return the thing that an address begins with."""
    slag, id, *_ = address.rstrip("#").split("/")
    found: Ting | None = getattr(plan_for(källa), SAMLINGAR[slag]).get(id)
    return found


def says(källa: str, ting: Ting, value: str) -> bool:
    """Tell whether a thing's own text says a figure: ”två veckor” says 2 veckor."""
    pattern = rf"(?<![\w,.-]){re.escape(plain(value))}(?![\w]|,\d)"
    return re.search(pattern, _texts(källa)[ting.nyckel]) is not None


@cache
def _texts(källa: str) -> dict[Nyckel, str]:
    """Put together what each thing says, without what it says of its sources."""
    own: dict[Nyckel, list[str]] = {}
    for text in plan_for(källa).texter:
        if not {"källor", "källa"}.intersection(text.fält):
            own.setdefault(text.ting.nyckel, []).append(text.text)
    return {nyckel: plain(" | ".join(texts)) for nyckel, texts in own.items()}


def plain(text: str) -> str:
    """Write numbers with figures, days and months with words, in small letters."""
    text = re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", _day, text.lower())
    text = re.sub(r"(?<=\d)[  ](?=\d{3}\b)", "", text).replace("procent", "%")
    return re.sub(r"[a-zåäö]+", lambda word: _NUMBERS.get(word[0], word[0]), text)


def _day(match: re.Match[str]) -> str:
    year, month, day = map(int, match.groups())
    return f"{day} {MÅNADER[month - 1]} {year}"
