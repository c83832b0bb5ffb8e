"""That somebody has looked at a thing again, written into the memory. Pure: a plan in, files out.

A memory is one file a thing, one line a link, sorted: two who look at different things never
write in the same place, and the same memory is always the same bytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ska.lankar.avtryck import Avtryck, Länk, granskas_av, länkar, minnen
from ska.model import Plan
from ska.namn import den
from ska.problems import nearest
from ska.ting import Länkminne, Nyckel, Rutin, Ting
from ska.ting.granskning import Utfall

FOLDER: Final = "plan/granskat"
_HEAD: Final = "# yaml-language-server: $schema=../../schemas/granskat.schema.json\n"


class GranskningError(Exception):
    """The look can't be written in; the text says why, in Swedish."""


@dataclass(frozen=True, slots=True)
class Blick:
    """Who looked, when, and what came of it."""

    roll: str
    datum: date
    utfall: Utfall


@dataclass(frozen=True, slots=True)
class Inskrivet:
    """The files to write, those to take away, and the things with how many links were seen."""

    files: dict[str, bytes]
    bort: tuple[str, ...]
    saker: tuple[tuple[Ting, int], ...]


def granskad(plan: Plan, ids: Iterable[str], blick: Blick) -> Inskrivet:
    """Remember that somebody has looked at things again: all that they rest on is seen.

    Raises `GranskningError` where a thing isn't one to look at, the role not the right one, or
    the day before a look that is written in already.
    """
    _känd(plan, blick)
    kept, links = minnen(plan), _by_thing(länkar(plan, alla=True))
    chosen = {thing.nyckel: thing for thing in [_sak(id, links) for id in ids]}
    for thing in chosen.values():
        _svarar(plan, thing, blick.roll)
        _senare(
            thing, [kept[länk.nyckel] for länk in links[thing.nyckel] if länk.nyckel in kept], blick
        )
    prints, paths = Avtryck(plan), _paths(plan)
    files: dict[str, bytes] = {}
    for key, thing in chosen.items():
        rows = [_row(prints, länk, blick) for länk in links[key]]
        files[paths.get(key) or _path(thing)] = _written(thing, rows)
    return Inskrivet(files, (), tuple((thing, len(links[key])) for key, thing in chosen.items()))


def nya(plan: Plan, blick: Blick) -> Inskrivet:
    """Write in the links that nobody has written in, and take away what remembers no link.

    Whoever adds a link has seen both ends. What is remembered already stays as it was.
    """
    _känd(plan, blick)
    kept, links = minnen(plan), _by_thing(länkar(plan, alla=True))
    unseen = [länk for länk in länkar(plan) if länk.nyckel not in kept]
    there = {länk.nyckel for group in links.values() for länk in group}
    stale = [granskad for granskad, upp in kept if (granskad, upp) not in there]
    prints, paths = Avtryck(plan), _paths(plan)
    files: dict[str, bytes] = {}
    gone: list[str] = []
    told: dict[Nyckel, int] = {}
    for länk in unseen:
        told[länk.ned.nyckel] = told.get(länk.ned.nyckel, 0) + 1
    for key in dict.fromkeys((*told, *stale)):
        if key not in links:
            gone.append(paths[key])
            continue
        rows = [
            _said(kept[länk.nyckel]) if länk.nyckel in kept else _row(prints, länk, blick)
            for länk in links[key]
        ]
        thing = links[key][0].ned
        files[paths.get(key) or _path(thing)] = _written(thing, rows)
    said = tuple((links[key][0].ned, number) for key, number in told.items())
    return Inskrivet(files, tuple(gone), said)


def _by_thing(found: Iterable[Länk]) -> dict[Nyckel, list[Länk]]:
    groups: dict[Nyckel, list[Länk]] = {}
    for länk in found:
        groups.setdefault(länk.ned.nyckel, []).append(länk)
    return groups


