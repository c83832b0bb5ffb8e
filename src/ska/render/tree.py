"""A plan to all its pages, and to the tree of Markdown files that any site generator builds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from markupsafe import escape

from ska.model import Plan
from ska.render import att_se_over, forslag, kravsidor, undersidor
from ska.render.arssidor import month_page, unit_pages
from ska.render.gemensamt import Settings, Site
from ska.render.lists.overviews import overviews
from ska.render.manual import field_pages, rule_page, titles
from ska.render.page import Page, accounted, thing_page
from ska.render.utgavor import change_pages


def pages(plan: Plan, schemas: Mapping[str, Any], settings: Settings) -> dict[str, Page]:
    """Render every page of a plan, by the path of its Markdown file, sorted.

    `schemas` are the schemas' bodies by name, every reference written out; the field pages
    are made from them.
    """
    return site_pages(Site(plan, settings), schemas)


def site_pages(site: Site, schemas: Mapping[str, Any]) -> dict[str, Page]:
    """Render every page of a site that is made already; see `pages`."""
    plan = site.plan
    made = [accounted(site, thing_page, ting) for ting in plan.ting()]
    made += overviews(site, titles(schemas))
    made += field_pages(site, schemas)
    made += unit_pages(site)
    made += change_pages(site)
    made += kravsidor.pages(site)
    made += undersidor.pages(site)
    alone = (month_page, rule_page, att_se_over.page)
    made += [accounted(site, page) for page in alone]
    made += forslag.pages(site)
    made = list(forslag.with_notices(site, made))
    return {page.path: page for page in sorted(made, key=lambda page: page.path)}


def markdown(page: Page) -> str:
    """Give a page's whole file: front matter, written by a YAML dumper, then its Markdown."""
    matter = yaml.safe_dump(front_matter(page), allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{matter}---\n\n{page.body}\n"


def front_matter(page: Page) -> dict[str, Any]:
    """Give a page's title and description. MkDocs prints both without escaping."""
    return {
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        **({"hide": ["toc"]} if page.wide else {}),
    }
