"""A plan made ready to be shown: read, checked, with its past, its pages and what lies beside them.

What a site engine needs and no more; it knows of none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ska import proposal, report, words
from ska.again import Again, Files
from ska.check import check, load
from ska.documents import document
from ska.due import due
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.past.gathering import gather
from ska.pieces import Pieces
from ska.reading import schema
from ska.reading.schema import bodies_of, forms_of
from ska.render import api, atom, oversyn, tackning, tree
from ska.render.addresses import PLAN_PDF
from ska.render.calendars import calendar
from ska.render.gemensamt import Publicerat, Settings, Site
from ska.render.historik import FLÖDE
from ska.render.lists import overviews
from ska.render.page import Page
from ska.site.kept import Kept
from ska.told import Told, silent


@dataclass(frozen=True)
class Built:
    """A plan with all its pages, ready to be handed over."""

    plan: Plan
    site: Site
    pages: dict[str, Page]
    kinds: Mapping[str, schema.Kind]


@dataclass(frozen=True)
class Order:
    """A plan to build that is not simply the one in the folder's plan/.

    `at` is the revision whose history is its past. An edition that was decided once is not
    judged by today's rules: `judged` says whether this one is. `publicerat` is its place among
    the published ones. With a `bas` (a revision or a folder) it is shown as a proposal to change
    the plan that stands there.
    """

    tree: Tree
    at: str = "HEAD"
    judged: bool = True
    publicerat: Publicerat | None = None
    bas: str = ""
    kept: Kept = field(default_factory=Kept)


class SiteError(Exception):
    """The site cannot be built or shown; the text says why, in Swedish."""


def prepare(
    root: Path, settings: Settings, order: Order | None = None, told: Told = silent
) -> Built:
    """Read, check and render the plan below `root`, or the one ordered.

    Raises `SiteError` with all problems. `told` hears how far the reading has come.
    """
    order = order or Order(read_tree(root))
    files = order.tree
    kinds = order.kept.kinds(files)
    outcome = (
        check(files, settings.today, kinds=kinds, memory=order.kept.files, told=told)
        if order.judged
        else load(files, kinds)
    )
    if outcome.plan is None or outcome.errors:
        raise SiteError(report.text(outcome))
    bodies = bodies_of(kinds)
    if order.bas:
        try:
            bas, before = proposal.base(
                root, order.bas, files.schemas, kinds, order.at, order.kept.files
            )
        except proposal.BaseError as error:
            raise SiteError(f"{report.text(error.outcome)}{words.stor(str(error))}.") from None
        made = proposal.propose(bas, before, outcome.plan, forms_of(kinds))
        settings = replace(settings, förslag=made)
    past = gather(outcome.plan, kinds, order.kept.commits(root, files, order.at))
    site = Site(outcome.plan, replace(settings, historia=past, publicerat=order.publicerat))
    return Built(outcome.plan, site, tree.site_pages(site, bodies), kinds)


def data(built: Built, again: Again | None = None) -> Iterator[tuple[str, Pieces]]:
    """Make what is published beside the pages: data, what is due, calendars, the plan as PDF.

    Files by their addresses, each made when it is asked for. `again` may know what some of it came
    to before. Raises `SiteError` where the PDF can't show a text.
    """
    again = again or Again()
    site, settings = built.site, built.site.settings
    plan, today = site.plan, settings.today
    yield "api/plan.json", api.plan_json(built.plan, again)
    yield FLÖDE, [atom.feed(site)]
    yield from _whole(again.files("täckning", lambda: tackning.files(site)))
    yield "api/att-se-over.json", [oversyn.as_json(plan, due(plan, today), today)]
    for feed in calendar.feeds(built.plan, settings.historia.ändrat, settings.address):
        yield feed.adress, [again.part(feed.adress, feed, feed.fil)]
    yield from _whole(overviews.files(site))
    try:
        pdf = again.files("pdf", lambda: {PLAN_PDF: document.of_plan(plan, built.kinds, today)})
    except document.DocumentError as error:
        raise SiteError(f"{error}.") from None
    yield from _whole(pdf)


def _whole(files: Files) -> Iterator[tuple[str, Pieces]]:
    return ((address, [raw]) for address, raw in files.items())
