"""What stands on top of a change report: the minute's reading, and what follows from it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ska import words
from ska.changes.compare import Change, Sort
from ska.changes.consequences import ARBETE, Berörd, Följder, Rollföljd, Uppgift
from ska.changes.values import ordat
from ska.changes.weight import Klass
from ska.changes.wording import ORD, Ordare, är_ett
from ska.namn import BESTÄMT, den
from ska.ting import Nyckel

Saker = Mapping[Nyckel, list[Change]]
#: What the board decides on as the plan; the rest is told in a line each.
_PLANEN: Final = ("kapitel", "aktivitet", "delplan", "metod")
_RESTEN: Final = (
    "rutin", "mål", "indikator", "uppdrag", "internkontroll", "risk", "kontrollmoment",
    "avvikelser", "planering", "budget",
)  # fmt: skip
REGISTER: Final = (
    "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll", "målområde",
    "kommunmål", "författning", "lagrum", "krav", "begrepp", "utgåva", "upphört", "källa",
    "undantag", "tillgänglighet",
)  # fmt: skip
#: Kinds whose changes touch people; that a word of theirs is explained does not.
_RÖR: Final = frozenset({*_PLANEN, "rutin", "kontrollmoment", "risk", "internkontroll"})
#: Names told before ”och tre till”: on top, and further down.
_MEST: Final = 3
_FLER: Final = 6


def ingress(ordare: Ordare, things: Saker, follows: Följder) -> Iterator[str]:
    """Say the most important in a minute, a paragraph at a time."""
    planned = {key: changes for key, changes in things.items() if key[0] not in REGISTER}
    if not things:
        yield "Ingenting har ändrats."
        return
    if planned:
        yield " ".join(_opening(ordare, planned, follows))
    yield from _times(ordare, follows)
    for slag in _PLANEN:
        yield from _kind(slag, things)
    yield from _roles(follows)
    yield from _att_granska(follows)
    if rest := " ".join(_beside(things)):
        yield f"Utanför planen: {words.liten(rest)}"
    if registered := len(things) - len(planned):
        begins = "Dessutom ändras" if planned else "Planen själv är oförändrad. I registren ändras"
        yield (
            f"{begins} {_antal(registered, 'uppgift', 'uppgifter')} om organisation, lagar, ord "
            "och källor."
        )


def _opening(ordare: Ordare, planned: Saker, follows: Följder) -> Iterator[str]:
    number = _antal(len(planned), "sak", "saker")
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
    for flytt in moved if len(moved) <= _FLER else ():
        change = Change(
            Sort.ÄNDRAD, "aktivitet", flytt.id, flytt.titel, Klass.MATERIELL, ("rapporteras",)
        )
        said = "".join(bit.text for bit in ordare.tid(change) or ())
        yield f"Aktiviteten ”{flytt.titel}” {words.liten(said)}"
    if len(moved) > _FLER:
        yield (
            f"{words.stor(words.tal(len(moved)))} aktiviteter rapporteras vid en annan tid: "
            f"{namn([f'”{f.titel}”' for f in moved])}."
        )
    if only := len(reports) - len(moved):
        yield (
            f"{words.stor(_antal(only, 'aktivitet', 'aktiviteter'))} rapporteras i samma månad "
            "som förut, men nästa år."
            if ordare.new.årshjul.år == ordare.old.årshjul.år + 1
            else f"{words.stor(_antal(only, 'aktivitet', 'aktiviteter'))} rapporteras i samma "
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
            count = _ett(slag) if len(names) == 1 else words.tal(len(names))
            noun = "" if said else f" {ORD[slag][len(names) > 1]}"
            what = _verb(sort, slag, len(names))
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
                f"{_ett(slag) if number == 1 else words.tal(number)} {ORD[slag][number > 1]}"
                for slag, number in counted
            ]
            total = sum(number for _, number in counted)
            what = _verb(sort, counted[0][0], total)
            yield f"{words.stor(words.uppräkning(names))} {what}."


def _verb(sort: Sort, slag: str, number: int) -> str:
    if sort is Sort.TILLAGD:
        return "är nya" if number > 1 else "är nytt" if är_ett(slag) else "är ny"
    return {Sort.ERSATT: "ersätts", Sort.BORTTAGEN: "tas bort"}.get(sort, "ändras")


def _roles(follows: Följder) -> Iterator[str]:
    for roles, what in (
        ([role for role in follows.roller if role.får], "nya uppgifter"),
        ([role for role in follows.roller if role.slipper], "färre uppgifter"),
    ):
        if roles:
            names = namn([words.liten(role.titel) for role in roles])
            yield f"{words.stor(_antal(len(roles), 'roll', 'roller'))} får {what}: {names}."


def _att_granska(follows: Följder) -> Iterator[str]:
    """Say how much must be looked at again, kind by kind."""
    counted: dict[str, int] = {}
    for one in follows.granskas:
        counted[one.slag] = counted.get(one.slag, 0) + 1
    if counted:
        said = [
            f"{_ett(slag)} {ORD[slag][0]}" if number == 1 else f"{words.tal(number)} {ORD[slag][1]}"
            for slag, number in counted.items()
        ]
        yield f"Ändringen gör att {words.uppräkning(said)} behöver ses över."


def namn(names: list[str], mest: int = _MEST) -> str:
    """List names, at most so many, and say how many more there are."""
    if len(names) > mest + 1:
        return words.uppräkning([*names[:mest], f"{words.tal(len(names) - mest)} till"])
    return words.uppräkning(names)


def _antal(number: int, one: str, many: str) -> str:
    return f"en {one}" if number == 1 else f"{words.tal(number)} {many}"


def _ett(slag: str) -> str:
    return "ett" if är_ett(slag) else "en"


# What follows


def follows_in_words(
    ordare: Ordare, things: Saker, follows: Följder
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a question, and the answers to it, for each sort of thing that follows."""
    if follows.roller:
        yield "Vem gör något annat än förut?", tuple(_rolls(follows.roller))
    if units := tuple(_units(ordare, follows.enheter)):
        yield "Vilka delar av organisationen berörs?", units
    if dates := tuple(_dates(things)):
        yield "Vilka andra datum ändras?", dates
    if follows.granskas:
        yield "Vad behöver ses över?", tuple(_granskas(ordare, things, follows))


