"""A proposal on the site: what it changes, as a letter, and notices on the pages it touches."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from markupsafe import Markup

from ska import words
from ska.changes.compare import Sort
from ska.changes.formats import html
from ska.changes.report import Sak
from ska.changes.sides import Par
from ska.changes.weight import Klass
from ska.model import SAMLINGAR
from ska.namn import den
from ska.proposal import Förslag
from ska.render import headings, leder
from ska.render.addresses import SLAG, address, relative, source_path
from ska.render.gemensamt import Site
from ska.render.historik import dag
from ska.render.mallar import template
from ska.render.page import Page
from ska.render.sida import Sida
from ska.ting import Nyckel

#: Where the page with the proposal's changes is, and what it is called everywhere.
ADRESS: Final = "forslag/"
#: So many changed things can be read with both sides of each in sight.
_SHORT: Final = 10
TITEL: Final = "Ändringar i förslaget"
#: Changed things that a notice names before it only leads to all of them.
_MEST: Final = 4
_COMMIT: Final = 10


class Rad(NamedTuple):
    """A row of old and new beside each other, as the page shows it."""

    uppgift: str
    före: Markup
    efter: Markup


class Sakdel(NamedTuple):
    """One changed thing's part of the report."""

    ankare: tuple[str, ...]
    rubrik: str
    skäl: str
    berör: str
    rader: tuple[Markup, ...]
    sidor: tuple[tuple[str, tuple[Rad, ...]], ...]  # each thing's name, and its rows
    hel: bool  # the whole thing comes or goes, so only one side says anything
    länk: str
    till: str


def pages(site: Site) -> Iterator[Page]:
    """Make the page with the proposal's changes, where a proposal is shown."""
    if site.settings.förslag is None:
        return
    förslag = site.settings.förslag
    s = Sida(site, ADRESS)
    led = partial(leder.ledd, vägar=leder.vägar(_ways(s, förslag)))
    body = template("forslag.md").render(
        s=s, titel=TITEL, rapport=förslag.rapport, bas=_base(förslag),
        detalj=_detail(förslag), led=led,
        kapitel=[(name, [_part(s, förslag, sak) for sak in saker])
                 for name, saker in förslag.rapport.kapitel],
        kort=sum(len(saker) for _, saker in förslag.rapport.kapitel) <= _SHORT,
    )  # fmt: skip
    yield Page(source_path(ADRESS), TITEL, "Vad förslaget ändrar i planen, och för vem.", body)


def _ways(s: Sida, förslag: Förslag) -> Iterator[tuple[str, str]]:
    """Give what changes its part of the report, and what should be looked over its page."""
    told = {key for _, saker in förslag.rapport.kapitel for sak in saker for key in sak.nycklar}
    after = {(one.slag, one.id) for one in förslag.rapport.data.granskas}
    for ting in (*s.plan.ting(), *förslag.före.ting()):
        if ting.nyckel in told:
            yield ting.rubrik, f"#{anchor(ting.nyckel)}"
        elif ting.nyckel in after:
            yield ting.rubrik, s.till(ting)


def _base(förslag: Förslag) -> str:
    """Name what the proposal is compared with, as its readers know it: the edition and the day."""
    ram, när = förslag.före.ram, förslag.bas.när
    edition = förslag.före.utgåvor.get(ram.utgåva)
    name = f"”{edition.titel if edition else ram.titel}”"
    return f"{name} så som den var den {words.datum(dag(när))}" if när else name


def _detail(förslag: Förslag) -> str:
    """Name the same as who keeps the files knows it."""
    bas = förslag.bas
    if bas.när is None:
        return f"mappen {bas.namn}"
    version = f"version {bas.commit[:_COMMIT]} i git"
    return version if bas.commit.startswith(bas.namn) else f"{bas.namn}, {version}"


def anchor(nyckel: Nyckel) -> str:
    """Name a thing's part of the report: `andring-metod-klagomal`."""
    plain = unicodedata.normalize("NFKD", nyckel[0]).encode("ascii", "ignore").decode()
    return f"andring-{plain}-{nyckel[1]}"


def _part(s: Sida, förslag: Förslag, sak: Sak) -> Sakdel:
    light = "" if sak.klass is Klass.MATERIELL else " (redaktionell ändring)"
    alone = sak.nycklar[0] if len(sak.nycklar) == 1 else None
    ting = getattr(s.plan, SAMLINGAR[alone[0]]).get(alone[1]) if alone else None
    return Sakdel(
        tuple(anchor(key) for key in sak.nycklar),
        sak.rubrik + light,
        sak.skäl,
        _touches(förslag, sak.nycklar),
        tuple(html(line) for line in sak.rader),
        tuple(
            (_name(s.site, förslag, key), tuple(_row(par) for par in förslag.sidor[key]))
            for key in sak.nycklar
            if förslag.sidor[key] and sak.sort is not Sort.TILLAGD  # that has a page of its own
        ),
        sak.sort is not Sort.ÄNDRAD,
        s.till(ting) if ting else "",
        den(ting.slag, s.namn(ting)) if ting else "",
    )


