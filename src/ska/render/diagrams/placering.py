"""Where everything in a chart stands: no number touches another, or any value's mark."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from ska.render.diagrams.diagram import Bild, Diagram, Linje, Låda, Märke, Panel, Punkt, Text, Typ

WIDTH: Final = 340  # units: a phone's text column; wider screens scale it up
_SIDE: Final = 8
_HIGH, _LOW = 96, 66  # a panel's drawing, alone and among several
_SIZE: Final = 11  # of all text
_CHAR: Final = 6.6  # a wide digit; most fonts' are narrower
_THIN: Final = frozenset(",.() \u00a0")
_LINE: Final = 13
_MARK: Final = 8
_ROOM: Final = 15  # above the highest value and below the lowest, for a number
_SLIM: Final = 3  # what two numbers beside each other keep between them
_FEW: Final = 2
_SHAPES: Final = ("cirkel", "kvadrat", "triangel", "romb")


def från_noll(diagram: Diagram) -> bool:
    """Tell whether heights are counted from nought, so that one can be weighed against another."""
    return _skala(diagram)[0] <= 0


def placera(diagram: Diagram) -> Bild:
    """Place everything: the chart grows wider only where its numbers would else overlap."""
    panels = [part for panel in _samlade(diagram) for part in _delad(diagram, panel)]
    slots = [_plats(panel) * len(panel) for panel in panels]
    names = [_bredd(line) + _SLIM for column in diagram.kolumner for line in column]
    column = max([*slots, *names, (WIDTH - 2 * _SIDE) / len(diagram.kolumner)])
    width = 2 * _SIDE + column * len(diagram.kolumner)
    scale = _skala(diagram)
    placed, y = [], 0.0
    for number, panel in enumerate(panels):
        target = diagram.nyckel and number == 0
        one, y = _panel(diagram, panel, scale, column, y, len(panels), target)
        placed.append(one)
    return Bild(_r(width), _r(y), placed, scale[0] <= 0)


def _samlade(diagram: Diagram) -> list[tuple[Linje, ...]]:
    """Put a lone first line with the panel after it, where there is room: the whole, its parts."""
    first, *rest = diagram.paneler
    if len(first) == 1 and rest and _ryms(diagram, first + rest[0]):
        return [first + rest[0], *rest[1:]]
    return [first, *rest]


def _delad(diagram: Diagram, panel: tuple[Linje, ...]) -> list[tuple[Linje, ...]]:
    """Give each group a panel of its own where their numbers would not stand side by side."""
    return [panel] if _ryms(diagram, panel) else [(line,) for line in panel]


def _ryms(diagram: Diagram, panel: tuple[Linje, ...]) -> bool:
    room = (WIDTH - 2 * _SIDE) / len(diagram.kolumner)
    return len(panel) <= len(_SHAPES) and _plats(panel) * len(panel) <= room


def _plats(panel: Sequence[Linje]) -> float:
    """Return how wide a slot must be for the longest number of a panel."""
    return max((_bredd(p.text) for line in panel for p in line.punkter), default=0) + _SLIM


def _skala(diagram: Diagram) -> tuple[float, float]:
    """Return lowest and highest of the scale, one for all panels.

    It begins at nought unless that would flatten everything; and it isn't so fine that a
    difference of a few hundredths looks like a fall.
    """
    values = [p.värde for panel in diagram.paneler for line in panel for p in line.punkter]
    low, high = min(values), max(values)
    if low >= 0 and low < high / 2:
        return 0.0, high
    if high <= 0 and high > low / 2:
        return low, 0.0
    least = max(abs(low), abs(high)) / 8 or 1.0
    extra = max(0.0, least - (high - low)) / 2
    return low - extra, high + extra


def _panel(
    diagram: Diagram, lines: tuple[Linje, ...], scale: tuple[float, float], column: float,
    top: float, number: int, target: bool,
) -> tuple[Panel, float]:  # fmt: skip
    """Place a panel that begins at `top`; return it and where it ends."""
    names, top = _namn(lines, top, column * len(diagram.kolumner), target)
    slots: dict[tuple[int, int], list[Punkt]] = {}
    for i, line in enumerate(lines):
        for p in line.punkter:
            slots.setdefault((p.kolumn, i), []).append(p)
    crowd = max((len(items) for items in slots.values()), default=0)
    # So high that the numbers of the fullest slot always find a free place; see `_fri`.
    height = max((_HIGH if number <= _FEW else _LOW) + 2 * _ROOM, 44 * crowd)
    bottom = top + height
    low, high = scale
    floor = bottom - (0 if low == 0 else _ROOM)

    def at(value: float) -> float:
        return _r(floor - (value - low) / (high - low) * (floor - top - _ROOM))

    marks: list[Märke] = []
    middle: dict[int, tuple[float, float]] = {}
    slot = column / len(lines)
    for (kolumn, i), items in slots.items():
        x = _r(_SIDE + column * kolumn + slot * (i + 0.5))
        shape = _SHAPES[i % len(_SHAPES)] if len(lines) > 1 else _SHAPES[0]
        placed = _märken(x, shape, [(p, at(p.värde)) for p in items], (top, bottom), slot)
        marks += placed
        middle.update({id(p): (m.x, m.y) for p, m in zip(items, placed, strict=True)})
    joined = [
        (a.typ, *middle[id(a)], *middle[id(b)]) for line in lines for a, b in _par(line.punkter)
    ]
    rows = [
        Text(_r(_SIDE + column * (n + 0.5)), _r(bottom + _LINE * (row + 1)), line)
        for n, texts in enumerate(diagram.kolumner)
        for row, line in enumerate(texts)
    ]
    noll = at(0) if low < 0 else None
    end = bottom + _LINE * max(map(len, diagram.kolumner)) + _LINE
    borders = [_r(_SIDE + column * n) for n in range(1, len(diagram.kolumner))]
    return Panel(
        names, len(lines) > 1, _r(top), _r(bottom), borders, noll, joined, marks, rows
    ), end


def _namn(
    lines: tuple[Linje, ...], top: float, width: float, target: bool
) -> tuple[list[tuple[float, float, str, str]], float]:
    """Place the shapes with their names, in as many rows as they need."""
    entries = [
        (_SHAPES[i % len(_SHAPES)], textwrap.wrap(line.namn, 46) or [""])
        for i, line in enumerate(lines)
    ]
    if target:
        entries.append(("streck", ["mål"]))
    x, y, placed = float(_SIDE), top + _LINE, []
    for shape, rows in entries:
        wide = max(map(_bredd, rows)) + 3 * _MARK
        if x > _SIDE and x + wide > width:
            x, y = float(_SIDE), y + _LINE
        placed.append((_r(x + _MARK / 2), _r(y), shape, rows[0]))
        for row in rows[1:]:
            y += _LINE
            placed.append((_r(x + _MARK / 2), _r(y), "", row))
        x += wide
    return placed, y + _LINE / 2


def _par(points: tuple[Punkt, ...]) -> list[tuple[Punkt, Punkt]]:
    """Return what is joined: a value to the next one that can be compared with it."""
    last: dict[tuple[Typ, object], Punkt] = {}
    pairs = []
    for p in sorted(points, key=lambda p: p.kolumn):
        before = last.get((p.typ, p.serie))
        if before and before.kolumn < p.kolumn:
            pairs.append((before, p))
        last[p.typ, p.serie] = p
    return pairs


def _märken(
    x: float, shape: str, items: list[tuple[Punkt, float]], within: tuple[float, float], slot: float
) -> list[Märke]:
    """Place the numbers of a slot beside their marks, the higher ones above, the lower below."""
    dash = min(slot * 0.7, 26.0)
    boxes = []
    for p, y in items:
        wide, tall = (dash, 5.0) if p.typ == "mål" else (float(_MARK), float(_MARK))
        boxes.append(Låda(_r(x - wide / 2), _r(y - tall / 2), wide, tall))
    taken = boxes[:]
    mean = sum(y for _, y in items) / len(items)
    made = []
    for (p, y), box in zip(items, boxes, strict=True):
        up = y < mean or (y == mean and p.typ == "utfall")
        label = _fri(x, box, p.text, taken, within, up)
        taken.append(label)
        words = Text(x, _r(label.y + _SIZE - 2), p.text)
        made.append(Märke(x, y, shape, p.typ, box, words, label))
    return made


def _fri(
    x: float, box: Låda, text: str, taken: list[Låda], within: tuple[float, float], up: bool
) -> Låda:
    """Find the nearest free place for a number, above or below its mark.

    Each of `taken` shuts out less than 22 units of places, so a panel of 44 for each value has one.
    """
    wide = _bredd(text)
    top, bottom = within
    above, below = box.y - _SIZE - 1.5, box.y + box.höjd + 1.5
    steps = range(int(bottom - top))
    tries = [(way, step) for step in steps for way in ((up, not up))]
    for way, step in tries:
        y = above - step if way else below + step
        label = Låda(_r(x - wide / 2), _r(y), wide, _SIZE)
        inside = top <= label.y and label.y + label.höjd <= bottom
        if inside and not any(label.rör(other) for other in taken):
            return label
    raise AssertionError("a panel is high enough for its fullest slot")


def _bredd(text: str) -> float:
    return sum(_CHAR / 2 if char in _THIN else _CHAR for char in text)


def _r(value: float) -> float:
    return round(value, 1)