_GÖR_STEG: Final = ARBETE["rutin", "steg.roll"]
_DELTAR: Final = ARBETE["rutin", "steg.med"]


def _rolls(roles: Iterable[Rollföljd]) -> Iterator[str]:
    """Tell roles together that get and lose the same."""
    groups: dict[str, list[str]] = {}
    for role in roles:
        said = [*_duties(role.får, "nu"), *_duties(role.slipper, "inte längre")]
        groups.setdefault(words.uppräkning(said), []).append(words.liten(role.titel))
    for does, titles in groups.items():
        yield f"{words.stor(words.uppräkning(titles))} {does}."


def _duties(duties: tuple[Uppgift, ...], when: str) -> Iterator[str]:
    groups: dict[tuple[str, str], dict[str, list[str]]] = {}
    nouns: dict[str, str] = {}
    does = {(duty.slag, duty.id) for duty in duties if duty.gör == _GÖR_STEG}
    for duty in duties:
        if duty.gör == _DELTAR and (duty.slag, duty.id) in does:
            continue  # who takes a step needn't be told to take part in another
        verb, _, rest = duty.gör.partition(" ")
        rest, _, nouns[duty.slag] = rest.rpartition(" ")
        named = groups.setdefault((verb, rest), {})
        named.setdefault(duty.slag, []).append(f"”{duty.titel}”")
    for (verb, rest), named in groups.items():
        what = [
            f"{nouns[slag] if len(names) == 1 else _flera(slag)} {namn(names, _FLER)}"
            for slag, names in named.items()
        ]
        yield " ".join(filter(None, (verb, when, rest, _samt(what))))


#: What these are together; others take -na after the plural, and -en where they are ett-words.
_DE: Final = {"kapitel": "kapitlen", "lagrum": "lagrummen"}


