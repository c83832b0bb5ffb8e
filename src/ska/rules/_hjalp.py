"""What several rules share: editions in order, how often, months, names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple

from ska.context import Context
from ska.model import SAMLINGAR, Hänvisning, Plan, Text, TvetydigHänvisning
from ska.namn import den as _den
from ska.once import texts_with
from ska.ting import Frekvens, Månad, Nyckel, Rutin, Ting, Utgåva

_INTE_EGNA: Final = frozenset(
    {"källor", "motsägelser", "sökord", "kallas_också", "avrådda_former", "lydelse"}
)
_PER_ÅR: Final = {"vecka": 52, "månad": 12, "kvartal": 4, "termin": 2, "år": 1}


class Antal(NamedTuple):
    """How many times, at least and at most; `högst` is None where there is no upper limit."""

    minst: int
    högst: int | None

    def möts(self, andra: Antal) -> bool:
        """Tell whether some number fits both."""
        under = self.högst is not None and self.högst < andra.minst
        över = andra.högst is not None and andra.högst < self.minst
        return not under and not över


def gånger_om_året(frekvens: Frekvens) -> Antal | None:
    """Return how many times a year a frequency comes to; None where it gives no number."""
    if frekvens.typ != "antal" or frekvens.antal is None or frekvens.per is None:
        return None
    antal = frekvens.antal * _PER_ÅR[frekvens.per]
    if frekvens.gräns == "minst":
        return Antal(0 if frekvens.utom else antal, None)
    if frekvens.gräns == "högst" or frekvens.utom:  # an exempted time takes off nobody knows what
        return Antal(0, antal)
    return Antal(antal, antal)


def månader(från: Månad, till: Månad) -> Iterator[Månad]:
    """Yield each month of a period, first and last included."""
    for number in range(från.år * 12 + från.månad - 1, till.år * 12 + till.månad):
        yield Månad(number // 12, number % 12 + 1)


def i_månad(dag: date) -> Månad:
    """Return the month of a day."""
    return Månad(dag.year, dag.month)


def egen_plan(plan: Plan) -> bool:
    """Tell whether the plan is our own to complete, not a retelling of what others decided."""
    return plan.ram.status != "återgivning"


def utgåvor_i_följd(plan: Plan) -> Iterator[list[tuple[date, date, Utgåva]]]:
    """Yield each board's editions whose whole period is known, in order of time.

    A period that ends before it starts is left to the rule about that.
    """
    boards: dict[str, list[tuple[date, date, Utgåva]]] = {}
    for utgåva in plan.utgåvor.values():
        från, till = utgåva.gäller_från, utgåva.gäller_till
        if isinstance(från, date) and isinstance(till, date) and från <= till:
            boards.setdefault(utgåva.nämnd, []).append((från, till, utgåva))
    for editions in boards.values():
        yield sorted(editions, key=lambda edition: (edition[0], edition[1], edition[2].id))


def listade_i_delplaner(plan: Plan) -> dict[Nyckel, list[Hänvisning]]:
    """Return where the sub-plans list units and departments, by the kind and id of each."""
    listed: dict[Nyckel, list[Hänvisning]] = {}
    for delplan in plan.delplaner.values():
        for mention in plan.från.get(delplan.nyckel, ()):
            if mention.fält in ("enheter", "avdelningar"):
                listed.setdefault(mention.till.nyckel, []).append(mention)
    return listed


def är_lästips(mention: Hänvisning | TvetydigHänvisning) -> bool:
    """Tell whether a mention only leads a reader on, so that nothing hangs on it."""
    return mention.från.slag == "begrepp" and mention.fält == "se_även"


def är_svar(mention: Hänvisning) -> bool:
    """Tell whether a mention says that the thing answers an assignment or a point in a budget."""
    return "besvaras_av" in mention.fält.split(".")


def egna_ord(plan: Plan, sign: Callable[[str], object] | None = None) -> Iterator[Text]:
    """Return each text in our own words: what a source calls things, and what readers type, is not.

    A source's title, headings and statements are its own, and search words are everyday words.
    With a `sign` only those in which that finds something, see `texts_with`.
    """
    return texts_with(plan, sign, _egen) if sign else filter(_egen, plan.texter)


def _egen(text: Text) -> bool:
    inside = text.väg[len(text.ting.spår.path) :]
    whose = text.ting.slag != "källa" or inside[-1] in ("beskrivning", "utelämnat")
    return whose and _INTE_EGNA.isdisjoint(inside)


def har_upphört(thing: Ting) -> bool:
    """Tell whether a thing is a routine that nobody follows any longer."""
    return isinstance(thing, Rutin) and thing.status == "upphörd"


def träffar(context: Context) -> set[tuple[str, Nyckel]]:
    """Return what the rules have found, as an exception names it: the rule and the thing."""
    return {(problem.rule, problem.thing) for problem in context.found if problem.thing}


def finns(plan: Plan, nyckel: Nyckel) -> bool:
    """Tell whether the plan has a thing of this kind and id."""
    slag, id = nyckel
    return id in getattr(plan, SAMLINGAR[slag])


def den(thing: Ting, namn: str | None = None) -> str:
    """Name a thing as a sentence does: ”metoden ”Klagomål””."""
    return _den(thing.slag, namn or thing.rubrik)


def kortnamn(plan: Plan, verksamhet: str) -> str:
    """Return what people call a line of work, or its id where the plan lacks it."""
    known = plan.verksamheter.get(verksamhet)
    return known.kortnamn if known else verksamhet
