"""Bytes to a document, or to the one reason why not.

YAML is read as an event stream with a stack of our own: no recursion, no anchors, tags or
merge keys, and every scalar stays text until a schema says otherwise. No YAML library refuses
all that deserves refusal (measured: of 89 damaged files PyYAML's C loader takes 43).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from ska.problems import Location, Problem, Related
from ska.reading.yaml_faults import explain
from ska.reading.yaml_lines import QUOTES, Event, Lines, Mark
from ska.reading.yaml_text import Refused, refuse, text_of, unescaped

MAX_DEPTH: Final = 24
MAX_NODES: Final = 100_000

Path = tuple[str | int, ...]

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
    #: Where some values stand, though the rest has been let go: what was asked for once is again.
    kept: dict[Path, Mark] = field(repr=False, default_factory=dict, compare=False)

    if not TYPE_CHECKING:  # each field has its type

        def __getattr__(self, name: str) -> Any:
            """Read the file again: what has been kept on disk holds no more than its name.

            Where things stand is asked for only when there is something to tell about them.
            """
            if name not in _OF_CONTENT:
                raise AttributeError(name)
            if name == "text":
                return text_of(self.file, self.raw)
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
        if path not in self.kept:
            at = path
            while at and at not in self.marks:
                at = at[:-1]
            self.kept[path] = self.marks[at]
        line, column = self.kept[path]
        return Location(self.file, line + 1, column + 1)

    def where_key(self, path: Path) -> Location:
        """Locate the key that leads to `path`, or what is nearest to it in the file."""
        if path not in self.keys:
            return self.where(path)
        line, column = self.keys[path]
        return Location(self.file, line + 1, column + 1)


#: What follows from the bytes of a file.
_OF_CONTENT: Final = ("data", "marks", "keys", "ambiguous", "text")


def unread(file: str, kept: dict[Path, Mark], raw: bytes = b"") -> Document:
    """Return the document of a file that was read before, whose content is read when asked for."""
    document = object.__new__(Document)
    object.__setattr__(document, "file", file)
    object.__setattr__(document, "raw", raw)
    object.__setattr__(document, "kept", kept)
    return document


def read(file: str, raw: bytes) -> Document | Problem:
    """Read one YAML file.

    Returns the document, or the first thing that makes it unreadable. Raises nothing: whatever
    the bytes hold, the answer is one of the two.
    """
    try:
        text = text_of(file, raw)
        return _Reader(file, text).document()
    except Refused as refused:
        return refused.problem


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
        self.lines = Lines(file, text)
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
                refuse("ankare", self.lines.location(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document_start(event)
        if self.root is None:
            refuse("tom-fil", Location(self.file))
        return Document(self.file, self.root, self.marks, self.keys, self.ambiguous, self.text)

    def _events(self) -> Iterator[Event]:
        try:
            yield from yaml.parse(self.text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            fault = explain(error, self.lines.lines, self._bracket(), self.quoted)
            line, column = fault.at
            at = Location(self.file, line + 1, column + 1)
            refuse("inte-yaml", at, fault.what, hint=fault.advice)

    def _bracket(self) -> Mark | None:
        """Find the innermost `[` or `{` that is open; `[a: b]` has a mapping without brackets."""
        for top in reversed(self.stack):
            at = self.marks[top.path]
            if top.flow and self.lines.begins(at, ("[", "{")):
                return at
        return None

    def _document_start(self, event: Event) -> None:
        if event.version or event.tags:
            refuse("direktiv", self.lines.location(event))
        if self.root is not None:
            refuse("flera-dokument", self.lines.location(event))

    def _count(self, event: Event) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            refuse("for-manga-varden", self.lines.location(event), MAX_NODES)
        if event.anchor is not None:
            refuse("ankare", self.lines.location(event))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            refuse("tagg", self.lines.location(event), tag[:40])

    def _open(self, node: dict[str, Any] | list[Any], event: Event) -> None:
        self._count(event)
        if len(self.stack) >= MAX_DEPTH:
            refuse("for-djup", self.lines.location(event), MAX_DEPTH)
        if self.stack:
            path = self._place(node, event)
        elif isinstance(node, dict):
            path = ()
            self.root = node
        else:
            refuse("inte-falt", self.lines.location(event))
        self.marks[path] = self.lines.start(event)
        self.stack.append(_Open(node, path, bool(event.flow_style)))

    def _scalar(self, event: Event) -> None:
        self._count(event)
        plain = event.implicit[0]
        many_lines = event.end_mark.line > event.start_mark.line
        quoted = event.style in QUOTES
        self.quoted = self.lines.start(event) if quoted and many_lines else None
        if plain:
            self.lines.not_cut_off(event)
        if many_lines and (plain or quoted):
            self.lines.not_joined(event, self._indent(), self._in_list())
        if many_lines and (plain or event.style == ">"):
            self.lines.not_run_together(event)
        if not self.stack:
            rule = "inte-falt" if event.value else "tom-fil"
            refuse(rule, self.lines.location(event))
        value = event.value
        if event.style == '"':
            value = unescaped(value, self.lines.location(event))
        top = self.stack[-1]
        if isinstance(top.node, dict) and top.key is None:
            self._key(top, top.node, value, event)
            return
        path = self._place(value, event)
        self.marks[path] = self.lines.start(event)
        if plain and (match := _AMBIGUOUS.fullmatch(event.value)):
            self.ambiguous[path] = match.lastgroup or "tal"

    def _key(self, top: _Open, node: dict[str, Any], key: str, event: Event) -> None:
        if key == "<<" and event.implicit[0]:
            refuse("ankare", self.lines.location(event))
        if not key.strip():
            refuse("tomt-falt", self.lines.location(event))
        key = sys.intern(key)  # files have the same fields
        path = (*top.path, key)
        if key in node:
            line, column = self.keys[path]
            first = Related(Location(self.file, line + 1, column + 1), "första gången")
            refuse("dubbelt-falt", self.lines.location(event), key[:60], line + 1, related=(first,))
        self.keys[path] = self.lines.start(event)
        node[key] = None
        top.key = key

    def _place(self, value: Any, event: Event) -> Path:
        """Put a value where the reading stands, and say which path that is."""
        top = self.stack[-1]
        if isinstance(top.node, list):
            top.node.append(value)
            return (*top.path, len(top.node) - 1)
        if top.key is None:
            refuse("sammansatt-falt", self.lines.location(event))
        key, top.key = top.key, None
        top.node[key] = value
        return (*top.path, key)

    def _in_list(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].node, list)

    def _indent(self) -> int:
        """Return the column, from 1, of the field or list that is being read; 0 inside [ ]."""
        top = self.stack[-1] if self.stack else None
        if top is None or top.flow:
            return 0
        _, column = self.marks[top.path] if top.key is None else self.keys[(*top.path, top.key)]
        return column + 1
