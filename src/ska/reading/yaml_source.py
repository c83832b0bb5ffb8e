"""Bytes to a document, or to the one reason why not.

YAML is read as an event stream with a stack of our own: no recursion, no anchors, tags or
merge keys, and every scalar stays text until a schema says otherwise. No YAML library refuses
all that deserves refusal (measured: of 89 damaged files PyYAML's C loader takes 43).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Never

import yaml

from ska.problems import Location, Problem, Related
from ska.reading.yaml_faults import explain
from ska.reading.yaml_words import CHARACTERS, ESCAPED, KEPT_LINES, PRIVATE_USE, REFUSALS

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 24
MAX_NODES: Final = 100_000
MAX_MARKS: Final = 30  # on one letter, as in Unicode's Stream-Safe Text Format (UAX 15)

Path = tuple[str | int, ...]
Mark = tuple[int, int]  # line and column, from 0
_Event = Any  # the stubs say that an event may lack marks, tag and anchor; libyaml's never do

# What nearly every file is made of; the rest is looked at more closely.
_ORDINARY: Final = re.compile("[\n -~§´½éÉåäöüÅÄÖÜ–—’”…]*")
# Control, invisible and direction characters, private use and the mark of a lost character.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\t\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U0010ffff]"
)
_NOT_LATIN: Final = re.compile(f"[\u0300-\U0010ffff]{{{MAX_MARKS},}}")
# A hard space where YAML needs a plain one: as indent, after a list's dash, after a field's colon.
_HARD_SPACE: Final = re.compile(
    r"^[ -]*(\w+:)?[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", re.MULTILINE
)
# UTF-8 that was read as Windows-1252 and saved again: å, ä, ö, é, §, –, ”.
_GARBLED: Final = re.compile("Ã[¥¤¶…„–©]|Â[§\u00a0]|â€.")
_CONFLICT: Final = re.compile(r"^(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)( |$)", re.MULTILINE)
# A line that was meant as a point of a list, also as word processors write one.
_POINT: Final = re.compile(r" *([-–—•·*]) ")
_FIRST_POINT: Final = re.compile(r" *(1[.)]) ")
_COMMENT: Final = re.compile(r" *#")
# What YAML 1.1 or 1.2 makes of a plain scalar that is not text (yaml.org/type, YAML 1.2 §10.3).
_AMBIGUOUS: Final = re.compile(
    r"(?P<tomt>~|null|Null|NULL|)"
    r"|(?P<sanningsvärde>y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE"
    r"|on|On|ON|off|Off|OFF)"
    r"|(?P<datum>\d{4}-\d\d?-\d\d?"
    r"(([Tt]|[ ]+)\d\d?:\d\d:\d\d(\.\d*)?([ ]*(Z|[-+]\d\d?(:?\d\d)?))?)?)"
    r"|(?P<klockslag>[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?)"
    r"|(?P<tal>[-+]?(0b[01_]+|0o?[0-7_]+|0x[\da-fA-F_]+|\d[\d_]*|(\d[\d_]*)?\.[\d_]+([eE][-+]?\d+)?"
    r"|\d[\d_]*\.([eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+|\.(inf|Inf|INF)|\.(nan|NaN|NAN)))"
    r"|(?P<tecken>=|<<)"
)
_NOT_TEXT_FILES: Final = {
    b"PK\x03\x04": "en Word-, Excel- eller zip-fil",
    b"\xd0\xcf\x11\xe0": "en äldre Word- eller Excel-fil",
    b"%PDF": "en PDF-fil",
    b"{\\rtf": "en RTF-fil",
    b"\x89PNG": "en bild",
    b"\xff\xd8\xff": "en bild",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: nested dicts, lists and strings, and where each value and key stands.

    `ambiguous` names the plain scalars that other readers of YAML would not take as text.
    """

    file: str
    data: dict[str, Any]
    marks: dict[Path, Mark] = field(repr=False)
    keys: dict[Path, Mark] = field(repr=False)
    ambiguous: dict[Path, str] = field(repr=False)
    text: str = field(repr=False, default="")
    raw: bytes = field(repr=False, default=b"", compare=False)
    #: Where some values stand, though the rest has been let go.
    kept: Mapping[Path, Mark] = field(repr=False, default_factory=dict, compare=False)

    if not TYPE_CHECKING:  # each field has its type

        def __getattr__(self, name: str) -> Any:
            """Read the file again: what has been kept on disk holds no more than its name.

            Where things stand is asked for only when there is something to tell about them.
            """
            if name not in _OF_CONTENT:
                raise AttributeError(name)
            if name == "text":
                return _text(self.file, self.raw)
            again = read(self.file, self.raw)
            for each in _OF_CONTENT:
                object.__setattr__(self, each, getattr(again, each))
            return getattr(self, name)

    def forget(self, raw: bytes, but: Iterable[Path]) -> None:
        """Let go of what the file's bytes say, but for where some values stand.

        It is read again when somebody asks; what a plan is made of is elsewhere.
        """
        try:
            marks = object.__getattribute__(self, "marks")
        except AttributeError:
            return  # it is gone already
        kept = {path: marks[path] for path in but if path in marks}
        object.__setattr__(self, "raw", raw)
        object.__setattr__(self, "kept", kept)
        for each in _OF_CONTENT:
            object.__delattr__(self, each)

    def where(self, path: Path = ()) -> Location:
        """Locate the value at `path`, or its nearest parent that is in the file."""
        if (mark := self.kept.get(path)) is not None:
            return Location(self.file, mark[0] + 1, mark[1] + 1)
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks[path]
        return Location(self.file, line + 1, column + 1)

    def where_key(self, path: Path) -> Location:
        """Locate the key that leads to `path`, or what is nearest to it in the file."""
        if path not in self.keys:
            return self.where(path)
        line, column = self.keys[path]
        return Location(self.file, line + 1, column + 1)


