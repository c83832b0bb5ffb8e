"""What a rule is called among people: the first sentence of its manual."""

from __future__ import annotations

from ska.rules import RULES, RULES_ON_EXCEPTIONS


def regelnamn(id: str) -> str:
    """Name a rule: ”En metod ska användas olika ofta …”; one that is gone keeps its id."""
    for rule in (*RULES, *RULES_ON_EXCEPTIONS):
        if id == rule.ID:
            return str(rule.__doc__).strip().partition("\n\n")[0].removesuffix(".")
    return id
