"""What stands on top of every page about the edition that it belongs to."""

from __future__ import annotations

from markupsafe import Markup

from ska import words
from ska.past.chronicle import I_KRAFT
from ska.render.gemensamt import Publicerat, Site

#: The folder of the plan in force, among the published ones.
GÄLLANDE = "gallande"


def notice(site: Site, page: str) -> Markup:
    """Say what a reader of the page at the address `page` must know; empty where nothing."""
    published = site.settings.publicerat
    if site.settings.förslag:
        said = Markup("Det här är ett förslag. Så blir planen om förslaget tas in.")
        return said + (Markup(" ") + _without(published, page) if published else Markup(""))
    if published and published.läge == "tidigare":
        held = f" {_held(site)}" if site.passed else ""
        return Markup("Du läser en tidigare utgåva.{} {}").format(held, _instead(published, page))
    if published and site.plan.ram.status not in I_KRAFT:
        return Markup("Planen är inte beslutad.")
    if site.passed:
        return Markup("{} Perioden har passerat, och ingen nyare plan finns här.").format(
            _held(site)
        )
    return Markup("")


def _held(site: Site) -> str:
    ram = site.plan.ram
    held = "Vi läser planen som att den gällde" if ram.periodens_grund else "Planen gällde"
    return f"{held} till och med {words.datum(ram.gäller_till)}."


def _instead(published: Publicerat, page: str) -> Markup:
    """Lead to the same page of the plan in force, or say that there is none."""
    there = page in published.i_kraft
    link = published.väg(f"{GÄLLANDE}/{page if there else ''}", page)
    said = "Läs samma sida i" if there else "Sidan finns inte i"
    return Markup('{} <a href="{}">{}</a>.').format(said, link, published.gällande)


def _without(published: Publicerat, page: str) -> Markup:
    """Lead from a proposal to the same page of the plan that it would change."""
    there = page in published.i_kraft
    link = published.väg(f"{GÄLLANDE}/{page if there else ''}", page)
    said = "Läs samma sida" if there else "Sidan är ny. Läs planen"
    return Markup('<a href="{}">{} utan förslaget</a>.').format(link, said)
