"""The Swedish words for files that cannot be read: what is wrong, and what to do."""

from __future__ import annotations

from typing import Final

#: Rule id -> (what is wrong and why, what to do). Also the manual of these ids on the site.
REFUSALS: Final[dict[str, tuple[str, str]]] = {
    "for-stor-fil": (
        "filen är större än {0} byte och läses inte",
        "dela upp innehållet på flera filer",
    ),
    "inte-textfil": (
        "filen är {0}, inte en textfil med YAML",
        "skriv innehållet i en textfil, och låt originalet ligga i diariet",
    ),
    "inte-utf8": (
        "filen är inte sparad som UTF-8, och då blir å, ä och ö fel",
        "spara filen på nytt med teckenkodningen UTF-8",
    ),
    "tabb": (
        "här står en tabb, och YAML räknar bara mellanslag",
        "byt tabben mot mellanslag, två för varje nivå",
    ),
    "otillatet-tecken": (
        "här står ett tecken som inte syns eller som inte hör hemma i text ({0})",
        "ta bort tecknet; det följer ofta med när man klistrar in från ett annat program",
    ),
    "for-manga-accenter": (
        "på en enda bokstav ligger fler än {0} accenter eller andra tillägg",
        "skriv om bokstaven; det följer ofta med när man klistrar in från ett annat program",
    ),
    "hart-mellanslag": (
        "här står ett hårt mellanslag, och YAML räknar bara vanliga",
        "byt det mot ett vanligt mellanslag; det ser likadant ut men är ett annat tecken",
    ),
    "forvanskad-text": (
        "här står ”{0}”, som är en bokstav som har lästs med fel teckenkodning",
        "skriv dit rätt bokstav, ofta å, ä, ö eller §",
    ),
    "git-konflikt": (
        "här står märken efter en sammanslagning i git som inte är löst",
        "välj den text som ska gälla och ta bort märkena <<<<<<<, ======= och >>>>>>>",
    ),
    "tom-fil": ("filen är tom, eller har bara kommentarer", "skriv innehållet eller ta bort filen"),
    "inte-falt": (
        "filen börjar inte med fält på formen ”namn: värde”",
        "börja filen med ett fält, till exempel ”id: min-rutin”, med mellanslag efter kolonet",
    ),
    "flera-dokument": (
        "här börjar ett andra dokument i samma fil (---)",
        "ha ett dokument i varje fil",
    ),
    "direktiv": ("här står ett YAML-direktiv (%), och sådana används inte", "ta bort raden"),
    "ankare": (
        "här används ett ankare, en hänvisning eller en sammanfogning (&, * eller <<)",
        "skriv ut värdet, eller sätt citattecken om tecknet hör till texten",
    ),
    "tagg": (
        "här står en tagg ({0}), och sådana används inte",
        "ta bort taggen, eller sätt citattecken om utropstecknet hör till texten",
    ),
    "for-djup": (
        "uppställningen är djupare än {0} nivåer",
        "kontrollera indragen; ingen fil i planen behöver så många nivåer",
    ),
    "for-manga-varden": (
        "filen har fler än {0} värden",
        "dela upp innehållet på flera filer",
    ),
    "dubbelt-falt": (
        "fältet ”{0}” står två gånger, första gången på rad {1}, och bara det ena kan gälla",
        "behåll det som ska gälla och ta bort det andra",
    ),
    "tomt-falt": ("ett fält saknar namn", "skriv fältets namn före kolonet"),
    "sammansatt-falt": (
        "ett fältnamn är en lista eller en uppställning, och ett namn måste vara text",
        "kontrollera klamrar, hakparenteser och frågetecken på raden",
    ),
    "tappad-text": (
        "texten från ”{0}” och framåt läses som en kommentar och skulle försvinna",
        "sätt citattecken runt hela texten, eller flytta kommentaren till en egen rad",
    ),
    "ihopslagen-rad": (
        "raden börjar med ”{0}” men läses som en fortsättning på texten på rad {1}",
        "ge strecket samma indrag som på raderna före, eller sätt citattecken runt hela texten",
    ),
    "tappat-stycke": (
        "före raden är det en tom rad, men texten läses utan den och blir ett enda stycke",
        "skriv | efter fältets kolon och texten på raderna under, så behåller den sina stycken",
    ),
    "oavslutad-text": (
        "raden läses som en fortsättning på texten inom citattecken på rad {0}",
        "sätt det avslutande citattecknet där texten slutar, eller dra in raden om den hör dit",
    ),
    "inte-yaml": ("{0}", "kontrollera indrag, kolon och citattecken på raden och raden före"),
}

#: What to do about some of the characters that `otillatet-tecken` names.
CHARACTERS: Final[dict[str, str]] = {
    "\0": "filen är troligen sparad som UTF-16; spara den med teckenkodningen UTF-8",
    "\r": "filen har gamla radslut; spara den med radslut av slaget LF",
    "\ufffd": "här har en bokstav gått förlorad, ofta å, ä eller ö; skriv dit den igen",
}
KEPT_LINES: Final = "skriv | i stället för >, så behåller texten sina rader"
ESCAPED: Final = "ta bort bakstrecket och koden efter det"
PRIVATE_USE: Final = "det är ofta punkten i en punktlista från Word; skriv ”- ” i stället"
