"""The plan's facts in Swedish words: dates, months, how often, what holds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import zip_longest
from typing import Final

from ska.ting import (
    EJ_ANGIVET,
    Frekvens,
    Genomförs,
    Inom,
    Källa,
    Lagrum,
    Månad,
    Rapporteras,
    Sammanträdestid,
    Säsong,
    Utgåva,
)

MÅNADER: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_FÖRSTA: Final = (
    "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip
_BESTÄMD: Final = {
    "vecka": "i veckan", "månad": "i månaden", "kvartal": "i kvartalet",
    "termin": "per termin", "år": "om året",
}  # fmt: skip
_VARJE: Final = {
    "vecka": "varje vecka", "månad": "varje månad", "kvartal": "varje kvartal",
    "termin": "varje termin", "år": "varje år",
}  # fmt: skip
_OFTA: Final = {
    "löpande": "löpande",
    "återkommande": "flera gånger om året",
    "enligt_plan": "enligt en särskild plan",
    "vid_behov": "vid behov",
    "ej_angivet": "ej angivet",
}
_FLERTAL: Final = {
    "dag": "dagar", "arbetsdag": "arbetsdagar", "vecka": "veckor", "månad": "månader", "år": "år",
}  # fmt: skip
#: A routine's status.
STATUS: Final = {
    "gällande": "Gäller",
    "återgiven": "Återgiven ur källa",
    "utkast": "Utkast",
    "upphörd": "Gäller inte",
}
EJ_ANGIVET_ORD: Final = "ej angivet"
_SIST: Final = str.maketrans("åäöéü", "{|}eu")


def datum(value: date | Månad | str | None) -> str:
    """Word a date, a month or `ej_angivet`: ”1 januari 2025”, ”november 2024”."""
    if isinstance(value, Månad):
        return månad(value)
    if isinstance(value, date):
        return f"{value.day} {MÅNADER[value.month - 1]} {value.year}"
    return EJ_ANGIVET_ORD


def klockan(value: Sammanträdestid) -> str:
    """Word hours of the day: ”klockan 13.30–16.00”."""
    return f"klockan {value.börjar}–{value.slutar}".replace(":", ".")


def period(first: date, last: date) -> str:
    """Word a period of days: ”1 januari–31 december 2025”."""
    begins = f"{first.day} {MÅNADER[first.month - 1]}" if first.year == last.year else datum(first)
    return f"{begins}–{datum(last)}"


def gällde(first: date | str, last: date | str) -> str:
    """Word a period that may have an end or both unknown: ”från 1 januari 2025”."""
    if isinstance(first, date) and isinstance(last, date):
        return period(first, last)
    if isinstance(first, date):
        return f"från {datum(first)}"
    return f"till {datum(last)}" if isinstance(last, date) else EJ_ANGIVET_ORD


def angivet(value: object) -> str:
    """Word a value that may be `ej_angivet`."""
    return EJ_ANGIVET_ORD if value == EJ_ANGIVET else str(value)


def månad(value: Månad) -> str:
    """Word a month with its year: ”mars 2025”."""
    return f"{MÅNADER[value.månad - 1]} {value.år}"


def månader(values: tuple[Månad, ...]) -> str:
    """Word several months, with the year once: ”februari, maj och september 2025”."""
    parts = [
        MÅNADER[value.månad - 1] if later and later.år == value.år else månad(value)
        for value, later in zip_longest(values, values[1:])
    ]
    return uppräkning(parts)


def tal(number: int) -> str:
    """Word a small number: ”fyra”; figures from thirteen on."""
    return _FÖRSTA[number - 1] if 1 <= number <= len(_FÖRSTA) else str(number)


def uppräkning(parts: list[str] | tuple[str, ...], last: str = "och") -> str:
    """Join words as Swedish does: ”a, b och c”."""
    return (
        f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    )


def frekvens(value: Frekvens) -> str:
    """Word how often: ”minst fyra gånger om året”."""
    if value.typ != "antal" or value.antal is None or value.per is None:
        return _OFTA[value.typ]
    if value.antal == 1 and value.gräns == "exakt":
        words = _VARJE[value.per]
    else:
        limit = "" if value.gräns == "exakt" else f"{value.gräns} "
        times = "gång" if value.antal == 1 else "gånger"
        words = f"{limit}{tal(value.antal)} {times} {_BESTÄMD[value.per]}"
    return f"{words}, utom {value.utom}" if value.utom else words


def säsong(value: Säsong) -> str:
    """Word a season: ”på hösten, fyra veckor”."""
    seasons = {"vår": "på våren", "sommar": "på sommaren", "höst": "på hösten",
               "vinter": "på vintern"}  # fmt: skip
    parts = [seasons[value.årstid]] if value.årstid else []
    parts += [f"i {uppräkning(value.månader)}"] if value.månader else []
    parts += [value.längd] if value.längd else []
    return ", ".join(parts)


def rapporteras(value: Rapporteras) -> str:
    """Word when an activity is reported to the board."""
    if value.typ == "månad" and value.månad:
        return månad(value.månad)
    if value.typ == "varje_sammanträde":
        return "varje sammanträde"
    if value.typ == EJ_ANGIVET:
        return EJ_ANGIVET_ORD
    return f"enligt {liten(value.plan)}" if value.plan else "enligt en särskild plan"


def genomförs(value: Genomförs) -> str:
    """Word when the work is done: ”december 2024–januari 2025”, ”löpande under 2024”."""
    if value.från and value.till:
        if value.från == value.till:
            return månad(value.från)
        if value.från.år == value.till.år:
            return f"{MÅNADER[value.från.månad - 1]}–{månad(value.till)}"
        return f"{månad(value.från)}–{månad(value.till)}"
    if value.typ == "löpande":
        return f"löpande under {value.år}" if value.år else "löpande"
    if value.typ == EJ_ANGIVET:
        return EJ_ANGIVET_ORD
    return "återkommande under året"


def inom(value: Inom | str) -> str:
    """Word a time limit: ”inom 2 arbetsdagar”; empty when the source gives none."""
    if isinstance(value, str):
        return ""
    unit = value.enhet if value.antal == 1 else _FLERTAL[value.enhet]
    return f"inom {value.antal} {unit}"


def paragraf(value: Lagrum) -> str:
    """Word where in a statute a provision stands: ”4 kap. 3 §”, ”14 kap. 3–7 §§”."""
    parts = [f"{value.kapitel} kap."] if value.kapitel else []
    if value.paragraf:
        parts.append(f"{value.paragraf} {'§§' if '–' in value.paragraf else '§'}")
    return " ".join(parts)


def åren(first: int | None, last: int | None) -> str:
    """Word the years in which something holds: ”2019–2022”, ”från 2024”; empty when not known."""
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    return f"från {first}" if first else f"till och med {last}" if last else ""


def innehåll(källa: Källa) -> str:
    """Say how many parts of a document the plan holds, and how many it leaves out."""
    parts = källa.innehåll
    both = sum(bool(part.finns_i and part.utelämnat) for part in parts)
    kept = sum(bool(part.finns_i) for part in parts) - both
    left = len(parts) - kept - both
    counts = ((kept, "finns här"), (both, "finns här till en del"), (left, "har utelämnats"))
    said = uppräkning([f"{count} {what}" for count, what in counts if count])
    return f"{len(parts)} {'del' if len(parts) == 1 else 'delar'}: {said}"


def ordning(text: str) -> str:
    """Give the key that sorts as Swedish does: å, ä, ö last, in that order."""
    return text.casefold().translate(_SIST)


def ascii_ord(text: str) -> str:
    """Spell a few words for an address: ”inte kontrollerad” becomes `inte-kontrollerad`."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))


def liten(text: str) -> str:
    """Begin with a small letter, as inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def stor(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def återgiven(edition: Utgåva) -> str:
    """Say of an edition that is retold where its original is."""
    if edition.beslut.datum == EJ_ANGIVET:
        return (
            "Återgiven med egna ord. Källan säger inte när nämnden beslutade; fråga registratorn "
            "efter originalet."
        )
    return "Återgiven med egna ord; originalet är den beslutade planen med nämndens protokoll."
