"""What only the start page says: which edition this is, what is new, what a role has to look at."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from ska import words
from ska.changes.summary import REGISTER
from ska.changes.weight import Klass
from ska.reads import apart, shared_by_value
from ska.render.atom import poster
from ska.render.gemensamt import Site
from ska.render.historik import dag, i_förslaget
from ska.render.sida import Sida
from ska.ting import Roll

#: News on the start page; the rest is one link away.
_MEST: Final = 2
#: Registers whose mending is no news; what a law says is.
_STILLA: Final = frozenset(REGISTER) - {"författning", "lagrum", "krav"}


class Nyhet(NamedTuple):
    """Something decided or changed: the day, what, and the page that it leads to."""

    dag: date
    titel: str
    adress: str


class Nytt(NamedTuple):
    """The same as the page says it: the day in words, what, and where it leads."""

    dag: str
    titel: str
    adress: str


@apart
@shared_by_value
def nyheter(site: Site) -> tuple[Nyhet, ...]:
    """Find what was decided and changed last; what is only mended, or registered, is no news.

    Nor is what a proposal shown here would change.
    """
    news = [
        post
        for post in poster(site)
        if not (post.slag and i_förslaget(site, post.när))
        and post.sort != Klass.REDAKTIONELL.value
        and (not post.slag or post.slag - _STILLA)
    ]
    decided = [post for post in news if post.sort == "beslut"]
    shown = news[:_MEST]
    if decided and decided[0] not in shown:  # what the board decided last is not crowded out
        shown = [*news[: _MEST - 1], decided[0]]
    return tuple(
        Nyhet(dag(post.när), post.kort or post.titel, post.sida or post.adress) for post in shown
    )


def nytt(s: Sida) -> list[Nytt]:
    """Give what was decided and changed last."""
    return [
        Nytt(words.datum(news.dag), news.titel, s.länk(news.adress)) for news in nyheter(s.site)
    ]


def utgåva(s: Sida) -> Markup:
    """Say which edition this is, for which time, and who decided it."""
    ram = s.plan.ram
    edition = s.plan.utgåvor[ram.utgåva]
    shown = "Här återges" if ram.status == "återgivning" else "Här finns"
    text = Markup('{} <a href="{}">{}</a>, {}.').format(
        shown, s.till(edition), edition.titel, words.period(ram.gäller_från, ram.gäller_till)
    )
    decision = edition.beslut
    if isinstance(decision.datum, date):
        who = words.angivet(decision.organ)
        return Markup("{} {} beslutade den {}.").format(text, who, words.datum(decision.datum))
    return Markup("{} {}").format(
        text,
        "Källan säger inte när nämnden beslutade."
        if ram.status == "återgivning"
        else f"Den är inte beslutad: {s.planstatus.lower()}.",
    )


def att_se_över(s: Sida, roll: Roll) -> int:
    """Count what a role has to look at, late or soon."""
    return s.site.översyner.get(roll.id, 0)
