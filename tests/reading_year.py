"""What a page says of the year, read twice: from its table's words, and from its wheel's shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from math import atan2, degrees

from ska.words import MÅNADER

MIDDLE = 500
_NAMES = "|".join(MÅNADER)
Months = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Said:
    """An activity: the months of its report and of its work, and whether that is a whole year."""

    number: str
    reported: Months
    work: Months
    whole: bool


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def months(words: str, year: int) -> list[tuple[int, int]]:
    """Read months with their years; one without has the next one's, or `year`."""
    found: list[tuple[int, int]] = []
    for name, stated in reversed(re.findall(rf"({_NAMES})(?: (\d{{4}}))?", words.lower())):
        nearest = int(stated) if stated else (found[0][0] if found else year)
        found.insert(0, (nearest, MÅNADER.index(name) + 1))
    return found


def _whole(year: int) -> Months:
    return frozenset((year, month) for month in range(1, 13))


def table(html: str, year: int, meetings: Months = frozenset()) -> dict[str, list[Said]]:
    """Read the rows of the year's table: activity -> what each of its rows says."""
    found: dict[str, list[Said]] = {}
    for id, row in re.findall(
        r'<tr id="hjul-\d+" data-sak="([^"]+)"[^>]*>(.*?)</tr>', html, re.DOTALL
    ):
        cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
        number, when, done = map(text, cells[:3])
        reported = set(months(when, year))
        if "varje sammanträde" in when.lower():
            reported |= meetings
        said = re.search(r"löpande under (\d{4})", done.lower())
        stated = "ej angivet" not in done.lower()
        whole = stated and not months(done, year)
        if not stated:
            work: Months = frozenset()
        elif whole:
            work = _whole(int(said[1]) if said else year)
        else:
            first, *rest = months(done, year)
            work = _between(first, rest[0] if rest else first)
        found.setdefault(id, []).append(Said(number.strip(), frozenset(reported), work, whole))
    return found


def _between(first: tuple[int, int], last: tuple[int, int]) -> Months:
    numbers = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    return frozenset((number // 12, number % 12 + 1) for number in numbers)


def clock(x: float, y: float) -> float:
    """Return the month, from 0 and with decimals, that a point lies in."""
    return (degrees(atan2(x - MIDDLE, MIDDLE - y)) % 360) / 30


def covered(d: str) -> set[int]:
    """Read the months from the outline of a piece of a ring."""
    if "a" in d:  # a whole circle is written from where it began
        return set(range(1, 13))
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", d)]
    first, last = clock(*numbers[:2]), clock(*numbers[7:9])
    last += 12 * (last < first)
    return {month % 12 + 1 for month in range(int(first), int(last) + 1)}


def wheel(html: str, year: int) -> dict[str, list[Said]]:
    """Read the wheel's shapes: activity -> what each of its links draws.

    Work of another year is known to be so, not which: of it the months count as the year before.
    """
    found: dict[str, list[Said]] = {}
    pattern = r'<a href="[^"]*" class="ska-sak[^"]*"[^>]* data-sak="([^"]+)"[^>]*>(.*?)</a>'
    for id, drawn in re.findall(pattern, html, re.DOTALL):
        work: set[tuple[int, int]] = set()
        whole = False
        for other, d in re.findall(r'<path( class="ska-annat")? d="([^"]+)"', drawn):
            work |= {(year - bool(other), month) for month in covered(d)}
            whole |= "a" in d
        dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)
        dots += re.findall(r'<use href="#hjul-[dp]\d" x="([\d.]+)" y="([\d.]+)"', drawn)
        reported = {(year, int(clock(float(x), float(y))) + 1) for x, y in dots}
        above = re.search(rf'<g data-sak="{id}">(.*?)</g>', html)
        numbers = set(re.findall(r"<text[^>]*>(\d+)</text>", drawn + (above[1] if above else "")))
        assert len(numbers) == 1, (id, numbers)
        said = Said(numbers.pop(), frozenset(reported), frozenset(work), whole)
        found.setdefault(id, []).append(said)
    return found
