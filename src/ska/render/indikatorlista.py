"""The page that lists every indicator by målområde, with whether its target is reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from ska.bedomning import Läge
from ska.model import Plan
from ska.render import indikatorer
from ska.render.addresses import SLAG, source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page
from ska.render.sida import Sida
from ska.ting import Indikator, Mål

_LEAD: Final = "Alla indikatorer, målområde för målområde, och om målen nås."
_ELSEWHERE: Final = "Målområde ej angivet"
_BEFORE: Final = "Tidigare mål"


class Rad(NamedTuple):
    """An indicator's row: a line for each group that the summary speaks of."""

    indikator: Indikator
    utfall: list[str]
    mål: list[str]
    läge: Läge


def page(site: Site) -> Page:
    """Make the page."""
    at = f"{SLAG['indikator'].mapp}/"
    title = SLAG["indikator"].flera
    things = site.plan.indikatorer.values()
    states = Counter(map(indikatorer.sammanlagt, things))
    body = template("indikatorer.md").render(
        s=Sida(site, at), områden=list(_områden(site.plan)), totalt=states.total(),
        räkning=[(state, states[state]) for state in indikatorer.LÄGEN],
        varför=indikatorer.varför_oklart(things),
    )  # fmt: skip
    return Page(source_path(at), title, _LEAD, body)


def _områden(plan: Plan) -> Iterator[tuple[str, list[tuple[Mål, list[Rad]]]]]:
    """Yield each heading with its goals; those that hold no longer come last."""
    first, last = plan.ram.gäller_från.year, plan.ram.gäller_till.year
    groups: dict[str, list[tuple[Mål, list[Rad]]]] = {
        **{område.titel: [] for område in plan.målområden.values()}, _ELSEWHERE: [], _BEFORE: [],
    }  # fmt: skip
    for mål in plan.mål.values():
        rows = [
            _rad(part) for part in plan.inuti.get(mål.nyckel, ()) if isinstance(part, Indikator)
        ]
        holds = mål.gäller_från <= last and (mål.gäller_till or last) >= first
        if not rows:
            continue
        for heading in _rubriker(plan, mål) if holds and not mål.ersatt_av else (_BEFORE,):
            groups[heading].append((mål, rows))
    yield from ((heading, goals) for heading, goals in groups.items() if goals)


def _rubriker(plan: Plan, mål: Mål) -> list[str]:
    """Name the målområden of a goal: through the municipal goal, or its own."""
    whole = plan.kommunmål.get(mål.kommunmål)
    ids = (whole.målområde,) if whole else mål.målområden
    return [plan.målområden[id].titel for id in ids] or [_ELSEWHERE]


def _rad(indikator: Indikator) -> Rad:
    found = indikatorer.viktiga(indikator)
    several = len(found) > 1
    outcomes, targets = [], []
    for b in found:
        who = f"{indikatorer.gruppnamn(b.grupp)}: " if several else ""
        if said := indikatorer.senaste(indikator, b):
            outcomes.append(who + said)
        if said := indikatorer.målet(indikator, b):
            targets.append(who + said)
    return Rad(indikator, outcomes, targets, indikatorer.sammanlagt(indikator))
