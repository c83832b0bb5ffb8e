"""Swedish text for generated plans: fragments that make whole sentences in any combination.

The statutes, places and organisations are invented, so that nobody takes them for facts.
"""

from __future__ import annotations

from random import Random
from typing import Final, TypeVar

T = TypeVar("T")

_DO: Final = (
    "Följ upp", "Gå igenom", "Granska", "Kontrollera", "Planera", "Redovisa", "Registrera",
    "Sammanställ", "Skriv ner", "Stäm av", "Ta fram", "Uppdatera",
)  # fmt: skip
_DOING: Final = (
    "följa upp", "gå igenom", "granska", "kontrollera", "planera", "redovisa", "registrera",
    "sammanställa", "skriva ner", "stämma av", "ta fram", "uppdatera",
)  # fmt: skip
_THING: Final = (
    "akten", "ansökan", "avtalet", "avvikelsen", "beslutet", "bokningarna", "checklistan",
    "deltagarens planering", "genomförandeplanen", "individens mål", "kartläggningen", "klagomålet",
    "kostnaderna", "kursplaneringen", "lokalerna", "mötesanteckningarna", "närvaron",
    "placeringarna", "resultatet", "risklistan", "samtyckena", "stickprovet", "studieplanen",
    "svaret till den sökande", "synpunkterna", "tillgängligheten", "underlaget", "utbetalningen",
    "uppgifterna i ansökan", "väntetiderna", "överenskommelsen", "åtgärderna från förra året",
)  # fmt: skip
_HOW: Final = (
    "enligt mallen", "i verksamhetssystemet", "innan beslutet fattas", "med stöd av checklistan",
    "när månaden är slut", "och skriv vad det ledde till", "senast samma dag", "i god tid",
    "tillsammans med den det gäller", "tillsammans med en kollega", "vid nästa enhetsmöte",
    "utan att lämna ut fler uppgifter än nödvändigt", "före terminens slut",
)  # fmt: skip
_ALSO: Final = (
    "Saknas något, be om komplettering.",
    "Skriv datum och vem som har gjort kontrollen.",
    "Lämna ärendet till en kollega om du är jävig.",
    "Den som berörs ska få veta vad som händer härnäst.",
    "Visar det sig att något är fel, rätta det först och meddela sedan enhetschefen.",
    "Spara underlaget i ärendet, inte i den egna mappen.",
    "Ta upp det på nästa {a}.",
    "Jämför med förra året och beskriv skillnaden med egna ord.",
    "Frågor om {a} besvaras av den som äger rutinen.",
    "Är det bråttom räcker det att ringa, men anteckna samtalet efteråt.",
    "Rapportera även till {a} när det gäller fler än en enhet.",
    "Räkna bara ärenden som har avslutats under perioden.",
)  # fmt: skip
_WHY: Final = (
    "Den som vänder sig till {n} ska få ett besked som går att lita på, och få det i tid.",
    "Samma fel ska inte hända två gånger, och det ska synas vad vi har lärt oss.",
    "Alla ska bedömas lika, oavsett vem som tar hand om ärendet hos {n}.",
    "Nämnden behöver en samlad bild för att kunna styra arbetet inom {n}.",
    "Pengarna ska användas till det som de är avsedda för, och det ska gå att visa efteråt.",
    "Deltagaren ska veta vad som väntar och kunna påverka sin egen planering.",
    "Uppgifter om enskilda ska bara ses av den som behöver dem i sitt arbete.",
)  # fmt: skip
_MORE: Final = (
    "Arbetet följer samma ordning i alla enheter, men var och en väljer hur det läggs upp.",
    "Det som framkommer tas om hand i verksamhetens egen planering.",
    "Tidigare gjordes detta en gång om året; nu görs det när det behövs.",
    "Resultatet delas med dem som berörs och används när nästa år planeras.",
    "Den som är ny får en genomgång av en mer erfaren kollega.",
    "Om läget förändras tas frågan upp på nytt utan att vänta till nästa tillfälle.",
    "Bedömningen görs från fall till fall, och skälen skrivs ner.",
    "Hänsyn tas till om någon behöver tolk, hjälpmedel eller mer tid.",
)  # fmt: skip
_AREA: Final = (
    "ansökningar om stöd", "antagning", "arbetsmiljö", "arkiv", "avtal", "avvikelser", "betyg",
    "bostäder", "budget", "delegationsbeslut", "diarium", "feriejobb", "hembesök", "inköp",
    "introduktion", "intyg", "klagomål", "kurser", "körjournaler", "lokaler", "lovskola", "löner",
    "nyckeltal", "nämndbesök", "närvaro", "personuppgifter", "placeringar", "praktik",
    "prövningar", "representation", "resor", "risker", "samverkan", "skyddsronder", "stickprov",
    "studieplaner", "synpunkter", "tolkar", "utbetalningar", "vikarier", "yttranden",
)  # fmt: skip
_WHERE: Final = (
    "för nyanlända", "för unga vuxna", "i förskolan", "i hemtjänsten", "i kulturskolan",
    "i vuxenutbildningen", "inom arbetsmarknad", "inom försörjningsstöd", "inom socialpsykiatrin",
    "på biblioteken", "på jobbtorget", "på mottagningen", "på särskilda boenden",
    "vid budgetskiftet", "vid läsårets slut", "vid sommaren", "vid årsskiftet",
)  # fmt: skip
FIELDS: Final = (
    "arbete och försörjning", "vuxenutbildning", "äldreomsorg", "funktionsstöd", "grundskola",
    "förskola", "kultur och fritid", "samhällsbyggnad", "miljö och hälsa", "teknik och service",
    "gymnasium", "individ och familj", "näringsliv", "överförmyndarfrågor", "räddningstjänst",
)  # fmt: skip
_JOBS: Final = (
    "enhetschef", "handläggare", "utvecklingsledare", "administratör", "rektor", "controller",
    "områdeschef", "samordnare", "coach", "studievägledare", "registrator", "lärare",
    "handledare", "ekonom", "verksamhetschef", "jurist", "kvalitetssamordnare", "assistent",
)  # fmt: skip
_SIDES: Final = ("Norr", "Söder", "Öster", "Väster", "Centrum", "Hamnen", "Ängen", "Backen")
_WORDS: Final = (
    "analys", "barn", "central", "dialog", "extern", "framtid", "grupp", "helhet", "individ",
    "jobb", "kvalitet", "lärande", "metod", "nätverk", "omsorg", "plan", "resurs", "service",
    "team", "utveckling", "vård", "yrke",
)  # fmt: skip


