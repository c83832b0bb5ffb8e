"""What things are called inside a Swedish sentence."""

from __future__ import annotations

from typing import Final

#: Kinds of which a definite form is irregular; the others take -en: ”metoden”.
BESTÄMT: Final = {
    "plan": "planen", "årshjul": "årshjulet", "kapitel": "kapitlet", "utgåva": "utgåvan",
    "utförare": "utföraren", "källa": "källan", "målområde": "målområdet", "lagrum": "lagrummet",
    "kommunmål": "det kommunövergripande målet", "indikator": "indikatorn", "mål": "nämndmålet",
    "uppdrag": "uppdraget", "kontrollmoment": "kontrollmomentet", "begrepp": "ordet",
    "krav": "kravet", "avvikelser": "redovisningen", "undantag": "undantaget",
    "upphört": "uppgiften om det upphörda", "planering": "avsnittet",
    "internkontroll": "internkontrollplanen", "delplan": "delplanen",
    "tillgänglighet": "tillgänglighetsredogörelsen",
}  # fmt: skip


def den(slag: str, namn: str) -> str:
    """Name a thing as a sentence does: ”metoden ”Klagomål””."""
    return f"{BESTÄMT.get(slag, slag + 'en')} ”{namn}”"
