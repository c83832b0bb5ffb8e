"""Accepted exceptions are data: a rule, a thing, a reason, a last day (plan/undantag.yml)."""

from __future__ import annotations

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem


def not_accepted(plan: Plan, context: Context) -> list[Problem]:
    """Leave out what an exception covers, up to and including its last day."""
    valid = {
        (exception.regel, (exception.sakslag, exception.sak))
        for exception in plan.undantag.values()
        if exception.gäller_till >= context.today
    }
    return [p for p in context.found if (p.rule, p.thing) not in valid]
