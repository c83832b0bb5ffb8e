"""The year in a document: the wheel as a picture with its words, and the table that says it all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import jinja2

from ska import words
from ska.documents import blocks
from ska.documents.blocks import Block
from ska.model import Plan
from ska.render.aret import Nyckel
from ska.render.arsdata import Årsdata
from ska.render.names import Names
from ska.render.wheels.wheel import Ritning
from ska.ting import EJ_ANGIVET, Aktivitet

_TEMPLATES: Final = Path(__file__).parent / "templates"


def year(plan: Plan, level: int) -> Iterator[Block]:
    """Yield the wheel, the table and the notes, below a heading at `level`."""
    årsdata, wheel = Årsdata(plan), plan.årshjul
    things = årsdata.i_ordning
    yield blocks.rubrik(level, f"Året {wheel.år}")
    yield from blocks.fakta([
        ("Sammanträden", _meetings(plan)),
        ("Sammanträdena hålls",
         words.klockan(wheel.sammanträdestid) if wheel.sammanträdestid else ""),
    ])  # fmt: skip
    if wheel.anmärkning:
        yield from blocks.text(wheel.anmärkning)
    if not things:
        return
    drawing = årsdata.ritning(things)
    yield blocks.bild(
        _svg(årsdata, drawing),
        _alt(årsdata, drawing),
        f"{wheel.titel} som ett hjul. Numren är desamma som i tabellen.",
    )
    yield _table(årsdata)
    notes = [(a, a.anmärkning) for a in things if a.anmärkning]
    if notes:
        yield blocks.rubrik(level + 1, "Anmärkningar till aktiviteterna")
        for aktivitet, note in notes:
            name = f"{årsdata.nummer[aktivitet.id]}. {aktivitet.titel}"
            yield blocks.stycke(blocks.bit(name, "fet"))
            yield from blocks.text(note)


def _meetings(plan: Plan) -> str:
    days = plan.årshjul.sammanträden
    return (
        words.EJ_ANGIVET_ORD
        if days == EJ_ANGIVET
        else words.uppräkning([words.datum(day) for day in days])
    )


def _nyckel(årsdata: Årsdata) -> list[Nyckel]:
    found = {(årsdata.stil(a), årsdata.gäller(a)) for a in årsdata.i_ordning}
    return [Nyckel(*pair) for pair in sorted(found)]


def _alt(årsdata: Årsdata, drawing: Ritning) -> str:
    """Say what the picture shows; all its facts stand in the table after it."""
    drawn = {one.insats.id for one in drawing.ritade}
    left = [str(årsdata.nummer[a.id]) for a in årsdata.i_ordning if a.id not in drawn]
    whose = words.uppräkning([key.namn for key in _nyckel(årsdata)])
    said = [
        f"Årshjul för {årsdata.plan.årshjul.år} med {len(drawn)} aktiviteter.",
        "Året börjar överst och går medurs. Ytterst står månaderna, innanför dem det som "
        "rapporteras till nämnden, med nummer i sin månad. Innerst visar band när arbetet görs.",
        f"Mönster skiljer dem åt som aktiviteten gäller: {whose}.",
        f"Utan månad, och därför inte i hjulet: nummer {words.uppräkning(left)}." if left else "",
        "Tabellen efter bilden säger samma sak i ord.",
    ]
    return " ".join(filter(None, said))


def _svg(årsdata: Årsdata, drawing: Ritning) -> str:
    other = any(band.annat_år for one in drawing.ritade for band in one.band)
    return _template().render(
        r=drawing,
        år=årsdata.plan.årshjul.år,
        månader=[month[:3] for month in words.MÅNADER],
        nyckel=_nyckel(årsdata),
        annat=other,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("dokument_hjul.svg")


def _table(årsdata: Årsdata) -> Block:
    names = Names(årsdata.plan)

    def row(aktivitet: Aktivitet) -> list[list[Block]]:
        who = names.namn("roll", aktivitet.ansvariga) or names.namn("org", aktivitet.utförs_av)
        return [
            blocks.rad(str(årsdata.nummer[aktivitet.id])),
            blocks.rad(aktivitet.titel),
            [*blocks.rad(words.stor(words.rapporteras(aktivitet.rapporteras))),
             *(block for said in _own(årsdata.plan, aktivitet) for block in blocks.rad(said))],
            blocks.rad(words.stor(words.genomförs(aktivitet.genomförs))),
            blocks.rad(who or words.stor(words.EJ_ANGIVET_ORD)),
            blocks.rad(årsdata.gäller(aktivitet)),
        ]  # fmt: skip

    return blocks.tabell(
        "Aktiviteterna i årets ordning, med samma nummer som i hjulet",
        [("Nr", 0.5), ("Aktivitet", 3), ("Rapporteras", 1.9), ("Arbetet görs", 1.9),
         ("Ansvarar", 2), ("Gäller", 1.5)],
        [row(aktivitet) for aktivitet in årsdata.i_ordning],
    )  # fmt: skip


def _own(plan: Plan, aktivitet: Aktivitet) -> list[str]:
    """Give the months of those who report in other months than the rest."""
    return [
        f"{plan.verksamheter[own.verksamhet].kortnamn}: {words.månader(own.månader)}"
        for own in aktivitet.rapporteras.avvikande
    ]
