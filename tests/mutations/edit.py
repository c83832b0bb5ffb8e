"""Changes of one YAML file by path: put, drop, add. What isn't touched keeps its quoting."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import yaml

Path = tuple[str | int, ...]
Edit = Callable[[yaml.Node], None]

_RESOLVER = yaml.CSafeLoader("")


def rewritten(raw: bytes, edits: list[Edit]) -> bytes:
    """Return the file after the edits. Comments are lost and lines may break elsewhere."""
    root = yaml.compose(raw.decode(), Loader=yaml.CSafeLoader)
    for edit in edits:
        edit(root)
    text: bytes = yaml.serialize(
        root, Dumper=yaml.CSafeDumper, encoding="utf-8", allow_unicode=True, width=100_000
    )
    return text


def node(value: Any) -> yaml.Node:
    """Make a node of plain data. A text is written plain, as people write; `Quoted` is not."""
    if isinstance(value, yaml.Node):
        return value
    if isinstance(value, dict):
        pairs = [(node(key), node(item)) for key, item in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    if type(value) in (list, tuple):  # a month is a tuple too, but one text
        items = [node(item) for item in value]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=False)
    if isinstance(value, Quoted):
        return yaml.ScalarNode("tag:yaml.org,2002:str", str(value), style='"')
    text = str(value)
    return yaml.ScalarNode(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)), text)


class Quoted(str):
    """A text that must stand in quotation marks."""


def put(path: Path, value: Any) -> Edit:
    """Set the value at `path`; a new field of a mapping comes last."""

    def edit(root: yaml.Node) -> None:
        parent, last = at(root, path[:-1]), path[-1]
        if isinstance(parent, yaml.SequenceNode):
            parent.value[last] = node(value)
            return
        for index, (key, _) in enumerate(parent.value):
            if key.value == last:
                parent.value[index] = (key, node(value))
                return
        parent.value.append((node(last), node(value)))

    return edit


def drop(path: Path) -> Edit:
    """Take away a field or an item."""

    def edit(root: yaml.Node) -> None:
        parent, last = at(root, path[:-1]), path[-1]
        if isinstance(parent, yaml.SequenceNode):
            del parent.value[last]
        else:
            parent.value = [pair for pair in parent.value if pair[0].value != last]

    return edit


def rename(path: Path, name: str) -> Edit:
    """Give a field another name."""

    def edit(root: yaml.Node) -> None:
        for key, _ in at(root, path[:-1]).value:
            if key.value == path[-1]:
                key.value = name

    return edit


def add(path: Path, value: Any) -> Edit:
    """Add an item at the end of the list at `path`, which is made where it is missing."""

    def edit(root: yaml.Node) -> None:
        parent = at(root, path[:-1])
        if isinstance(parent, yaml.MappingNode) and path[-1] not in {
            k.value for k, _ in parent.value
        }:
            put(path, [value])(root)
        else:
            at(root, path).value.append(node(value))

    return edit


def without(path: Path, value: str) -> Edit:
    """Take a text out of the list at `path`; what becomes empty goes too, list and mapping."""

    def edit(root: yaml.Node) -> None:
        listed = at(root, path)
        listed.value = [item for item in listed.value if item.value != value]
        gone = path
        while gone and not at(root, gone).value:
            drop(gone)(root)
            gone = gone[:-1]

    return edit


def without_part(path: Path, key: str, value: str) -> Edit:
    """Take the parts that name a text under `key` out of the list at `path`, and an empty list."""

    def edit(root: yaml.Node) -> None:
        listed = at(root, path)
        listed.value = [part for part in listed.value if at(part, (key,)).value != value]
        if not listed.value:
            drop(path)(root)

    return edit


def at(root: yaml.Node, path: Path) -> Any:
    """Return the node at `path`."""
    current: Any = root
    for part in path:
        if isinstance(current, yaml.SequenceNode):
            current = current.value[part]
        else:
            current = next(value for key, value in current.value if key.value == part)
    return current


def add_copy(path: Path, changes: dict[str, Any]) -> Edit:
    """Add a copy of the item at `path` to the end of its list, with some fields changed."""

    def edit(root: yaml.Node) -> None:
        twin = deepcopy(at(root, path))
        for key, value in changes.items():
            put((key,), value)(twin)
        at(root, path[:-1]).value.append(twin)

    return edit
