"""The page ”Att se över”: what is due, as of the day of the build."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from markupsafe import Markup

from ska import words
from ska.due import GODTAGBARA, INOM, Översyn, by_role, due
from ska.model import Plan
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.oversyn import Antal, när, rollnamn, uppgift
from ska.render.page import Page
from ska.render.sida import Sida
from ska.ting import EJ_ANGIVET, Rutin

ADDRESS: Final = "att-se-over/"


class Rad(NamedTuple):
    """One row of the page."""

    när: str
    gör: str
    länk: Markup
    efter: str
    försenad: bool


def page(site: Site) -> Page:
    """Make the page ”Att se över”, as of the day of the build."""
    lead = "Rutiner, lagar, undantag och mål som någon behöver se över, och när."
    return Page(f"{ADDRESS}index.md", "Att se över", lead, partial(_text, site))


def _text(site: Site) -> str:
    plan, today = site.plan, site.settings.today
    s = Sida(site, ADDRESS)
    found = due(plan, today, INOM)
    groups = [
        (rollnamn(roll), s.till(roll) if roll else "", Antal.av(group).ord(INOM), _rows(s, group))
        for roll, group in by_role(plan, found)
    ]
    later = len(due(plan, today)) - len(found)
    return template("att_se_over.md").render(
        s=s, grupper=groups, antal=Antal.av(found), inom=INOM, dagen=words.datum(today),
        senare=later, utan_dag=len(_undated(plan)), godtagna=_accepted(plan, today),
    )  # fmt: skip


def _rows(s: Sida, group: Iterable[Översyn]) -> list[Rad]:
    rows = []
    for översyn in group:
        what = uppgift(s.plan, översyn)
        link = Markup('<a href="{}">{}</a>').format(s.till(översyn.ting), s.namn(översyn.ting))
        rows.append(Rad(när(översyn), what.gör, link, what.efter, översyn.försenad))
    return rows


def _accepted(plan: Plan, today: date) -> tuple[int, str]:
    """Count what would stand here if it weren't accepted, and tell until when the first is."""
    days = [
        exception.gäller_till
        for exception in plan.undantag.values()
        if exception.regel in GODTAGBARA and exception.gäller_till >= today
    ]
    return len(days), words.datum(min(days)) if days else ""


def _undated(plan: Plan) -> list[Rutin]:
    """Return the routines in use for which nobody has set a day of review."""
    return [
        rutin
        for rutin in plan.rutiner.values()
        if rutin.status in ("gällande", "återgiven")
        and not rutin.avslutad
        and rutin.ses_över_senast == EJ_ANGIVET
    ]
