"""Ett personnummer står i planen.

Planen är öppen för alla och handlar om arbetet, aldrig om en enskild. Ett personnummer eller
samordningsnummer pekar ut en människa och får inte stå någonstans, inte heller utan bindestreck,
utan sekel eller med fel sekel. Om numret kan vara ett riktigt syns på dagen och på kontrollsiffran.

Har numret redan sparats i git ligger det kvar i historiken. Säg då till den som förvaltar planen.

Fel (numret är påhittat):

```yaml
anmärkning: Ärendet med 121212-1212 visade att rutinen brister.
```

Rätt:

```yaml
anmärkning: Ett ärende visade att rutinen brister.
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
from ska.rules._hjalp import den

ID = "personnummer"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False

_MELLAN: Final = r"[ \u00a0]?[-–+]?[ \u00a0]?"
#: Year with or without century, month, day and four digits, with what may stand between. Before
#: it no digit, nor the sign that ties one to it: a longer number is something else.
_NUMMER: Final = re.compile(
    r"(?<![\d])(?<!\d[-–:/.,])"
    r"(?P<sekel>\d\d[ ]?)?(?P<år>\d\d)(?P<skilje>[-– ]?)(?P<månad>0[1-9]|1[0-2])(?P=skilje)"
    rf"(?P<dag>[0-3]\d|[6-9]\d)(?P<mellan>{_MELLAN})(?P<sist>\d{{4}})(?![-–:/.,]?\d)"
)
_KANSKE: Final = re.compile(r"\d[-–+ \u00a0\d]{8,}")  # quick to rule out
_DAGAR: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each text that holds what can be a person's number."""
    for text in texts_with(plan, _nummer):
        for match in _NUMMER.finditer(text.text):
            if _är_personnummer(match):
                # Neither the number nor the thing's title, which may hold it, is repeated.
                yield Problem(
                    text.plats(match.start()),
                    ID,
                    f"{den(text.ting, text.ting.id)} har ett nummer i {text.fält[-1]} som ser "
                    "ut som ett personnummer; planen får inte peka ut en människa",
                    "ta bort numret, och beskriv det som hände utan att någon kan kännas igen",
                    thing=text.ting.nyckel,
                )


def _nummer(text: str) -> object:
    return _KANSKE.search(text) and _NUMMER.search(text)


def _är_personnummer(match: re.Match[str]) -> bool:
    day, month = int(match["dag"]), int(match["månad"])
    day -= 60 if day > 60 else 0  # a samordningsnummer
    if not 1 <= day <= _DAGAR[month - 1]:
        return False
    bare = len(match[0]) == 10
    if bare and match["år"].startswith("0"):
        return False  # rather a telephone number, which `kontaktuppgift` finds
    if match["skilje"] and not (match["sekel"] and match["mellan"].strip()):
        return False  # a date and a year, or groups of figures
    digits = match["år"] + match["månad"] + match["dag"] + match["sist"]
    return _kontrollsiffran_stämmer(digits)


def _kontrollsiffran_stämmer(digits: str) -> bool:
    """Check the last digit (Luhn): every second digit doubled, all digits summed."""
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
