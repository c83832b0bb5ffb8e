"""The manual: every kind and field from the schemas, every rule from its own docstring."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from typing import Any, Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from ska import words
from ska.model import SAMLINGAR
from ska.reading.schema_words import MANUAL
from ska.reading.yaml_words import REFUSALS
from ska.render.addresses import SLAG, source_path
from ska.render.gemensamt import Site
from ska.render.mallar import template
from ska.render.page import Page, accounted
from ska.render.sida import Sida
from ska.rules import RULES, RULES_ON_EXCEPTIONS
from ska.sok.index import Träff
from ska.ting import EJ_ANGIVET, Ting
from ska.words import EJ_ANGIVET_ORD

#: In the search the plan itself comes before the manual of its files.
_HELP: Final = Träff("Hjälp", vikt=0.3)

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_TYPES: Final = {
    "string": "text",
    "integer": "heltal",
    "number": "tal",
    "array": "lista",
    "object": "uppställning",
}
_FULL_EXAMPLE: Final = 8  # lines; shorter ones show too little of the kind
_FORMATS: Final = {"date": "datum", "year-month": "månad"}
#: Who decides what: the schema's `x-beslutas_av`, in words.
_DECIDES: Final = {
    "nämnd": "Nämnden beslutar om innehållet.",
    "förvaltning": "Förvaltningen beslutar om innehållet.",
    "rapport": "Rapporteras, och beslutas inte.",
    "register": "Ett register som hålls aktuellt utan särskilt beslut.",
}


@dataclass(frozen=True, slots=True)
class Fält:
    """A field as the manual shows it."""

    namn: str
    nivå: int
    titel: str
    sort: str
    krävs: bool
    beskrivning: str


def field_pages(site: Site, schemas: Mapping[str, Any]) -> Iterator[Page]:
    """Document every kind of file, and list them."""
    shown = sorted(schemas.items(), key=lambda item: str(item[1]["title"]))
    s = Sida(site, "falt/")
    rows = [(body["title"], f"{name}/", body["x-filer"], body["description"])
            for name, body in shown]  # fmt: skip
    lead = "Alla slag av filer i planen, och vilka fält de har."
    body = template("falt_lista.md").render(s=s, rader=rows, ingress=lead)
    yield Page("falt/index.md", "Fält i planens filer", lead, body, träff=_HELP)
    for name, schema in shown:
        yield accounted(site, _field_page, f"falt/{name}/", schema)


def _field_page(site: Site, at: str, schema: Mapping[str, Any]) -> Page:
    text = partial(_fields_text, site, at, schema)
    title = f"Fält: {schema['title'].lower()}"
    return Page(source_path(at), title, schema["description"], text, way=("falt/",), träff=_HELP)


def _fields_text(site: Site, at: str, schema: Mapping[str, Any]) -> str:
    return template("falt.md").render(
        s=Sida(site, at),
        schema=schema,
        filer=[f"plan/{pattern}" for pattern in schema["x-filer"]],
        beslutas=_DECIDES[schema["x-beslutas_av"]],
        fält=list(_fields(schema, 0)),
        exempel=_example(site, schema),
    )


def _fields(node: Mapping[str, Any], level: int) -> Iterator[Fält]:
    for name, part in node.get("properties", {}).items():
        yield Fält(
            name, level, part.get("title", name), _sort(part),
            name in node.get("required", ()), part.get("description", ""),
        )  # fmt: skip
        yield from _fields(_inner(part), level + 1)


def titles(schemas: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """Collect what each field of each kind is called and what it is, by kind and path."""
    found: dict[tuple[str, str], tuple[str, str]] = {}

    def walk(node: Mapping[str, Any], slag: str, path: str, above: str) -> None:
        slag, path, above = (node["x-slag"], "", "") if "x-slag" in node else (slag, path, above)
        for name, part in node.get("properties", {}).items():
            title, text = part.get("title", name), part.get("description", "")
            if above and name == "typ":  # that which of several sorts it is, is what it is
                title, text = above, found[slag, path.removesuffix(".")][1]
            elif above:
                title = f"{above}: {words.liten(title)}"
            gist = text.partition(". ")[0].removesuffix(".").replace(EJ_ANGIVET, EJ_ANGIVET_ORD)
            found[slag, path + name] = title, gist
            walk(_inner(part), slag, f"{path}{name}.", title)

    for body in schemas.values():
        walk(body, "", "", "")
    return found


def _inner(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Descend to the object that a field, or each item of a list, is."""
    for branch in part.get("anyOf", ()):
        if "const" not in branch:
            return _inner(branch)
    items: Mapping[str, Any] = part.get("items", {})
    return _inner(items) if items else part


