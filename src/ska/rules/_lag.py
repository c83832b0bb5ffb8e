"""What the rules on law share: how a provision is named; the rest is in `ska.lag`."""

from __future__ import annotations

from ska import words
from ska.lag.register import REGISTER, Lag, ersättare, lagar, slå_upp, upphävd, åberopad
from ska.model import Plan
from ska.ting import Författning

__all__ = ["REGISTER", "Lag", "ersättare", "lagar", "namn", "slå_upp", "upphävd", "åberopad"]


def namn(plan: Plan, lag: Lag) -> str:
    """Name a statute, or a provision by its statute and paragraph."""
    if isinstance(lag, Författning):
        return lag.namn
    whole = plan.författningar.get(lag.författning)
    return f"{whole.namn if whole else lag.författning} {words.paragraf(lag)}".strip()
