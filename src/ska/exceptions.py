"""Accepted exceptions are data: plan/undantag.yml names a rule, a thing, a reason and a last day."""

from __future__ import annotations

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem
from ska.ting import Undantag


def covers(exception: Undantag, problem: Problem) -> bool:
    """Tell whether an exception is about this problem, whatever the day."""
    return exception.regel == problem.rule and (exception.sakslag, exception.sak) == problem.thing


def not_accepted(plan: Plan, context: Context) -> list[Problem]:
    """Leave out what an exception covers, up to and including its last day."""
    valid = [e for e in plan.undantag.values() if e.gäller_till >= context.today]
    return [p for p in context.found if not any(covers(e, p) for e in valid)]