def _sort(part: Mapping[str, Any]) -> str:
    if "anyOf" in part:
        return " eller ".join(_sort(branch) for branch in part["anyOf"])
    if part.get("const") == EJ_ANGIVET:
        return EJ_ANGIVET
    if "enum" in part:
        return "ett av: " + ", ".join(map(str, part["enum"]))
    if target := part.get("x-refererar"):
        kinds = [target] if isinstance(target, str) else target
        return "id för " + " eller ".join(SLAG[kind].en.lower() for kind in kinds)
    if part.get("type") == "array":
        return f"lista av {_sort(part['items'])}"
    return _FORMATS.get(part.get("format", ""), _TYPES.get(part.get("type", ""), "text"))


def _example(site: Site, schema: Mapping[str, Any]) -> str:
    """Take the example from the plan itself: checked like the rest, and never out of date.

    It is the shortest that shows enough. What is surely longer than the one found isn't cut out.
    """
    patterns = [f"plan/{pattern}" for pattern in schema["x-filer"]]
    lines: dict[str, list[str]] = {}  # by file
    best: tuple[bool, int, str] | None = None
    for thing in _of_kinds(site, schema):
        document = thing.spår.document
        if not any(fnmatchcase(document.file, pattern) for pattern in patterns):
            continue
        if best and not best[0] and _at_least(thing) > best[1]:
            continue
        if document.file not in lines:
            lines[document.file] = document.text.splitlines()
        text = _text_of(thing, lines[document.file])
        size = text.count("\n")
        best = min(best or (True, sys.maxsize, ""), (size < _FULL_EXAMPLE, size, text))
    return best[2] if best else ""


def _at_least(thing: Ting) -> int:
    """Tell how many breaks of line a thing's own lines surely hold, where it is a whole file."""
    document, path = thing.spår
    raw = document.raw or document.text.encode()
    return 0 if path else raw.count(b"\n") - raw.count(b"\n#") - 2


def _of_kinds(site: Site, schema: Mapping[str, Any]) -> Iterator[Ting]:
    """Give the things of the kinds that a schema's files may hold."""
    kinds: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, Mapping):
            kinds.update({node["x-slag"]} if isinstance(node.get("x-slag"), str) else ())
            for part in node.values():
                walk(part)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(schema)
    for kind, name in SAMLINGAR.items():
        if kind in kinds:
            yield from getattr(site.plan, name).values()


def _text_of(thing: Ting, lines: list[str]) -> str:
    """Cut a thing's own lines out of its file's."""
    path = thing.spår[1]
    if not path:
        return "\n".join(line for line in lines if not line.startswith("#"))
    start = thing.where()
    first, indent = start.line - 1, start.column - 1
    own = [lines[first][indent:]]
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith(" " * indent):
            break
        own.append(line[indent:])
    return "- " + "\n  ".join(own).rstrip()


def rule_page(site: Site) -> Page:
    """Document every rule: what the reading refuses, what a schema finds, and the rules."""
    lead = "Det här får en plan inte ha fel i, och så rättar man det."
    text = partial(_rules_text, site, lead)
    return Page("regler/index.md", "Regler", lead, text, träff=_HELP)


def _rules_text(site: Site, lead: str) -> str:
    rules = [
        (rule.ID, words.uppräkning(rule.SEVERITIES), *_manual(str(rule.__doc__)))
        for rule in sorted((*RULES, *RULES_ON_EXCEPTIONS), key=lambda rule: rule.ID)
    ]
    return template("regler.md").render(
        s=Sida(site, "regler/"),
        ingress=lead,
        regler=rules,
        form=sorted(MANUAL.items()),
        läsning=sorted(REFUSALS.items()),
    )


def _manual(docstring: str) -> tuple[str, Markup]:
    first, _, rest = docstring.strip().partition("\n\n")
    return first, Markup(_MARKDOWN.render(rest))  # noqa: S704 - our own words, HTML switched off