#: What follows from the bytes of a file.
_OF_CONTENT: Final = ("data", "marks", "keys", "ambiguous", "text")


def unread(file: str, raw: bytes = b"") -> Document:
    """Return the document of a file that was read before, whose content is read when asked for."""
    document = object.__new__(Document)
    object.__setattr__(document, "file", file)
    object.__setattr__(document, "raw", raw)
    object.__setattr__(document, "kept", {})
    return document


class _Refused(Exception):  # noqa: N818 - an answer, not a fault
    """Carries the problem out of the reading; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read(file: str, raw: bytes) -> Document | Problem:
    """Read one YAML file.

    Returns the document, or the first thing that makes it unreadable. Raises nothing: whatever
    the bytes hold, the answer is one of the two.
    """
    try:
        text = _text(file, raw)
        return _Reader(file, text).document()
    except _Refused as refused:
        return refused.problem


def _refuse(
    rule: str, at: Location, *values: object, related: tuple[Related, ...] = (), hint: str = ""
) -> Never:
    message, advice = REFUSALS[rule]
    raise _Refused(
        Problem(at, rule, message.format(*values), hint or advice.format(*values), related=related)
    )


def _text(file: str, raw: bytes) -> str:
    """Decode and normalise; refuse what would be misread or be invisible to a reader."""
    if len(raw) > MAX_BYTES:
        _refuse("for-stor-fil", Location(file), MAX_BYTES)
    for start, what in _NOT_TEXT_FILES.items():
        if raw.startswith(start):
            _refuse("inte-textfil", Location(file), what)
    if raw.startswith(b"\xef\xbb\xbf"):  # Windows' Notepad; carries no content
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        _refuse("inte-utf8", _at(file, before, len(before)))
    text = text.replace("\r\n", "\n")
    if not _ORDINARY.fullmatch(text):
        text = _judged(file, text)
    if conflict := _CONFLICT.search(text):
        _refuse("git-konflikt", _at(file, text, conflict.start()))
    return text


def _judged(file: str, text: str) -> str:
    """Normalise text that holds more than ordinary letters and signs, or refuse it."""
    if (heap := _heap_of_marks(text)) is not None:
        _refuse("for-manga-accenter", _at(file, text, heap), MAX_MARKS)
    text = unicodedata.normalize("NFC", text)
    if bad := _FORBIDDEN.search(text):
        _refuse_character(bad[0], _at(file, text, bad.start()))
    if hard := _HARD_SPACE.search(text):
        _refuse("hart-mellanslag", _at(file, text, hard.end() - 1))
    if garbled := _GARBLED.search(text):
        _refuse("forvanskad-text", _at(file, text, garbled.start()), garbled[0])
    return text


def _heap_of_marks(text: str) -> int | None:
    """Find a letter with more marks than any has; NFC takes the square of the time on them."""
    for run in _NOT_LATIN.finditer(text):
        marks = 0
        for index, character in enumerate(run[0], run.start()):
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MAX_MARKS:
                return index - MAX_MARKS
    return None


def _refuse_character(character: str, at: Location) -> Never:
    if character == "\t":
        _refuse("tabb", at)
    advice = PRIVATE_USE if "\ue000" <= character <= "\uf8ff" else CHARACTERS.get(character, "")
    _refuse("otillatet-tecken", at, f"U+{ord(character):04X}", hint=advice)


def _at(file: str, text: str, index: int) -> Location:
    line_start = text.rfind("\n", 0, index) + 1
    before = text[line_start:index]
    if len(before) < 1000:  # no one counts further, and see `_judged`
        before = unicodedata.normalize("NFC", before)
    return Location(file, text.count("\n", 0, index) + 1, len(before) + 1)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    node: dict[str, Any] | list[Any]
    path: Path
    flow: bool
    key: str | None = None


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.lines = text.split("\n")
        # Where a file has no last line break, libyaml sees one more line.
        self.end = (len(self.lines) - 1, len(self.lines[-1]))
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.ambiguous: dict[Path, str] = {}
        self.stack: list[_Open] = []
        self.root: dict[str, Any] | None = None
        self.nodes = 0
        self.quoted: Mark | None = None  # where the latest text began, if in quotes over lines

    def document(self) -> Document:
        for event in self._events():
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open({}, event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open([], event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                _refuse("ankare", self._location(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document_start(event)
        if self.root is None:
            _refuse("tom-fil", Location(self.file))
        return Document(self.file, self.root, self.marks, self.keys, self.ambiguous, self.text)

    def _events(self) -> Iterator[_Event]:
        try:
            yield from yaml.parse(self.text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            fault = explain(error, self.lines, self._bracket(), self.quoted)
            line, column = fault.at
            at = Location(self.file, line + 1, column + 1)
            _refuse("inte-yaml", at, fault.what, hint=fault.advice)

    def _bracket(self) -> Mark | None:
        """Find the innermost `[` or `{` that is open; `[a: b]` has a mapping without brackets."""
        for top in reversed(self.stack):
            line, column = self.marks[top.path]
            if top.flow and self.lines[line].startswith(("[", "{"), column):
                return line, column
        return None

    def _start(self, event: _Event) -> Mark:
        return min((event.start_mark.line, event.start_mark.column), self.end)

    def _location(self, event: _Event) -> Location:
        line, column = self._start(event)
        return Location(self.file, line + 1, column + 1)

    def _document_start(self, event: _Event) -> None:
        if event.version or event.tags:
            _refuse("direktiv", self._location(event))
        if self.root is not None:
            _refuse("flera-dokument", self._location(event))

    def _count(self, event: _Event) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            _refuse("for-manga-varden", self._location(event), MAX_NODES)
        if event.anchor is not None:
            _refuse("ankare", self._location(event))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            _refuse("tagg", self._location(event), tag[:40])

    def _open(self, node: dict[str, Any] | list[Any], event: _Event) -> None:
        self._count(event)
        if len(self.stack) >= MAX_DEPTH:
            _refuse("for-djup", self._location(event), MAX_DEPTH)
        if self.stack:
            path = self._place(node, event)
        elif isinstance(node, dict):
            path = ()
            self.root = node
        else:
            _refuse("inte-falt", self._location(event))
        self.marks[path] = self._start(event)
        self.stack.append(_Open(node, path, bool(event.flow_style)))

    def _scalar(self, event: _Event) -> None:
        self._count(event)
        plain = event.implicit[0]
        many_lines = event.end_mark.line > event.start_mark.line
        quoted = event.style in ("'", '"')
        self.quoted = self._start(event) if quoted and many_lines else None
        if plain:
            self._not_cut_off(event)
        if many_lines and (plain or quoted):
            self._not_joined(event, quoted)
        if many_lines and (plain or event.style == ">"):
            self._not_run_together(event)
        if not self.stack:
            rule = "inte-falt" if event.value else "tom-fil"
            _refuse(rule, self._location(event))
        value = self._unescaped(event) if event.style == '"' else event.value
        top = self.stack[-1]
        if isinstance(top.node, dict) and top.key is None:
            self._key(top, top.node, value, event)
            return
        path = self._place(value, event)
        self.marks[path] = self._start(event)
        if plain and (match := _AMBIGUOUS.fullmatch(event.value)):
            self.ambiguous[path] = match.lastgroup or "tal"

    def _unescaped(self, event: _Event) -> str:
        """What stands in double quotes may have come by a backslash, unseen by `_judged`."""
        text: str = event.value
        if bad := _FORBIDDEN.search(text):
            code = f"U+{ord(bad[0]):04X}"
            _refuse("otillatet-tecken", self._location(event), code, hint=ESCAPED)
        if _heap_of_marks(text) is not None:
            _refuse("for-manga-accenter", self._location(event), MAX_MARKS)
        return unicodedata.normalize("NFC", text)

    def _key(self, top: _Open, node: dict[str, Any], key: str, event: _Event) -> None:
        if key == "<<" and event.implicit[0]:
            _refuse("ankare", self._location(event))
        if not key.strip():
            _refuse("tomt-falt", self._location(event))
        key = sys.intern(key)  # files have the same fields
        path = (*top.path, key)
        if key in node:
            line, column = self.keys[path]
            first = Related(Location(self.file, line + 1, column + 1), "första gången")
            _refuse("dubbelt-falt", self._location(event), key[:60], line + 1, related=(first,))
        self.keys[path] = self._start(event)
        node[key] = None
        top.key = key

    def _place(self, value: Any, event: _Event) -> Path:
        """Put a value where the reading stands, and say which path that is."""
        top = self.stack[-1]
        if isinstance(top.node, list):
            top.node.append(value)
            return (*top.path, len(top.node) - 1)
        if top.key is None:
            _refuse("sammansatt-falt", self._location(event))
        key, top.key = top.key, None
        top.node[key] = value
        return (*top.path, key)

    def _not_cut_off(self, event: _Event) -> None:
        """`Rutin #4 för fritids` would silently become `Rutin`."""
        line, column = min((event.end_mark.line, event.end_mark.column), self.end)
        text = self.lines[line]
        if _COMMENT.match(text, column):
            at = Location(self.file, line + 1, column + 1)
            _refuse("tappad-text", at, text[column : column + 60].strip()[:40])

    def _not_joined(self, event: _Event, quoted: bool) -> None:
        """Refuse a line that YAML joins to the text before it, but that was meant as its own.

        A point with too deep an indent; a field after a text whose closing quote is missing.
        """
        start, end = event.start_mark.line, event.end_mark.line  # both inside, as there is text
        indent = self._indent()
        for number in range(start + 1, end + 1):
            line = self.lines[number]
            at = Location(self.file, number + 1, len(line) - len(line.lstrip()) + 1)
            if quoted:
                read = line[: event.end_mark.column - 1] if number == end else line
                if at.column <= indent and read.strip():
                    _refuse("oavslutad-text", at, start + 1)
            elif (point := _POINT.match(line)) and (point[1] not in "–—" or self._in_list()):
                # In a running text a line may well begin with the dash of a thought.
                _refuse("ihopslagen-rad", at, point[1], start + 1)

    def _not_run_together(self, event: _Event) -> None:
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
                _refuse("tappat-stycke", at)
            point = folded and number > 1 and (_POINT.match(line) or _FIRST_POINT.match(line))
            if point and point[1] not in "–—":
                _refuse("ihopslagen-rad", at, point[1], start + 1, hint=KEPT_LINES)

    def _in_list(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].node, list)

    def _indent(self) -> int:
        """Return the column, from 1, of the field or list that is being read; 0 inside [ ]."""
        top = self.stack[-1] if self.stack else None
        if top is None or top.flow:
            return 0
        _, column = self.marks[top.path] if top.key is None else self.keys[(*top.path, top.key)]
        return column + 1
