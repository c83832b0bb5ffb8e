"""En text använder en förkortning som ingen förklarar.

Den som är ny, eller som inte arbetar i kommunen, kan inte gissa vad några versaler står för. En
förkortning är förklarad när den finns bland begreppen, när en del av organisationen heter så, eller
när samma sak skriver ut den: ”särskilt boende (SÄBO)”, ”förkortas SÄBO”. Romerska siffror,
beteckningar framför ett diarienummer eller en författnings nummer och några vardagliga
förkortningar prövas inte.

Fel, när BPSD inte finns bland begreppen:

```yaml
gör: Gör en skattning enligt BPSD.
```

Rätt:

```yaml
gör: Gör en skattning av beteendemässiga och psykiska symtom vid demens (BPSD).
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import Plan
from ska.once import texts_with
from ska.problems import Problem, Severity
from ska.rules._hjalp import den, egna_ord

ID = "oforklarad-forkortning"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True

#: Two to six capitals, not a part of a longer word, and not before a number of a case or a law.
_VERSALER: Final = re.compile(
    r"(?<![\w&@-])(?=[A-ZÅÄÖ]{2})(?![IVX]+\b)[A-ZÅÄÖ]{2,6}(?![\w&@])(?!-FS)(?! \d{4}[-:]\d)"
)
_UTSKRIVEN: Final = re.compile(
    r"(?:\w \(|\b(?:förkort|skriv|kalla)\w* (?:namnet )?)([A-ZÅÄÖ]{2,6})(?![\w-])"
)
_ORD: Final = re.compile(r"[A-ZÅÄÖ][\wÅÄÖåäö&]*")
_VARDAGLIGA: Final = frozenset(
    {"AB", "EU", "FN", "ID", "IT", "OK", "PDF", "QR", "SFS", "SMS", "SOS", "SOSFS", "TV", "USA"}
)


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield the first use in each thing of an abbreviation that nothing explains."""
    known = _VARDAGLIGA | _förklarade(plan)
    used = [
        (text, match.start(), match[0])
        for text in egna_ord(plan, _kort)
        for match in _VERSALER.finditer(text.text)
        if match[0] not in known
    ]
    told = _utskrivna(plan) if used else set()
    for text, index, token in used:
        place = (text.ting.nyckel, token)
        if place not in told and token not in told:
            told.add(place)
            yield Problem(
                text.plats(index),
                ID,
                f"{den(text.ting)} använder förkortningen {token}, som inte "
                "förklaras någonstans i planen",
                f"lägg till {token} i begrepp.yml, eller skriv ut orden",
                Severity.VARNING,
                thing=text.ting.nyckel,
            )


def _kort(text: str) -> object:
    return _VERSALER.search(text)


def _skriver_ut(text: str) -> object:
    return _UTSKRIVEN.search(text)


def _förklarade(plan: Plan) -> set[str]:
    """Return what is explained for all: the terms, and what parts of the organisation are called.

    Laws have names too, and a term may hold its abbreviation inside: ”SKA-plan”.
    """
    names = [begrepp.term for begrepp in plan.begrepp.values()]
    for parts in (plan.nämnder, plan.förvaltningar, plan.avdelningar, plan.enheter, plan.utförare):
        names += [part.namn for part in parts.values()]
    names += [verksamhet.kortnamn for verksamhet in plan.verksamheter.values()]
    words = {word.upper() for name in names for word in _ORD.findall(name)}
    # An explanation may say how its term is abbreviated; the list of terms is where one looks.
    texts = (b.förklaring for b in plan.begrepp.values() if "förkort" in b.förklaring)
    return words.union(*map(_VERSALER.findall, texts))


def _utskrivna(plan: Plan) -> set[tuple[tuple[str, str], str] | str]:
    """Return what a thing writes out itself; what a term writes out is explained for all."""
    return {
        token if text.ting.slag == "begrepp" else (text.ting.nyckel, token)
        for text in texts_with(plan, _skriver_ut)
        for token in _UTSKRIVEN.findall(text.text)
    }
