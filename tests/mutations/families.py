"""Which family each rule belongs to, so that a finding counts only where it is the right one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Family -> its rules, also those that the reader and the schemas apply.
FAMILIES: Final[Mapping[str, frozenset[str]]] = {
    "Läsning": frozenset(
        {
            "ankare",
            "direktiv",
            "dubbelt-falt",
            "flera-dokument",
            "for-djup",
            "for-manga-accenter",
            "for-manga-varden",
            "for-stor-fil",
            "forvanskad-text",
            "git-konflikt",
            "hart-mellanslag",
            "ihopslagen-rad",
            "inte-falt",
            "inte-textfil",
            "inte-utf8",
            "inte-vanlig-fil",
            "inte-yaml",
            "oavslutad-text",
            "otillatet-tecken",
            "otydligt-varde",
            "sammansatt-falt",
            "tabb",
            "tagg",
            "tappad-text",
            "tappat-stycke",
            "tom-fil",
            "tomt-falt",
        }
    ),
    "Form": frozenset(
        {
            "fel-antal",
            "fel-form",
            "fel-typ",
            "fel-val",
            "for-manga-fel",
            "okand-fil",
            "okant-falt",
            "saknad-fil",
            "saknat-falt",
        }
    ),
    "Identitet": frozenset(
        {
            "dubbelt-id",
            "forsvunnet-id",
            "id-hos-annan-namnd",
            "id-inte-filnamn",
            "upphort-ersatt-av-okant",
            "upphort-finns-kvar",
        }
    ),
    "Hänvisningar": frozenset(
        {
            "ersatt-av-sig-sjalv",
            "framtida-lag",
            "hanvisning-till-upphord",
            "oanvand",
            "okand-hanvisning",
            "okand-sak-i-innehall",
            "okand-sak-i-motivering",
            "tvetydig-hanvisning",
        }
    ),
    "Tid": frozenset(
        {
            "omvand-period",
            "rapport-fore-arbete",
            "rapport-utan-sammantrade",
            "sasong-mot-period",
            "utanfor-arshjulets-ar",
            "utgavor-lucka",
            "utgavor-overlappar",
        }
    ),
    "Frekvens": frozenset({"frekvens-mot-arshjul", "frekvens-olika"}),
    "Ansvar": frozenset(
        {
            "arbete-utan-roll",
            "enhet-i-tva-delplaner",
            "enhet-utan-delplan",
            "roll-utan-arbete",
            "rutin-utan-agare",
            "steg-utan-utforare",
        }
    ),
    "Täckning": frozenset(
        {
            "aktivitet-utan-grund",
            "aterkoppling-utan-aktivitet",
            "krav-bara-av-upphort",
            "krav-utan-uppfyllelse",
            "rutin-utan-grund",
            "uppfyller-motsags",
        }
    ),
    "Lag": frozenset(
        {
            "ersatt-av-upphavd-lag",
            "ersatt-men-inte-upphavd",
            "ersatt-stammer-inte",
            "lag-ej-kontrollerad",
            "lag-utan-id",
            "lydelse-ej-kontrollerad",
            "okand-forfattning",
            "upphavd-lag",
            "upphavd-utan-ersattning",
        }
    ),
    "Länkar": frozenset(
        {
            "behover-ses-over",
            "granskad-av-okand-roll",
            "granskning-tva-ganger",
            "granskning-utan-lank",
            "lank-ej-inskriven",
        }
    ),
    "Delar och helhet": frozenset(
        {
            "aret-fore-skiljer",
            "helhet-utanfor-delarna",
            "okand-del",
            "ruta-saknas",
            "summa-stammer-inte",
            "tva-varden",
            "varde-utan-tal",
        }
    ),
    "Mål": frozenset(
        {
            "indikator-utan-mal",
            "mal-ej-natt-utan-analys",
            "mal-mot-riktning",
            "mal-samre-an-utfall",
            "mal-utan-indikator",
            "mal-vander",
        }
    ),
    "Rutiner": frozenset(
        {
            "ersatt-av-inget",
            "helt-med-brister",
            "redogorelse-inaktuell",
            "rutin-att-se-over",
            "rutin-galler-senare",
            "rutin-utan-beslut",
        }
    ),
    "Risk": frozenset({"fel-riskvarde", "kontroll-ofullstandig", "risk-utan-kontroll"}),
    "Beslut": frozenset(
        {
            "beslut-ofullstandigt",
            "beslutat-andrat",
            "manifest-utan-beslut",
            "beslutsdatum-i-oordning",
            "planen-skiljer-fran-utgavan",
            "upphavd-utan-dag",
        }
    ),
    "Godkännande": frozenset({"mapp-utan-agare", "oklar-agarrad"}),
    "Integritet": frozenset({"for-litet-antal", "kontaktuppgift", "personnummer"}),
    "Språk": frozenset(
        {"avradd-form", "for-lang-mening", "oforklarad-forkortning", "ovisbart-tecken"}
    ),
    "Undantag": frozenset(
        {"undantag-oanvant", "undantag-okand-regel", "undantag-okand-sak", "undantag-utgatt"}
    ),
}
