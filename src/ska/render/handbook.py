"""What a hand-written page in docs/ can say about the plan: `{{ antal("rutiner") }}`.

Each function takes the site first; `macros.py` fills it in. Text from plan/ comes out as text,
wherever on the page it is put.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup

from ska import words
from ska.render import start as startsidan
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.rich import neutral
from ska.render.sida import Sida


def antal(site: Site, samling: str) -> int:
    """Count the things of a kind, by the name of its collection: `antal("rutiner")`."""
    things: dict[str, Any] = getattr(site.plan, samling)
    return len(things)


def plan_titel(site: Site) -> Markup:
    """Give the plan's title."""
    return neutral(site.plan.ram.titel)


def nämnd(site: Site) -> Markup:
    """Give the board's name."""
    return neutral(site.plan.nämnder[site.plan.ram.nämnd].namn)


def period(site: Site) -> str:
    """Word the plan's period: ”1 januari–31 december 2025”."""
    return words.period(site.plan.ram.gäller_från, site.plan.ram.gäller_till)


def utgåva(site: Site) -> Markup:
    """Say which edition this is, whether it holds, and where the original is."""
    return neutral(site.edition_words)


def start(site: Site) -> Markup:
    """Render the start page's overview: the year, the roles, the plan."""
    made = template("start.html").render(s=Sida(site, ""), start=startsidan)
    return Markup(made)  # noqa: S704 - made by an autoescaping template


def kalendrar(site: Site) -> Markup:
    """List every calendar that holds something, by what it belongs to."""
    s = Sida(site, "hjalp/kalender/")
    made = template("kalendrar.html").render(s=s, kalendrar=site.kalenderlista)
    return Markup(made)  # noqa: S704 - made by an autoescaping template


FUNCTIONS: Final[tuple[Callable[..., Any], ...]] = (
    antal,
    plan_titel,
    nämnd,
    period,
    utgåva,
    start,
    kalendrar,
)
