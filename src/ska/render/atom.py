"""A feed (Atom, RFC 4287) of what is decided and what is changed in plans in force.

Made from the plan's register and its history; without git only from the register. Same input,
same bytes: no clock, and nothing of who made a commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from ska import words
from ska.changes.compare import Sort
from ska.changes.formats import html
from ska.changes.ord import antal
from ska.changes.report import Sak
from ska.changes.weight import Klass
from ska.model import SAMLINGAR
from ska.past.chronicle import Steg
from ska.reads import apart, shared
from ska.render.addresses import address
from ska.render.calendars.ics import TIDSZON
from ska.render.gemensamt import Site
from ska.render.historik import FLÖDE
from ska.ting import Nyckel, Utgåva

_ATOM: Final = "http://www.w3.org/2005/Atom"
#: A reader asks again and again: no more than it would show.
_MEST: Final = 50
#: Things told of one occasion; the rest are counted.
_SAKER: Final = 20
#: From when a tag: address (RFC 4151) is ours to give. Never changed: it is in every id.
_ÅR: Final = "2025"
#: Names nobody where the site's own address isn't known (RFC 2606).
_INGEN: Final = "ska.invalid"


class Post(NamedTuple):
    """One entry: what its id ends with, when, its title, its sort, what it says, where it leads.

    `kort` is a title for a list, which names something also where many things change at once,
    and `sida` where that leads: to what it names. `slag` are the kinds that change; none for a
    decision.
    """

    id: str
    när: datetime
    titel: str
    sort: str
    text: Markup
    adress: str
    kort: str = ""
    sida: str = ""
    slag: frozenset[str] = frozenset()


def feed(site: Site) -> bytes:
    """Make the file."""
    plan, base = site.plan, site.settings.address.rstrip("/")
    own = f"tag:{urlsplit(base).hostname or _INGEN},{_ÅR}:"
    posts = poster(site)[:_MEST]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "sv"})
    _text(root, "id", f"{own}andringar")
    _text(root, "title", f"Beslut och ändringar: {plan.ram.titel}")
    newest = posts[0].när if posts else _midnight(plan.ram.gäller_från)
    _text(root, "updated", _stamp(newest))
    _text(ET.SubElement(root, "author"), "name", plan.nämnder[plan.ram.nämnd].rubrik)
    if base:
        kind = "application/atom+xml"
        ET.SubElement(root, "link", rel="self", type=kind, href=f"{base}/{FLÖDE}")
        ET.SubElement(root, "link", rel="alternate", href=f"{base}/utgavor/")
    for post in posts:
        entry = ET.SubElement(root, "entry")
        _text(entry, "id", f"{own}{post.id}")
        _text(entry, "title", post.titel)
        _text(entry, "updated", _stamp(post.när))
        ET.SubElement(entry, "category", term=post.sort)
        if base:
            ET.SubElement(entry, "link", rel="alternate", href=f"{base}/{post.adress}")
        _text(entry, "content", str(post.text)).set("type", "html")
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


@apart
@shared
def poster(site: Site) -> tuple[Post, ...]:
    """Every entry, the newest first."""
    return tuple(sorted(_posts(site), key=lambda post: (post.när, post.id), reverse=True))


def _text(above: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(above, name)
    made.text = text
    return made


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(TIDSZON))


def _posts(site: Site) -> Iterator[Post]:
    for edition in site.plan.utgåvor.values():
        yield from _register(site, edition)
    stood = ""
    for step in site.historia.krönika.i_kraft:
        yield _step(site, step, step.utgåva != stood)
        stood = step.utgåva


def _register(site: Site, edition: Utgåva) -> Iterator[Post]:
    """Tell the decision on an edition, and the mending of it that somebody was allowed to do."""
    decision = edition.beslut
    if isinstance(decision.datum, date) and edition.typ != "förslag":
        place = [words.angivet(part) for part in (decision.paragraf, decision.dnr)]
        known = ", ".join(part for part in place if part != words.EJ_ANGIVET_ORD)
        said = f"{words.angivet(decision.organ)} beslutade den {words.datum(decision.datum)}"
        said += f" ({known})." if known else "."
        yield Post(
            f"beslut:{edition.id}", _midnight(decision.datum), f"Beslut: {edition.titel}",
            "beslut", _paragraph(said), address(edition),
        )  # fmt: skip
    for mended in edition.redaktionella:
        role = site.plan.roller.get(mended.roll)
        said = f"{' '.join(mended.vad.split())} ({role.titel if role else mended.roll})"
        yield Post(
            f"rattelse:{mended.sha256}", _midnight(mended.datum),
            f"Redaktionell ändring: {edition.titel}", Klass.REDAKTIONELL.value,
            _paragraph(said), address(edition),
        )  # fmt: skip


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _step(site: Site, step: Steg, new: bool) -> Post:
    found = sorted(step.saker.items(), key=lambda pair: pair[1].klass is not Klass.MATERIELL)
    saker = [sak for _, sak in found]
    light = all(sak.klass is Klass.REDAKTIONELL for sak in saker)
    edition = site.plan.utgåvor.get(step.utgåva)
    if new:
        said = f"Ny utgåva här: {edition.titel if edition else step.utgåva}"
    elif len(saker) == 1:
        said = saker[0].rubrik + (" ändras" if saker[0].sort is Sort.ÄNDRAD else "")
    else:
        said = f"{words.stor(words.tal(len(saker)))} saker ändras"
    return Post(
        f"andring:{step.commit}", step.när,
        f"Redaktionell ändring: {words.liten(said)}" if light else said,
        (Klass.REDAKTIONELL if light else Klass.MATERIELL).value,
        _told(saker), address(edition) if edition else "utgavor/",
        _short(saker) if not new else "", _page(site, found[0][0]) if not new else "",
        frozenset(slag for slag, _ in step.saker),
    )  # fmt: skip


def _short(saker: Sequence[Sak]) -> str:
    """Name the first of several things, and count the rest."""
    rest = len(saker) - 1
    changes = " ändras" if saker[0].sort is Sort.ÄNDRAD else ""
    return f"{saker[0].rubrik} och {antal(rest, 'sak', 'saker')} till{changes}" if rest else ""


def _page(site: Site, key: Nyckel) -> str:
    """Give the address of a thing's own page; empty where it has none any more."""
    thing = getattr(site.plan, SAMLINGAR[key[0]]).get(key[1]) if key[0] in SAMLINGAR else None
    return address(thing) if thing else ""


def _told(saker: Iterable[Sak]) -> Markup:
    every = list(saker)
    told = Markup("").join(
        Markup("<h3>{}</h3>{}{}").format(
            sak.rubrik,
            _paragraph(f"Skäl: {' '.join(sak.skäl.split())}") if sak.skäl else "",
            Markup("<ul>{}</ul>").format(
                Markup("").join(Markup("<li>{}</li>").format(html(line)) for line in sak.rader)
            )
            if sak.rader
            else "",
        )
        for sak in every[:_SAKER]
    )
    left = len(every) - _SAKER
    return told + (_paragraph(f"Och {words.tal(left)} till.") if left > 0 else escape(""))
