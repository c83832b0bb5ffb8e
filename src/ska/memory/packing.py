"""Facts to bytes and back, quickly: what a file holds, as `shelf.py` keeps it.

Pickle makes a frozen class field by field in Python's own code, which was most of the time. Here
each kind of part has a function of its own, made from its fields as `dataclasses` makes `__init__`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from io import BytesIO
from operator import attrgetter
from typing import Any, Final

from ska import ting
from ska.loading.held import Held
from ska.model import Lucka, Text, Texter
from ska.problems import Location, Problem, Related, Severity
from ska.reading.yaml_source import Document, unread
from ska.ting import Del, Månad, Spår

_PARTS: Final[Mapping[str, type[Del]]] = {
    name: kind
    for name, kind in vars(ting).items()
    if isinstance(kind, type) and issubclass(kind, Del)
}
_FACTS: Final[Mapping[str, Any]] = {
    kind.__name__: kind
    for kind in (date, Decimal, Held, Location, Lucka, Månad, Problem, Related, Severity)
}
_MAKE: Final = "make_"


def packed(facts: object) -> bytes:
    """Write facts as bytes."""
    content = BytesIO()
    _Pickler(content, pickle.HIGHEST_PROTOCOL).dump(facts)
    return content.getvalue()


def unpacked(content: bytes) -> Any:
    """Read what `packed` wrote. Raises whatever pickle does when it's something else."""
    return _Unpickler(BytesIO(content)).load()


class _Pickler(pickle.Pickler):
    def __init__(self, file: BytesIO, protocol: int) -> None:
        super().__init__(file, protocol)
        self.dispatch_table = _WRITTEN_AS


class _Unpickler(pickle.Unpickler):
    """Makes facts and nothing else, whatever the bytes ask for."""

    def find_class(self, module: str, name: str) -> Any:
        found = _MADE_BY.get(name) or _FACTS.get(name)
        if found is None and name.startswith(_MAKE) and name[len(_MAKE) :] in _PARTS:
            found = _maker(_PARTS[name[len(_MAKE) :]])
        if found is None:
            raise pickle.UnpicklingError(name)
        return found


def make_texter(
    said: tuple[tuple[Any, str, Any], ...], funna: dict[str, tuple[int, ...]]
) -> Texter:
    """Make a file's texts."""
    return Texter(tuple(map(Text._make, said)), funna)


#: What makes things again, by its name.
_MADE_BY: Final[dict[str, Callable[..., Any]]] = {
    "make_texter": make_texter,
    "unread": unread,
}


def _maker(kind: type[Del]) -> Callable[..., Any]:
    """Return the function that makes a part of its document, its path and its other fields."""
    name = f"{_MAKE}{kind.__name__}"
    names = _names(kind)
    taken = ", ".join(f"a{number}" for number in range(len(names)))
    puts = "".join(f"    put{number}(made, a{number})\n" for number in range(len(names)))
    code = (
        f"def {name}(document, path, {taken}):\n"
        "    made = new(kind)\n"
        "    put(made, place(Spår, (document, path)))\n"
        f"{puts}    return made\n"
    )
    known: dict[str, Any] = {
        "new": object.__new__, "kind": kind, "place": tuple.__new__, "Spår": Spår,
        "put": _setter(kind, "spår"),
    }  # fmt: skip
    known |= {f"put{number}": _setter(kind, field) for number, field in enumerate(names)}
    exec(code, known)  # of the names of a class's own fields, nothing else
    made: Callable[..., Any] = known[name]
    made.__module__ = __name__
    globals()[name] = _MADE_BY[name] = made
    return made


def _names(kind: type[Del]) -> list[str]:
    return [field.name for field in fields(kind) if field.name != "spår"]


def _setter(kind: type[Del], name: str) -> Callable[[Any, Any], None]:
    held: Any = next(c.__dict__[name] for c in kind.__mro__ if name in c.__dict__)
    put: Callable[[Any, Any], None] = held.__set__
    return put


def _written(kind: type[Del]) -> Callable[[Any], tuple[Callable[..., Any], tuple[Any, ...]]]:
    values = attrgetter("spår.document", "spår.path", *_names(kind))
    make: list[Callable[..., Any]] = []

    def written(part: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        if not make:
            make.append(_MADE_BY.get(f"{_MAKE}{kind.__name__}") or _maker(kind))
        return make[0], values(part)

    return written


_WRITTEN_AS: Final[dict[Any, Callable[[Any], Any]]] = {
    # Where things stand is read again when it is asked for the first time, which is seldom.
    Document: lambda document: (unread, (document.file, document.kept)),
    Texter: lambda texts: (make_texter, (tuple(map(tuple, texts.alla)), texts.funna)),
    **{kind: _written(kind) for kind in _PARTS.values()},
}
