"""What every thing is made of: its place, its sources, its contradictions."""

# ruff: noqa: D101 - what a part means stands in its schema
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, Final, Literal, NamedTuple, TypeVar, dataclass_transform

from ska.problems import Location
from ska.reading.yaml_source import Document, Path

T = TypeVar("T")

EjAngivet = Literal["ej_angivet"]
EJ_ANGIVET: EjAngivet = "ej_angivet"
Nyckel = tuple[str, str]  # kind and id


class Månad(NamedTuple):
    """A month of a certain year."""

    år: int
    månad: int

    @classmethod
    def läs(cls, text: str) -> Månad:
        """Read `2025-03`. The schema has already judged the form."""
        return cls(int(text[:4]), int(text[5:7]))

    def __str__(self) -> str:
        return f"{self.år:04}-{self.månad:02}"


Tillstånd = Literal[
    "angivet", "preliminärt", "ingen_uppgift", "basvärde_saknas", "tas_fram", "tomt"
]


class Spår(NamedTuple):
    """Where a thing stands: its document, and the path to it there."""

    document: Document
    path: Path


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def fakta(kind: type[T]) -> type[T]:
    """Make a part's class of its fields.

    Parts are compared by `Del`, alike for all: to let each class have functions of its own for
    that took as long, in every command, as all else that makes the classes. So did the text that
    `dataclass` would else write of how each is made, which nobody reads.
    """
    kind.__doc__ = kind.__doc__ or kind.__name__
    return dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(kind)


#: What gives all that a part of a kind says: every field but its place.
_SAID: Final[dict[type, Callable[[Any], object]]] = {}


@fakta
class Del:
    """A part of a thing; knows its own place. Two that say the same are equal, wherever."""

    spår: Spår

    def __eq__(self, other: object) -> bool:
        """Tell whether another part of the same kind says the same."""
        if type(self) is not type(other):
            return NotImplemented
        return _said(self) == _said(other)

    def __hash__(self) -> int:
        """Be found by what is said."""
        return hash(_said(self))

    def __repr__(self) -> str:
        """Write what is said, field by field."""
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(self))
        return f"{type(self).__name__}({told})"

    def where(self, *path: str | int) -> Location:
        """Locate a field of this part, or the part itself."""
        document, base = self.spår
        return document.where((*base, *path))


def _said(part: Any) -> object:
    kind = type(part)
    if kind not in _SAID:
        _SAID[kind] = attrgetter(*_names(part))
    return _SAID[kind](part)


def _names(part: Any) -> list[str]:
    return [field.name for field in fields(part) if field.name != "spår"]


@fakta
class Källställe(Del):
    dokument: str
    avsnitt: str


@fakta
class Uppgift(Del):
    säger: str
    källa: Källställe


@fakta
class Motsägelse(Del):
    fråga: str
    uppgifter: tuple[Uppgift, ...]
    status: Literal["avgjord", "öppen"]
    läsning: str


@fakta
class Svar(Del):
    metoder: tuple[str, ...] = ()
    aktiviteter: tuple[str, ...] = ()
    delplaner: tuple[str, ...] = ()
    rutiner: tuple[str, ...] = ()


@fakta
class Delvis(Del):
    krav: str
    saknas: str


@fakta
class Frekvens(Del):
    typ: Literal["antal", "löpande", "återkommande", "enligt_plan", "vid_behov", "ej_angivet"]
    antal: int | None = None
    per: str | None = None
    gräns: Literal["exakt", "minst", "högst"] = "exakt"
    utom: str | None = None


@fakta
class Ting(Del):
    """A thing with a permanent id. `slag` is its kind, as the schema's `x-slag` says."""

    slag: ClassVar[str]
    id: str
    källor: tuple[Källställe, ...] = ()
    motsägelser: tuple[Motsägelse, ...] = ()
    sökord: tuple[str, ...] = ()

    @property
    def nyckel(self) -> Nyckel:
        """Kind and id: what no other thing in the plan has."""
        return (self.slag, self.id)

    @property
    def rubrik(self) -> str:
        """What a reader knows the thing by."""
        return str(getattr(self, "titel", None) or getattr(self, "namn", None) or self.id)
