"""Pages of the year that are no thing's own: the month, and a role's in each of its units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ska.render.addresses import address, source_path, unit_address
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page, accounted
from ska.render.sida import Sida
from ska.sok.index import Träff


def month_page(site: Site) -> Page:
    """Make the page of the month: all twelve, of which the reader's is shown."""
    body = partial(template("manaden.md").render, s=Sida(site, "manaden/"))
    lead = "Vad som rapporteras till nämnden nu, vad som pågår och vad som kommer."
    return Page("manaden/index.md", "Den här månaden", lead, body, way=("arshjul/",), wide=True)


def unit_pages(site: Site) -> Iterator[Page]:
    """Render the pages of roles in units where less than the whole is theirs."""
    for id, units in site.enhetssidor.items():
        for unit in units:
            yield accounted(site, _unit_page, id, unit)


def _unit_page(site: Site, role: str, unit: str) -> Page:
    roll, enhet = site.plan.roller[role], site.plan.enheter[unit]
    at = unit_address(roll, enhet)
    sida = Sida(site, at)
    title = f"{roll.titel}, {enhet.namn}"
    way = [("Organisation", "organisation/"), ("Roller", "roller/"), (roll.titel, address(roll))]
    body = partial(
        template("roll_enhet.md").render, s=sida, titel=title, roll=roll, enhet=enhet,
        a=site.enhetssidor[role][unit],
        bakåt=[(name, sida.länk(target)) for name, target in way],
    )  # fmt: skip
    return Page(
        source_path(at), title, f"Roll i en enhet: {title}", body, roll.spår.document.file,
        way=("organisation/", "roller/"),
        träff=Träff("Roll i en enhet", enhet=enhet.namn, vikt=0.5),
    )  # fmt: skip