def _känd(plan: Plan, blick: Blick) -> None:
    if blick.roll not in plan.roller:
        hint = nearest(blick.roll, plan.roller) or "rollerna står i plan/organisation.yml"
        raise GranskningError(f"rollen ”{blick.roll}” finns inte i planen; {hint}")


def _sak(id: str, links: Mapping[Nyckel, list[Länk]]) -> Ting:
    """Find what `slag/id`, or an id alone, means among the things that rest on something."""
    slag, _, name = id.rpartition("/")
    found = [group[0].ned for key, group in links.items() if key[1] == name]
    found = [thing for thing in found if not slag or thing.slag == slag]
    if len(found) == 1:
        return found[0]
    if found:
        names = " och ".join(f"{thing.slag}/{thing.id}" for thing in found)
        raise GranskningError(f"”{id}” kan betyda flera saker: {names}. Skriv slaget också")
    known = {f"{slag}/{id}" for slag, id in links} | {id for _, id in links}
    hint = nearest(id, sorted(known)) or "skriv slag och id, till exempel rutin/betygsregistrering"
    raise GranskningError(f"”{id}” finns inte i planen, eller vilar inte på något annat; {hint}")


def _svarar(plan: Plan, thing: Ting, roll: str) -> None:
    """Refuse a role that doesn't answer for the thing.

    What is only retold here, nobody here answers for: there any role may have looked.
    """
    right = granskas_av(plan, thing)
    retold = plan.ram.status == "återgivning" or (
        isinstance(thing, Rutin) and thing.status == "återgiven"
    )
    if right and roll not in right and not retold:
        names = " eller ".join(f"”{id}”" for id in right)
        raise GranskningError(
            f"{den(thing.slag, thing.rubrik)} granskas av rollen {names}, inte av ”{roll}”"
        )


def _senare(thing: Ting, minnen: Iterable[Länkminne], blick: Blick) -> None:
    """Refuse a day before the one it would replace: then the newer look would be forgotten."""
    last = max(minnen, key=lambda minne: (minne.datum, minne.utfall != "ny"), default=None)
    if last is None or last.datum <= blick.datum:
        return
    what = "en av sakens länkar skrevs in" if last.utfall == "ny" else "saken granskades"
    raise GranskningError(
        f"{den(thing.slag, thing.rubrik)} kan inte granskas med dagen {blick.datum}, eftersom "
        f"{what} {last.datum}. Ange den dag då saken är läst igen, tidigast {last.datum}"
    )


def _paths(plan: Plan) -> dict[Nyckel, str]:
    """Return where each thing's memory is already."""
    return {seen.nyckel: seen.spår.document.file for seen in reversed(plan.granskningar)}


def _path(thing: Ting) -> str:
    slag = unicodedata.normalize("NFKD", thing.slag).encode("ascii", "ignore").decode()
    return f"{FOLDER}/{slag}-{thing.id}.yml"


_Rad = tuple[str, str, str, str, str]  # the fields of a line


def _row(prints: Avtryck, länk: Länk, blick: Blick) -> _Rad:
    slag, id = länk.upp.nyckel
    said = (blick.datum.isoformat(), blick.roll, blick.utfall)
    return (f"{slag}/{id}", prints.av(länk.upp), *said)


def _said(minne: Länkminne) -> _Rad:
    return (minne.till, minne.mot, minne.datum.isoformat(), minne.roll, minne.utfall)


def _written(thing: Ting, rows: Iterable[_Rad]) -> bytes:
    """Write a memory in its one form. Every value is a word or a number: none needs escaping."""
    lines = [
        f'- {{till: {till}, mot: "{mot}", datum: {datum}, roll: {roll}, utfall: {utfall}}}\n'
        for till, mot, datum, roll, utfall in sorted(rows)
    ]
    return f"{_HEAD}sak: {thing.slag}/{thing.id}\nlänkar:\n{''.join(lines)}".encode()
