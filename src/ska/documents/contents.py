"""A plan, or a change report, to a document's data: what stands on the front, then its blocks.

`typesetting.py` makes the PDF. Nothing here knows of pages, files or the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ska import words
from ska.changes.marked import Mening
from ska.changes.report import Rapport, Sak
from ska.changes.weight import Klass
from ska.documents import blocks
from ska.documents.blocks import Bit, Block
from ska.documents.parts import Delar
from ska.manifest import Summa, gällande_summa
from ska.model import Plan
from ska.render import rich
from ska.render.grund import PLANSTATUS
from ska.ting import Utgåva
from ska.words import datum

_NOTIS: Mapping[str, str] = {
    "utkast": "Det här är ett utkast. Nämnden har inte beslutat om det.",
    "remiss": "Det här är ett förslag på remiss. Nämnden har inte beslutat om det.",
    "förslag": "Det här är ett förslag. Nämnden har inte beslutat om det.",
    "återgivning": (
        "Planen är återgiven med egna ord. Originalet är den beslutade planen tillsammans med "
        "nämndens protokoll."
    ),
    "upphävd": "Planen är upphävd och gäller inte längre.",
}
_FÖRE_BESLUT = ("utkast", "remiss", "förslag")
#: Fewer signs of the manifest at the foot of each page: enough to compare with the minutes.
_KORT = 12


def plan_document(plan: Plan, summa: Summa, day: date) -> dict[str, Any]:
    """Make the whole plan a document: its front, chapters and sub-plans, the wheel, methods."""
    edition = plan.utgåvor[plan.ram.utgåva]
    delar = Delar(plan)
    made = [*delar.läsordning(), *delar.metoder()]
    made += _ordlista(plan, made)
    front = [
        *blocks.text(plan.ram.sammanfattning),
        *_notiser(plan, day),
        *blocks.fakta(_om_utgåvan(plan, edition, summa, day)),
    ]
    return _dokument(plan, plan.ram.titel, edition, summa, day, front, made, 2)


def change_document(
    old: Plan, new: Plan, rapport: Rapport, summa: Summa, day: date
) -> dict[str, Any]:
    """Make a change report a document: the minute's reading first, then every change."""
    edition = new.utgåvor[new.ram.utgåva]
    before = old.utgåvor.get(old.ram.utgåva)
    front = [
        *_notiser(new, day),
        *blocks.fakta([
            ("Jämförs med", f"{before.titel if before else old.ram.titel}, {_perioden(old)}"),
            *_om_utgåvan(new, edition, summa, day),
        ]),
    ]  # fmt: skip
    made = [blocks.rubrik(1, "Sammanfattning"), *(blocks.stycke(blocks.bit(said))
                                                 for said in rapport.ingress)]  # fmt: skip
    for heading, lines in rapport.följder:
        made += [blocks.rubrik(2, heading), blocks.lista(blocks.rad(said) for said in lines)]
    if rapport.kapitel:
        made.append(blocks.rubrik(1, "Så läses listan"))
        made.append(blocks.stycke(
            blocks.bit("Det som tas bort är "), blocks.bit("överstruket", "bort"),
            blocks.bit(". Det nya är "), blocks.bit("understruket och fetstilt", "nytt"),
            blocks.bit("."),
        ))  # fmt: skip
    for heading, saker in rapport.kapitel:
        made.append(blocks.rubrik(1, heading))
        for sak in saker:
            made += _sak(sak)
    return _dokument(new, rapport.titel, edition, summa, day, front, made, 1)


def _dokument(
    plan: Plan, titel: str, edition: Utgåva, summa: Summa, day: date,
    front: list[Block], made: list[Block], depth: int,
) -> dict[str, Any]:  # fmt: skip
    board = plan.nämnder[plan.ram.nämnd].namn
    number = _summan(plan, edition, summa)
    foot = [edition.titel, PLANSTATUS[plan.ram.status]]
    foot += [f"Manifest: {number[:_KORT]}"] if number else []
    return {
        "titel": " ".join(titel.split()),
        "överrad": board,
        "utgivare": board,
        "beskrivning": f"{edition.titel}, {_perioden(plan)}. {PLANSTATUS[plan.ram.status]}.",
        "datum": [day.year, day.month, day.day],
        "fot": ". ".join(foot),
        "framsida": front,
        "innehållsdjup": depth,
        "block": made,
    }


