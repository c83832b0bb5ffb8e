"""The templates, and what all of them may use."""

from __future__ import annotations

import unicodedata
from functools import cache

import jinja2

from ska import matt, words
from ska.render import brev, headings, historik, indikatorer, systemet, tackning
from ska.render.compiled import Compiled
from ska.render.diagrams import charts, indikatorbild, staplar
from ska.ting import HÖG_RISK


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ska.render"),
        autoescape=True,
        bytecode_cache=Compiled("sidor"),
        auto_reload=False,  # asks the disk for each template of each page
        extensions=[headings.Marking],
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        indikatorer=indikatorer,
        staplar=staplar,
        diagram=charts.svg,
        bild=indikatorbild.bild,
        historik=historik,
        täckning=tackning,
        brev=brev,
    )
    environment.filters.update(
        datum=words.datum,
        angivet=words.angivet,
        månad=words.månad,
        frekvens=words.frekvens,
        säsong=words.säsong,
        rapporteras=words.rapporteras,
        genomförs=words.genomförs,
        inom=words.inom,
        klockan=words.klockan,
        tal=words.tal,
        paragraf=words.paragraf,
        period=matt.period,
        värde=matt.värde,
        saknar_analys=systemet.saknar_analys,
        cell=matt.cell,
        matris=systemet.matris,
        uppräkning=words.uppräkning,
        stor=words.stor,
        liten=words.liten,
        månader=words.månader,
        ascii=_ascii,
    )
    environment.globals["hög"] = HÖG_RISK
    return environment


@cache
def template(name: str) -> jinja2.Template:
    """Load a page's template."""
    return _environment().get_template(name)
