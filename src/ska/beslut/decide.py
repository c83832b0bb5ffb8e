"""A decision written into the register of editions, and nothing else in the files touched.

The text is edited where the facts stand, so that comments, order and layout stay byte for byte.
Whether that went right is proven by reading the files again. Pure: texts in, texts out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import yaml

from ska.manifest import Summa, gällande_summa, manifest
from ska.model import Plan
from ska.reading.forms import Former
from ska.ting import EJ_ANGIVET, Ting, Utgåva

_BOM: Final = "\ufeff"
#: Safe as they stand; anything else goes between quotes.
_PLAIN: Final = re.compile(r"[A-ZÅÄÖa-zåäö§][\wåäöÅÄÖ§–-]*( [\wåäöÅÄÖ§–-]+)*|\d{4}-\d\d-\d\d")
_Edit = tuple[int, int, str]  # from, to, what stands there instead


class DecisionError(Exception):
    """The decision cannot be written; the text says why, and what to do, in Swedish."""


@dataclass(frozen=True, slots=True)
class Beslutsdata:
    """What the minutes say."""

    organ: str
    datum: date
    paragraf: str
    dnr: str
    justerat: date | None = None
    laga_kraft: date | None = None

    def fält(self) -> dict[str, str]:
        """Return the fields that are known, as they are written."""
        days = {"justerat": self.justerat, "laga_kraft": self.laga_kraft}
        known = {name: day.isoformat() for name, day in days.items() if day}
        return {
            "organ": self.organ, "datum": self.datum.isoformat(), "paragraf": self.paragraf,
            "dnr": self.dnr, **known,
        }  # fmt: skip


def decided_files(
    files: Mapping[str, bytes], plan: Plan, forms: Former, beslut: Beslutsdata
) -> tuple[dict[str, bytes], Summa]:
    """Return the files that a decision changes, and the manifest that it fixes.

    The check has seen that a plan which is decided already is as it was decided. Raises
    `DecisionError` where the plan can't be decided, or its files not safely changed.
    """
    edition = _decidable(plan, beslut)
    summa = manifest(plan, forms)
    changed = {}
    ram, document = plan.ram, edition.spår.document.file
    text = _text(files[document])
    changed[document] = _edited(text, _of_edition(text, edition, beslut, summa))
    file = ram.spår.document.file
    text = _text(changed.get(file, files[file]))
    changed[file] = _edited(text, [_scalar(_node(text, ram), ("status",), "beslutad")])
    return {path: raw for path, raw in changed.items() if raw != files[path]}, summa


def _decidable(plan: Plan, beslut: Beslutsdata) -> Utgåva:
    ram = plan.ram
    edition = plan.utgåvor.get(ram.utgåva)
    if edition is None:
        raise DecisionError(f"plan/utgavor.yml har ingen utgåva med id ”{ram.utgåva}”")
    if ram.status == "återgivning" or edition.typ in ("återgivning", "känd"):
        raise DecisionError(
            f"utgåvan ”{edition.titel}” återger en plan som är beslutad någon annanstans. "
            "Bara ett förslag kan beslutas här"
        )
    known = {name: str(getattr(edition.beslut, name)) for name in beslut.fält()}
    other = any(known[name] not in (said, EJ_ANGIVET) for name, said in beslut.fält().items())
    if edition.manifest and other:
        raise DecisionError(
            f"utgåvan ”{edition.titel}” är redan beslutad, med andra uppgifter om beslutet. "
            "Ett nytt beslut behöver en ny utgåva"
        )
    if ram.status != "förslag" and not edition.manifest:
        raise DecisionError(
            f"planen har status ”{ram.status}”. Nämnden beslutar om ett förslag: skriv status: "
            "förslag i plan/plan.yml när förslaget är färdigt"
        )
    return edition


def _of_edition(text: str, edition: Utgåva, beslut: Beslutsdata, summa: Summa) -> list[_Edit]:
    node = _node(text, edition)
    edits = [_scalar(node, ("typ",), "beslutad")]
    edits += [
        _scalar(node, ("beslut", name), _written(value)) for name, value in beslut.fält().items()
    ]
    if edition.manifest is None:
        edits.append(_manifest_after(text, node, summa))
    return edits


def _text(raw: bytes) -> str:
    return raw.decode("utf-8")


def _node(text: str, thing: Ting) -> yaml.MappingNode:
    """Find a thing's node; its place in the file as read is its place in the nodes too."""
    body = text.removeprefix(_BOM)
    node: Any = yaml.compose(body, Loader=yaml.SafeLoader)
    for step in thing.spår.path:
        node = node.value[step] if isinstance(step, int) else _value(node, step)
    assert isinstance(node, yaml.MappingNode)
    return node


