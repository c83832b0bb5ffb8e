"""Where each thing's page is. Addresses are ASCII and permanent; links are relative."""

from __future__ import annotations

from typing import Final, NamedTuple

from ska.ting import Ting

#: The plan as a document.
PLAN_PDF: Final = "dokument/plan.pdf"


class Slagord(NamedTuple):
    """How a kind is named, and the folder of its pages."""

    mapp: str
    en: str  # singular, as a label
    flera: str  # plural, as a heading


SLAG: Final = {
    "plan": Slagord("planen", "Plan", "Planen"),
    "årshjul": Slagord("arshjul", "Årshjul", "Årshjulet"),
    "kapitel": Slagord("planen", "Kapitel", "Kapitel"),
    "utgåva": Slagord("utgavor", "Utgåva", "Utgåvor"),
    "nämnd": Slagord("namnder", "Nämnd", "Nämnder"),
    "förvaltning": Slagord("forvaltningar", "Förvaltning", "Förvaltningar"),
    "verksamhet": Slagord("verksamheter", "Verksamhet", "Verksamheter"),
    "avdelning": Slagord("avdelningar", "Avdelning", "Avdelningar"),
    "enhet": Slagord("enheter", "Enhet", "Enheter"),
    "utförare": Slagord("utforare", "Utförare", "Utförare"),
    "roll": Slagord("roller", "Roll", "Roller"),
    "aktivitet": Slagord("arshjul", "Aktivitet i årshjulet", "Aktiviteter"),
    "delplan": Slagord("delplaner", "Delplan", "Delplaner"),
    "metod": Slagord("metoder", "Metod", "Metoder"),
    "rutin": Slagord("rutiner", "Rutin", "Rutiner"),
    "författning": Slagord("forfattningar", "Författning", "Författningar"),
    "lagrum": Slagord("lagrum", "Lagrum", "Lagrum"),
    "begrepp": Slagord("begrepp", "Begrepp", "Ord och förkortningar"),
    "källa": Slagord("kallor", "Källa", "Källor"),
    "målområde": Slagord("malomraden", "Målområde", "Målområden"),
    "kommunmål": Slagord("kommunmal", "Kommunövergripande mål", "Kommunövergripande mål"),
    "mål": Slagord("mal", "Nämndmål", "Nämndmål"),
    "indikator": Slagord("indikatorer", "Indikator", "Indikatorer"),
    "uppdrag": Slagord("uppdrag", "Uppdrag", "Uppdrag"),
    "planering": Slagord("planering", "Avsnitt i internbudgeten", "Avsnitt i internbudgeten"),
    "internkontroll": Slagord("internkontroll", "Internkontrollplan", "Internkontrollplaner"),
    "risk": Slagord("risker", "Risk", "Risker"),
    "kontrollmoment": Slagord("kontrollmoment", "Kontrollmoment", "Kontrollmoment"),
    "avvikelser": Slagord("avvikelser", "Avvikelser", "Avvikelser"),
    "budget": Slagord("budget", "Budget", "Budget"),
    "krav": Slagord("krav", "Krav", "Krav"),
    "undantag": Slagord("undantag", "Undantag", "Undantag"),
    "upphört": Slagord("upphort", "Upphört", "Upphört"),
    "tillgänglighet": Slagord(
        "tillganglighet", "Tillgänglighetsredogörelse", "Tillgänglighetsredogörelser"
    ),
}
#: Kinds of which there is one: its page is its folder's first, without a list above it.
ENSAMMA: Final = frozenset({"plan", "årshjul", "tillgänglighet"})
#: Kinds of the organisation, which one page lists together.
ORGANISATION: Final = (
    "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll",
)  # fmt: skip
#: Kinds of the larger system that the plan stands in, which one page leads to.
SYSTEM: Final = (
    "målområde", "kommunmål", "mål", "indikator", "uppdrag", "planering", "internkontroll", "risk",
    "kontrollmoment", "avvikelser", "budget", "krav",
)  # fmt: skip
#: Fields that may name several kinds, by the schema's `x-refererar`, in the order tried.
MIXED: Final = {
    "org": ORGANISATION[:-1],
    "lag": ("lagrum", "författning"),
    "se": (*ORGANISATION[:-1], "begrepp", "metod", "roll", "rutin", "lagrum", "författning"),
    "med": ("roll", *ORGANISATION[:-1]),
}


def address(ting: Ting) -> str:
    """Give a thing's address from the site's root: `rutiner/ta-emot-klagomal/`."""
    mapp = SLAG[ting.slag].mapp
    return f"{mapp}/" if ting.slag in ENSAMMA else f"{mapp}/{ting.id}/"


def unit_address(roll: Ting, enhet: Ting) -> str:
    """Give the address of a role's page for one unit: `roller/enhetschef/mottagningen/`."""
    return f"{address(roll)}{enhet.id}/"


def source_path(address: str) -> str:
    """Give the Markdown file that becomes the page at `address`."""
    if address.count("/") == 1:
        return f"{address}index.md"
    return f"{address.rstrip('/')}.md"


def relative(target: str, base: str) -> str:
    """Lead from the page at `base` to `target`, both from the site's root."""
    return "../" * base.count("/") + target or "./"
