"""A text to the words that it is found by.

`fold` and `words` in docs/skript/sok-motor.js do the same to a question.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


#: Letter with a mark -> the letter alone. ”Arshjul” finds årshjul, and ”Café” is a kafé.
_FOLD: dict[int, str] = {
    number: _plain(chr(number)) for number in range(0xC0, 0x250) if _plain(chr(number)).isascii()
} | {ord("æ"): "a", ord("ø"): "o", ord("ß"): "s", ord("\u00ad"): ""}
_FOLD |= dict.fromkeys(range(0x300, 0x370), "")  # marks that stand by themselves
#: Letters and figures; a colon only inside a number: ”2011:9” is one word, ”AMF:s” is AMF.
_WORD: Final = re.compile(r"[0-9]+:[0-9]+|[a-z0-9]+")


def fold(text: str) -> str:
    """Write small letters without marks: ”Årshjul” as ”arshjul”."""
    return text.lower().translate(_FOLD)


def words(text: str) -> list[str]:
    """Give the words of a text, folded, in their order."""
    return _WORD.findall(fold(text))
