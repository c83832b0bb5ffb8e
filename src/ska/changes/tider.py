"""That something is done, reported or numbered otherwise than before, as sentences of their own."""

from __future__ import annotations

import re
from typing import Final

from ska import words
from ska.changes.compare import Change, Sort
from ska.changes.marked import Bit, Mening
from ska.changes.values import Värden
from ska.model import Plan
from ska.ting import Aktivitet

#: The fields that tell when an activity is done and reported.
TIDER: Final = ("rapporteras", "genomförs")


def nummer(plans: Värden, change: Change) -> Mening | None:
    """Word that a chapter has another number."""
    if change.sort is not Sort.FLYTTAD:
        return None
    was, now = Bit(str(change.före), "-"), Bit(str(change.efter), "+")
    return (Bit("Flyttas från nummer "), was, Bit(" till nummer "), now, Bit("."))


def tid(plans: Värden, change: Change) -> Mening | None:
    """Word when an activity is done or reported, as a whole; None where that is as it was."""
    before = plans.old.aktiviteter.get(change.id)
    after = plans.new.aktiviteter.get(change.id)
    name = str(change.väg[0])
    if before is None or after is None or "avvikande" in change.väg:
        return None
    verb = "Rapporteras" if name == "rapporteras" else "Arbetet görs"
    was, now = _när(before, name, plans.old), _när(after, name, plans.new)
    if was == now and plans.old.årshjul.år != plans.new.årshjul.år:
        was, now = str(plans.old.årshjul.år), str(plans.new.årshjul.år)
        verb += " samma tid på året som förut,"
    elif was == now:  # in the wheel's own year, which only one of them says
        was, now = _tid(before, name), _tid(after, name)
        if was == now:
            return None
    if words.EJ_ANGIVET_ORD in now:
        what = {"rapporteras": "rapporten"}.get(name, "arbetet")
        return (
            Bit(f"Har ingen angiven tid för {what} längre. Förut: "),
            Bit(was, "-"),
            Bit("."),
        )
    if words.EJ_ANGIVET_ORD in was:
        return (Bit(f"{verb} "), Bit(now, "+"), Bit(". Förut angavs ingen tid."))
    if now.startswith("i ") and was.startswith("i "):
        verb, now, was = f"{verb} i", now[2:], was[2:]
    return (Bit(f"{verb} "), Bit(now, "+"), Bit(" i stället för "), Bit(was, "-"), Bit("."))


def egna_månader(plans: Värden, id: str) -> list[str]:
    """Name the parts of the organisation in which an activity is reported in other months now."""
    sides = [
        {own.verksamhet: own.månader for own in plan.aktiviteter[id].rapporteras.avvikande}
        for plan in (plans.old, plans.new)
    ]
    was, now = sides
    return [
        f"”{plans.namn(('verksamhet',), part)}”"
        for part in {**now, **was}
        if was.get(part) != now.get(part)
    ]


def båda(plans: Värden, change: Change) -> tuple[str, str] | None:
    """Word both times of an activity whose time is another; None for all other changes."""
    before = plans.old.aktiviteter.get(change.id)
    after = plans.new.aktiviteter.get(change.id)
    name = str(change.väg[0])
    timed = change.slag == "aktivitet" and name in TIDER
    if not timed or before is None or after is None or "avvikande" in change.väg:
        return None
    return _tid(before, name), _tid(after, name)


def _tid(aktivitet: Aktivitet, name: str) -> str:
    if name == "rapporteras":
        return words.rapporteras(aktivitet.rapporteras)
    return words.genomförs(aktivitet.genomförs)


def _när(aktivitet: Aktivitet, name: str, plan: Plan) -> str:
    """Word a time; the year goes without saying where it is the wheel's own."""
    if name == "rapporteras":
        said = words.rapporteras(aktivitet.rapporteras)
        if aktivitet.rapporteras.månad:
            said = f"i {said}"
        elif said.startswith("varje"):
            said = f"vid {said}"
    else:
        said = words.genomförs(aktivitet.genomförs)
        said = f"i {said}" if aktivitet.genomförs.från else said
    own = set(re.findall(r"\b\d{4}\b", said)) == {str(plan.årshjul.år)}
    return re.sub(r"( under)? \d{4}\b", "", said) if own else said
