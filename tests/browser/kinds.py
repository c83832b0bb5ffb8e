"""One page of each kind, so that what is tried on them is tried on every template."""

from __future__ import annotations

from collections.abc import Mapping

from ska.render.addresses import SLAG
from tests import filled
from tests.building import Built

#: Kinds whose pages share a folder with others, or are none of a thing's.
OTHERS = {
    "start": "",
    "plan": "planen/",
    "årshjul": "arshjul/",
    "månad": "manaden/",
    "roll i enhet": "roller/enhetschef/mottagningen/",
    "organisation": "organisation/",
    "lagar": "lagar/",
    "källa, del för del": "kallor/ska-plan-2025/innehall/",
    "källa, ställen": "kallor/ska-plan-2025/stallen/",
    "lista": "rutiner/",
    "ordlista": "begrepp/",
    "luckor": "ej-angivet/",
    "motsägelser": "motsagelser/",
    "att se över": "att-se-over/",
    "indikatorlista": "indikatorer/",
    "kravlista": "krav/",
    "krav lag för lag": "tackning/lagar/",
    "krav enhet för enhet": "tackning/enheter/",
    "krav roll för roll": "tackning/roller/",
    "hjälp": "hjalp/lasa/",
    "kalendrar": "hjalp/kalender/",
    "regler": "regler/",
    "fältlista": "falt/",
    "fält": "falt/rutin/",
    "tillgänglighet": "tillganglighet/",
    "404": "404.html",
}
KINDS = (*OTHERS, *(slag for slag in (*filled.IDS, "indikator", "undantag") if slag not in OTHERS))
_HEAVY = 64_000  # bytes; axe takes its time on such a page, and finds the same in a smaller one


def address_of(kind: str, pages: Mapping[str, Built]) -> str:
    """Return the address of the page to try: of a thing's kind, one that holds much."""
    if kind in OTHERS:
        return OTHERS[kind]
    folder = f"{SLAG[kind].mapp}/"
    sizes = {
        at: len(page.html)
        for at, page in pages.items()
        if at.startswith(folder)
        and at.count("/") == folder.count("/") + 1
        and len(page.html) < _HEAVY
    }
    return max(sizes, key=lambda at: (sizes[at], at))
