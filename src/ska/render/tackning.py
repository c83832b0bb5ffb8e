"""Coverage in words, as a table for a spreadsheet, and as data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from ska import words
from ska.derived.belagg import Belägg, Svarande, Tillfälle
from ska.derived.tackning import Antal, Grad, Hinder, Läge, Svar, Täckning, antal
from ska.derived.tackning_vyer import per_enhet
from ska.model import Plan
from ska.render.addresses import address
from ska.render.gemensamt import Site
from ska.render.grund import Grund
from ska.rules._lag import namn
from ska.ting import Aktivitet, Kontrollmoment, Krav, Ting

#: Grows when a program that reads the file would have to change.
VERSION: Final = 1
CSV: Final = "api/tackning.csv"
JSON: Final = "api/tackning.json"
GRADORD: Final[dict[Grad, str]] = {"inte": "Inte", "delvis": "Delvis", "helt": "Helt"}
#: The sections of a list of requirements, in order: by state, then by degree.
RUBRIKER: Final[dict[tuple[Läge, Grad | None], str]] = {
    ("gäller", "inte"): "Uppfylls inte",
    ("gäller", "delvis"): "Uppfylls delvis",
    ("gäller", "helt"): "Uppfylls helt",
    ("senare", None): "Gäller inte än",
    ("upphört", None): "Gäller inte längre",
}
_HINDER: Final[dict[Hinder, str]] = {
    "upphörd": "har upphört",
    "ersatt": "är ersatt",
    "utkast": "är ett utkast",
    "senare": "börjar gälla efter planens tid",
    "tidigare_år": "gällde ett tidigare år",
}
_SLAG: Final = {
    "metod": "metod",
    "rutin": "rutin",
    "aktivitet": "i årshjulet",
    "kontrollmoment": "kontrollmoment",
}
#: What a spreadsheet takes for the beginning of a formula; white space before it is gone.
_FORMEL: Final = ("=", "+", "-", "@")


def hinder(svar: Svar) -> str:
    """Say why an answer does not count."""
    return _HINDER[svar.hinder]


def slag(ting: Svarande) -> str:
    """Say what kind of answer a thing is."""
    return _SLAG[ting.slag]


def sammanfattning(counted: Antal) -> str:
    """Sum up in a sentence: ”Av 33 krav uppfylls 8 helt, 20 delvis och 5 inte.”."""
    if not counted.alla:
        return "Registret har inga krav som gäller nu."
    return f"Av {counted.alla} krav uppfylls {delar(counted)}."


def delar(counted: Antal) -> str:
    """Word the counts: ”8 helt, 20 delvis och 5 inte”."""
    parts = ((counted.helt, "helt"), (counted.delvis, "delvis"), (counted.inte, "inte"))
    return words.uppräkning([f"{number} {word}" for number, word in parts if number])


def läget(s: Grund) -> str:
    """Give the one number for the start page: ”8 av 33 uppfylls helt, 5 inte alls”."""
    counted = antal(s.site.täckning.values())
    if not counted.alla:
        return "inga krav inskrivna"
    lacking = f", {counted.inte} inte alls" if counted.inte else ""
    return f"{counted.helt} av {counted.alla} uppfylls helt{lacking}"


def räknade(grades: Iterable[Grad]) -> str:
    """Word how many there are of each degree."""
    held = list(grades)
    return delar(Antal(held.count("helt"), held.count("delvis"), held.count("inte")))


def när(thing: Belägg | Tillfälle) -> str:
    """Word when: a year, a month or a day."""
    return str(thing.när) if isinstance(thing.när, int) else words.datum(thing.när)


def vad(thing: Belägg | Tillfälle) -> str:
    """Say what it is, before the name of the thing."""
    if isinstance(thing, Tillfälle):
        return "rapport till nämnden" if isinstance(thing.ting, Aktivitet) else "rutinen ses över"
    return {
        "rapport": "rapport enligt årshjulet",
        "avvikelser": "redovisade avvikelser",
        "kontroll": "kontrollresultat",
    }[thing.typ]


def utfall(belägg: Belägg) -> str:
    """Say what a control came to, where it says it."""
    ting = belägg.ting
    return (ting.resultat or "") if isinstance(ting, Kontrollmoment) else ""


def lag(plan: Plan, krav: Krav) -> str:
    """Name where a requirement comes from."""
    law = plan.lagrum.get(krav.lagrum) or plan.författningar.get(krav.lagrum)
    return namn(plan, law) if law else krav.lagrum


# For programs and spreadsheets


def files(site: Site) -> dict[str, bytes]:
    """Give the files with the coverage, by their addresses."""
    return {CSV: as_csv(site), JSON: as_json(site)}


def as_json(site: Site) -> bytes:
    """Give the coverage as data, as in `/api/tackning.json` (docs/hjalp/data.md)."""
    found = tuple(site.täckning.values())
    counted = antal(found)
    document = {
        "version": VERSION,
        "datum": site.settings.today.isoformat(),
        "antal": {"helt": counted.helt, "delvis": counted.delvis, "inte": counted.inte},
        "krav": [_requirement(site, one) for one in found],
        "enheter": {
            id: {one.krav.id: grad for one, grad in rows}
            for id, rows in per_enhet(site.plan, found).items()
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _requirement(site: Site, one: Täckning) -> dict[str, Any]:
    return {
        "id": one.krav.id,
        "lagrum": one.krav.lagrum,
        "läge": one.läge,
        "grad": one.grad,
        "skäl": one.skäl or None,
        "svar": [_answer(site, svar) for svar in one.svar],
        "ansvariga": list(one.ansvariga),
        "granskad": _looked_at(site, one.krav),
        "senaste": _shown(one.senaste) if one.senaste else None,
        "nästa": _next(one.nästa) if one.nästa else None,
        "adress": f"/{address(one.krav)}",
    }


def _answer(site: Site, svar: Svar) -> dict[str, Any]:
    return {
        "slag": svar.ting.slag,
        "id": svar.ting.id,
        "grad": svar.grad,
        "saknas": svar.saknas or None,
        "hinder": svar.hinder or None,
        "ansvariga": list(svar.ansvariga),
        "via_årshjulet": svar.via_årshjulet,
        "belägg": [_shown(belägg) for belägg in svar.belägg],
        "nästa": _next(svar.nästa) if svar.nästa else None,
        "granskad": _looked_at(site, svar.ting),
    }


def _looked_at(site: Site, ting: Ting) -> dict[str, Any] | None:
    """Give the newest look at a thing; None where nobody has looked."""
    minne = site.granskade.get(ting.nyckel)
    if minne is None:
        return None
    return {"datum": minne.datum.isoformat(), "roll": minne.roll, "utfall": minne.utfall}


def _shown(belägg: Belägg) -> dict[str, Any]:
    ting = belägg.ting
    return {"typ": belägg.typ, "slag": ting.slag, "id": ting.id, "när": str(belägg.när)}


def _next(time: Tillfälle) -> dict[str, Any]:
    when = time.när.isoformat() if isinstance(time.när, date) else str(time.när)
    return {"slag": time.ting.slag, "id": time.ting.id, "när": when}


_KOLUMNER: Final = (
    "Krav", "Kräver", "Lag", "Uppfylls", "Uppfylls av", "Slag", "I vilken grad",
    "Vad som fattas", "Ansvarar", "Senast", "Härnäst", "Granskad", "Kravets id", "Id",
)  # fmt: skip


def as_csv(site: Site) -> bytes:
    """Give a row for each answer, and one for a requirement without any.

    Made for Excel in Swedish, which opens a file with a double click and asks nothing: there the
    comma is the decimal sign and lists are separated by semicolons, and without the mark of UTF-8
    å, ä and ö are read as something else.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_KOLUMNER)
    for one in site.täckning.values():
        for svar in one.svar or (None,):
            writer.writerow([_cell(text) for text in _row(site, one, svar)])
    return "\ufeff".encode() + out.getvalue().encode()


