"""What things are called together: nouns, how many, and lists that stop in time."""

from __future__ import annotations

from typing import Final

from ska import words
from ska.changes.compare import Sort
from ska.namn import BESTÄMT

#: What the board decides on as the plan; a report tells the rest in a line each.
PLANEN: Final = ("kapitel", "aktivitet", "delplan", "metod")
#: Names told before ”och tre till”: on top, and further down.
MEST: Final = 3
FLER: Final = 6
#: A kind in one word, and in several, inside a sentence.
ORD: Final = {
    "plan": ("plan", "planer"), "kapitel": ("kapitel", "kapitel"), "årshjul": ("årshjul",) * 2,
    "aktivitet": ("aktivitet", "aktiviteter"), "delplan": ("delplan", "delplaner"),
    "metod": ("metod", "metoder"), "rutin": ("rutin", "rutiner"),
    "målområde": ("målområde", "målområden"), "kommunmål": ("kommunövergripande mål",) * 2,
    "mål": ("nämndmål", "nämndmål"), "indikator": ("indikator", "indikatorer"),
    "uppdrag": ("uppdrag", "uppdrag"), "internkontroll": ("internkontrollplan",
    "internkontrollplaner"), "risk": ("risk", "risker"), "kontrollmoment": ("kontrollmoment",) * 2,
    "avvikelser": ("redovisning av avvikelser", "redovisningar av avvikelser"),
    "budget": ("budgettabell", "budgettabeller"), "nämnd": ("nämnd", "nämnder"),
    "förvaltning": ("förvaltning", "förvaltningar"), "verksamhet": ("verksamhet", "verksamheter"),
    "avdelning": ("avdelning", "avdelningar"), "enhet": ("enhet", "enheter"),
    "utförare": ("utförare", "utförare"), "roll": ("roll", "roller"),
    "författning": ("författning", "författningar"), "lagrum": ("lagrum", "lagrum"),
    "krav": ("krav", "krav"), "begrepp": ("ord", "ord"), "utgåva": ("utgåva", "utgåvor"),
    "upphört": ("rad om det som har upphört", "rader om det som har upphört"),
    "planering": ("avsnitt ur internbudgeten",) * 2, "källa": ("källa", "källor"),
    "undantag": ("undantag", "undantag"),
    "tillgänglighet": ("tillgänglighetsredogörelse", "tillgänglighetsredogörelser"),
}  # fmt: skip


def är_ett(slag: str) -> bool:
    """Tell whether a kind is an ett-word: ”ett kapitel är nytt”."""
    return BESTÄMT.get(slag, "").endswith("t")


def verb(sort: Sort, slag: str, number: int) -> str:
    """Say what happens to things of a kind: ”är nya”, ”ersätts”, ”ändras”."""
    if sort is Sort.TILLAGD:
        return "är nya" if number > 1 else "är nytt" if är_ett(slag) else "är ny"
    return {Sort.ERSATT: "ersätts", Sort.BORTTAGEN: "tas bort"}.get(sort, "ändras")


def namn(names: list[str], mest: int = MEST) -> str:
    """List names, at most so many, and say how many more there are."""
    if len(names) > mest + 1:
        return words.uppräkning([*names[:mest], f"{words.tal(len(names) - mest)} till"])
    return words.uppräkning(names)


def antal(number: int, one: str, many: str) -> str:
    """Count in words: ”en roll”, ”tre roller”."""
    return f"en {one}" if number == 1 else f"{words.tal(number)} {many}"


def ett(slag: str) -> str:
    """Give the article of a kind."""
    return "ett" if är_ett(slag) else "en"


#: What these are together; others take -na after the plural, and -en where they are ett-words.
_DE: Final = {
    "kapitel": "kapitlen", "lagrum": "lagrummen", "målområde": "målområdena",
    "kommunmål": "de kommunövergripande målen", "avvikelser": "redovisningarna av avvikelser",
    "utförare": "utförarna", "upphört": "raderna om det som har upphört",
    "planering": "avsnitten ur internbudgeten",
}  # fmt: skip


def flera(slag: str) -> str:
    """Name several of a kind that are known: ”rutinerna”, ”målen”."""
    return _DE.get(slag, f"{ORD[slag][1]}{'en' if är_ett(slag) else 'na'}")


def samt(parts: list[str]) -> str:
    """Join what each may hold an ”och” of its own."""
    if not any("” och " in part for part in parts):
        return words.uppräkning(parts)
    return " samt ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
