"""Files to files with a decision in them: read, judge, write in, read again, judge again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ska.beslut.decide import (
    Beslutsdata,
    DecisionError,
    as_decided,
    decided_files,
    same_but_for_the_decision,
)
from ska.check import Outcome, check
from ska.files.tree import Tree
from ska.model import Plan
from ska.reading import schema
from ska.reading.schema import forms_of


@dataclass(frozen=True, slots=True)
class Made:
    """What to write; or no files, and the problems that stop the decision."""

    files: dict[str, bytes] | None
    outcome: Outcome
    sha256: str = ""
    #: Whether the problems are those of the plan with the decision in it, not as it stands.
    inskrivet: bool = False


def decide(tree: Tree, beslut: Beslutsdata, today: date, earlier: tuple[Plan, ...] = ()) -> Made:
    """Work out the files that hold a decision. A plan with errors can't be decided.

    `earlier` are the earlier editions, which some errors are told by.
    Raises `DecisionError` where the plan isn't one to decide, or its files not safely changed.
    """
    kinds = schema.load(tree.schemas)
    before = check(tree, today, earlier, kinds)
    if before.plan is None or before.errors:
        return Made(None, before)
    forms = forms_of(kinds)
    files, summa = decided_files(tree.plan, before.plan, forms, beslut)
    after = check(replace(tree, plan={**tree.plan, **files}), today, earlier, kinds)
    if after.plan is None or after.errors:
        return Made(None, after, inskrivet=True)
    if not as_decided(after.plan, forms, beslut, summa) or not same_but_for_the_decision(
        before.plan, after.plan
    ):
        raise DecisionError(
            "plan/utgavor.yml är skriven på ett sätt som inte går att ändra säkert. Skriv in "
            "beslutet för hand, med manifest: "
            f'{{version: {summa.version}, sha256: "{summa.sha256}"}}'
        )
    return Made(files, after, summa.sha256)