def _flera(slag: str) -> str:
    return _DE.get(slag, f"{ORD[slag][1]}{'en' if är_ett(slag) else 'na'}")


def _samt(parts: list[str]) -> str:
    """Join what each may hold an ”och” of its own."""
    if not any("” och " in part for part in parts):
        return words.uppräkning(parts)
    return " samt ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _units(ordare: Ordare, units: tuple[Berörd, ...]) -> Iterator[str]:
    """Tell units together that the same things touch."""
    groups: dict[tuple[Nyckel, ...], list[Berörd]] = {}
    for unit in units:
        by = tuple(key for key in unit.av if key[0] in _RÖR)
        if by:
            groups.setdefault(by, []).append(unit)
    for by, touched in groups.items():
        yield f"{namn([unit.titel for unit in touched], 20)}: {_av(ordare, by)}."


def _av(ordare: Ordare, keys: tuple[Nyckel, ...]) -> str:
    """Name things, each kind once: ”delplanen ”A” samt metoderna ”B” och ”C””."""
    shown = keys[:_FLER] if len(keys) > _FLER + 1 else keys
    groups: dict[str, list[str]] = {}
    nouns: dict[str, str] = {}
    for key in shown:
        nouns[key[0]], _, title = ordare.sak(key).partition(" ”")
        groups.setdefault(key[0], []).append(f"”{title}")
    if len(keys) > len(shown):  # counted with the last ones named
        groups[shown[-1][0]].append(f"{words.tal(len(keys) - len(shown))} till")
    parts = [
        f"{nouns[slag] if len(names) == 1 else _flera(slag)} {words.uppräkning(names)}"
        for slag, names in groups.items()
    ]
    return _samt(parts)


def _ändras(ordare: Ordare, things: Saker, keys: tuple[Nyckel, ...]) -> str:
    said = []
    for key in keys:
        first = things[key][0]
        sort = Sort.ÄNDRAD if first.väg else first.sort
        said.append(f"{ordare.sak(key)} {_verb(sort, key[0], 1)}")
    return namn(said, _FLER)


def _granskas(ordare: Ordare, things: Saker, follows: Följder) -> Iterator[str]:
    """Tell what must be looked at again by who does it, the plan's roles in order; last nobody's.

    What the same change touches goes together.
    """
    order = {id: number for number, id in enumerate(ordare.new.roller)}
    groups: dict[tuple[tuple[str, ...], tuple[Nyckel, ...], str], list[str]] = {}
    for one in sorted(
        follows.granskas, key=lambda one: [order[id] for id in one.roller] or [len(order)]
    ):
        groups.setdefault((one.roller, one.av, one.slag), []).append(f"”{one.titel}”")
    for (roles, by, slag), names in groups.items():
        noun = BESTÄMT.get(slag, f"{slag}en") if len(names) == 1 else _flera(slag)
        who = [words.liten(ordare.new.roller[id].rubrik) for id in roles]
        what = f"{noun} {namn(names, _FLER)}"
        said = f"{words.uppräkning(who)} ska se över {what}" if who else what
        alone = "" if who else " (ingen roll är angiven)"
        yield f"{words.stor(said)}{alone}: {_ändras(ordare, things, by)}."


_DAGAR: Final = {
    "gäller_från": "gäller från {} i stället för {}.",
    "gäller_till": "gäller till {} i stället för {}.",
    "ses_över_senast": "ska ses över senast {} i stället för {}.",
    "beslutad": "har beslutsdagen {} i stället för {}.",
}


def _dates(things: Saker) -> Iterator[str]:
    for key, changes in things.items():
        for change in changes:
            said = _DAGAR.get(str(change.väg[0])) if len(change.väg) == 1 else None
            if not said or key[0] not in ("plan", "rutin"):
                continue
            now, was = (
                words.EJ_ANGIVET_ORD if side == "ej_angivet" else ordat(str(side))
                for side in (change.efter, change.före)
            )
            name = "Planen" if key[0] == "plan" else words.stor(den(change.slag, change.titel))
            if None not in (change.efter, change.före):
                yield f"{name} {said.format(now, was)}"
