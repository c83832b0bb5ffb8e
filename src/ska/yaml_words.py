"""The Swedish words for files that cannot be read: what is wrong, and what to do."""

from __future__ import annotations

from typing import Final

#: Rule id -> (what is wrong and why, what to do). Also the manual of these ids on the site.
REFUSALS: Final[dict[str, tuple[str, str]]] = {
    "for-stor-fil": (
        "filen är {0} byte, och mer än {1} byte läses inte",
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
    "git-konflikt": (
        "här står märken efter en sammanslagning i git som inte är löst",
        "välj den text som ska gälla och ta bort märkena <<<<<<<, ======= och >>>>>>>",
    ),
    "tom-fil": ("filen är tom", "skriv innehållet eller ta bort filen"),
    "inte-falt": (
        "filen börjar inte med fält på formen ”namn: värde”",
        "börja filen med ett fält, till exempel ”id: min-rutin”",
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
    "inte-yaml": ("{0}", "kontrollera indrag, kolon och citattecken på raden och raden före"),
}

_QUOTE_TEXT = "sätt citattecken runt texten"
_ALIGN = "låt fält på samma nivå börja i samma kolumn, och indrag vara två mellanslag"
_BRACKETS = "stäng listan eller uppställningen, eller sätt citattecken om tecknet hör till texten"

#: The beginning of libyaml's words -> ours. libyaml: src/scanner.c, src/parser.c, src/reader.c.
_LIBYAML: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "mapping values are not allowed",
        "ett kolon följt av mellanslag står inne i en text, eller ett fält har fel indrag",
        f"{_QUOTE_TEXT}, eller rätta indraget",
    ),
    (
        "found character that cannot start",
        "en text börjar med ett tecken som YAML tar",
        _QUOTE_TEXT,
    ),
    ("did not find expected key", "raden hör inte ihop med raderna före", _ALIGN),
    ("did not find expected '-' indicator", "raden hör inte till listan före", _ALIGN),
    ("could not find expected ':'", "ett fält saknar kolon efter namnet", "skriv ”namn: värde”"),
    ("found unexpected ':'", "ett kolon står där det inte kan stå", _QUOTE_TEXT),
    (
        "found unexpected end of stream",
        "filen tar slut mitt i en text med citattecken",
        "sätt det avslutande citattecknet",
    ),
    (
        "found unexpected document indicator",
        "raden --- eller ... står mitt i en text med citattecken",
        "sätt det avslutande citattecknet",
    ),
    ("block sequence entries are not allowed", "ett listtecken (-) står på fel ställe", _ALIGN),
    ("did not find expected ',' or ']'", "en lista inom [ ] är inte avslutad", _BRACKETS),
    ("did not find expected ',' or '}'", "en uppställning inom { } är inte avslutad", _BRACKETS),
    ("did not find expected node content", "här saknas ett värde", "skriv värdet"),
    ("found undefined tag handle", "en text börjar med utropstecken", _QUOTE_TEXT),
    (
        "found unknown escape character",
        "ett bakstreck (\\) står inom dubbla citattecken",
        "byt till enkla citattecken (')",
    ),
    (
        "did not find expected hexdecimal number",
        "ett bakstreck (\\) står inom dubbla citattecken",
        "byt till enkla citattecken (')",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "ett & eller * står först i en text",
        _QUOTE_TEXT,
    ),
    (
        "did not find expected comment or line break",
        "efter > eller | står text på samma rad",
        "börja texten på nästa rad, eller sätt citattecken runt den",
    ),
    ("mapping keys are not allowed", "ett frågetecken står först på raden", _QUOTE_TEXT),
    ("found a tab character", "här står en tabb", "byt tabben mot mellanslag"),
    ("did not find expected <document start>", "texten fortsätter efter dokumentets slut", _ALIGN),
    ("found extra document", "här börjar ett andra dokument i samma fil", "ha ett i varje fil"),
)
_UNKNOWN = "raden går inte att läsa som YAML"


def libyaml_reason(problem: str, context: str) -> tuple[str, str]:
    """Say in Swedish what libyaml's `problem` means, and what to do; never its own words."""
    if problem.startswith("found character that cannot start") and "block scalar" in context:
        problem = "did not find expected comment or line break"
    for english, what, advice in _LIBYAML:
        if problem.startswith(english):
            return what, advice
    return _UNKNOWN, REFUSALS["inte-yaml"][1]
