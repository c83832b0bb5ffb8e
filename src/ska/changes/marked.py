"""Text with marks in it: what goes, what comes, what stays. Nothing here knows how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

Märke = Literal["", "-", "+"]
_WORD: Final = re.compile(r"\s+|[^\s]+")
#: With less of the shorter text left than this, old and new are easier to read one after the other.
_KEPT: Final = 0.45
#: The same where one text is much longer, unless nearly all of the shorter is in it.
_LEAST: Final = 0.25
_ALL: Final = 0.8
#: Text that stays is shown whole up to this length; of a longer one, this much beside a change.
_LONG: Final = 300
_NEAR: Final = 100


class Bit(NamedTuple):
    """Some text, and whether it goes (-), comes (+) or stays."""

    text: str
    märke: Märke = ""


Mening = tuple[Bit, ...]


def uppräknade(parts: Sequence[str], mark: Märke) -> Iterator[Bit]:
    """List parts with the same mark, as a sentence does."""
    for number, part in enumerate(parts):
        if number:
            yield Bit(" och " if number == len(parts) - 1 else ", ")
        yield Bit(part, mark)


def ord_för_ord(old: str, new: str) -> Iterator[Bit]:
    """Yield a text with its words marked; the untouched words between changes stay."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if _mostly_new(matcher, before, after):
        yield from _pair(old, new)
        return
    pieces: list[Bit] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            text = "".join(before[i1:i2])
            # A lone space between two rewritten words belongs to both.
            if text.isspace() and pieces and i2 < len(before):
                pieces += [Bit(text, "-"), Bit(text, "+")]
            else:
                pieces.append(Bit(text))
            continue
        pieces.append(Bit("".join(before[i1:i2]), "-"))
        pieces.append(Bit("".join(after[j1:j2]), "+"))
    yield from _joined(pieces)


def _mostly_new(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> bool:
    """Tell whether what stays is only scattered small words."""
    kept = sum(
        _letters(before[i1:i2]) for tag, i1, i2, *_ in matcher.get_opcodes() if tag == "equal"
    )
    shorter, longer = sorted((_letters(before), _letters(after)))
    return kept < _KEPT * shorter or (kept < _ALL * shorter and kept < _LEAST * longer)


def _letters(words: list[str]) -> int:
    return sum(len(word) for word in words if not word.isspace())


def _joined(pieces: list[Bit]) -> Iterator[Bit]:
    """Put what goes before what comes within each run of changes; white space stays outside."""
    gone = come = ""
    for piece in [*pieces, Bit("")]:
        if piece.märke == "-":
            gone += piece.text
        elif piece.märke == "+":
            come += piece.text
        else:
            yield from _pair(gone, come)
            gone = come = ""
            if piece.text:
                yield piece


def _pair(gone: str, come: str) -> Iterator[Bit]:
    lead = " " if gone[:1].isspace() or come[:1].isspace() else ""
    tail = " " if gone[-1:].isspace() or come[-1:].isspace() else ""
    gone, come = gone.strip(), come.strip()
    if lead and (gone or come):
        yield Bit(" ")
    if gone:
        yield Bit(gone, "-")
    if gone and come:
        yield Bit(" ")
    if come:
        yield Bit(come, "+")
    if tail or (lead and not (gone or come)):
        yield Bit(" ")


def kortad(bits: Iterable[Bit]) -> Iterator[Bit]:
    """Leave out most of what stays, where that is long: the reader looks for what doesn't."""
    pieces = list(bits)
    for number, bit in enumerate(pieces):
        if bit.märke or len(bit.text) <= _LONG:
            yield bit
            continue
        head = bit.text.find(" ", _NEAR) if number else 0
        tail = bit.text.rfind(" ", 0, -_NEAR) if number < len(pieces) - 1 else len(bit.text)
        if 0 <= head < tail:
            first = f"{bit.text[:head]} " if number else ""
            bit = Bit(f"{first}…{bit.text[tail:]}")
        yield bit  # whole, where a word is too long to stop beside
