"""What stands on top of a change report: the minute's reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska import words
from ska.changes import tider
from ska.changes.compare import Change, Saker, Sort
from ska.changes.consequences import Följder
from ska.changes.ord import FLER, ORD, PLANEN, antal, ett, namn, verb
from ska.changes.weight import Klass
from ska.changes.wording import Ordare

_RESTEN: Final = (
    "rutin", "mål", "indikator", "uppdrag", "internkontroll", "risk", "kontrollmoment",
    "avvikelser", "planering", "budget",
)  # fmt: skip
REGISTER: Final = (
    "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll", "målområde",
    "kommunmål", "författning", "lagrum", "krav", "begrepp", "utgåva", "upphört", "källa",
    "undantag", "tillgänglighet",
)  # fmt: skip


def ingress(ordare: Ordare, things: Saker, follows: Följder) -> Iterator[str]:
    """Say the most important in a minute, a paragraph at a time."""
    planned = {key: changes for key, changes in things.items() if key[0] not in REGISTER}
    if not things:
        yield "Ingenting har ändrats."
        return
    if planned:
        yield " ".join(_opening(ordare, planned, follows))
    yield from _times(ordare, follows)
    for slag in PLANEN:
        yield from _kind(slag, things)
    yield from _roles(follows)
    yield from _att_granska(follows)
    if rest := " ".join(_beside(things)):
        yield f"Utanför planen: {words.liten(rest)}"
    if registered := len(things) - len(planned):
        begins = "Dessutom ändras" if planned else "Planen själv är oförändrad. I registren ändras"
        yield (
            f"{begins} {antal(registered, 'uppgift', 'uppgifter')} om organisation, lagar, ord "
            "och källor."
        )


def _opening(ordare: Ordare, planned: Saker, follows: Följder) -> Iterator[str]:
    number = antal(len(planned), "sak", "saker")
    proposed = ordare.proposed
    said = f"Förslaget ändrar {number}" if proposed else f"{words.stor(number)} är ändrade"
    if len(planned) == 1 and not proposed:
        said = "En sak är ändrad"
    duties = {
        (duty.slag, duty.id) for role in follows.roller for duty in (*role.får, *role.slipper)
    }
    doing = len(duties & planned.keys())
    if doing and len(planned) == 1:
        said += ", och den påverkar vad någon ska göra"
    yield f"{said}."
    if doing and len(planned) > 1:
        yield f"{words.stor(words.tal(doing))} av dem påverkar vad någon ska göra."
    light = [key for key, changes in planned.items() if not _heavy(changes)]
    if len(light) == len(planned):
        yield "Allt är redaktionellt: det rättar ord, källor och anmärkningar men ingen sak."
    elif light:
        verb = "är bara redaktionell" if len(light) == 1 else "är bara redaktionella"
        yield f"{words.stor(words.tal(len(light)))} {verb}."


def _heavy(changes: list[Change]) -> bool:
    return any(change.klass is Klass.MATERIELL for change in changes)


def _times(ordare: Ordare, follows: Följder) -> Iterator[str]:
    reports = [f for f in follows.datum if f.slag == "aktivitet" and f.fält == "rapporteras"]
    moved = [f for f in reports if not f.bara_år]
    for flytt in moved if len(moved) <= FLER else ():
        change = Change(
            Sort.ÄNDRAD, "aktivitet", flytt.id, flytt.titel, Klass.MATERIELL, ("rapporteras",)
        )
        if said := "".join(bit.text for bit in tider.tid(ordare, change) or ()):
            yield f"Aktiviteten ”{flytt.titel}” {words.liten(said)}"
        elif parts := tider.egna_månader(ordare, flytt.id):
            yield f"Aktiviteten ”{flytt.titel}” rapporteras i andra månader för {namn(parts)}."
    if len(moved) > FLER:
        yield (
            f"{words.stor(words.tal(len(moved)))} aktiviteter rapporteras vid en annan tid: "
            f"{namn([f'”{f.titel}”' for f in moved])}."
        )
    if only := len(reports) - len(moved):
        yield (
            f"{words.stor(antal(only, 'aktivitet', 'aktiviteter'))} rapporteras i samma månad "
            "som förut, men nästa år."
            if ordare.new.årshjul.år == ordare.old.årshjul.år + 1
            else f"{words.stor(antal(only, 'aktivitet', 'aktiviteter'))} rapporteras i samma "
            f"månad som förut, men {ordare.new.årshjul.år} i stället för {ordare.old.årshjul.år}."
        )


#: What can have happened to things, in the order in which it is told.
_SORTER: Final = (Sort.TILLAGD, Sort.ERSATT, Sort.BORTTAGEN, Sort.ÄNDRAD)


def _titles(slag: str, things: Saker) -> dict[Sort, list[str]]:
    """Collect the titles of a kind's things by what has happened to them."""
    groups: dict[Sort, list[str]] = {}
    for (kind, _), changes in things.items():
        if kind == slag:
            sort = Sort.ÄNDRAD if changes[0].väg else changes[0].sort
            groups.setdefault(sort, []).append(changes[0].titel)
    return groups


def _kind(slag: str, things: Saker) -> Iterator[str]:
    """Say in one line what has happened to the things of a kind."""
    groups = _titles(slag, things)
    said: list[str] = []
    for sort in _SORTER:
        if names := groups.get(sort):
            count = ett(slag) if len(names) == 1 else words.tal(len(names))
            noun = "" if said else f" {ORD[slag][len(names) > 1]}"
            what = verb(sort, slag, len(names))
            said.append(f"{count}{noun} {what} ({namn([f'”{name}”' for name in names])})")
    if said:
        yield f"{words.stor(words.uppräkning(said))}."


def _beside(things: Saker) -> Iterator[str]:
    """Count what the plan doesn't hold, a sentence for each thing that can have happened."""
    found = [(slag, _titles(slag, things)) for slag in _RESTEN]
    for sort in _SORTER:
        counted = [(slag, len(groups[sort])) for slag, groups in found if sort in groups]
        if counted:
            names = [
                f"{ett(slag) if number == 1 else words.tal(number)} {ORD[slag][number > 1]}"
                for slag, number in counted
            ]
            total = sum(number for _, number in counted)
            what = verb(sort, counted[0][0], total)
            yield f"{words.stor(words.uppräkning(names))} {what}."


def _roles(follows: Följder) -> Iterator[str]:
    for roles, what in (
        ([role for role in follows.roller if role.får], "nya uppgifter"),
        ([role for role in follows.roller if role.slipper], "färre uppgifter"),
    ):
        if roles:
            names = namn([words.liten(role.titel) for role in roles])
            yield f"{words.stor(antal(len(roles), 'roll', 'roller'))} får {what}: {names}."


def _att_granska(follows: Följder) -> Iterator[str]:
    """Say how much must be looked at again, kind by kind."""
    counted: dict[str, int] = {}
    for one in follows.granskas:
        counted[one.slag] = counted.get(one.slag, 0) + 1
    if counted:
        said = [
            f"{ett(slag)} {ORD[slag][0]}" if number == 1 else f"{words.tal(number)} {ORD[slag][1]}"
            for slag, number in counted.items()
        ]
        yield f"Ändringen gör att {words.uppräkning(said)} behöver ses över."
