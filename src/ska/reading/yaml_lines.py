"""A file's lines, where YAML is read: where things stand, and lines that YAML takes otherwise."""

from __future__ import annotations

import re
from typing import Any, Final

from ska.problems import Location
from ska.reading.yaml_text import refuse
from ska.reading.yaml_words import KEPT_LINES

Mark = tuple[int, int]  # line and column, from 0
Event = Any  # the stubs say that an event may lack marks, tag and anchor; libyaml's never do

QUOTES: Final = ("'", '"')
# A line that was meant as a point of a list, also as word processors write one.
_POINT: Final = re.compile(r" *([-–—•·*]) ")
_FIRST_POINT: Final = re.compile(r" *(1[.)]) ")
_COMMENT: Final = re.compile(r" *#")


class Lines:
    """The lines of one file, and what in them is told from what a reader meant."""

    def __init__(self, file: str, text: str) -> None:
        """Cut the text into lines."""
        self.file = file
        self.lines = text.split("\n")
        # Where a file has no last line break, libyaml sees one more line.
        self._end = (len(self.lines) - 1, len(self.lines[-1]))

    def start(self, event: Event) -> Mark:
        """Give where an event begins."""
        return min((event.start_mark.line, event.start_mark.column), self._end)

    def location(self, event: Event) -> Location:
        """Give where an event begins, to be told."""
        line, column = self.start(event)
        return Location(self.file, line + 1, column + 1)

    def begins(self, mark: Mark, signs: tuple[str, ...]) -> bool:
        """Tell whether one of the signs stands at a place."""
        return self.lines[mark[0]].startswith(signs, mark[1])

    def not_cut_off(self, event: Event) -> None:
        """`Rutin #4 för fritids` would silently become `Rutin`."""
        line, column = min((event.end_mark.line, event.end_mark.column), self._end)
        text = self.lines[line]
        if _COMMENT.match(text, column):
            at = Location(self.file, line + 1, column + 1)
            refuse("tappad-text", at, text[column : column + 60].strip()[:40])

    def not_joined(self, event: Event, indent: int, in_list: bool) -> None:
        """Refuse a line that YAML joins to the text before it, but that was meant as its own.

        A point with too deep an indent; a field after a text whose closing quote is missing.
        `indent` is the column, from 1, of what is being read; 0 inside [ ].
        """
        start, end = event.start_mark.line, event.end_mark.line  # both inside, as there is text
        quoted = event.style in QUOTES
        for number in range(start + 1, end + 1):
            line = self.lines[number]
            at = Location(self.file, number + 1, len(line) - len(line.lstrip()) + 1)
            if quoted:
                read = line[: event.end_mark.column - 1] if number == end else line
                if at.column <= indent and read.strip():
                    refuse("oavslutad-text", at, start + 1)
            elif (point := _POINT.match(line)) and (point[1] not in "–—" or in_list):
                # In a running text a line may well begin with the dash of a thought.
                refuse("ihopslagen-rad", at, point[1], start + 1)

    def not_run_together(self, event: Event) -> None:
        """Refuse the blank line or the point of a list that YAML makes one text of.

        Only a text after `|` keeps its lines. In quotes too a blank line becomes a mere line
        break, but there programs write it so, and mean it.
        """
        start, end = event.start_mark.line, event.end_mark.line
        folded = event.style == ">"
        lines = self.lines[start : min(end + (not folded), len(self.lines))]
        for number in range(1, len(lines)):
            before, line = lines[number - 1].strip(), lines[number]
            at = Location(self.file, start + number + 1, len(line) - len(line.lstrip()) + 1)
            alone = number > 1 and not before and line.strip() and lines[number - 2].strip()
            if alone and (number > 2 or not folded):
                refuse("tappat-stycke", at)
            point = folded and number > 1 and (_POINT.match(line) or _FIRST_POINT.match(line))
            if point and point[1] not in "–—":
                refuse("ihopslagen-rad", at, point[1], start + 1, hint=KEPT_LINES)
