"""En e-postadress eller ett telefonnummer som kan höra till en person står i planen.

Planen nämner roller, aldrig personer. En persons adress eller nummer blir dessutom fel när någon
byter arbete. En funktions adress (registrator@, kontakt@ eller en brevlåda som heter som en roll
eller en del av organisationen) går bra, liksom ett nummer som texten säger går till växeln,
receptionen eller en annan funktion.

Fel:

```yaml
gör: Ring 013-12 34 56 eller skriv till anna.andersson@exempelstad.example.
```

Rätt:

```yaml
gör: Ring växeln på 013-12 34 56 eller skriv till registrator@exempelstad.example.
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import Plan, Text
from ska.once import texts_with
from ska.problems import Problem, Severity
from ska.rules._hjalp import den

ID = "kontaktuppgift"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False

_ADRESS: Final = re.compile(r"([\w.+%-]+)@[\w-]+(?:\.[\w-]+)+")
#: An area code and groups of figures; an international number; or all figures together.
_TELEFON: Final = re.compile(
    r"(?<![\w:.,/+-])(?<!\d[ \u00a0])"
    r"(?:(?:\+|00)46[ \u00a0-]?(?:\(0\))?[ \u00a0]?[1-9][\d \u00a0-]{5,12}\d"
    r"|0\d{1,3} ?[-–/] ?(?:\d{5,8}|\d{2,3}(?:[ \u00a0]\d{2,3}){1,3})"
    r"|0\d{1,3}(?:[ \u00a0]\d{2,3}){2,4}"
    r"|0[1-9]\d{6,8})(?![\w:]|[-–/]\d)"
)
_KANSKE: Final = re.compile(r"\d[-–/() \u00a0\d]{6,}")  # quick to rule out
_FUNKTIONER: Final = frozenset(
    {
        "registrator", "registratur", "diariet", "diarium", "arkiv", "kontakt", "kontaktcenter",
        "kontaktcentrum", "info", "information", "kundtjanst", "medborgarservice", "servicecenter",
        "support", "vaxel", "vaxeln", "reception", "receptionen", "kommun", "kommunen", "post",
        "brevlada", "funktionsbrevlada", "jour", "dataskydd", "dataskyddsombud", "noreply",
    }
)  # fmt: skip
#: Words before a number that say whose it is.
_FUNKTIONENS: Final = re.compile(
    r"\b(?:växel|reception|kundtjänst|kontaktcent|servicecent|medborgarservice|jour|"
    r"funktion|registrator|diariet|larm|support)\w*[^.!?\n]*$",
    re.IGNORECASE,
)
_DELAR: Final = ("nämnder", "förvaltningar", "verksamheter", "avdelningar", "enheter", "utförare",
                 "roller")  # fmt: skip


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each address or number that the text doesn't give as a function's."""
    functions = _FUNKTIONER | {id.replace("-", "") for name in _DELAR for id in getattr(plan, name)}
    for text in texts_with(plan, _kontakt):
        for match in _ADRESS.finditer(text.text):
            if not _är_funktion(match[1], functions):
                yield _problem(text, match.start(), "en e-postadress")
        for match in _TELEFON.finditer(text.text) if _KANSKE.search(text.text) else ():
            if not _FUNKTIONENS.search(text.text[: match.start()]):
                yield _problem(text, match.start(), "ett telefonnummer")


def _kontakt(text: str) -> object:
    return ("@" in text and _ADRESS.search(text)) or (
        _KANSKE.search(text) and _TELEFON.search(text)
    )


def _är_funktion(local: str, functions: frozenset[str]) -> bool:
    plain = unicodedata.normalize("NFD", local.lower()).encode("ascii", "ignore").decode()
    words = re.split(r"[^a-z]+", plain)
    return "".join(words) in functions or any(word in _FUNKTIONER for word in words)


def _problem(text: Text, index: int, what: str) -> Problem:
    # Neither the address nor the thing's title, which may hold it, is repeated.
    return Problem(
        text.plats(index),
        ID,
        f"{den(text.ting, text.ting.id)} har {what} i {text.fält[-1]} som kan höra till en "
        "person; planen nämner roller, aldrig personer",
        "skriv vilken funktion man ska vända sig till, eller säg att uppgiften är en funktions",
        thing=text.ting.nyckel,
    )
