"""Which characters a document can show: those that the fonts which come with typst have.

Only what a Swedish text may need is listed: Latin, Greek and Cyrillic letters, signs, arrows. A
test sets each of them, so that another release of the fonts can't take one away unnoticed.
"""

from __future__ import annotations

import re
from typing import Final

#: First and last of each unbroken run.
RUNS: Final = (
    (0x20, 0x7E), (0xA0, 0x2FF), (0x300, 0x36F), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A),
    (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF), (0x1E00, 0x1EFF),
    (0x2000, 0x200D), (0x2010, 0x2027), (0x202F, 0x2040), (0x2042, 0x2042), (0x2044, 0x205F),
    (0x2060, 0x2060), (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20C0), (0x2100, 0x211E),
    (0x2120, 0x2120), (0x2122, 0x2122), (0x2126, 0x2151), (0x2153, 0x2184), (0x2190, 0x23FF),
    (0x2460, 0x2606), (0x2609, 0x262F), (0x2713, 0x2714), (0x2717, 0x2718), (0x2776, 0x277F),
    (0xFB00, 0xFB06),
)  # fmt: skip
_OUTSIDE: Final = re.compile(
    "[^\n\t" + "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in RUNS)
    + "]"
)  # fmt: skip


def outside(text: str) -> re.Match[str] | None:
    """Find the first character that a document can't show."""
    return _OUTSIDE.search(text)


def named(sign: str) -> str:
    """Name a character, for one who may not see it: ”漢” (U+6F22)."""
    return f"”{sign}” (U+{ord(sign):04X})"
