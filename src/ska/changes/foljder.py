"""What follows from the changes, in words: who does what, where and when, what to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ska import words
from ska.changes.compare import Saker, Sort
from ska.changes.consequences import ARBETE, Berörd, Följder, Rollföljd, Uppgift
from ska.changes.ord import FLER, PLANEN, flera, namn, samt, verb
from ska.changes.values import ordat
from ska.changes.wording import Ordare
from ska.namn import BESTÄMT, den
from ska.ting import Nyckel

#: Kinds whose changes touch people; that a word of theirs is explained does not.
_RÖR: Final = frozenset({*PLANEN, "rutin", "kontrollmoment", "risk", "internkontroll"})


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
            f"{nouns[slag] if len(names) == 1 else flera(slag)} {namn(names, FLER)}"
            for slag, names in named.items()
        ]
        yield " ".join(filter(None, (verb, when, rest, samt(what))))


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
    shown = keys[:FLER] if len(keys) > FLER + 1 else keys
    groups: dict[str, list[str]] = {}
    nouns: dict[str, str] = {}
    for key in shown:
        nouns[key[0]], _, title = ordare.sak(key).partition(" ”")
        groups.setdefault(key[0], []).append(f"”{title}")
    if len(keys) > len(shown):  # counted with the last ones named
        groups[shown[-1][0]].append(f"{words.tal(len(keys) - len(shown))} till")
    parts = [
        f"{nouns[slag] if len(names) == 1 else flera(slag)} {words.uppräkning(names)}"
        for slag, names in groups.items()
    ]
    return samt(parts)


def _ändras(ordare: Ordare, things: Saker, keys: tuple[Nyckel, ...]) -> str:
    said = []
    for key in keys:
        first = things[key][0]
        sort = Sort.ÄNDRAD if first.väg else first.sort
        said.append(f"{ordare.sak(key)} {verb(sort, key[0], 1)}")
    return namn(said, FLER)


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
        noun = BESTÄMT.get(slag, f"{slag}en") if len(names) == 1 else flera(slag)
        who = [words.liten(ordare.new.roller[id].rubrik) for id in roles]
        what = f"{noun} {namn(names, FLER)}"
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