def _value(node: yaml.MappingNode, key: str) -> Any:
    return next(v for k, v in node.value if unicodedata.normalize("NFC", k.value) == key)


def _scalar(node: yaml.MappingNode, path: tuple[str, ...], new: str) -> _Edit:
    value: Any = node
    for name in path:
        value = _value(value, name)
    if not isinstance(value, yaml.ScalarNode) or value.style in ("|", ">"):
        raise DecisionError(
            f"”{path[-1]}” är skrivet på ett sätt som inte går att ändra säkert. Skriv värdet på "
            f"samma rad som ”{path[-1]}:” och kör om"
        )
    if value.value == new.strip('"'):
        return (value.start_mark.index, value.start_mark.index, "")
    if value.style and not new.startswith('"'):  # a comment after it may rest on the quotes
        new = f'"{new}"'
    return (value.start_mark.index, value.end_mark.index, new)


def _manifest_after(text: str, node: yaml.MappingNode, summa: Summa) -> _Edit:
    """Put the manifest after the decision, laid out as the edition itself is."""
    body = text.removeprefix(_BOM)
    beslut = _value(node, "beslut")
    if node.flow_style:
        at = beslut.end_mark.index
        said = f', manifest: {{version: {summa.version}, sha256: "{summa.sha256}"}}'
        return (at, at, said)
    last = beslut
    while isinstance(last, yaml.MappingNode) and not last.flow_style:
        last = last.value[-1][1]
    end = body.find("\n", last.end_mark.index)
    newline = "\r\n" if "\r\n" in body else "\n"
    indent = " " * node.value[0][0].start_mark.column
    lines = [
        f"{indent}manifest:",
        f"{indent}  version: {summa.version}",
        f'{indent}  sha256: "{summa.sha256}"',
    ]
    made = newline.join(lines)
    if end < 0:
        return (len(body), len(body), newline + made)
    return (end + 1, end + 1, made + newline)


def _written(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _edited(text: str, edits: list[_Edit]) -> bytes:
    """Make the edits, last first; a byte order mark stays where it is."""
    body = text.removeprefix(_BOM)
    for start, end, new in sorted(edits, reverse=True):
        body = body[:start] + new + body[end:]
    return (text[: len(text) - len(text.removeprefix(_BOM))] + body).encode()


def as_decided(plan: Plan, forms: Former, beslut: Beslutsdata, summa: Summa) -> bool:
    """Tell whether a plan that was read again says what was to be written."""
    edition = plan.utgåvor[plan.ram.utgåva]
    known = {name: str(getattr(edition.beslut, name)) for name in beslut.fält()}
    return (
        known == beslut.fält()
        and plan.ram.status == edition.typ == "beslutad"
        and gällande_summa(edition) == summa.sha256 == manifest(plan, forms).sha256
    )


def same_but_for_the_decision(old: Plan, new: Plan) -> bool:
    """Tell whether nothing else in the plan has become another."""
    id = old.ram.utgåva
    before, after = old.utgåvor[id], new.utgåvor[id]
    edition = replace(
        after, typ=before.typ, beslut=before.beslut, manifest=before.manifest, spår=before.spår
    )
    ram = replace(new.ram, status=old.ram.status)
    return (
        edition == before
        and ram == old.ram
        and [t for t in old.ting() if t not in (before, old.ram)]
        == [t for t in new.ting() if t not in (after, new.ram)]
    )
