"""How heavy a change is: words may be mended, what somebody goes by may not.

By rule, so that nobody has to judge: ids, dates, roles, frequencies, laws and figures are
material. A text is material when what is rewritten in it is one of those, binds somebody, or is
more than every third word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from ska.model import Plan


class Klass(StrEnum):
    """An editorial change leaves the meaning; a material one must be decided."""

    REDAKTIONELL = "redaktionell"
    MATERIELL = "materiell"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD: Final = re.compile(r"[^\W_]+(?:[-:.][^\W_]+)*")
#: Words that bind, allow, forbid or limit, and words for numbers and time.
_BINDER: Final = _words("""
    ska skall skulle måste får bör kan behöver aldrig alltid inte ej endast bara enbart varje
    alla samtliga ingen inga inget någon några minst högst senast tidigast före efter inom utan
    utom undantag eller och/eller årligen månadsvis kvartalsvis veckovis dagligen löpande
    halvårsvis varannan vartannat två tre fyra fem sex sju åtta nio tio elva tolv halv hälften
    dubbel procent dag dagar arbetsdag arbetsdagar vecka veckor månad månader kvartal termin år
    våren sommaren hösten vintern januari februari mars april maj juni juli augusti september
    oktober november december
""")
#: More of the words than this, and it is another text.
_MOST: Final = 1 / 3
_SPELLING: Final = 0.8
#: A name with fewer letters begins too many other words.
_SHORTEST: Final = 4


def names_of(plan: Plan) -> frozenset[str]:
    """Return the words that name a role, a part of the organisation or a statute."""
    things = (
        plan.roller, plan.nämnder, plan.förvaltningar, plan.verksamheter, plan.avdelningar,
        plan.enheter, plan.utförare, plan.författningar,
    )  # fmt: skip
    titles = (thing.rubrik.casefold() for kind in things for thing in kind.values())
    return frozenset(title for title in titles if len(title) >= _SHORTEST and title.isalpha())


def class_of_text(old: str, new: str, names: frozenset[str]) -> Klass:
    """Judge a rewritten text by the words that went and came."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if before == after:  # signs and layout
        return Klass.REDAKTIONELL
    touched = list(_touched(before, after))
    goes, comes = (sum(side == wanted for side, _ in touched) for wanted in "-+")
    most = max(1, max(len(before), len(after)) * _MOST)
    another = goes == len(before) and not _alike(old, new)
    if another or max(goes, comes) > most or any(_weighs(word, names) for _, word in touched):
        return Klass.MATERIELL
    return Klass.REDAKTIONELL


def _alike(old: str, new: str) -> bool:
    """Tell whether a word is another only by a letter or two."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _SPELLING


def _touched(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(
        None, [w.casefold() for w in before], [w.casefold() for w in after], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield from (("-", word) for word in before[i1:i2])
            yield from (("+", word) for word in after[j1:j2])


def _weighs(word: str, names: frozenset[str]) -> bool:
    plain = word.casefold()
    return (
        any(character.isdigit() for character in word)
        or sum(character.isupper() for character in word) > 1  # IAF, SFS
        or plain in _BINDER
        or any(plain[:end] in names for end in range(_SHORTEST, len(plain) + 1))
    )