def _row(par: Par) -> Rad:
    return Rad(par.uppgift, html(par.före), html(par.efter))


def _touches(förslag: Förslag, keys: Iterable[Nyckel]) -> str:
    """Name the roles that get or lose work by a change, and the parts of the organisation."""
    own = set(keys)
    follows = förslag.rapport.data
    roles = [
        words.liten(role.titel)
        for role in follows.roller
        if any((duty.slag, duty.id) in own for duty in (*role.får, *role.slipper))
    ]
    units = [unit.titel for unit in follows.enheter if own.intersection(unit.av)]
    return words.uppräkning([*roles, *units])


# Notices on the pages


def with_notices(site: Site, made: Iterable[Page]) -> Iterator[Page]:
    """Put a notice on each page that the proposal changes, or that shows what it changes."""
    if site.settings.förslag is None:
        yield from made
        return
    förslag = site.settings.förslag
    told = {key for _, saker in förslag.rapport.kapitel for sak in saker for key in sak.nycklar}
    own = {source_path(address(t)): t.nyckel for t in site.plan.ting() if t.nyckel in told}
    shown = _shown(site, förslag, told)
    sorts = {
        key: sak.sort
        for _, saker in förslag.rapport.kapitel
        for sak in saker
        for key in sak.nycklar
    }
    for page in made:
        key = own.get(page.path)
        others = [other for other in shown.get(page.path, ()) if other != key]
        if page.path == source_path(ADRESS) or (key is None and not others):
            yield page
            continue
        notice = _notice(site, förslag, page.path, key, sorts, others)
        yield replace(page, text=partial(_noticed, page, notice))


def _noticed(page: Page, notice: str) -> str:
    return headings.under_title(page.marked, notice)


def _notice(
    site: Site, förslag: Förslag, path: str, key: Nyckel | None, sorts: Mapping[Nyckel, Sort],
    others: list[Nyckel],
) -> str:  # fmt: skip
    here = relative(ADRESS, _at(path))
    named = [(_name(site, förslag, k), f"{here}#{anchor(k)}") for k in others[:_MEST]]
    more = len(others) - _MEST
    return template("_forslag_notis.html").render(
        ny=key is not None and sorts[key] is Sort.TILLAGD,
        egen=f"{here}#{anchor(key)}" if key else "",
        andra=[*named, (f"{words.tal(more)} till", here)] if more > 0 else named,
    )


def _at(path: str) -> str:
    """Give the address of the page that a Markdown file becomes."""
    return path.removesuffix("index.md") if path.endswith("index.md") else f"{path[:-3]}/"


def _name(site: Site, förslag: Förslag, key: Nyckel) -> str:
    for plan in (site.plan, förslag.före):
        thing = getattr(plan, SAMLINGAR[key[0]]).get(key[1])
        if thing is not None:
            return den(key[0], thing.rubrik)
    return key[1]


def _shown(site: Site, förslag: Förslag, told: set[Nyckel]) -> dict[str, list[Nyckel]]:
    """Say which pages show something that is changed, though they are another thing's, or none's.

    These are the lists, what a part stands in, the roles and units concerned, and the page on
    what has ended.
    """
    found: dict[str, dict[Nyckel, None]] = {}

    def add(at: str, key: Nyckel) -> None:
        if key in told:
            found.setdefault(source_path(at), {})[key] = None

    for key in förslag.sidor:
        add(f"{SLAG[key[0]].mapp}/", key)
        if (whole := site.helhet.get(key)) is not None:
            add(address(whole), key)
    for past in site.plan.upphörda.values():
        add(address(past), (past.sakslag, past.sak))
    follows = förslag.rapport.data
    for role in follows.roller:
        for duty in (*role.får, *role.slipper):
            for at in (f"roller/{role.id}/", *_in_units(site, role.id)):
                add(at, (duty.slag, duty.id))
    for unit in follows.enheter:
        for key in unit.av:
            add(f"{SLAG[unit.slag].mapp}/{unit.id}/", key)
    return {path: list(keys) for path, keys in found.items()}


def _in_units(site: Site, role: str) -> list[str]:
    return [f"roller/{role}/{unit}/" for unit in site.enhetssidor.get(role, ())]