def _row(site: Site, one: Täckning, svar: Svar | None) -> tuple[str, ...]:
    plan = site.plan
    state = GRADORD[one.grad].lower() if one.läge == "gäller" else RUBRIKER[one.läge, None].lower()
    first = (one.krav.titel, one.krav.kräver, lag(plan, one.krav), state)
    if svar is None:
        return (*first, "", "", "inte", one.skäl, "", "", "", "", one.krav.id, "")
    roles = ", ".join(plan.roller[id].titel for id in svar.ansvariga if id in plan.roller)
    roles += " (för rapporten i årshjulet)" if roles and svar.via_årshjulet else ""
    looked = site.granskade.get(svar.ting.nyckel)
    seen = looked.datum.isoformat() if looked else ""
    lacking = f"{svar.ting.slag} {hinder(svar)}" if svar.hinder else svar.saknas
    last = svar.belägg[0] if svar.belägg else None
    return (
        *first, svar.ting.rubrik, svar.ting.slag, svar.grad, lacking, roles,
        _said(last), _said(svar.nästa), seen, one.krav.id, svar.ting.id,
    )  # fmt: skip


def _said(thing: Belägg | Tillfälle | None) -> str:
    return f"{när(thing)}: {vad(thing)}, {thing.ting.rubrik}" if thing else ""


def _cell(text: str) -> str:
    """Keep a row on its line, and a spreadsheet from running a text as a formula."""
    one_line = " ".join(text.split())
    return f"'{one_line}" if one_line.startswith(_FORMEL) else one_line
