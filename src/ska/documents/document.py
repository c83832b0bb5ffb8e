"""Files to a document: read, judge, gather, typeset. A plan with errors becomes no document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ska import glyphs
from ska.changes import report
from ska.check import Outcome, check, load
from ska.documents import blocks
from ska.documents.contents import change_document, plan_document
from ska.documents.typesetting import pdf, pdf_apart
from ska.files.tree import Tree
from ska.manifest import manifest
from ska.model import Plan
from ska.reading import schema
from ska.reading.schema import forms_of


class DocumentError(Exception):
    """A text that no document can show; the text says which, in Swedish."""


@dataclass(frozen=True, slots=True)
class Made:
    """The document; or none, and the problems that stop it, with the plan that has them."""

    pdf: bytes | None
    outcome: Outcome
    bas: bool = False


def make(tree: Tree, base: Tree | None, day: date) -> Made:
    """Make a document of a plan, or of what differs from `base` where that is given.

    Raises `DocumentError` where a text can't be shown, `SchemaError` where a schema is wrong.
    """
    outcome = check(tree, day)
    if outcome.plan is None or outcome.errors:
        return Made(None, outcome)
    kinds = schema.load(tree.schemas)
    forms = forms_of(kinds)
    summa = manifest(outcome.plan, forms)
    if base is None:
        return Made(_typeset(plan_document(outcome.plan, summa, day), day), outcome)
    before = load(base, kinds)
    if before.plan is None:
        return Made(None, before, bas=True)
    rapport = report.report(before.plan, outcome.plan, forms)
    data = change_document(before.plan, outcome.plan, rapport, summa, day)
    return Made(_typeset(data, day), outcome)


def of_plan(plan: Plan, kinds: Mapping[str, schema.Kind], day: date) -> bytes:
    """Make a plan that has been checked a document. Raises `DocumentError` as `make` does.

    Made beside a whole site, and so in a process of its own.
    """
    forms = forms_of(kinds)
    data = plan_document(plan, manifest(plan, forms), day)
    return _typeset(data, day, pdf_apart)


def _typeset(
    data: dict[str, Any], day: date, made_by: Callable[[dict[str, Any], date], bytes] = pdf
) -> bytes:
    for text in blocks.strängar(data):
        if found := glyphs.outside(text):
            raise DocumentError(
                f"tecknet {glyphs.named(found[0])} i texten ”{_near(text, found.start())}” går "
                "inte att visa i ett dokument. Skriv det med bokstäver"
            )
    return made_by(data, day)


def _near(text: str, at: int) -> str:
    start = max(at - 30, 0)
    return f"{'…' if start else ''}{text[start : at + 30]}{'…' if at + 30 < len(text) else ''}"
