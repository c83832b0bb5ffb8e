"""What every thing is made of: its place, its sources, its contradictions."""

# ruff: noqa: D101 - what a part means stands in its schema
from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple

from ska.problems import Location
from ska.reading.yaml_source import Document, Path

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Del:
    """A part of a thing; knows its own place."""

    spår: Spår = field(compare=False, repr=False)

    def where(self, *path: str | int) -> Location:
        """Locate a field of this part, or the part itself."""
        document, base = self.spår
        return document.where((*base, *path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Källställe(Del):
    dokument: str
    avsnitt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uppgift(Del):
    säger: str
    källa: Källställe


@dataclass(frozen=True, slots=True, kw_only=True)
class Motsägelse(Del):
    fråga: str
    uppgifter: tuple[Uppgift, ...]
    status: Literal["avgjord", "öppen"]
    läsning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Svar(Del):
    metoder: tuple[str, ...] = ()
    aktiviteter: tuple[str, ...] = ()
    delplaner: tuple[str, ...] = ()
    rutiner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delvis(Del):
    krav: str
    saknas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frekvens(Del):
    typ: Literal["antal", "löpande", "återkommande", "enligt_plan", "vid_behov", "ej_angivet"]
    antal: int | None = None
    per: str | None = None
    gräns: Literal["exakt", "minst", "högst"] = "exakt"
    utom: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
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