# The front


def _notiser(plan: Plan, day: date) -> list[Block]:
    said = [_NOTIS[plan.ram.status]] if plan.ram.status in _NOTIS else []
    if day > plan.ram.gäller_till:
        said.append("Planens period har passerat.")
    return [blocks.stycke(blocks.bit(" ".join(said), "fet"))] if said else []


def _om_utgåvan(plan: Plan, edition: Utgåva, summa: Summa, day: date) -> list[tuple[str, str]]:
    beslut = edition.beslut
    proposed = plan.ram.status in _FÖRE_BESLUT
    decision = [("Beslut", "Nämnden har inte beslutat")] if proposed else [
        ("Beslutad av", beslut.organ),
        ("Beslutsdatum", datum(beslut.datum)),
        ("Paragraf", words.angivet(beslut.paragraf)),
        ("Justerat", datum(beslut.justerat)),
        ("Laga kraft", datum(beslut.laga_kraft)),
    ]  # fmt: skip
    rows = [
        ("Nämnd", plan.nämnder[plan.ram.nämnd].namn),
        ("Utgåva", edition.titel),
        ("Version", edition.version or ""),
        ("Gäller", _perioden(plan)),
        ("Periodens grund", plan.ram.periodens_grund or ""),
        ("Läge", PLANSTATUS[plan.ram.status]),
        *decision,
        ("Diarienummer", words.angivet(beslut.dnr)),
    ]
    return [
        *rows,
        ("Manifest", _summan(plan, edition, summa)),
        ("Dokumentet är gjort", datum(day)),
    ]


def _perioden(plan: Plan) -> str:
    own = " (vår läsning)" if plan.ram.periodens_grund else ""
    return words.period(plan.ram.gäller_från, plan.ram.gäller_till) + own


def _summan(plan: Plan, edition: Utgåva, summa: Summa) -> str:
    """Give the number that the decision fixed, for a proposal the one that it would fix."""
    if plan.ram.status in _FÖRE_BESLUT:
        return summa.sha256
    return "" if plan.ram.status == "återgivning" else gällande_summa(edition)


# The parts of the report


def _sak(sak: Sak) -> list[Block]:
    own = "" if sak.klass is Klass.MATERIELL else " (redaktionell ändring)"
    made = [blocks.rubrik(2, f"{sak.rubrik}{own}")]
    if sak.skäl:
        made.append(blocks.stycke(blocks.bit(f"Skäl: {' '.join(sak.skäl.split())}")))
    if sak.rader:
        made.append(blocks.lista([blocks.stycke(*_bitar(row))] for row in sak.rader))
    return made


def _bitar(mening: Mening) -> list[Bit]:
    styles: Mapping[str, tuple[str, ...]] = {"": (), "-": ("bort",), "+": ("nytt",)}
    return [blocks.bit(b.text, *styles[b.märke]) for b in mening if b.text]


# The words


def _ordlista(plan: Plan, made: list[Block]) -> list[Block]:
    """List the abbreviations that the document uses, with what they stand for in its years."""
    ram = plan.ram
    known = rich.meanings(plan.begrepp.values(), ram.gäller_från.year, ram.gäller_till.year)
    used = rich.mentioned(" ".join(blocks.strängar(made)), known)
    if not used:
        return []
    rows = [(blocks.rad(term), blocks.rad(words.stor(known[term])))
            for term in sorted(used, key=words.ordning)]  # fmt: skip
    return [
        blocks.rubrik(1, "Förkortningar"),
        blocks.tabell(
            "Förkortningarna i planen och vad de betyder",
            [("Förkortning", 1), ("Betyder", 3)],
            rows,
        ),
    ]
