"""The rooms of the house: what each may know of, read from the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SKA = ROOT / "src" / "ska"
#: What only some may import: the world outside, and what the program could do without.
KNOWN_TO: dict[str, set[str]] = {
    "mkdocs": {"site", "macros"},
    "subprocess": {"files", "site", "documents"},  # git; the server anew; the typesetter
    "typst": {"documents"},
    "urllib.request": {"forge"},
    "http.client": {"forge"},
    "argparse": {"cli", "commands"},
}


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield each module or name that is imported when the program runs, dotted."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        yield from imports(node)


@cache
def rooms() -> dict[str, set[str]]:
    """Return what each room imports: a package, or a module that lies beside them."""
    found: dict[str, set[str]] = {"macros": set(imports(ast.parse(_text(ROOT / "macros.py"))))}
    for path in SKA.rglob("*.py"):
        room = path.relative_to(SKA).with_suffix("").parts[0]
        found.setdefault(room, set()).update(imports(ast.parse(_text(path))))
    return found


@cache
def modules() -> dict[str, set[str]]:
    """Return which of our modules each of them imports, wherever in it that is done."""
    paths = {
        ".".join(("ska", *path.relative_to(SKA).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): path
        for path in SKA.rglob("*.py")
    }
    found = {}
    for name, path in paths.items():
        named = set(imports(ast.parse(_text(path))))
        either = {one if one in paths else one.rpartition(".")[0] for one in named}
        found[name] = (either & set(paths)) - {name}
    return found


def order(needs: dict[str, set[str]]) -> list[str]:
    """Return the rooms, each after those it needs; fails on a circle."""
    inner = {
        room: {name.split(".")[1] for name in names if name.startswith("ska.")} - {room}
        for room, names in needs.items()
    }
    return list(TopologicalSorter(inner).static_order())


def strangers(needs: dict[str, set[str]]) -> list[str]:
    """Return who imports what isn't theirs."""
    return [
        f"{room}: {name}"
        for room, names in sorted(needs.items())
        for name in sorted(names)
        for module, known in KNOWN_TO.items()
        if room not in known and (name == module or name.startswith(f"{module}."))
    ]


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def test_no_room_needs_one_that_needs_it() -> None:
    found = order(rooms())
    assert found.index("reading") < found.index("rules") < found.index("render")
    with pytest.raises(CycleError):
        order({"rules": {"ska.render.page"}, "render": {"ska.rules"}})


def test_no_module_needs_one_that_needs_it() -> None:
    found = list(TopologicalSorter(modules()).static_order())
    assert found.index("ska.model") < found.index("ska.check") < found.index("ska.cli")


def test_each_knows_only_what_is_its_own() -> None:
    assert strangers(rooms()) == []
    assert strangers({"render": {"mkdocs.config"}}) == ["render: mkdocs.config"]


def test_what_is_read_for_types_alone_counts_for_nothing() -> None:
    code = "if TYPE_CHECKING:\n    import a\nimport b.c\ndef f():\n    from d import e\n"
    assert list(imports(ast.parse(code))) == ["b.c", "d.e"]
