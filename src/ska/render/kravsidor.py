"""The pages about many requirements: the list with its gaps first, by law, by unit, by role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from ska.derived.tackning import GRADER, Grad, Svar, Täckning, antal
from ska.derived.tackning_vyer import per_enhet, per_roll
from ska.lag.register import författning, slå_upp
from ska.render import tackning as ord
from ska.render.addresses import source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page, accounted
from ska.render.sida import Sida
from ska.ting import Enhet, Författning, Roll

LISTA: Final = "krav/"
LAGAR: Final = "tackning/lagar/"
ENHETER: Final = "tackning/enheter/"
ROLLER: Final = "tackning/roller/"
_TITEL: Final = "Krav"
_INGRESS: Final = "Vad lagen kräver av kvalitetsarbetet, och vad i planen som svarar mot det."


_Group = tuple[Grad, list[tuple[Täckning, tuple[Svar, ...]]]]


class Avsnitt(NamedTuple):
    """A section of the list: its heading and its requirements."""

    rubrik: str
    krav: list[Täckning]


class Rad(NamedTuple):
    """What some units, or a role, have: the requirements by degree."""

    ting: list[Enhet] | list[Roll]
    antal: str
    grupper: list[_Group]


class _Sort(NamedTuple):
    """One of the pages: where, its words, its template, and what that is told."""

    at: str
    titel: str
    ingress: str
    mall: str
    saker: Callable[[Site, tuple[Täckning, ...]], Mapping[str, object]]


def pages(site: Site) -> Iterator[Page]:
    """Make the pages."""
    for sort in _SORTER:
        yield accounted(site, partial(_page, sort))


def _page(sort: _Sort, site: Site) -> Page:
    text = partial(_text, sort, site)
    return Page(source_path(sort.at), sort.titel, sort.ingress, text, way=(LISTA,), wide=True)


def _text(sort: _Sort, site: Site) -> str:
    s, found = Sida(site, sort.at), tuple(site.täckning.values())
    above = () if sort.at == LISTA else (LISTA,)
    return template(sort.mall).render(
        s=s, titel=sort.titel, ingress=sort.ingress, antal=antal(found),
        bakåt=[(_TITEL, s.länk(target)) for target in above], **sort.saker(site, found),
    )  # fmt: skip


def _sections(found: Iterable[Täckning]) -> list[Avsnitt]:
    rows = list(found)
    made = []
    for (state, grad), heading in ord.RUBRIKER.items():
        mine = [one for one in rows if one.läge == state and grad in (None, one.grad)]
        made += [Avsnitt(heading, mine)] if mine else []
    return made


def _by_law(site: Site, found: Iterable[Täckning]) -> list[tuple[Författning, list[Täckning]]]:
    """Group by statute in the register's order, each group in the order of the requirements."""
    order = {id: number for number, id in enumerate(site.plan.krav)}
    groups: dict[str, list[Täckning]] = {id: [] for id in site.plan.författningar}
    for one in sorted(found, key=lambda one: order[one.krav.id]):
        law = slå_upp(site.plan, one.krav.lagrum)
        whole = författning(site.plan, law) if law else None
        if whole is not None:
            groups[whole.id].append(one)
    return [(site.plan.författningar[id], group) for id, group in groups.items() if group]


def _by_unit(site: Site, found: Iterable[Täckning]) -> list[Rad]:
    """Collect what each unit has; units that have the same share a row."""
    alike: dict[tuple[tuple[str, Grad], ...], tuple[list[Enhet], list[tuple[Täckning, Grad]]]] = {}
    for id, held in per_enhet(site.plan, found).items():
        key = tuple((one.krav.id, grad) for one, grad in held)
        alike.setdefault(key, ([], list(held)))[0].append(site.plan.enheter[id])
    rows = []
    through: tuple[Svar, ...] = ()  # a unit's table doesn't say through what
    for units, rest in alike.values():
        groups: list[_Group] = [
            (grad, mine)
            for grad in GRADER
            if (mine := [(one, through) for one, here in rest if here == grad])
        ]
        rows.append(Rad(units, ord.räknade(grad for _, grad in rest), groups))
    return rows


def _by_role(site: Site, found: Iterable[Täckning]) -> list[Rad]:
    roles = per_roll(found)
    rows = []
    for roll in site.plan.roller.values():
        held = [pair for pair in roles.get(roll.id, ()) if pair[0].läge == "gäller"]
        groups: list[_Group] = [
            (grad, mine) for grad in GRADER if (mine := [p for p in held if p[0].grad == grad])
        ]
        if held:
            rows.append(Rad([roll], ord.räknade([one.grad for one, _ in held]), groups))
    return rows


def _nobody(found: Iterable[Täckning]) -> list[Täckning]:
    """Collect what is met by something that no role is said to answer for."""
    return [one for one in found if one.läge == "gäller" and one.gäller and not one.ansvariga]


_SORTER: Final = (
    _Sort(
        LISTA, _TITEL, _INGRESS, "krav_lista.md",
        lambda site, found: {"avsnitt": _sections(found)},
    ),
    _Sort(
        LAGAR, "Krav lag för lag", "Kraven i den ordning som de står i lagarna.",
        "krav_lagar.md", lambda site, found: {"lagar": _by_law(site, found)},
    ),
    _Sort(
        ENHETER, "Krav enhet för enhet",
        "Kraven som riktar sig till varje enhet, och vad som uppfylls där.",
        "krav_enheter.md", lambda site, found: {"rader": _by_unit(site, found)},
    ),
    _Sort(
        ROLLER, "Krav roll för roll", "Kraven som varje roll svarar för, och genom vad.",
        "krav_roller.md",
        lambda site, found: {"rader": _by_role(site, found), "ingen": _nobody(found)},
    ),
)  # fmt: skip
