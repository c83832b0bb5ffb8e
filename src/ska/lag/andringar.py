"""A list of changed provisions, as CSV or JSON: each row read, or why it can't be, and where.

The form is documented in docs/hjalp/lagkoll.md. Nothing is raised, and a bad row stops itself only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ska.problems import Location, nearest

FÄLT: Final = ("nummer", "kapitel", "paragraf", "datum", "vad")
_KRÄVS: Final = ("nummer", "datum", "vad")
#: Rows of one file; a longer list is another kind of file.
FLEST: Final = 10_000
_NUMMER: Final = re.compile(r"(?:([A-ZÅÄÖ]{2,6}(?:-FS)?) )?([0-9]{4}:[0-9]{1,4})")
_KAPITEL: Final = re.compile(r"[0-9]{1,3}( [a-z])?")
_PARAGRAF: Final = re.compile(r"[0-9]{1,3}( [a-z])?(–[0-9]{1,3}( [a-z])?)?")
_LÄNGST: Final = 400


@dataclass(frozen=True, slots=True)
class Lagändring:
    """One changed provision; empty chapter and paragraph mean the whole statute."""

    nummer: str
    kapitel: str
    paragraf: str
    datum: date
    vad: str
    plats: Location


@dataclass(frozen=True, slots=True)
class Radfel:
    """Why a row, or a file, can't be read."""

    plats: Location
    säger: str
    tips: str

    def __str__(self) -> str:
        return f"{self.plats}: fel: {self.säger}\n    tips: {self.tips}"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value and where it stands."""

    text: str
    plats: Location


Läst = tuple[tuple[Lagändring, ...], tuple[Radfel, ...]]


def läs(file: str, raw: bytes) -> Läst:
    """Read a file, as JSON where its name says so, else as CSV."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return (), (Radfel(Location(file, line), "filen är inte i UTF-8",
                           "spara den igen och välj UTF-8"),)  # fmt: skip
    rows = _json(file, text) if file.lower().endswith(".json") else _csv(file, text)
    found: list[Lagändring] = []
    bad: list[Radfel] = []
    for row in rows:
        if isinstance(row, Radfel):
            bad.append(row)
            continue
        cells, place = row
        wrong = list(_fel(cells, place))
        bad += wrong
        if not wrong:
            found.append(_made(cells, place))
        if len(found) + len(bad) > FLEST:
            tips = "dela listan i flera filer"
            return (), (Radfel(place, f"filen har fler än {FLEST} rader", tips),)
    return tuple(found), tuple(bad)


_Row = tuple[Mapping[str, _Cell], Location]


# CSV


def _csv(file: str, text: str) -> Iterator[_Row | Radfel]:
    """Yield each row. The head's first separator, comma or semicolon, is that of the file."""
    lines = text.splitlines()
    if not lines or not lines[0].strip():
        yield Radfel(Location(file), "filen har ingen rubrikrad",
                     f"skriv {','.join(FÄLT)} på första raden")  # fmt: skip
        return
    separator = ";" if ";" in lines[0] else ","
    head = _cells(file, 1, lines[0], separator)
    if isinstance(head, Radfel):
        yield head
        return
    names = [cell.text.lower() for cell in head]
    if wrong := _rubrikfel(head, names):
        yield wrong
        return
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = _cells(file, number, line, separator)
        if isinstance(cells, Radfel):
            yield cells
        elif len(cells) != len(names):
            yield Radfel(
                cells[min(len(cells), len(names)) - 1].plats,
                f"raden har {len(cells)} värden, men rubrikraden har {len(names)}",
                "sätt citattecken runt ett värde som innehåller skiljetecknet",
            )
        else:
            yield dict(zip(names, cells, strict=True)), cells[0].plats


def _rubrikfel(head: list[_Cell], names: list[str]) -> Radfel | None:
    for cell, name in zip(head, names, strict=True):
        if name not in FÄLT or names.count(name) > 1:
            said = "finns två gånger" if name in FÄLT else "finns inte"
            tips = nearest(name, FÄLT) or f"kolumnerna är {', '.join(FÄLT)}"
            return Radfel(cell.plats, f"kolumnen ”{cell.text}” {said}", tips)
    lacking = [name for name in _KRÄVS if name not in names]
    if lacking:
        return Radfel(head[0].plats, f"kolumnen ”{lacking[0]}” saknas",
                      f"kolumnerna är {', '.join(FÄLT)}")  # fmt: skip
    return None


