"""Accepted exceptions are data: a rule, a thing, a reason, a last day (plan/undantag.yml)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.ting import Nyckel


def not_accepted(plan: Plan, context: Context) -> list[Problem]:
    """Leave out what an exception covers, up to and including its last day.

    After that day the finding is back as a warning: time alone must not stop a merge.
    """
    last: dict[tuple[str, Nyckel | None], date] = {}
    for exception in plan.undantag.values():
        covered = (exception.regel, (exception.sakslag, exception.sak))
        last[covered] = max(exception.gäller_till, last.get(covered, date.min))
    kept = []
    for problem in context.found:
        day = last.get((problem.rule, problem.thing))
        if day is None:
            kept.append(problem)
        elif day < context.today:
            kept.append(replace(problem, severity=Severity.VARNING))
    return kept
