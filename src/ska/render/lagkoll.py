"""What changed provisions touch, as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from ska import words
from ska.lag.andringar import Lagändring
from ska.lag.lagkoll import Berörd, Lagkoll, Träff
from ska.model import Plan
from ska.namn import den
from ska.render.addresses import address
from ska.render.oversyn import UTAN_ROLL
from ska.report import unmarked
from ska.ting import Författning, Nyckel, Ting

#: Grows when a program that reads the JSON would have to change.
VERSION: Final = 1


def text(plan: Plan, koll: Lagkoll) -> str:
    """Give the answer for a terminal: each change with what it touches, then each role's."""
    out: list[str] = []
    for berörd in koll.berörda:
        out.append(_rubrik(plan, berörd))
        out += [f"    {line}" for line in _rader(plan, berörd)]
        out.append("")
    out += [*_sist(plan, koll), ""]
    return "\n".join(out)


def markdown(plan: Plan, koll: Lagkoll) -> str:
    """Give the answer for an issue or a pull request."""
    out = ["# Lagändringar som rör planen", "", unmarked(_summa(koll)), ""]
    for berörd in koll.berörda:
        out += [f"## {unmarked(_rubrik(plan, berörd))}", ""]
        out += [f"- {unmarked(line)}" for line in _rader(plan, berörd)]
        out.append("")
    if roles := list(_per_roll(plan, koll)):
        out += ["## Per roll", "", *(f"- {unmarked(line)}" for line in roles), ""]
    if missing := _utan_nummer(koll):
        out += [unmarked(missing), ""]
    return "\n".join(out)


def as_json(plan: Plan, koll: Lagkoll) -> str:
    """Give the answer as data. The shape is documented in docs/hjalp/lagkoll.md."""
    document = {
        "version": VERSION,
        "tidigast": _iso(min((day for _, day in koll.saker.values()), default=None)),
        "ändringar": [_data(one) for one in koll.berörda],
        "roller": {
            role or "-": [_sak(thing) | {"tidigast": _iso(day)} for thing, day in things]
            for role, things in _by_role(plan, koll).items()
        },
        "utan_nummer": [law.id for law in koll.utan_nummer],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


FORMATS: Final[Mapping[str, Callable[[Plan, Lagkoll], str]]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}


# In words


def _rubrik(plan: Plan, berörd: Berörd) -> str:
    change = berörd.ändring
    statute = berörd.författning.namn if berörd.författning else change.nummer
    where = " ".join(filter(None, (statute, _ställe(change))))
    return f"{where}, {words.datum(change.datum)}: {change.vad}"


def _ställe(change: Lagändring) -> str:
    sign = "§§" if "–" in change.paragraf else "§"
    chapter = f"{change.kapitel} kap." if change.kapitel else ""
    paragraph = f"{change.paragraf} {sign}" if change.paragraf else ""
    return " ".join(filter(None, (chapter, paragraph)))


def _rader(plan: Plan, berörd: Berörd) -> Iterator[str]:
    if berörd.författning is None:
        yield "Numret finns inte i lagregistret. Ingenting i planen vilar på det."
        return
    if berörd.sedd:
        yield f"Registret är jämfört med lagen efter ändringen, den {words.datum(berörd.sedd)}."
    if not berörd.träffar:
        yield "Lagen finns i registret, men ingenting i planen vilar på det här."
    part = bool(berörd.ändring.kapitel or berörd.ändring.paragraf)
    whole = [t for t in berörd.träffar if part and t.av is berörd.författning and not t.genom]
    for träff in berörd.träffar:
        if träff not in whole:
            yield _rad(plan, träff)
    if whole:
        names = words.uppräkning([den(t.ting.slag, t.ting.rubrik) for t in whole])
        yield f"Lagen i dess helhet åberopas av {names}."


def _rad(plan: Plan, träff: Träff) -> str:
    thing = träff.ting
    if träff.genom:
        why = f", genom kravet ”{träff.genom.rubrik}”"
    elif isinstance(träff.av, Författning):
        why = ", som åberopar lagen i dess helhet"
    else:
        why = f", som vilar på {words.paragraf(träff.av)}"
    names = [words.liten(plan.roller[id].rubrik) for id in träff.roller]
    who = f" Ser över: {words.uppräkning(names)}." if names else ""
    return f"{words.stor(den(thing.slag, thing.rubrik))}{why}.{who} [{thing.where().file}]"


def _sist(plan: Plan, koll: Lagkoll) -> Iterator[str]:
    roles = list(_per_roll(plan, koll))
    if roles:
        yield "Per roll:"
        yield from (f"    {line}" for line in roles)
    if missing := _utan_nummer(koll):
        yield missing
    yield _summa(koll)


def _per_roll(plan: Plan, koll: Lagkoll) -> Iterator[str]:
    for role, things in _by_role(plan, koll).items():
        name = plan.roller[role].rubrik if role else UTAN_ROLL
        first = min(day for _, day in things)
        yield f"{name}: {_saker(len(things))}, tidigast {words.datum(first)}"


def _by_role(plan: Plan, koll: Lagkoll) -> dict[str, list[tuple[Ting, date]]]:
    """Group what is touched by role, in the plan's order; last, under "", what has none."""
    whose: dict[Nyckel, tuple[str, ...]] = {
        träff.ting.nyckel: träff.roller for one in koll.berörda for träff in one.träffar
    }
    groups: dict[str, list[tuple[Ting, date]]] = {id: [] for id in (*plan.roller, "")}
    for key, (thing, day) in koll.saker.items():
        for role in whose[key] or ("",):
            groups[role].append((thing, day))
    return {role: things for role, things in groups.items() if things}


def _utan_nummer(koll: Lagkoll) -> str:
    if not koll.utan_nummer:
        return ""
    names = words.uppräkning([law.namn for law in koll.utan_nummer])
    return f"Utan nummer i registret, och därför inte prövade: {names}."


def _summa(koll: Lagkoll) -> str:
    number = len(koll.berörda)
    changes = f"{words.stor(words.tal(number))} lagändringar är prövade"
    changes = "En lagändring är prövad" if number == 1 else changes
    things = koll.saker
    if not things:
        return f"{changes}. Ingenting i planen berörs."
    first = min(day for _, day in things.values())
    return (
        f"{changes}. {words.stor(_saker(len(things)))} i planen berörs, tidigast den "
        f"{words.datum(first)}."
    )


def _saker(number: int) -> str:
    return "en sak" if number == 1 else f"{words.tal(number)} saker"


# As data


def _data(berörd: Berörd) -> dict[str, Any]:
    change = berörd.ändring
    return {
        "nummer": change.nummer,
        "kapitel": change.kapitel,
        "paragraf": change.paragraf,
        "datum": change.datum.isoformat(),
        "vad": change.vad,
        "plats": str(change.plats),
        "författning": berörd.författning.id if berörd.författning else None,
        "lagrum": [law.id for law in berörd.lagar if law is not berörd.författning],
        "kontrollerad_efter": _iso(berörd.sedd),
        "berör": [
            {
                **_sak(träff.ting),
                "av": list(träff.av.nyckel),
                "genom": träff.genom.id if träff.genom else None,
                "roller": list(träff.roller),
            }
            for träff in berörd.träffar
        ],
    }


def _sak(thing: Ting) -> dict[str, Any]:
    place = thing.where()
    return {
        "slag": thing.slag,
        "id": thing.id,
        "titel": thing.rubrik,
        "adress": f"/{address(thing)}",
        "plats": f"{place.file}:{place.line}",
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