def _cells(file: str, number: int, line: str, separator: str) -> list[_Cell] | Radfel:
    """Split one line, and remember in which column each value begins."""
    cells: list[_Cell] = []
    end = f"(?={separator}|$)"
    quoted = re.compile(rf'\s*"((?:[^"]|"")*)"\s*{end}')
    plain = re.compile(rf'\s*((?:[^"{separator}][^{separator}]*)?){end}')
    at = 0
    while True:
        match = quoted.match(line, at) or plain.match(line, at)
        if match is None:
            place = Location(file, number, at + 1)
            return Radfel(place, "citattecknet runt värdet slutar inte här",
                          "skriv \"\" för ett citattecken inne i värdet")  # fmt: skip
        value = match[1].replace('""', '"').strip()
        cells.append(_Cell(value, Location(file, number, match.start(1) + 1)))
        at = match.end()
        if at == len(line):
            return cells
        at += 1


# JSON

_SPACE: Final = re.compile(r"[ \t\r\n]*")


def _json(file: str, text: str) -> Iterator[_Row | Radfel]:
    """Yield each object of a list, with the places of its values."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        yield Radfel(Location(file, error.lineno, error.colno), "filen är inte giltig JSON",
                     "rätta det som står just här eller före")  # fmt: skip
        return
    except RecursionError:
        yield Radfel(Location(file), "filen har för många nivåer", "skriv en lista med rader")
        return
    except ValueError:  # Python reads no number of thousands of digits
        yield Radfel(Location(file), "ett tal i filen är för långt", "skriv värdena som text")
        return
    if not isinstance(data, list):
        yield Radfel(Location(file), "filen är ingen lista", "skriv raderna mellan [ och ]")
        return
    at = text.index("[") + 1
    decoder = json.JSONDecoder()
    for row in data:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
        end = decoder.raw_decode(text, at)[1]
        place = _place(file, text, at)
        yield _object(file, text, row, (at, end), place)
        at = _SPACE.match(text, end).end() + 1  # type: ignore[union-attr]  # as above


def _object(
    file: str, text: str, row: Any, span: tuple[int, int], place: Location
) -> _Row | Radfel:
    if not isinstance(row, dict):
        return Radfel(place, "raden är inget objekt", "skriv fälten mellan { och }")
    cells = {}
    for name, value in row.items():
        key = re.compile(re.escape(json.dumps(name, ensure_ascii=False)) + r"\s*:\s*")
        found = key.search(text, *span)
        where = _place(file, text, found.end()) if found else place
        if name not in FÄLT:
            tips = nearest(name, FÄLT) or f"fälten är {', '.join(FÄLT)}"
            return Radfel(where, f"fältet ”{name}” finns inte", tips)
        if value is not None and not isinstance(value, str):
            return Radfel(where, f"”{name}” är ingen text", "sätt citattecken runt värdet")
        cells[name] = _Cell((value or "").strip(), where)
    return cells, place


def _place(file: str, text: str, at: int) -> Location:
    line = text.count("\n", 0, at) + 1
    return Location(file, line, at - text.rfind("\n", 0, at))


# Both


def _fel(cells: Mapping[str, _Cell], place: Location) -> Iterator[Radfel]:
    for name in _KRÄVS:
        if not cells.get(name, _Cell("", place)).text:
            where = cells[name].plats if name in cells else place
            yield Radfel(where, f"”{name}” saknas", "fyll i värdet")
    for name, form, tips in (
        ("nummer", _NUMMER, "utgivare, år och nummer: SFS 2010:800, eller bara 2010:800"),
        ("kapitel", _KAPITEL, "kapitlets nummer: 4 eller 4 a; tomt för hela författningen"),
        ("paragraf", _PARAGRAF, "paragrafens nummer: 3, 6 a eller 3–7; tomt för hela kapitlet"),
    ):
        cell = cells.get(name)
        if cell and cell.text and not form.fullmatch(_streck(cell.text)):
            yield Radfel(cell.plats, f"”{cell.text[:60]}” är inget {name}nummer"
                         if name != "nummer" else f"”{cell.text[:60]}” är inget nummer på en "
                         "författning", tips)  # fmt: skip
    day = cells.get("datum")
    if day and day.text and _dag(day.text) is None:
        yield Radfel(day.plats, f"”{day.text[:60]}” är ingen dag", "år-månad-dag: 2025-07-01")
    what = cells.get("vad")
    if what and len(what.text) > _LÄNGST:
        yield Radfel(what.plats, f"texten är längre än {_LÄNGST} tecken", "skriv det i korthet")


def _made(cells: Mapping[str, _Cell], place: Location) -> Lagändring:
    said = {name: cells[name].text if name in cells else "" for name in FÄLT}
    author, number = _NUMMER.fullmatch(said["nummer"]).groups()  # type: ignore[union-attr]  # judged
    day = _dag(said["datum"])
    assert day is not None, "judged already"
    return Lagändring(
        f"{author or 'SFS'} {number}", said["kapitel"], _streck(said["paragraf"]), day,
        " ".join(said["vad"].split()), place,
    )  # fmt: skip


def _streck(text: str) -> str:
    """Write a range with the dash that the register has."""
    return re.sub(r"\s*[-–]\s*", "–", text)


def _dag(text: str) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    return None
