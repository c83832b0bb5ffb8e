"""The list of every indicator by målområde, with whether its target is reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from markupsafe import Markup

from ska.derived.bedomning import Bedömning
from ska.model import Plan
from ska.render import indikatorer
from ska.render.addresses import SLAG
from ska.render.gemensamt import Site
from ska.render.lists.listor import Del, Kolumn, Listsida
from ska.render.mallar import template
from ska.render.sida import Sida
from ska.ting import Indikator, Mål, Ting

_LEAD: Final = (
    "Indikatorerna visar om målen nås. Ett utfall bedöms bara mot ett mål för samma period och "
    "samma grupp. Annars står det att målet inte kan bedömas, och vilket mål som kommer härnäst."
)
_ELSEWHERE: Final = "Målområde ej angivet"
_BEFORE: Final = "Tidigare mål"


def _lines(said: Callable[[Indikator, Bedömning], str]) -> Callable[[Sida, Indikator], Markup]:
    """Give a line for each group that the summary speaks of."""

    def value(s: Sida, indikator: Indikator) -> Markup:
        found = indikatorer.viktiga(indikator)
        several = len(found) > 1
        lines = [
            (f"{indikatorer.gruppnamn(b.grupp)}: " if several else "") + text
            for b in found
            if (text := said(indikator, b))
        ]
        return Markup("<br>").join(lines)

    return value


def _state(s: Sida, indikator: Indikator) -> Markup:
    parts = template("_delar.html").module
    made: Markup = parts.läge(indikatorer, indikatorer.sammanlagt(indikator))  # type: ignore[attr-defined]  # the macro's name
    return made


_COLUMNS: Final = (
    Kolumn("Indikator", lambda s, t: Markup('<a href="{}">{}</a>').format(s.till(t), s.namn(t))),
    Kolumn("Senaste utfall", _lines(indikatorer.senaste)),
    Kolumn("Mål", _lines(indikatorer.målet)),
    Kolumn("Läge", _state),
)


def listsida(site: Site) -> Listsida:
    """Give the list with its summary."""
    things = site.plan.indikatorer.values()
    states = Counter(map(indikatorer.sammanlagt, things))
    word = SLAG["indikator"]
    parts = tuple(
        Del(heading, _COLUMNS, tuple(rows), lambda sak: site.helhet[sak.nyckel])
        for heading, rows in _områden(site.plan)
    )
    summary = {
        "totalt": states.total(),
        "räkning": [(state, states[state]) for state in indikatorer.LÄGEN],
        "varför": indikatorer.varför_oklart(things),
    }
    above = (("Mål och styrning", "styrning/"),)
    return Listsida(
        site, f"{word.mapp}/", word.flera, _LEAD, parts, above, "indikatorer.md", summary
    )


def _områden(plan: Plan) -> Iterable[tuple[str, list[Ting]]]:
    """Give each heading with its indicators, goal by goal; those that hold no longer come last."""
    first, last = plan.ram.gäller_från.year, plan.ram.gäller_till.year
    groups: dict[str, list[Ting]] = {
        **{område.titel: [] for område in plan.målområden.values()}, _ELSEWHERE: [], _BEFORE: [],
    }  # fmt: skip
    for mål in plan.mål.values():
        rows = [part for part in plan.inuti.get(mål.nyckel, ()) if isinstance(part, Indikator)]
        holds = mål.gäller_från <= last and (mål.gäller_till or last) >= first
        for heading in _rubriker(plan, mål) if holds and not mål.ersatt_av else (_BEFORE,):
            groups[heading] += rows
    return [(heading, rows) for heading, rows in groups.items() if rows]


def _rubriker(plan: Plan, mål: Mål) -> list[str]:
    """Name the målområden of a goal: through the municipal goal, or its own."""
    whole = plan.kommunmål.get(mål.kommunmål)
    ids = (whole.målområde,) if whole else mål.målområden
    return [plan.målområden[id].titel for id in ids] or [_ELSEWHERE]