def act(random: Random, abbreviations: tuple[str, ...]) -> str:
    """Tell what to do in a step: one to three sentences, at times with a list."""
    text = f"{random.choice(_DO)} {random.choice(_THING)} {random.choice(_HOW)}."
    chance = random.random()
    if chance < 0.55:
        text += f" {also(random, abbreviations)}"
    if chance < 0.06:
        points = "\n".join(f"- {point}" for point in random.sample(_THING, 3))
        text += f"\n\nTa med\n\n{points}"
    return text


def also(random: Random, abbreviations: tuple[str, ...]) -> str:
    """Add one sentence; some use an abbreviation, the first ones most."""
    return random.choice(_ALSO).format(a=skewed(random, abbreviations))


def why(random: Random, whom: str) -> str:
    """Say what something is for."""
    return random.choice(_WHY).format(n=whom)


def more(random: Random, sentences: int) -> str:
    """Write a paragraph of background."""
    return " ".join(random.sample(_MORE, sentences))


def skewed(random: Random, items: tuple[T, ...]) -> T:
    """Choose as life does: a few of them often, most of them seldom."""
    return items[int(len(items) * random.random() ** 2.5)]


def routine(number: int) -> str:
    """Name the routine `number`: the same one always; a number comes in when words run out."""
    names = len(_DOING) * len(_AREA) * len(_WHERE)
    # A step without a common factor goes through every name before one comes again.
    place = number * 5_003 % names
    what, where = divmod(place, len(_WHERE))
    doing, area = divmod(what, len(_AREA))
    words = f"{_DOING[doing]} {_AREA[area]} {_WHERE[where]}"
    turn = number // names
    return words[:1].upper() + words[1:] + (f" {turn + 1}" if turn else "")


def activity(random: Random) -> str:
    """Name a row of the yearly wheel."""
    kind = random.choice(("Redovisning av", "Uppföljning av", "Analys av", "Plan för"))
    return f"{kind} {random.choice(_AREA)} {random.choice(_WHERE)}"


def method(number: int) -> str:
    """Name a way to follow up quality."""
    kinds = ("Dialog om", "Egenkontroll av", "Granskning av", "Enkät om", "Möten om", "Rapport om")
    area, kind = number // len(kinds), number % len(kinds)
    turn = area // len(_AREA)
    return f"{kinds[kind]} {_AREA[area % len(_AREA)]}" + (f" {turn + 1}" if turn else "")


def role(number: int) -> str:
    """Name a role."""
    field, job = divmod(number, len(_JOBS))
    title = _JOBS[job].capitalize()
    if field == 0:
        return title
    turn = (field - 1) // len(FIELDS)
    return f"{title} i {FIELDS[(field - 1) % len(FIELDS)]}" + (f" {turn + 1}" if turn else "")


def unit(number: int) -> str:
    """Name a unit."""
    turn, side = divmod(number, len(_SIDES))
    return f"Enheten {_SIDES[side]}" + (f" {turn + 1}" if turn else "")


def field(number: int) -> str:
    """Name a field of work."""
    turn = number // len(FIELDS)
    return FIELDS[number % len(FIELDS)] + (f" {turn + 1}" if turn else "")


def term(number: int) -> tuple[str, str]:
    """Make up an abbreviation and what it stands for; no two alike among the first 10,000."""
    place = number * 1_237 % len(_WORDS) ** 3  # no common factor: each place comes once
    words = [_WORDS[place // len(_WORDS) ** power % len(_WORDS)] for power in range(3)]
    return "".join(w[0] for w in words).upper(), f"{words[0]}, {words[1]} och {words[2]}"
