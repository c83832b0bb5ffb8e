"""Pages about many things: lists, the larger system, the glossary, gaps and contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Final

from ska import words
from ska.model import SAMLINGAR
from ska.render.addresses import SLAG, relative, source_path
from ska.render.gemensamt import Site
from ska.render.lists import listor
from ska.render.lists.alla_listor import LEADS, listsidor
from ska.render.lists.luckor import Titles, contradictions_page, gaps
from ska.render.mallar import template
from ska.render.page import Page, accounted
from ska.render.sida import Sida


def overviews(site: Site, titles: Titles) -> Iterator[Page]:
    """Make every page that lists or sums up. `titles` are the fields' words, by kind and path."""
    for listed in listsidor(site).values():
        yield from listor.pages(listed)
    yield _system(site)
    yield _glossary(site)
    yield accounted(site, partial(gaps, titles))
    yield accounted(site, contradictions_page)


def files(site: Site) -> dict[str, bytes]:
    """Make the files with all rows of the lists that are longer than one page."""
    made = ((at, listor.rows_file(listed)) for at, listed in listsidor(site).items())
    return {listor.rows_address(at): rows for at, rows in made if rows is not None}


#: What a reader comes to the larger system to know, and the kinds that answer.
QUESTIONS: Final = (
    ("Vad ska nämnden nå?", ("mål", "kommunmål", "målområde")),
    ("Nås målen?", ("indikator",)),
    ("Vad ska nämnden göra?", ("uppdrag", "planering")),
    ("Vad kan gå fel, och hur kontrolleras det?", ("internkontroll", "kontrollmoment", "risk")),
    ("Vad har gått fel?", ("avvikelser",)),
    ("Vad får det kosta?", ("budget",)),
    ("Vad kräver lagen?", ("krav",)),
)


def _system(site: Site) -> Page:
    """Lead to the lists of the larger system: goals, assignments, control, money."""
    at, title = "styrning/", "Mål och styrning"
    lead = (
        "Det som styr arbetet vid sidan av planen: mål, uppdrag, kontroll, avvikelser och pengar."
    )
    answers = [
        (question, [
            (SLAG[slag].flera, relative(f"{SLAG[slag].mapp}/", at), count)
            for slag in kinds
            if (count := len(getattr(site.plan, SAMLINGAR[slag])))
        ])
        for question, kinds in QUESTIONS
    ]  # fmt: skip
    body = template("styrning.md").render(
        s=Sida(site, at), titel=title, ingress=lead,
        frågor=[(question, lists) for question, lists in answers if lists],
    )  # fmt: skip
    return Page(source_path(at), title, lead, body)


def _glossary(site: Site) -> Page:
    word = SLAG["begrepp"]
    at = f"{word.mapp}/"
    entries = sorted(site.plan.begrepp.values(), key=lambda entry: words.ordning(entry.term))
    letters = [(letter, list(group)) for letter, group in groupby(
        entries, key=lambda entry: entry.term[0].upper()
    )]  # fmt: skip
    lead = LEADS["begrepp"]
    body = template("ordlista.md").render(
        s=Sida(site, at), titel=word.flera, ingress=lead, bokstäver=letters
    )
    return Page(source_path(at), word.flera, lead, body)
