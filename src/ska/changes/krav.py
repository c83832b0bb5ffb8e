"""That a thing begins or ceases to meet a requirement, in whole or in part, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.changes.compare import Change, Sort
from ska.changes.marked import Bit, Mening, Märke, uppräknade
from ska.changes.values import Värden
from ska.model import SAMLINGAR, Plan

#: The kinds that say which requirements they meet.
SLAG: Final = ("metod", "rutin", "aktivitet", "kontrollmoment")


def helt(plans: Värden, change: Change) -> Mening | None:
    """Word which requirements a thing meets now, and no longer; None where only the order moved."""
    before, after = change.före or [], change.efter or []
    come = [id for id in after if id not in before]
    gone = [id for id in before if id not in after]
    was, now = (_delvis(plan, change) for plan in (plans.old, plans.new))
    said: list[tuple[str, list[str], Märke]] = [
        ("Uppfyller nu", [id for id in come if id not in was], "+"),
        ("Uppfyller nu hela", [id for id in come if id in was], "+"),
        ("Uppfyller inte längre", [id for id in gone if id not in now], "-"),
        ("Uppfyller inte längre hela", [id for id in gone if id in now], ""),
    ]
    bits: list[Bit] = []
    for begins, ids, mark in said:
        if ids:
            noun = "kravet" if len(ids) == 1 else "kraven"
            bits += [Bit(f"{' ' if bits else ''}{begins} {noun} "), *_namn(plans, ids, mark)]
            bits.append(Bit("."))
    return tuple(bits) or None


def delvis(plans: Värden, change: Change) -> Mening | None:
    """Word that a requirement is met in part, and why not in whole; or that this has ended."""
    if change.sort is Sort.TILLAGD:
        (name,) = _namn(plans, [change.efter["krav"]], "+")
        why = str(change.efter["saknas"]).rstrip(".")
        return (Bit("Uppfyller nu delvis kravet "), name, Bit(". "), Bit(why, "+"), Bit("."))
    if change.sort is Sort.BORTTAGEN:
        id = change.före["krav"]
        thing = getattr(plans.new, SAMLINGAR[change.slag]).get(change.id)
        if thing is not None and id in thing.uppfyller:
            (name,) = _namn(plans, [id], "")
            why = str(change.före["saknas"]).rstrip(".")
            begins = Bit("Det fattas inte längre något för kravet ")
            return (begins, name, Bit(". Förut: "), Bit(why, "-"), Bit("."))
        (name,) = _namn(plans, [id], "-")
        return (Bit("Uppfyllde förut delvis kravet "), name, Bit(", men gör det inte längre."))
    return None


def _delvis(plan: Plan, change: Change) -> set[str]:
    thing = getattr(plan, SAMLINGAR[change.slag]).get(change.id)
    return {part.krav for part in thing.uppfyller_delvis} if thing is not None else set()


def _namn(plans: Värden, ids: list[str], mark: Märke) -> Iterator[Bit]:
    return uppräknade([f"”{plans.namn(('krav',), id)}”" for id in ids], mark)
